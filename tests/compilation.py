"""A small township's list through all six legs and an admission afterwards, played by commands alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import build
from build import CATEGORY, TOWNSHIP
from command import Done, lay_out, run
from dutylist.model.canonical import canonical_text
from dutylist.model.validation import validate_duty
from repos import WHO, commit_all, git

HOME = f"duties/{TOWNSHIP}"
UNITS = ("示例市水利局", "示例市公安局", "示例市民政局")
LEGS = ("1-up", "1-down", "2-up", "2-down", "3-up", "3-down")
ADMISSION = ("apply", "confer", "decide")
DEPARTMENTS = (
    "".join(f'[[departments]]\nname = "{name}"\nshort = [\n  "{name[2:]}",\n]\n\n' for name in UNITS).rstrip("\n")
    + "\n"
)
WATER: dict[str, Any] = {
    "id": "ex-0003",
    "kind": "supporting",
    "position": 10,
    "name": "农村供水保障工作",
    "superior_departments": ["示例市水利局"],
    "superior_responsibilities": [{"clauses": ["制定供水应急预案；", "监督水费征收工作。"]}],
    "township_responsibilities": [{"clauses": ["协助开展供水巡查；", "每年组织节水宣传不少于2次；", "负责征收水费。"]}],
}
FIRES: dict[str, Any] = {
    "id": "ex-0004",
    "kind": "supporting",
    "position": 20,
    "name": "群租房消防安全管理",
    "superior_departments": ["示例市公安局"],
    "superior_responsibilities": [{"text": "依法查处消防违法行为。"}],
    "township_responsibilities": [{"clauses": ["开展日常检查；", "收到举报后15日内核查。"]}],
}
AGE: dict[str, Any] = {
    "id": "ex-0005",
    "kind": "reclaimed",
    "position": 10,
    "name": "对违规领取高龄津贴的追缴",
    "receiving_departments": ["示例市民政局"],
    "takeover": [{"department": "示例市民政局", "clauses": ["核实违规领取情况；", "依法追缴津贴。"]}],
}


@dataclass
class Compilation:
    """The repository while the script is played; each step is a command of a user, on a day."""

    root: Path
    day: str = "2025-03-01"

    def do(self, *arguments: str, code: int = 0) -> Done:
        """A command that must end with this exit code."""
        with self._clock():
            done = run(self.root, *arguments)
        assert done.code == code, (arguments, done)
        return done

    def commit(self, message: str, cause: str | None = None) -> None:
        """Commits everything, with a cause perhaps."""
        with self._clock():
            commit_all(self.root, message + (f"\n\nCause: {cause}" if cause else ""))

    def open(self, leg: str, sender: str, to: str, due: str, *units: str) -> None:
        """Opens a leg today."""
        asked = [part for unit in units for part in ("--consult", unit)]
        self.do("leg", "open", leg, "--from", sender, "--to", to, "--due", due, *asked, "--date", self.day)

    def say(self, leg: str, author: str, text: str, *more: str) -> str:
        """Notes an opinion received today; gives its id."""
        done = self.do(
            "opinion", "add", leg, "--author", author, "--text", text, *more, "--date", self.day, "--format", "json"
        )
        said: str = json.loads(done.out)[0]["id"]
        return said

    def settle(self, leg: str, opinion: str, verdict: str, *more: str) -> None:
        """Answers an opinion."""
        self.do("settle", leg, opinion, "--verdict", verdict, *more)

    def close(self, leg: str) -> None:
        """Closes a leg today, after everything was committed."""
        if git(self.root, "status", "--porcelain"):
            self.commit(f"{leg} 的意见和修改")
        self.do("leg", "close", leg, "--date", self.day)

    def edit(self, duty: str, old: str, new: str) -> None:
        """Puts one text of a duty in the place of another."""
        (path,) = self.root.glob(f"{HOME}/*/{duty}.toml")
        text = path.read_text("utf-8")
        assert old in text, (duty, old)
        path.write_text(text.replace(old, new), "utf-8")

    def fingerprints(self, duty: str, kind: str) -> list[str]:
        """The fingerprints of the changes of a kind that a duty has since the last commit."""
        told = json.loads(self.do("compare", "--format", "json").out)["changes"]
        return [one["fingerprint"] for one in told if (one["duty"], one["kind"]) == (duty, kind)]

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """People and dates of git for a while: commits are made on the day of the script."""
        when = f"{self.day}T09:00:00+08:00"
        with pytest.MonkeyPatch.context() as patch:
            for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
                patch.setitem(WHO, name, when)
            for name, value in WHO.items():
                patch.setenv(name, value)
            yield


def played(root: Path) -> Compilation:
    """The whole script: six legs of a compilation, and an admission of three."""
    play = begun(root)
    for step in (first_up, first_down, second_up, second_down, third_up, third_down, admitted):
        step(play)
    return play


def begun(root: Path) -> Compilation:
    """The first draft of the list, and the campaign."""
    others = {
        f"{HOME}/{CATEGORY}/ex-0002.toml": build.duty_text(id="ex-0002", position=20, name="做好普查工作"),
        **{f"{HOME}/经济发展/{one['id']}.toml": canonical_text(validate_duty(one)) for one in (WATER, FIRES, AGE)},
        "schema/vocabulary/departments.toml": DEPARTMENTS,
    }
    play = Compilation(lay_out(root, others))
    play.commit("第一稿")
    title = "示例镇履职事项清单编制"
    play.do("campaign", "new", "2025", "--kind", "compilation", "--title", title, "--note", "按县里的统一部署")
    play.commit("开始编制")
    return play


def first_up(play: Compilation) -> None:
    """一上: the township adds a duty that three villages asked for."""
    play.open("2025/1-up", "示例镇", "示例市委编办", "2025-03-10")
    play.day = "2025-03-05"
    play.do("new", "--kind", "basic", "--category", "经济发展", "--name", "做好农村饮水安全巡查")
    play.commit("新增饮水安全巡查", "application: 三个村提出")
    play.day = "2025-03-08"
    play.close("2025/1-up")


def first_down(play: Compilation) -> None:
    """一下: three departments are asked; one agrees late, one disputes, one is silent."""
    leg = "2025/1-down"
    play.open(leg, "示例市委编办", "市直有关部门", "2025-03-20", *UNITS)
    play.day = "2025-03-14"
    field = ("--field", "township_responsibilities")
    why = ("--argument", "水费由供水单位征收")
    fees = play.say(leg, "市水利局", "建议删去征收水费", "--duty", "ex-0003", *_clause(3), *why)
    days = play.say(
        leg, "市公安局", "建议缩短核查期限", "--duty", "ex-0004", *field, "--proposed", "收到举报后7日内核查。"
    )
    play.settle(leg, fees, "adopted", "--by", "专题协调会 2025-03-16")
    play.edit(
        "ex-0003", '  "每年组织节水宣传不少于2次；",\n  "负责征收水费。",\n', '  "每年组织节水宣传不少于2次。",\n'
    )
    play.settle(leg, days, "disputed", "--reason", "乡镇人手不足，待研判")
    play.day = "2025-03-22"
    late = play.say(leg, "市水利局", "宣传改为每年不少于4次", "--duty", "ex-0003", *_clause(2))
    play.commit("按水利局的意见修改")
    refused = play.do("leg", "close", leg, "--date", play.day, code=3)
    assert days in refused.err
    assert late in refused.err
    play.settle(leg, late, "partly-adopted", "--reason", "先改为3次", "--by", "电话商定 2025-03-22")
    play.edit("ex-0003", "不少于2次", "不少于3次")
    play.day = "2025-03-24"
    play.settle(leg, days, "not-adopted", "--reason", "乡镇没有执法人员，维持15日", "--by", "市委编办会商 2025-03-24")
    play.close(leg)


def _clause(number: int) -> tuple[str, str]:
    """The option that names a clause of the township."""
    return "--field", f"township_responsibilities[0].clauses[{number - 1}]"


def second_up(play: Compilation) -> None:
    """二上: two duties become one; the reviewer approves what nobody asked for."""
    play.day = "2025-04-01"
    play.open("2025/2-up", "示例镇", "示例市委编办", "2025-04-10")
    play.do(
        "merge", "ex-0001", "ex-0002", "--into", "ex-0001", "--reason", "两项同属一个流程", "--leg", "2025/2-up",
        "--name", "做好统计和普查工作",
    )  # fmt: skip
    told = json.loads(play.do("compare", "--format", "json").out)["changes"]
    wanted = [one["fingerprint"] for one in told if one["weight"] == "substantive"]
    by = ("--by", "示例市委编办", "--reason", "同意合并", "--date", play.day)
    play.do("approve", *wanted, "--leg", "2025/2-up", *by)
    play.day = "2025-04-09"
    play.close("2025/2-up")


def second_down(play: Compilation) -> None:
    """二下: an opinion about the whole list, answered by a change elsewhere."""
    leg = "2025/2-down"
    play.day = "2025-04-15"
    play.open(leg, "示例市委编办", "市直有关部门", "2025-04-25", *UNITS)
    whole = play.say(leg, "市民政局", "建议统一写明民政部门的承接方式")
    play.edit("ex-0005", "依法追缴津贴。", "依法追缴津贴，结果通报乡镇。")
    answers = play.fingerprints("ex-0005", "clause-revised")
    play.settle(leg, whole, "adopted", *(part for one in answers for part in ("--change", one)))
    play.day = "2025-04-25"
    play.close(leg)


def third_up(play: Compilation) -> None:
    """三上: a correction."""
    play.day = "2025-05-06"
    play.open("2025/3-up", "示例镇", "示例市委编办", "2025-05-12")
    play.edit("ex-0004", "群租房消防安全管理", "出租房消防安全管理")
    play.commit("更正名称", "correction: 与上级文件一致")
    play.day = "2025-05-12"
    play.close("2025/3-up")


def third_down(play: Compilation) -> None:
    """三下: everybody is asked once more, and nobody has anything to say."""
    play.day = "2025-05-20"
    play.open("2025/3-down", "示例市委编办", "市直有关部门", "2025-05-30", *UNITS)
    play.day = "2025-05-30"
    play.close("2025/3-down")


def admitted(play: Compilation) -> None:
    """职责准入 afterwards: a department hands a new duty down, and the township says no to a part of it."""
    play.day = "2026-02-02"
    title = "流动人口信息采集准入"
    play.do("campaign", "new", "2026-准入", "--kind", "admission", "--title", title, "--township", TOWNSHIP)
    play.commit("开始准入")
    play.open("2026-准入/apply", "示例市公安局", "示例市委编办", "2026-02-10")
    parts = ("--superior", "制定采集办法。", "--support", "协助采集流动人口信息。")
    named = ("--category", "经济发展", "--name", "流动人口信息采集", "--department", "市公安局")
    play.do("new", "--kind", "supporting", *named, *parts)
    play.commit("拟准入一项", "law: 新修订的居住证条例")
    play.day = "2026-02-09"
    play.close("2026-准入/apply")
    leg = "2026-准入/confer"
    play.open(leg, "示例市委编办", "示例镇和市公安局", "2026-02-20", TOWNSHIP, "示例市公安局")
    play.day = "2026-02-15"
    given = ("--duty", "ex-0007", "--field", "township_responsibilities")
    opinion = play.say(leg, TOWNSHIP, "采集次数要写明，不能随时加码", *given)
    play.settle(leg, opinion, "adopted", "--by", "部门会商 2026-02-18")
    play.edit("ex-0007", "协助采集流动人口信息。", "每年协助采集流动人口信息1次。")
    play.day = "2026-02-20"
    play.close(leg)
    play.open("2026-准入/decide", "示例市委编办", "示例市委", "2026-02-28")
    play.day = "2026-02-27"
    play.close("2026-准入/decide")


def tags(play: Compilation) -> list[str]:
    """The tags of the repository, oldest first."""
    return git(play.root, "tag", "--sort=creatordate").split()
