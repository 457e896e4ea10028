"""Runs the command line in a process of its own: without permissions to override, and on a terminal."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dutylist
from command import Done

ENVIRONMENT = {"PYTHONPATH": str(Path(dutylist.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}
DUTYLIST = [sys.executable, "-m", "dutylist"]


def in_process(root: Path, *arguments: str) -> Done:
    """`python -m dutylist …` as someone whom the system does not let override permissions."""
    humble = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*humble, *DUTYLIST, *arguments],
        cwd=root,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(root: Path, width: int, *arguments: str, **env: str) -> str:
    """What `python -m dutylist …` shows on a terminal of this width."""
    ours, theirs = pty.openpty()
    settings = {"COLUMNS": str(width), "LINES": "24", "TERM": "xterm"}
    with subprocess.Popen(
        [*DUTYLIST, *arguments],
        cwd=root,
        env={**os.environ, **ENVIRONMENT, **settings, **env},
        stdout=theirs,
        stdin=theirs,
    ):
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    """The next bytes; nothing at the end, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@contextmanager
def closed(path: Path, mode: int = 0o555) -> Iterator[None]:
    """A file or folder with fewer permissions for a while: by default a folder nobody can write in."""
    before = path.stat().st_mode & 0o777
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Which file stands at each path, and when it was written: the same where nothing was written at all."""
    found = {str(path.relative_to(root)): path.stat() for path in root.rglob("*") if path.is_file()}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}
