"""Changes as one HTML page without scripts, with 修改前 and 修改后 beside each other."""

from collections.abc import Callable
from typing import Any

from dutylist.model.change import Burden, Change
from dutylist.model.duty import KIND_LABELS
from dutylist.report import change_words
from dutylist.report.change_pieces import both_sides, is_alone, shortened
from dutylist.report.changes import ChangeReport
from dutylist.report.template import render

# A list of more than this is folded away at first.
_LONG = 20


def write(view: ChangeReport) -> str:
    """The whole report."""
    return render("changes.html.j2", **parts(view))


def parts(view: ChangeReport, level: int = 2, anchor: Callable[[Change], str] = lambda _: "") -> dict[str, Any]:
    """What `change_parts.html.j2` asks for: its headings begin at `level`; `anchor` is the id of a change, if any."""
    return {
        "view": view,
        "words": change_words,
        "lists": KIND_LABELS,
        "both_sides": both_sides,
        "is_alone": is_alone,
        "shortened": shortened,
        "anchor": anchor,
        "level": level,
        "Burden": Burden,
        "LONG": _LONG,
    }
