"""One command at a time changes a library: what it read must still be there when it writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dutylist.errors import DutyListError


@contextmanager
def locked(root: Path) -> Iterator[int | None]:
    """Holds the library at `root` for one command; a `DutyListError` where another one has it.

    The lock is the system's, on the folder itself: no file is left behind, and it ends with the process. Where the
    system has none (Windows), nothing is held. Given is what holds it, for those that must keep it alive.
    """
    try:
        import fcntl
    except ImportError:
        yield None
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise DutyListError("清单库正被另一条命令修改；没有改动任何文件。", "请等它结束后重试。") from error
    try:
        yield handle
    finally:
        os.close(handle)
