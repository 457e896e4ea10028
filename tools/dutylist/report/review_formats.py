"""The formats of a review as a table: to add one, write a file beside the others and a line here."""

from importlib import import_module

from dutylist.report.review import ReviewReport

# Name → module with `write(view) -> str`; loaded when asked for.
FORMATS = {"markdown": "review_markdown", "json": "review_json"}


def write(form: str, view: ReviewReport) -> str:
    """The view in one format."""
    text: str = import_module(f"dutylist.report.{FORMATS[form]}").write(view)
    return text
