"""Runs the command line in this process, as a user would type it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

import build
from dutylist.cli import cli
from dutylist.store.snapshot import Link


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(root: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Done:
    """`dutylist …` with `root` as the working directory; a bug's traceback is raised here."""
    before = Path.cwd()
    os.chdir(root)
    try:
        result = CliRunner(env=env).invoke(cli, arguments, prog_name="dutylist")
    finally:
        os.chdir(before)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def lay_out(root: Path, changes: Mapping[str, str | bytes | Link | None] | None = None) -> Path:
    """The smallest valid library on disk at `root`, changed as in `build.files`."""
    for path, content in build.files(changes).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            target.symlink_to(content.target)
        else:
            target.write_bytes(content)
    return root


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
