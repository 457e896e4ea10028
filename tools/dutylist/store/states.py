"""The digests of what revisions hold, by content: each blob is read once, and remembered in the git directory."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dutylist.store.cache import Cache
from dutylist.store.git import blobs_in_parallel, git
from dutylist.store.revision import Repository
from dutylist.store.snapshot import CONTENT

_NAME, _MARK = "digests", "dutylist digests 1"
_FILE, _EXECUTABLE = "100644", "100755"
# What means something in a pattern of git; a folder may be called so.
_WILD, _ESCAPED = re.compile(r"[*?\[\]\\]"), r"\\\g<0>"

Digests = dict[str, str]
"""SHA-256 of each file by path."""


@dataclass
class Blobs:
    """The SHA-256 of blobs by their ids; an id says all about its blob, so what is known stays true."""

    repository: Path
    cache: Cache
    _known: dict[str, str] = field(default_factory=dict)
    _loaded: bool = False

    def digests(self, ids: Iterable[str]) -> dict[str, str]:
        """The digests of these blobs."""
        self._load()
        wanted = list(dict.fromkeys(ids))
        missing = [one for one in wanted if one not in self._known]
        for at, content in blobs_in_parallel(self.repository, missing):
            self._known[missing[at]] = hashlib.sha256(content).hexdigest()
        if missing:
            self._save()
        return {one: self._known[one] for one in wanted}

    def _load(self) -> None:
        if not self._loaded:
            self._loaded = True
            body = self.cache.load(_NAME, _MARK)
            words = (body or b"").decode().split()
            self._known = dict(zip(words[::2], words[1::2], strict=True))

    def _save(self) -> None:
        lines = "\n".join(f"{blob} {digest}" for blob, digest in self._known.items())
        self.cache.save(_NAME, _MARK, lines.encode())


@dataclass
class States:
    """What commits of a repository hold of a library; listings and digests are made once."""

    repository: Repository
    blobs: Blobs
    _contents: dict[str, Digests] = field(default_factory=dict)
    _trees: dict[str, str] = field(default_factory=dict)
    _listings: dict[tuple[str, str], "_Listing"] = field(default_factory=dict)

    @classmethod
    def of(cls, repository: Repository) -> "States":
        """The states of a repository."""
        return cls(repository, Blobs(repository.place, Cache.of(repository.git_dir)))

    def content(self, commit: str) -> Digests:
        """The digest of each file of `duties/` and `schema/vocabulary/` in a commit, by path."""
        key = self.trees(commit)
        if key not in self._contents:
            files = {path: blob for part in CONTENT for path, blob in self.files(commit, part).items()}
            self._contents[key] = self._digested(files)
        return self._contents[key]

    def below(self, commit: str, folder: str) -> Digests:
        """The digest of each file below a folder of the library, by its path in that folder."""
        start = len(folder) + 1
        files = self.files(commit, folder)
        return {path[start:]: digest for path, digest in self._digested(files).items()}

    def files(self, commit: str, folder: str) -> dict[str, str]:
        """The blob ids of the files below a folder, by path in the library; hidden files are no part of it."""
        return self._listing(commit, folder).files

    def odd(self, commit: str, folder: str) -> frozenset[str]:
        """What lies below a folder and is no ordinary file, by path in that folder: links, other repositories."""
        start = len(folder) + 1
        return frozenset(path[start:] for path in self._listing(commit, folder).odd)

    def trees(self, commit: str) -> str:
        """The ids of the trees that hold the content in a commit: they say all about it."""
        if commit not in self._trees:
            parts = map(self._inside, CONTENT)
            listing = git(self.repository.place, "ls-tree", "-z", "--full-tree", commit, *parts)
            self._trees[commit] = listing.decode("utf-8", "surrogateescape")
        return self._trees[commit]

    def _listing(self, commit: str, folder: str) -> "_Listing":
        key = commit, folder
        if key not in self._listings:
            above = self._listings.get((commit, folder.rpartition("/")[0]))
            self._listings[key] = above.below(folder) if above else self._asked(commit, folder)
        return self._listings[key]

    def _asked(self, commit: str, folder: str) -> "_Listing":
        listing = git(self.repository.place, "ls-tree", "-rz", "--full-tree", commit, self._inside(folder))
        return _read_listing(listing, len(self._inside("")))

    def _inside(self, folder: str) -> str:
        """A folder of the library as the repository counts it."""
        top = f"{self.repository.subfolder}/" if self.repository.subfolder else ""
        return top + folder

    def _digested(self, files: dict[str, str]) -> Digests:
        known = self.blobs.digests(files.values())
        return {path: known[blob] for path, blob in files.items()}


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a commit has below a folder: the blob ids of files by path, and the paths of what is no file."""

    files: dict[str, str]
    odd: frozenset[str]

    def below(self, folder: str) -> "_Listing":
        """What of it lies below a folder further down."""
        inside = f"{folder}/"
        files = {path: blob for path, blob in self.files.items() if path.startswith(inside)}
        return _Listing(files, frozenset(path for path in self.odd if path.startswith(inside)))


def _read_listing(listing: bytes, top: int) -> _Listing:
    """What `git ls-tree` tells, without the first `top` characters of each path."""
    files, odd = {}, set()
    for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        path = path[top:]
        if "/." in f"/{path}":
            continue
        if facts.startswith((_FILE, _EXECUTABLE)):
            files[path] = facts.rpartition(" ")[2]
        else:
            odd.add(path)
    return _Listing(files, frozenset(odd))


@dataclass(frozen=True, slots=True)
class Passing:
    """A commit that brought, changed or removed a file (`blob` is None then), and its parents."""

    commit: str
    parents: tuple[str, ...]
    blob: str | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The commits in which a state that the file speaks of may be found."""
        return (self.commit, *self.parents)


def passings(repository: Repository, head: str, folder: str, name: str) -> dict[str, list[Passing]]:
    """Of each file of this name below a folder, the commits up to `head` that touched it, the latest first."""
    top = f"{repository.subfolder}/" if repository.subfolder else ""
    spec = f":(top,glob){_WILD.sub(_ESCAPED, top)}{folder}/**/{name}"
    asked = ("log", "--topo-order", "--full-history", "--root", "--diff-merges=separate", "--format=%x01%H %P", "--raw")
    quiet = ("-z", "--no-abbrev", "--no-renames", "--no-notes", "--no-show-signature", "--no-color", "--no-ext-diff")
    output = git(repository.place, *asked, *quiet, head, "--", spec).decode("utf-8", "surrogateescape")
    found: dict[str, list[Passing]] = {}
    for path, passing in _read_log(output):
        of = found.setdefault(path.removeprefix(top), [])
        # A merge is told once for each parent.
        if not of or of[-1].commit != passing.commit:
            of.append(passing)
    return found


def _read_log(output: str) -> Iterator[tuple[str, Passing]]:
    """What `git log` tells of each commit and file; whatever a path is, it stands behind the facts of its file."""
    words = iter(output.split("\0"))
    commit, parents = "", list[str]()
    for word in words:
        facts = word.lstrip("\n")
        if facts.startswith("\x01"):
            commit, *parents = facts[1:].split()
        elif facts.startswith(":"):
            _, mode, _, blob, _ = facts.split(" ")
            yield next(words), Passing(commit, tuple(parents), blob if mode in (_FILE, _EXECUTABLE) else None)


Digest = Callable[[Iterable[tuple[str, str]]], str]


def find_state(states: States, candidates: Iterable[str], wanted: str, digest: Digest) -> str | None:
    """The first of some commits whose content has this digest."""
    return next((one for one in dict.fromkeys(candidates) if digest(states.content(one).items()) == wanted), None)
