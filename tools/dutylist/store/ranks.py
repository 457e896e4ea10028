"""The ranks of all duties of a revision: an account needs no more of what did not change; kept between two runs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dutylist.model.duty import Kind
from dutylist.model.finding import Finding
from dutylist.model.library import DUTIES, duty_path
from dutylist.model.rank import Rank, id_in, packed, rank_of
from dutylist.store.cache import Cache
from dutylist.store.git import blobs_in_parallel
from dutylist.store.read import read_quickly, read_record, role_of
from dutylist.store.revision import Revision

Folders = dict[str, list[Rank]]
"""The sorted ranks of the duties in each folder, by `township/category`."""

# The beginning of a canonical duty says all that a rank needs; what begins otherwise is read whole.
_HEAD = re.compile(
    rb'id = "([a-z][a-z0-9]{1,9}-(?:[0-9]{4}|[1-9][0-9]{4,5}))"\n'
    rb'kind = "(basic|supporting|reclaimed)"\nposition = (0|[1-9][0-9]{0,5}|1000000)\nname = "'
)
_KINDS = {kind.value.encode(): kind for kind in Kind}
_ANY_DUTY = duty_path("?", "?", "?")

_NAME, _MARK = "ranks", "dutylist ranks 2"


def rank_in(content: bytes) -> Rank | None:
    """The rank of the duty in a file; None where the file yields no value."""
    head = _HEAD.match(content)
    if head:
        return packed(_KINDS[head[2]], int(head[3]), head[1].decode())
    record = read_quickly(_ANY_DUTY, content) or read_record(_ANY_DUTY, content, [])
    return None if record is None else rank_of(record.value)


@dataclass(frozen=True, slots=True)
class State:
    """The ranks in one tree of git: what is known of it is true for good, since its id says all about its content."""

    tree: str
    folders: Folders


def load(cache: Cache) -> State | None:
    """The state that was asked for last."""
    body = cache.load(_NAME, _MARK)
    if body is None:
        return None
    tree, *parts = body.decode("utf-8", "surrogateescape").split("\0")
    return State(tree, {name: ranks.split(" ") for name, ranks in zip(parts[::2], parts[1::2], strict=True)})


def save(cache: Cache, state: State) -> None:
    """Keeps a state for the next time."""
    # A folder's name may hold anything else.
    parts = (part for name, ranks in state.folders.items() for part in (name, " ".join(ranks)))
    cache.save(_NAME, _MARK, "\0".join((state.tree, *parts)).encode("utf-8", "surrogateescape"))


def ranks_of(revision: Revision, cache: Cache, known: Mapping[str, Rank], faults: list[Finding]) -> Folders:
    """The ranks of all duties of a revision.

    Read is only what differs from the state in the cache, and of that not what is `known` by path. A file that yields
    no value is a fault.
    """
    tree = revision.tree
    state = load(cache)
    if state and state.tree == tree:
        return state.folders
    if state and revision.lacks(state.tree):
        state = None
    changed = revision.changed_since(state.tree if state else None)
    folders = _without(state.folders, changed) if state else {}
    regular = True
    for path, rank in _ranks(revision, changed, known, faults):
        _, township, category, name = path.split("/")
        folders.setdefault(f"{township}/{category}", []).append(rank)
        regular = regular and name == f"{id_in(rank)}.toml"
    found = {folder: sorted(ranks) for folder, ranks in folders.items() if ranks}
    # Where a file is not named by its id nobody could tell from here which rank it had.
    if regular and not faults:
        save(cache, State(tree, found))
    return found


def _without(folders: Folders, changed: Mapping[str, str | None]) -> Folders:
    """The folders without the ranks of these files, which are named by their ids."""
    left = dict(folders)
    gone: dict[str, set[str]] = {}
    for path in changed:
        folder, _, name = path.removeprefix(f"{DUTIES}/").rpartition("/")
        gone.setdefault(folder, set()).add(name.removesuffix(".toml"))
    for folder in gone.keys() & left.keys():
        left[folder] = [rank for rank in left[folder] if id_in(rank) not in gone[folder]]
    return left


def _ranks(
    revision: Revision, changed: Mapping[str, str | None], known: Mapping[str, Rank], faults: list[Finding]
) -> Iterator[tuple[str, Rank]]:
    """(path, rank) of each file that is there and is a duty."""
    paths = [path for path, blob in changed.items() if blob and role_of(path) == "duty"]
    yield from ((path, known[path]) for path in paths if path in known)
    wanted = [path for path in paths if path not in known] if known else paths
    for at, content in blobs_in_parallel(revision.repository, [str(changed[path]) for path in wanted]):
        rank = rank_in(content)
        if rank is None:
            read_record(wanted[at], content, faults)
        else:
            yield wanted[at], rank
