"""A snapshot maps paths to bytes: a folder, a git revision and a test's dict look alike to `read`."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from dutylist.errors import DutyListError
from dutylist.model.changelog import CHANGELOG
from dutylist.model.library import DUTIES
from dutylist.model.text import one_line

VOCABULARY = "schema/vocabulary"
CONTENT = (DUTIES, VOCABULARY)
"""What a duty list says; campaigns speak about it."""
PARTS = (*CONTENT, CHANGELOG)

_CONTENT = tuple(f"{part}/" for part in CONTENT)


@dataclass(frozen=True, slots=True)
class Item:
    """One file of a snapshot: `size` in bytes; `link` is a symbolic link's target, None for an ordinary file."""

    path: str
    size: int
    link: str | None = None


class Snapshot(Protocol):
    """Paths are relative to the library, with `/`, in the order of their bytes."""

    def items(self) -> list[Item]:
        """Every file below `PARTS`, hidden ones left out, and every symbolic link."""

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of each path, in the order asked for."""

    def blob_id(self, path: str) -> str:
        """The id that git gives to these bytes."""

    def ids(self, algorithm: str = "sha1") -> dict[str, str]:
        """The blob id of every file of the list by path, campaigns left out, hidden ones among them perhaps."""


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link in a snapshot made from a dict."""

    target: str


@dataclass(frozen=True)
class Memory:
    """A snapshot that stands in a dict; `write` and tests make these."""

    files: Mapping[str, bytes | Link]

    def items(self) -> list[Item]:
        """See `Snapshot`."""
        return [_memory_item(path, self.files[path]) for path in sorted(self.files, key=os.fsencode) if _belongs(path)]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """See `Snapshot`."""
        for path in paths:
            content = self.files[path]
            yield path, content if isinstance(content, bytes) else content.target.encode()

    def blob_id(self, path: str) -> str:
        """See `Snapshot`."""
        return blob_id(next(self.read([path]))[1])

    def ids(self, algorithm: str = "sha1") -> dict[str, str]:
        """See `Snapshot`."""
        return ids_of(self, algorithm)


@dataclass(frozen=True)
class Folder:
    """The library as it lies on disk at `root`."""

    root: Path

    @cached_property
    def _items(self) -> list[Item]:
        found = [item for part in PARTS for item in self._part(part)]
        return sorted(found, key=lambda item: os.fsencode(item.path))

    def items(self) -> list[Item]:
        """See `Snapshot`; the folder is walked once."""
        return self._items

    def _part(self, part: str) -> Iterator[Item]:
        """The files below a part of the library, or the link that stands in the way to it."""
        steps = part.split("/")
        for size in range(1, len(steps) + 1):
            above = "/".join(steps[:size])
            if (self.root / above).is_symlink():
                return iter([Item(above, 0, os.readlink(self.root / above))])
        return self._walk(self.root / part, f"{part}/")

    def _walk(self, folder: Path, prefix: str) -> Iterator[Item]:
        try:
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            return
        except OSError as error:
            raise unreadable(prefix.rstrip("/"), error) from error
        for entry in entries:
            path = prefix + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield Item(path, 0, os.readlink(entry.path))
            elif entry.is_dir():
                yield from self._walk(Path(entry.path), f"{path}/")
            else:
                yield Item(path, entry.stat().st_size if entry.is_file() else -1)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """See `Snapshot`."""
        root = str(self.root)
        for path in paths:
            try:
                with open(f"{root}/{path}", "rb", buffering=0) as file:
                    yield path, file.readall()
            except OSError as error:
                raise unreadable(path, error) from error

    def blob_id(self, path: str) -> str:
        """See `Snapshot`."""
        return blob_id(next(self.read([path]))[1])

    def ids(self, algorithm: str = "sha1") -> dict[str, str]:
        """See `Snapshot`."""
        return ids_of(self, algorithm)


def ids_of(snapshot: Snapshot, algorithm: str) -> dict[str, str]:
    """The blob ids of a snapshot that git does not know, from its bytes."""
    paths = [item.path for item in snapshot.items() if item.link is None and item.size >= 0 and is_content(item.path)]
    return {path: blob_id(content, algorithm) for path, content in snapshot.read(paths)}


def blob_id(content: bytes, algorithm: str = "sha1") -> str:
    """The object id of a git blob with this content."""
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content).hexdigest()


def unreadable(path: str, error: OSError) -> DutyListError:
    """The error for a path that the system does not let us read."""
    return DutyListError(f"无法读取 {one_line(path)}：{reason(error)}", "请检查文件权限，或请管理员处理。")


def reason(error: OSError) -> str:
    """What the system said, in Chinese for the cases that users meet."""
    words = {
        PermissionError: "没有权限",
        FileNotFoundError: "没有这个文件或文件夹",
        IsADirectoryError: "这是一个文件夹",
        NotADirectoryError: "路径中有一段不是文件夹",
        FileExistsError: "已经存在",
    }
    return words.get(type(error)) or (error.strerror or str(error))


def is_content(path: str) -> bool:
    """Whether a file belongs to the list itself, and not to a campaign about it."""
    return path.startswith(_CONTENT)


def _memory_item(path: str, content: bytes | Link) -> Item:
    return Item(path, 0, content.target) if isinstance(content, Link) else Item(path, len(content))


def _belongs(path: str) -> bool:
    inside = any(path.startswith(f"{part}/") for part in PARTS)
    return inside and not any(part.startswith(".") for part in path.split("/"))
