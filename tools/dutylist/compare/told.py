"""What was told of a duty as plain values, so that the same two texts need not be compared again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from dutylist.compare.sides import Sides
from dutylist.model.change import Burden, Change, ChangeKind, Site, Weight
from dutylist.model.duty import Kind
from dutylist.model.finding import Place, Spot
from dutylist.model.rank import Rank, first_of

Told = list[Any]
"""[rank, name, departments, [a row for each change]]; a row ends in field and place before, field and place after."""

Where = Mapping[Spot, Place]

_KINDS = {first_of(kind): kind for kind in Kind}


def told_of(changes: Sequence[Change], rank: Rank, before: Where, after: Where) -> Told | None:
    """The changes of one duty that kept its rank, with their places; None where one is about other duties too."""
    if not changes or any(len(change.sites) != 1 or change.duty is None for change in changes):
        return None
    return [rank, changes[0].name, changes[0].departments, [_row(change, before, after) for change in changes]]


def _row(change: Change, before: Where, after: Where) -> list[Any]:
    site = change.sites[0]
    texts = change.field, change.before, change.after, change.diff, change.fingerprint
    marks = change.kind, change.weight, change.burden, change.rule
    return [*marks, *texts, *_place(site.before, before), *_place(site.after, after)]


def _place(spot: Spot | None, places: Where) -> tuple[Any, Any]:
    return (None, None) if spot is None else (spot.field, astuple(places[spot]))


def places_told(told: Mapping[str, Told]) -> tuple[dict[Spot, Place], dict[Spot, Place]]:
    """Where the changes that were told before stand on each side."""
    found: tuple[dict[Spot, Place], dict[Spot, Place]] = {}, {}
    for path, (*_, rows) in told.items():
        for *_, was, place_before, now, place_after in rows:
            for places, field, place in zip(found, (was, now), (place_before, place_after), strict=True):
                if place is not None:
                    places[Spot(path, tuple(field))] = Place(*place)
    return found


def told_again(sides: Sides, told: Mapping[str, Told]) -> Iterator[Change]:
    """The changes that were told before, by path, with the numbers that their duties have now."""
    for path, (rank, name, departments, rows) in told.items():
        _, township, category, file = path.split("/")
        kind, home = _KINDS[rank[0]], (township, category)
        old, new = sides.lists
        number = old.number(home, rank, kind)
        numbers = number, number if old is new else new.number(home, rank, kind)
        duty, names = file.removesuffix(".toml"), tuple(departments)
        for label, weight, burden, rule, field, before, after, diff, mark, was, _, now, _ in rows:
            yield Change(
                kind=ChangeKind(label),
                weight=Weight(weight),
                township=township,
                duty=duty,
                field=field,
                before=before,
                after=after,
                sites=(Site(duty, spot_at(path, was), spot_at(path, now)),),
                fingerprint=mark,
                name=name,
                list_kind=kind,
                category=category,
                number_before=numbers[0],
                number_after=numbers[1],
                diff=tuple((sign, text) for sign, text in diff),
                departments=names,
                burden=Burden(burden),
                rule=rule,
            )


def spot_at(path: str, field: list[str | int] | None) -> Spot | None:
    """A field of a told change as a spot."""
    return None if field is None else Spot(path, tuple(field))
