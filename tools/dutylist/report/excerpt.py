"""The source line of a finding with a mark under it, cut to the width that a terminal has."""

from itertools import accumulate

from dutylist.model.finding import Place
from dutylist.model.text import cells
from dutylist.report.plain import plain

SMALLEST = 8


def excerpt(line: str, place: Place, width: int) -> tuple[str, str]:
    """The line as shown and the carets below it, both at most `width` columns (8 at least)."""
    width = max(width, SMALLEST)
    start = min(place.column - 1, len(line))
    end = max(start, min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line))
    # More characters than columns never fit: what lies further away is not even looked at.
    reach = width + 1
    whole = plain(line[start:end][:reach])
    marked = _head(whole, width - 2)
    after = plain(line[end : end + reach]) if marked == whole else ""
    room = width - max(1, cells(marked))
    before = _tail(plain(line[max(0, start - reach) : start]), max(room // 2, room - cells(after)))
    shown = before + marked + _head(after, width - cells(before + marked))
    return shown, " " * cells(before) + "^" * max(1, cells(marked))


def _head(text: str, room: int) -> str:
    """As much of the beginning as fits into `room` columns, with an ellipsis where something is missing."""
    if cells(text) <= room:
        return text
    fitting = sum(total < room for total in accumulate(map(cells, text)))
    return text[:fitting] + "…" if room else ""


def _tail(text: str, room: int) -> str:
    """As much of the end as fits into `room` columns."""
    return _head(text[::-1], room)[::-1]
