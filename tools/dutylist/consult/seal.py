"""What a seal covers, written once: whatever is hashed, and why, stands in this file alone.

States are named by content and not by commit, so that a rebase, a merge, another platform or another object format of
git breaks no seal. Hashed are the bytes that git stores, so the line ends of a checkout do not matter either.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.model.consultation import Leg, Totals

_VERSION = "dutylist seal 1"
_SHORT = 16


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()


def content_digest(files: Iterable[tuple[str, str]]) -> str:
    """The digest of a state: of `duties/` and `schema/vocabulary/`, each (path, digest of its bytes), sorted.

    Digests of files instead of the files themselves: what two states have alike is then read once for both.
    """
    return _digest(f"{digest} {path}" for path, digest in sorted(files))


@dataclass(frozen=True, slots=True)
class Sealed:
    """All that one seal covers.

    `title` is there so that two legs cannot change places, nor one be called otherwise. `files` are the leg's own by
    their path in its folder, with their digests: opinions, approvals, attachments. The reports are left out, since they
    print the digest. `previous` are the whole `leg.toml` of the legs sealed before, by title: that makes a chain of the
    seals, and covers the reports of those legs, whose digests stand there.
    """

    title: str
    leg: Leg
    content: str
    files: Mapping[str, str]
    totals: Totals
    tool: str
    rules: str
    previous: Mapping[str, str]


def seal_digest(sealed: Sealed) -> str:
    """The digest of a leg: its title, the state, its own files, `leg.toml` without its seal, and the legs before.

    `leg.toml` is hashed as it is written today: a change of its layout needs a new version of the seal.
    """
    totals = sealed.totals
    return _digest(
        (
            _VERSION,
            f"title {sealed.title}",
            f"content {sealed.content}",
            f"leg {digest_of(canonical_text(replace(sealed.leg, seal=None)).encode())}",
            *(f"file {digest} {path}" for path, digest in sorted(sealed.files.items())),
            f"totals {totals.duties} {totals.basic} {totals.supporting} {totals.reclaimed}",
            f"tool {sealed.tool}",
            f"rules {sealed.rules}",
            *(f"previous {digest} {title}" for title, digest in sorted(sealed.previous.items())),
        )
    )


def listed(files: Mapping[str, str]) -> tuple[str, ...]:
    """The leg's own files as the seal lists them, to name one that differs: what counts is the whole digest."""
    return tuple(f"{path} {digest[:_SHORT]}" for path, digest in sorted(files.items()))


def from_list(lines: Iterable[str]) -> dict[str, str]:
    """The beginning of the digest of each file that a seal lists."""
    return {path: digest for path, _, digest in (line.rpartition(" ") for line in lines)}


def differs(listed_digest: str, digest: str) -> bool:
    """Whether a file is not the one that a seal lists."""
    return not digest.startswith(listed_digest)


def is_own(path: str) -> bool:
    """Whether a file of a leg's folder is covered by itself: not `leg.toml`, not a report."""
    return path != LEG_FILE and path not in REPORTS.values()


def _digest(lines: Iterable[str]) -> str:
    # No path holds a NUL; a line break in a name must not make two files out of one.
    return digest_of("".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape"))
