"""What is shown of a comparison, in which order, and how it is counted."""

from dataclasses import replace

import pytest

from comparisons import EMPTY, HERE, POLICE, THERE, WATER, account_row, change, comparison, view
from dutylist.model.change import AccountRow, Burden, Change, ChangeKind, Comparison, Renumbered, Site, Weight
from dutylist.model.duty import Kind
from dutylist.model.finding import FIRST_LINE, Place, Spot
from dutylist.report.change_groups import DepartmentChanges, by_rule, renumbering_of
from dutylist.report.changes import ChangeReport, ChangeSummary, Places, Selection

WHOLE = view()
ALL = WHOLE.comparison.changes


def told(made: ChangeReport) -> list[Change]:
    """The changes in the order in which people read them."""
    return [
        change
        for group in made.lists
        for category in group.categories
        for duty in category.duties
        for change in duty.changes
    ]


def test_the_sample_has_every_kind_of_change() -> None:
    assert {change.kind for change in ALL} == set(ChangeKind)


def test_every_change_but_layout_is_told_once() -> None:
    assert sorted(map(id, told(WHOLE))) == sorted(id(one) for one in ALL if one.weight is not Weight.LAYOUT)


def test_groups_go_from_what_is_above_townships_to_the_lists_of_each() -> None:
    assert [(group.township, group.kind, group.count) for group in WHOLE.lists] == [
        (None, None, 2),
        (HERE, None, 3),
        (HERE, Kind.BASIC, 8),
        (HERE, Kind.SUPPORTING, 15),
        (THERE, Kind.RECLAIMED, 7),
    ]


def test_substantive_changes_of_a_duty_come_first_and_keep_their_order() -> None:
    duty = WHOLE.lists[3].categories[0].duties[0]
    ranks = [change.weight is Weight.SUBSTANTIVE for change in duty.changes]
    assert ranks == sorted(ranks, reverse=True)
    kept = [one for one in ALL if one.duty == "ex-0002" and one.weight is Weight.SUBSTANTIVE]
    assert list(duty.changes[: len(kept)]) == kept


def test_the_counts() -> None:
    assert WHOLE.summary == ChangeSummary(
        changes=36,
        substantive=24,
        wording=11,
        layout=1,
        heavier=13,
        lighter=2,
        duties=15,
        without_cause=13,
        unclosed=0,
    )
    assert [change.duty for group in WHOLE.lighter for change in group.changes] == ["ex-0010", "ex-0002"]
    assert sum(len(group.changes) for group in WHOLE.heavier) == 13
    assert sum(len(duty.changes) for duty in WHOLE.uncaused) == 13


def test_departments_with_most_changes_come_first() -> None:
    assert WHOLE.departments[:2] == (
        DepartmentChanges(WATER, 16, 10, 3, 1),
        DepartmentChanges(POLICE, 2, 2, 0, 0),
    )


def test_of_the_account_stand_the_lists_and_the_categories_in_which_something_happened() -> None:
    shown = [(row.kind, row.category) for row in WHOLE.account]
    assert (Kind.BASIC, "党的建设") in shown
    assert (Kind.BASIC, "经济发展") not in shown
    assert [row for row in WHOLE.account if row.category is None] == [
        row for row in comparison().account if row.category is None
    ]


def test_a_row_that_does_not_add_up_is_found() -> None:
    wrong = account_row(Kind.BASIC, "党的建设", 3, 1, 0, 0, 0, 0, 0, 3)
    made = view(replace(EMPTY, account=(*EMPTY.account, wrong)))
    assert (made.unclosed, made.summary.unclosed, made.unchanged) == ((wrong,), 1, False)
    assert wrong in made.account


def test_pairs_of_the_same_text_are_not_doubtful_and_proposals_come_first() -> None:
    assert [(pair.before, pair.taken) for pair in WHOLE.doubtful] == [("ex-0005", False), ("ex-0002", True)]


Numbers = tuple[int | None, int | None]
RETIRED: list[Numbers] = [(10, None), *((at, at - 1) for at in range(11, 104))]
TWO_RETIRED: list[Numbers] = [(1, None), (2, 1), (3, 2), (5, 3), (4, None), (6, 4)]
TO_THE_END: list[Numbers] = [(6, 5), (7, 6), (5, 7)]


@pytest.mark.parametrize(
    ("numbers", "runs"),
    [
        (RETIRED, [(10, None, 1, None), (11, 10, 93, -1)]),
        (TWO_RETIRED, [(1, None, 1, None), (2, 1, 2, -1), (5, 3, 2, -2), (4, None, 1, None)]),
        (TO_THE_END, [(6, 5, 2, -1), (5, 7, 1, None)]),
        ([(None, 1), (None, 2), (1, 3), (2, 4)], [(None, 1, 1, None), (None, 2, 1, None), (1, 3, 2, 2)]),
        ([(1, 2), (3, 4), (2, 5), (3, 6)], [(1, 2, 1, None), (3, 4, 1, None), (2, 5, 2, 3)]),
        ([], []),
    ],
)
def test_neighbours_whose_numbers_shift_alike_are_one_run(
    numbers: list[Numbers], runs: list[tuple[int | None, int | None, int, int | None]]
) -> None:
    rows = [Renumbered(HERE, Kind.BASIC, was, now, f"ex-{at:04d}") for at, (was, now) in enumerate(numbers)]
    made = [run for group in renumbering_of(rows) for run in group.runs]
    assert [(run.first.before, run.first.after, run.count, run.shift) for run in made] == runs
    assert sum(run.count for run in made) == len(rows)


def test_what_a_burden_rule_said_stands_together_in_the_order_of_codes() -> None:
    some = [change(ChangeKind.RENAMED, f"x-{at}", rule=code) for at, code in enumerate(("BU003", "BU001", "BU003"))]
    assert [(group.rule, [one.duty for one in group.changes]) for group in by_rule(some)] == [
        ("BU001", ["x-1"]),
        ("BU003", ["x-0", "x-2"]),
    ]


def test_whatever_says_why_it_was_made_is_not_without_cause() -> None:
    causes = ("law", "reform: 三定方案", "两项工作同属一个流程；law", "上级不再要求")
    some = [change(ChangeKind.RENAMED, f"x-{at}", cause=cause) for at, cause in enumerate((*causes, None))]
    made = view(Comparison(tuple(some), (), ()))
    assert (made.summary.without_cause, [group.duty for group in made.uncaused]) == (1, ["x-4"])


def test_an_empty_comparison_has_nothing_to_tell() -> None:
    assert view(EMPTY).unchanged
    assert not WHOLE.unchanged


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(), 36),
        (Selection(township=HERE), 28),
        (Selection(township=THERE), 8),
        (Selection(department=POLICE), 2),
        (Selection(department="没有的部门"), 0),
        (Selection(kinds=frozenset({ChangeKind.ADDED, ChangeKind.LAYOUT})), 2),
        (Selection(lists=frozenset({Kind.RECLAIMED})), 8),
        (Selection(weights=frozenset({Weight.WORDING})), 11),
        (Selection(burdens=frozenset({Burden.LIGHTER})), 2),
        (Selection(township=HERE, burdens=frozenset({Burden.HEAVIER})), 6),
    ],
)
def test_a_selection_limits_the_changes(selection: Selection, count: int) -> None:
    made = view(selection=selection)
    assert made.summary.changes == count == sum(map(selection.wants, ALL))
    assert set(made.comparison.changes) <= set(ALL)


def test_a_change_in_several_duties_is_found_in_each_township_and_list() -> None:
    respelt = next(one for one in ALL if one.kind is ChangeKind.DEPARTMENT_RESPELT)
    for selection in (Selection(township=HERE), Selection(township=THERE), Selection(lists=frozenset({Kind.BASIC}))):
        assert selection.wants(respelt)
    assert not Selection(township="别处").wants(respelt)
    vocabulary = next(one for one in ALL if one.kind is ChangeKind.VOCABULARY_REVISED)
    assert not Selection(township=HERE).wants(vocabulary)
    assert not Selection(lists=frozenset({Kind.BASIC})).wants(vocabulary)


def test_a_township_limits_account_numbers_and_the_rest_too_and_nothing_else_does() -> None:
    there = view(selection=Selection(township=THERE))
    assert {row.township for row in there.comparison.account} == {THERE}
    assert [(group.township, group.count) for group in there.renumbering] == [(THERE, 1)]
    assert (there.successions, there.doubtful) == ((), ())
    heavier = view(selection=Selection(burdens=frozenset({Burden.HEAVIER}), department=WATER))
    for name in ("account", "renumbering", "successions", "pairs"):
        assert getattr(heavier.comparison, name) == getattr(comparison(), name)


def test_the_order_of_townships_is_the_order_of_the_comparison() -> None:
    some = [change(ChangeKind.RENAMED, f"x-{number}", township=name) for number, name in enumerate("乙甲乙")]
    made = view(Comparison((*some, change(ChangeKind.VOCABULARY_REVISED, None, township=None)), (), ()))
    assert [(group.township, group.count) for group in made.lists] == [(None, 1), ("乙", 2), ("甲", 1)]


def test_a_place_that_is_not_known_is_the_first_line() -> None:
    known, unknown = Spot("甲.toml", ("name",)), Spot("乙.toml", ("name",))
    places = Places({}, {known: Place(4, 1, 4, 9)})
    assert places.of(Site(None, unknown, known)) == (FIRST_LINE, Place(4, 1, 4, 9))
    assert places.of(Site(None, None, None)) == (None, None)


def test_rows_are_taken_as_they_are() -> None:
    assert account_row(Kind.BASIC, None, 1, 2, 3, 4, 5, 6, 7, 8) == AccountRow(
        HERE, Kind.BASIC, None, 1, 2, 3, 4, 5, 6, 7, 8
    )
