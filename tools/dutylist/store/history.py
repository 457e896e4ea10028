"""The history of duties out of git: one `git log` over the files of that name, whatever folder they lay in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dutylist.errors import DutyListError
from dutylist.model.duty import AnyDuty
from dutylist.model.finding import Finding
from dutylist.model.history import Commit, History, Moment, Version, Versions, events_of
from dutylist.model.library import DUTIES
from dutylist.model.text import one_line
from dutylist.model.township import Event
from dutylist.store.git import blobs, git
from dutylist.store.read import LARGEST, read_record
from dutylist.store.revision import Revision

# Six fields of a commit, then what differs from its first parent; the settings of the user must not add to it.
_FORMAT = "%H%x00%P%x00%an%x00%aI%x00%s%x00%(trailers:key=Cause,valueonly,unfold,separator=%x0a)"
_FIELDS = 6
_LOG = (
    *("-c", "log.showRoot=true", "-c", "i18n.logOutputEncoding=UTF-8"),
    *("log", "--topo-order", "--parents", "--full-history", "--simplify-merges", "--diff-merges=first-parent"),
    *("--raw", "-z", "--no-renames", "--no-abbrev", "--no-color", "--no-notes", "--no-show-signature"),
)
_ORDINARY = ("100644", "100755")
_MAGIC = re.compile(r"[*?\[\]\\]")

File = tuple[str, str]
"""The mode and the blob of a file."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A commit of the log, and the paths that differ from its first parent; None where there is no file any more."""

    commit: Commit
    changed: dict[str, File | None]


def require_history(root: Path, name: str) -> None:
    """Refuses where there is no repository, no commit yet, or where the history has been cut."""
    try:
        shallow = git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except DutyListError as error:
        # All else that git may say here is told when the revision is opened.
        if "not a git repository" in error.message:
            raise DutyListError("清单库不在 git 仓库中，没有历史。", "请先运行 git init 并提交。") from error
        return
    if shallow:
        message = "这是浅克隆，较早的历史没有取来，说不准每一处从何时起。"
        raise DutyListError(message, "请运行 git fetch --unshallow 取来全部历史后重试。")
    if name == "HEAD" and not git(root, "rev-parse", "--revs-only", "HEAD").strip():
        raise DutyListError("当前分支还没有提交，没有历史。", "请先用 git add 和 git commit 提交。")


def read_history(revision: Revision, duty_id: str, events: Iterable[Event]) -> History:
    """The history of a duty and of what it came from, up to a revision; `events` are those of its ledger there."""
    told = events_of(duty_id, tuple(events))
    ids = sorted({duty_id, *(one for event in told for one in (*event.origin, *event.into))})
    entries = list(_entries(git(revision.repository, *_LOG, f"--format={_FORMAT}", *_limits(revision, ids))))
    top = f"{revision.subfolder}/" if revision.subfolder else ""
    versions = _versions(revision.repository, entries, top)
    moments: dict[str, Moment] = {}
    files: dict[str, dict[str, File]] = {}
    for entry in reversed(entries):
        parents = entry.commit.parents
        before = files[parents[0]] if parents else {}
        there = {**before, **entry.changed}
        files[entry.commit.id] = {path: file for path, file in there.items() if file}
        found = versions(files[entry.commit.id])
        earlier = [moments[parent].versions for parent in parents]
        moments[entry.commit.id] = Moment(entry.commit, {one: _known(one, found[one], earlier) for one in found})
    return History(duty_id, tuple(moments[entry.commit.id] for entry in entries), told)


def differs_on_disk(revision: Revision, duty_id: str) -> bool:
    """Whether the duty's file in the work tree is not what the revision says."""
    options = ("--name-only", "--no-renames", "--no-ext-diff", "--no-color")
    return bool(git(revision.repository, "diff", *options, *_limits(revision, [duty_id])))


def _limits(revision: Revision, ids: Sequence[str]) -> list[str]:
    """The commit and the files of these ids in any folder, as arguments of git."""
    top = f"{_MAGIC.sub(_escaped, revision.subfolder)}/" if revision.subfolder else ""
    return [revision.commit, "--", *(f":(top,glob){top}{DUTIES}/*/*/{_MAGIC.sub(_escaped, one)}.toml" for one in ids)]


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def _entries(output: bytes) -> Iterator[_Entry]:
    """The commits in git's output; what begins with a colon is a file, what does not is the next commit."""
    parts = output.decode("utf-8", "surrogateescape").split("\0")
    at = 0
    while at + _FIELDS <= len(parts):
        commit = _commit(parts[at : at + _FIELDS])
        at += _FIELDS
        changed: dict[str, File | None] = {}
        while at < len(parts) and parts[at].lstrip("\n").startswith(":"):
            _, mode, _, blob, status = parts[at].split()
            changed[parts[at + 1]] = None if status == "D" else (mode, blob)
            at += 2
        yield _Entry(commit, changed)


def _commit(fields: Sequence[str]) -> Commit:
    commit_id, parents, author, date, subject, causes = fields
    cause = "；".join(line.strip() for line in causes.splitlines() if line.strip())
    return Commit(commit_id.strip(), tuple(parents.split()), author, date, subject, cause or None)


def _versions(repository: Path, entries: Iterable[_Entry], top: str) -> Callable[[dict[str, File]], Versions]:
    """What gives the versions that stand in some files; every blob is read once."""
    there = [(path, file) for entry in entries for path, file in entry.changed.items() if file]
    places = {blob: path for path, (mode, blob) in there if mode in _ORDINARY}
    contents = dict(zip(places, blobs(repository, places), strict=True))

    @cache
    def version(path: str, mode: str, blob: str) -> Version:
        where = path.removeprefix(top)
        if mode not in _ORDINARY:
            return Version(where, blob, None, "这里不是普通文件。")
        duty, fault = _read(where, contents[blob])
        return Version(where, blob, duty, fault)

    def versions(files: dict[str, File]) -> Versions:
        # Where two files have the name, the first path wins, as in a library.
        return {_id_of(path): version(path, *files[path]) for path in sorted(files, reverse=True)}

    return versions


def _id_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".toml")


def _read(path: str, content: bytes) -> tuple[AnyDuty | None, str | None]:
    """The duty in a file and no fault, or the other way round; the file's name is its id, whatever it says inside."""
    if len(content) > LARGEST:
        return None, f"文件超过 {LARGEST:,} 字节。"
    faults: list[Finding] = []
    record = read_record(path, content, faults)
    if record is None:
        return None, one_line(faults[-1].message)
    return replace(record.value, id=_id_of(path)), None


def _known(duty_id: str, version: Version, earlier: Iterable[Versions]) -> Version:
    """A version that could not be read stands for what was there before."""
    if version.duty is not None:
        return version
    before = (versions[duty_id].duty for versions in earlier if duty_id in versions)
    return replace(version, duty=next((duty for duty in before if duty), None))
