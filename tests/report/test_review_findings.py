"""What became of findings between two states: a table, and laws that hold for any findings."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.model.finding import Finding
from dutylist.report.review_findings import Since, since
from findings import finding

Some = list[Finding]
OPEN = finding(message="甲")
WAIVED = replace(OPEN, waived="原文如此")
OTHER = finding(message="乙")
GROUPS = ("new", "known", "silenced", "born_waived", "waived", "resolved")

CASES: dict[str, tuple[Some, Some, dict[str, int]]] = {
    "nothing": ([], [], {}),
    "new": ([], [OPEN], {"new": 1}),
    "known": ([OPEN], [OPEN], {"known": 1}),
    "gone": ([OPEN], [], {"resolved": 1}),
    "another one": ([OPEN], [OTHER], {"new": 1, "resolved": 1}),
    "a second one alike": ([OPEN], [OPEN, OPEN], {"known": 1, "new": 1}),
    "one of two gone": ([OPEN, OPEN], [OPEN], {"known": 1, "resolved": 1}),
    "waived now": ([OPEN], [WAIVED], {"silenced": 1}),
    "waived from its first day": ([], [WAIVED], {"born_waived": 1}),
    "waived as before": ([WAIVED], [WAIVED], {"waived": 1}),
    "no longer waived": ([WAIVED], [OPEN], {"new": 1}),
    "waived and gone": ([WAIVED], [], {}),
    "one of two waived": ([OPEN, OPEN], [OPEN, WAIVED], {"known": 1, "silenced": 1}),
}


def counted(made: Since) -> dict[str, int]:
    """How many there are in each group that is not empty."""
    return {name: len(getattr(made, name)) for name in GROUPS if getattr(made, name)}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_what_became_of_a_finding(before: Some, after: Some, expected: dict[str, int]) -> None:
    assert counted(since(before, after)) == expected


some = st.lists(
    st.builds(
        lambda text, waived: finding(message=text, waived=waived),
        st.sampled_from("甲乙丙"),
        st.none() | st.just("原文"),
    )
)


@given(some, some)
def test_every_finding_is_told_once(before: Some, after: Some) -> None:
    made = since(before, after)
    opened = [one for one in after if one.waived is None]
    assert Counter((*made.new, *made.known)) == Counter(opened)
    assert Counter((*made.silenced, *made.born_waived, *made.waived)) == Counter(after) - Counter(opened)
    assert len(made.known) + len(made.silenced) + len(made.resolved) == sum(one.waived is None for one in before)


@given(some)
def test_between_a_state_and_itself_nothing_is_new_or_gone(both: Some) -> None:
    assert set(counted(since(both, list(reversed(both))))) <= {"known", "waived"}


def test_those_outside_are_left_out() -> None:
    made = since([OPEN], [WAIVED, OTHER])
    assert counted(made.within(lambda path: path.startswith("duties/别处/"))) == {}
    assert made.within(lambda path: path == OTHER.spot.path) == made
