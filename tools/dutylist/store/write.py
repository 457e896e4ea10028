"""Values to bytes: a library as a snapshot, and files changed all together or not at all."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.canonical import canonical_text
from dutylist.model.library import Library, Record
from dutylist.model.text import one_line
from dutylist.store.snapshot import Memory, reason


def write(library: Library) -> Memory:
    """The library as files; `read(write(x))` gives x again."""
    return Memory({record.path: canonical_text(record.value).encode() for record in records_of(library)})


def records_of(library: Library) -> Iterator[Record]:  # type: ignore[type-arg]
    """Every record of a library: vocabularies, townships, ledgers, duties."""
    for vocabulary in (library.categories, library.departments):
        if vocabulary:
            yield vocabulary
    for folder in library.townships:
        for own in (folder.township, folder.ledger):
            if own:
                yield own
        yield from folder.duties


def save(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Writes every changed file below `root` and removes those that map to None, or leaves everything as it was.

    New contents are first written beside their places; only then are they moved in, and what fails half-way is moved
    back. Raises a `DutyListError` naming the file that could not be written.
    """
    staged: dict[Path, Path] = {}
    undo: list[tuple[Path, Path | None]] = []
    folders: list[Path] = []
    current = ""
    try:
        for current, content in changes.items():
            if content is not None:
                _make_folders((root / current).parent, folders)
                staged[root / current] = _stage(root / current, content)
        for current in changes:
            _swap(root / current, staged.get(root / current), undo)
    except OSError as error:
        _roll_back(staged, undo, folders)
        message = f"无法写入 {one_line(current)}：{reason(error)}；没有改动任何文件。"
        raise DutyListError(message, "请检查文件夹权限和磁盘空间后重试。") from error
    except BaseException:
        _roll_back(staged, undo, folders)
        raise
    for target, backup in undo:
        if backup:
            backup.unlink()
        _remove_empty(target.parent, root)


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _stage(target: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(target: Path, new: Path | None, undo: list[tuple[Path, Path | None]]) -> None:
    """Moves what is at `target` aside and `new`, if any, into its place; records how to go back."""
    backup = None
    if target.exists():
        backup = target.with_name(f".{target.name}.old")
        os.replace(target, backup)
    undo.append((target, backup))
    if new:
        os.replace(new, target)


def _roll_back(staged: dict[Path, Path], undo: list[tuple[Path, Path | None]], folders: list[Path]) -> None:
    for target, backup in reversed(undo):
        if backup:
            os.replace(backup, target)
        else:
            target.unlink(missing_ok=True)
    for new in staged.values():
        new.unlink(missing_ok=True)
    for folder in reversed(folders):
        folder.rmdir()


def _remove_empty(folder: Path, root: Path) -> None:
    """Removes folders that a change left empty, below `root` only."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
