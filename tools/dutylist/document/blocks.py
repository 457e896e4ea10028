"""What every format yields before it is understood: paragraphs and tables of cells."""

from dataclasses import dataclass

from dutylist.model.note import What


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, one paragraph a line; `exact` text was written by `dump` and is taken as it stands.

    `remarks` are (what, text, count) of what reading the format already changed.
    """

    text: str
    exact: bool = False
    remarks: tuple[tuple[What, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `where` says where it stands, for messages (`第 39 行的表格`)."""

    where: str
    rows: tuple[tuple[Cell, ...], ...]


Block = str | Table
EMPTY = Cell("")
