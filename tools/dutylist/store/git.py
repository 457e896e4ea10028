"""A git revision as a snapshot: trees by `ls-tree`, blobs by one `cat-file --batch`."""

import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import IO

from dutylist.errors import DutyListError
from dutylist.model.change import SideName
from dutylist.model.library import DUTIES
from dutylist.model.text import one_line
from dutylist.store.snapshot import PARTS, Item

NO_GIT = "没有找到 git 程序。"

_LINK = "120000"
# Pipes are read in pieces of this size, so that many small blobs do not each cost a system call.
_PIPE = 1 << 20


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

    @property
    def algorithm(self) -> str:
        """What the repository makes object ids with."""
        return "sha1" if len(self.commit) == 40 else "sha256"

    @property
    def _top(self) -> str:
        return f"{self.subfolder}/" if self.subfolder else ""

    @property
    def _parts(self) -> list[str]:
        return [self._top + part for part in PARTS]

    @cached_property
    def _tree(self) -> list[tuple[Item, str]]:
        """Every file with its object id."""
        listing = git(self.repository, "ls-tree", "-rlz", "--full-tree", self.commit, *self._parts)
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
        listing = git(self.repository, "ls-tree", "-rz", "--full-tree", self.commit, *self._parts)
        lines = listing.decode("utf-8", "surrogateescape").split("\0")[:-1]
        end, start = len("100644 blob ") + len(self.commit), len("100644 blob ")
        top = end + 1 + len(self._top)
        return {line[top:]: line[start:end] for line in lines if line[7] == "b"}

    def differing(self, other: "Revision") -> dict[str, tuple[str | None, str | None]]:
        """The paths that another commit of this repository has otherwise, with the blob ids here and there."""
        asked = ("-r", "-z", "--raw", "--no-renames", self.commit, other.commit, "--", *self._parts)
        fields = git(self.repository, "diff-tree", *asked).decode("utf-8", "surrogateescape").split("\0")
        found: dict[str, tuple[str | None, str | None]] = {}
        for facts, path in zip(fields[::2], fields[1::2], strict=False):
            was, now, old, new, _ = facts[1:].split(" ")
            there = (None if set(mode) == {"0"} else blob for mode, blob in ((was, old), (now, new)))
            found[path[len(self._top) :]] = next(there), next(there)
        return found

    def _target(self, object_id: str) -> str:
        return git(self.repository, "cat-file", "blob", object_id).decode("utf-8", "surrogateescape")


def revision(folder: Path, name: str) -> Revision:
    """The library that `folder` holds as it was at `name`; also inside a bare repository or deep in a larger one.

    Raises a `DutyListError` where there is no repository, no such revision, or no library in it.
    """
    repository = repository_around(folder)
    commit = commit_of(repository, name)
    folder_there = f"{commit}:{repository.subfolder}/{DUTIES}".replace(":/", ":")
    if _said(repository.place, "cat-file", "-t", folder_there) != "tree":
        raise DutyListError(f"版本 {one_line(name)} 中没有清单库。", _why_no_library(repository, folder_there))
    return Revision(repository.place, commit, repository.subfolder)


def _why_no_library(repository: Repository, folder: str) -> str:
    if _said(repository.place, "rev-parse", "--verify", "--quiet", folder):
        return f"其中的 {DUTIES} 是另一个仓库（子模块）；请用 --library 指定那个仓库的文件夹。"
    return "请换一个版本，或检查 --library。"


def repository_around(folder: Path) -> Repository:
    """The repository that holds a library; a `DutyListError` where there is none, or git does not trust it."""
    asked = ("--absolute-git-dir", "--is-bare-repository", "--is-shallow-repository", "--show-prefix")
    try:
        answer = git(folder, "rev-parse", *asked).decode("utf-8", "surrogateescape")
    except DutyListError as error:
        if "dubious ownership" in error.message:
            message = "git 不信任这个仓库，因为它属于另一个用户。"
            raise DutyListError(message, f"确认无误后运行 git config --global --add safe.directory {folder}") from error
        if "not a git repository" in error.message:
            message = "清单库不在 git 仓库中，没有历史版本。"
            raise DutyListError(message, "请先运行 git init 并提交，或去掉 --revision。") from error
        raise
    git_dir, bare, shallow, prefix = [*answer.split("\n"), ""][:4]
    subfolder = prefix.rstrip("/")
    top = folder.resolve().parents[subfolder.count("/")] if subfolder else folder.resolve()
    return Repository(Path(git_dir) if bare == "true" else top, subfolder, Path(git_dir), shallow == "true")


def commit_of(repository: Repository, name: str) -> str:
    """The id of the commit that a name means; a `DutyListError` says why there is none, and what may help."""
    found = _said(repository.place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found:
        return found
    if repository.shallow:
        message = f"没有这个版本：{one_line(name)}；这是浅克隆，较早的提交没有取来。"
        raise DutyListError(
            message, "请运行 git fetch --unshallow 取来全部历史；缺的是分支时，运行 git fetch origin 分支名。"
        )
    if _said(repository.place, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise DutyListError(
            f"没有这个版本：{one_line(name)}；当前分支还没有提交。", "请先用 git add 和 git commit 提交。"
        )
    raise DutyListError(f"没有这个版本：{one_line(name)}", "请用 git log --oneline 或 git tag 查看有哪些版本。")


def common_ancestor(repository: Repository, one: SideName, other: SideName) -> str:
    """The commit where two histories parted; a `DutyListError` where there is none, or it was not fetched."""
    found = _said(repository.place, "merge-base", str(one.commit), str(other.commit))
    if found:
        return found
    message = f"{one_line(one.name)} 与 {one_line(other.name)} 没有共同的历史。"
    fetch = "这是浅克隆，请运行 git fetch --unshallow 取来全部历史后重试。"
    raise DutyListError(message, fetch if repository.shallow else "请换一个版本，或分别写出两个版本。")


def _said(where: Path, *arguments: str) -> str | None:
    """The one line that a git command answers; None where it refuses."""
    try:
        return git(where, *arguments).decode("utf-8", "surrogateescape").strip()
    except DutyListError as error:
        if error.message == NO_GIT:
            raise
        return None


def git(where: Path, *arguments: str) -> bytes:
    """The output of one git command in the folder `where`; a refusal is a `DutyListError` with git's last line."""
    try:
        done = subprocess.run(["git", *arguments], cwd=where, env={**os.environ, "LC_ALL": "C"}, capture_output=True)
    except FileNotFoundError as error:
        raise DutyListError(NO_GIT, "请先安装 git。") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise DutyListError(f"git {arguments[0]} 失败：{one_line(lines[-1])}")
    return done.stdout


def blobs(repository: Path, object_ids: Iterable[str]) -> Iterator[bytes]:
    """What these blobs hold, in the order asked for."""
    wanted = list(object_ids)
    with subprocess.Popen(
        ["git", "cat-file", "--batch"], _PIPE, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # Asked from a thread of its own: with both ends here, two full pipes would wait for each other.
        asking = threading.Thread(target=_ask, args=(process.stdin, wanted))
        asking.start()
        for _ in wanted:
            size = int(process.stdout.readline().split()[2])
            yield process.stdout.read(size)
            process.stdout.read(1)
        asking.join()


def blobs_in_parallel(repository: Path, object_ids: list[str]) -> Iterator[tuple[str, bytes]]:
    """(id, content) of many blobs; two processes of git unpack them at the same time, and are read in turns."""
    halves = (object_ids[::2], object_ids[1::2])
    for pair in zip_longest(*(zip(half, blobs(repository, half), strict=True) for half in halves)):
        yield from filter(None, pair)


def _ask(stream: IO[bytes], object_ids: list[str]) -> None:
    with stream:
        stream.write("".join(f"{object_id}\n" for object_id in object_ids).encode())
