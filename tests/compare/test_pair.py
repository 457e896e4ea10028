"""Which text is which: exact first, then as well as can be, checked against trying everything."""

from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.compare.pair import Alignment, Points, align, by_likeness, equal, out_of_order, unpaired_in
from dutylist.compare.text import likeness

A, B, C, D = "组织开展防汛巡查；", "收缴农业用水水费；", "宣传节约用水知识；", "建立物资储备台账。"

ALIGNED: dict[str, tuple[list[str], list[str], Points, set[tuple[int, int]], list[int], list[int]]] = {
    "nothing": ([], [], [], set(), [], []),
    "the same": ([A, B], [A, B], [(0, 0), (1, 1)], set(), [], []),
    "one put first": ([A, B], [C, A, B], [(0, 1), (1, 2)], set(), [], [0]),
    "one put between": ([A, B], [A, C, B], [(0, 0), (1, 2)], set(), [], [1]),
    "one removed": ([A, B, C], [A, C], [(0, 0), (2, 1)], set(), [1], []),
    "the last put first": ([A, B, C], [C, A, B], [(0, 1), (1, 2), (2, 0)], {(2, 0)}, [], []),
    "the first put last": ([A, B, C], [B, C, A], [(0, 2), (1, 0), (2, 1)], {(0, 2)}, [], []),
    "one rewritten": ([A, B], [A, B.replace("收缴", "征收")], [(0, 0), (1, 1)], set(), [], []),
    "one replaced": ([A, B], [A, D], [(0, 0)], set(), [1], [1]),
    "one twice": ([A, A], [A, B, A], [(0, 0), (1, 2)], set(), [], [1]),
    "one of two alike gone": ([A, A], [A], [(0, 0)], set(), [1], []),
    "rewritten and moved": (
        [A, B, C, D],
        [D.replace("。", "；"), A, B, C.replace("知识", "常识")],
        [(0, 1), (1, 2), (2, 3), (3, 0)],
        {(3, 0)},
        [],
        [],
    ),
    "only its layout": ([A, B], [B, A.replace("；", ";")], [(0, 1), (1, 0)], {(1, 0)}, [], []),
}


@pytest.mark.parametrize(("before", "after", "pairs", "moved", "removed", "added"), ALIGNED.values(), ids=ALIGNED)
def test_align(
    before: list[str],
    after: list[str],
    pairs: Points,
    moved: set[tuple[int, int]],
    removed: list[int],
    added: list[int],
) -> None:
    found = align(before, after)
    assert (found.pairs, found.removed, found.added) == (pairs, removed, added)
    # Which of two that changed places moved is a matter of taste, but it is one of them.
    assert len(found.moved) == len(moved)
    assert found.moved <= set(pairs)
    if len(pairs) > 2:
        assert found.moved == moved


lines = st.lists(st.text("甲乙丙丁", max_size=5), max_size=5)


def turned(found: Alignment) -> tuple[Points, set[tuple[int, int]], list[int], list[int]]:
    pairs = sorted((other, one) for one, other in found.pairs)
    return pairs, {(other, one) for one, other in found.moved}, found.added, found.removed


@given(lines, lines)
def test_alignment_is_one_to_one_whole_and_the_same_backwards(before: list[str], after: list[str]) -> None:
    found = align(before, after)
    assert sorted([*(one for one, _ in found.pairs), *found.removed]) == list(range(len(before)))
    assert sorted([*(other for _, other in found.pairs), *found.added]) == list(range(len(after)))
    steady = sorted(set(found.pairs) - found.moved)
    assert [other for _, other in steady] == sorted(other for _, other in steady)
    backwards = align(after, before)
    assert [(len(found.pairs), len(found.moved))] == [(len(backwards.pairs), len(backwards.moved))]
    # Texts that stand once on each side are told alike in both directions.
    if len({*before}) == len(before) and len({*after}) == len(after):
        assert turned(backwards) == (found.pairs, set(found.moved), found.removed, found.added)


def every_pairing(before: int, after: int) -> list[Points]:
    """All one-to-one pairings of two short sequences."""
    return [
        list(zip(some, others, strict=True))
        for size in range(min(before, after) + 1)
        for some in combinations(range(before), size)
        for others in permutations(range(after), size)
    ]


@given(
    st.lists(st.text("甲乙丙", min_size=1, max_size=5), max_size=4),
    st.lists(st.text("甲乙丙", min_size=1, max_size=5), max_size=4),
    st.sampled_from((0.0, 0.3, 0.5)),
)
def test_no_pairing_is_more_like(before: list[str], after: list[str], threshold: float) -> None:
    def score(pairs: Points) -> float:
        return sum(likeness(before[one], after[other], threshold) for one, other in pairs)

    found = by_likeness(before, after, threshold)
    assert all(like == likeness(before[one], after[other]) >= threshold for one, other, like in found)
    best = max(map(score, every_pairing(len(before), len(after))))
    assert abs(sum(like for _, _, like in found) - best) < 1e-4


def test_only_what_fits_is_paired() -> None:
    assert by_likeness([A, B], [A, B], 0.5, lambda one, other: one != other) == []
    assert by_likeness([A, B], [A, B], 0.5) == [(0, 0, 1.0), (1, 1, 1.0)]


def test_equal_pairs_the_first_with_the_first() -> None:
    assert equal(enumerate("abca"), enumerate("aaxcb")) == [(0, 0), (3, 1), (2, 3), (1, 4)]
    assert unpaired_in([(0, 0), (3, 1)], 4, 3) == ([1, 2], [2])


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_as_few_as_possible_are_out_of_order(order: list[int], still: set[int]) -> None:
    pairs = list(enumerate(order))

    def in_order(some: Points) -> bool:
        return all(one[1] < other[1] for one, other in pairwise(some))

    moved = out_of_order(pairs, lambda pair: str(pair[1]))
    assert in_order([pair for pair in pairs if pair not in moved])
    longest = max(len(some) for size in range(8) for some in combinations(pairs, size) if in_order(list(some)))
    assert len(moved) == len(pairs) - longest
    steady = {pair for pair in pairs if pair[1] in still}
    if in_order(sorted(steady)):
        assert not steady & out_of_order(pairs, lambda pair: str(pair[1]), steady)
