"""What the ledger says of a duty: which events are its own, and between which commits each of them happened."""

import pytest

import build
from dutylist.model.history import History, Version, Versions, events_of, predecessors
from dutylist.model.township import Event, EventKind

MERGE = Event(kind=EventKind.MERGE, origin=("ex-0001", "ex-0002"), into=("ex-0002",), reason="合并")
SPLIT = Event(kind=EventKind.SPLIT, origin=("ex-0002",), into=("ex-0002", "ex-0003"), reason="拆分")
PARTED = Event(kind=EventKind.SPLIT, origin=("ex-0003",), into=("ex-0004", "ex-0005"), reason="拆开")
RETIRE = Event(kind=EventKind.RETIRE, origin=("ex-0004",), into=(), reason="过时")
ELSEWHERE = Event(kind=EventKind.MERGE, origin=("ex-0008", "ex-0009"), into=("ex-0008",), reason="别处")
EVERY = (MERGE, SPLIT, PARTED, RETIRE, ELSEWHERE)


def versions(*numbers: int) -> Versions:
    """Files of the duties with these numbers."""
    ids = [f"ex-{number:04d}" for number in numbers]
    return {one: Version(f"duties/示例镇/党的建设/{one}.toml", one, build.duty(id=one)) for one in ids}


@pytest.mark.parametrize(
    ("before", "after", "happened"),
    [
        ((1, 2), (2,), [MERGE]),
        ((2,), (2, 3), [SPLIT]),
        ((3,), (4, 5), [PARTED]),
        ((4,), (), [RETIRE]),
        ((1, 2), (2, 3), [MERGE, SPLIT]),
        ((1, 2), (1, 2), []),
        # The survivor of a merge goes for another reason; the events that a first commit has were before it.
        ((2,), (), []),
        ((), (2, 3), []),
        ((), (4, 5), []),
        # Read backwards, nothing of this has happened.
        ((2,), (1, 2), []),
    ],
)
def test_an_event_happens_where_its_numbers_go_or_come(
    before: tuple[int, ...], after: tuple[int, ...], happened: list[Event]
) -> None:
    assert list(History("ex-0002", (), EVERY).between(versions(*before), versions(*after))) == happened


def test_predecessors_are_those_of_one_event_back() -> None:
    assert predecessors(["ex-0002"], [MERGE]) == ("ex-0002", "ex-0001")
    assert predecessors(["ex-0001"], [MERGE]) == ("ex-0001",)
    assert predecessors(["ex-0004", "ex-0005"], [PARTED]) == ("ex-0004", "ex-0005", "ex-0003")


@pytest.mark.parametrize(
    ("duty", "events"),
    [
        ("ex-0001", [MERGE]),
        ("ex-0002", [MERGE, SPLIT]),
        ("ex-0003", [MERGE, SPLIT, PARTED]),
        ("ex-0004", [MERGE, SPLIT, PARTED, RETIRE]),
        ("ex-0005", [MERGE, SPLIT, PARTED]),
        ("ex-0007", []),
    ],
)
def test_the_events_of_a_duty_are_those_of_all_it_comes_from(duty: str, events: list[Event]) -> None:
    assert list(events_of(duty, EVERY)) == events


def test_events_in_a_circle_end() -> None:
    back = Event(kind=EventKind.MERGE, origin=("ex-0003", "ex-0002"), into=("ex-0002",), reason="合回来")
    assert events_of("ex-0002", (SPLIT, back)) == (SPLIT, back)
