"""The account: for each list and category, what came and what went, and whether that explains the difference."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dutylist.compare.lists import Lists, townships_of
from dutylist.model.change import AccountRow
from dutylist.model.duty import Kind

_COLUMNS = ("added", "split_gains", "moved_in", "retired", "merged_away", "moved_out")


class Seat(NamedTuple):
    """Where a duty stands: its township by the name in AFTER, its list, its category."""

    township: str
    kind: Kind
    category: str


class Entries:
    """What came and went, booked for the category and for the list."""

    def __init__(self) -> None:
        self._of_category: dict[tuple[str, Kind, str], Counter[str]] = {}
        self._of_list: dict[tuple[str, Kind], Counter[str]] = {}

    def book(self, column: str, seat: Seat, number: int = 1) -> None:
        """Counts duties that came to a seat or left it."""
        self._of_category.setdefault(seat, Counter())[column] += number
        self._of_list.setdefault((seat.township, seat.kind), Counter())[column] += number

    def move(self, was: Seat, now: Seat) -> None:
        """Counts a duty that changed its seat; inside one list nothing came to the list and nothing left it."""
        if was == now:
            return
        self._of_category.setdefault(was, Counter())["moved_out"] += 1
        self._of_category.setdefault(now, Counter())["moved_in"] += 1
        if (was.township, was.kind) != (now.township, now.kind):
            self._of_list.setdefault((was.township, was.kind), Counter())["moved_out"] += 1
            self._of_list.setdefault((now.township, now.kind), Counter())["moved_in"] += 1

    def row(self, township: str, kind: Kind, category: str | None, before: int, after: int) -> AccountRow:
        """The row of a list, or of one category in it."""
        if category is None:
            booked = self._of_list.get((township, kind))
        else:
            booked = self._of_category.get((township, kind, category))
        if booked is None:
            return AccountRow(township, kind, category, before, 0, 0, 0, 0, 0, 0, after)
        return AccountRow(township, kind, category, before, **{name: booked[name] for name in _COLUMNS}, after=after)


def account(before: Lists, after: Lists, renamed: Mapping[str, str], entries: Entries) -> Iterator[AccountRow]:
    """A row for each list of each township, then one for each of its categories that either side has."""
    for township in townships_of(before, after, renamed):
        was = renamed.get(township, township)
        categories = _merged(before.townships.get(was, ()), after.townships.get(township, ()))
        old_counts = [before.counts((was, category)) for category in categories]
        same = before is after and was == township
        new_counts = old_counts if same else [after.counts((township, category)) for category in categories]
        counts = list(zip(old_counts, new_counts, strict=True))
        for at, kind in enumerate(Kind):
            totals = sum(old[at] for old, _ in counts), sum(new[at] for _, new in counts)
            yield entries.row(township, kind, None, *totals)
            for category, (old, new) in zip(categories, counts, strict=True):
                if old[at] or new[at]:
                    yield entries.row(township, kind, category, old[at], new[at])


def _merged(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The categories of both sides in the order of AFTER; those that only BEFORE has at the end."""
    return list(dict.fromkeys([*after, *before]))
