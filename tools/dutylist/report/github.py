"""Findings as workflow commands, which GitHub, Gitea and Forgejo turn into annotations."""

from collections.abc import Iterator

from dutylist.model.finding import Finding, Place, Severity
from dutylist.report.plain import plain
from dutylist.report.views import Checked
from dutylist.report.words import WAIVED, headline, notes

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write(view: Checked) -> str:
    """One command a finding, then the count for those who read the log."""
    return "\n".join([*(_command(view, finding) for finding in view.findings), headline(view.summary)]) + "\n"


def _command(view: Checked, finding: Finding) -> str:
    waived = finding.waived is not None
    name = "notice" if waived else _COMMANDS[finding.severity]
    title = view.title(finding.code) + (f"（{WAIVED}）" if waived else "")
    properties = {"file": view.root + finding.spot.path, **dict(_position(finding.place)), "title": title}
    listed = ",".join(f"{key}={plain(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    said = "\n".join([plain(finding.message), *notes(finding)])
    return f"::{name} {listed}::{said.translate(_DATA)}"


def _position(place: Place) -> Iterator[tuple[str, int]]:
    """The runner drops columns that are given for a range of several lines, and complains."""
    yield "line", place.line
    if place.line == place.end_line:
        yield "col", place.column
    yield "endLine", place.end_line
    if place.line == place.end_line:
        yield "endColumn", place.end_column
