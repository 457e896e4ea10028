"""Tables of Markdown that take no more room than they are given."""

from collections.abc import Iterable
from dataclasses import dataclass

from dutylist.model.text import shorten
from dutylist.report.template import markdown_escape

LONGEST_CELL = 400

Row = tuple[str, ...]
"""The cells of a line, escaped."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is printed: `left_out` rows found no room; `folded` ones are opened by the reader."""

    title: str
    head: Row
    rows: list[Row]
    left_out: int
    folded: bool = False


def cell(text: str) -> str:
    """User text as a cell, shortened."""
    return markdown_escape(shorten(text, LONGEST_CELL))


def length(row: Row) -> int:
    """How many characters a row takes."""
    return sum(len(cell) + 3 for cell in row) + 2


def fitted(title: str, head: Row, rows: Iterable[Row], room: int, folded: bool = False) -> Table:
    """As many rows as there is room for; after the first that does not fit none is tried."""
    fitting, left_out = [], 0
    for row in rows:
        room -= length(row)
        if room >= 0:
            fitting.append(row)
        else:
            left_out += 1
    return Table(title, head, fitting, left_out, folded)
