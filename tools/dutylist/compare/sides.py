"""The two sides of a comparison: where each duty stands on each, and what a township was called before."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dutylist.compare.account import Seat
from dutylist.compare.lists import Folders, Lists
from dutylist.compare.names import Names
from dutylist.model.duty import AnyDuty
from dutylist.model.library import Library, TownshipFolder, category_of
from dutylist.model.rank import rank_of


class Version(NamedTuple):
    """A duty on one side: its file, and the folder that it lies in."""

    township: str
    category: str
    path: str
    duty: AnyDuty


@dataclass(frozen=True)
class Sides:
    """BEFORE and AFTER; the duties in `same` are alike, the bytes of the paths in `touched` differ in any case."""

    before: Library
    after: Library
    same: Folders
    touched: Collection[str]

    @cached_property
    def names(self) -> Names:
        """Both vocabularies of departments as one."""
        return Names(self.before.vocabulary, self.after.vocabulary)

    @cached_property
    def old(self) -> dict[str, Version]:
        """The duties of BEFORE by id."""
        return _by_id(self.before)

    @cached_property
    def new(self) -> dict[str, Version]:
        """The duties of AFTER by id."""
        return _by_id(self.after)

    @cached_property
    def lists(self) -> tuple[Lists, Lists]:
        """The printed lists of both sides; the same twice where nothing that they show differs."""
        before = Lists(self.before, self.same)
        alike = not self.old and not self.new and self.before.category_order == self.after.category_order
        return before, before if alike else Lists(self.after, self.same)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The townships of AFTER that BEFORE has by another name: those with the same duties."""
        names = [lists.townships.keys() for lists in self.lists]
        if names[0] == names[1]:
            return {}
        moves = Counter(
            (version.township, self.old[duty].township) for duty, version in self.new.items() if duty in self.old
        )
        return {
            now: was
            for (now, was), _ in sorted(moves.items(), key=lambda move: (move[1], move[0]))
            if now not in names[0] and was not in names[1]
        }

    def seat_before(self, version: Version) -> Seat:
        """Where a duty of BEFORE stands, its township by the name in AFTER."""
        return Seat(self.township_now(version.township), version.duty.kind, version.category)

    def seat_after(self, version: Version) -> Seat:
        """Where a duty of AFTER stands."""
        return Seat(version.township, version.duty.kind, version.category)

    def township_now(self, name: str) -> str:
        """What AFTER calls a township of BEFORE."""
        return self._now.get(name, name)

    @cached_property
    def _now(self) -> dict[str, str]:
        return {was: now for now, was in self.renamed.items()}

    def number(self, side: int, version: Version) -> int:
        """The 序号 of a duty on side 0 (BEFORE) or 1 (AFTER)."""
        home = version.township, version.category
        return self.lists[side].number(home, rank_of(version.duty), version.duty.kind)

    @cached_property
    def townships(self) -> list[tuple[str, TownshipFolder | None, TownshipFolder | None]]:
        """Each township by its name in AFTER, with its folder on both sides."""
        old = {self.township_now(folder.name): folder for folder in self.before.townships}
        new = {folder.name: folder for folder in self.after.townships}
        return [(name, old.get(name), new.get(name)) for name in sorted({*old, *new})]


def _by_id(library: Library) -> dict[str, Version]:
    """The duties of a library by id, in the order of the ids."""
    found = {
        record.value.id: Version(folder.name, category_of(record.path), record.path, record.value)
        for folder, record in library.duties()
    }
    return dict(sorted(found.items()))
