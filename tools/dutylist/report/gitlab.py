"""Findings as a GitLab code quality report."""

from dutylist.model.finding import Finding, Severity
from dutylist.report.plain import json_text
from dutylist.report.views import Checked
from dutylist.report.words import WAIVED

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.ADVICE: "info"}


def write(view: Checked) -> str:
    """One issue a finding, in an array."""
    marks = _unique([finding.fingerprint for finding in view.findings])
    return json_text([_issue(view, finding, mark) for finding, mark in zip(view.findings, marks, strict=True)])


def _issue(view: Checked, finding: Finding, mark: str) -> dict[str, object]:
    waived = finding.waived is not None
    return {
        "description": f"{finding.code} {finding.message}" + (f"（{WAIVED}：{finding.waived}）" if waived else ""),
        "check_name": finding.code,
        "fingerprint": mark,
        "severity": "info" if waived else _SEVERITIES[finding.severity],
        "location": {
            "path": view.root + finding.spot.path,
            "lines": {"begin": finding.place.line, "end": finding.place.end_line},
        },
    }


def _unique(marks: list[str]) -> list[str]:
    """The fingerprints, later ones of a kind counted: of equal ones GitLab would show the first alone."""
    seen: set[str] = set()
    result = []
    for mark in marks:
        count, unique = 1, mark
        while unique in seen:
            count += 1
            unique = f"{mark}-{count}"
        seen.add(unique)
        result.append(unique)
    return result
