"""The real library in a repository of its own, with four duties whose texts the tests of comparing know."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build import duty as made_duty
from command import run
from dutylist.model.canonical import canonical_text, values_of
from dutylist.model.duty import AnyDuty
from dutylist.model.township import Township
from dutylist.model.validation import validate_duty
from dutylist.store.read import read_record
from repos import commit_all

REAL = Path(__file__).parents[1]
HOME = "duties/阿扎克镇"
TOWNSHIP, LEDGER = f"{HOME}/township.toml", f"{HOME}/ledger.toml"
WATER, CHANNELS, OLD_AGE, RESCUE = "azk-0139", "azk-0140", "azk-0218", "azk-0094"
CLAUSES = (
    "协助开展防汛巡查；",
    "收到群众举报后15日内核查；",
    "每年组织防汛演练不少于2次；",
    "督促本辖区农业用水指标落实情况，并报送市水利局；",
    "做好节约用水宣传。",
)
KNOWN: dict[str, dict[str, Any]] = {
    WATER: {
        "kind": "supporting",
        "name": "农村供水保障工作",
        "superior_departments": ["阿图什市水利局", "阿图什市公安局"],
        "superior_responsibilities": [
            {"department": "市水利局", "clauses": ["制定工程管护机制；", "监督水费征收工作；", "公布水质监测结果。"]},
            {"department": "市公安局", "text": "依法查处破坏供水设施的行为。"},
        ],
        "township_responsibilities": [{"clauses": list(CLAUSES)}],
    },
    CHANNELS: {
        "kind": "supporting",
        "name": "末级渠系运行维修养护工作",
        "superior_departments": ["阿图什市水利局"],
        "superior_responsibilities": [
            {"department": "市水利局", "clauses": ["制定渠系管护办法；", "核定维修养护经费。"]}
        ],
        "township_responsibilities": [{"clauses": ["组织群众清理末级渠系；", "上报破损渠段。"]}],
    },
    OLD_AGE: {
        "kind": "reclaimed",
        "name": "对违规领取高龄津贴的追缴",
        "receiving_departments": ["阿图什市民政局"],
        "takeover": [{"department": "阿图什市民政局", "clauses": ["核实违规领取情况；", "依法追缴津贴。"]}],
    },
    RESCUE: {
        "name": "成立应急救援队伍，编制应急预案",
        "basis": [{"title": "《中华人民共和国突发事件应对法》", "article": "第二十六条"}],
    },
}


@dataclass(frozen=True)
class Stage:
    """A checkout that a test may change."""

    root: Path

    def path(self, duty: str) -> Path:
        """Where a duty's file lies now."""
        (found,) = self.root.glob(f"{HOME}/*/{duty}.toml")
        return found

    def duty(self, duty: str) -> AnyDuty:
        """A duty as its file says."""
        record: Any = read_record(f"{HOME}/x/{duty}.toml", self.path(duty).read_bytes(), [])
        value: AnyDuty = record.value
        return value

    def edit(self, duty: str, **changes: Any) -> None:
        """Writes a duty anew with some fields changed; plain values will do."""
        values = validate_duty(values_of(self.duty(duty)) | changes)
        self.path(duty).write_text(canonical_text(values), "utf-8")

    def township(self) -> Township:
        """What `township.toml` says."""
        record: Any = read_record(TOWNSHIP, (self.root / TOWNSHIP).read_bytes(), [])
        value: Township = record.value
        return value

    def edit_township(self, **changes: Any) -> None:
        """Writes `township.toml` anew with some fields changed."""
        (self.root / TOWNSHIP).write_text(canonical_text(replace(self.township(), **changes)), "utf-8")

    def swap(self, path: str | Path, old: str, new: str) -> None:
        """Puts one text in the place of another that the file has."""
        text = (self.root / path).read_text("utf-8")
        assert old in text, path
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def do(self, *arguments: str) -> None:
        """A command that must succeed."""
        done = run(self.root, *arguments)
        assert done.code == 0, done.err

    def commit(self, message: str = "修改") -> str:
        """Commits everything; gives the commit's id."""
        return commit_all(self.root, message)

    def compare(self, *arguments: str) -> Any:
        """What `compare --format json` tells; it must succeed without a word."""
        done = run(self.root, "compare", *arguments, "--format", "json")
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)


def base(root: Path, *, whole: bool = True) -> Stage:
    """The real library with the known duties, committed; or these alone, so that numbers in a report stay."""
    shutil.copytree(REAL / "duties", root / "duties")
    shutil.copytree(REAL / "schema" / "vocabulary", root / "schema" / "vocabulary")
    stage = Stage(root)
    for duty, values in KNOWN.items():
        position = stage.duty(duty).position
        text = canonical_text(made_duty(id=duty, position=position, **values))
        stage.path(duty).write_text(text, "utf-8")
    for path in () if whole else list(root.glob(f"{HOME}/*/*.toml")):
        if path.stem not in KNOWN:
            path.unlink()
    stage.commit("公开发布的清单")
    return stage


def copied(stage: Stage, root: Path) -> Stage:
    """A copy to change."""
    shutil.copytree(stage.root, root, symlinks=True, dirs_exist_ok=True)
    return Stage(root)


def told(compared: Any) -> list[str]:
    """Every change on a line: kind, weight, duty, field, the burden and the rule that spoke."""
    return [
        " ".join(
            filter(
                None,
                (
                    change["kind"],
                    change["weight"],
                    change["duty"],
                    change["field"],
                    change["burden_rule"] and f"{change['burden']} {change['burden_rule']}",
                ),
            )
        )
        for change in compared["changes"]
    ]
