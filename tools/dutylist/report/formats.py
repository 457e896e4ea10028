"""The formats of `check` as a table: to add one, write a file beside the others and a line here."""

from importlib import import_module

from dutylist.report.views import Checked

# Name → module with `write(view) -> str`; loaded when asked for, since most checks are told as text.
FORMATS = {
    "text": "text",
    "json": "json_",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "markdown": "markdown",
}


def write(form: str, view: Checked) -> str:
    """The view in one format."""
    text: str = import_module(f"dutylist.report.{FORMATS[form]}").write(view)
    return text
