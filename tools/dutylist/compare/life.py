"""What each commit did to a duty, told as changes: the life of a duty, newest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dutylist.compare.runner import compare
from dutylist.model.change import Change
from dutylist.model.history import Chapter, History, Moment, Versions, predecessors
from dutylist.model.library import DUTIES, LEDGER_FILE, Library, TownshipFolder, category_of, duty_path
from dutylist.model.record import Record
from dutylist.model.township import Event, EventKind, Ledger

_NOTHING: Versions = {}
_TOWNSHIP = "乡镇"


def life(history: History, words: Library) -> Iterator[Chapter]:
    """A chapter for each commit that touched the duty or, before it was made of them, its predecessors.

    A merge commit is told only where it is like none of its parents, and of it only what it changed itself. `words` is
    the library whose vocabularies are used.
    """
    followed: dict[str, set[str]] = {}
    for moment in history.moments:
        ids = followed.pop(moment.commit.id, {history.duty})
        before = [parent.versions for parent in history.parents(moment)] or [_NOTHING]
        events = [history.between(versions, moment.versions) for versions in before]
        for parent, happened in zip(moment.commit.parents, events, strict=False):
            followed.setdefault(parent, set()).update(predecessors(ids, happened))
        own = [event for event in events[0] if all(event in some for some in events)]
        about = _told(ids, own)
        if all(_differ(versions, moment.versions, about) for versions in before):
            chapter = _chapter(moment, before, about, own, words)
            if len(before) == 1 or chapter.events or chapter.changes or chapter.unread:
                yield chapter


def _told(ids: Iterable[str], events: Sequence[Event]) -> set[str]:
    """The duties that a chapter is about: the ones followed, what they were made of, and what was split from them."""
    split = [event for event in events if event.kind is EventKind.SPLIT]
    away = {one for event in split if set(event.origin) & set(ids) for one in event.into}
    return {*predecessors(ids, events), *away}


def _differ(before: Versions, after: Versions, ids: Iterable[str]) -> bool:
    return any(before.get(one) != after.get(one) for one in ids)


def _chapter(
    moment: Moment, before: Sequence[Versions], about: set[str], events: Sequence[Event], words: Library
) -> Chapter:
    after = moment.versions
    told = tuple(event for event in events if about & {*event.origin, *event.into})
    involved = sorted(about.union(*({*event.origin, *event.into} for event in told)))
    was = [_library(versions, involved, (), words) for versions in before]
    now = _library(after, involved, told, words)
    changes = _common([compare(library, now).changes for library in was])
    known = {version.blob for versions in before for version in versions.values()}
    return Chapter(
        moment.commit,
        told,
        tuple(change for change in changes if about & {change.duty, *(site.duty for site in change.sites)}),
        tuple(one for duty, one in after.items() if duty in about and one.fault and one.blob not in known),
        _moved(before[0], after, about),
    )


def _common(compared: Sequence[Sequence[Change]]) -> list[Change]:
    """The changes that bring about what none of the parents had."""
    first, *others = compared
    return [change for change in first if all(_result(change) in map(_result, some) for some in others)]


def _result(change: Change) -> tuple[str | None, bool, str | None]:
    gone = change.after is None
    return change.duty, gone, change.before if gone else change.after


def _moved(before: Versions, after: Versions, about: Iterable[str]) -> tuple[str, str] | None:
    """The old and the new path of a file that went into the folder of another township, which no change tells."""
    paths = ((before[one].path, after[one].path) for one in sorted(about) if one in before and one in after)
    return next((pair for pair in paths if pair[0].split("/")[1] != pair[1].split("/")[1]), None)


def _library(versions: Versions, ids: Sequence[str], events: tuple[Event, ...], words: Library) -> Library:
    """These duties alone, all in a township of one name: a duty's own life does not depend on it."""
    records = tuple(
        Record(duty_path(_TOWNSHIP, category_of(version.path), one), version.duty)
        for one, version in versions.items()
        if one in ids and version.duty
    )
    ledger = Record(f"{DUTIES}/{_TOWNSHIP}/{LEDGER_FILE}", Ledger(next=1, events=events))
    return replace(words, townships=(TownshipFolder(_TOWNSHIP, None, ledger, records),))
