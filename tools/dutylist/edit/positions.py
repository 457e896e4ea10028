"""Where a duty goes in its list and category: between its neighbours, so that no other file changes where it can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dutylist.errors import UsageError
from dutylist.model.duty import AnyDuty
from dutylist.model.library import category_of
from dutylist.model.record import Record

Records = tuple[Record[AnyDuty], ...]

STEP = 10
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """Directly behind or before another duty, first, or (none of these) last."""

    after: str | None = None
    before: str | None = None
    first: bool = False


def family(duties: Iterable[Record[AnyDuty]], one: Record[AnyDuty]) -> list[Record[AnyDuty]]:
    """The duties of the list and category of `one`, in printed order."""
    home = (one.value.kind, category_of(one.path))
    some = [record for record in duties if (record.value.kind, category_of(record.path)) == home]
    return sorted(some, key=lambda record: (record.value.position, record.value.id))


def insert(duties: Records, newcomers: Sequence[Record[AnyDuty]], slot: Slot) -> Records:
    """`duties` and, at `slot`, the newcomers, which are of one list and category.

    Only where there is no room is the whole category of that list given new positions in steps of ten. A neighbour
    that stands elsewhere is a `UsageError`.
    """
    siblings = family(duties, newcomers[0])
    at = _index(siblings, newcomers[0], slot)
    left = siblings[at - 1].value.position if at else None
    right = siblings[at].value.position if at < len(siblings) else None
    positions = _between(left, right, len(newcomers))
    if positions is not None:
        return duties + tuple(map(_at, newcomers, positions))
    line = [*siblings[:at], *newcomers, *siblings[at:]]
    respaced = {record.path: _at(record, STEP * number) for number, record in enumerate(line, 1)}
    return tuple(respaced.get(record.path, record) for record in duties) + tuple(
        respaced[record.path] for record in newcomers
    )


def _index(siblings: Sequence[Record[AnyDuty]], newcomer: Record[AnyDuty], slot: Slot) -> int:
    neighbour = slot.after or slot.before
    if neighbour is None:
        return 0 if slot.first else len(siblings)
    for index, record in enumerate(siblings):
        if record.value.id == neighbour:
            return index + 1 if slot.after else index
    home = f"{newcomer.value.kind.label}的类别 {category_of(newcomer.path)}"
    raise UsageError(f"{neighbour} 不在{home}中，不能以它定先后。", "先后只在同一清单、同一类别之内；请另选一项。")


def _between(left: int | None, right: int | None, count: int) -> list[int] | None:
    """`count` positions above `left` and below `right`, evenly; None where there is no room."""
    low = left or 0
    step = STEP if right is None else (right - low) // (count + 1)
    if step < 1 or low + step * count > LARGEST:
        return None
    return [low + step * number for number in range(1, count + 1)]


def _at(record: Record[AnyDuty], position: int) -> Record[AnyDuty]:
    if record.value.position == position:
        return record
    return Record(record.path, replace(record.value, position=position))
