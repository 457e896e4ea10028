"""Which of these is which of those: one to one, exactly where it can be, else by likeness, as well as can be."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from dutylist.compare.text import likeness, without_layout, without_punctuation

Points = list[tuple[int, int]]
Scores = dict[tuple[int, int], float]

# Less like than this, two texts are two texts.
THRESHOLD = 0.5
# Where two pairings are equally like, the one with fewer crossings is better; where that is equal too, the texts
# decide, so that reading backwards finds the same one.
_FAINT, _FAINTER = 1e-6, 1e-9


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sequences of texts side by side: index pairs, those of them out of order, and what has no counterpart."""

    pairs: Points
    moved: frozenset[tuple[int, int]]
    removed: list[int]
    added: list[int]


def align(before: Sequence[str], after: Sequence[str], threshold: float = THRESHOLD) -> Alignment:
    """The best one-to-one pairing of two sequences; read backwards it is the pairing of `after` and `before`."""
    if before == after:
        return Alignment([(at, at) for at in range(len(before))], frozenset(), [], [])
    pairs: Points = []
    left, right = list(range(len(before))), list(range(len(after)))
    for form in (str, without_layout, without_punctuation):
        pairs += equal([(at, form(before[at])) for at in left], [(at, form(after[at])) for at in right])
        left, right = unpaired_in(pairs, len(before), len(after))
        if not left or not right:
            break
    else:
        found = by_likeness([before[at] for at in left], [after[at] for at in right], threshold)
        pairs += ((left[one], right[other]) for one, other, _ in found)
        left, right = unpaired_in(pairs, len(before), len(after))
    pairs.sort()
    moved = out_of_order(pairs, lambda pair: of_both(before[pair[0]], after[pair[1]]))
    return Alignment(pairs, moved, left, right)


def unpaired_in(pairs: Points, before: int, after: int) -> tuple[list[int], list[int]]:
    """What has no counterpart yet in sequences of these lengths."""
    left, right = {one for one, _ in pairs}, {other for _, other in pairs}
    return [at for at in range(before) if at not in left], [at for at in range(after) if at not in right]


def equal(before: Iterable[tuple[int, Hashable]], after: Iterable[tuple[int, Hashable]]) -> list[tuple[int, int]]:
    """Pairs of what has the same key, the first with the first, the second with the second."""
    waiting: dict[Hashable, list[int]] = {}
    for at, key in before:
        waiting.setdefault(key, []).append(at)
    pairs: Points = []
    for at, key in after:
        some = waiting.get(key)
        if some:
            pairs.append((some.pop(0), at))
    return pairs


def by_likeness(
    before: Sequence[str],
    after: Sequence[str],
    threshold: float,
    fits: Callable[[int, int], bool] | None = None,
) -> list[tuple[int, int, float]]:
    """The one-to-one pairing whose likeness sums up highest, of pairs that are at least as like as the threshold.

    Gives (index, index, likeness); only pairs that fit are taken into account, where `fits` says which.
    """
    scores = {
        (one, other): score
        for one, text in enumerate(before)
        for other, counterpart in enumerate(after)
        if (fits is None or fits(one, other))
        and (score := likeness(text, counterpart, threshold)) >= max(threshold, _FAINT)
    }
    pairs = [pair for part in _parts(scores) for pair in _best(part, before, after)]
    return sorted((one, other, scores[one, other]) for one, other in pairs)


def _parts(scores: Scores) -> Iterator[Scores]:
    """The scores by groups that have nothing to do with each other: nearly all hold a pair or two."""
    of: dict[tuple[str, int], Scores] = {}
    for (one, other), score in scores.items():
        mine, theirs = of.get(("before", one), {}), of.get(("after", other), {})
        joined = mine if mine is theirs else {**mine, **theirs}
        joined[one, other] = score
        for row, column in joined:
            of["before", row] = of["after", column] = joined
    yield from {id(part): part for part in of.values()}.values()


def _best(scores: Scores, before: Sequence[str], after: Sequence[str]) -> Points:
    """The best assignment within one group (Kuhn and Munkres, by shortest augmenting paths)."""
    if len(scores) == 1:
        return list(scores)
    rows, columns = sorted({one for one, _ in scores}), sorted({other for _, other in scores})
    if len(rows) > len(columns):
        turned = {(other, one): score for (one, other), score in scores.items()}
        return [(one, other) for other, one in _best(turned, after, before)]
    far = max(rows[-1], columns[-1]) ** 2 or 1
    costs = [
        [
            -_worth(scores.get((row, column), 0.0), (row - column) ** 2 / far, of_both(before[row], after[column]))
            for column in columns
        ]
        for row in rows
    ]
    pairs = [(rows[row], columns[column]) for row, column in _assigned(costs)]
    return [pair for pair in pairs if pair in scores]


def _worth(score: float, distance: float, texts: str) -> float:
    return score - _FAINT * distance + _FAINTER * _mark(texts) / (1 << 32) if score else 0.0


def of_both(before: str, after: str) -> str:
    """The two texts as one, whichever comes first."""
    return "\0".join(sorted((before, after)))


def _mark(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _assigned(costs: list[list[float]]) -> Points:
    """(row, column) pairs of the cheapest assignment of every row; there are at least as many columns as rows."""
    infinity = float("inf")
    height, width = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, height + 1):
        row_of[0], column = row, 0
        least, came_from, seen = [infinity] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while row_of[column]:
            seen[column] = True
            here, delta, nearest = row_of[column], infinity, 0
            for other in range(1, width + 1):
                if seen[other]:
                    continue
                cost = costs[here - 1][other - 1] - row_price[here] - column_price[other]
                if cost < least[other]:
                    least[other], came_from[other] = cost, column
                if least[other] < delta:
                    delta, nearest = least[other], other
            for other in range(width + 1):
                if seen[other]:
                    row_price[row_of[other]] += delta
                    column_price[other] -= delta
                else:
                    least[other] -= delta
            column = nearest
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return [(row_of[column] - 1, column - 1) for column in range(1, width + 1) if row_of[column]]


def out_of_order(
    pairs: Points, mark: Callable[[tuple[int, int]], str], steady: Collection[tuple[int, int]] = ()
) -> frozenset[tuple[int, int]]:
    """The fewest pairs without which all others stand in one order on both sides.

    `pairs` are sorted by their first index; those that are `steady` did not move. Where it could be one or another,
    `mark`, the same text in both directions, decides, so that reading backwards gives the same pairs.
    """
    if all(one[1] < other[1] for one, other in pairwise(pairs)):
        return frozenset()
    # A steady pair outweighs all others; each counts for one, and a little for its text, which settles ties.
    one, many = 1 << 64, (1 << 64) * (len(pairs) + 1)
    worth = [(many if pair in steady else one) + _mark(mark(pair)) * (sum(pair) + 1) for pair in pairs]
    previous, last = _heaviest(pairs, worth)
    kept = set()
    while last >= 0:
        kept.add(pairs[last])
        last = previous[last]
    return frozenset(pair for pair in pairs if pair not in kept)


def _heaviest(pairs: Points, worth: Sequence[int]) -> tuple[list[int], int]:
    """The increasing run of the greatest worth: for each pair the one before it, and the last one of the run."""
    ranks = {other: rank for rank, other in enumerate(sorted(other for _, other in pairs), 1)}
    # A Fenwick tree of maxima: the best run that ends at or below a rank.
    tree: list[tuple[int, int]] = [(0, -1)] * (len(pairs) + 1)
    previous, best = [-1] * len(pairs), (0, -1)
    for at, (_, other) in enumerate(pairs):
        run, rank = (0, -1), ranks[other] - 1
        while rank:
            run, rank = max(run, tree[rank]), rank & (rank - 1)
        previous[at], mine, rank = run[1], (run[0] + worth[at], at), ranks[other]
        best = max(best, mine)
        while rank < len(tree):
            tree[rank], rank = max(tree[rank], mine), rank + (rank & -rank)
    return previous, best[1]
