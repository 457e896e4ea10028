"""Text in several styles as lines that fit a terminal, where a Han character takes two columns."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from dutylist.model.text import cells
from dutylist.report.views import Terminal

Span = tuple[str, str]
"""A style of the terminal (empty: none) and text, which has to be harmless already."""

# A Latin word stays whole, and so does a character with what must not begin or end a line beside it.
_PIECE = re.compile(
    r"\s+|(?:\[-|\{\+|[（《“‘【⟨])*(?:[!-~]+?(?=-\]|\+\}|[^!-~]|$)|[^\s!-~])(?:-\]|\+\}|[，。；：、？！）》”’】⟩])*"
)
_NARROWEST = 16
# The log of a forge takes a line that begins so for a command, however far it is indented.
_COMMAND = "::"


def fitted(spans: Iterable[Span], terminal: Terminal, indent: int = 0) -> Iterator[str]:
    """The spans one after another, in lines of at most the terminal's width."""
    styled = list(spans)
    text = "".join(text for _, text in styled)
    styles = [style for style, text in styled for _ in text]
    width = terminal.width - indent - (_COMMAND in text)
    for start, end in _lines(text, max(width, _NARROWEST)):
        line = zip(styles[start:end], text[start:end], strict=True)
        runs = ((style, "".join(one for _, one in run)) for style, run in groupby(line, key=lambda pair: pair[0]))
        margin = " " * indent + ("\\" if text.startswith(_COMMAND, start) else "")
        yield margin + "".join(painted(style, run, terminal) for style, run in runs)


def painted(style: str, text: str, terminal: Terminal) -> str:
    """`text` in a style, where there is colour."""
    return f"\x1b[{style}m{text}\x1b[0m" if style and terminal.colour else text


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; white space at its ends is left out."""
    start, end, used = None, 0, 0
    for first, last in _pieces(text, width):
        blank, size = text[first:last].isspace(), cells(text[first:last])
        if start is not None and not blank and used + size > width:
            yield start, end
            start, used = None, 0
        if start is not None or not blank:
            start = first if start is None else start
            used += size
            end = end if blank else last
    if start is not None:
        yield start, end


def _pieces(text: str, width: int) -> Iterator[tuple[int, int]]:
    """What is kept together; what is wider than a line is broken anywhere."""
    for found in _PIECE.finditer(text):
        first, last = found.span()
        yield from (
            [(first, last)]
            if cells(found.group()) <= width
            else zip(range(first, last), range(first + 1, last + 1), strict=True)
        )
