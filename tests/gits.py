"""A `git` that stands before the real one: it counts, fails, or kills the process that called it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from process import DUTYLIST, ENVIRONMENT
from repos import WHO

# Only the process whose number stands in the file may be killed: one that is gone has left its children to another.
_SCRIPT = """#!/bin/sh
printf x >> "$SPY/calls"
number=$(wc -c < "$SPY/calls")
echo "$1 $2 $3" >> "$SPY/words"
for wanted in $SPY_FAIL; do
  if [ "$number" = "$wanted" ] || [ "$1" = "$wanted" ]; then echo "fatal: simulated" >&2; exit 128; fi
done
end() { if [ "$PPID" = "$(cat "$SPY/victim")" ]; then kill -9 "$PPID"; exit 137; fi; }
if [ "$number" = "$SPY_BEFORE" ]; then end; fi
%s "$@"
code=$?
if [ "$number" = "$SPY_AFTER" ]; then end; fi
exit $code
"""


@dataclass(frozen=True)
class Spy:
    """The folder of the false git, and what it saw."""

    folder: Path

    def environment(self, **told: str) -> dict[str, str]:
        """The environment in which it is found first, told when to fail or kill."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "SPY": str(self.folder), "SPY_FAIL": "", "SPY_BEFORE": "", "SPY_AFTER": ""} | told

    def forget(self) -> None:
        """Counts from the beginning again."""
        for name in ("calls", "words"):
            (self.folder / name).write_text("")

    @property
    def words(self) -> list[str]:
        """The calls so far, by their first words."""
        return (self.folder / "words").read_text("utf-8").splitlines()

    def run(self, root: Path, *arguments: str, **told: str) -> int:
        """`dutylist …` in a process of its own, which may be killed; gives its exit code."""
        self.forget()
        call = ["sh", "-c", 'echo $$ > "$SPY/victim"; exec "$@"', "sh", *DUTYLIST, *arguments]
        env = {**os.environ, **ENVIRONMENT, **WHO, **self.environment(**told)}
        return subprocess.run(call, cwd=root, env=env, capture_output=True, check=False, timeout=60).returncode


def spy(folder: Path) -> Spy:
    """A false git in a folder of its own."""
    (folder / "bin").mkdir(parents=True)
    script = folder / "bin" / "git"
    script.write_text(_SCRIPT % shutil.which("git"))
    script.chmod(0o755)
    (folder / "victim").write_text("0")
    made = Spy(folder)
    made.forget()
    return made


_HOLDER = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
input()
"""


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Another process that holds the lock of a folder."""
    call = [sys.executable, "-c", _HOLDER, str(folder)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate(b"\n")
