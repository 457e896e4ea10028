"""Which two sides a user means: revisions, the work tree, other folders, documents."""

import os
from dataclasses import dataclass
from pathlib import Path

from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import SideName
from dutylist.model.text import one_line
from dutylist.store.locate import is_library
from dutylist.store.revision import Revision, common_ancestor, repository_around, revisions
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
    if after is None and ".." in before and not (_is_plainly_a_path(before) or os.path.lexists(before)):
        first, dots, second = before.partition("..")
        parted, second = second.startswith("."), second.removeprefix(".")
        old, new = _commit_sides(root, first or "HEAD", second or "HEAD")
        return (_parting(root, old, new) if parted and dots else old), new
    if after is None:
        return side_of(root, before), work_tree(root)
    one, other = _elsewhere(before), _elsewhere(after)
    if one is None and other is None:
        one, other = _commit_sides(root, before, after)
    return one or side_of(root, before), other or side_of(root, after)


def expect(before: Side, after: Side) -> None:
    """Has git begin to look at what differs between two commits."""
    old, new = before.snapshot, after.snapshot
    if isinstance(old, Revision) and isinstance(new, Revision) and old.repository == new.repository:
        old.expect(new)


def side_of(root: Path, name: str) -> Side:
    """A library folder, a document, or else a revision of the library's repository."""
    return _elsewhere(name) or _commit_sides(root, name)[0]


def _elsewhere(name: str) -> Side | None:
    """The side that a path names; None where the name can only be a revision's."""
    path = Path(name)
    if name and path.is_dir() and (is_library(path) or _is_plainly_a_path(name)):
        if not is_library(path):
            raise DutyListError(f"{one_line(name)} 不是清单库（其中没有 duties 文件夹）。", "请给出清单库的文件夹。")
        return Side(SideName(name), Folder(path.resolve()))
    if path.is_file() or _is_plainly_a_path(name):
        return _document(path, name)
    return None


def _document(path: Path, name: str) -> Side | None:
    """The document at a path; None where a file that is none has the name of a revision perhaps."""
    from dutylist.document.formats import FORMATS

    suffixes = [form.suffix for form in FORMATS.values()]
    if path.is_file() and path.suffix in suffixes:
        return Side(SideName(name), None, path)
    if not _is_plainly_a_path(name):
        return None
    known = "、".join(suffixes)
    raise UsageError(f"没有这个文件夹或文件，或者不认识它的格式：{one_line(name)}", f"文档现在认得 {known}。")


def work_tree(root: Path) -> Side:
    """The files as they lie on disk."""
    if not is_library(root):
        message = f"{one_line(str(root))} 是裸仓库，没有工作文件。"
        raise DutyListError(message, "请写出两个版本，如 HEAD~1 HEAD。")
    return Side(SideName(WORK_TREE), Folder(root))


def _is_plainly_a_path(name: str) -> bool:
    return name.startswith(("./", "../", "/", "~")) or name in (".", "..")


def _commit_sides(root: Path, *names: str) -> list[Side]:
    return [
        Side(SideName(name, found.commit), found) for name, found in zip(names, revisions(root, names), strict=True)
    ]


def _parting(root: Path, old: Side, new: Side) -> Side:
    """Where the histories of two sides parted, as the first side."""
    return _commit_sides(root, common_ancestor(repository_around(root), old.name, new.name))[0]
