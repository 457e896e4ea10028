"""Merging texts: nobody's part is read as another's, nothing is said twice, and what is given up is named."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import duty
from dutylist.edit.recast import Dropped
from dutylist.edit.unite import Unclear, unite
from dutylist.model.canonical import values_of
from dutylist.model.duty import AnyDuty, Basis, Section, Waiver
from dutylist.model.vocabulary import Department, Departments

WATER, POLICE = "示例市水利局", "示例市公安局"
VOCABULARY = Departments(
    departments=(Department(name=WATER, short=("市水利局",), units=("水政监察大队",)), Department(name=POLICE))
)


def takeover(duty_id: str, departments: list[str], *sections: dict[str, Any], **more: Any) -> AnyDuty:
    return duty(id=duty_id, kind="reclaimed", receiving_departments=departments, takeover=list(sections), **more)


def united(*duties: AnyDuty) -> list[dict[str, Any]]:
    """The sections of the first duty when the others are merged into it."""
    whole, _, _ = unite(duties[0], duties[1:], VOCABULARY)
    return [values_of(section) for section in getattr(whole, "takeover", ())]


CASES: dict[str, tuple[list[AnyDuty], list[dict[str, Any]]]] = {
    "one department: texts follow each other": (
        [takeover("ex-0001", [WATER], {"text": "甲"}), takeover("ex-0002", ["市水利局"], {"text": "乙"})],
        [{"text": "甲"}, {"text": "乙"}],
    ),
    "the same is not said twice": (
        [
            takeover("ex-0001", [WATER], {"text": "甲"}),
            takeover("ex-0002", [WATER], {"text": "甲"}, {"text": "乙"}),
        ],
        [{"text": "甲"}, {"text": "乙"}],
    ),
    "two departments without headings get them": (
        [takeover("ex-0001", [WATER], {"text": "甲"}), takeover("ex-0002", [POLICE], {"text": "甲"})],
        [{"department": WATER, "text": "甲"}, {"department": POLICE, "text": "甲"}],
    ),
    "what follows a section left out keeps its department": (
        [
            takeover(
                "ex-0001", [WATER, POLICE], {"department": WATER, "text": "甲"}, {"department": POLICE, "text": "丙"}
            ),
            takeover("ex-0002", [WATER], {"department": WATER, "text": "甲"}, {"topic": "供水", "text": "乙"}),
        ],
        [
            {"department": WATER, "text": "甲"},
            {"department": POLICE, "text": "丙"},
            {"department": WATER, "topic": "供水", "text": "乙"},
        ],
    ),
    "also where something was added before": (
        [
            takeover("ex-0001", [WATER, POLICE], {"department": POLICE, "text": "甲"}),
            takeover(
                "ex-0002",
                [WATER, POLICE],
                {"department": WATER, "text": "乙"},
                {"department": POLICE, "text": "甲"},
                {"text": "丙"},
            ),
        ],
        [
            {"department": POLICE, "text": "甲"},
            {"department": WATER, "text": "乙"},
            {"department": POLICE, "text": "丙"},
        ],
    ),
}


@pytest.mark.parametrize(("duties", "expected"), CASES.values(), ids=CASES)
def test_sections(duties: list[AnyDuty], expected: list[dict[str, Any]]) -> None:
    assert united(*duties) == expected


def test_departments_are_united_in_order_whatever_their_spelling() -> None:
    first = takeover("ex-0001", [POLICE], {"text": "甲"})
    second = takeover("ex-0002", ["市水利局", POLICE], {"text": "乙"})
    third = takeover("ex-0003", [WATER, f"{WATER}（水政监察大队）"], {"text": "丙"})
    whole, _, _ = unite(first, [second, third], VOCABULARY)
    assert getattr(whole, "receiving_departments", ()) == (POLICE, "市水利局", f"{WATER}（水政监察大队）")


def test_a_part_whose_department_nobody_named_is_pointed_at() -> None:
    first = takeover("ex-0001", [WATER, POLICE], {"department": WATER, "text": "甲"})
    second = takeover("ex-0002", [WATER, POLICE], {"text": "乙"})
    assert unite(first, [second], VOCABULARY)[2] == [Unclear("ex-0002", "takeover", WATER)]


def test_notes_bases_and_waivers_are_united_and_what_cannot_be_is_named() -> None:
    own = Waiver(code="TX001", reason="原文如此")
    marked = Waiver(code="TX002", reason="原文如此", fingerprint="0123456789ab")
    other = Waiver(code="TX003", reason="原文如此")
    law, rule = Basis(title="《水法》"), Basis(title="《水利条例》", article="第一条")
    first = duty(note="甲备注", basis=[law], waivers=[own])
    second = duty(id="ex-0002", name="乙事项", note="乙备注", basis=[law, rule], waivers=[own, marked, other])
    whole, dropped, unclear = unite(first, [second], VOCABULARY)
    assert whole == replace(first, note="甲备注\n乙备注", basis=(law, rule), waivers=(own, other))
    assert dropped == [Dropped("ex-0002", "name", "乙事项"), Dropped("ex-0002", "waivers", (marked,))]
    assert unclear == []


departments = st.sampled_from([WATER, POLICE])
words = st.sampled_from(["甲", "乙", "丙"])
sections = st.builds(Section, department=st.none() | departments, topic=st.none() | st.just("供水"), text=words)
# A first section without heading is its department's own where there is only one.
duties = st.builds(
    lambda number, department, some: takeover(f"ex-{number:04d}", [department], *some),
    st.integers(1, 9999),
    departments,
    st.lists(sections, min_size=1, max_size=4),
)


def parts(one: AnyDuty, *, sole: bool) -> set[tuple[str | None, str | None, str | None]]:
    """Whose part each section is, as a reader takes it: (department, topic, text)."""
    listed: tuple[str, ...] = getattr(one, "receiving_departments", ())
    owner = listed[0] if sole else None
    found = set()
    for section in getattr(one, "takeover", ()):
        owner = section.department or owner
        found.add((owner, section.topic, section.text))
    return found


@given(duties, st.lists(duties, min_size=1, max_size=2))
def test_every_part_stays_its_departments(first: AnyDuty, others: list[AnyDuty]) -> None:
    whole, _, _ = unite(first, others, VOCABULARY)
    one_department = len(getattr(whole, "receiving_departments", ())) == 1
    before = set().union(*(parts(duty, sole=True) for duty in [first, *others]))
    after = parts(whole, sole=one_department)
    assert after == before
