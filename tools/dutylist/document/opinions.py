"""The table that departments fill in: its columns, in both directions and for every format."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from dutylist.document.columns import COLUMNS as LIST_COLUMNS
from dutylist.document.columns import RECEIVING, Column
from dutylist.document.loaded import Notebook
from dutylist.errors import DutyListError
from dutylist.model.duty import SHORT_LABELS
from dutylist.model.extract import Extract
from dutylist.model.note import Note, What
from dutylist.model.text import full_width_brackets, one_line, shorten, visible

# A header stands in the first rows, below a title or a remark.
_HEADER_WITHIN = 20
_LEAST_KNOWN = 2
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """The cells of one row; what a table does not say is ""."""

    number: str = ""
    duty: str = ""
    township: str = ""
    kind: str = ""
    name: str = ""
    field: str = ""
    original: str = ""
    text: str = ""
    proposed: str = ""
    argument: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class OpinionColumn:
    """A column: its title, the cell of an `Answer` that it holds, and other titles that mean it."""

    title: str
    field: str
    spellings: tuple[str, ...] = ()

    def means(self, title: str) -> bool:
        """Whether a table's `title` is this column; white space, the width of brackets and a colon do not matter."""
        key = full_width_brackets(re.sub(r"\s", "", title)).rstrip("：:")
        return key in (self.title, *self.spellings)


COLUMNS = (
    OpinionColumn("序号", "number", ("序",)),
    OpinionColumn("编号", "duty", ("事项编号", "履职事项编号")),
    OpinionColumn("乡镇", "township", ("乡镇（街道）", "镇（街道）", "所属乡镇", "乡镇名称", "镇街", "街道")),
    OpinionColumn("清单", "kind", ("所属清单", "清单类型", "清单名称", "清单类别")),
    OpinionColumn("事项", "name", ("事项名称", "履职事项", "履职事项名称", "名称")),
    OpinionColumn("栏目", "field", ("所在栏目", "针对栏目", "字段", "部分")),
    OpinionColumn("原文", "original", ("清单原文", "原文内容", "原表述", "原内容", "修改前")),
    OpinionColumn("意见", "text", ("修改意见", "意见建议", "意见和建议", "意见及建议", "反馈意见", "具体意见")),
    OpinionColumn("建议修改为", "proposed", ("修改建议", "建议修改", "建议修改内容", "修改为", "建议表述", "修改后")),
    OpinionColumn("理由", "argument", ("修改理由", "理由依据", "理由和依据", "理由及依据", "修改依据", "依据", "原因")),
    OpinionColumn("提出单位", "author", ("单位", "单位名称", "提出部门", "反馈单位", "反馈部门", "填报单位", "部门")),
)
ANSWERED = tuple(column for column in COLUMNS if column.field in ("text", "proposed"))

# Said in the column of opinions, these say that there is none.
NO_OPINION = ("无", "无意见", "没有意见", "无修改意见", "无异议", "/", "—", "-")


@dataclass(frozen=True, slots=True)
class Form:
    """A table to be filled in, as every format prints it: a title, lines below it, the rows."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that came back; `at` is its line as the file's own program counts."""

    at: int
    cells: Answer


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that came back: its rows, the headings that mean nothing here, and what else is to be said."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


Grid = Sequence[tuple[int, Sequence[str]]]
"""The cells of a table as a format reads them, each row with its line."""


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format: how its files end, how a form is written, which tables a text has."""

    suffix: str
    dump: Callable[[Form], str]
    grids: Callable[[str, Notebook], Iterable[Grid]]


def to_fill_in(extracted: Extract) -> Form:
    """The table for a department: a row for each part of each duty, the answers empty."""
    counts = "，".join(f"{SHORT_LABELS[kind]} {count}" for kind, count in extracted.by_kind.items() if count)
    duties, parts = len(extracted.duties), extracted.parts
    lines = (
        f"涉及 {duties} 项事项" + (f"（{counts}）" if counts else "") + f"，{parts} 处；"
        f"乡镇（街道）：{'、'.join(extracted.townships)}。",
        "请填写“意见”“建议修改为”“理由”三栏；没有意见的留空。其余各栏请不要改动。",
    )
    return Form(f"{extracted.department}征求意见表", lines, tuple(_rows(extracted)))


def _rows(extracted: Extract) -> Iterator[Answer]:
    """The rows; what is hidden in a text is named, since it would have to be cleaned away when it comes back."""
    for one in extracted.duties:
        duty = one.numbered.duty
        row = Answer(
            number=str(one.numbered.number),
            duty=duty.id,
            township=visible(one.township),
            kind=SHORT_LABELS[duty.kind],
            name=visible(duty.name),
            author=visible(extracted.department),
        )
        for part in one.parts:
            yield replace(row, field=title_of(part.field), original=visible(part.text))


def list_columns() -> tuple[Column, ...]:
    """The columns of the lists that show a field of a duty, each once."""
    every = (*(column for some in LIST_COLUMNS.values() for column in some), RECEIVING)
    return tuple({column.field: column for column in reversed(every)}.values())


def title_of(name: str) -> str:
    """What a field is called above its column; a name without a column stays as it is."""
    return next((column.title for column in list_columns() if column.field == name), name)


def cells_of(answer: Answer) -> tuple[str, ...]:
    """The cells of a row in the order of the columns."""
    return tuple(getattr(answer, column.field) for column in COLUMNS)


def known_in(row: Sequence[str]) -> int:
    """How many cells of a row are headings of different columns."""
    return len([column for column in COLUMNS if any(map(column.means, row))])


@dataclass
class _Reading:
    """What is gathered over all tables of a file."""

    notebook: Notebook
    rows: list[SheetRow] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)


def sheet_of(grids: Iterable[Grid], notebook: Notebook) -> Sheet:
    """The rows of all tables with a header that means something; raises a `DutyListError` where there is none."""
    reading = _Reading(notebook)
    headers = [_read(grid, reading) for grid in grids]
    if not any(headers):
        titles = "”或“".join(column.title for column in ANSWERED)
        message = f"没有找到表头：前 {_HEADER_WITHIN} 行里没有“{titles}”一栏。"
        raise DutyListError(message, f"表头可用：{'、'.join(column.title for column in COLUMNS)}。")
    for line in reading.skipped:
        notebook.at(f"第 {line} 行起的表格").add(What.HOMELESS, "表头没有意见一栏，没有读")
    for title, filled in reading.unknown.items():
        told = f"有 {filled} 格写了字" if filled else "都是空的"
        notebook.at("表头").add(What.HOMELESS, f"不认识的栏“{shorten(title, _LONGEST_SHOWN)}”，没有导入；{told}")
    return Sheet(tuple(reading.rows), tuple(reading.unknown), tuple(notebook.notes))


def _read(grid: Grid, reading: _Reading) -> bool:
    """Reads one table; False where it has no header."""
    at = next((at for at, (_, row) in enumerate(grid[:_HEADER_WITHIN]) if _is_header(row)), None)
    if at is None:
        reading.skipped += [grid[0][0]] if grid else []
        return False
    header = grid[at][1]
    found = [next((column for column in COLUMNS if column.means(title)), None) for title in header]
    layout = [column if column not in found[:place] else None for place, column in enumerate(found)]
    for title in (title for title, column in zip(header, layout, strict=True) if column is None and title.strip()):
        reading.unknown.setdefault(one_line(title.strip()), 0)
    for line, row in grid[at + 1 :]:
        # Programs repeat the header on each page.
        if any(cell.strip() for cell in row) and list(row) != list(header):
            reading.rows.append(SheetRow(line, _answer(line, row, header, layout, reading)))
    return True


def _is_header(row: Sequence[str]) -> bool:
    return known_in(row) >= _LEAST_KNOWN and any(column.means(cell) for column in ANSWERED for cell in row)


def _answer(
    line: int, row: Sequence[str], header: Sequence[str], layout: Sequence[OpinionColumn | None], reading: _Reading
) -> Answer:
    """The cells of a row by their columns; a text in a cell that has no column is noted."""
    cells = {}
    for place, cell in enumerate(cell.strip() for cell in row):
        column = layout[place] if place < len(layout) else None
        if column:
            cells[column.field] = cell
        elif cell and place < len(header) and header[place].strip():
            reading.unknown[one_line(header[place].strip())] += 1
        elif cell:
            shown = shorten(cell, _LONGEST_SHOWN)
            reading.notebook.at(f"第 {line} 行").add(What.HOMELESS, f"第 {place + 1} 格没有表头，没有导入：{shown}")
    return Answer(**cells)


assert {column.field for column in COLUMNS} == {one.name for one in fields(Answer)}
