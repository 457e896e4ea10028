"""Who touched the files of a folder since a commit, and which of them no commit holds yet."""

import os
from collections.abc import Iterable
from pathlib import Path

from dutylist.model.sealing import Touch
from dutylist.store.git import git
from dutylist.store.revision import Repository

_FORM = "%x01%H%x02%aI%x02%an"
_QUIET = ("-z", "--no-renames", "--no-notes", "--no-show-signature", "--no-color", "--no-ext-diff")


def commits(repository: Path, ids: Iterable[str]) -> dict[str, Touch]:
    """Date and author of commits, by their ids."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    asked = ("log", "--no-walk=unsorted", "--format=%H%x00%aI%x00%an", "--no-show-signature", "--no-color")
    output = git(repository, *asked, *wanted).decode("utf-8", "replace")
    lines = (line.split("\0", 2) for line in output.split("\n") if line)
    return {commit: Touch(commit, date, author) for commit, date, author in lines}


def touches(repository: Repository, since: str, head: str, folder: str) -> dict[str, Touch]:
    """Of each file below a folder, by path in it, the first commit behind `since` that touched it."""
    top = _top(repository)
    asked = ("log", "--reverse", "--topo-order", "--full-history", "--diff-merges=separate", "--name-only")
    output = git(
        repository.place, *asked, f"--format={_FORM}", *_QUIET, f"{since}..{head}", "--", _literal(top + folder)
    )
    found: dict[str, Touch] = {}
    touch = Touch()
    for word in output.decode("utf-8", "surrogateescape").split("\0"):
        facts = word.lstrip("\n")
        if facts.startswith("\x01"):
            touch = Touch(*facts[1:].split("\x02", 2))
        elif facts:
            found.setdefault(facts[len(top) + len(folder) + 1 :], touch)
    return found


def uncommitted(repository: Repository, folder: str) -> dict[str, bool]:
    """The files of a folder that the work tree has otherwise, by path in the library, and whether they are there.

    What is to be executed does not matter, and hidden files are no part of a library.
    """
    top = _top(repository)
    asked = ("-c", "core.fileMode=false", "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    output = git(repository.place, *asked, "--", _literal(top + folder)).decode("utf-8", "surrogateescape")
    lines = ((line[:2], line[3 + len(top) :]) for line in output.split("\0") if line)
    return {path: os.path.lexists(repository.place / top / path) for _, path in lines if "/." not in f"/{path}"}


def _top(repository: Repository) -> str:
    return f"{repository.subfolder}/" if repository.subfolder else ""


def _literal(path: str) -> str:
    return f":(top,literal){path}"
