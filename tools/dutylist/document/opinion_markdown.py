"""The table of opinions as Markdown."""

import re
from collections.abc import Iterator, Sequence

from dutylist.document.loaded import Notebook
from dutylist.document.markup import escape, read_cell, split_row, write_cell
from dutylist.document.opinions import COLUMNS, Form, Grid, cells_of
from dutylist.model.note import What

_DELIMITER = re.compile(r":?-+:?")


def dump(form: Form) -> str:
    """The title, the lines below it, the table."""
    header = [column.title for column in COLUMNS]
    table = [_line(header), "|---" * len(header) + "|"]
    table += [_line([_cell(cell) for cell in cells_of(row)]) for row in form.rows]
    return "\n\n".join([f"# {escape(form.title)}", *map(escape, form.lines), "\n".join(table)]) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A cell's source; what reading would tidy is marked to be taken as it stands."""
    source = write_cell(text, exact=False)
    return source if read_cell(source).text == text else write_cell(text, exact=True)


def grids(text: str, notebook: Notebook) -> Iterator[Grid]:
    """Every table: lines that begin with |, one below the other."""
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        if line.lstrip().startswith("|"):
            cells = split_row(line)
            if len(rows) != 1 or not all(map(_DELIMITER.fullmatch, cells)):
                rows.append((number, [_text(cell, number, notebook) for cell in cells]))
        elif rows:
            yield rows
            rows = []


def _text(source: str, line: int, notebook: Notebook) -> str:
    """A cell's text; what tags said beyond it is noted."""
    cell = read_cell(source)
    for what, text, count in cell.remarks:
        if what is not What.NORMALISED:
            notebook.at(f"第 {line} 行").add(what, text, count)
    return cell.text
