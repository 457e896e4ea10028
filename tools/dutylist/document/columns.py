"""The columns of the three lists, one table for both directions and every format."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dutylist.document.cells import read_names, read_sections, show_names
from dutylist.document.loaded import Notebook
from dutylist.document.tidy import tidy_line, tidy_names, tidy_sections
from dutylist.errors import DutyListError
from dutylist.model.duty import Kind
from dutylist.model.library import Library, Numbered, TownshipFolder
from dutylist.model.printed import show_sections
from dutylist.model.text import full_width_brackets, one_line, shorten
from dutylist.model.vocabulary import Departments


@dataclass(frozen=True, slots=True)
class Shape:
    """How a cell's text is cleaned, what value clean text has, and how the value is printed."""

    tidy: Callable[[str, Notebook], str]
    read: Callable[[str, Departments], Any]
    show: Callable[[Any], str]


LINE = Shape(tidy_line, lambda text, _: text, str)
NAMES = Shape(tidy_names, lambda text, _: read_names(text), show_names)
SECTIONS = Shape(tidy_sections, read_sections, show_sections)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its printed title, the duty's field that it shows, its shape, and other titles that mean it."""

    title: str
    field: str
    shape: Shape
    spellings: tuple[str, ...] = ()
    required: bool = True

    def means(self, title: str) -> bool:
        """Whether a table's `title` is this column; white space and the width of brackets do not matter."""
        key = full_width_brackets(re.sub(r"\s", "", title))
        return key == self.title or key in self.spellings


NUMBER = Column("序号", "number", LINE, ("编号", "序"), required=False)
CATEGORY = Column("事项类别", "category", LINE, ("类别", "事项分类", "分类"), required=False)
NAME = Column("事项名称", "name", LINE, ("履职事项", "履职事项名称", "事项", "名称"))
SUPERIORS = Column("对应上级部门", "superior_departments", NAMES, ("上级部门", "对应部门", "上级部门（单位）"))
SUPERIOR_PART = Column("上级部门职责", "superior_responsibilities", SECTIONS, ("上级部门（单位）职责", "部门职责"))
TOWNSHIP_WORDS = ("乡镇（街道）", "镇（街道）", "街道（乡镇）", "乡镇街道", "乡镇", "镇街", "街道", "乡", "镇")
TOWNSHIP_PART = Column(
    "乡镇（街道）配合职责",
    "township_responsibilities",
    SECTIONS,
    ("配合职责", *(word + duty for word in TOWNSHIP_WORDS for duty in ("配合职责", "职责"))),
)
TAKEOVER = Column("承接部门及工作方式", "takeover", SECTIONS, ("承接部门和工作方式", "承接部门与工作方式"))

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.BASIC: (NUMBER, CATEGORY, NAME),
    Kind.SUPPORTING: (NUMBER, CATEGORY, NAME, SUPERIORS, SUPERIOR_PART, TOWNSHIP_PART),
    Kind.RECLAIMED: (NUMBER, CATEGORY, NAME, TAKEOVER),
}

# Some lists print what TAKEOVER shows in two columns.
RECEIVING = Column("承接部门", "receiving_departments", NAMES, ("承接部门（单位）", "收回部门"))
METHOD = Column("工作方式", "takeover", SECTIONS, ("承接方式", "承接工作方式"))

OWN: dict[Kind, tuple[Column, ...]] = {
    Kind.SUPPORTING: (SUPERIORS, SUPERIOR_PART, TOWNSHIP_PART),
    Kind.RECLAIMED: (TAKEOVER, RECEIVING, METHOD),
    Kind.BASIC: (),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table's columns mean, from left to right; None where a column has no field."""

    kind: Kind
    columns: tuple[Column | None, ...]
    titles: tuple[str, ...]


def layout_of(titles: Sequence[str], where: str) -> Layout | None:
    """What a header row means, None where it is no header of a list.

    Raises a `DutyListError` where it is one but lacks a column that a duty cannot do without.
    """
    kind = next((kind for kind, own in OWN.items() if _find(own, titles) or kind is Kind.BASIC))
    known = (NUMBER, CATEGORY, NAME, *OWN[kind])
    found = [next((column for column in known if column.means(title)), None) for title in titles]
    columns = tuple(column if column not in found[:at] else None for at, column in enumerate(found))
    if len([column for column in columns if column]) < 2:
        return None
    needed = (*COLUMNS[kind][:3], RECEIVING, METHOD) if METHOD in columns else COLUMNS[kind]
    lacking = [column.title for column in needed if column.required and column not in columns]
    if lacking:
        there = "、".join(shorten(one_line(title), 20) for title in titles)
        message = f"{where}缺少“{'”“'.join(lacking)}”一栏（现有：{there}）。"
        raise DutyListError(message, "请按清单格式补上这一栏，或把表头改为规定的名称。")
    return Layout(kind, columns, tuple(titles))


def _find(columns: Iterable[Column], titles: Sequence[str]) -> bool:
    return any(column.means(title) for column in columns for title in titles)


@dataclass(frozen=True, slots=True)
class Line:
    """A duty as one row of printed cells, with its id for formats that can carry it unseen."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedList:
    """One of the three lists as it is printed; a cell's paragraphs have line breaks between them."""

    kind: Kind
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The heading above the table."""
        return f"{self.kind.label}清单"

    @property
    def header(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(column.title for column in self.columns)


def printed(library: Library, folder: TownshipFolder) -> tuple[PrintedList, ...]:
    """The three lists of a township, in printed order."""
    return tuple(
        PrintedList(
            kind,
            columns,
            tuple(
                Line(numbered.duty.id, tuple(show_cell(column, numbered) for column in columns))
                for numbered in library.numbered(folder, kind)
            ),
        )
        for kind, columns in COLUMNS.items()
    )


def show_cell(column: Column, numbered: Numbered) -> str:
    """The text of one cell."""
    source = numbered if column in (NUMBER, CATEGORY) else numbered.duty
    return column.shape.show(getattr(source, column.field))
