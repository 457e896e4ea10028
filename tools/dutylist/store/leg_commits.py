"""Which commits opened and sealed each leg, and so in which leg a commit was made."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from dutylist.model.changelog import CHANGELOG, LEG_FILE, LegFolder
from dutylist.model.consultation import Leg
from dutylist.store.git import blobs, git
from dutylist.store.read import read_quickly, role_of
from dutylist.store.revision import Repository
from dutylist.store.states import Passing, passings

Histories = Mapping[str, Sequence[Passing]]
"""By the path of each `leg.toml`, the commits that touched it, the latest first."""


def leg_histories(repository: Repository, head: str) -> dict[str, list[Passing]]:
    """The commits up to `head` that touched the `leg.toml` of each leg."""
    found = passings(repository, head, CHANGELOG, LEG_FILE)
    return {path: some for path, some in found.items() if role_of(path) == LEG_FILE}


def legs_said(repository: Repository, histories: Histories) -> dict[str, Leg | None]:
    """What every `leg.toml` ever said, by the id of its blob; each is read once."""
    ids = {one.blob: path for path, some in histories.items() for one in some if one.blob}
    contents = zip(ids.items(), blobs(repository.place, ids), strict=True) if ids else ()
    read = ((blob, read_quickly(path, content)) for (blob, path), content in contents)
    return {blob: record.value if record else None for blob, record in read}


def sealing(some: Sequence[Passing], said: Mapping[str, Leg | None]) -> Passing | None:
    """The commit that brought the seal of a leg: the earliest that has one."""
    sealed = (one for one in reversed(some) if one.blob and (leg := said[one.blob]) and leg.seal)
    return next(sealed, None)


def legs_of_commits(
    repository: Repository, head: str, legs: Iterable[LegFolder], commits: Collection[str]
) -> dict[str, list[LegFolder]]:
    """Of each of these commits, the legs that were held while it was made.

    That is behind the commit that opened a leg, up to the one that sealed it or, while it is open, to the end.
    """
    known = [leg for leg in legs if leg.record]
    every = leg_histories(repository, head) if known and commits else {}
    histories = {leg.path: every[leg.path] for leg in known if leg.path in every}
    said = legs_said(repository, histories)
    found: dict[str, list[LegFolder]] = {}
    for leg in (leg for leg in known if leg.path in histories):
        touched = histories[leg.path]
        ending = sealing(touched, said)
        between = f"{touched[-1].commit}..{ending.commit if ending else head}"
        for commit in set(git(repository.place, "rev-list", between).decode().split()) & set(commits):
            found.setdefault(commit, []).append(leg)
    return found
