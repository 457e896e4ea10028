"""Findings for a terminal: place, code and message, below it the line itself with carets; a count at the end."""

from collections.abc import Iterator

from dutylist.model.finding import Finding, Severity
from dutylist.model.text import cells
from dutylist.report.excerpt import excerpt
from dutylist.report.plain import plain
from dutylist.report.views import Checked
from dutylist.report.words import headline, notes, weight

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.ADVICE: "1;36"}
_BOLD, _DIM = "1", "2"
_MARGIN = 6


def write(view: Checked) -> str:
    """The findings, a blank line between files, then the count and what to do next."""
    blocks = ["\n".join(_lines(view, file.findings)) for file in view.files]
    return "\n\n".join([*blocks, "\n".join(_closing(view))]) + "\n"


def _lines(view: Checked, findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        style = _STYLES[finding.severity] if finding.waived is None else _DIM
        place, message = finding.place, plain(finding.message)
        where = _paint(view, _BOLD, f"{plain(finding.spot.path)}:{place.line}:{place.column}")
        yield f"{where}  {_paint(view, style, f'{weight(finding)} {plain(finding.code)}')}  {message}"
        yield from _source(view, finding, style)
        yield from (" " * _MARGIN + note for note in notes(finding))


def _source(view: Checked, finding: Finding, style: str) -> Iterator[str]:
    """The line of a finding, where it is at hand and not blank."""
    lines, place = view.lines.get(finding.spot.path, ()), finding.place
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return
    margin = f"{place.line:>{_MARGIN - 2}} | "
    shown, carets = excerpt(lines[place.line - 1], place, view.terminal.width - cells(margin))
    indent = carets[: -len(carets.lstrip())]
    yield _paint(view, _DIM, margin) + shown
    yield _paint(view, _DIM, f"{'':{_MARGIN - 2}} | ") + indent + _paint(view, style, carets.lstrip())


def _closing(view: Checked) -> Iterator[str]:
    yield headline(view.summary)
    found = [finding for finding in view.findings if finding.waived is None]
    if found:
        worst = min(found, key=lambda finding: finding.severity.rank)
        fixable = f"；dutylist check --fix 可自动修复 {view.summary.fixable} 处" if view.summary.fixable else ""
        yield f"dutylist explain {plain(worst.code)} 查看规则说明{fixable}。"


def _paint(view: Checked, style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if view.terminal.colour else text
