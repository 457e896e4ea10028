"""What git must be told to show duties: settings of one repository, and attributes of a library's files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.text import one_line
from dutylist.store.git import distrusted, git, is_distrusted
from dutylist.store.snapshot import reason

DRIVER = "dutylist"
PATTERNS = ("duties/**/*.toml", "schema/vocabulary/*.toml")
ATTRIBUTES = "".join(f"{pattern} diff={DRIVER}\n" for pattern in PATTERNS)

# What stands for all files of a pattern where git is asked which attributes hold.
_SAMPLES = (("duties/a/township.toml", "duties/a/b/a-0001.toml"), ("schema/vocabulary/categories.toml",))
_GLOB = re.compile(r"[\\*?\[]")
_IN_QUOTES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository around a library: its work tree, where its own attributes lie, and the library's place in it."""

    top: Path
    attributes: Path
    place: str


def repository_of(folder: Path) -> Repository:
    """The repository whose work tree holds `folder`, which need not be there yet; a `DutyListError` where none does."""
    there = next(part for part in (folder, *folder.parents) if part.is_dir())
    try:
        bare = git(there, "rev-parse", "--is-inside-work-tree") != b"true\n"
    except DutyListError as error:
        raise _no_repository(error, there) from error
    if bare:
        message = f"{one_line(str(there))} 是裸仓库或 .git 内部，没有工作文件。"
        raise DutyListError(message, "请在克隆出来的工作文件夹里运行。")
    top = _path(git(there, "rev-parse", "--show-toplevel")).resolve()
    attributes = (there / _path(git(there, "rev-parse", "--git-path", "info/attributes"))).resolve()
    inside = folder.resolve().relative_to(top)
    return Repository(top, attributes, "" if inside == Path() else f"{inside.as_posix()}/")


def missing_settings(repository: Repository, wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of `wanted` that the repository's own configuration lacks or says otherwise."""

    def now(name: str) -> str:
        return git(repository.top, "config", "--local", "--default", "", "--get", name).decode("utf-8", "replace")

    return {name: value for name, value in wanted.items() if now(name) != f"{value}\n"}


def set_up(repository: Repository, settings: Mapping[str, str]) -> None:
    """Writes settings into the repository's own configuration, never into the user's."""
    for name, value in settings.items():
        try:
            git(repository.top, "config", "--local", "--replace-all", name, value)
        except DutyListError as error:
            raise DutyListError(f"无法写入 git 设置 {name}：{error.message}", "请检查 .git 文件夹的权限。") from error


def missing_attributes(repository: Repository) -> list[str]:
    """The attribute lines without which git does not show the library's files with the driver."""
    lines = []
    for pattern, samples in zip(PATTERNS, _SAMPLES, strict=True):
        paths = [repository.place + sample for sample in samples]
        told = git(repository.top, "check-attr", "-z", "diff", "--", *paths).split(b"\0")[2::3]
        if any(value != DRIVER.encode() for value in told):
            lines.append(f"{_pattern(repository.place, pattern)} diff={DRIVER}")
    return lines


def add_attributes(repository: Repository, lines: list[str]) -> None:
    """Appends lines to the repository's own attributes, where no tracked file changes."""
    path = repository.attributes
    if not lines:
        return
    try:
        path.parent.mkdir(exist_ok=True)
        before = path.read_bytes() if path.exists() else b""
        gap = "\n" if before and not before.endswith(b"\n") else ""
        with path.open("ab") as file:
            file.write((gap + "".join(f"{line}\n" for line in lines)).encode("utf-8", "surrogateescape"))
    except OSError as error:
        message = f"无法写入 {one_line(str(path))}：{reason(error)}"
        raise DutyListError(message, "请检查 .git 文件夹的权限。") from error


def _no_repository(error: DutyListError, folder: Path) -> DutyListError:
    """What git's refusal means for the user."""
    if is_distrusted(error):
        return distrusted(folder)
    if "not a git repository" in error.message:
        return DutyListError(f"{one_line(str(folder))} 不在 git 仓库中。", "请先运行 git init。")
    return error


def _path(output: bytes) -> Path:
    return Path(output.decode("utf-8", "surrogateescape").removesuffix("\n"))


def _pattern(place: str, pattern: str) -> str:
    """A pattern for a library deep in a repository; what git would read as a sign in the folder's name is escaped."""
    text = "/" + _GLOB.sub(r"\\\g<0>", place) + pattern
    if not re.search(r'[\s"]', text):
        return text
    return '"' + "".join(_IN_QUOTES.get(character, character) for character in text) + '"'
