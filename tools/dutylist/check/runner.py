"""Runs the rules over a library, applies the waivers, and judges the waivers themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dutylist.check.characters import plain, usual
from dutylist.check.registry import RULES, by_code
from dutylist.check.rule import (
    DutyCase,
    Find,
    Hit,
    Rule,
    Scope,
    Text,
    TownshipCase,
    WaiverCase,
)
from dutylist.model.duty import Waiver
from dutylist.model.faults import duty_of
from dutylist.model.finding import Finding, Severity, fingerprint
from dutylist.model.library import Library


class Profile(StrEnum):
    """How strict: while drafting, during consultation, before publication."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class _Held:
    """A waiver with the place where it stands; it covers findings below `reach`."""

    path: str
    index: int
    waiver: Waiver
    reach: str

    def covers(self, finding: Finding) -> bool:
        mark = self.waiver.fingerprint
        return finding.spot.path.startswith(self.reach) and (mark is None or mark == finding.fingerprint)


def check(
    library: Library,
    faults: Iterable[Finding] = (),
    *,
    profile: Profile = Profile.CONSULTATION,
    today: date | None = None,
) -> list[Finding]:
    """All findings of a library, `faults` from reading among them; waived ones are kept and say why.

    Expired waivers waive nothing. Places are left to the store.
    """
    today = today or date.today()
    active = [rule for rule in RULES if severity_in(profile, rule) is not None]
    found = [finding for finding in faults if finding.code in {rule.code for rule in active}]
    found += _findings(_run(active, library))
    found, judged = _waive(found, library, active, today)
    return [_at_severity(finding, profile) for finding in found + judged]


def severity_in(profile: Profile, rule: Rule) -> Severity | None:
    """How severe a rule is in a profile; None where it does not run."""
    if profile is Profile.DRAFT and not rule.in_draft:
        return None
    return Severity.ERROR if profile is Profile.FINAL and rule.severity is Severity.WARNING else rule.severity


def _at_severity(finding: Finding, profile: Profile) -> Finding:
    severity = severity_in(profile, by_code()[finding.code])
    return finding if severity in (None, finding.severity) else replace(finding, severity=severity)


def _run(rules: list[Rule], library: Library) -> Iterator[tuple[Rule, Hit]]:
    """Every hit with its rule; each text is read once for all rules about texts."""
    of = {scope: [(rule, rule.find) for rule in rules if rule.scope is scope and rule.find] for scope in Scope}
    for rule, find in of[Scope.LIBRARY]:
        for hit in find(library):
            yield rule, hit
    for folder in library.townships:
        township = TownshipCase(library, folder)
        for rule, find in of[Scope.TOWNSHIP]:
            for hit in find(township):
                yield rule, hit
        for texts in township.texts:
            yield from _run_on_texts(of[Scope.TEXT], texts)
        for record in folder.duties:
            duty = DutyCase(library, folder, record)
            for rule, find in of[Scope.DUTY]:
                for hit in find(duty):
                    yield rule, hit


def _run_on_texts(rules: list[tuple[Rule, Find]], texts: list[Text]) -> Iterator[tuple[Rule, Hit]]:
    """The hits in all texts of one record; rules that cannot find anything are not asked."""
    joined = plain("\n".join(text.string for text in texts))
    left = [(rule, find) for rule, find in rules if rule.screen is None or rule.screen(joined)]
    asked: dict[tuple[str, bool], list[tuple[Rule, Find]]] = {}
    for text in texts:
        key = text.role, usual(text.string)
        if key not in asked:
            asked[key] = [(rule, find) for rule, find in left if rule.concerns(text.role, usual=key[1])]
        for rule, find in asked[key]:
            for hit in find(text):
                yield rule, hit


def _findings(hits: Iterable[tuple[Rule, Hit]]) -> list[Finding]:
    """Hits as findings; where one duty has the same fault with the same values again, the later ones are counted."""
    seen: dict[str, int] = {}
    findings = []
    for rule, hit in hits:
        duty = duty_of(hit.spot.path)
        mark = fingerprint(rule.code, duty or hit.spot.path, hit.values)
        seen[mark] = seen.get(mark, 0) + 1
        if seen[mark] > 1:
            mark = fingerprint(rule.code, duty or hit.spot.path, (*hit.values, f"#{seen[mark]}"))
        findings.append(Finding(rule.code, rule.severity, hit.spot, hit.message, mark, duty, hit.fix))
    return findings


def _waive(
    findings: list[Finding], library: Library, active: list[Rule], today: date
) -> tuple[list[Finding], list[Finding]]:
    """The findings, those waived marked with the reason; and the findings about the waivers."""
    held = list(_waivers(library))
    by_waiver_code: dict[str, list[_Held]] = {}
    for one in held:
        if one.waiver.until is None or one.waiver.until >= today:
            by_waiver_code.setdefault(one.waiver.code, []).append(one)
    used: set[int] = set()
    marked = []
    for finding in findings:
        waiver = next((one for one in by_waiver_code.get(finding.code, ()) if one.covers(finding)), None)
        if waiver:
            used.add(id(waiver))
            finding = replace(finding, waived=waiver.waiver.reason)
        marked.append(finding)
    codes = frozenset(by_code())
    running = {rule.code for rule in active} | {one.waiver.code for one in held if one.waiver.code not in codes}
    cases = [
        WaiverCase(one.path, one.index, one.waiver, id(one) in used, today, codes)
        for one in held
        if one.waiver.code in running and not _is_blind(one, library)
    ]
    hits = (
        (rule, hit)
        for rule in active
        if rule.scope is Scope.WAIVER and rule.find
        for case in cases
        for hit in rule.find(case)
    )
    return marked, _findings(hits)


def _waivers(library: Library) -> Iterator[_Held]:
    for folder in library.townships:
        if folder.township:
            reach = folder.path.rpartition("/")[0] + "/"
            for index, own in enumerate(folder.township.value.waivers):
                yield _Held(folder.path, index, own, reach)
        for record in folder.duties:
            for index, waiver in enumerate(record.value.waivers):
                yield _Held(record.path, index, waiver, record.path)


def _is_blind(held: _Held, library: Library) -> bool:
    """Whether a township's waiver cannot be judged, because files that it may be about were not read."""
    return any(folder.unread and held.path == folder.path for folder in library.townships)
