"""Findings as JSON: the view itself; the published schema is made from the types here."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.finding import Finding, Fix, Severity, field_name
from dutylist.report.plain import json_text
from dutylist.report.views import PUBLISHED, Checked, PlacedEdit, Summary


@dataclass(frozen=True, slots=True)
class EditEntry:
    """改动：把文件中的一段换成新文字。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    path: str
    """文件：相对清单库的路径。"""
    line: int
    """起始行：从 1 起。"""
    column: int
    """起始列：从 1 起，按字符计。"""
    end_line: int
    """结束行：从 1 起。"""
    end_column: int
    """结束列：从 1 起，不含这一列；与起点相同表示插入。"""
    text: str
    """新文字：写在这里的 TOML 源文字；空表示删去。"""


@dataclass(frozen=True, slots=True)
class FixEntry:
    """修改：怎样改正一个问题。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    label: str
    """说明：给人看的一句话。"""
    safe: bool
    """安全：读起来与原来没有两样，--fix 会自动修改。"""
    edits: tuple[EditEntry, ...]
    """改动：要一起做的改动；有一处位置不明时为空。"""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """问题：数据中的一处毛病。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    code: str
    """规则代码：如 RF004。"""
    severity: Severity
    """等级：error 错误，warning 警告，advice 建议。"""
    path: str
    """文件：相对清单库的路径。"""
    line: int
    """起始行：从 1 起。"""
    column: int
    """起始列：从 1 起，按字符计。"""
    end_line: int
    """结束行：从 1 起。"""
    end_column: int
    """结束列：从 1 起，不含这一列。"""
    field: str | None
    """字段：如 superior_responsibilities[0].clauses[1]；null 表示整个文件。"""
    message: str
    """说明：哪里不对，怎么办。"""
    duty: str | None
    """事项编号：问题属于哪一项；不属于任何一项时为 null。"""
    waived: bool
    """已豁免：有理由暂不更正。"""
    waived_reason: str | None
    """豁免理由：没有豁免时为 null。"""
    fingerprint: str
    """指纹：同一个问题在别处改动之后仍然相同，可写进豁免。"""
    fix: FixEntry | None
    """修改：怎样改正；没有现成办法时为 null。"""


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """检查结果：dutylist check --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    findings: tuple[FindingEntry, ...]
    """问题：按文件和位置排列。"""
    summary: Summary
    """合计：检查了多少，发现多少。"""


def write(view: Checked) -> str:
    """The whole view."""
    report = FindingsReport(tuple(_entry(view, finding) for finding in view.findings), view.summary)
    return json_text(asdict(report))


def _entry(view: Checked, finding: Finding) -> FindingEntry:
    return FindingEntry(
        code=finding.code,
        severity=finding.severity,
        path=finding.spot.path,
        line=finding.place.line,
        column=finding.place.column,
        end_line=finding.place.end_line,
        end_column=finding.place.end_column,
        field=field_name(finding.spot.field) or None,
        message=finding.message,
        duty=finding.duty,
        waived=finding.waived is not None,
        waived_reason=finding.waived,
        fingerprint=finding.fingerprint,
        fix=_fix(view, finding.fix) if finding.fix else None,
    )


def _fix(view: Checked, fix: Fix) -> FixEntry:
    return FixEntry(fix.label, fix.safe, tuple(_edit(edit) for edit in view.placed(fix)))


def _edit(edit: PlacedEdit) -> EditEntry:
    place = edit.place
    return EditEntry(edit.path, place.line, place.column, place.end_line, place.end_column, edit.text)
