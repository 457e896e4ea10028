"""Why duties were changed: the `Cause:` trailers of the commits that touched them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from dutylist.model.library import DUTIES
from dutylist.store.git import git
from dutylist.store.revision import Repository

_PATTERN = r"^Cause[[:space:]]*:"
_FORMAT = "%H%x00%an%x00%(trailers:key=Cause,valueonly,unfold)"
_GREP = ("--regexp-ignore-case", f"--grep={_PATTERN}")
_LOG = ("-z", f"--format={_FORMAT}", *_GREP, "--topo-order", "--no-show-signature")


@dataclass(frozen=True, slots=True)
class Cause:
    """What the trailer says, word for word, and who made the commit."""

    text: str
    author: str


def causes(repository: Repository, before: str, after: str) -> dict[str, Cause]:
    """The cause of each duty that commits between two revisions touched; of several the latest commit's."""
    between = f"{before}..{after}"
    if not git(repository.place, "rev-list", "--max-count=1", *_GREP, between).strip():
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

    # Its own objects of commits know the ids of SHA-1 alone.
    told = gitpython.Repo(repository.git_dir).git.log(between, *_LOG)
    fields = iter(told.split("\0"))
    for commit, author, values in zip(fields, fields, fields, strict=False):
        given = [text.strip() for text in values.split("\n") if text.strip()]
        if given:
            yield Cause("；".join(given), author), _touched(repository, commit)


def _touched(repository: Repository, commit: str) -> list[str]:
    """The ids of the duties whose files a commit changed, against its first parent."""
    folder = f"{repository.subfolder}/{DUTIES}".lstrip("/")
    asked = ("--diff-merges=first-parent", "--root", "--no-commit-id", "--name-only", "-r", "-z", "--no-renames")
    paths = git(repository.place, "diff-tree", *asked, commit, "--", folder).decode("utf-8", "surrogateescape")
    return [path.rpartition("/")[2].removesuffix(".toml") for path in paths.split("\0") if path.endswith(".toml")]
