"""Finds the lists in a document: which tables are lists, which rows are duties, and what is neither."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dutylist.document.blocks import EMPTY, Block, Cell, Table
from dutylist.document.columns import CATEGORY, METHOD, NAME, NUMBER, RECEIVING, TAKEOVER, Column, Layout, layout_of
from dutylist.document.loaded import Notebook
from dutylist.document.outline import is_list_heading
from dutylist.document.tidy import tidy_line, tidy_names
from dutylist.model.duty import SHORT_LABELS, Kind
from dutylist.model.note import What
from dutylist.model.text import one_line, shorten

# What stands alone in brackets, such as （本文有删减）, goes on with nothing.
_REMARK = re.compile(r"[（(][^（）()]*[）)]")


@dataclass
class Draft:
    """A duty's row before its cells are understood; `number` as printed, or counted where nothing is printed."""

    kind: Kind
    number: str
    cells: dict[Column, Cell]

    @property
    def where(self) -> str:
        """The row's name in notes and messages: `配合 22`."""
        return f"{SHORT_LABELS[self.kind]} {_shown(self.number)}"


@dataclass
class Gathered:
    """What has been found so far: paragraphs before the first list, rows of all lists, notes on the rest."""

    notes: Notebook = field(default_factory=Notebook)
    before: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    layout: Layout | None = None
    headers: Counter[Kind] = field(default_factory=Counter)
    rows: Counter[Kind] = field(default_factory=Counter)

    def homeless(self, text: str, where: str) -> None:
        """Keeps in the notes what belongs to no field."""
        if text.strip():
            self.notes.at(where).add(What.HOMELESS, text.strip())


def gather(blocks: Iterable[Block]) -> Gathered:
    """Everything in these paragraphs and tables, sorted into duties, outline and notes."""
    found = Gathered()
    for block in blocks:
        if isinstance(block, Table):
            _take_table(block, found)
        elif is_list_heading(block):
            found.layout = None
        elif found.drafts:
            found.homeless(block, f"{SHORT_LABELS[found.drafts[-1].kind]}清单之后")
        else:
            found.before.append(block)
    for draft in found.drafts:
        draft.cells = _with_one_takeover(draft.cells, found.notes.at(draft.where))
    for kind, count in found.headers.items():
        found.notes.at(f"{SHORT_LABELS[kind]}清单").add(What.NORMALISED, "重复的表头不算一行", count - 1)
    return found


def _take_table(table: Table, found: Gathered) -> None:
    """Takes a table's rows; one without a header goes on with the list before it if it is as wide."""
    layout = found.layout
    if layout and any(len(row) != len(layout.columns) for row in table.rows[:1]):
        layout = None
    for cells in table.rows:
        if layout and _is_number(_number(cells, layout)):
            _take_row(cells, layout, found)
            continue
        titles = [tidy_line(cell.text, Notebook()) for cell in cells]
        header = layout_of(titles, table.where)
        if header:
            found.headers[header.kind] += 1
            found.layout = layout = header
        elif layout:
            _take_row(cells, layout, found)
        else:
            found.homeless(" ".join(filter(None, titles)), table.where)


def _take_row(cells: Sequence[Cell], layout: Layout, found: Gathered) -> None:
    """A row begins a duty, goes on with the one above, or holds a remark."""
    kind, number = layout.kind, _number(cells, layout)
    filled = {column: cell for column, cell in zip(layout.columns, cells, strict=False) if column and cell.text.strip()}
    draft = found.drafts[-1] if found.drafts and found.drafts[-1].kind is kind else None
    text = " ".join(cell.text.strip() for cell in cells if cell.text.strip())
    if not _is_number(number) and (not filled.keys() - {NUMBER, CATEGORY} or _REMARK.fullmatch(text)):
        found.homeless(text, f"{SHORT_LABELS[kind]}清单表格中")
        return
    if draft and not number and NUMBER in layout.columns:
        _go_on(draft, filled, found.notes.at(draft.where))
    else:
        found.rows[kind] += 1
        draft = Draft(kind, number if NUMBER in layout.columns else str(found.rows[kind]), filled)
        found.drafts.append(draft)
    for title, text in _without_field(cells, layout):
        found.notes.at(draft.where).add(What.HOMELESS, f"{title}：{text}")


def _number(cells: Sequence[Cell], layout: Layout) -> str:
    """What a row has in its column 序号; "" where there is none."""
    at = layout.columns.index(NUMBER) if NUMBER in layout.columns else len(cells)
    return tidy_line(cells[at].text, Notebook()) if at < len(cells) else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _without_field(cells: Sequence[Cell], layout: Layout) -> Iterator[tuple[str, str]]:
    """What a row has in columns that no field takes, and behind its last column."""
    for at, cell in enumerate(cells):
        has_title = at < len(layout.columns)
        if cell.text.strip() and not (has_title and layout.columns[at]):
            yield _shown(layout.titles[at]) if has_title else "表头以外的一格", cell.text


def _with_one_takeover(cells: dict[Column, Cell], notes: Notebook) -> dict[Column, Cell]:
    """A receiving department and a way of working in two columns become the one that is printed."""
    if METHOD not in cells or RECEIVING not in cells:
        return cells
    names, method = tidy_names(cells[RECEIVING].text, notes).replace("\n", "、"), cells[METHOD].text
    notes.add(What.NORMALISED, "承接部门和工作方式并为一栏")
    text = f"{names}：\n{method}" if names and method.strip() else ""
    return {**cells, TAKEOVER: Cell(text, remarks=cells[RECEIVING].remarks + cells[METHOD].remarks)}


def _go_on(draft: Draft, cells: dict[Column, Cell], notes: Notebook) -> None:
    """Joins a row without a number, as a page break leaves it, to the one above."""
    for column, cell in cells.items():
        above = draft.cells.get(column, EMPTY)
        between = "" if column.shape is NAME.shape else "\n"
        # A category that a page break repeats is not a longer one.
        text = above.text if column is CATEGORY and cell.text == above.text else above.text + between + cell.text
        draft.cells[column] = Cell(text, False, above.remarks + cell.remarks)
    notes.add(What.GUESSED, "没有序号的一行接在上一项之后")


def _shown(text: str) -> str:
    return shorten(one_line(text), 20)
