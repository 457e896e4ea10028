"""Tags: what each names, what becomes of its signature, which of them seal a leg that history does not know."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.changelog import CHANGELOG, LEG_FILE
from dutylist.model.consultation import NAME_PATTERN
from dutylist.model.sealing import Signature
from dutylist.store.git import blobs, complaint, git, said
from dutylist.store.revision import Repository

_FORM = "%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
_SIGNED = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN SIGNED MESSAGE-----")
# What git says of a signature that does not fit, whether the key is known or not.
_WRONG = ("BADSIG", "incorrect signature", "Could not verify signature")
# What it says where it lacks the means to verify.
_CANNOT = ("allowedSignersFile", "NO_PUBKEY", "No public key", "cannot run", "No principal")
_NAME = re.compile(f"^{NAME_PATTERN[1:-1]}/{NAME_PATTERN[1:-1]}$")
_BRANCHES = ("refs/heads", "refs/remotes")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: the object that it names, and the commit behind it (None where there is none)."""

    object_id: str
    annotated: bool
    commit: str | None


def tags(repository: Path) -> dict[str, Tag]:
    """All tags by name."""
    output = git(repository, "for-each-ref", f"--format={_FORM}", "refs/tags").decode("utf-8", "surrogateescape")
    lines = (line.split("\0") for line in output.split("\n") if line)
    return {name: _tag(repository, *facts) for name, *facts in lines}


def _tag(repository: Path, kind: str, object_id: str, behind_kind: str, behind: str) -> Tag:
    if kind == "commit":
        return Tag(object_id, False, object_id)
    if behind_kind == "tag":
        # A tag of a tag.
        return Tag(object_id, True, said(repository, "rev-parse", "--verify", "--quiet", f"{object_id}^{{commit}}"))
    return Tag(object_id, kind == "tag", behind if behind_kind == "commit" else None)


def signatures(repository: Path, some: Iterable[Tag]) -> dict[str, Signature]:
    """What becomes of verifying these tags, by the ids of their objects."""
    ids = [tag.object_id for tag in some if tag.annotated]
    texts = zip(ids, blobs(repository, ids), strict=True) if ids else ()
    return {one: _verified(repository, one) if _is_signed(text) else Signature.ABSENT for one, text in texts}


def _is_signed(text: bytes) -> bool:
    return any(mark in text for mark in _SIGNED)


def _verified(repository: Path, tag: str) -> Signature:
    try:
        git(repository, "verify-tag", tag)
    except DutyListError:
        told = complaint(repository, "verify-tag", "--raw", tag)
        unknown = any(word in told for word in _CANNOT) and not any(word in told for word in _WRONG)
        return Signature.UNKNOWN if unknown else Signature.BAD
    return Signature.GOOD


def unknown_tags(
    repository: Repository, some: Mapping[str, Tag], known: Container[str]
) -> Iterator[tuple[str, str, str, str]]:
    """The tags that are called like a leg and are none of the known: title, commit, path and blob of its `leg.toml`."""
    found = [
        (title, tag.commit) for title, tag in some.items() if tag.commit and _NAME.match(title) and title not in known
    ]
    paths = [f"{CHANGELOG}/{title}/{LEG_FILE}" for title, _ in found]
    top = f"{repository.subfolder}/" if repository.subfolder else ""
    asked = "".join(f"{commit}:{top}{path}\n" for (_, commit), path in zip(found, paths, strict=True))
    form = "--batch-check=%(objecttype) %(objectname)"
    answer = git(repository.place, "cat-file", form, asked=asked.encode("utf-8", "surrogateescape")).decode()
    for (title, commit), path, line in zip(found, paths, answer.split("\n"), strict=False):
        kind, _, blob = line.partition(" ")
        if kind == "blob":
            yield title, commit, path, blob


def is_on_branch(repository: Path, commit: str) -> bool:
    """Whether some branch has a commit in its history."""
    return bool(git(repository, "for-each-ref", "--count=1", "--contains", commit, *_BRANCHES))
