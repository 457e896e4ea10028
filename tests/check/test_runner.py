"""The runner: profiles, waivers, fingerprints, and that the order of files does not matter."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import (
    DUTY_PATH,
    LEDGER_PATH,
    TOWNSHIP_PATH,
    duty_text,
    files,
    findings_of,
    library_of,
    township_text,
    with_files,
)
from dutylist.check.registry import RULES
from dutylist.check.runner import Profile, check, severity_in
from dutylist.model.finding import Finding, Severity, field_name
from dutylist.model.library import Library
from dutylist.store.snapshot import Link
from strategies import libraries

Files = Mapping[str, str | bytes | Link | None]

HOME = "duties/示例镇/党的建设"
SECOND = f"{HOME}/ex-0002.toml"
ECONOMY = "duties/示例镇/经济发展/ex-0002.toml"
DEPARTMENTS_PATH = "schema/vocabulary/departments.toml"
TODAY = date(2026, 7, 1)


def found(changes: Files, **options: Any) -> list[tuple[str, str]]:
    """(code, path) of all findings that are not waived."""
    return [(one.code, one.spot.path) for one in findings_of(files(changes), **options) if one.waived is None]


# Profiles


# One finding of each severity, and one of those that a draft is spared.
MIXED: Files = {
    DUTY_PATH: duty_text(name="做好统计,普查等相关工作"),
    SECOND: duty_text(id="ex-0002", position=10, name=""),
    LEDGER_PATH: "next = 2\n",
}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile.DRAFT, {"ID007": Severity.ERROR}),
        (
            Profile.CONSULTATION,
            {
                "ID007": Severity.ERROR,
                "ID009": Severity.ERROR,
                "ST004": Severity.ERROR,
                "TX001": Severity.WARNING,
                "TX010": Severity.ADVICE,
            },
        ),
        (
            Profile.FINAL,
            {
                "ID007": Severity.ERROR,
                "ID009": Severity.ERROR,
                "ST004": Severity.ERROR,
                "TX001": Severity.ERROR,
                "TX010": Severity.ADVICE,
            },
        ),
    ],
)
def test_profiles(profile: Profile, expected: dict[str, Severity]) -> None:
    assert {one.code: one.severity for one in findings_of(files(MIXED), profile=profile)} == expected


def test_a_draft_is_asked_for_reading_identity_and_references_alone() -> None:
    drafts = {rule.code for rule in RULES if severity_in(Profile.DRAFT, rule) is not None}
    assert {code[:2] for code in drafts} == {"RD", "ID", "RF"}
    for rule in RULES:
        if rule.code in drafts:
            assert severity_in(Profile.DRAFT, rule) is rule.severity
        assert severity_in(Profile.CONSULTATION, rule) is rule.severity
        strict = Severity.ERROR if rule.severity is not Severity.ADVICE else Severity.ADVICE
        assert severity_in(Profile.FINAL, rule) is strict


def test_faults_of_reading_go_by_the_profile_too() -> None:
    marked = files({DUTY_PATH: "\ufeff" + duty_text()})
    assert [one.severity for one in findings_of(marked)] == [Severity.WARNING]
    assert [one.severity for one in findings_of(marked, profile=Profile.FINAL)] == [Severity.ERROR]


# Waivers


def waiver(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "reason": "公开发布的原文如此", **more}


def marks(changes: Files, code: str) -> list[str]:
    """The fingerprints of the findings of one code, in order."""
    return [one.fingerprint for one in findings_of(files(changes)) if one.code == code]


def faulty(*waivers: dict[str, Any], **changes: Any) -> dict[str, str]:
    """A duty with two half-width commas, in its name and in its text."""
    return {
        DUTY_PATH: duty_text(
            kind="supporting",
            name="供水,排水",
            township_responsibilities=[{"text": "做好宣传,巡查。"}],
            waivers=list(waivers),
            **changes,
        )
    }


def test_a_waiver_of_a_code_waives_it_in_its_duty_alone() -> None:
    other = {SECOND: duty_text(id="ex-0002", position=20, name="征兵,优抚")}
    made = findings_of(files({**faulty(waiver("TX001")), **other}))
    assert [(one.spot.path, one.waived) for one in made] == [
        (DUTY_PATH, "公开发布的原文如此"),
        (DUTY_PATH, "公开发布的原文如此"),
        (SECOND, None),
    ]


def test_a_waiver_with_a_fingerprint_waives_that_finding_alone() -> None:
    first, second = marks(faulty(), "TX001")
    assert first != second
    made = findings_of(files(faulty(waiver("TX001", fingerprint=second))))
    assert [(one.fingerprint, one.waived is not None) for one in made] == [(first, False), (second, True)]
    both = faulty(waiver("TX001", fingerprint=first), waiver("TX001", fingerprint=second))
    assert found(both) == []


def test_a_fingerprint_of_another_code_waives_nothing() -> None:
    (mark, _) = marks(faulty(), "TX001")
    assert found(faulty(waiver("TX002", fingerprint=mark))) == [
        ("TX001", DUTY_PATH),
        ("TX001", DUTY_PATH),
        ("ID010", DUTY_PATH),
    ]


def in_township(*waivers: dict[str, Any], duties: int = 1, **changes: Any) -> dict[str, str]:
    """`township.toml` with waivers, in which the overall total is declared wrong where `duties` is not 1."""
    declared = {"duties": duties, "basic": {"duties": 1}, "supporting": {"duties": 0}, "reclaimed": {"duties": 0}}
    return {TOWNSHIP_PATH: township_text(declared=declared, waivers=list(waivers), **changes)}


def test_a_township_waives_its_own_findings_and_those_of_its_duties() -> None:
    comma = {DUTY_PATH: duty_text(name="供水,排水")}
    (total,) = marks(in_township(duties=5), "TO002")
    (text,) = marks(comma, "TX001")
    waivers = [waiver("TO002", fingerprint=total), waiver("TX001", fingerprint=text)]
    assert found({**comma, **in_township(*waivers, duties=5)}) == []
    # But none of another township.
    other = {
        "duties/另一镇/党的建设/ot-0001.toml": duty_text(id="ot-0001", name="供水,排水"),
        "duties/另一镇/township.toml": township_text(name="另一镇", prefix="ot"),
        "duties/另一镇/ledger.toml": "next = 2\n",
    }
    (theirs,) = (mark for mark in marks({**comma, **other}, "TX001") if mark != text)
    mine = in_township(waiver("TX001", fingerprint=theirs))
    assert found({**other, **mine}) == [("TX001", "duties/另一镇/党的建设/ot-0001.toml"), ("ID010", TOWNSHIP_PATH)]


def test_a_township_must_name_the_fingerprint() -> None:
    text = in_township(waiver("TO002", fingerprint="x"), duties=5)[TOWNSHIP_PATH].replace('fingerprint = "x"\n', "")
    (finding,) = findings_of(files({TOWNSHIP_PATH: text}))
    assert (finding.code, field_name(finding.spot.field)) == ("RD007", "waivers[0].fingerprint")


def test_a_duty_cannot_waive_what_is_found_in_another_file() -> None:
    lost = {LEDGER_PATH: "next = 3\n"}
    assert found({DUTY_PATH: duty_text(waivers=[waiver("ID005")]), **lost}) == [
        ("ID005", LEDGER_PATH),
        ("ID010", DUTY_PATH),
    ]


JUDGED: dict[str, tuple[Files, list[tuple[str, str]]]] = {
    "used": (faulty(waiver("TX001")), []),
    "unused": (faulty(waiver("TX001"), waiver("TX003")), [("ID010", DUTY_PATH)]),
    "twice": (faulty(waiver("TX001"), waiver("TX001")), [("ID010", DUTY_PATH)]),
    "unused in a township": (in_township(waiver("TX001", fingerprint="0" * 12)), [("ID010", TOWNSHIP_PATH)]),
    "unknown code": (faulty(waiver("TX001"), waiver("TX999")), [("ID012", DUTY_PATH)]),
    "unknown code in small letters": (
        faulty(waiver("tx001")),
        [("TX001", DUTY_PATH), ("TX001", DUTY_PATH), ("ID012", DUTY_PATH)],
    ),
    "until today": (faulty(waiver("TX001", until=TODAY)), []),
    "until yesterday": (
        faulty(waiver("TX001", until=date(2026, 6, 30))),
        [("TX001", DUTY_PATH), ("TX001", DUTY_PATH), ("ID011", DUTY_PATH)],
    ),
    "expired and unused": (faulty(waiver("TX001"), waiver("TX003", until=date(2026, 6, 30))), [("ID011", DUTY_PATH)]),
    "expired in a township": (
        in_township(waiver("TO002", fingerprint="0" * 12, until=date(2026, 6, 30))),
        [("ID011", TOWNSHIP_PATH)],
    ),
    "a waiver of waivers": (
        faulty(waiver("TX001"), waiver("TX003"), waiver("ID010")),
        [("ID010", DUTY_PATH), ("ID010", DUTY_PATH)],
    ),
    "a fault of reading": (
        {DUTY_PATH: "\ufeff" + duty_text(waivers=[waiver("RD002")])},
        [("RD002", DUTY_PATH), ("ID010", DUTY_PATH)],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), JUDGED.values(), ids=JUDGED)
def test_waivers_are_judged_themselves(changes: Files, expected: list[tuple[str, str]]) -> None:
    assert found(changes, today=TODAY) == expected


def test_a_draft_does_not_judge_waivers() -> None:
    changes = faulty(waiver("TX001"), waiver("TX999"), waiver("TX003", until=date(2026, 6, 30)))
    assert found(changes, today=TODAY, profile=Profile.DRAFT) == []


def test_waivers_are_not_judged_while_files_cannot_be_read() -> None:
    unread = {SECOND: 'name = "'}
    ledger = {LEDGER_PATH: "next = 3\n"}
    unused = {DUTY_PATH: duty_text(waivers=[waiver("OV001")])}
    assert found({**unused, **unread, **ledger}) == [("RD004", SECOND)]
    township = in_township(waiver("TO001", fingerprint="0" * 12))
    assert found({**township, **unread, **ledger}) == [("RD004", SECOND)]
    # A date and a code that nobody knows need no other file.
    expired = {DUTY_PATH: duty_text(waivers=[waiver("OV001", until=date(2026, 6, 30)), waiver("TX999")])}
    assert found({**expired, **unread, **ledger}, today=TODAY) == [
        ("ID011", DUTY_PATH),
        ("ID012", DUTY_PATH),
        ("RD004", SECOND),
    ]


def test_waived_findings_keep_their_severity() -> None:
    (finding,) = findings_of(
        files({DUTY_PATH: duty_text(name="供水,排水", waivers=[waiver("TX001")])}), profile=Profile.FINAL
    )
    assert (finding.severity, finding.waived) == (Severity.ERROR, "公开发布的原文如此")


# Fingerprints


BEFORE = duty_text(kind="supporting", name="供水,排水", superior_departments=["市水利局"])


def mark(text: str, code: str, path: str = DUTY_PATH) -> str:
    """The fingerprint of the only finding of a code, in a duty of this text."""
    made: Files = {DUTY_PATH: None, path: text}
    (one,) = marks(made, code)
    return one


SURVIVES: dict[str, Callable[[str], str]] = {
    "lines above": lambda text: text.replace("name = ", 'note = "甲\\n乙"\nname = ', 1),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "fields in another order": lambda text: "position = 10\n" + text.replace("position = 10\n", ""),
    "another position": lambda text: text.replace("position = 10", "position = 360"),
    "another text elsewhere": lambda text: text.replace("做好宣传工作。", "做好普查。"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "one more clause": lambda text: text.replace('text = "做好', 'clauses = ["甲；", "乙。"]\ntext = "做好'),
    "one more waiver": lambda text: text + '\n[[waivers]]\ncode = "TX999"\nreason = "误"\n',
}
DIES: dict[str, tuple[Callable[[str], str], str]] = {
    "the words": (lambda text: text.replace("供水,排水", "供电,排水"), "TX001"),
    "the department": (lambda text: text.replace('"市水利局"', '"市公安局"'), "RF003"),
    "the id": (lambda text: text.replace("ex-0001", "ex-0002"), "RF003"),
}


@pytest.mark.parametrize("change", SURVIVES.values(), ids=SURVIVES)
def test_a_fingerprint_survives_other_edits(change: Callable[[str], str]) -> None:
    after = change(BEFORE)
    assert after != BEFORE
    for code in ("TX001", "RF003"):
        assert mark(after, code) == mark(BEFORE, code)


@pytest.mark.parametrize(("change", "code"), DIES.values(), ids=DIES)
def test_a_fingerprint_dies_with_its_value(change: Callable[[str], str], code: str) -> None:
    after = change(BEFORE)
    assert mark(after, code, DUTY_PATH if "ex-0001" in after else SECOND) != mark(BEFORE, code)


def test_a_fingerprint_survives_a_move_to_another_category() -> None:
    assert mark(BEFORE, "TX001", "duties/示例镇/经济发展/ex-0001.toml") == mark(BEFORE, "TX001")


def test_a_fingerprint_tells_codes_and_duties_apart() -> None:
    two = {DUTY_PATH: BEFORE, SECOND: BEFORE.replace("ex-0001", "ex-0002").replace("position = 10", "position = 20")}
    every = [one.fingerprint for one in findings_of(files(two))]
    assert len(every) == len(set(every)) >= 4


def test_the_same_fault_twice_in_one_duty_is_told_apart() -> None:
    def text(*clauses: str) -> dict[str, str]:
        return {DUTY_PATH: duty_text(kind="supporting", township_responsibilities=[{"clauses": list(clauses)}])}

    one = marks(text("1.宣传；", "巡查。"), "ST001")
    two = marks(text("1.宣传；", "1.巡查。"), "ST001")
    assert len(two) == len(set(two)) == 2
    assert one[0] in two


def test_the_difference_counts_not_the_totals() -> None:
    def made(duties: int) -> str:
        declared = {"basic": {"duties": 1}, "supporting": {"duties": duties - 5}, "reclaimed": {"duties": 0}}
        text = township_text(declared={"duties": duties, **declared})
        (one,) = marks({TOWNSHIP_PATH: text}, "TO002")
        return one

    assert made(20) == made(30)


@settings(max_examples=40)
@given(libraries(), st.randoms(use_true_random=False))
def test_fingerprints_survive_renumbering(library: Library, chance: random.Random) -> None:
    """Other positions give other numbers; apart from the rule about positions, every finding stays the same."""
    (folder,) = library.townships
    places = chance.sample(range(1000), len(folder.duties))
    moved = tuple(
        replace(record, value=replace(record.value, position=place))
        for record, place in zip(folder.duties, places, strict=True)
    )
    after = replace(library, townships=(replace(folder, duties=moved),))
    assert known(check(after, today=TODAY)) == known(check(library, today=TODAY))


def known(findings: list[Finding]) -> set[tuple[str, str, str]]:
    """What makes a finding, for comparison; positions left out."""
    return {(one.code, one.spot.path, one.fingerprint) for one in findings if one.code != "ID009"}


NAMES = st.sampled_from(["做好统计工作", "做好统计,工作", "做好统计工作的", "供水，排水", "1.供水", ""])
UNITS = st.sampled_from(["示例市水利局", "市水利局", "示例市水力局", "海关", "水政监察大队"])
SECTIONS = st.lists(
    st.fixed_dictionaries(
        {"text": NAMES}, optional={"department": UNITS, "topic": NAMES, "clauses": st.lists(NAMES, max_size=2)}
    ),
    min_size=1,
    max_size=2,
)
LISTED = st.lists(UNITS, min_size=1, max_size=3)
VALUES = st.one_of(
    st.fixed_dictionaries({"kind": st.just("basic"), "name": NAMES}),
    st.fixed_dictionaries(
        {
            "kind": st.just("supporting"),
            "name": NAMES,
            "superior_departments": LISTED,
            "superior_responsibilities": SECTIONS,
            "township_responsibilities": SECTIONS,
        }
    ),
    st.fixed_dictionaries(
        {"kind": st.just("reclaimed"), "name": NAMES, "receiving_departments": LISTED, "takeover": SECTIONS}
    ),
)
PLACED = st.tuples(VALUES, st.sampled_from([HOME, "duties/示例镇/经济发展"]), st.sampled_from([10, 20]))


@settings(max_examples=100)
@given(st.lists(PLACED, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(some: list[tuple[dict[str, Any], str, int]], chance: random.Random) -> None:
    """Duties made of few words, so that nearly all rules about several of them have something to say."""
    made = {
        f"{folder}/ex-{number:04d}.toml": duty_text(**values, id=f"ex-{number:04d}", position=position)
        for number, (values, folder, position) in enumerate(some, 2)
    }
    library, faults = library_of(files({**made, DUTY_PATH: None}))
    (folder,) = library.townships
    shuffled = list(folder.duties)
    chance.shuffle(shuffled)
    other = replace(library, townships=(replace(folder, duties=tuple(shuffled)),))
    assert told(check(other, faults, today=TODAY)) == told(check(library, faults, today=TODAY))


def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    """Everything that is shown of findings, in one order."""
    return sorted((one.spot.path, one.code, one.message, one.fingerprint) for one in findings)


def test_places_are_those_of_the_values() -> None:
    made = files({DUTY_PATH: BEFORE})
    lines = with_files(made, {})[DUTY_PATH]
    assert isinstance(lines, bytes)
    rows = lines.decode().splitlines()
    for one in findings_of(made):
        line = rows[one.place.line - 1]
        assert line[one.place.column - 1 : one.place.end_column - 1] in (",", '"市水利局"')


def test_rules_need_no_township_or_vocabulary() -> None:
    bare = dict.fromkeys((TOWNSHIP_PATH, LEDGER_PATH, DEPARTMENTS_PATH, "schema/vocabulary/categories.toml"))
    made = files({**bare, DUTY_PATH: BEFORE, SECOND: 'name = "'})
    library, faults = library_of(made)
    assert {one.code for one in check(library, faults)} == {"RD004", "RD015", "TX001"}
