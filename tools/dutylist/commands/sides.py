"""What `compare` and `review` share: which two sides a user means, and what differs between them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dutylist.commands.common import choose_township, hint
from dutylist.compare.runner import compare
from dutylist.edit.lookup import nearest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import Change, ChangeKind, Comparison, SideName, Site
from dutylist.model.finding import Finding
from dutylist.model.library import DEPARTMENTS_FILE, Library
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Departments
from dutylist.report.changes import Places
from dutylist.store.differing import Differing, differing
from dutylist.store.git import Revision, common_ancestor, repository_around, revision
from dutylist.store.locate import is_library
from dutylist.store.place import locate, places_of
from dutylist.store.ranks import RankCache
from dutylist.store.read import read
from dutylist.store.snapshot import Folder, Snapshot

WORK_TREE = "当前文件"


@dataclass(frozen=True, slots=True)
class Side:
    """One side as the user named it: a snapshot, or a document that is still to be read."""

    name: SideName
    snapshot: Snapshot | None
    document: Path | None = None


def sides_of(root: Path, before: str, after: str | None) -> tuple[Side, Side]:
    """The two sides that the user means; `A..B` is both at once, `A...B` begins where the two parted."""
    if after is None and ".." in before and not os.path.lexists(before):
        first, dots, second = before.partition("..")
        parted, second = second.startswith("."), second.removeprefix(".")
        old, new = (_commit_side(root, name or "HEAD") for name in (first, second))
        return (_parting(root, old, new) if parted and dots else old), new
    return side_of(root, before), work_tree(root) if after is None else side_of(root, after)


def side_of(root: Path, name: str) -> Side:
    """A library folder, a document, or else a revision of the library's repository."""
    from dutylist.document.formats import FORMATS

    path = Path(name)
    if path.is_dir() and (is_library(path) or _is_plainly_a_path(name)):
        if not is_library(path):
            raise DutyListError(f"{one_line(name)} 不是清单库（其中没有 duties 文件夹）。", "请给出清单库的文件夹。")
        return Side(SideName(name), Folder(path.resolve()))
    if path.is_file() and path.suffix in {form.suffix for form in FORMATS.values()}:
        return Side(SideName(name), None, path)
    if _is_plainly_a_path(name):
        known = "、".join(form.suffix for form in FORMATS.values())
        raise UsageError(f"没有这个文件夹或文件，或者不认识它的格式：{one_line(name)}", f"文档现在认得 {known}。")
    return _commit_side(root, name)


def work_tree(root: Path) -> Side:
    """The files as they lie on disk."""
    if not is_library(root):
        message = f"{one_line(str(root))} 是裸仓库，没有工作文件。"
        raise DutyListError(message, "请写出两个版本，如 HEAD~1 HEAD。")
    return Side(SideName(WORK_TREE), Folder(root))


def _is_plainly_a_path(name: str) -> bool:
    return name.startswith(("./", "../", "/", "~")) or name in (".", "..")


def _commit_side(root: Path, name: str) -> Side:
    found = revision(root, name)
    return Side(SideName(name, found.commit), found)


def _parting(root: Path, old: Side, new: Side) -> Side:
    """Where the histories of two sides parted, as the first side."""
    return _commit_side(root, common_ancestor(repository_around(root), old.name, new.name))


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
    told = compare(old, new, found.same, found.touched)
    told = replace(told, changes=tuple(_caused(root, before, after, told.changes)))
    return Compared(told, places(found, told), (new.vocabulary, old.vocabulary))


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
    # Positions are not printed, only the order that they make.
    shown = (one for one in told.changes if (one.kind, one.field) != (ChangeKind.LAYOUT, "position"))
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


def _cache(*sides: Side) -> RankCache | None:
    """Where ranks are kept: in the git directory of a side that is a revision."""
    there = next((side.snapshot for side in sides if isinstance(side.snapshot, Revision)), None)
    return RankCache.of(repository_around(there.repository).git_dir) if there else None


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
    sites = [site for change in compared.changes for site in change.sites]
    return Places(
        places_of((site.before for site in sites if site.before), found.before.records, found.before.contents),
        places_of((site.after for site in sites if site.after), found.after.records, found.after.contents),
    )


def _caused(root: Path, before: Side, after: Side, changes: Iterable[Change]) -> Iterator[Change]:
    """The changes with the causes that commit messages give."""
    from dutylist.store.causes import causes

    if before.name.commit is None or not (after.name.commit or _is_own_work_tree(root, after)):
        yield from changes
        return
    known = causes(repository_around(root), before.name.commit, after.name.commit or "HEAD")
    for change in changes:
        duties = {site.duty for site in change.sites}
        cause = next((known[duty] for duty in sorted(filter(None, duties)) if duty in known), None)
        yield replace(change, cause=cause.text, author=cause.author) if cause else change


def _is_own_work_tree(root: Path, side: Side) -> bool:
    return isinstance(side.snapshot, Folder) and side.snapshot.root == root
