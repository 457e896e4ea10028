"""Why duties were changed: the `Cause:` trailers of the commits that touched them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from dutylist.model.library import DUTIES
from dutylist.store.git import git
from dutylist.store.revision import Repository

_TRAILER = "cause"
_PATTERN = r"^Cause[[:space:]]*:"


@dataclass(frozen=True, slots=True)
class Cause:
    """What the trailer says, word for word, and who made the commit."""

    text: str
    author: str


def causes(repository: Repository, before: str, after: str) -> dict[str, Cause]:
    """The cause of each duty that commits between two revisions touched; of several the latest commit's."""
    between = f"{before}..{after}"
    asked = ("rev-list", "--max-count=1", "--regexp-ignore-case", f"--grep={_PATTERN}", between)
    if not git(repository.place, *asked).strip():
        return {}
    found: dict[str, Cause] = {}
    for cause, duties in _told(repository, between):
        for duty in duties:
            found.setdefault(duty, cause)
    return found


def _told(repository: Repository, between: str) -> Iterator[tuple[Cause, list[str]]]:
    """Each cause with the duties that its commit touched, the latest first."""
    # Without this GitPython refuses to be imported where there is no git program.
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import git as gitpython

    repo = gitpython.Repo(repository.git_dir)
    for commit in repo.iter_commits(between, regexp_ignore_case=True, grep=_PATTERN, topo_order=True):
        given = [text for key, text in commit.trailers_list if key.lower() == _TRAILER and text.strip()]
        if given:
            cause = Cause("；".join(text.strip() for text in given), str(commit.author.name))
            yield cause, _touched(repository, commit.hexsha)


def _touched(repository: Repository, commit: str) -> list[str]:
    """The ids of the duties whose files a commit changed, against its first parent."""
    folder = f"{repository.subfolder}/{DUTIES}".lstrip("/")
    asked = ("--diff-merges=first-parent", "--root", "--no-commit-id", "--name-only", "-r", "-z", "--no-renames")
    paths = git(repository.place, "diff-tree", *asked, commit, "--", folder).decode("utf-8", "surrogateescape")
    return [path.rpartition("/")[2].removesuffix(".toml") for path in paths.split("\0") if path.endswith(".toml")]
