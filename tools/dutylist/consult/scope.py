"""A comparison as far as a campaign goes: its townships, and the vocabularies that are everybody's."""

from collections import Counter
from collections.abc import Iterable

from dutylist.model.change import Change, Comparison
from dutylist.model.consultation import Totals
from dutylist.model.duty import Kind
from dutylist.model.library import DUTIES, Library


def of_townships(comparison: Comparison, names: frozenset[str]) -> Comparison:
    """What a comparison says of some townships."""
    return Comparison(
        changes=tuple(change for change in comparison.changes if _concerns(change, names)),
        account=tuple(row for row in comparison.account if row.township in names),
        renumbering=tuple(row for row in comparison.renumbering if row.township in names),
        successions=tuple(one for one in comparison.successions if one.township in names),
        pairs=tuple(pair for pair in comparison.pairs if pair.township in names),
    )


def _concerns(change: Change, names: frozenset[str]) -> bool:
    if change.township is not None:
        return change.township in names
    spots = (spot for site in change.sites for spot in (site.before, site.after) if spot)
    towns = {spot.path.split("/")[1] for spot in spots if spot.path.startswith(f"{DUTIES}/")}
    return not towns or bool(towns & names)


def totals(library: Library, names: Iterable[str]) -> Totals:
    """How many duties some townships have together."""
    wanted = set(names)
    count = Counter(record.value.kind for folder, record in library.duties() if folder.name in wanted)
    return Totals(duties=count.total(), **{kind.value: count[kind] for kind in Kind})
