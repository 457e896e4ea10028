"""The past of a duty as values: commits, what its files said at each, which numbers became which others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dutylist.model.change import Change
from dutylist.model.consultation import Opinion
from dutylist.model.duty import AnyDuty
from dutylist.model.finding import FieldPath
from dutylist.model.township import Event, EventKind

_SHORT = 10


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touched the files in question; `parents` are the nearest ones before it that did so too.

    `date` is the author's, as ISO 8601; `cause` the `Cause:` trailers of the message, None where there are none.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    date: str
    subject: str
    cause: str | None

    @property
    def short(self) -> str:
        """The id as it is shown: always equally long, so that the same history gives the same bytes."""
        return self.id[:_SHORT]

    @property
    def day(self) -> str:
        """The date without the time."""
        return self.date[:10]


@dataclass(frozen=True, slots=True)
class Version:
    """What the file of a duty was at a commit.

    Where it could not be read, `fault` says why, and `duty` is what it said before; None where it never said anything.
    """

    path: str
    blob: str
    duty: AnyDuty | None
    fault: str | None = None


Versions = Mapping[str, Version]
"""By id, which the name of the file says; an id that is not there had no file."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A commit and what stood there of the duties in question."""

    commit: Commit
    versions: Versions


@dataclass(frozen=True)
class History:
    """All that is needed to tell the life of `duty`: every commit that touched it or a relative, newest first.

    `events` are what the ledger says became of it and of its predecessors.
    """

    duty: str
    moments: tuple[Moment, ...]
    events: tuple[Event, ...]

    @cached_property
    def by_commit(self) -> dict[str, Moment]:
        """The moments by the id of their commit."""
        return {moment.commit.id: moment for moment in self.moments}

    @cached_property
    def latest(self) -> Moment | None:
        """The newest commit at which the duty could be read: where its life ended, or stands now."""
        return next((one for one in self.moments if self.duty in one.versions and one.versions[self.duty].duty), None)

    @property
    def is_there(self) -> bool:
        """Whether the duty still had a file at the end."""
        return bool(self.moments) and self.duty in self.moments[0].versions

    def parents(self, moment: Moment) -> list[Moment]:
        """What was before; nothing at the beginning."""
        return [self.by_commit[parent] for parent in moment.commit.parents]

    def between(self, before: Versions, after: Versions) -> tuple[Event, ...]:
        """The events that happened from one commit to the next: their numbers went, or came."""
        return tuple(event for event in self.events if _happened(event, before, after))


def _happened(event: Event, before: Versions, after: Versions) -> bool:
    if event.kind is EventKind.SPLIT:
        came = any(one in after and one not in before for one in event.into if one not in event.origin)
        return came and any(one in before for one in event.origin)
    return any(one in before and one not in after for one in event.origin if one not in event.into)


def predecessors(ids: Iterable[str], events: Sequence[Event]) -> tuple[str, ...]:
    """`ids`, each once, and behind them what these events made them of."""
    own = tuple(ids)
    return tuple(
        dict.fromkeys([*own, *(one for event in events if set(own) & set(event.into) for one in event.origin)])
    )


def events_of(duty: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that tell where a duty comes from, through all its predecessors, and what became of these."""
    family: tuple[str, ...] = ()
    grown = predecessors([duty], events)
    while grown != family:
        family, grown = grown, predecessors(grown, events)
    return tuple(event for event in events if set(family) & {*event.origin, *event.into})


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one commit did to a duty: events of the ledger, changes, and files that could not be read there.

    `moved` are the paths before and after where the file went into the folder of another township.
    """

    commit: Commit
    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    unread: tuple[Version, ...]
    moved: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Consulted:
    """What a consultation says of a commit: the leg in which it was made, and the opinions that it follows."""

    leg: str
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a duty as it is printed by itself: name, department, heading, paragraph, clause or legal basis.

    `owner` is the department whose part it stands in.
    """

    at: FieldPath
    text: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A piece, and since which commit it stands: in the history of which duty, where several became one."""

    piece: Piece
    duty: str
    commit: Commit
