"""Help pages whose columns fit the terminal: a Han character takes two of them, and lines may break between any two."""

import re
from collections.abc import Iterable, Iterator

import click

from dutylist.model.text import cells

# A word of Latin letters stays whole, as does a Han character with the punctuation that must not begin a line.
_PIECE = re.compile(r"\s+|\[[^\]\s]*\]|[（《“‘【]*(?:[!-~]+|[^\s!-~])[，。；：、？！）》”’】]*")
_LINE_END = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_GAP = 2
_WIDEST_TERM = 24


class Formatter(click.HelpFormatter):
    """click's formatter, counting columns instead of characters."""

    def write_text(self, text: str) -> None:
        """A paragraph at the current indentation."""
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in wrapped(_LINE_END.sub("", paragraph), self.width - self.current_indent):
                self.write(f"{'':{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_TERM, col_spacing: int = _GAP) -> None:
        """Terms on the left, their explanations in a column of their own on the right."""
        rows = list(rows)
        column = min(max(cells(term) for term, _ in rows), col_max) + col_spacing
        margin = self.current_indent + column
        for term, text in rows:
            self.write(f"{'':{self.current_indent}}{term}")
            room = column - cells(term)
            lead = f"{'':{room}}" if room >= col_spacing else f"\n{'':{margin}}"
            for line in list(wrapped(text, max(self.width - margin, 20))) or [""]:
                self.write(f"{lead}{line}\n")
                lead = f"{'':{margin}}"


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most `width` columns; a word longer than that stands on a line of its own."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and cells(line) + cells(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line or not piece.isspace() else ""
    if line:
        yield line.rstrip()
