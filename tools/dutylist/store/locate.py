"""Finds the library: upward from the working directory, or where the user says."""

from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.library import DUTIES
from dutylist.model.text import one_line
from dutylist.store.snapshot import Folder, Snapshot

NEXT = "请在清单库文件夹内运行，或用 --library 指定；新建清单库用 dutylist init。"


def find_library(start: Path, named: Path | None = None) -> Path:
    """The root of the library that the user named, else of the one around `start`; raises where there is none."""
    if named is not None:
        if not named.is_dir():
            raise DutyListError(f"没有这个文件夹：{one_line(str(named))}", "请检查 --library 后面的路径。")
        if is_library(named) or _is_bare(named):
            return named.resolve()
        raise DutyListError(f"{one_line(str(named))} 不是清单库（其中没有 duties 文件夹）。", NEXT)
    for folder in (start, *start.parents):
        if is_library(folder) or _is_bare(folder):
            return folder.resolve()
    raise DutyListError("这里没有清单库（从当前文件夹往上都没有 duties 文件夹）。", NEXT)


def open_snapshot(root: Path, revision: str | None = None) -> Snapshot:
    """The library at `root` as it lies on disk, or as it was at `revision`."""
    if revision is None:
        if not is_library(root):
            raise DutyListError(
                f"{one_line(str(root))} 是裸仓库，没有工作文件。", "请用 --revision 指定版本，如 --revision HEAD。"
            )
        return Folder(root)
    from dutylist.store.revision import revision as at

    return at(root, revision)


def folder_in_repository(root: Path) -> str:
    """The library's folder as its repository counts it, ending in `/`; empty at the top or outside any repository."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return "" if folder == root else f"{root.relative_to(folder).as_posix()}/"
    return ""


def is_library(folder: Path) -> bool:
    """Whether a folder holds a library's files."""
    return (folder / DUTIES).is_dir()


def _is_bare(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()
