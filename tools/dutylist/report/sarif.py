"""Findings as SARIF 2.1.0, for code scanning and editors."""

from itertools import groupby
from typing import Any
from urllib.parse import quote

from dutylist.model.finding import Finding, Fix, Place, Severity
from dutylist.report import ruledoc
from dutylist.report.plain import json_text
from dutylist.report.ruledoc import RuleDoc
from dutylist.report.views import Checked, PlacedEdit

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_BASE = "%SRCROOT%"

Json = dict[str, Any]


def write(view: Checked) -> str:
    """One run with all rules and the findings shown."""
    rank = {rule.code: index for index, rule in enumerate(view.rules)}
    run = {
        "tool": {"driver": _driver(view)},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "仓库的根目录"}}},
        "results": [_result(view, finding, rank.get(finding.code)) for finding in view.findings],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(view: Checked) -> Json:
    version = {"version": view.version} if view.version else {}
    return {"name": "dutylist", **version, "rules": [_rule(rule) for rule in view.rules]}


def _rule(rule: RuleDoc) -> Json:
    text = ruledoc.explanation(rule)
    return {
        "id": rule.code,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": ruledoc.markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(view: Checked, finding: Finding, rule: int | None) -> Json:
    location = {"artifactLocation": _artifact(view, finding.spot.path), "region": _region(finding.place)}
    edits = view.placed(finding.fix) if finding.fix else ()
    return {
        "ruleId": finding.code,
        **({} if rule is None else {"ruleIndex": rule}),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"dutylist/v1": finding.fingerprint},
        **({"fixes": [_fix(view, finding.fix, edits)]} if finding.fix and edits else {}),
        # An empty list says "not suppressed"; none at all would say "unknown".
        "suppressions": [] if finding.waived is None else [_suppression(finding.waived)],
    }


def _suppression(reason: str) -> Json:
    return {"kind": "external", "status": "accepted", "justification": reason}


def _fix(view: Checked, fix: Fix, edits: tuple[PlacedEdit, ...]) -> Json:
    by_file = groupby(sorted(edits, key=lambda edit: (edit.path, edit.place)), key=lambda edit: edit.path)
    changes = [
        {"artifactLocation": _artifact(view, path), "replacements": [_replacement(edit) for edit in some]}
        for path, some in by_file
    ]
    return {"description": {"text": fix.label}, "artifactChanges": changes}


def _replacement(edit: PlacedEdit) -> Json:
    return {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}


def _artifact(view: Checked, path: str) -> Json:
    # A file name that is not UTF-8 must not stop the report; its address is then only good for reading.
    return {"uri": quote(view.root + path, safe="/", errors="surrogatepass"), "uriBaseId": _BASE}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
