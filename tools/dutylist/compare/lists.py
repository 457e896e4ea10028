"""The lists as they are printed: which 序号 a duty has, who stands in which list, whose number differs."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from dutylist.model.change import Renumbered
from dutylist.model.duty import Kind
from dutylist.model.library import Library, category_of
from dutylist.model.rank import Rank, behind, first_of, id_in, rank_of

Home = tuple[str, str]
"""A township and a category in it."""

Counts = tuple[int, int, int]
"""Numbers of duties by list, in the order of `Kind`."""

_PLACES = {kind: place for place, kind in enumerate(Kind)}
_NONE: Counts = (0, 0, 0)
_RECLAIMED, _SUPPORTING = first_of(Kind.RECLAIMED), first_of(Kind.SUPPORTING)

Folders = Mapping[Home, Sequence[Rank]]


class Lists:
    """All lists of one side: those of its records, and `same`, the ranks of the duties that both sides have alike."""

    def __init__(self, library: Library, same: Folders) -> None:
        self._order = library.category_order
        self._records: dict[Home, list[Rank]] = {}
        for folder, record in library.duties():
            self._records.setdefault((folder.name, category_of(record.path)), []).append(rank_of(record.value))
        self._same = same

    @cached_property
    def folders(self) -> Folders:
        """The sorted ranks of each folder; a folder without records keeps the sequence that it was given."""
        joined = {home: sorted([*self._same.get(home, ()), *ranks]) for home, ranks in self._records.items()}
        return {**self._same, **joined}

    @cached_property
    def townships(self) -> dict[str, list[str]]:
        """The categories of each township in printed order."""
        found: dict[str, list[str]] = {}
        for township, category in self.folders:
            found.setdefault(township, []).append(category)
        unknown = len(self._order)
        return {
            township: sorted(categories, key=lambda category: (self._order.get(category, unknown), category))
            for township, categories in found.items()
        }

    @cached_property
    def _starts(self) -> dict[str, dict[str, Counts]]:
        return {}

    def number(self, home: Home, rank: Rank, kind: Kind) -> int:
        """The 序号 of the duty with this rank in its list."""
        ranks = self.folders[home]
        inside = bisect_left(ranks, rank) - bisect_left(ranks, first_of(kind))
        return self._starts_in(home[0])[home[1]][_PLACES[kind]] + inside + 1

    def counts(self, home: Home) -> Counts:
        """How many duties of each list stand in a folder."""
        ranks = self.folders.get(home)
        if not ranks:
            return _NONE
        # The ranks of the reclaimed stand before those of the supporting.
        reclaimed, supporting = bisect_left(ranks, _RECLAIMED), bisect_left(ranks, _SUPPORTING)
        return reclaimed, len(ranks) - supporting, supporting - reclaimed

    def line(self, township: str, kind: Kind) -> Iterator[str]:
        """The ids of a list in printed order."""
        for category in self.townships.get(township, ()):
            yield from self.family((township, category), kind)

    def family(self, home: Home, kind: Kind) -> Iterator[str]:
        """The ids of a list in one folder, in printed order."""
        ranks = self.folders.get(home, ())
        return map(id_in, ranks[bisect_left(ranks, first_of(kind)) : bisect_left(ranks, behind(kind))])

    def _starts_in(self, township: str) -> dict[str, Counts]:
        """How many duties of each list stand before each category of a township."""
        starts = self._starts.get(township)
        if starts is None:
            basic = supporting = reclaimed = 0
            starts = self._starts[township] = {}
            for category in self.townships[township]:
                starts[category] = basic, supporting, reclaimed
                here = self.counts((township, category))
                basic, supporting, reclaimed = basic + here[0], supporting + here[1], reclaimed + here[2]
        return starts


def renumbered(before: Lists, after: Lists, renamed: Mapping[str, str]) -> Iterator[Renumbered]:
    """The duties whose 序号 differs, by township, list and number; `renamed` says what a township was called before."""
    for township in townships_of(before, after, renamed):
        was = renamed.get(township, township)
        if _same_order(before, after, was, township):
            continue
        for kind in Kind:
            old = {duty: number for number, duty in enumerate(before.line(was, kind), 1)}
            new = {duty: number for number, duty in enumerate(after.line(township, kind), 1)}
            for duty in sorted(old | new, key=lambda duty: (new.get(duty, old.get(duty, 0)), duty)):
                if old.get(duty) != new.get(duty):
                    yield Renumbered(township, kind, old.get(duty), new.get(duty), duty)


def townships_of(before: Lists, after: Lists, renamed: Mapping[str, str]) -> Iterable[str]:
    """Every township by its name in AFTER, those that only BEFORE has by the name there."""
    gone = set(before.townships) - set(renamed.values())
    return sorted({*after.townships, *gone})


def _same_order(before: Lists, after: Lists, was: str, now: str) -> bool:
    categories = before.townships.get(was)
    return categories == after.townships.get(now) and all(
        before.folders[was, category] == after.folders[now, category] for category in categories or ()
    )
