"""Which files a user means by the paths behind a command."""

import os
from collections.abc import Callable
from pathlib import Path

from dutylist.commands.common import Opened, require_township
from dutylist.errors import UsageError
from dutylist.model.text import one_line


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
    for base in (root, Path(os.path.abspath(root))):
        if absolute.is_relative_to(base):
            return _posix(absolute.relative_to(base))
    if absolute.resolve().is_relative_to(root):
        return _posix(absolute.resolve().relative_to(root))
    raise UsageError(f"{one_line(str(path))} 不在清单库 {one_line(str(root))} 内。", "请给出清单库中的路径。")


def _posix(path: Path) -> str:
    """A path as the library counts it, the library itself empty."""
    return "" if path == Path() else path.as_posix()
