"""What the ledgers say became of numbers between two revisions."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dutylist.model.township import Event, EventKind, Ledger

_BACKWARDS = {EventKind.MERGE: EventKind.SPLIT, EventKind.SPLIT: EventKind.MERGE}


@dataclass(frozen=True, slots=True)
class Turn:
    """A merge or split between the two revisions, read forwards; `event` is the ledger's own."""

    kind: EventKind
    origin: tuple[str, ...]
    into: tuple[str, ...]
    event: Event


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of each duty that only one side has; a duty that is in neither was simply retired or added.

    `merged` and `split_off` are told of as changes and name the others; `dissolved` went into its parts and
    `composed` came of its parts, which tell of it.
    """

    merged: dict[str, Turn]
    split_off: dict[str, Turn]
    dissolved: frozenset[str]
    composed: frozenset[str]
    retired: dict[str, Event]

    def told(self, event: Event) -> bool:
        """Whether a change tells of this event."""
        turns = (*self.merged.values(), *self.split_off.values())
        return any(turn.event is event for turn in turns) or any(one is event for one in self.retired.values())

    def reason(self, duty: str) -> str | None:
        """Why a ledger says that a duty came or went."""
        turn = self.merged.get(duty) or self.split_off.get(duty)
        event = turn.event if turn else self.retired.get(duty)
        return event.reason if event else None


def turns(before: Ledger | None, after: Ledger | None) -> list[Turn]:
    """The merges and splits that only one side's ledger has; those of BEFORE are read backwards, the last one first."""
    old, new = only_in(before, after), only_in(after, before)
    forwards = [Turn(event.kind, event.origin, event.into, event) for event in new if event.kind in _BACKWARDS]
    known = [event for event in reversed(old) if event.kind in _BACKWARDS]
    backwards = [Turn(_BACKWARDS[event.kind], event.into, event.origin, event) for event in known]
    return backwards + forwards


def only_in(ledger: Ledger | None, other: Ledger | None) -> list[Event]:
    """The events of a ledger that the other does not have."""
    known = Counter(other.events if other else ())
    found = []
    for event in ledger.events if ledger else ():
        if known[event]:
            known[event] -= 1
        else:
            found.append(event)
    return found


def retirements(ledger: Ledger | None, other: Ledger | None) -> dict[str, Event]:
    """The duties that were retired by a ledger and not by the other, with the event."""
    events = (event for event in only_in(ledger, other) if event.kind is EventKind.RETIRE)
    return {duty: event for event in events for duty in event.origin}


def fates(
    some: Sequence[Turn],
    ended: Mapping[str, Event],
    revived: Mapping[str, Event],
    gone: Collection[str],
    come: Collection[str],
) -> Fates:
    """What the turns and the retirements say of the duties that are gone and those that have come."""
    merges = [turn for turn in some if turn.kind is EventKind.MERGE]
    splits = [turn for turn in some if turn.kind is EventKind.SPLIT]
    # Where several claim a duty, the first one took it away and the last one brought it, read in either direction.
    merged = {one: turn for turn in reversed(merges) for one in turn.origin if one in gone and one not in turn.into}
    split_off = {one: turn for turn in splits for one in turn.into if one in come and one not in turn.origin}
    dissolved = {duty for turn in split_off.values() for duty in turn.origin if duty in gone and duty not in merged}
    composed = {duty for turn in merged.values() for duty in turn.into if duty in come and duty not in split_off}
    told = {*merged, *split_off, *dissolved, *composed}
    # What BEFORE had retired and AFTER did not came back.
    retired = {one: event for one, event in ended.items() if one in gone and one not in told}
    retired |= {one: event for one, event in revived.items() if one in come and one not in told}
    return Fates(merged, split_off, frozenset(dissolved), frozenset(composed), retired)


def heirs(duty: str, some: Sequence[Turn]) -> Iterator[str]:
    """The duties that a duty's text may stand in now: itself, and all that it became, step by step."""
    found = {duty: None}
    for turn in some:
        if found.keys() & set(turn.origin):
            found |= dict.fromkeys(turn.into)
    return iter(found)
