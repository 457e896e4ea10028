"""Findings as Markdown that fits a pull-request comment: the totals, then a table for each severity."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from dutylist.model.finding import Finding, Severity
from dutylist.model.text import shorten
from dutylist.report.template import markdown_escape, render
from dutylist.report.views import Checked
from dutylist.report.words import WAIVED, headline, notes

# A comment may hold 65,536 characters; what is not a row takes far less than the rest.
LONGEST = 60_000
_ROOM = LONGEST - 2_000
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as a line of a table."""

    where: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Group:
    """A table: `count` findings, of which `rows` found room."""

    label: str
    count: int
    rows: list[Row]


def write(view: Checked) -> str:
    """The report, 60,000 characters at most; the findings that found no room are counted."""
    groups = list(_fitting(_groups(view)))
    return render(
        "findings.md.j2",
        passed=view.summary.failing == 0,
        headline=headline(view.summary),
        groups=[group for group in groups if group.rows],
        fixable=view.summary.fixable,
        left_out=sum(group.count - len(group.rows) for group in groups),
    )


def _groups(view: Checked) -> Iterator[Group]:
    for severity in Severity:
        found = [one for one in view.findings if one.severity is severity and one.waived is None]
        yield Group(severity.label, len(found), [_row(finding) for finding in found])
    waived = [finding for finding in view.findings if finding.waived is not None]
    yield Group(WAIVED, len(waived), [_row(finding) for finding in waived])


def _row(finding: Finding) -> Row:
    where = f"{finding.spot.path}:{finding.place.line}:{finding.place.column}"
    cells = where, finding.code, finding.message, "；".join(notes(finding))
    return Row(*(shorten(cell, _LONGEST_CELL) for cell in cells))


def _fitting(groups: Iterator[Group]) -> Iterator[Group]:
    """The groups with as many rows, from the worst on, as there is room for."""
    room = _ROOM
    for group in groups:
        rows = []
        for row in group.rows:
            room -= sum(len(markdown_escape(cell)) + 3 for cell in astuple(row)) + 2
            if room >= 0:
                rows.append(row)
        yield Group(group.label, group.count, rows)
