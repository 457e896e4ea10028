"""The duties as a table: for a terminal, for programs, for spreadsheets."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.duty import SHORT_LABELS, Kind, departments_of
from dutylist.model.library import Library
from dutylist.model.text import cells
from dutylist.report.plain import harmless, json_text, plain
from dutylist.report.views import PUBLISHED

_SMALLEST_NAME = 16


@dataclass(frozen=True, slots=True)
class DutyRow:
    """事项：清单中的一行。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    id: str
    """编号：终身不变。"""
    kind: Kind
    """清单：basic 基本，supporting 配合，reclaimed 收回。"""
    category: str
    """类别：所在的文件夹。"""
    number: int
    """序号：在本乡镇这张清单中的次序，打印时计算。"""
    name: str
    """事项名称。"""
    township: str
    """乡镇（街道）：所在的文件夹。"""
    path: str
    """文件：相对清单库的路径。"""
    departments: tuple[str, ...]
    """部门：对应上级部门或承接部门，按原文。"""


def rows(library: Library) -> list[DutyRow]:
    """Every duty, by township and list, in printed order."""
    return [
        DutyRow(
            one.duty.id,
            kind,
            one.category,
            one.number,
            one.duty.name,
            folder.name,
            one.record.path,
            departments_of(one.duty),
        )
        for folder in library.townships
        for kind in Kind
        for one in library.numbered(folder, kind)
    ]


def as_text(some: Sequence[DutyRow], width: int | None = None) -> str:
    """Aligned columns; names are cut to the width of a terminal, where there is one."""
    table = [(row.id, SHORT_LABELS[row.kind], plain(row.category), str(row.number), plain(row.name)) for row in some]
    widths = [max((cells(line[column]) for line in table), default=0) for column in range(4)]
    room = None if width is None else max(width - sum(widths) - 8, _SMALLEST_NAME)
    return "".join(_line(line, widths, room) for line in table)


def as_json(some: Sequence[DutyRow]) -> str:
    """A list of objects, one a duty."""
    return json_text([asdict(row) for row in some])


def as_csv(some: Sequence[DutyRow]) -> str:
    """For spreadsheets: a byte-order mark, since they need it for Chinese, and no cell that they take for a formula."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("编号", "清单", "事项类别", "序号", "事项名称", "乡镇（街道）", "部门", "文件"))
    for row in some:
        facts = (row.id, SHORT_LABELS[row.kind], row.category, row.number, row.name, row.township)
        writer.writerow([harmless(str(fact)) for fact in (*facts, "、".join(row.departments), row.path)])
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Sequence[DutyRow]], str]] = {"text": as_text, "json": as_json, "csv": as_csv}


def _line(line: tuple[str, ...], widths: Sequence[int], room: int | None) -> str:
    fixed = [text + " " * (width - cells(text)) for text, width in zip(line, widths, strict=False)]
    name = line[-1]
    if room is not None and cells(name) > room:
        while cells(name) >= room:
            name = name[:-1]
        name += "…"
    return "  ".join([*fixed, name]) + "\n"
