"""Two snapshots as far as they differ: the records of what differs, and the ranks of all other duties."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dutylist.model.faults import duty_of
from dutylist.model.finding import Finding
from dutylist.model.library import (
    DEPARTMENTS_FILE,
    DUTIES,
    LEDGER_FILE,
    TOWNSHIP_FILE,
    Library,
    TownshipFolder,
    duty_path,
)
from dutylist.model.rank import Rank, id_in, rank_of
from dutylist.model.record import Record
from dutylist.model.township import Event, Ledger
from dutylist.store.cache import Cache
from dutylist.store.git import blobs
from dutylist.store.pairs import Pairs, Told
from dutylist.store.ranks import rank_in, ranks_of
from dutylist.store.read import is_readable, read_quickly, read_record, role_of
from dutylist.store.revision import VOCABULARIES, Revision
from dutylist.store.snapshot import Snapshot, is_content

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
        categories, departments = (self.records.get(path) for path in VOCABULARIES)
        return Library(townships, categories, departments)

    def read(self, paths: Iterable[str]) -> None:
        """Reads the files of the library among `paths`, as far as this side has them."""
        wanted = [path for path in paths if path in self.ids and path not in self.records and role_of(path)]
        for path, content in self._contents(wanted):
            record = read_quickly(path, content) or self._read_slowly(path, content)
            if record:
                self.records[path], self.contents[path] = record, content

    def refuse_misplaced(self, touched: Collection[str], lost: Collection[str]) -> None:
        """What is read by nobody is not to be taken for duties that are gone.

        That is links, pipes and what lies behind them, and files that by their names are one of the `lost` duties but
        lie too deep or end otherwise.
        """
        known = isinstance(self.snapshot, Revision)
        if known and all(role_of(path) for path in touched if path in self.ids):
            return
        for item in filter(lambda item: is_content(item.path), self.snapshot.items()):
            odd = (item.link is not None or item.size < 0) and not (known and role_of(item.path))
            stray = item.path in touched and not role_of(item.path) and _stem(item.path) in lost
            if odd or stray:
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
    differ. `told` is what was told before, by path, of duties that differ and whose ranks stand in `same`; `named` are
    the duties in new events.
    """

    before: Side
    after: Side
    same: Homes
    touched: frozenset[str]
    told: dict[str, Told]
    named: frozenset[str]
    pairs: Pairs

    @property
    def faults(self) -> tuple[list[Finding], list[Finding]]:
        """The findings in files that yield no value, of each side."""
        return self.before.faults, self.after.faults

    def unmoved(self) -> Iterator[tuple[str, str, Rank]]:
        """(path, id, rank) of each duty that was read and differs in its texts alone, and in no event."""
        for path in self.touched:
            old, new = self.before.records.get(path), self.after.records.get(path)
            if old and new and _is_duty(path) and duty_of(path) == new.value.id not in self.named:
                rank = rank_of(new.value)
                if rank == rank_of(old.value):
                    yield path, new.value.id, rank

    def remember(self, told: Iterable[tuple[str, Told]]) -> None:
        """Keeps what was told of duties at these paths, beside what was known."""
        every = {**self.told, **dict(told)}
        self.pairs.save({(self.before.ids[path], self.after.ids[path]): one for path, one in every.items()})

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


def differing(before: Snapshot, after: Snapshot, cache: Cache) -> Differing:
    """Reads of two snapshots what differs, both vocabularies, and the duties that new events name.

    Not read is what was told before of the same two texts.
    """
    one, other, touched = _sides(before, after)
    pairs = Pairs(cache, (one.ids.get(DEPARTMENTS_FILE), other.ids.get(DEPARTMENTS_FILE)))
    told = {path: known for path in touched if (blobs := _blobs(one, other, path)) and (known := pairs.get(blobs))}
    here, there = ({_stem(path) for path in touched if path in side.ids and _is_duty(path)} for side in (one, other))
    for side in (one, other):
        side.read(path for path in touched if path not in told)
        side.read(VOCABULARIES)
        side.refuse_misplaced(touched, here ^ there)
    named = {duty for event in _changed_events(one, other) for duty in (*event.origin, *event.into)}
    again = [path for path in told if duty_of(path) in named]
    told = {path: known for path, known in told.items() if path not in again}
    for side in (one, other):
        side.read(again)
    revision = next((side for side in (other, one) if isinstance(side.snapshot, Revision)), None)
    homes = _of_revision(revision, touched, told, cache) if revision else _of_files(other, touched)
    unlisted = _take(homes, named)
    for side in (one, other):
        if unlisted and isinstance(side.snapshot, Revision):
            side.ids |= side.snapshot.ids_of(unlisted)
        side.read(unlisted)
    homes = {home: ranks for home, ranks in homes.items() if ranks}
    return Differing(one, other, homes, frozenset(touched), told, frozenset(named), pairs)


def _blobs(one: Side, other: Side, path: str) -> tuple[str, str] | None:
    """Both blob ids of a duty that both sides have at one path."""
    was, now = one.ids.get(path), other.ids.get(path)
    return (was, now) if was and now and _is_duty(path) else None


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


def _of_revision(side: Side, touched: Collection[str], told: Mapping[str, Told], cache: Cache) -> Homes:
    """The ranks of the duties of a revision that do not differ, or whose difference was told before."""
    assert isinstance(side.snapshot, Revision)
    duties = {path: record.value for path, record in side.records.items() if path in touched and _is_duty(path)}
    known = {path: rank_of(duty) for path, duty in duties.items()}
    faults: list[Finding] = []
    folders = ranks_of(side.snapshot, cache, known | {path: one[0] for path, one in told.items()}, faults)
    # A duty that differs and yields no value is a fault already.
    side.faults += [fault for fault in faults if fault.spot.path not in touched]
    gone: dict[str, Counter[Rank]] = {}
    for path, rank in known.items():
        gone.setdefault(_folder_of(path), Counter())[rank] += 1
    homes: Homes = {}
    for folder, ranks in folders.items():
        here = gone.get(folder)
        township, _, category = folder.partition("/")
        # Another file may claim the same id at the same position: that one stays.
        homes[township, category] = sorted((Counter(ranks) - here).elements()) if here else ranks
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


def _stem(path: str) -> str:
    """A file's name up to its first dot: of a duty, its id."""
    return path.rpartition("/")[2].partition(".")[0]


def _is_duty(path: str) -> bool:
    return role_of(path) == "duty"


def _folder_of(path: str) -> str:
    """The `township/category` of a duty's path."""
    return path.removeprefix(f"{DUTIES}/").rpartition("/")[0]


def _take(homes: Homes, named: set[str]) -> list[str]:
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
