"""Renders a template of this folder; jinja2 is loaded by the formats that need it, not by a check in a terminal."""

import re
from pathlib import Path
from typing import Any

from dutylist.report.plain import plain

TEMPLATES = Path(__file__).parent / "templates"

# HTML by entities, Markdown by a backslash; a zero-width space keeps @name and #1 from notifying people and issues.
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;", "#": "#&#8203;"}
_MARKDOWN = re.compile(r"[&<>@#\\`*_\[\]|~$]")


def render(name: str, **values: Any) -> str:
    """The template `name`; what goes into XML is escaped by itself, what goes into Markdown by the filter `md`."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".xml.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["md"] = markdown_escape
    return templates.get_template(name).render(values)


def markdown_escape(text: str) -> str:
    """User text that stays text on one line of Markdown, table cells included."""
    return _MARKDOWN.sub(lambda found: _HTML.get(found.group(), f"\\{found.group()}"), plain(text))
