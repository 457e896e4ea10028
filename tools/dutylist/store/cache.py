"""Files of the git directory that only spare work: they may be deleted at any time, be damaged, or be written twice."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

FOLDER = "dutylist"


@dataclass(frozen=True, slots=True)
class Cache:
    """The caches of a repository; without one nothing is kept."""

    folder: Path | None

    @classmethod
    def of(cls, git_dir: Path | None) -> "Cache":
        """The caches in a git directory."""
        return cls(git_dir / FOLDER if git_dir else None)

    def load(self, name: str, mark: str) -> bytes | None:
        """What was saved under a name with the same mark; None where that is absent, damaged or has another mark."""
        try:
            content = (self.folder / name).read_bytes() if self.folder else b""
        except OSError:
            return None
        head, _, body = content.partition(b"\n")
        return body if head == _head(mark, body) else None

    def save(self, name: str, mark: str, body: bytes) -> None:
        """Keeps something, whole or not at all; nothing where that is not possible."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            _replace(self.folder / name, _head(mark, body) + b"\n" + body)


def _head(mark: str, body: bytes) -> bytes:
    return f"{mark} {crc32(body):08x}".encode("utf-8", "surrogateescape")


def _replace(path: Path, content: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
