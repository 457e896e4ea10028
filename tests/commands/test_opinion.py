"""`opinion`: one kept as it is typed, listed, refused; two branches that speak at once."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from build import LEDGER_PATH, duty_text
from command import Done, lay_out, run, tree
from dutylist.model.canonical import canonical_text
from dutylist.model.consultation import Campaign, CampaignKind, Opinion, Verdict
from repos import commit_all, git

PARTY = "duties/示例镇/党的建设"
CAMPAIGN = "changelog/2025/campaign.toml"
HOME = "changelog/2025/1-down"
ELSEWHERE = {
    "duties/范例乡/township.toml": "",
    "duties/范例乡/党的建设/ab-0001.toml": duty_text(id="ab-0001"),
}


def campaign(**changes: Any) -> str:
    """A valid campaign of two legs, changed."""
    values: dict[str, Any] = {"kind": CampaignKind.COMPILATION, "townships": ("示例镇",), "legs": ("1-up", "1-down")}
    return canonical_text(Campaign(title="示例镇履职事项清单编制", **(values | changes)))


LEG = """\
from = "县委编办"
to = "县直各部门"
opened = 2025-03-01
due = 2025-03-15
consulted = [
  "市水利局",
  "示例市公安局",
]
"""
CLOSED = LEG.replace("consulted =", "closed = 2025-03-16\nconsulted =")
LEDGER = """\
next = 6

[[events]]
kind = "merge"
from = ["ex-0004"]
into = ["ex-0002"]
reason = "内容重复"

[[events]]
kind = "retire"
from = ["ex-0005"]
into = []
reason = "法规已经废止"
"""
WATER = duty_text(
    id="ex-0002",
    kind="supporting",
    name="农村供水",
    superior_responsibilities=[{"clauses": ["甲；", "乙。"]}],
)
LIBRARY = {
    CAMPAIGN: campaign(),
    f"{HOME}/leg.toml": LEG,
    "changelog/2025/1-up/leg.toml": CLOSED.replace("03-", "02-"),
    f"{PARTY}/ex-0002.toml": WATER,
    f"{PARTY}/ex-0003.toml": duty_text(id="ex-0003", kind="supporting", name="护林防火", position=20),
    LEDGER_PATH: LEDGER,
}
ADD = ("opinion", "add", "--date", "2025-03-11")
SAYS = (*ADD, "--author", "水利局", "--text", "建议删去")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with a closed leg and an open one."""
    return lay_out(tmp_path / "library", LIBRARY)


def opinions(root: Path) -> list[str]:
    """The texts of all opinions."""
    return [path.read_text("utf-8") for path in sorted(root.glob("changelog/*/*/opinions/*.toml"))]


def test_an_opinion_is_one_file(root: Path) -> None:
    done = run(
        root, *ADD, "2025/1-down", "--author", "市水利局", "--text", " 建议删去“宣传”\r\n或者改 ", "--duty", "ex-0002",
        "--field", "township_responsibilities", "--proposed", "协助宣传。", "--argument", "不是乡镇的职责",
    )  # fmt: skip
    path = f"{HOME}/opinions/2025-1-down-f20435a0.toml"
    assert done == Done(
        0,
        f"登记 示例市水利局对 ex-0002 的意见 2025-1-down-f20435a0\n新增  {path}\n",
        "下一步：运行 dutylist leg status 2025/1-down 查看。\n",
    )
    assert (root / path).read_text("utf-8") == (
        'id = "2025-1-down-f20435a0"\nauthor = "示例市水利局"\nduty = "ex-0002"\nfield = "township_responsibilities"\n'
        'original = "做好宣传工作。"\ntext = "建议删去“宣传”\\n或者改"\nproposed = "协助宣传。"\n'
        'argument = "不是乡镇的职责"\nreceived = 2025-03-11\n'
    )
    found = json.loads(run(root, "check", "--format", "json").out)["findings"]
    assert [one for one in found if one["path"].startswith("changelog")] == []


MEANT = {
    "id": ("ex-0002", "ex-0002"),
    "number alone": ("2", "ex-0002"),
    "number with zeros": ("0003", "ex-0003"),
    "list and number": ("配合2", "ex-0003"),
    "white space": (" ex-0001 ", "ex-0001"),
}


@pytest.mark.parametrize(("given", "duty"), MEANT.values(), ids=MEANT)
def test_the_duty_that_is_meant(root: Path, given: str, duty: str) -> None:
    assert run(root, *SAYS, "--duty", given).code == 0
    assert f'\nduty = "{duty}"\n' in opinions(root)[0]


ORIGINALS: dict[str, tuple[list[str], str | None]] = {
    "one text": (["--field", "名称"], "农村供水"),
    "given": (["--field", "name", "--original", "供水"], "供水"),
    "many": (["--field", "上级部门职责"], None),
    "one of many": (["--field", "superior_responsibilities[0].clauses[1]"], "乙。"),
    "no field": ([], None),
    "no field but given": (["--original", "供水"], "供水"),
}


@pytest.mark.parametrize(("options", "original"), ORIGINALS.values(), ids=ORIGINALS)
def test_the_text_that_is_spoken_of(root: Path, options: list[str], original: str | None) -> None:
    assert run(root, *SAYS, "--duty", "ex-0002", *options).code == 0
    assert (f'original = "{original}"' if original else "") in opinions(root)[0]
    assert ("original" in opinions(root)[0]) == (original is not None)


FIELDS = (
    "position、name（事项名称）、superior_departments（对应上级部门）、basis、"
    "superior_responsibilities（上级部门职责）、township_responsibilities（乡镇（街道）配合职责）"
)
REFUSED: dict[str, tuple[list[str], int, str, str]] = {
    "unknown duty": (["--duty", "ex-0022"], 2, "没有编号为 ex-0022 的事项。", "是不是 ex-0002"),
    "unknown number": (["--duty", "配合9"], 2, "没有编号为 配合9 的事项。", "运行 dutylist list 查看全部编号。"),
    "merged": (
        ["--duty", "ex-0004"], 2,
        "没有编号为 ex-0004 的事项。", "编号台账记着它的去向：现编号 ex-0002（内容重复）。",
    ),
    "retired": (
        ["--duty", "ex-0005"], 2,
        "没有编号为 ex-0005 的事项。", "编号台账记着它的去向：已经废止（法规已经废止）。",
    ),
    "elsewhere": (
        ["--duty", "ab-0001"], 2,
        "ab-0001 属于范例乡，不在 2025 所涉的乡镇之列。", "请核对编号，或者登记到涉及这个乡镇的环节。",
    ),
    "unknown field": (
        ["--duty", "ex-0002", "--field", "takeover"], 2,
        "ex-0002 没有字段 takeover。", f"可用：{FIELDS}。",
    ),
    "field of nothing": (["--field", "name"], 2, "写了字段 name，没有写是哪一项事项。", "请写明事项编号。"),
    "empty": (["--text", " "], 2, "意见不能是空的。", "请写明内容。"),
    "hidden": (["--proposed", "甲\u202e"], 2, "建议修改为含有看不见的字符 U+202E。", "请删去后重试。"),
    "author of two lines": (["--author", "水利局\n公安局"], 2, "单位只能写一行：水利局⏎公安局", "请删去换行。"),
    "too early": (
        ["--date", "2025-02-28"], 2,
        "收到日期 2025-02-28 早于环节 2025/1-down 开始的日期 2025-03-01。", "请核对 --date。",
    ),
    "closed": (
        ["2025/1-up"], 3,
        "环节 2025/1-up 已经关闭，封存后不能再改。", "要更正或补充的，请写在下一个环节里。",
    ),
    "no such leg": (["2025/9-up"], 2, "2025 没有环节 9-up。", "可选：1-up、1-down"),
    "no such campaign": (["2024/1-up"], 2, "changelog 中没有 2024。", "现有：2025。"),
}  # fmt: skip


@pytest.mark.parametrize(("options", "code", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, options: list[str], code: int, message: str, hint: str) -> None:
    root = lay_out(tmp_path, {**LIBRARY, **ELSEWHERE})
    before = tree(root)
    done = run(root, *SAYS, *options)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"错误：{message}\n提示：{hint}")
    assert done.err.count("\n") == 2
    assert tree(root) == before


def test_a_number_that_two_townships_have(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**LIBRARY, **ELSEWHERE, CAMPAIGN: campaign(townships=("示例镇", "范例乡"))})
    assert run(root, *SAYS, "--duty", "1") == Done(
        2, "", "错误：1 可以指几项事项：ex-0001 做好统计工作、ab-0001 做好统计工作。\n提示：请把编号写全。\n"
    )
    assert run(root, *SAYS, "--duty", "ab-0001").code == 0


def test_without_an_open_leg(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**LIBRARY, f"{HOME}/leg.toml": CLOSED})
    assert run(root, *SAYS) == Done(2, "", "错误：没有正在进行的环节。\n提示：现有：2025/1-up、2025/1-down。\n")


def test_said_twice_is_kept_once(root: Path) -> None:
    first = run(root, *SAYS, "--duty", "ex-0001")
    before = tree(root)
    again = run(root, *SAYS, "--duty", "ex-0001", "--date", "2025-03-12", "--author", "示例市水利局")
    name = first.out.splitlines()[0].rpartition(" ")[2]
    assert again == Done(0, f"示例市水利局对 ex-0001 的意见已经登记过：{name}，没有改动任何文件。\n", "")
    assert tree(root) == before
    assert run(root, *SAYS, "--duty", "ex-0001", "--author", "公安局").code == 0
    assert run(root, *SAYS).code == 0
    assert len(opinions(root)) == 3


def test_what_was_answered_is_still_the_same_opinion(root: Path) -> None:
    name = run(root, *SAYS).out.splitlines()[0].rpartition(" ")[2]
    assert run(root, "settle", "2025/1-down", name, "--verdict", "not-adopted", "--reason", "于法无据").code == 0
    before = tree(root)
    assert run(root, *SAYS).out == f"示例市水利局的意见已经登记过：{name}，没有改动任何文件。\n"
    assert tree(root) == before


def test_another_wording_under_the_same_id_is_no_other_file(root: Path) -> None:
    assert run(root, *SAYS, "--proposed", "甲").code == 0
    before = tree(root)
    done = run(root, *SAYS, "--proposed", "乙")
    assert (done.code, done.err.splitlines()[1]) == (3, "提示：请把意见的文字写得不同些，或者直接修改那条意见。")
    assert tree(root) == before


def test_a_file_that_cannot_be_read_is_not_written_over(root: Path) -> None:
    path = run(root, *SAYS).out.split()[-1]
    (root / path).write_text("id =", "utf-8")
    done = run(root, *SAYS)
    assert (done.code, done.err.splitlines()[0]) == (3, f"错误：{path} 已经存在，但读不出来。")
    assert (root / path).read_text("utf-8") == "id ="


@pytest.mark.parametrize(
    ("day", "late"), [("2025-03-15", ""), ("2025-03-17", "逾期 2 天收到；照样登记，报告中会注明。\n")]
)
def test_late(root: Path, day: str, late: str) -> None:
    done = run(root, *SAYS, "--date", day)
    assert (done.code, done.err) == (0, f"{late}下一步：运行 dutylist leg status 2025/1-down 查看。\n")
    assert f"received = {day}" in opinions(root)[0]


def test_a_unit_that_was_not_asked(root: Path) -> None:
    done = run(root, *SAYS, "--author", "示例市气象局")
    assert (done.code, done.err.splitlines()[0]) == (0, "示例市气象局 不在 2025/1-down 征求意见的单位之中；照样登记。")
    assert 'author = "示例市气象局"' in opinions(root)[0]


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = tree(root)
    done = run(root, *SAYS, "--dry-run")
    assert (done.code, done.err) == (0, "没有写任何文件（--dry-run）。\n")
    assert tree(root) == before
    assert run(root, *SAYS).out == done.out


def test_the_clock_can_be_set(root: Path) -> None:
    env = {"SOURCE_DATE_EPOCH": "1741651200"}
    assert run(root, "opinion", "add", "--author", "水利局", "--text", "删去", env=env).code == 0
    assert "received = 2025-03-11" in opinions(root)[0]


def test_json_is_an_entry_of_the_list(root: Path) -> None:
    done = run(root, *SAYS, "--duty", "ex-0001", "--format", "json")
    again = run(root, *SAYS, "--duty", "ex-0001", "--format", "json")
    listed = run(root, "opinion", "list", "--format", "json")
    assert (done.code, again.code) == (0, 0)
    assert json.loads(done.out) == json.loads(again.out) == json.loads(listed.out)


def opinion(name: str, **changes: Any) -> str:
    """A valid opinion, changed."""
    values: dict[str, Any] = {"author": "示例市水利局", "text": "建议删去", "received": date(2025, 3, 11)}
    return canonical_text(Opinion(id=name, **(values | changes)))


SAID = {
    "2025-1-down-00000001": {"duty": "ex-0001"},
    "2025-1-down-00000002": {"duty": "ex-0002", "author": "市水利局", "verdict": Verdict.ADOPTED},
    "2025-1-down-00000003": {"author": "示例市公安局", "verdict": Verdict.NOT_ADOPTED, "reason": "于法无据"},
    "2025-1-down-00000004": {"duty": "ex-0004", "verdict": Verdict.DISPUTED, "reason": "另议"},
}
LISTED: dict[str, tuple[list[str], str]] = {
    "all": ([], "51234"),
    "a leg": (["2025/1-down"], "1234"),
    "a short name": (["--author", "水利局"], "124"),
    "a unit": (["--author", "示例市公安局"], "53"),
    "a duty": (["--duty", "2"], "2"),
    "a duty that is gone": (["--duty", "ex-0004"], "4"),
    "open": (["--verdict", "open"], "51"),
    "adopted": (["--verdict", "adopted"], "2"),
    "not adopted": (["--verdict", "not-adopted"], "3"),
    "disputed": (["--verdict", "disputed"], "4"),
    "all at once": (["2025/1-down", "--author", "水利局", "--duty", "ex-0001", "--verdict", "open"], "1"),
    "nothing": (["--verdict", "partly-adopted"], ""),
}


@pytest.fixture
def said(root: Path) -> Path:
    """A library in which several spoke."""
    texts = {f"{HOME}/opinions/{name}.toml": opinion(name, **changes) for name, changes in SAID.items()}
    texts["changelog/2025/1-up/opinions/2025-1-up-00000005.toml"] = opinion("2025-1-up-00000005", author="公安局")
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(("options", "found"), LISTED.values(), ids=LISTED)
def test_list(said: Path, options: list[str], found: str) -> None:
    done = run(said, "opinion", "list", *options, "--format", "json")
    assert "".join(entry["id"][-1] for entry in json.loads(done.out)) == found
    every = 4 if "2025/1-down" in options else 5
    told = f"共 {every} 条，列出 {len(found)} 条。\n" if len(found) != every else f"共 {every} 条。\n"
    assert (done.code, done.err) == (0, told)


def test_list_as_text(said: Path, golden: Callable[[str, str], None]) -> None:
    golden("opinions/list.txt", run(said, "opinion", "list").out)


NOT_LISTED = {
    "unknown unit": (["--author", "示例市公安居"], "没有 示例市公安居 的意见。", "是不是 示例市公安局"),
    "unknown duty": (["--duty", "ex-0022"], "没有编号为 ex-0022 的事项。", "是不是 ex-0002"),
    "unknown leg": (["2025/2-up"], "2025 没有环节 2-up。", "可选：1-up、1-down"),
}


@pytest.mark.parametrize(("options", "message", "hint"), NOT_LISTED.values(), ids=NOT_LISTED)
def test_list_refuses(said: Path, options: list[str], message: str, hint: str) -> None:
    done = run(said, "opinion", "list", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"错误：{message}\n提示：{hint}")


def test_a_unit_of_the_vocabulary_may_have_said_nothing(root: Path) -> None:
    assert run(root, "opinion", "list", "--author", "水利局").code == 0


def test_two_branches_that_add_opinions_merge(root: Path) -> None:
    commit_all(root, "环节开始")
    git(root, "branch", "另一支")
    assert run(root, *SAYS, "--duty", "ex-0001").code == 0
    assert run(root, *SAYS, "--duty", "ex-0002").code == 0
    commit_all(root, "水利局的意见")
    git(root, "switch", "--quiet", "另一支")
    assert run(root, *SAYS, "--author", "公安局", "--duty", "ex-0001").code == 0
    assert run(root, *SAYS, "--duty", "ex-0002").code == 0
    commit_all(root, "公安局的意见，水利局的又登记了一次")
    git(root, "merge", "--quiet", "--no-edit", "main")
    assert len(opinions(root)) == 3
    assert "<<<<" not in "".join(opinions(root))


def test_one_opinion_answered_differently_on_two_branches_conflicts(root: Path) -> None:
    path = run(root, *SAYS, "--duty", "ex-0001").out.split()[-1]
    commit_all(root, "意见")
    git(root, "branch", "另一支")
    said = (root / path).read_text("utf-8")
    (root / path).write_text(f'{said}verdict = "adopted"\n', "utf-8")
    commit_all(root, "采纳")
    git(root, "switch", "--quiet", "另一支")
    (root / path).write_text(f'{said}verdict = "not-adopted"\nreason = "于法无据"\n', "utf-8")
    commit_all(root, "不采纳")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "--quiet", "--no-edit", "main")
    assert git(root, "diff", "--name-only", "--diff-filter=U", "-z").strip("\0") == path
