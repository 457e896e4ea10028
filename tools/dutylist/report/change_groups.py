"""Sorts, groups and counts what a comparison found, for its view."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from dutylist.model.change import AccountRow, Burden, Change, Pair, Renumbered, Weight
from dutylist.model.duty import Kind

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class DutyChanges:
    """The changes of one duty, substantive ones first; `duty` None: of what is no duty or of several together."""

    duty: str | None
    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """One of the changes: name and numbers of the duty are the same in all of them."""
        return self.changes[0]


@dataclass(frozen=True, slots=True)
class CategoryChanges:
    """The duties of one category that changed."""

    category: str | None
    duties: tuple[DutyChanges, ...]


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What changed in one list of a township; both are None for what is above townships or lists."""

    township: str | None
    kind: Kind | None
    count: int
    categories: tuple[CategoryChanges, ...]


@dataclass(frozen=True, slots=True)
class DepartmentChanges:
    """How much of what changed concerns a department."""

    name: str
    changes: int
    substantive: int
    heavier: int
    lighter: int


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """The changes of which one burden rule spoke."""

    rule: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NumberRun:
    """Neighbouring duties whose numbers all differ by the same `shift`; None: a duty that stands alone."""

    first: Renumbered
    last: Renumbered
    count: int
    shift: int | None


@dataclass(frozen=True, slots=True)
class RenumberedList:
    """The numbers that differ in one list of a township: of `count` duties."""

    township: str
    kind: Kind
    count: int
    runs: tuple[NumberRun, ...]


def lists_of(changes: Iterable[Change]) -> tuple[ListChanges, ...]:
    """By township and list: what is above all townships first, and in each township what is above its lists."""
    groups = [
        ListChanges(township, kind, len(some), tuple(_categories(some)))
        for (township, kind), some in _grouped(changes, lambda change: (change.township, change.list_kind))
    ]
    met = {group.township: number for number, group in reversed(list(enumerate(groups)))}
    return tuple(
        sorted(groups, key=lambda one: (one.township is not None, met[one.township], _KIND_RANKS.get(one.kind, 0)))
    )


def duties_of(changes: Iterable[Change]) -> Iterator[DutyChanges]:
    """By duty, each with its substantive changes first."""
    for duty, some in _grouped(changes, lambda change: change.duty):
        yield DutyChanges(duty, tuple(sorted(some, key=lambda change: change.weight is not Weight.SUBSTANTIVE)))


def departments_of(changes: Iterable[Change]) -> tuple[DepartmentChanges, ...]:
    """Every department concerned, those with most changes first."""
    concerned: dict[str, list[Change]] = {}
    for change in changes:
        for name in change.departments:
            concerned.setdefault(name, []).append(change)
    counted = (
        DepartmentChanges(
            name,
            len(some),
            sum(change.weight is Weight.SUBSTANTIVE for change in some),
            sum(change.burden is Burden.HEAVIER for change in some),
            sum(change.burden is Burden.LIGHTER for change in some),
        )
        for name, some in concerned.items()
    )
    return tuple(sorted(counted, key=lambda one: (-one.changes, one.name)))


def renumbering_of(rows: Iterable[Renumbered]) -> tuple[RenumberedList, ...]:
    """By township and list."""
    grouped = _grouped(rows, lambda row: (row.township, row.kind))
    return tuple(
        RenumberedList(township, kind, len(some), tuple(map(_run, _neighbours(some))))
        for (township, kind), some in grouped
    )


def by_rule(changes: Iterable[Change]) -> tuple[RuleChanges, ...]:
    """By the rule that spoke, in the order of their codes."""
    grouped = _grouped(changes, lambda change: change.rule or "")
    return tuple(RuleChanges(code, tuple(some)) for code, some in sorted(grouped, key=lambda group: group[0]))


def lively(rows: Iterable[AccountRow]) -> tuple[AccountRow, ...]:
    """The rows of lists, and of those categories in which something happened."""
    return tuple(row for row in rows if row.category is None or _happened(row))


def pairs_in_doubt(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The pairs that someone should look at: proposals first, then what was taken though the texts differ."""
    return tuple(sorted((pair for pair in pairs if not _certain(pair)), key=lambda pair: pair.taken))


_KIND_RANKS: dict[Kind | None, int] = {kind: rank for rank, kind in enumerate(Kind, 1)}


def _neighbours(rows: Iterable[Renumbered]) -> list[list[Renumbered]]:
    """The rows with those together whose numbers go on one by one on both sides; who came or went parts no others."""
    runs: list[list[Renumbered]] = []
    latest: list[Renumbered] = []
    for row in rows:
        if latest and (row.before, row.after) == _next(latest[-1]):
            latest.append(row)
            continue
        runs.append([row])
        latest = runs[-1] if _next(row) else latest
    return runs


def _next(row: Renumbered) -> tuple[int, int] | None:
    """The numbers of a neighbour behind; None where the duty stands on one side only."""
    return None if row.before is None or row.after is None else (row.before + 1, row.after + 1)


def _run(rows: list[Renumbered]) -> NumberRun:
    first, last = rows[0], rows[-1]
    alone = len(rows) == 1 or first.before is None or first.after is None
    return NumberRun(first, last, len(rows), None if alone else (first.after or 0) - (first.before or 0))


def _certain(pair: Pair) -> bool:
    return pair.taken and pair.likeness >= 1


def _categories(changes: Iterable[Change]) -> Iterator[CategoryChanges]:
    for category, some in _grouped(changes, lambda change: change.category):
        yield CategoryChanges(category, tuple(duties_of(some)))


def _happened(row: AccountRow) -> bool:
    came_or_went = (row.added, row.split_gains, row.moved_in, row.retired, row.merged_away, row.moved_out)
    return any(came_or_went) or row.before != row.after


def _grouped(some: Iterable[T], key: Callable[[T], K]) -> Iterator[tuple[K, list[T]]]:
    """Groups in the order in which each is met first."""
    groups: dict[K, list[T]] = {}
    for one in some:
        groups.setdefault(key(one), []).append(one)
    yield from groups.items()
