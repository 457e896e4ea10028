"""The formats of changes as a table: to add one, write a file beside the others and a line here."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The names of the formats are asked for before there is a report.
    from dutylist.report.changes import ChangeReport

# Name → module with `write(view) -> str`; loaded when asked for.
FORMATS = {
    "text": "change_text",
    "markdown": "change_markdown",
    "html": "change_html",
    "json": "change_json",
    "csv": "change_csv",
}


def write(form: str, view: "ChangeReport") -> str:
    """The view in one format."""
    text: str = import_module(f"dutylist.report.{FORMATS[form]}").write(view)
    return text
