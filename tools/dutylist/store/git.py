"""Runs git: one command, many blobs from one process, what differs between two trees."""

import os
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any

from dutylist.errors import DutyListError
from dutylist.model.text import one_line

NO_GIT = "没有找到 git 程序。"

# Pipes are read in pieces of this size, so that many small blobs do not each cost a system call.
_PIPE = 1 << 20


def git(where: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """The output of one git command in the folder `where`, which may be `asked` something short.

    A refusal is a `DutyListError` with git's last line.
    """
    return Running(where, arguments, asked).output()


class Running:
    """A git command that has begun; it works while others do."""

    def __init__(self, where: Path, arguments: Sequence[str], asked: bytes = b"") -> None:
        self._call: dict[str, Any] = {"args": ["git", *arguments], "cwd": where, "env": {**os.environ, "LC_ALL": "C"}}
        self._asked = asked
        try:
            self._process = subprocess.Popen(
                **self._call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=_PIPE
            )
        except FileNotFoundError as error:
            raise DutyListError(NO_GIT, "请先安装 git。") from error
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as stdin:
            stdin.write(asked)

    def output(self) -> bytes:
        """What the command says, when it has ended."""
        with self._process as process:
            assert process.stdout is not None
            output: bytes = process.stdout.read()
        if process.returncode:
            # With a second pipe to watch, long answers would come in small pieces; so it is asked again what is wrong.
            again = subprocess.run(**self._call, input=self._asked, capture_output=True)
            raise _refusal(self._call["args"][1], again.stderr)
        return output


def git_once(
    where: Path,
    *arguments: str,
    asked: bytes = b"",
    env: Mapping[str, str] | None = None,
    keep: int | None = None,
) -> bytes:
    """The output of a git command that changes something, and so is never run again to hear why it refused.

    `env` is added to the environment; the file `keep` stays open until git ends, whoever else has ended.
    A refusal is a `DutyListError` with git's last line.
    """
    call = {**os.environ, "LC_ALL": "C", **(env or {})}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=where,
            env=call,
            input=asked,
            capture_output=True,
            check=False,
            pass_fds=() if keep is None else (keep,),
        )
    except FileNotFoundError as error:
        raise DutyListError(NO_GIT, "请先安装 git。") from error
    if done.returncode:
        command = arguments[2] if arguments[0] == "-c" else arguments[0]
        raise _refusal(command, done.stderr)
    return done.stdout


def _refusal(command: str, errors: bytes) -> DutyListError:
    lines = errors.decode("utf-8", "replace").strip().splitlines() or ["?"]
    told = next((line for line in lines if line.startswith("fatal:")), lines[-1])
    return DutyListError(f"git {command} 失败：{one_line(told)}")


def said(where: Path, *arguments: str) -> str | None:
    """The one line that a git command answers; None where it refuses."""
    try:
        return git(where, *arguments).decode("utf-8", "surrogateescape").strip()
    except DutyListError as error:
        if error.message == NO_GIT:
            raise
        return None


def complaint(where: Path, *arguments: str) -> str:
    """What a git command that refuses says on its way out."""
    call = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(["git", *arguments], cwd=where, env=call, capture_output=True, check=False)
    return done.stderr.decode("utf-8", "replace")


def is_distrusted(error: DutyListError) -> bool:
    """Whether git refused because a repository belongs to someone else."""
    return "dubious ownership" in error.message


def distrusted(folder: Path) -> DutyListError:
    """What the user can do about a repository that belongs to someone else."""
    next_step = f"确认无误后运行 git config --global --add safe.directory {one_line(str(folder))}"
    return DutyListError("git 不信任这个仓库，因为它属于另一个用户。", next_step)


def difference(*trees: str) -> tuple[str, ...]:
    """The git command that tells how two trees differ."""
    return ("diff-tree", "-r", "-z", "--raw", "--no-renames", *trees)


def differing_blobs(output: bytes) -> dict[str, tuple[str | None, str | None]]:
    """The paths in which two trees differ, with the blob ids in both."""
    fields = output.decode("utf-8", "surrogateescape").split("\0")
    found: dict[str, tuple[str | None, str | None]] = {}
    for facts, path in zip(fields[::2], fields[1::2], strict=False):
        _, _, old, new, _ = facts.split(" ")
        found[path] = old if old.strip("0") else None, new if new.strip("0") else None
    return found


def blobs(repository: Path, object_ids: Iterable[str]) -> Iterator[bytes]:
    """What these blobs hold, in the order asked for."""
    wanted = list(object_ids)
    with subprocess.Popen(
        ["git", "cat-file", "--batch", "--buffer"],
        _PIPE,
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # Asked from a thread of its own: with both ends here, two full pipes would wait for each other.
        asking = threading.Thread(target=_ask, args=(process.stdin, wanted))
        asking.start()
        line, read = process.stdout.readline, process.stdout.read
        for object_id in wanted:
            size = line().rpartition(b" ")[2].strip()
            if not size.isdigit():
                process.kill()
                asking.join()
                raise DutyListError(f"git 仓库中缺少或损坏了对象 {object_id[:10]}。", "请运行 git fsck 检查仓库。")
            yield read(int(size) + 1)[:-1]
        asking.join()


def blobs_in_parallel(repository: Path, object_ids: list[str]) -> Iterator[tuple[int, bytes]]:
    """(index, content) of many blobs; two processes of git unpack them at the same time, and are read in turns."""
    halves = (range(0, len(object_ids), 2), range(1, len(object_ids), 2))
    contents = (blobs(repository, [object_ids[at] for at in half]) for half in halves)
    for pair in zip_longest(*map(zip, halves, contents)):
        yield from filter(None, pair)


def _ask(stream: IO[bytes], object_ids: list[str]) -> None:
    with suppress(BrokenPipeError), stream:
        stream.write("".join(f"{object_id}\n" for object_id in object_ids).encode())
