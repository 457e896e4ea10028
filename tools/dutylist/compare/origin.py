"""Since which commit each text of a duty stands in it, through moves between lists, merges and splits."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from dutylist.model.duty import AnyDuty, Section, department_field, departments_of, sections_of
from dutylist.model.finding import FieldPath
from dutylist.model.history import History, Moment, Origin, Piece, Versions, predecessors
from dutylist.model.printed import show_basis

Places = dict[int, int]
"""Where a piece stands among those of a duty, and which of the pieces asked about it is."""


def pieces_of(duty: AnyDuty) -> list[Piece]:
    """The texts of a duty in printed order; a paragraph is a piece of its own."""
    field = department_field(duty)
    pieces = [Piece(("name",), duty.name)]
    pieces += [Piece((field, at), name) for at, name in enumerate(departments_of(duty)) if field]
    owner: dict[str, str] = {}
    for field, index, section in sections_of(duty):
        if section.department is not None:
            owner[field] = section.department
        pieces += _section((field, index), section, owner.get(field))
    return pieces + [Piece(("basis", at), show_basis(basis)) for at, basis in enumerate(duty.basis)]


def _section(at: FieldPath, section: Section, owner: str | None) -> Iterator[Piece]:
    for heading in ("department", "topic"):
        if getattr(section, heading) is not None:
            yield Piece((*at, heading), getattr(section, heading), owner)
    for paragraph in (section.text or "").split("\n") if section.text is not None else ():
        yield Piece((*at, "text"), paragraph, owner)
    for number, clause in enumerate(section.clauses):
        yield Piece((*at, "clauses", number), clause, owner)


def origins(history: History) -> tuple[Origin, ...]:
    """Each piece of the duty as it last was, and the latest commit before which it did not stand there.

    A piece goes back to a parent that has the same text in the same role, anywhere in the duty or in one that it was
    made of at that commit. What stands in several parents goes to the one that is the same, else to the first; only
    what stands in none of them is the commit's own.
    """
    start = history.latest
    if start is None:
        return ()
    asked = _pieces(start.versions, history.duty)
    waiting: dict[str, dict[str, Places]] = defaultdict(dict)
    waiting[start.commit.id][history.duty] = {at: at for at in range(len(asked))}
    found: dict[int, Origin] = {}
    for moment in history.moments:
        for duty, places in waiting.pop(moment.commit.id, {}).items():
            for parent in _nearest_first(history, moment):
                places = _back(history, moment, parent, duty, places, waiting[parent.commit.id])
            found |= {which: Origin(asked[which], duty, moment.commit) for which in places.values()}
    return tuple(found[at] for at in range(len(asked)))


def _nearest_first(history: History, moment: Moment) -> list[Moment]:
    """The parents, the one that a merge took over whole before the others."""
    return sorted(history.parents(moment), key=lambda parent: parent.versions != moment.versions)


def _back(
    history: History, moment: Moment, parent: Moment, duty: str, places: Places, waiting: dict[str, Places]
) -> Places:
    """Hands the pieces that stand in a parent over to it; gives the others."""
    events = history.between(parent.versions, moment.versions)
    here = [(duty, piece) for piece in _pieces(moment.versions, duty)]
    there = [
        (one, at, piece)
        for one in predecessors([duty], events)
        for at, piece in enumerate(_pieces(parent.versions, one))
    ]
    same = _same(here, [(one, piece) for one, _, piece in there])
    for at, which in places.items():
        if at in same:
            one, there_at, _ = there[same[at]]
            waiting.setdefault(one, {})[there_at] = which
    return {at: which for at, which in places.items() if at not in same}


def _pieces(versions: Versions, duty: str) -> list[Piece]:
    version = versions.get(duty)
    return pieces_of(version.duty) if version and version.duty else []


def _same(here: Sequence[tuple[str, Piece]], there: Sequence[tuple[str, Piece]]) -> Places:
    """Which text is which: each of `there` is taken once, by the nearest."""
    pairs: Places = {}
    for distance in range(_FARTHEST + 1):
        free: dict[Hashable, list[int]] = defaultdict(list)
        for at in _others(range(len(there)), pairs.values()):
            free[_key(*there[at], distance)].append(at)
        for at in _others(range(len(here)), pairs):
            candidates = free[_key(*here[at], distance)]
            if candidates:
                pairs[at] = candidates.pop(0)
    return pairs


_FARTHEST = 2


def _key(duty: str, piece: Piece, distance: int) -> Hashable:
    """What two pieces have in common: their place, only the duty, or from afar the text in its role alone."""
    places: tuple[Hashable, ...] = ((duty, piece.at[0], piece.owner), duty, None)
    return places[distance], _role(piece), piece.text


def _others(every: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [at for at in every if at not in gone]


def _role(piece: Piece) -> str:
    """What a piece is, alike in all lists: who leads before is who takes over afterwards, with the same clauses."""
    last = piece.at[-1] if isinstance(piece.at[-1], str) else str(piece.at[-2])
    return _ROLES.get(last, last)


_ROLES = {
    "receiving_departments": "superior_departments",
    "topic": "department",
    "clauses": "text",
}
