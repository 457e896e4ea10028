"""Renders a template of this folder; jinja2 is loaded by the formats that need it, not by a check in a terminal."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutylist.report.plain import plain

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

# HTML by entities, Markdown by a backslash; a zero-width space keeps @name and #1 from notifying people and issues.
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;", "#": "#&#8203;"}
_MARKDOWN = re.compile(r"[&<>@#\\`*_\[\]|~$]")


def render(name: str, **values: Any) -> str:
    """The template `name`; XML and HTML are escaped by themselves, what goes into Markdown by the filter `md`.

    HTML keeps line breaks; whatever else is hidden in a text is named there by itself too.
    """
    lines = name.endswith(".html.j2")
    return _templates(lines or name.endswith(".xml.j2"), lines).get_template(name).render(values)


@cache
def _templates(escaped: bool, lines: bool) -> "Environment":
    """The templates, each compiled once however often it is rendered."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escaped,
        finalize=_plain_lines if lines else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["md"] = markdown_escape
    return templates


def markdown_escape(text: str) -> str:
    """User text that stays text on one line of Markdown, table cells included."""
    return _MARKDOWN.sub(lambda found: _HTML.get(found.group(), f"\\{found.group()}"), plain(text))


def _plain_lines(value: Any) -> Any:
    """User text that is harmless on each of its lines; markup that the template made stays as it is."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "\n".join(map(plain, value.split("\n")))
