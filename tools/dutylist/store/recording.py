"""Puts files into a new commit, with a tag perhaps: all or nothing, whenever the process may be killed.

Everything is made beside the branch first: blobs, tree, commit and tag are objects that nobody sees. One transaction of
git then moves the branch and makes the tag. Only behind it are the work tree and the index brought up to date; where
the process ends in between, `finish` does that, the next time that anybody asks.
"""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep

from dutylist.errors import DutyListError
from dutylist.model.text import one_line
from dutylist.store.cache import FOLDER
from dutylist.store.git import git, git_once, said
from dutylist.store.lock import locked
from dutylist.store.revision import Repository, repository_around
from dutylist.store.snapshot import PARTS
from dutylist.store.unseen import Tag, commit_object, refuse_tag_taken, scratch, tag_object
from dutylist.store.write import uninterrupted

__all__ = ["Place", "Tag", "finish", "place_to_record", "record"]

_JOURNAL = "recording"
_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
# Another program (an editor that shows the state of files) may hold the index for a moment.
_PAUSES = (0.1, 0.4, 1.0)
_MOST_NAMED = 3
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit can be made: a repository with a branch checked out, and the commit at its tip."""

    repository: Repository
    branch: str
    head: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """What must be known to complete a recording, or to take back the little that was done."""

    head: str
    commit: str
    paths: list[str]
    tag: str | None = None
    tagged: str | None = None


def place_to_record(root: Path) -> Place:
    """Where a commit can be made; refused without a branch, amid a merge, or where the library has changes."""
    repository = repository_around(root)
    where = repository.place
    if repository.git_dir == where:
        raise DutyListError("裸仓库里不能关闭或开始环节。", "请克隆一份，在克隆里做，再推送。")
    branch = said(where, "symbolic-ref", "--quiet", "HEAD")
    if not branch:
        message = "现在没有在任何分支上（detached HEAD）；没有改动任何文件。"
        raise DutyListError(message, "请先回到分支，如 git switch main。")
    head = said(where, "rev-parse", "--verify", "--quiet", "HEAD")
    if not head:
        raise DutyListError("当前分支还没有提交。", "请先用 git add 和 git commit 提交。")
    _refuse_amid(repository)
    _refuse_changes(root, repository)
    if not all(said(where, "var", f"GIT_{who}_IDENT") for who in ("AUTHOR", "COMMITTER")):
        message = "git 不知道提交人是谁；没有改动任何文件。"
        raise DutyListError(message, "请先设置：git config user.name 姓名；git config user.email 邮箱。")
    return Place(repository, branch, head)


def _refuse_amid(repository: Repository) -> None:
    for name in _UNDER_WAY:
        if (repository.git_dir / name).exists():
            raise DutyListError("git 的合并或变基还没有完成；没有改动任何文件。", "请先完成，或用 --abort 放弃。")
    if (repository.git_dir / "index.lock").exists():
        message = "git 仓库正被另一个程序使用（index.lock）；没有改动任何文件。"
        raise DutyListError(message, "请等它结束；确认没有别的 git 在运行，再删去这个文件。")


def _refuse_changes(root: Path, repository: Repository) -> None:
    """Refuses changes that no commit holds: nobody could say whether they were meant to be in it.

    Ignored records count too: they would be read, and not be in the commit.
    """
    asked = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--no-renames", "--", ".")
    output = git(root, *asked).decode("utf-8", "surrogateescape")
    top = len(repository.subfolder) + 1 if repository.subfolder else 0
    paths = [(line[:2], line[3 + top :]) for line in output.split("\0") if line]
    found = [path for state, path in paths if _counts(state, path)]
    if found:
        more = f" 等 {len(found)} 个文件" if len(found) > _MOST_NAMED else ""
        listed = "、".join(map(one_line, found[:_MOST_NAMED]))
        message = f"有改动还没有提交：{listed}{more}；没有改动任何文件。"
        raise DutyListError(message, "请先用 git add 和 git commit 提交，或用 git stash 收起。")


def _counts(state: str, path: str) -> bool:
    inside = path.startswith(tuple(f"{part}/" for part in PARTS))
    if state == "!!":
        return inside and path.endswith(".toml") and "/." not in path
    return inside or state != "??"


def record(place: Place, files: Mapping[str, bytes], message: str, tag: Tag | None = None) -> str:
    """Commits these files, by path in the library, and tags the commit; gives the commit."""
    repository = place.repository
    journal = _journal(repository)
    journal.parent.mkdir(exist_ok=True)
    inside = {_inside(repository, path): text for path, text in files.items()}
    with locked(journal.parent) as held, scratch(journal.parent) as free:
        if tag:
            refuse_tag_taken(repository, tag.name)
        commit = commit_object(repository, place.head, inside, message, free)
        tagged = tag_object(repository, tag, commit, free) if tag else None
        entry = _Entry(place.head, commit, list(inside), tag.name if tag else None, tagged)
        with uninterrupted():
            _write_journal(journal, entry)
            _move(place, entry, journal, held)
            _bring_up(repository, entry, held)
            _forget(journal)
    return commit


def finish(root: Path) -> str | None:
    """Completes what a killed process left: says in words what was done, None where there was nothing.

    Where a branch was moved the commit stands, and what was missing is added; else nothing of it remains. What another
    process is about to do is left to it.
    """
    repository = repository_around(root)
    journal = _journal(repository)
    if not journal.exists():
        return None
    with ExitStack() as stack:
        try:
            held = stack.enter_context(locked(journal.parent))
        except DutyListError:
            return None
        return _finished(repository, journal, held)


def _finished(repository: Repository, journal: Path, held: int | None) -> str | None:
    entry = _read_journal(journal)
    if entry is None:
        _forget(journal)
        return None
    where = repository.place
    # Asked in a way that tells "no" from a git that could not answer: a tag must not be lost to a full disk.
    stands = entry.commit in git(where, "rev-list", "--branches", "--remotes").decode().split()
    tag = said(where, "rev-parse", "--verify", "--quiet", f"refs/tags/{entry.tag}") if entry.tag else None
    if not stands:
        if tag and tag == entry.tagged:
            git_once(where, "update-ref", "-d", f"refs/tags/{entry.tag}", tag)
        _forget(journal)
        return "上一次开始或关闭环节被打断，什么也没有留下；可以重新运行。"
    if entry.tag and not tag:
        git_once(where, "update-ref", f"refs/tags/{entry.tag}", str(entry.tagged))
    if said(where, "rev-parse", "HEAD") == entry.commit:
        _bring_up(repository, entry, held)
    _forget(journal)
    return f"上一次开始或关闭环节在提交之后被打断，已经补完（提交 {entry.commit[:10]}）。"


def _move(place: Place, entry: _Entry, journal: Path, held: int | None) -> None:
    """Moves the branch and makes the tag in one transaction, if the branch still stands where it stood.

    The lock outlives this process in git: who finds it free finds git done, too.
    """
    where = place.repository.place
    lines = [f"update HEAD {entry.commit} {entry.head}"]
    lines += [f"create refs/tags/{entry.tag} {entry.tagged}"] if entry.tag else []
    asked = "".join(f"{line}\n" for line in ("start", *lines, "prepare", "commit")).encode()
    try:
        git_once(where, "update-ref", "-m", "dutylist", "--stdin", asked=asked, keep=held)
    except DutyListError as error:
        if said(where, "rev-parse", "HEAD") == entry.commit:
            return
        _forget(journal)
        message = (
            f"分支 {one_line(place.branch.removeprefix('refs/heads/'))} 刚被别的程序移动或锁住；没有改动任何文件。"
        )
        raise DutyListError(message, f"请稍后重试（{error.message}）。") from error


def _bring_up(repository: Repository, entry: _Entry, held: int | None) -> None:
    """Makes index and work tree say of the files recorded what the commit says."""
    asked = "".join(f"{path}\0" for path in entry.paths).encode("utf-8", "surrogateescape")
    said_where = ("--pathspec-from-file=-", "--pathspec-file-nul")
    call = ("restore", f"--source={entry.commit}", "--staged", "--worktree", *said_where)
    for pause in (*_PAUSES, None):
        try:
            git_once(repository.place, *call, asked=asked, env=_LITERAL, keep=held)
            return
        except DutyListError as error:
            if pause is None:
                message = f"已经提交（{entry.commit[:10]}），但工作文件还没有跟上：{error.message}"
                raise DutyListError(message, "排除原因后运行 dutylist leg status，会自动补完。") from error
            sleep(pause)


def _journal(repository: Repository) -> Path:
    return repository.git_dir / FOLDER / _JOURNAL


def _write_journal(journal: Path, entry: _Entry) -> None:
    fresh = journal.with_suffix(".new")
    with open(fresh, "w", encoding="utf-8") as file:
        json.dump(asdict(entry), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, journal)


def _read_journal(journal: Path) -> _Entry | None:
    """What was noted; None where that is damaged, which no process that was killed leaves."""
    try:
        return _Entry(**json.loads(journal.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _forget(journal: Path) -> None:
    with suppress(OSError):
        journal.unlink(missing_ok=True)


def _inside(repository: Repository, path: str) -> str:
    return f"{repository.subfolder}/{path}" if repository.subfolder else path
