"""The formats of a leg's report as a table: to add one, write a file beside the others and a line here."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The names of the formats are asked for before there is a report.
    from dutylist.report.leg import LegReport

# Name → module with `write(view) -> str`; loaded when asked for.
FORMATS = {
    "markdown": "leg_markdown",
    "html": "leg_html",
    "json": "leg_json",
}


def write(form: str, view: "LegReport") -> str:
    """The view in one format."""
    text: str = import_module(f"dutylist.report.{FORMATS[form]}").write(view)
    return text
