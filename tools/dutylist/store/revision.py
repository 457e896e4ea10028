"""A git revision as a snapshot: what its trees list, what its blobs hold, how it differs from another."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.change import SideName
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, DUTIES
from dutylist.model.text import one_line
from dutylist.store.git import Running, blobs, difference, differing_blobs, distrusted, git, is_distrusted, said
from dutylist.store.snapshot import CONTENT, PARTS, Item

VOCABULARIES = (CATEGORIES_FILE, DEPARTMENTS_FILE)

_LINK = "120000"
_LOOKED_UP = (DUTIES, *VOCABULARIES)


@dataclass(frozen=True)
class Repository:
    """A repository as seen from a library in it: where git is run, and the library's folder there ("" at the top)."""

    place: Path
    subfolder: str
    git_dir: Path
    shallow: bool


@dataclass(frozen=True)
class Revision:
    """The library in the commit `commit` of `repository`, `subfolder` deep inside it ("" at the top)."""

    repository: Path
    commit: str
    subfolder: str = ""
    git_dir: Path | None = None
    tree: str = ""
    vocabularies: Mapping[str, str] = field(default_factory=dict)
    """The blob ids of the vocabularies that are there."""

    @property
    def algorithm(self) -> str:
        """What the repository makes object ids with."""
        return "sha1" if len(self.commit) == 40 else "sha256"

    @property
    def _top(self) -> str:
        return f"{self.subfolder}/" if self.subfolder else ""

    @property
    def _content(self) -> list[str]:
        return [self._top + part for part in CONTENT]

    @cached_property
    def _tree(self) -> list[tuple[Item, str]]:
        """Every file with its object id."""
        parts = [self._top + part for part in PARTS]
        listing = git(self.repository, "ls-tree", "-rlz", "--full-tree", self.commit, *parts)
        found = []
        for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            facts, _, path = line.partition("\t")
            mode, kind, object_id, size = facts.split()
            path = path.removeprefix(self._top)
            if kind == "blob" and not any(part.startswith(".") for part in path.split("/")):
                link = self._target(object_id) if mode == _LINK else None
                found.append((Item(path, int(size), link), object_id))
        return sorted(found, key=lambda pair: os.fsencode(pair[0].path))

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {item.path: object_id for item, object_id in self._tree}

    def items(self) -> list[Item]:
        """See `Snapshot`."""
        return [item for item, _ in self._tree]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """See `Snapshot`."""
        wanted = list(paths)
        yield from zip(wanted, blobs(self.repository, [self._ids[path] for path in wanted]), strict=True)

    def blob_id(self, path: str) -> str:
        """See `Snapshot`."""
        return self._ids[path]

    def ids(self, algorithm: str = "") -> dict[str, str]:
        """See `Snapshot`; the ids are those of the repository's own algorithm."""
        return self._listed(*self._content)

    def ids_of(self, paths: Iterable[str]) -> dict[str, str]:
        """The blob ids of those of these paths that are files here."""
        every = list(paths)
        known = {path: self.vocabularies[path] for path in every if path in self.vocabularies}
        wanted = [self._top + path for path in every if path not in known and path not in VOCABULARIES]
        return known | (self._listed(*wanted) if wanted else {})

    def _listed(self, *paths: str) -> dict[str, str]:
        listing = git(self.repository, "ls-tree", "-rz", "--full-tree", self.commit, *paths)
        lines = listing.decode("utf-8", "surrogateescape").split("\0")[:-1]
        start = len("100644 blob ")
        end = start + len(self.commit)
        top = end + 1 + len(self._top)
        # Hidden files are no part of a library.
        return {line[top:]: line[start:end] for line in lines if line[7] == "b" and "/." not in line[top:]}

    def changed_since(self, tree: str | None) -> dict[str, str | None]:
        """The paths of the duties that an earlier tree has otherwise, with the blob ids here; without one, all."""
        if tree is None:
            return dict(self._listed(f"{self._top}{DUTIES}"))
        found = differing_blobs(git(self.repository, *difference(tree, self.tree)))
        return {f"{DUTIES}/{path}": blob for path, (_, blob) in found.items() if "/." not in f"/{path}"}

    def lacks(self, tree: str) -> bool:
        """Whether the repository has no such tree any more."""
        return said(self.repository, "cat-file", "-e", tree) is None

    def expect(self, other: "Revision") -> None:
        """Has git begin with what `differing` will be asked."""
        if other.commit not in self._begun:
            asked = difference(self.commit, other.commit, "--", *self._content)
            self._begun[other.commit] = Running(self.repository, asked)

    @cached_property
    def _begun(self) -> dict[str, Running]:
        return {}

    def differing(self, other: "Revision") -> dict[str, tuple[str | None, str | None]]:
        """The paths that another commit of this repository has otherwise, with the blob ids here and there."""
        self.expect(other)
        found = differing_blobs(self._begun.pop(other.commit).output())
        top = len(self._top)
        return {path[top:]: blobs for path, blobs in found.items() if "/." not in path[top:]}

    def _target(self, object_id: str) -> str:
        return git(self.repository, "cat-file", "blob", object_id).decode("utf-8", "surrogateescape")


def revision(folder: Path, name: str) -> Revision:
    """The library that `folder` holds as it was at `name`; also inside a bare repository or deep in a larger one.

    Raises a `DutyListError` where there is no repository, no such revision, or no library in it.
    """
    return revisions(folder, [name])[0]


def revisions(folder: Path, names: Sequence[str]) -> list[Revision]:
    """The library as it was at each of these names; asks git about all of them at once."""
    repository = repository_around(folder)
    top = f"{repository.subfolder}/" if repository.subfolder else ""
    asked = [f"{name}^{{commit}}{part}" for name in names for part in ("", *(f":{top}{path}" for path in _LOOKED_UP))]
    answers = _objects(repository.place, asked)
    width = len(_LOOKED_UP) + 1
    return [_revision(repository, name, *answers[at * width :][:width]) for at, name in enumerate(names)]


def _revision(
    repository: Repository, name: str, commit: str | None, duties: str | None, *vocabularies: str | None
) -> Revision:
    if commit is None:
        raise _no_such_revision(repository, name)
    if duties is None:
        raise DutyListError(f"版本 {one_line(name)} 中没有清单库。", _why_no_library(repository, commit))
    known = {path: blob for path, blob in zip(VOCABULARIES, vocabularies, strict=True) if blob}
    return Revision(repository.place, commit, repository.subfolder, repository.git_dir, duties, known)


def _objects(where: Path, names: Sequence[str]) -> list[str | None]:
    """The ids of the objects with these names; None for what there is not."""
    if any("\n" in name or "\0" in name for name in names):
        return [None] * len(names)
    asked = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    answer = git(where, "cat-file", "--batch-check=%(objecttype) %(objectname)", asked=asked)
    lines = answer.decode("utf-8", "surrogateescape").split("\n")[:-1]
    found = (line.split(" ") for line in lines)
    return [words[1] if words[0] in ("commit", "tree", "blob") and len(words) == 2 else None for words in found]


def _why_no_library(repository: Repository, commit: str) -> str:
    folder = f"{repository.subfolder}/{DUTIES}".lstrip("/")
    if said(repository.place, "rev-parse", "--verify", "--quiet", f"{commit}:{folder}"):
        return f"其中的 {DUTIES} 是另一个仓库（子模块）；请用 --library 指定那个仓库的文件夹。"
    return "请换一个版本，或检查 --library。"


def repository_around(folder: Path) -> Repository:
    """The repository that holds a library; a `DutyListError` where there is none, or git does not trust it."""
    asked = ("--absolute-git-dir", "--is-bare-repository", "--is-shallow-repository", "--show-prefix")
    try:
        answer = git(folder, "rev-parse", *asked).decode("utf-8", "surrogateescape")
    except DutyListError as error:
        if is_distrusted(error):
            raise distrusted(folder) from error
        if "not a git repository" in error.message:
            message = "清单库不在 git 仓库中，没有历史版本。"
            raise DutyListError(message, "请先运行 git init 并提交，再看历史版本。") from error
        raise
    git_dir, bare, shallow, prefix = [*answer.split("\n"), ""][:4]
    subfolder = prefix.rstrip("/")
    top = folder.resolve().parents[subfolder.count("/")] if subfolder else folder.resolve()
    return Repository(Path(git_dir) if bare == "true" else top, subfolder, Path(git_dir), shallow == "true")


def commit_of(repository: Repository, name: str) -> str:
    """The id of the commit that a name means; a `DutyListError` says why there is none, and what may help."""
    found = _objects(repository.place, [f"{name}^{{commit}}"])[0]
    if found is None:
        raise _no_such_revision(repository, name)
    return found


def _no_such_revision(repository: Repository, name: str) -> DutyListError:
    """Why there is no commit of this name, and what may help."""
    if repository.shallow:
        message = f"没有这个版本：{one_line(name)}；这是浅克隆，较早的提交没有取来。"
        fetch = "请运行 git fetch --unshallow 取来全部历史；缺的是分支时，运行 git fetch origin 分支名。"
        return DutyListError(message, fetch)
    if said(repository.place, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        message = f"没有这个版本：{one_line(name)}；当前分支还没有提交。"
        return DutyListError(message, "请先用 git add 和 git commit 提交。")
    return DutyListError(f"没有这个版本：{one_line(name)}", "请用 git log --oneline 或 git tag 查看有哪些版本。")


def common_ancestor(repository: Repository, one: SideName, other: SideName) -> str:
    """The commit where two histories parted; a `DutyListError` where there is none, or it was not fetched."""
    found = said(repository.place, "merge-base", str(one.commit), str(other.commit))
    if found:
        return found
    message = f"{one_line(one.name)} 与 {one_line(other.name)} 没有共同的历史。"
    fetch = "这是浅克隆，请运行 git fetch --unshallow 取来全部历史后重试。"
    raise DutyListError(message, fetch if repository.shallow else "请换一个版本，或分别写出两个版本。")
