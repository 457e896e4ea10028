"""What was told of two texts of a duty: a function of the texts, the departments known on each side, and the code."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from dutylist.store.cache import Cache

_NAME = "pairs"
# Of pairs that were not asked for now, this many are kept.
_MOST_UNUSED = 20_000

Told = list[Any]
Blobs = tuple[str, str]


class Pairs:
    """The pairs told so far with these two vocabularies of departments."""

    def __init__(self, kept: Cache, departments: tuple[str | None, str | None]) -> None:
        self._cache = kept
        self._mark = f"dutylist pairs 1 {_code()} {departments[0]} {departments[1]}"
        body = kept.load(_NAME, self._mark)
        self._known: dict[str, Told] = {} if body is None else json.loads(body)

    def get(self, blobs: Blobs) -> Told | None:
        """What was told of these two texts."""
        return self._known.get(" ".join(blobs))

    def save(self, used: Mapping[Blobs, Told]) -> None:
        """Keeps what was told now, and some of what was told before."""
        fresh = {" ".join(blobs): told for blobs, told in used.items()}
        if fresh.keys() <= self._known.keys():
            return
        others = [key for key in reversed(self._known) if key not in fresh][:_MOST_UNUSED]
        kept = {key: self._known[key] for key in reversed(others)} | fresh
        self._cache.save(_NAME, self._mark, json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass"))


@cache
def _code() -> str:
    """A mark of the code that tells: another file, size or time of writing is other code."""
    files = sorted(_files(Path(__file__).parents[1]))
    return f"{crc32(repr(files).encode()):08x}"


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(Path(entry.path))
        elif entry.name.endswith(".py"):
            facts = entry.stat()
            yield entry.path, facts.st_size, facts.st_mtime_ns
