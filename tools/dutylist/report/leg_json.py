"""The report of a leg as JSON: the view itself, with the changes as `compare` writes them; and its type."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.base import key_of
from dutylist.report import change_json
from dutylist.report.change_schema import ChangesReport
from dutylist.report.leg import LegReport
from dutylist.report.leg_parts import LegHead, LegSummary, OpinionRow
from dutylist.report.plain import json_text
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class LegReportEntry:
    """环节报告：封存环节时写下的 report.json。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    head: LegHead
    """环节：报告的是哪一个环节。"""
    summary: LegSummary
    """会议摘要：数字和需要说明的事项。"""
    opinions: tuple[OpinionRow, ...]
    """意见：意见采纳情况表，按清单、事项和提出单位排列。"""
    silent: tuple[str, ...]
    """无意见单位：问过而没有提意见的单位。"""
    changes: ChangesReport
    """变化报告：从本环节的基准到封存时的状态，写明依据。"""


def write(view: LegReport) -> str:
    """The whole report."""
    parts = {
        "head": json_text(_published(view.head)),
        "summary": json_text(asdict(view.summary)),
        "opinions": json_text([asdict(row) for row in view.opinions]),
        "silent": json_text(view.silent),
        "changes": change_json.write(view.changes),
    }
    return "{\n" + ",\n".join(f'"{name}": {text.rstrip()}' for name, text in parts.items()) + "\n}\n"


def _published(head: LegHead) -> dict[str, Any]:
    """The head under the keys that `leg.toml` has too."""
    return {key_of(name): value for name, value in asdict(head).items()}
