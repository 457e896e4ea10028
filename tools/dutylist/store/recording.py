"""Puts files into a new commit, with a tag perhaps: all or nothing, whenever the process may be killed.

Everything is made beside the branch first: blobs, tree, commit and tag are objects that nobody sees. One transaction of
git then moves the branch and makes the tag. Only behind it are the work tree and the index brought up to date; where
the process ends in between, `finish` does that, the next time that anybody asks.
"""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.text import one_line
from dutylist.store.cache import FOLDER
from dutylist.store.git import git, git_once, said
from dutylist.store.revision import Repository, repository_around
from dutylist.store.snapshot import PARTS

_JOURNAL = "recording"
_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


@dataclass(frozen=True, slots=True)
class Tag:
    """An annotated tag; `signed` demands a signature, which else the user's settings decide."""

    name: str
    message: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit can be made: a repository with a branch checked out, and the commit at its tip."""

    repository: Repository
    branch: str
    head: str


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
    return Place(repository, branch, head)


def _refuse_amid(repository: Repository) -> None:
    for name in _UNDER_WAY:
        if (repository.git_dir / name).exists():
            raise DutyListError("git 的合并或变基还没有完成；没有改动任何文件。", "请先完成，或用 --abort 放弃。")
    if (repository.git_dir / "index.lock").exists():
        message = "git 仓库正被另一个程序使用（index.lock）；没有改动任何文件。"
        raise DutyListError(message, "请等它结束；确认没有别的 git 在运行，再删去这个文件。")


def _refuse_changes(root: Path, repository: Repository) -> None:
    """Refuses changes that no commit holds: nobody could say whether they were meant to be in it."""
    asked = ("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", ".")
    output = git(root, *asked).decode("utf-8", "surrogateescape")
    top = len(repository.subfolder) + 1 if repository.subfolder else 0
    paths = [(line[:2], line[3 + top :]) for line in output.split("\0") if line]
    inside = tuple(f"{part}/" for part in PARTS)
    found = [path for state, path in paths if state != "??" or path.startswith(inside)]
    if found:
        listed = "、".join(map(one_line, found[:3])) + (f" 等 {len(found)} 个文件" if len(found) > 3 else "")
        message = f"有改动还没有提交：{listed}；没有改动任何文件。"
        raise DutyListError(message, "请先用 git add 和 git commit 提交，或用 git stash 收起。")


def record(place: Place, folder: str, files: Mapping[str, bytes], message: str, tag: Tag | None = None) -> str:
    """Commits these files, by path in the library, all below `folder`; gives the commit."""
    repository = place.repository
    journal = _journal(repository)
    journal.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=journal.parent, prefix=".recording-") as name:
        scratch = Path(name)
        commit = _commit(place, scratch, {_inside(repository, path): text for path, text in files.items()}, message)
        tagged = _tag_object(repository, scratch, tag, commit) if tag else None
        entry: dict[str, str | None] = {"head": place.head, "commit": commit, "folder": _inside(repository, folder)}
        entry |= {"tag": tag.name, "object": tagged} if tag else {}
        _write_journal(journal, entry)
    try:
        _move(place, commit, tag.name if tag else None, tagged)
    except DutyListError:
        _forget(journal)
        raise
    _bring_up(repository, commit, entry["folder"] or "")
    _forget(journal)
    return commit


def finish(root: Path) -> str | None:
    """Completes what a killed process left: says in words what was done, None where there was nothing.

    Where the branch was moved the commit stands, and what was missing is added; else nothing of it remains.
    """
    repository = repository_around(root)
    journal = _journal(repository)
    try:
        entry = json.loads(journal.read_text("utf-8"))
        commit, head = entry["commit"], entry["head"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        _forget(journal)
        return None
    tag, tagged = entry.get("tag"), entry.get("object")
    if said(repository.place, "merge-base", "--is-ancestor", commit, "HEAD") is None:
        if tag and said(repository.place, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}") == tagged:
            git_once(repository.place, "update-ref", "-d", f"refs/tags/{tag}", str(tagged))
        _forget(journal)
        return "上一次关闭或开始环节被打断，什么也没有留下；可以重新运行。"
    if tag and said(repository.place, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}") is None:
        git_once(repository.place, "update-ref", f"refs/tags/{tag}", str(tagged))
    if said(repository.place, "rev-parse", "HEAD") == commit:
        _bring_up(repository, commit, entry["folder"])
    _forget(journal)
    return f"上一次关闭或开始环节提交之后被打断，已经补完（{commit[:10]}，原在 {head[:10]}）。"


def _commit(place: Place, scratch: Path, files: Mapping[str, bytes], message: str) -> str:
    """A commit of these files on top of the branch, which nobody sees yet."""
    where = place.repository.place
    index = {"GIT_INDEX_FILE": str(scratch / "index")}
    ids = _stored(where, scratch, list(files.values()))
    lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in zip(files, ids, strict=True))
    git_once(where, "read-tree", place.head, env=index)
    git_once(where, "update-index", "-z", "--index-info", asked=lines.encode("utf-8", "surrogateescape"), env=index)
    tree = git_once(where, "write-tree", env=index).decode().strip()
    sign = ["-S"] if said(where, "config", "--bool", "commit.gpgsign") == "true" else []
    text = message.encode()
    return git_once(where, "commit-tree", tree, "-p", place.head, *sign, "-F", "-", asked=text).decode().strip()


def _stored(where: Path, scratch: Path, contents: Sequence[bytes]) -> list[str]:
    """The ids of these blobs, put into the repository as they are."""
    paths = [scratch / str(number) for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    asked = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    return git_once(where, "hash-object", "-w", "--no-filters", "--stdin-paths", asked=asked).decode().split()


def _tag_object(repository: Repository, scratch: Path, tag: Tag, commit: str) -> str:
    """A tag as an object alone: made in a git directory of its own that shares the objects of the repository."""
    where = repository.place
    if said(where, "rev-parse", "--verify", "--quiet", f"refs/tags/{tag.name}"):
        raise DutyListError(f"标签 {tag.name} 已经存在；没有改动任何文件。", f"请核对后删去：git tag -d {tag.name}")
    shadow = scratch / "shadow"
    form = "sha1" if len(commit) == 40 else "sha256"
    git_once(where, "init", "--quiet", "--bare", "--template=", f"--object-format={form}", str(shadow))
    own = {"GIT_DIR": str(shadow), "GIT_OBJECT_DIRECTORY": _path_of(repository, "objects")}
    git_once(where, "config", "include.path", _path_of(repository, "config"), env={"GIT_DIR": str(shadow)})
    signs = any(said(where, "config", "--bool", f"{what}.gpgsign") == "true" for what in ("tag", "commit"))
    kind = "-s" if signs or tag.signed else "-a"
    try:
        git_once(where, "tag", kind, "-F", "-", tag.name, commit, asked=tag.message.encode(), env=own)
    except DutyListError as error:
        if kind == "-a":
            raise
        message = f"标签没有签成：{error.message}；没有改动任何文件。"
        raise DutyListError(message, "请检查 git 的签名设置（user.signingKey、gpg.format），再重试。") from error
    return git_once(where, "rev-parse", f"refs/tags/{tag.name}", env=own).decode().strip()


def _move(place: Place, commit: str, tag: str | None, tagged: str | None) -> None:
    """Moves the branch and makes the tag in one transaction, if the branch still stands where it stood."""
    lines = [f"update HEAD {commit} {place.head}"]
    lines += [f"create refs/tags/{tag} {tagged}"] if tag else []
    asked = "".join(f"{line}\n" for line in ("start", *lines, "prepare", "commit")).encode()
    try:
        git_once(place.repository.place, "update-ref", "-m", "dutylist", "--stdin", asked=asked)
    except DutyListError as error:
        message = f"分支 {one_line(place.branch.rpartition('/')[2])} 刚被别的程序移动或锁住；没有改动任何文件。"
        raise DutyListError(message, f"请稍后重试（{error.message}）。") from error


def _bring_up(repository: Repository, commit: str, folder: str) -> None:
    """Makes index and work tree say below a folder what the commit says there."""
    git_once(
        repository.place, "restore", f"--source={commit}", "--staged", "--worktree", "--", f":(top,literal){folder}"
    )


def _journal(repository: Repository) -> Path:
    return repository.git_dir / FOLDER / _JOURNAL


def _write_journal(journal: Path, entry: Mapping[str, str | None]) -> None:
    fresh = journal.with_suffix(".new")
    with open(fresh, "w", encoding="utf-8") as file:
        json.dump(entry, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, journal)


def _forget(journal: Path) -> None:
    with suppress(OSError):
        journal.unlink(missing_ok=True)


def _path_of(repository: Repository, name: str) -> str:
    """A path in the git directory that all work trees of a repository share."""
    told = git_once(repository.place, "rev-parse", "--git-path", name).decode("utf-8", "surrogateescape").rstrip("\n")
    return str((repository.place / told).resolve())


def _inside(repository: Repository, path: str) -> str:
    return f"{repository.subfolder}/{path}" if repository.subfolder else path
