"""What differs between two sides, for the verbs that tell it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from dutylist.commands.common import choose_township, hint
from dutylist.commands.sides import WORK_TREE, Side
from dutylist.compare.runner import compare
from dutylist.compare.told import places_told, told_of
from dutylist.edit.lookup import nearest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import Change, ChangeKind, Comparison, SideName, Site
from dutylist.model.finding import Finding
from dutylist.model.library import DEPARTMENTS_FILE, Library
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Departments
from dutylist.report.changes import Places
from dutylist.store.cache import Cache
from dutylist.store.differing import Differing, differing
from dutylist.store.place import locate, places_of
from dutylist.store.read import read
from dutylist.store.revision import Revision, repository_around
from dutylist.store.snapshot import Folder

# Of positions only the order is printed, of the declared totals only what the preface says.
_NOT_PRINTED = ((ChangeKind.LAYOUT, "position"), (ChangeKind.DECLARED_REVISED, "declared"))


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two sides, the lines where it stands, and the departments that either side knows."""

    comparison: Comparison
    places: Places
    vocabularies: tuple[Departments, ...]

    def known_township(self, name: str | None) -> str | None:
        """The township that the user named, if one side has it."""
        names = list(dict.fromkeys(row.township for row in self.comparison.account))
        if name is not None and name not in names:
            raise UsageError(
                f"两边都没有乡镇 {one_line(name)}。", f"可选：{'、'.join(map(one_line, names)) or '（无）'}"
            )
        return name

    def known_department(self, name: str | None) -> str | None:
        """The full name of the department that the user named, if one side's vocabulary knows it."""
        if name is None:
            return None
        found = next((match.name for words in self.vocabularies if (match := words.match(name))), None)
        if found is None:
            spellings = {spelling for words in self.vocabularies for spelling in words.spellings}
            hint = nearest(name, sorted(spellings), f"部门见 {DEPARTMENTS_FILE}。")
            raise UsageError(f"词表中没有部门 {one_line(name)}。", hint)
        return found


def compared(root: Path, before: Side, after: Side, township: str | None = None) -> Compared:
    """What differs between two sides; refused where a file of either yields no value."""
    if before.document or after.document:
        return _on_paper(root, before, after, township)
    assert before.snapshot is not None
    assert after.snapshot is not None
    found = differing(before.snapshot, after.snapshot, _cache(before, after))
    refuse_unreadable(found, (before, after))
    old, new = found.before.library, found.after.library
    told = compare(old, new, found.same, found.touched, found.told)
    where = places(found, told)
    _remember(found, told, where)
    told = replace(told, changes=tuple(_caused(root, before, after, told.changes)))
    return Compared(told, where, (new.vocabulary, old.vocabulary))


def _remember(found: Differing, told: Comparison, where: Places) -> None:
    """Keeps what was told of duties that differ in their texts alone, for the next comparison of the same texts."""
    changes: dict[str | None, list[Change]] = {}
    for change in told.changes:
        for site in change.sites:
            changes.setdefault(site.duty, []).append(change)
    found.remember(
        (path, made)
        for path, duty, rank in found.unmoved()
        if (made := told_of(changes.get(duty, ()), rank, where.before, where.after))
    )


def _on_paper(root: Path, before: Side, after: Side, township: str | None) -> Compared:
    """Two sides of which one at least is a document: compared on what the document prints."""
    from dutylist.commands.documents import Paper, format_of, libraries, load_document, on_paper

    form = format_of(next(side.document for side in (before, after) if side.document))
    library = next((_whole(side) for side in (before, after) if side.snapshot), None) or read(Folder(root))[0]
    papers: list[Paper] = []
    loaded = {side.name: load_document(side.document, library.vocabulary) for side in (before, after) if side.document}
    names = [township, *(one.name for one in loaded.values())]
    wanted = next((name for name in names if any(folder.name == name for folder in library.townships)), township)
    for side in (before, after):
        if side.document:
            papers.append(Paper(loaded[side.name]))
        else:
            papers.append(on_paper(library, choose_township(library, wanted), form))
    old, new, pairs = libraries(papers[0], papers[1], library)
    told = compare(old, new)
    shown = (one for one in told.changes if (one.kind, one.field) not in _NOT_PRINTED)
    changes = tuple(map(_without_spots, shown))
    return Compared(replace(told, changes=changes, pairs=pairs), Places(), (library.vocabulary,))


def _without_spots(change: Change) -> Change:
    """A change of a document, which has no files and lines."""
    return replace(change, sites=tuple(Site(site.duty, None, None) for site in change.sites))


def _whole(side: Side) -> Library:
    """Everything that a side which is no document says."""
    assert side.snapshot is not None
    library, _ = read(side.snapshot)
    unread = sum(len(folder.unread) for folder in library.townships)
    if unread:
        message = f"{_called(side.name)}有 {unread} 个文件读不出来，不能比较。"
        raise DutyListError(message, "请先运行 dutylist check，按提示改正。")
    return library


def _cache(*sides: Side) -> Cache:
    """Where work is spared: in the git directory of a side that is a revision."""
    there = next((side.snapshot for side in sides if isinstance(side.snapshot, Revision)), None)
    return Cache.of(there.git_dir if there else None)


def refuse_unreadable(found: Differing, sides: tuple[Side, Side]) -> None:
    """Refuses sides of which a file yields no value, or two claim one id: nobody could tell what became of a duty."""
    pairs = list(zip(sides, (found.before, found.after), strict=True))
    for side, there in pairs:
        if there.faults:
            for fault in locate(there.faults, there.snapshot):
                hint(f"{_where(fault)}  {fault.severity.label} {fault.code}  {one_line(fault.message)}")
            files = len({fault.spot.path for fault in there.faults})
            message = f"{_called(side.name)}有 {files} 个文件读不出来，不能比较。"
            raise DutyListError(message, "请先改正上面的问题，再比较。")
    for side, there in pairs:
        for duty, paths in found.doubles(there):
            listed = "、".join(map(one_line, paths))
            message = f"{_called(side.name)}的编号 {duty} 有 {len(paths)} 个文件，不能比较：{listed}。"
            raise DutyListError(message, "请先改正重复的编号（dutylist check）。")


def _where(fault: Finding) -> str:
    return f"{one_line(fault.spot.path)}:{fault.place.line}:{fault.place.column}"


def _called(name: SideName) -> str:
    return WORK_TREE if name.name == WORK_TREE else f" {one_line(name.name)} "


def places(found: Differing, compared: Comparison) -> Places:
    """Line and column of every place of every change."""
    before, after = places_told(found.told)
    sites = [site for change in compared.changes for site in change.sites]
    old = (site.before for site in sites if site.before and site.before not in before)
    new = (site.after for site in sites if site.after and site.after not in after)
    return Places(
        before | places_of(old, found.before.records, found.before.contents),
        after | places_of(new, found.after.records, found.after.contents),
    )


def _caused(root: Path, before: Side, after: Side, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes with the causes that commit messages give."""
    from dutylist.store.causes import causes

    if before.name.commit is None or not (after.name.commit or _is_own_work_tree(root, after)):
        yield from changes
        return
    yield from with_causes(changes, causes(repository_around(root), before.name.commit, after.name.commit or "HEAD"))


class Given(Protocol):
    """Why a duty was changed, and who said so."""

    @property
    def text(self) -> str:
        """Why."""

    @property
    def author(self) -> str:
        """Who."""


def with_causes(changes: Iterable[Change], known: Mapping[str, Given]) -> Iterator[Change]:
    """The changes with the causes that are known of their duties."""
    for change in changes:
        duties = {site.duty for site in change.sites}
        cause = next((known[duty] for duty in sorted(filter(None, duties)) if duty in known), None)
        # The ledger's own reason stays beside what the commit says.
        yield replace(change, cause=_both(cause.text, change.cause), author=cause.author) if cause else change


def _both(cause: str, reason: str | None) -> str:
    return f"{cause}；{reason}" if reason and reason != cause else cause


def _is_own_work_tree(root: Path, side: Side) -> bool:
    return isinstance(side.snapshot, Folder) and side.snapshot.root == root
