"""Changes for spreadsheets: one a row, the layout ones too."""

import csv
import io
from collections.abc import Iterator

from dutylist.model.change import Change
from dutylist.model.duty import SHORT_LABELS
from dutylist.report.change_fields import field_words
from dutylist.report.change_words import cause
from dutylist.report.changes import ChangeReport
from dutylist.report.plain import harmless

_HEAD = ("序号", "原序号", "乡镇", "清单", "类别", "编号", "事项", "类型")
_TAIL = ("轻重", "责任增减", "规则", "字段", "修改前", "修改后", "依据", "指纹")


def write(view: ChangeReport) -> str:
    """A byte-order mark, since spreadsheets need it for Chinese, and no cell that they take for a formula."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEAD + _TAIL)
    writer.writerows([harmless(cell) for cell in _cells(change)] for change in view.comparison.changes)
    return buffer.getvalue()


def _cells(change: Change) -> Iterator[str]:
    yield "" if change.number_after is None else str(change.number_after)
    yield "" if change.number_before is None else str(change.number_before)
    yield change.township or ""
    yield "" if change.list_kind is None else SHORT_LABELS[change.list_kind]
    yield change.category or ""
    yield "、".join(dict.fromkeys(site.duty for site in change.sites if site.duty is not None))
    yield change.name or ""
    yield change.kind.facts.label
    yield change.weight.label
    yield change.burden.label
    yield change.rule or ""
    yield field_words(change.field)
    yield change.before or ""
    yield change.after or ""
    yield cause(change)
    yield change.fingerprint
