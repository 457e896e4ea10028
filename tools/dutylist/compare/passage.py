"""Who came and who went between two sides, by which events, and what the account books of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dutylist.compare.account import Entries
from dutylist.compare.events import Fates, Turn, fates, retirements, turns
from dutylist.compare.sides import Sides
from dutylist.compare.succession import proposed, successions, texts_of
from dutylist.compare.text import without_punctuation
from dutylist.model.change import Succession
from dutylist.model.duty import AnyDuty
from dutylist.model.library import TownshipFolder
from dutylist.model.township import Ledger


@dataclass(frozen=True)
class Passage:
    """What became of the duties that only one side has."""

    sides: Sides

    @cached_property
    def gone(self) -> list[str]:
        """The duties that only BEFORE has."""
        return [duty for duty in self.sides.old if duty not in self.sides.new]

    @cached_property
    def come(self) -> list[str]:
        """The duties that only AFTER has."""
        return [duty for duty in self.sides.new if duty not in self.sides.old]

    @cached_property
    def townships(self) -> set[str]:
        """The townships in which duties came or went."""
        left = {self.sides.seat_before(self.sides.old[duty]).township for duty in self.gone}
        return left | {self.sides.new[duty].township for duty in self.come}

    @cached_property
    def turns(self) -> dict[str, list[Turn]]:
        """The mergers and splits of each township, by its name in AFTER."""
        return {name: turns(ledger_of(old), ledger_of(new)) for name, old, new in self.sides.townships}

    @cached_property
    def fates(self) -> Fates:
        """What the ledgers say of those who came and went."""
        every = [turn for some in self.turns.values() for turn in some]
        books = [(ledger_of(old), ledger_of(new)) for _, old, new in self.sides.townships]
        ended = {duty: event for old, new in books for duty, event in retirements(new, old).items()}
        revived = {duty: event for old, new in books for duty, event in retirements(old, new).items()}
        return fates(every, ended, revived, frozenset(self.gone), frozenset(self.come))

    @cached_property
    def entries(self) -> Entries:
        """The account's entries; those whose parts or heirs tell of them are netted against these."""
        sides, fates, entries = self.sides, self.fates, Entries()
        for duty, new in sides.new.items():
            if duty in sides.old:
                entries.move(sides.seat_before(sides.old[duty]), sides.seat_after(new))
        for duty in self.gone:
            seat = sides.seat_before(sides.old[duty])
            if duty in fates.dissolved:
                entries.book("split_gains", seat, -1)
            else:
                entries.book("merged_away" if duty in fates.merged else "retired", seat)
        for duty in self.come:
            seat = sides.seat_after(sides.new[duty])
            if duty in fates.composed:
                entries.book("merged_away", seat, -1)
            else:
                entries.book("split_gains" if duty in fates.split_off else "added", seat)
        return entries

    @cached_property
    def kept(self) -> dict[str, set[str]]:
        """The texts, without punctuation, that each survivor of a merger took over or each divided duty handed on."""
        texts: dict[str, set[str]] = {}
        for duty, turn in self.fates.merged.items():
            for heir in turn.into:
                texts.setdefault(heir, set()).update(_bare_texts(self.sides.old[duty].duty))
        for duty, turn in self.fates.split_off.items():
            for source in turn.origin:
                texts.setdefault(source, set()).update(_bare_texts(self.sides.new[duty].duty))
        return texts

    def successions(self) -> Iterator[Succession]:
        """The mergers and splits with what became of each clause, and those that only the texts tell of."""
        fates = self.fates
        told = {*fates.merged, *fates.split_off, *fates.dissolved, *fates.composed, *fates.retired}
        old = {duty: version.duty for duty, version in self.sides.old.items()}
        new = {duty: version.duty for duty, version in self.sides.new.items()}
        for township, some in self.turns.items():
            yield from successions(township, some, fates, old, new)
        gone, come = ([duty for duty in some if duty not in told] for some in (self.gone, self.come))
        for township in sorted(self.townships):
            was = [one for one in gone if self.sides.seat_before(self.sides.old[one]).township == township]
            now = [one for one in come if self.sides.new[one].township == township]
            yield from proposed(township, was, now, old, new)


def ledger_of(folder: TownshipFolder | None) -> Ledger | None:
    """What a township's ledger says, if it is there."""
    return folder.ledger.value if folder and folder.ledger else None


def _bare_texts(duty: AnyDuty) -> set[str]:
    return {without_punctuation(text) for _, text in texts_of(duty)}
