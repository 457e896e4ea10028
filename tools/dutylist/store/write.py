"""Values to bytes: a library as a snapshot, and files changed all together or not at all."""

import errno
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dutylist.errors import DutyListError
from dutylist.model.canonical import canonical_text
from dutylist.model.library import Library
from dutylist.model.text import one_line
from dutylist.store.snapshot import Memory, reason

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "超出文件大小的限制",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
}


def write(library: Library) -> Memory:
    """The library as files; `read(write(x))` gives x again."""
    return Memory({record.path: canonical_text(record.value).encode() for record in library.records()})


def save(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Writes every changed file below `root` and removes those that map to None, or leaves everything as it was.

    New contents, and copies of the old ones, are first written beside their places; each file is then changed by one
    rename, so that a process that is killed leaves every file whole, old or new. Folders that a removal empties go too.
    Raises a `DutyListError` naming the file that could not be written, or that does not lie inside `root`.
    """
    with uninterrupted():
        _save(root, changes)


def _save(root: Path, changes: Mapping[str, bytes | None]) -> None:
    saving = _Saving()
    current = ""
    try:
        for current, content in changes.items():
            saving.prepare(_target(root, current), content)
        for current in changes:
            saving.swap(root / current)
    except OSError as error:
        raise _failure(current, error, saving.roll_back()) from error
    except BaseException:
        saving.roll_back()
        raise
    saving.tidy()
    for path, content in changes.items():
        if content is None:
            _remove_empty((root / path).parent, root)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Puts off Ctrl-C and a polite kill until the files are whole again."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def save_file(path: Path, content: bytes) -> None:
    """Writes one file anywhere, whole or not at all; into what is no ordinary file (`/dev/stdout`, a pipe) directly."""
    if not path.parent.is_dir():
        raise DutyListError(f"没有这个文件夹：{one_line(str(path.parent))}", "请先新建文件夹，或换一个位置。")
    if path.exists() and not path.is_dir() and (not path.is_file() or path.is_relative_to("/dev")):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise _failure(str(path), error, []) from error
        return
    real = path.resolve()
    save(real.parent, {real.name: content})


@dataclass(frozen=True, slots=True)
class _Step:
    """One file to change: its new content and a copy of its old one, each in a temporary file beside it."""

    target: Path
    new: Path | None
    old: Path | None


@dataclass
class _Saving:
    """The files that one `save` has made and changed so far."""

    steps: dict[Path, _Step] = field(default_factory=dict)
    done: list[_Step] = field(default_factory=list)
    temporary: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def prepare(self, target: Path, content: bytes | None) -> None:
        """Writes all that changing `target` and going back will need."""
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        self._make_folders(target.parent)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        new = None if content is None else self._stage(target, ".new", content, mode)
        old = self._stage(target, ".old", target.read_bytes(), mode) if target.exists() else None
        self.steps[target] = _Step(target, new, old)

    def swap(self, target: Path) -> None:
        """Changes one file; noted first, so that an interrupt behind it is undone, and forgotten where it fails."""
        step = self.steps[target]
        self.done.append(step)
        try:
            if step.new:
                os.replace(step.new, target)
            else:
                target.unlink(missing_ok=True)
        except OSError:
            self.done.pop()
            raise

    def roll_back(self) -> list[Path]:
        """Puts everything back; gives the copies of those files that the system did not let us put back."""
        stuck = [step for step in reversed(self.done) if not _undo(step)]
        kept = [step.old for step in stuck if step.old]
        self.temporary = [path for path in self.temporary if path not in kept]
        self.tidy()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()
        return kept

    def tidy(self) -> None:
        """Removes the temporary files; one that stays does no harm, it is hidden."""
        for path in self.temporary:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def _stage(self, target: Path, suffix: str, content: bytes, mode: int) -> Path:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=suffix)
        self.temporary.append(Path(name))
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, mode)
        return Path(name)

    def _make_folders(self, folder: Path) -> None:
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            path.mkdir()
            self.folders.append(path)


def _undo(step: _Step) -> bool:
    try:
        if step.old:
            os.replace(step.old, step.target)
        else:
            step.target.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _target(root: Path, path: str) -> Path:
    """Where a change goes. Names come from data: none may lead out of the library, by dots or by a link."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        raise DutyListError(f"路径 {one_line(path)} 不在清单库内；没有改动任何文件。", "请检查类别、乡镇的名称。")
    target = root
    for part in parts:
        target = target / part
        if target.is_symlink():
            where = one_line(str(target.relative_to(root)))
            raise DutyListError(f"{where} 是符号链接；没有改动任何文件。", "请把文件或文件夹本身放进清单库。")
    return target


def _failure(path: str, error: OSError, kept: list[Path]) -> DutyListError:
    why = _REASONS.get(error.errno or 0) or reason(error)
    if kept:
        copies = "、".join(one_line(str(copy)) for copy in kept)
        message = f"无法写入 {one_line(path)}：{why}；有 {len(kept)} 个文件未能恢复，原内容在 {copies}。"
        return DutyListError(message, "请把这些文件改回原名，再检查文件夹权限和磁盘空间。")
    return DutyListError(f"无法写入 {one_line(path)}：{why}；没有改动任何文件。", "请检查文件夹权限和磁盘空间后重试。")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove_empty(folder: Path, root: Path) -> None:
    """Removes folders that a change left empty, below `root` only; what cannot be removed does no harm."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
