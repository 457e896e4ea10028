"""A git revision as a snapshot: trees by `ls-tree`, blobs by one `cat-file --batch`."""

import os
import subprocess
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from dutylist.errors import DutyListError
from dutylist.model.text import one_line
from dutylist.store.snapshot import PARTS, Item


@dataclass(frozen=True)
class Revision:
    """The library in the commit `commit` of `repository`, `subfolder` deep inside it ("" at the top)."""

    repository: Path
    commit: str
    subfolder: str = ""

    @cached_property
    def _tree(self) -> list[tuple[Item, str]]:
        """Every file with its object id."""
        top = f"{self.subfolder}/" if self.subfolder else ""
        listing = git(self.repository, "ls-tree", "-rlz", "--full-tree", self.commit, *(top + part for part in PARTS))
        found = []
        for line in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            facts, _, path = line.partition("\t")
            mode, kind, object_id, size = facts.split()
            path = path.removeprefix(top)
            if kind == "blob" and not any(part.startswith(".") for part in path.split("/")):
                link = self._target(object_id) if mode == "120000" else None
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
        with subprocess.Popen(
            ["git", "cat-file", "--batch"], cwd=self.repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            # Asked from a thread of its own: with both ends here, two full pipes would wait for each other.
            asking = threading.Thread(target=_ask, args=(process.stdin, [self._ids[path] for path in wanted]))
            asking.start()
            for path in wanted:
                size = int(process.stdout.readline().split()[2])
                yield path, process.stdout.read(size)
                process.stdout.read(1)
            asking.join()

    def blob_id(self, path: str) -> str:
        """See `Snapshot`."""
        return self._ids[path]

    def _target(self, object_id: str) -> str:
        return git(self.repository, "cat-file", "blob", object_id).decode("utf-8", "surrogateescape")


def revision(folder: Path, name: str) -> Revision:
    """The library that `folder` holds as it was at `name`; also inside a bare repository or deep in a larger one.

    Raises a `DutyListError` where there is no repository, no such revision, or no library in it.
    """
    # Without this GitPython refuses to be imported where there is no git program.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import git as gitpython

    try:
        repository = gitpython.Repo(folder, search_parent_directories=True)
        commit = str(repository.git.rev_parse("--verify", "--end-of-options", f"{name}^{{commit}}"))
    except (gitpython.InvalidGitRepositoryError, gitpython.NoSuchPathError) as error:
        raise DutyListError(
            "清单库不在 git 仓库中，没有历史版本。", "请先运行 git init 并提交，或去掉 --revision。"
        ) from error
    except gitpython.GitCommandNotFound as error:
        raise DutyListError("没有找到 git 程序。", "请先安装 git。") from error
    except gitpython.GitCommandError as error:
        if "dubious ownership" in str(error.stderr):
            message = "git 不信任这个仓库，因为它属于另一个用户。"
            raise DutyListError(message, f"确认无误后运行 git config --global --add safe.directory {folder}") from error
        next_step = "请用 git log --oneline 或 git tag 查看有哪些版本。"
        raise DutyListError(f"没有这个版本：{one_line(name)}", next_step) from error
    if repository.working_tree_dir is None:
        found = Revision(Path(repository.git_dir), commit)
    else:
        top = Path(repository.working_tree_dir).resolve()
        inside = folder.resolve().relative_to(top)
        found = Revision(top, commit, "" if inside == Path() else inside.as_posix())
    if not found.items():
        raise DutyListError(f"版本 {one_line(name)} 中没有清单库。", "请换一个版本，或检查 --library。")
    return found


def git(where: Path, *arguments: str) -> bytes:
    """The output of one git command in the folder `where`; a refusal is a `DutyListError` with git's last line."""
    try:
        done = subprocess.run(["git", *arguments], cwd=where, env={**os.environ, "LC_ALL": "C"}, capture_output=True)
    except FileNotFoundError as error:
        raise DutyListError("没有找到 git 程序。", "请先安装 git。") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise DutyListError(f"git {arguments[0]} 失败：{one_line(lines[-1])}")
    return done.stdout


def _ask(stream: IO[bytes], object_ids: list[str]) -> None:
    with stream:
        stream.write("".join(f"{object_id}\n" for object_id in object_ids).encode())
