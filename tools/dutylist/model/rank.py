"""A duty's list, position and id packed into one text that sorts as its category is printed."""

from dutylist.model.duty import AnyDuty, Kind

Rank = str

_LETTERS = {kind: kind.value[0] for kind in Kind}
_DIGITS = 7


def rank_of(duty: AnyDuty) -> Rank:
    """The rank of a duty: `s0000100azk-0139`; within one folder, ranks sort by list, then as printed."""
    return packed(duty.kind, duty.position, duty.id)


def packed(kind: Kind, position: int, duty_id: str) -> Rank:
    """The rank that a list, a position and an id make."""
    return f"{_LETTERS[kind]}{position:0{_DIGITS}d}{duty_id}"


def id_in(rank: Rank) -> str:
    """The id of the duty with this rank."""
    return rank[1 + _DIGITS :]


def first_of(kind: Kind) -> Rank:
    """A text that sorts right before all ranks of a list."""
    return _LETTERS[kind]


def behind(kind: Kind) -> Rank:
    """A text that sorts right behind all ranks of a list."""
    return chr(ord(_LETTERS[kind]) + 1)
