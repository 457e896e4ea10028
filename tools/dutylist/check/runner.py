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
from dutylist.model.library import DUTIES, Library


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
    found = _told_apart(finding for finding in faults if by_code()[finding.code] in active)
    found += _findings(_run(active, library))
    found, judged = _waive(found, library, active, today)
    return [_at_severity(finding, profile) for finding in found + judged]


def check_consultation(library: Library) -> list[Finding]:
    """What the records of consultations say wrong by themselves; places are left to the store."""
    rules = [(rule, rule.find) for rule in RULES if rule.code.startswith("CS") and rule.find]
    return _findings((rule, hit) for rule, find in rules for hit in find(library))


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
    return _told_apart(_finding(rule, hit) for rule, hit in hits)


def _finding(rule: Rule, hit: Hit) -> Finding:
    duty = duty_of(hit.spot.path)
    mark = fingerprint(rule.code, duty or hit.spot.path, hit.values)
    return Finding(rule.code, rule.severity, hit.spot, hit.message, mark, duty, hit.fix)


def _told_apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings; where one file has the same fault with the same values again, the later ones are numbered."""
    seen: dict[str, int] = {}
    apart = []
    for finding in findings:
        mark = finding.fingerprint
        seen[mark] = seen.get(mark, 0) + 1
        if seen[mark] > 1:
            finding = replace(finding, fingerprint=fingerprint(finding.code, mark, [f"#{seen[mark]}"]))
        apart.append(finding)
    return apart


def _waive(
    findings: list[Finding], library: Library, active: list[Rule], today: date
) -> tuple[list[Finding], list[Finding]]:
    """The findings, those waived marked with the reason; and the findings about the waivers."""
    held = list(_waivers(library))
    by_waiver_code: dict[str, list[_Held]] = {}
    readable = {rule.code for rule in RULES if rule.scope is not Scope.READING}
    for one in held:
        # What cannot be read cannot be put off: mending it may lose what is in the file.
        if one.waiver.code in readable and (one.waiver.until is None or one.waiver.until >= today):
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
    cases = [
        WaiverCase(one.path, one.index, one.waiver, id(one) in used or _is_blind(one, library), today, codes)
        for one in held
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
    """Whether nobody can say what a waiver waives, because files that it may be about were not read."""
    if library.categories is None or library.departments is None:
        return True
    folder = next(folder for folder in library.townships if held.path.startswith(f"{DUTIES}/{folder.name}/"))
    return bool(folder.unread) or folder.township is None or folder.ledger is None
