"""Who came, who went and where it stands: order, events, successions, numbers and the account of small libraries."""

from typing import Any

import pytest

import build
from dutylist.compare.runner import compare
from dutylist.model.change import Comparison, Succession
from dutylist.model.township import EventKind

PARTY, ECONOMY = "党的建设", "经济发展"


def library(*duties: dict[str, Any], events: str = "") -> Any:
    """A library of these duties, each a number, a name and what is to be changed; its ledger has these events."""
    files = {build.DUTY_PATH: None, build.LEDGER_PATH: f"next = 30\n{events}"}
    for values in duties:
        category = values.get("category", PARTY)
        fields = {name: value for name, value in values.items() if name != "category"}
        files[f"duties/示例镇/{category}/{values['id']}.toml"] = build.duty_text(**fields)
    return build.library_of(build.files(files))[0]


def duty(number: int, name: str = "", position: int = 0, **changes: Any) -> dict[str, Any]:
    return {"id": f"ex-{number:04d}", "position": position or 10 * number, "name": name or f"第{number}项"} | changes


def event(kind: str, origin: list[int], into: list[int], reason: str = "理由") -> str:
    ids = (str([f"ex-{number:04d}" for number in some]).replace("'", '"') for some in (origin, into))
    return '[[events]]\nkind = "{}"\nfrom = {}\ninto = {}\nreason = "{}"\n'.format(kind, *ids, reason)


def told(compared: Comparison) -> list[str]:
    """Each change of a duty on a line, the totals and numbers of the township left out."""
    return [f"{one.kind} {one.duty and int(one.duty[-4:])}" for one in compared.changes if one.duty]


ORDERS: dict[str, tuple[list[int], list[int], list[str]]] = {
    "the same": ([10, 20, 30], [10, 20, 30], []),
    "respaced": ([10, 20, 30], [5, 20, 90], ["layout 1", "layout 3"]),
    "the last put first": ([10, 20, 30], [10, 20, 5], ["reordered 3"]),
    "two swapped": ([10, 20, 30], [20, 10, 30], ["layout 1", "reordered 2"]),
    "all shifted by one more": ([10, 20, 30], [20, 30, 40], ["layout 1", "layout 2", "layout 3"]),
    "one between two others": ([10, 20, 30], [25, 20, 30], ["reordered 1"]),
}


@pytest.mark.parametrize(("before", "after", "expected"), ORDERS.values(), ids=ORDERS)
def test_order(before: list[int], after: list[int], expected: list[str]) -> None:
    old, new = (
        library(*(duty(number, position=at) for number, at in enumerate(positions, 1))) for positions in (before, after)
    )
    assert sorted(told(compare(old, new))) == expected


def test_a_duty_that_came_between_reorders_nobody() -> None:
    old = library(duty(1), duty(2))
    new = library(duty(1), duty(3, position=15), duty(2))
    compared = compare(old, new)
    assert told(compared) == ["added 3"]
    assert [(row.duty, row.before, row.after) for row in compared.renumbering] == [
        ("ex-0003", None, 2),
        ("ex-0002", 2, 3),
    ]


def test_a_duty_in_another_folder_or_list_is_not_reordered_too() -> None:
    old = library(duty(1), duty(2))
    moved = library(duty(1), duty(2, position=5, category=ECONOMY))
    assert told(compare(old, moved)) == ["recategorised 2"]
    other = library(duty(1), duty(2, position=5, kind="reclaimed"))
    assert told(compare(old, other)) == ["reclassified 2"]


ONE, TWO, THREE = duty(1, "供水管护"), duty(2, "水费征收"), duty(3, "农村供水")
MERGE, SPLIT = event("merge", [1, 2], [2]), event("split", [3], [1, 2])
RETIRE = event("retire", [1], [])
EVENTS: dict[str, tuple[Any, Any, list[str], list[tuple[EventKind, list[int], list[int]]]]] = {
    "merged": (library(ONE, TWO), library(TWO, events=MERGE), ["merged 1"], [(EventKind.MERGE, [1, 2], [2])]),
    "merged, read backwards": (
        library(TWO, events=MERGE),
        library(ONE, TWO),
        ["split 1"],
        [(EventKind.SPLIT, [2], [1, 2])],
    ),
    "split": (
        library(THREE),
        library(ONE, TWO, events=SPLIT),
        ["split 1", "split 2"],
        [(EventKind.SPLIT, [3], [1, 2])],
    ),
    "split, read backwards": (
        library(ONE, TWO, events=SPLIT),
        library(THREE),
        ["merged 1", "merged 2"],
        [(EventKind.MERGE, [1, 2], [3])],
    ),
    "retired": (library(ONE, TWO), library(TWO, events=RETIRE), ["retired 1"], []),
    "brought back": (library(TWO, events=RETIRE), library(ONE, TWO), ["added 1"], []),
    "known to both sides": (
        library(TWO, events=MERGE),
        library(TWO, duty(4, "防汛抗旱"), events=MERGE),
        ["added 4"],
        [],
    ),
    "split and one part retired": (
        library(THREE),
        library(TWO, events=SPLIT + RETIRE),
        ["split 2"],
        [(EventKind.SPLIT, [3], [1, 2])],
    ),
    "merged though both are still there": (library(ONE, TWO), library(ONE, TWO, events=MERGE), [], []),
}


@pytest.mark.parametrize(("old", "new", "changes", "successions"), EVENTS.values(), ids=EVENTS)
def test_events(
    old: Any, new: Any, changes: list[str], successions: list[tuple[EventKind, list[int], list[int]]]
) -> None:
    compared = compare(old, new)
    assert told(compared) == changes
    assert [numbers(one) for one in compared.successions if one.likeness is None] == successions
    assert all(row.closes for row in compared.account)


def numbers(one: Succession) -> tuple[EventKind, list[int], list[int]]:
    origin, into = ([int(duty[-4:]) for duty in some] for some in (one.origin, one.into))
    return one.kind, origin, into


def test_the_reason_is_the_cause() -> None:
    (change,) = (one for one in compare(library(ONE, TWO), library(TWO, events=RETIRE)).changes if one.duty)
    assert change.cause == "理由"


def test_a_retirement_is_read_alike_in_both_directions() -> None:
    """Who went was retired by AFTER's ledger, who came back had been retired by BEFORE's."""
    old, new = library(ONE, TWO, events=RETIRE), library(TWO, events=event("retire", [3, 1], [], "另一条"))
    forwards, backwards = compare(old, new).changes, compare(new, old).changes
    assert [(one.kind.value, one.cause) for one in forwards if one.duty] == [("retired", "另一条")]
    assert [(one.kind.value, one.cause) for one in backwards if one.duty] == [("added", "另一条")]
    assert [one.before for one in forwards if one.field == "events"] == ["废止 ex-0001：理由"]
    assert [one.after for one in backwards if one.field == "events"] == ["废止 ex-0001：理由"]


def test_an_event_that_is_told_nowhere_else_is_the_townships() -> None:
    (change,) = compare(library(ONE, TWO), library(ONE, TWO, events=MERGE)).changes
    assert (change.kind, change.after) == ("township-revised", "合并 ex-0001、ex-0002 → ex-0002：理由")


def test_what_only_the_texts_tell_is_proposed() -> None:
    old, new = library(duty(1, "开展农村供水管护工作"), TWO), library(duty(3, "开展农村供水管护和巡查工作"), TWO)
    compared = compare(old, new)
    assert told(compared) == ["retired 1", "added 3"]
    (proposal,) = compared.successions
    assert numbers(proposal) == (EventKind.MERGE, [1], [3])
    assert proposal.likeness is not None
    assert 0.8 <= proposal.likeness < 1
    assert compare(library(duty(1, "开展农村供水"), TWO), library(duty(3, "办理户籍"), TWO)).successions == ()


def test_a_duty_that_goes_on_elsewhere_is_followed_through_every_event() -> None:
    """What stood in a duty that was merged and whose heir was split stands in the last heirs."""
    old = library(duty(1, "核定水价"), duty(2, "征收水费"))
    new = library(
        duty(3, "核定水价"),
        duty(4, "征收水费"),
        events=event("merge", [1, 2], [2]) + event("split", [2], [3, 4]),
    )
    compared = compare(old, new)
    standing = {fate.text: fate.standing and fate.standing.duty for one in compared.successions for fate in one.clauses}
    assert standing == {"核定水价": "ex-0003", "征收水费": "ex-0004"}


Row = tuple[str | None, int, int, int, int, int, int, int, int]
COLUMNS = ("category", "before", "added", "split_gains", "moved_in", "retired", "merged_away", "moved_out", "after")
ACCOUNTS: dict[str, tuple[Any, Any, list[Row]]] = {
    "added": (library(ONE), library(ONE, TWO), [(None, 1, 1, 0, 0, 0, 0, 0, 2), (PARTY, 1, 1, 0, 0, 0, 0, 0, 2)]),
    "another category": (
        library(ONE, TWO),
        library(ONE, TWO | {"category": ECONOMY}),
        [(None, 2, 0, 0, 0, 0, 0, 0, 2), (PARTY, 2, 0, 0, 0, 0, 0, 1, 1), (ECONOMY, 0, 0, 0, 1, 0, 0, 0, 1)],
    ),
    "merged": (
        library(ONE, TWO),
        library(TWO, events=MERGE),
        [(None, 2, 0, 0, 0, 0, 1, 0, 1), (PARTY, 2, 0, 0, 0, 0, 1, 0, 1)],
    ),
    "split in two": (
        library(THREE),
        library(ONE, TWO, events=SPLIT),
        [(None, 1, 0, 1, 0, 0, 0, 0, 2), (PARTY, 1, 0, 1, 0, 0, 0, 0, 2)],
    ),
    "merged into a new one": (
        library(ONE, TWO),
        library(THREE, events=event("merge", [1, 2], [3])),
        [(None, 2, 0, 0, 0, 0, 1, 0, 1), (PARTY, 2, 0, 0, 0, 0, 1, 0, 1)],
    ),
    "to another list": (
        library(ONE, TWO),
        library(ONE, TWO | {"kind": "reclaimed"}),
        [(None, 2, 0, 0, 0, 0, 0, 1, 1), (PARTY, 2, 0, 0, 0, 0, 0, 1, 1)],
    ),
    "all at once": (
        library(ONE, TWO, duty(5), duty(6)),
        library(TWO, duty(6, category=ECONOMY), duty(7), events=MERGE),
        [(None, 4, 1, 0, 0, 1, 1, 0, 3), (PARTY, 4, 1, 0, 0, 1, 1, 1, 2), (ECONOMY, 0, 0, 0, 1, 0, 0, 0, 1)],
    ),
}


@pytest.mark.parametrize(("old", "new", "rows"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_account(old: Any, new: Any, rows: list[Row]) -> None:
    account = compare(old, new).account
    assert [tuple(getattr(row, name) for name in COLUMNS) for row in account if row.kind == "basic"] == rows
    assert all(row.closes for row in account)


def test_numbers_go_through_the_categories_of_a_list() -> None:
    old = library(duty(1), duty(2, category=ECONOMY), duty(3, category=ECONOMY))
    new = library(duty(1), duty(3, category=ECONOMY), duty(4))
    rows = [(row.duty, row.before, row.after) for row in compare(old, new).renumbering]
    assert rows == [("ex-0002", 2, None), ("ex-0004", None, 2)]
