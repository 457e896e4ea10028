"""A review as JSON: the view itself; the published schema is made from the type here."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.change import SideName
from dutylist.model.finding import Finding
from dutylist.report import change_json, json_
from dutylist.report.change_schema import ChangesReport, SideEntry
from dutylist.report.json_ import FindingEntry
from dutylist.report.plain import json_text
from dutylist.report.review import ReviewReport, ReviewSummary
from dutylist.report.review_silence import TotalEntry, WaiverEntry, WordEntry
from dutylist.report.views import PUBLISHED, checked


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """审核报告：dutylist review --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    passed: bool
    """通过：没有新问题达到门槛，变化可以比较，账目是平的。"""
    base: SideEntry
    """基准：用户所给的版本。"""
    parted: str
    """分开处：基准与所审核的状态从哪次提交分开；从这里比起。"""
    after: SideEntry
    """所审核的：当前文件，或 --revision 所给的版本。"""
    from_nothing: bool
    """从无到有：分开处还没有清单库，全部问题和事项都算新的。"""
    summary: ReviewSummary
    """合计：各种问题各有多少。"""
    new: tuple[FindingEntry, ...]
    """新的问题：按文件和位置排列。"""
    silenced: tuple[FindingEntry, ...]
    """新被豁免的问题：原来报告，现在豁免。"""
    born_waived: tuple[FindingEntry, ...]
    """一出现就豁免的问题：原来没有，现在有而且豁免。"""
    waivers: tuple[WaiverEntry, ...]
    """豁免：新写的和改动过的。"""
    totals: tuple[TotalEntry, ...]
    """所报总数：变了的。"""
    words: tuple[WordEntry, ...]
    """词条：词表中新增的和改动过的。"""
    changes: ChangesReport | None
    """变化：与 dutylist compare --format json 相同；不能比较时为 null。"""
    refused: str | None
    """不能比较的原因：能比较时为 null。"""


def write(view: ReviewReport) -> str:
    """The whole view; the changes one a line, as `compare` writes them."""
    since, silencers = view.since, view.silencers
    parts = {
        "passed": view.passed,
        "base": _side(view.span.base),
        "parted": view.span.parted,
        "after": _side(view.span.after),
        "from_nothing": view.span.from_nothing,
        "summary": asdict(view.summary),
        "new": _findings(view, since.new),
        "silenced": _findings(view, since.silenced),
        "born_waived": _findings(view, since.born_waived),
        "waivers": [asdict(one) for one in silencers.waivers],
        "totals": [asdict(one) for one in silencers.totals],
        "words": [asdict(one) for one in silencers.words],
    }
    written = {name: json_text(value) for name, value in parts.items()}
    written["changes"] = "null" if view.changes is None else change_json.write(view.changes)
    written["refused"] = json_text(view.refused or None)
    return "{\n" + ",\n".join(f'"{name}": {text.rstrip()}' for name, text in written.items()) + "\n}\n"


def _side(name: SideName) -> dict[str, Any]:
    return {"name": name.name, "commit": name.commit}


def _findings(view: ReviewReport, findings: Iterable[Finding]) -> Any:
    """Findings as `check` writes them."""
    shown = checked(findings, duties=0, files=0, profile=view.summary.profile, show_waived=True, edits=view.edits)
    return json.loads(json_.write(shown))["findings"]
