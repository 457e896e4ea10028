"""Commits and tags as objects alone, which nobody sees before a branch or a tag is made to name them."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.store.git import git_once, said
from dutylist.store.revision import Repository

# What is written here is UTF-8, whatever the user's own commits are.
_UTF8 = ("-c", "i18n.commitEncoding=UTF-8")
_SCRATCH = ".recording-"


@dataclass(frozen=True, slots=True)
class Tag:
    """An annotated tag; `signed` demands a signature, which else the user's settings decide."""

    name: str
    message: str
    signed: bool = False


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder for what is needed on the way; those that killed processes left go too."""
    import shutil

    for left in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_SCRATCH) as name:
        yield Path(name)


def commit_object(repository: Repository, parent: str, files: Mapping[str, bytes], message: str, folder: Path) -> str:
    """A commit of these files, by path in the repository, on top of another; `folder` is free to be used."""
    where = repository.place
    index = {"GIT_INDEX_FILE": str(folder / "index")}
    ids = _stored(where, folder, list(files.values()))
    lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in zip(files, ids, strict=True))
    git_once(where, "read-tree", parent, env=index)
    git_once(where, "update-index", "-z", "--index-info", asked=lines.encode("utf-8", "surrogateescape"), env=index)
    tree = git_once(where, "write-tree", env=index).decode().strip()
    sign = ["-S"] if _is_set(where, "commit.gpgsign") else []
    call = (*_UTF8, "commit-tree", tree, "-p", parent, *sign, "-F", "-")
    try:
        return git_once(where, *call, asked=message.encode()).decode().strip()
    except DutyListError as error:
        raise (_unsigned("提交", error) if sign else error) from error


def _stored(where: Path, folder: Path, contents: Sequence[bytes]) -> list[str]:
    """The ids of these blobs, put into the repository as they are."""
    paths = [folder / str(number) for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    asked = "".join(f"{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    return git_once(where, "hash-object", "-w", "--no-filters", "--stdin-paths", asked=asked).decode().split()


def tag_object(repository: Repository, tag: Tag, commit: str, folder: Path) -> str:
    """A tag of a commit: made in a git directory of its own that shares the objects of the repository."""
    where, shadow = repository.place, folder / "shadow"
    form = "sha1" if len(commit) == 40 else "sha256"
    git_once(where, "init", "--quiet", "--bare", "--template=", f"--object-format={form}", str(shadow))
    own = {"GIT_DIR": str(shadow), "GIT_OBJECT_DIRECTORY": _shared(repository, "objects")}
    git_once(where, "config", "include.path", _shared(repository, "config"), env={"GIT_DIR": str(shadow)})
    signs = tag.signed or any(_is_set(where, f"{what}.gpgsign") for what in ("tag", "commit"))
    call = (*_UTF8, "tag", "-s" if signs else "-a", "-F", "-", tag.name, commit)
    try:
        git_once(where, *call, asked=tag.message.encode(), env=own)
    except DutyListError as error:
        raise (_unsigned("标签", error) if signs else error) from error
    return git_once(where, "rev-parse", f"refs/tags/{tag.name}", env=own).decode().strip()


def refuse_tag_taken(repository: Repository, name: str) -> None:
    """Refuses a tag that is there, or that one with the name of its first part keeps from being there."""
    for taken in (name, name.partition("/")[0]):
        if said(repository.place, "rev-parse", "--verify", "--quiet", f"refs/tags/{taken}"):
            message = f"标签 {taken} 已经存在；没有改动任何文件。"
            raise DutyListError(message, f"请核对它是谁打的，再改名或删去：git tag -d {taken}")


def _unsigned(what: str, error: DutyListError) -> DutyListError:
    message = f"{what}没有签成：{error.message}；没有改动任何文件。"
    return DutyListError(message, "请检查 git 的签名设置（user.signingKey、gpg.format），再重试。")


def _is_set(where: Path, name: str) -> bool:
    return said(where, "config", "--bool", name) == "true"


def _shared(repository: Repository, name: str) -> str:
    """A path in the git directory that all work trees of a repository share."""
    told = git_once(repository.place, "rev-parse", "--git-path", name).decode("utf-8", "surrogateescape").rstrip("\n")
    return str((repository.place / told).resolve())
