"""Which files a user means by the paths behind a command."""

import os
from collections.abc import Callable
from pathlib import Path

from dutylist.commands.common import Opened, require_township
from dutylist.errors import UsageError
from dutylist.model.text import one_line
from dutylist.store.snapshot import PARTS


def limits(opened: Opened, paths: tuple[Path, ...], township: str | None = None) -> Callable[[str], bool]:
    """A test for library paths: inside one of `paths` (files or folders, from the working directory) and the township.

    Without either every path passes. A path outside the library, or one that does not exist, is a `UsageError`.
    """
    wanted = [_inside(opened.root, path) for path in paths]
    if township is not None:
        require_township(opened.library, township)
    own = None if township is None else f"duties/{township}/"

    def within(path: str) -> bool:
        here = not wanted or any(path == place or path.startswith(f"{place}/") or not place for place in wanted)
        return here and (own is None or path.startswith(own))

    return within


def _inside(root: Path, path: Path) -> str:
    # Not resolved: a symbolic link is reported where it lies, not where it leads.
    absolute = Path(os.path.abspath(path))
    if not os.path.lexists(absolute):
        raise UsageError(f"没有这个文件或文件夹：{one_line(str(path))}", "请检查路径；路径从当前文件夹算起。")
    for base, there in ((root, absolute), (Path(os.path.abspath(root)), absolute), (root, absolute.resolve())):
        if there.is_relative_to(base):
            return _part(_posix(there.relative_to(base)))
    raise UsageError(f"{one_line(str(path))} 不在清单库 {one_line(str(root))} 内。", "请给出清单库中的路径。")


def _part(path: str) -> str:
    """A path that can hold data: in a part of the library, or around one."""
    if not any(f"{part}/".startswith(f"{path}/" if path else "") or path.startswith(f"{part}/") for part in PARTS):
        raise UsageError(f"{one_line(path)} 不是清单数据。", "数据在 duties、schema/vocabulary 和 changelog 中。")
    return path


def _posix(path: Path) -> str:
    """A path as the library counts it, the library itself empty."""
    return "" if path == Path() else path.as_posix()
