"""The runner: profiles, waivers, fingerprints, order; and each rule of ID, TO and RF in both directions, as tables."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import (
    CATEGORIES,
    DEPARTMENTS,
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
from dutylist.check.registry import RULES, by_code
from dutylist.check.rule import Scope
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


# Rules


def supporting(duty_id: str = "ex-0001", **changes: Any) -> str:
    return duty_text(kind="supporting", id=duty_id, **changes)


def reclaimed(**changes: Any) -> str:
    return duty_text(kind="reclaimed", **changes)


def parts(*sections: dict[str, Any], **changes: Any) -> dict[str, str]:
    """A supporting duty with these sections of the superiors."""
    return {DUTY_PATH: supporting(superior_responsibilities=list(sections), **changes)}


def declared(basic: Mapping[str, int], supporting: Mapping[str, int], reclaimed: Mapping[str, int]) -> dict[str, Any]:
    kinds = {"basic": dict(basic), "supporting": dict(supporting), "reclaimed": dict(reclaimed)}
    return {"duties": sum(kind["duties"] for kind in kinds.values()), **kinds}


def township(*paragraphs: str, **changes: Any) -> dict[str, str]:
    preface = [{"heading": "一、清单内容", "paragraphs": list(paragraphs)}] if paragraphs else []
    return {TOWNSHIP_PATH: township_text(preface=preface, **changes)}


def ledger(next_number: int, *events: str, last: str = "") -> dict[str, str]:
    head = f"next = {next_number}\n" + (f'last = "{last}"\n' if last else "")
    return {LEDGER_PATH: head + "".join(f"\n[[events]]\n{event}" for event in events)}


def event(kind: str, origin: str, into: str) -> str:
    return f'kind = "{kind}"\nfrom = [{origin}]\ninto = [{into}]\nreason = "同属一个流程"\n'


SECOND_DUTY = {SECOND: duty_text(id="ex-0002", position=20, name="征兵")}
OTHER = "duties/另一镇"
NEIGHBOUR = {f"{OTHER}/township.toml": township_text(name="另一镇", prefix="ot"), f"{OTHER}/ledger.toml": "next = 2\n"}
NONE, ONE = {"duties": 0}, {"duties": 1}
BOTH = ["示例市水利局", "示例市公安局"]
WATER, POLICE = {"department": "市水利局", "text": "负责甲。"}, {"department": "市公安局", "text": "负责乙。"}

# (rule, what is changed, where it is found and a word of the message); nothing where the rule has nothing to say.
CASES: list[tuple[str, Files, list[tuple[str, str, str]]]] = [
    ("ID001", {TOWNSHIP_PATH: township_text() + "\n"}, [(TOWNSHIP_PATH, "", "fmt")]),
    ("ID001", {LEDGER_PATH: "next=2\n"}, [(LEDGER_PATH, "", "fmt")]),
    ("ID001", {DEPARTMENTS_PATH: DEPARTMENTS.rstrip("\n")}, [(DEPARTMENTS_PATH, "", "fmt")]),
    ("ID001", {DUTY_PATH: duty_text().replace("\n", "\r\n")}, []),
    ("ID001", {DUTY_PATH: "\ufeff" + duty_text()}, []),
    ("ID001", {DUTY_PATH: "name = 1"}, []),
    (
        "ID002",
        {ECONOMY: duty_text(), f"{OTHER}/党的建设/ex-0001.toml": duty_text(), **NEIGHBOUR},
        [(DUTY_PATH, "id", "已经用于 duties/另一镇"), (ECONOMY, "id", "已经用于 duties/另一镇")],
    ),
    ("ID002", {f"{OTHER}/党的建设/ot-0001.toml": duty_text(id="ot-0001"), **NEIGHBOUR}, []),
    (
        "ID003",
        {f"{HOME}/ex-0001 .toml": duty_text(), DUTY_PATH: None},
        [(f"{HOME}/ex-0001 .toml", "id", "ex-0001 .toml")],
    ),
    (
        "ID003",
        {f"{HOME}/EX-0001.toml": duty_text(), DUTY_PATH: None},
        [(f"{HOME}/EX-0001.toml", "id", "改名为 ex-0001.toml")],
    ),
    ("ID003", {"duties/示例镇/经济发展/ex-0001.toml": duty_text(), DUTY_PATH: None}, []),
    (
        "ID004",
        {f"{HOME}/exx-0002.toml": duty_text(id="exx-0002", position=20)},
        [(f"{HOME}/exx-0002.toml", "id", "exx")],
    ),
    ("ID004", {f"{HOME}/ot-0002.toml": duty_text(id="ot-0002", position=20), TOWNSHIP_PATH: 'name = "'}, []),
    ("ID005", ledger(5), [(LEDGER_PATH, "next", "ex-0002 至 ex-0004")]),
    (
        "ID005",
        {f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", position=20), **ledger(5)},
        [(LEDGER_PATH, "next", " ex-0002 没有"), (LEDGER_PATH, "next", " ex-0004 没有")],
    ),
    ("ID005", ledger(3, event("split", '"ex-0001", "ex-0002"', '"ex-0001"')), []),
    ("ID005", {SECOND: 'name = "', **ledger(3)}, []),
    ("ID005", {SECOND: Link("ex-0001.toml"), **ledger(3)}, []),
    ("ID005", {LEDGER_PATH: None}, []),
    ("ID005", {DUTY_PATH: None, TOWNSHIP_PATH: township_text(), **ledger(1)}, []),
    ("ID006", ledger(2, event("retire", '"ex-0007"', "")), [(LEDGER_PATH, "events[0].from[0]", "从未给出")]),
    ("ID006", ledger(2, event("merge", '"ot-0001"', '"ex-0001"')), [(LEDGER_PATH, "events[0].from[0]", "ot-0001")]),
    (
        "ID006",
        ledger(4, event("retire", '"ex-0003"', ""), event("merge", '"ex-0003"', '"ex-0001", "ex-0002"')),
        [(LEDGER_PATH, "events[1].into[1]", "ex-0002 已经没有文件")],
    ),
    (
        "ID006",
        ledger(4, event("merge", '"ex-0003"', '"ex-0002"'), event("retire", '"ex-0002"', "")),
        [],
    ),
    ("ID006", {SECOND: 'name = "', **ledger(4, event("split", '"ex-0003"', '"ex-0001", "ex-0002"'))}, []),
    ("ID007", {**SECOND_DUTY, **ledger(2)}, [(LEDGER_PATH, "next", "应为 3")]),
    ("ID007", {SECOND: 'name = "', **ledger(2)}, [(LEDGER_PATH, "next", "应为 3")]),
    ("ID007", {**SECOND_DUTY, **ledger(3)}, []),
    ("ID007", {f"{HOME}/ot-0009.toml": duty_text(id="ot-0009", position=20), **ledger(2)}, []),
    (
        "ID008",
        {
            f"{OTHER}/township.toml": township_text(name="另一镇"),
            "duties/又一镇/township.toml": township_text(name="又一镇"),
        },
        [
            (f"{OTHER}/township.toml", "prefix", "由示例镇使用；请为另一镇"),
            ("duties/又一镇/township.toml", "prefix", "由示例镇使用；请为又一镇"),
        ],
    ),
    ("ID008", NEIGHBOUR, []),
    ("ID009", {SECOND: duty_text(id="ex-0002", name="征兵")}, [(SECOND, "position", "--after ex-0001")]),
    (
        "ID009",
        {SECOND: duty_text(id="ex-0002", name="征兵"), f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", name="优抚")},
        [(SECOND, "position", "10"), (f"{HOME}/ex-0003.toml", "position", "10")],
    ),
    ("ID009", {SECOND: supporting("ex-0002")}, []),
    ("ID009", {ECONOMY: duty_text(id="ex-0002", name="征兵")}, []),
    ("ID009", {f"{OTHER}/党的建设/ot-0001.toml": duty_text(id="ot-0001"), **NEIGHBOUR}, []),
    ("ID013", ledger(2, last="ex-0003 做好统计工作"), [(LEDGER_PATH, "last", "应为 ex-0001")]),
    ("ID013", ledger(2, last="ex-00011"), [(LEDGER_PATH, "last", "应为 ex-0001")]),
    ("ID013", ledger(2, last="ex-0001 后来改了名称"), []),
    ("ID013", ledger(2), []),
    ("ID014", {TOWNSHIP_PATH: township_text(name="示例镇 ")}, [(TOWNSHIP_PATH, "name", "请改成一致")]),
    ("ID014", NEIGHBOUR, []),
    (
        "TO001",
        {
            **SECOND_DUTY,
            ECONOMY.replace("0002", "0003"): reclaimed(id="ex-0003"),
            **township(declared=declared(ONE, ONE, {"duties": 2})),
        },
        [
            (TOWNSHIP_PATH, "declared.basic.duties", "所报事项数是 1 项，实际是 2 项"),
            (TOWNSHIP_PATH, "declared.supporting.duties", "所报事项数是 1 项，实际是 0 项"),
            (TOWNSHIP_PATH, "declared.reclaimed.duties", "所报事项数是 2 项，实际是 1 项"),
        ],
    ),
    ("TO001", {SECOND: 'name = "', **township(declared=declared(NONE, NONE, NONE)), **ledger(3)}, []),
    (
        "TO001",
        {SECOND: Link("ex-0001.toml"), **township(declared=declared({"duties": 2}, NONE, NONE)), **ledger(3)},
        [],
    ),
    ("TO001", {**SECOND_DUTY, **township(declared=declared({"duties": 2}, NONE, NONE))}, []),
    (
        "TO002",
        township(declared=declared(ONE, ONE, ONE) | {"duties": 4}),
        [(TOWNSHIP_PATH, "declared.duties", "1 + 1 + 1 = 3")],
    ),
    ("TO002", township(declared=declared({"duties": 9}, ONE, ONE)), []),
    (
        "TO003",
        {
            ECONOMY: supporting("ex-0002"),
            **township(declared=declared(ONE | {"categories": 2}, ONE | {"categories": 0}, NONE)),
        },
        [
            (TOWNSHIP_PATH, "declared.basic.categories", "所报类别数是 2 个，实际是 1 个"),
            (TOWNSHIP_PATH, "declared.supporting.categories", "所报类别数是 0 个，实际是 1 个"),
        ],
    ),
    ("TO003", {ECONOMY: supporting("ex-0002"), **township(declared=declared(ONE | {"categories": 1}, ONE, NONE))}, []),
    (
        "TO004",
        {
            DUTY_PATH: supporting(),
            **township(declared=declared(NONE, ONE | {"departments": 2}, NONE | {"departments": 1})),
        },
        [
            (TOWNSHIP_PATH, "declared.supporting.departments", "是 2 个，实际是 1 个（同一部门的不同写法只计一次）"),
            (TOWNSHIP_PATH, "declared.reclaimed.departments", "是 1 个，实际是 0 个"),
        ],
    ),
    (
        # Five spellings of one department, and one that nobody knows.
        "TO004",
        {
            DUTY_PATH: supporting(
                superior_departments=[
                    "示例市水利局",
                    "市水利局",
                    "示例市水力局",
                    "水政监察大队",
                    "水利局(水政监察大队)",
                    "示例市某局",
                ]
            ),
            **township(declared=declared(NONE, ONE | {"departments": 2}, NONE)),
        },
        [],
    ),
    ("TO005", township("共有履职事项 2 项。"), [(TOWNSHIP_PATH, "preface[0].paragraphs[0]", "是 2 项，所报是 1 项")]),
    (
        "TO005",
        township(
            "做好工作。",
            "基本履职事项清单涉及9个类别，共有基本履职事项8项。配合履职事项清单涉及7个部门。",
            declared=declared(ONE | {"categories": 1}, NONE | {"departments": 0}, NONE),
        ),
        [
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "类别数是 9 个，所报是 1 个"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "事项数是 8 项，所报是 1 项"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "部门（单位）数是 7 个，所报是 0 个"),
        ],
    ),
    ("TO005", township("共有履职事项1项，其中基本履职事项 1 项。"), []),
    ("TO005", township("基本履职事项清单涉及9个类别。"), []),
    ("TO005", township("全镇有9个部门，走访9项。"), []),
    (
        "TO006",
        {
            ECONOMY: duty_text(id="ex-0002", name="征兵"),
            **township("基本履职事项清单主要包括党的建设、民生服务，共有基本履职事项2项。"),
        },
        [(TOWNSHIP_PATH, "preface[0].paragraphs[0]", "多列：民生服务；漏列：经济发展")],
    ),
    (
        "TO006",
        {
            ECONOMY: duty_text(id="ex-0002", name="征兵"),
            **township("基本履职事项清单主要包括经济发展、党的建设，共有基本履职事项2项。"),
        },
        [],
    ),
    (
        "TO006",
        {SECOND: 'name = "', **township("基本履职事项清单主要包括经济发展，共有基本履职事项2项。"), **ledger(3)},
        [],
    ),
    (
        "RF001",
        {
            "duties/示例镇/党建/ex-0002.toml": duty_text(id="ex-0002", name="征兵"),
            "duties/示例镇/党建/ex-0003.toml": duty_text(id="ex-0003", position=20, name="优抚"),
        },
        [("duties/示例镇/党建/ex-0002.toml", "", "党建 不在词表中（2 项事项）；是不是 党的建设？")],
    ),
    ("RF001", {"schema/vocabulary/categories.toml": 'categories = "'}, []),
    (
        "RF001",
        {"schema/vocabulary/categories.toml": CATEGORIES.replace("党的建设", "党的建设 ")},
        [(DUTY_PATH, "", "是不是 党的建设 ？")],
    ),
    (
        "RF002",
        parts({"department": "市水务局", "text": "甲。"}, superior_departments=["示例市水务局"]),
        [
            (DUTY_PATH, "superior_departments[0]", "示例市水务局 不在词表中；是不是 "),
            (DUTY_PATH, "superior_responsibilities[0].department", "市水务局"),
        ],
    ),
    (
        "RF002",
        {DUTY_PATH: reclaimed(receiving_departments=["海关"], takeover=[{"text": "甲。"}])},
        [(DUTY_PATH, "receiving_departments[0]", "请改正，或加入 schema/vocabulary。")],
    ),
    (
        "RF002",
        parts(
            WATER,
            {"department": "水利局（水政监察大队）", "text": "乙。"},
            superior_departments=["示例市水利局(水政监察大队)"],
        ),
        [],
    ),
    ("RF002", {**parts({"department": "海关", "text": "甲。"}), DEPARTMENTS_PATH: 'departments = "'}, []),
    (
        "RF003",
        parts(
            {"department": "示例市水力局", "text": "甲。"},
            {"department": "市水利局", "text": "乙。"},
            superior_departments=["市水利局", "水政监察大队", "公安局"],
        ),
        [
            (DUTY_PATH, "superior_departments[0]", "不是全称，应为 示例市水利局。"),
            (DUTY_PATH, "superior_departments[1]", "应为 示例市水利局（水政监察大队）。"),
            (DUTY_PATH, "superior_departments[2]", "应为 示例市公安局。"),
            (DUTY_PATH, "superior_responsibilities[0].department", "写法有误，应为 示例市水利局。"),
        ],
    ),
    (
        "RF003",
        parts({"department": "水政监察大队", "text": "甲。"}, superior_departments=["示例市水利局（水政监察大队）"]),
        [],
    ),
    ("RF004", parts(WATER, superior_departments=BOTH), [(DUTY_PATH, "superior_departments[1]", "示例市公安局")]),
    (
        "RF004",
        {DUTY_PATH: reclaimed(receiving_departments=BOTH, takeover=[POLICE])},
        [(DUTY_PATH, "receiving_departments[0]", "示例市水利局")],
    ),
    ("RF004", parts({"text": "负责甲。"}, superior_departments=BOTH), []),
    ("RF004", parts(POLICE, {"topic": "水政监察大队", "text": "负责甲。"}, superior_departments=BOTH), []),
    (
        "RF004",
        parts({"text": "负责甲。"}, superior_departments=BOTH, township_responsibilities=[WATER]),
        [],
    ),
    (
        "RF005",
        parts(WATER, POLICE, superior_departments=["示例市水利局"]),
        [(DUTY_PATH, "superior_responsibilities[1].department", "市公安局（示例市公安局）")],
    ),
    (
        "RF005",
        {DUTY_PATH: reclaimed(receiving_departments=["示例市公安局"])},
        [(DUTY_PATH, "takeover[0].department", "示例市水利局 有职责")],
    ),
    ("RF005", parts(WATER, superior_departments=["水政监察大队"]), []),
    ("RF005", parts(WATER, {"department": "海关", "text": "乙。"}), []),
    ("RF005", parts(WATER, township_responsibilities=[POLICE]), []),
    (
        "RF006",
        parts({"topic": "水利局", "text": "甲。"}),
        [(DUTY_PATH, "superior_responsibilities[0].topic", "像是部门")],
    ),
    (
        "RF006",
        parts({"text": "甲。"}, township_responsibilities=[{"topic": "某某市文物局", "text": "乙。"}]),
        [(DUTY_PATH, "township_responsibilities[0].topic", "某某市文物局")],
    ),
    ("RF006", parts(WATER, {"topic": "水政监察大队", "text": "乙。"}, {"topic": "安全监管", "text": "丙。"}), []),
    ("RF007", {DUTY_PATH: duty_text(name="资料报送县水利局")}, [(DUTY_PATH, "name", "县水利局 应为 市水利局")]),
    (
        "RF007",
        township("县委、县政府同意。"),
        [
            (TOWNSHIP_PATH, "preface[0].paragraphs[0]", "县委 应为 市委"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[0]", "县政府 应为 市政府"),
        ],
    ),
    (
        "RF007",
        {
            **township(county="示例县", title="示例县示例镇履职事项清单"),
            DUTY_PATH: duty_text(name="资料报送市水利局"),
            DEPARTMENTS_PATH: DEPARTMENTS.replace("市水利局", "县水利局"),
        },
        [(DUTY_PATH, "name", "市水利局 应为 县水利局")],
    ),
    (
        "RF007",
        {
            **township(county="示例县", prefecture="示例市", title="示例县示例镇履职事项清单"),
            DUTY_PATH: duty_text(name="资料报送市水利局"),
            DEPARTMENTS_PATH: DEPARTMENTS.replace("市水利局", "县水利局"),
        },
        [],
    ),
    ("RF007", {DUTY_PATH: duty_text(name="与邻县水利局、乌恰县水利局联合执法")}, []),
    (
        "RF007",
        {DUTY_PATH: duty_text(name="普查各县人口"), **township(county="示例区", title="示例区示例镇履职事项清单")},
        [],
    ),
    (
        "RF008",
        parts(WATER, superior_departments=["示例市水利局", "示例市公安局", "市水利局", "水政监察大队"]),
        [
            (DUTY_PATH, "superior_departments[2]", "与前面的 示例市水利局 是同一部门"),
            (DUTY_PATH, "superior_departments[3]", "与前面的 示例市水利局 是同一部门"),
        ],
    ),
    ("RF008", parts(WATER, POLICE, superior_departments=BOTH), []),
    (
        "RF009",
        {DEPARTMENTS_PATH: DEPARTMENTS + '\n[[departments]]\nname = "示例市河道局"\nwrong = [\n  "市公安局",\n]\n'},
        [(DEPARTMENTS_PATH, "departments[2]", "市公安局 已经属于 示例市公安局")],
    ),
    (
        "RF009",
        {DEPARTMENTS_PATH: DEPARTMENTS.replace('"公安局"', '"示例市水利局"')},
        [(DEPARTMENTS_PATH, "departments[1]", "示例市水利局 已经属于 示例市水利局，又写在 示例市公安局 名下")],
    ),
    ("RF009", {DEPARTMENTS_PATH: DEPARTMENTS.replace('"水政监察大队"', '"水利局"')}, []),
]


@pytest.mark.parametrize(
    ("code", "changes", "expected"),
    CASES,
    ids=[f"{code}-{len(where)}-{at}" for at, (code, _, where) in enumerate(CASES)],
)
def test_rule(code: str, changes: Files, expected: list[tuple[str, str, str]]) -> None:
    made = [one for one in findings_of(files(changes)) if one.code == code]
    shown = sorted((one.spot.path, field_name(one.spot.field), one.message) for one in made)
    assert len(shown) == len(expected), shown
    for path, field, word in expected:
        assert any(
            (path, word in message) == (there, True) and field in ("", name) for there, name, message in shown
        ), (path, field, word, shown)


def test_every_rule_of_these_families_is_in_the_table_in_both_directions() -> None:
    wanted = {rule.code for rule in RULES if rule.code[:2] in ("ID", "TO", "RF") and rule.scope is not Scope.WAIVER}
    for outcome in (True, False):
        assert wanted - {code for code, _, where in CASES if bool(where) is outcome} == set()
    assert all(code in by_code() for code, _, _ in CASES)


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
