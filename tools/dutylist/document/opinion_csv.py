"""The table of opinions as CSV, as spreadsheets in China save it."""

import csv
import io
import re
from collections.abc import Iterable

from dutylist.document.loaded import Notebook
from dutylist.document.opinions import COLUMNS, Form, Grid, cells_of, known_in
from dutylist.errors import DutyListError

_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 20
# What a spreadsheet takes for a formula; a text that looks quoted already is quoted once more, so that it comes back.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")


def dump(form: Form) -> str:
    """The header and the rows: a byte-order mark, since spreadsheets need it for Chinese, and no formula."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.title for column in COLUMNS])
    writer.writerows([quoted(cell) for cell in cells_of(row)] for row in form.rows)
    return buffer.getvalue()


def quoted(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """The text of a cell that `quoted` wrote."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def grids(text: str, _notebook: Notebook) -> Iterable[Grid]:
    """The one table of a file, its separator the one with which most headings are known.

    Raises a `DutyListError` where the quotes do not match or a cell has no end.
    """
    best = max(_SEPARATORS, key=lambda separator: _known(text, separator))
    return [_rows(text, best)]


def _known(text: str, separator: str) -> int:
    """How many headings the first rows have, if they are separated so; broken ones have none."""
    best = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for _ in range(_LOOKED_AT):
            best = max(best, known_in(next(reader)))
    except (csv.Error, StopIteration):
        pass
    return best


def _rows(text: str, separator: str) -> Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for at, row in enumerate(reader, 1):
            rows.append((at, [unquoted(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in row]))
    except csv.Error as error:
        # What csv says of it is English.
        long = "limit" in str(error)
        what = "有一格太长" if long else "引号不成对"
        message = f"表格第 {len(rows) + 1} 行读不出来：{what}（文件第 {reader.line_num} 行）。"
        raise DutyListError(message, "请用表格软件打开核对，另存为 CSV 后重试。") from error
    return rows
