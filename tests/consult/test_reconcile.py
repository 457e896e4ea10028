"""Opinions against changes: each rule in both directions, and what answers what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import build
from build import library_of
from comparisons import change
from dutylist.check.runner import check_consultation
from dutylist.compare.runner import compare
from dutylist.consult.legs import with_leg
from dutylist.consult.reconcile import Reconciled, answers, reconcile
from dutylist.consult.settle import approval
from dutylist.model.change import Change, ChangeKind, Site, Weight
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Decision, Leg, Opinion, Verdict
from dutylist.model.consultation_faults import RECONCILED
from dutylist.model.finding import Spot
from dutylist.model.library import Library
from dutylist.model.record import Record
from examples import Example, example_files, examples

BASE = library_of(build.files())[0]
DAY = date(2025, 3, 11)
EXAMPLES = [
    pytest.param(fault.code, side, example, id=f"{fault.code}-{side}-{number}")
    for fault in RECONCILED
    for side, some in examples(fault.doc).items()
    for number, example in enumerate(some)
]


def leg_of(library: Library) -> LegFolder:
    """The leg 2025/1-down of a library, whether it has one or not."""
    return next(library.legs(), LegFolder("2025", "1-down", None))


def opinion(number: int = 1, **facts: Any) -> Opinion:
    """An adopted opinion about the name of ex-0001, changed."""
    values: dict[str, Any] = {
        "id": f"2025-1-down-{number:08x}",
        "author": "示例市水利局",
        "duty": "ex-0001",
        "field": "name",
        "text": "建议改名",
        "received": DAY,
        "verdict": Verdict.ADOPTED,
    }
    return Opinion(**(values | facts))


def leg(*opinions: Opinion, decisions: tuple[Decision, ...] = (), **facts: Any) -> LegFolder:
    """A leg with these opinions and approvals."""
    values: dict[str, Any] = {"sender": "县委编办", "to": "各部门", "opened": date(2025, 3, 1), "base": "0" * 64}
    folder = "changelog/2025/1-down"
    return LegFolder(
        "2025",
        "1-down",
        Record(f"{folder}/leg.toml", Leg(**(values | facts))),
        tuple(Record(f"{folder}/opinions/{one.id}.toml", one) for one in opinions),
        tuple(Record(f"{folder}/decisions/{one.fingerprint}.toml", one) for one in decisions),
    )


def changes(**facts: Any) -> tuple[Change, ...]:
    """What a change of the one duty is told as."""
    return compare(BASE, library_of(build.files({build.DUTY_PATH: build.duty_text(**facts)}))[0]).changes


RENAMED = changes(name="组织统计工作")


def codes(found: Reconciled) -> list[str]:
    """The codes of what does not reconcile."""
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("code", "side", "example"), EXAMPLES)
def test_the_examples_of_the_rules(code: str, side: str, example: Example) -> None:
    library = library_of(example_files(example))[0]
    found = codes(reconcile(leg_of(library), compare(BASE, library).changes))
    assert (code in found) is (side == "Bad"), found


def test_a_renaming_is_one_change_of_weight() -> None:
    assert [(one.kind, one.weight) for one in RENAMED] == [(ChangeKind.RENAMED, Weight.SUBSTANTIVE)]


TABLE: Mapping[str, tuple[tuple[Opinion, ...], tuple[Change, ...], list[str]]] = {
    "adopted and done": ((opinion(),), RENAMED, []),
    "adopted, not done": ((opinion(),), (), ["CS011"]),
    "partly adopted and done": ((opinion(verdict=Verdict.PARTLY_ADOPTED, reason="保留"),), RENAMED, []),
    "partly adopted, not done": ((opinion(verdict=Verdict.PARTLY_ADOPTED, reason="保留"),), (), ["CS011"]),
    "refused": ((opinion(verdict=Verdict.NOT_ADOPTED, reason="不宜"),), (), []),
    "refused and done all the same": ((opinion(verdict=Verdict.NOT_ADOPTED, reason="不宜"),), RENAMED, ["CS012"]),
    "open": ((opinion(verdict=None),), RENAMED, ["CS012"]),
    "disputed": ((opinion(verdict=Verdict.DISPUTED, reason="待定"),), RENAMED, ["CS012"]),
    "another field": ((opinion(field="basis"),), RENAMED, ["CS011", "CS012"]),
    "the whole duty": ((opinion(field=None),), RENAMED, []),
    "another duty": ((opinion(duty="ex-0002"),), RENAMED, ["CS011", "CS012"]),
    "the whole list": ((opinion(duty=None, field=None),), (), []),
    "the whole list causes nothing by itself": ((opinion(duty=None, field=None),), RENAMED, ["CS012"]),
    "by fingerprint": ((opinion(duty="ex-0002", changes=(RENAMED[0].fingerprint,)),), RENAMED, []),
    "by a fingerprint that is gone": ((opinion(duty="ex-0002", changes=("0" * 12,)),), RENAMED, ["CS011", "CS012"]),
    "the whole list by a fingerprint that is gone": ((opinion(duty=None, changes=("0" * 12,)),), (), ["CS011"]),
    "nobody asked": ((), RENAMED, ["CS012"]),
    "a commit said why": ((), (replace(RENAMED[0], cause="law: 统计法"),), []),
    "only the wording": ((), (replace(RENAMED[0], weight=Weight.WORDING),), []),
    "layout answers nothing": ((opinion(),), (replace(RENAMED[0], weight=Weight.LAYOUT),), ["CS011"]),
    "two opinions, one change": ((opinion(), opinion(2, author="示例市公安局")), RENAMED, []),
}


@pytest.mark.parametrize(("opinions", "found", "expected"), TABLE.values(), ids=TABLE)
def test_what_does_not_reconcile(opinions: tuple[Opinion, ...], found: tuple[Change, ...], expected: list[str]) -> None:
    assert codes(reconcile(leg(*opinions), found)) == expected


def test_each_finding_says_what_would_settle_it() -> None:
    (missing,) = reconcile(leg(opinion()), ()).findings
    assert missing.message == (
        "示例市水利局的意见 2025-1-down-00000001 已经采纳，而 ex-0001 的名称没有变化；"
        "请照意见修改，或改写答复；改在别处的，用 settle --change 指明。"
    )
    (uncaused,) = reconcile(leg(), RENAMED).findings
    fingerprint = RENAMED[0].fingerprint
    assert uncaused.message == (
        f"ex-0001 组织统计工作：改名称 没有依据；请补记意见或 Cause，或运行 dutylist approve {fingerprint}。"
    )
    assert uncaused.spot.path == build.DUTY_PATH
    decision = approval(RENAMED[0], "县委编办", DAY, None)
    (lapsed,) = reconcile(leg(decisions=(decision,)), ()).findings
    assert lapsed.message == (
        "认可过的变化现在没有了（改名称：做好统计工作 → 组织统计工作）；请核对后再认可，或删去这个文件。"
    )


def test_the_cause_names_all_who_asked_and_approved() -> None:
    asked = (opinion(), opinion(2, author="示例市公安局", verdict=Verdict.PARTLY_ADOPTED, reason="保留"))
    decision = approval(RENAMED[0], "县委编办", DAY, "核对过")
    given = reconcile(leg(*asked, decisions=(decision,)), [replace(RENAMED[0], cause="law: 统计法", author="编辑")])
    assert [one.cause for one in given.changes] == [
        "opinion: 示例市水利局（采纳）2025-1-down-00000001；opinion: 示例市公安局（部分采纳）2025-1-down-00000002；"
        "law: 统计法；approval: 县委编办，核对过"
    ]
    assert set(given.answers.values()) == {(RENAMED[0].fingerprint,)}


def test_an_approval_holds_for_the_text_it_was_given_to() -> None:
    decision = approval(RENAMED[0], "县委编办", DAY, None)
    assert codes(reconcile(leg(decisions=(decision,)), RENAMED)) == []
    # One character more, and it has lapsed: what nobody approved has no cause again.
    assert codes(reconcile(leg(decisions=(decision,)), changes(name="组织统计工作了"))) == ["CS012", "CS013"]


def test_an_approval_of_an_earlier_leg_holds_and_does_not_lapse_here() -> None:
    decision = approval(RENAMED[0], "县委编办", DAY, None)
    assert codes(reconcile(leg(), RENAMED, [decision])) == []
    assert codes(reconcile(leg(), (), [decision])) == []


def test_a_later_approval_stands_before_an_earlier_one() -> None:
    earlier, own = (approval(RENAMED[0], who, DAY, None) for who in ("前任", "现任"))
    assert [one.cause for one in reconcile(leg(decisions=(own,)), RENAMED, [earlier]).changes] == ["approval: 现任"]


def at(kind: ChangeKind, field: str | None = None, **facts: Any) -> Change:
    """A change of ex-0001."""
    return change(kind, "ex-0001", field=field, **facts)


ANSWERED: Mapping[str, tuple[Change, Opinion, bool]] = {
    "the clause itself": (
        at(ChangeKind.CLAUSE_REVISED, "township_responsibilities[0].clauses[1]"),
        opinion(field="township_responsibilities[0].clauses[1]"),
        True,
    ),
    "a clause that has moved": (
        at(ChangeKind.CLAUSE_REVISED, "township_responsibilities[2].clauses[0]"),
        opinion(field="township_responsibilities[0].clauses[1]"),
        True,
    ),
    "a clause of the field": (
        at(ChangeKind.CLAUSE_REMOVED, "township_responsibilities[0].clauses[1]"),
        opinion(field="township_responsibilities"),
        True,
    ),
    "the other side's clause": (
        at(ChangeKind.CLAUSE_REVISED, "superior_responsibilities[0].clauses[1]"),
        opinion(field="township_responsibilities[0].clauses[1]"),
        False,
    ),
    "a field whose name begins alike": (at(ChangeKind.TEXT_REVISED, "name_of"), opinion(field="name"), False),
    "no field where one was meant": (at(ChangeKind.REORDERED), opinion(field="name"), False),
    **{
        f"{kind.value} answers any field": (at(kind), opinion(field="basis"), True)
        for kind in (
            ChangeKind.ADDED,
            ChangeKind.RETIRED,
            ChangeKind.MERGED,
            ChangeKind.SPLIT,
            ChangeKind.RECLASSIFIED,
            ChangeKind.RECATEGORISED,
        )
    },
}


@pytest.mark.parametrize(("told", "asked", "expected"), ANSWERED.values(), ids=ANSWERED)
def test_duty_and_field(told: Change, asked: Opinion, expected: bool) -> None:
    assert answers(told, asked) is expected


def test_a_change_at_several_sites_answers_for_each_of_their_duties() -> None:
    sites = tuple(Site(f"ex-000{number}", Spot("a.toml"), Spot("b.toml")) for number in (1, 2))
    spelling = replace(at(ChangeKind.RENAMED, "name"), duty=None, sites=sites)
    found = [answers(spelling, opinion(duty=f"ex-000{number}")) for number in (1, 2, 3)]
    assert found == [True, True, False]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"verdict": None}, ["CS003"]),
        ({"verdict": Verdict.DISPUTED, "reason": "待定"}, ["CS003"]),
        ({"verdict": Verdict.NOT_ADOPTED, "reason": "不宜"}, []),
        ({"verdict": Verdict.NOT_ADOPTED}, ["CS002"]),
        ({}, []),
    ],
)
def test_what_blocks_closing_is_found_in_the_leg_as_it_would_be(facts: dict[str, Any], expected: list[str]) -> None:
    library = library_of(example_files({"changelog/2025/1-down/leg.toml": OPEN_LEG}))[0]
    still = leg(opinion(**facts), consulted=("示例市水利局",))
    assert still.record is not None
    closing = replace(still, record=replace(still.record, value=replace(still.record.value, closed=DAY)))
    found = {
        name: [one.code for one in check_consultation(with_leg(library, folder)) if "opinions" in one.spot.path]
        for name, folder in (("open", still), ("closed", closing))
    }
    assert found == {"open": [code for code in expected if code != "CS003"], "closed": expected}


OPEN_LEG = 'from = "县委编办"\nto = "各部门"\nopened = 2025-03-01\ndue = 2025-03-15\n'
