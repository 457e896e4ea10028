"""Two snapshots as far as they differ: the records of what differs, and the ranks of all other duties."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dutylist.model.finding import Finding
from dutylist.model.library import (
    CATEGORIES_FILE,
    DEPARTMENTS_FILE,
    DUTIES,
    LEDGER_FILE,
    TOWNSHIP_FILE,
    Library,
    Record,
    TownshipFolder,
    duty_path,
)
from dutylist.model.rank import Rank, id_in, rank_of
from dutylist.model.township import Event, Ledger
from dutylist.store.git import Revision, blobs
from dutylist.store.ranks import RankCache, rank_in, ranks_of
from dutylist.store.read import is_readable, read_quickly, read_record, role_of
from dutylist.store.snapshot import Snapshot

VOCABULARIES = (CATEGORIES_FILE, DEPARTMENTS_FILE)
Homes = dict[tuple[str, str], list[Rank]]


@dataclass
class Side:
    """What was read of one side, and the findings in files that yield no value."""

    snapshot: Snapshot
    ids: dict[str, str]
    records: dict[str, Record[Any]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    @property
    def library(self) -> Library:
        """What was read, as a library."""
        folders: dict[str, list[Record[Any]]] = {}
        for path, record in self.records.items():
            if path not in VOCABULARIES:
                folders.setdefault(path.split("/")[1], []).append(record)
        townships = tuple(_folder(name, some) for name, some in sorted(folders.items()))
        return Library(townships, *(self.records.get(path) for path in VOCABULARIES))

    def read(self, paths: Iterable[str]) -> None:
        """Reads the files of the library among `paths`, as far as this side has them."""
        wanted = [path for path in paths if path in self.ids and path not in self.records and role_of(path)]
        for path, content in self._contents(wanted):
            record = read_quickly(path, content) or self._read_slowly(path, content)
            if record:
                self.records[path], self.contents[path] = record, content

    def refuse_links(self, touched: Iterable[str]) -> None:
        """Links, pipes and what lies behind them are read by nobody: not to be taken for duties that are gone."""
        known = isinstance(self.snapshot, Revision)
        if known and all(role_of(path) for path in touched if path in self.ids):
            return
        for item in self.snapshot.items():
            odd = item.link is not None or item.size < 0
            if odd and not (known and role_of(item.path)):
                is_readable(item, self.faults)

    def _contents(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        if isinstance(self.snapshot, Revision):
            ids = [self.ids[path] for path in paths]
            return zip(paths, blobs(self.snapshot.repository, ids), strict=True)
        wanted = set(paths)
        items = [item for item in self.snapshot.items() if item.path in wanted]
        return self.snapshot.read([item.path for item in items if is_readable(item, self.faults)])

    def _read_slowly(self, path: str, content: bytes) -> Record[Any] | None:
        """The record of a file in which something is wrong; what that is goes to the faults if there is no value."""
        found: list[Finding] = []
        items = self.snapshot.items() if isinstance(self.snapshot, Revision) else ()
        ordinary = all(is_readable(item, found) for item in items if item.path == path)
        record = read_record(path, content, found) if ordinary else None
        self.faults += found if record is None else []
        return record


@dataclass(frozen=True)
class Differing:
    """Two sides as `compare` takes them: `same` are the ranks of the duties that both have alike, by folder.

    Files that both sides have alike are known by the beginning of their text alone; `touched` are the paths whose bytes
    differ, `faults` of each side are found in the others.
    """

    before: Side
    after: Side
    same: Homes
    touched: frozenset[str]

    @property
    def faults(self) -> tuple[list[Finding], list[Finding]]:
        """The findings in files that yield no value, of each side."""
        return self.before.faults, self.after.faults

    def doubles(self, side: Side) -> list[tuple[str, list[str]]]:
        """The ids that several files of a side claim, where one of these differs, with the paths."""
        paths: dict[str, list[str]] = {}
        for path, record in side.records.items():
            if role_of(path) == "duty":
                paths.setdefault(record.value.id, []).append(path)
        other = self.after if side is self.before else self.before
        there = {record.value.id for path, record in other.records.items() if role_of(path) == "duty"}
        lonely = paths.keys() - there
        for (township, category), ranks in self.same.items() if lonely else ():
            for duty in lonely & set(map(id_in, ranks)):
                paths[duty].append(duty_path(township, category, duty))
        return [(duty, some) for duty, some in paths.items() if len(some) > 1]


def differing(before: Snapshot, after: Snapshot, cache: RankCache) -> Differing:
    """Reads of two snapshots what differs, both vocabularies, and the duties that new events name."""
    one, other, touched = _sides(before, after)
    for side in (one, other):
        side.read(touched)
        side.read(VOCABULARIES)
        side.refuse_links(touched)
    revision = next((side for side in (other, one) if isinstance(side.snapshot, Revision)), None)
    homes = _of_revision(revision, touched, cache) if revision else _of_files(other, touched)
    named = {duty for event in _changed_events(one, other) for duty in (*event.origin, *event.into)}
    told = _told(homes, named)
    for side in (one, other):
        if told and isinstance(side.snapshot, Revision):
            side.ids |= side.snapshot.ids_of(told)
        side.read(told)
    return Differing(one, other, homes, frozenset(touched))


def _sides(before: Snapshot, after: Snapshot) -> tuple[Side, Side, Collection[str]]:
    """Both sides with the blob ids of what may be read, and the paths that differ."""
    if isinstance(before, Revision) and isinstance(after, Revision) and before.repository == after.repository:
        # Git knows by itself which folders two commits have alike: none of them is listed.
        changed = before.differing(after)
        sides = []
        for at, revision in enumerate((before, after)):
            ids = {path: blob for path, pair in changed.items() if (blob := pair[at])}
            sides.append(Side(revision, ids | revision.ids_of(VOCABULARIES)))
        return sides[0], sides[1], changed.keys()
    algorithm = next((side.algorithm for side in (before, after) if isinstance(side, Revision)), "sha1")
    old, new = before.ids(algorithm), after.ids(algorithm)
    return Side(before, old), Side(after, new), {path for path, _ in old.items() ^ new.items()}


def _changed_events(one: Side, other: Side) -> set[Event]:
    """The events that stand in the ledgers of one side and not in the other's, of those ledgers that differ."""
    counts = []
    for side in (one, other):
        ledgers = [record.value for record in side.records.values() if isinstance(record.value, Ledger)]
        counts.append(Counter(event for ledger in ledgers for event in ledger.events))
    return {*(counts[0] - counts[1]), *(counts[1] - counts[0])}


def _of_revision(side: Side, touched: Collection[str], cache: RankCache) -> Homes:
    """The ranks of the duties of a revision that do not differ."""
    assert isinstance(side.snapshot, Revision)
    duties = {path: record.value for path, record in side.records.items() if path in touched and _is_duty(path)}
    known = {path: rank_of(duty) for path, duty in duties.items()}
    # A duty that differs and yields no value is a fault already.
    folders = ranks_of(side.snapshot, cache, known, side.faults)
    gone: dict[str, set[Rank]] = {}
    for path, rank in known.items():
        gone.setdefault(_folder_of(path), set()).add(rank)
    homes: Homes = {}
    for folder, ranks in folders.items():
        here = gone.get(folder)
        township, _, category = folder.partition("/")
        homes[township, category] = [rank for rank in ranks if rank not in here] if here else ranks
    return homes


def _of_files(side: Side, touched: Collection[str]) -> Homes:
    """The ranks of the duties that do not differ, of files that git does not know."""
    homes: Homes = {}
    for path, content in side.snapshot.read([path for path in side.ids if path not in touched and _is_duty(path)]):
        rank = rank_in(content)
        if rank is None:
            read_record(path, content, side.faults)
        else:
            township, _, category = _folder_of(path).partition("/")
            homes.setdefault((township, category), []).append(rank)
    return {home: sorted(ranks) for home, ranks in homes.items()}


def _is_duty(path: str) -> bool:
    return role_of(path) == "duty"


def _folder_of(path: str) -> str:
    """The `township/category` of a duty's path."""
    return path.removeprefix(f"{DUTIES}/").rpartition("/")[0]


def _told(homes: Homes, named: set[str]) -> list[str]:
    """Takes the duties with these ids out of `homes`, since they are to be read; gives their paths."""
    paths = []
    for home, ranks in homes.items() if named else ():
        found = named & set(map(id_in, ranks))
        paths += [duty_path(*home, duty) for duty in found]
        homes[home] = [rank for rank in ranks if id_in(rank) not in found] if found else ranks
    return sorted(paths)


def _folder(name: str, records: list[Record[Any]]) -> TownshipFolder:
    """A township's folder with the records that were read of it."""
    books = {record.path.split("/")[2]: record for record in records if record.path.count("/") == 2}
    duties = tuple(record for record in records if record.path.count("/") == 3)
    return TownshipFolder(name, books.get(TOWNSHIP_FILE), books.get(LEDGER_FILE), duties)
