"""Which duties changed their place among those that stayed in their list and category."""

from collections.abc import Iterator

from dutylist.compare.account import Seat
from dutylist.compare.pair import out_of_order
from dutylist.compare.sides import Sides
from dutylist.compare.step import Step
from dutylist.model.change import ChangeKind


def order_steps(sides: Sides) -> Iterator[tuple[str, Step]]:
    """(duty, step) for each duty whose position is another; its neighbours tell whether that means anything.

    The texts of `reordered` are the ids of the duty right before it, None where it is the first.
    """
    differing: dict[Seat, list[str]] = {}
    for duty, new in sides.new.items():
        old = sides.old.get(duty)
        if old and old.duty.position != new.duty.position and sides.seat_before(old) == sides.seat_after(new):
            differing.setdefault(sides.seat_after(new), []).append(duty)
    for seat, duties in differing.items():
        yield from _in_one_folder(sides, seat, set(duties))


def _in_one_folder(sides: Sides, seat: Seat, duties: set[str]) -> Iterator[tuple[str, Step]]:
    was, now = sides.renamed.get(seat.township, seat.township), seat.township
    old = list(sides.lists[0].family((was, seat.category), seat.kind))
    new = list(sides.lists[1].family((now, seat.category), seat.kind))
    common = set(old) & set(new)
    old, new = ([duty for duty in some if duty in common] for some in (old, new))
    places = {duty: at for at, duty in enumerate(new)}
    pairs = [(at, places[duty]) for at, duty in enumerate(old)]
    steady = {pair for pair in pairs if old[pair[0]] not in duties}
    moved = {old[at] for at, _ in out_of_order(pairs, lambda pair: old[pair[0]], steady)}
    for duty in sorted(duties):
        kind = ChangeKind.REORDERED if duty in moved else ChangeKind.LAYOUT
        texts = (_before(old, duty), _before(new, duty)) if duty in moved else _positions(sides, duty)
        yield duty, Step(kind, ("position",), ("position",), *texts)


def _before(duties: list[str], duty: str) -> str | None:
    at = duties.index(duty)
    return duties[at - 1] if at else None


def _positions(sides: Sides, duty: str) -> tuple[str, str]:
    return str(sides.old[duty].duty.position), str(sides.new[duty].duty.position)
