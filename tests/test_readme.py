"""Runs every command that the README shows, in its order, and holds what they print against what it says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from repos import WHO, git

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The repository as it stands here, committed anew, with what `make setup` made of it."""
    here = tmp_path / "清单库"
    tracked = git(ROOT, "-c", "core.quotepath=false", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, here / name)
    git(here, "init", "--quiet", "--initial-branch=main")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message", "开始")
    (here / ".venv").symlink_to(Path(sys.executable).parents[1])
    return here


def test_everything_shown_is_true(clone: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text("utf-8")
    steps = [step for block in BLOCK.finditer(text) for step in steps_of(block.group(1))]
    said = spoken([command for command, _ in steps], clone)
    if request.config.getoption("--accept"):
        answers = iter(said)
        README.write_text(BLOCK.sub(lambda block: anew(block.group(1), answers), text), "utf-8")
        return
    for (command, expected), actual in zip(steps, said, strict=True):
        assert actual == expected, command


def steps_of(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what is shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def anew(block: str, answers: Iterator[str]) -> str:
    return "```console\n" + "".join(f"$ {command}\n{next(answers)}" for command, _ in steps_of(block)) + "```"


def spoken(commands: list[str], where: Path) -> list[str]:
    """What each command prints, one shell for all; one that fails ends it."""
    mark = "== 下一条命令 =="
    script = "set -e\n" + "".join(f"{command}\necho '{mark}'\n" for command in commands)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "MFLAGS"))}
    env = {**clean, **WHO, "TERM": "dumb"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=where, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.split(f"{mark}\n")[:-1]
