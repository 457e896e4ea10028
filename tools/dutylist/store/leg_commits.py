"""In which leg a commit was made: behind the one that opened it, up to the one that sealed it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from dutylist.model.changelog import CHANGELOG, LEG_FILE, LegFolder
from dutylist.store.git import blobs, git
from dutylist.store.read import read_quickly
from dutylist.store.revision import Repository
from dutylist.store.states import Passing, States, passings


def legs_of_commits(
    repository: Repository, head: str, legs: Iterable[LegFolder], commits: Collection[str]
) -> dict[str, list[LegFolder]]:
    """Of each of these commits, the legs that were held while it was made."""
    known = [leg for leg in legs if leg.record]
    history = passings(repository, head, CHANGELOG, LEG_FILE) if known and commits else {}
    states = States.of(repository)
    found: dict[str, list[LegFolder]] = {}
    for leg in known:
        for commit in _between(states, leg, head, history) & set(commits):
            found.setdefault(commit, []).append(leg)
    return found


def _between(states: States, leg: LegFolder, head: str, history: Mapping[str, Sequence[Passing]]) -> set[str]:
    """The commits behind the opening of a leg, up to its seal or, while it is open, to the end."""
    touched = history.get(leg.path, ())
    if not touched:
        return set()
    opening = touched[-1].commit
    sealing = next((one.commit for one in reversed(touched) if _is_sealed(states, one.commit, leg.path)), head)
    return set(git(states.repository.place, "rev-list", f"{opening}..{sealing}").decode().split())


def _is_sealed(states: States, commit: str, path: str) -> bool:
    blob = states.files(commit, path.rpartition("/")[0]).get(path)
    if blob is None:
        return False
    record = read_quickly(path, next(iter(blobs(states.repository.place, [blob]))))
    return record is not None and record.value.seal is not None
