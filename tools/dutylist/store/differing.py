"""Two snapshots as far as they differ: the records of what differs, and the ranks of all other duties."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
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
from dutylist.model.rank import Rank, id_in
from dutylist.model.township import Event, Ledger
from dutylist.store.git import Revision, blobs, blobs_in_parallel
from dutylist.store.ranks import RankCache, rank_in
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


def differing(before: Snapshot, after: Snapshot, cache: RankCache | None = None) -> Differing:
    """Reads of two snapshots what differs, both vocabularies, and the duties that new events name."""
    one, other, touched = _sides(before, after)
    for side in (one, other):
        side.read(touched)
        side.read(VOCABULARIES)
    named = {duty for event in _changed_events(one, other) for duty in (*event.origin, *event.into)}
    alike = [path for path in other.ids if path not in touched and _is_duty(path)]
    if named:
        told = [path for path in alike if path.rpartition("/")[2].removesuffix(".toml") in named]
        one.read(told)
        other.read(told)
        alike = [path for path in alike if path not in other.records]
    return Differing(one, other, _homes(other, alike, cache), frozenset(touched))


def _sides(before: Snapshot, after: Snapshot) -> tuple[Side, Side, Collection[str]]:
    """Both sides with their blob ids, and the paths that differ."""
    algorithm = next((side.algorithm for side in (before, after) if isinstance(side, Revision)), "sha1")
    ids = after.ids(algorithm)
    if isinstance(before, Revision) and isinstance(after, Revision) and before.repository == after.repository:
        # Git knows by itself which folders two commits have alike, so only one of them is listed.
        changed = before.differing(after)
        old = {**ids, **{path: blob for path, (blob, _) in changed.items() if blob}}
        for path in (path for path, (blob, _) in changed.items() if not blob):
            del old[path]
        return Side(before, old), Side(after, ids), changed.keys()
    old = before.ids(algorithm)
    return Side(before, old), Side(after, ids), {path for path, _ in old.items() ^ ids.items()}


def _changed_events(one: Side, other: Side) -> set[Event]:
    """The events that stand in the ledgers of one side and not in the other's, of those ledgers that differ."""
    events = [
        Counter(
            event
            for record in side.records.values()
            if isinstance(record.value, Ledger)
            for event in record.value.events
        )
        for side in (one, other)
    ]
    return {*(events[0] - events[1]), *(events[1] - events[0])}


def _is_duty(path: str) -> bool:
    return path.endswith(".toml") and path.count("/") == 3 and path.startswith(f"{DUTIES}/")


def _homes(side: Side, paths: list[str], cache: RankCache | None) -> Homes:
    """The ranks of the duties at these paths by folder, sorted; a file without a rank is a fault of the side."""
    known = cache.load() if cache else {}
    blobs_here = [side.ids[path] for path in paths]
    missing = {blob: path for blob, path in zip(blobs_here, paths, strict=True) if blob not in known}
    if missing:
        _learn(side, missing, known)
        if cache:
            cache.save(known, blobs_here)
    ranks = map(known.get, blobs_here)
    homes: Homes = {}
    for folder, some in groupby(zip(paths, ranks, strict=True), key=lambda pair: pair[0].rpartition("/")[0]):
        _, township, category = folder.split("/")
        homes.setdefault((township, category), []).extend(rank for _, rank in some if rank)
    return {home: sorted(some) for home, some in homes.items()}


def _learn(side: Side, missing: dict[str, str], known: dict[str, Rank]) -> None:
    """Reads the blobs whose rank is not known."""
    for blob, content in _blobs(side, missing):
        rank = rank_in(content)
        if rank is None:
            read_record(missing[blob], content, side.faults)
        else:
            known[blob] = rank


def _blobs(side: Side, wanted: dict[str, str]) -> Iterable[tuple[str, bytes]]:
    if isinstance(side.snapshot, Revision):
        return blobs_in_parallel(side.snapshot.repository, list(wanted))
    contents = (content for _, content in side.snapshot.read(wanted.values()))
    return zip(wanted, contents, strict=True)


def _folder(name: str, records: list[Record[Any]]) -> TownshipFolder:
    """A township's folder with the records that were read of it."""
    books = {record.path.split("/")[2]: record for record in records if record.path.count("/") == 2}
    duties = tuple(record for record in records if record.path.count("/") == 3)
    return TownshipFolder(name, books.get(TOWNSHIP_FILE), books.get(LEDGER_FILE), duties)
