"""The ranks of duties by blob id: of what did not change, an account needs no more; kept from one run to the next."""

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

from dutylist.model.duty import Kind
from dutylist.model.library import duty_path
from dutylist.model.rank import Rank, packed, rank_of
from dutylist.store.read import read_quickly, read_record

# The beginning of a canonical duty says all that a rank needs; what begins otherwise is read whole.
_HEAD = re.compile(
    rb'id = "([a-z][a-z0-9]{1,9}-(?:[0-9]{4}|[1-9][0-9]{4,5}))"\n'
    rb'kind = "(basic|supporting|reclaimed)"\nposition = (0|[1-9][0-9]{0,5}|1000000)\nname = "'
)
_KINDS = {kind.value.encode(): kind for kind in Kind}

_ANY_DUTY = duty_path("?", "?", "?")
_NAME = "dutylist-ranks"
_VERSION = b"dutylist ranks 1"
# Ranks of blobs that are not in use now are kept up to this number.
_MOST_UNUSED = 200_000


def rank_in(content: bytes) -> Rank | None:
    """The rank of the duty in a file; None where the file yields no value."""
    head = _HEAD.match(content)
    if head:
        return packed(_KINDS[head[2]], int(head[3]), head[1].decode())
    record = read_quickly(_ANY_DUTY, content) or read_record(_ANY_DUTY, content, [])
    return None if record is None else rank_of(record.value)


@dataclass(frozen=True, slots=True)
class RankCache:
    """Ranks kept in a file of the git directory.

    It may be deleted at any time, be damaged, or be written by two processes at once: what is not in it is read anew.
    A blob's id says all about its content, so what is in it is never out of date.
    """

    path: Path

    @classmethod
    def of(cls, git_dir: Path) -> "RankCache":
        """The cache of a repository."""
        return cls(git_dir / _NAME)

    def load(self) -> dict[str, Rank]:
        """The ranks by blob id; none where the file is absent, damaged or of another version."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return {}
        head, _, body = content.partition(b"\n")
        if head != _head(body):
            return {}
        lines = body.decode().split("\n")
        width = len(lines[0].partition(" ")[0])
        return {line[:width]: line[width + 1 :] for line in lines}

    def save(self, ranks: dict[str, Rank], used: Iterable[str]) -> None:
        """Writes the ranks in use and some of the others, whole or not at all; nothing where that is not possible."""
        kept = {blob: ranks[blob] for blob in used if blob in ranks}
        others = (blob for blob in reversed(ranks) if blob not in kept)
        kept |= {blob: ranks[blob] for blob in list(islice(others, _MOST_UNUSED))}
        body = "\n".join(f"{blob} {rank}" for blob, rank in kept.items()).encode()
        with suppress(OSError):
            _replace(self.path, _head(body) + b"\n" + body)


def _head(body: bytes) -> bytes:
    return b"%s %08x" % (_VERSION, crc32(body))


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
