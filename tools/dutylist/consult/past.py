"""Which opinions a commit followed: those of the leg in which it was made that ask for what it did."""

from collections.abc import Callable, Sequence

from dutylist.consult.reconcile import answers, answers_at
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Opinion
from dutylist.model.history import Chapter, Consulted, Origin


def of_chapter(chapter: Chapter, legs: Sequence[LegFolder]) -> Consulted | None:
    """The leg of a commit that changed a duty, and the adopted opinions that its changes answer."""
    return _consulted(legs, lambda opinion: any(answers(change, opinion) for change in chapter.changes))


def of_origin(origin: Origin, legs: Sequence[LegFolder]) -> Consulted | None:
    """The leg of the commit that wrote a text, and the adopted opinions about that field of its duty."""
    return _consulted(legs, lambda opinion: answers_at(origin.duty, str(origin.piece.at[0]), opinion))


def _consulted(legs: Sequence[LegFolder], wanted: Callable[[Opinion], bool]) -> Consulted | None:
    """The first leg that has such opinions, or else the first one."""
    found = [Consulted(leg.title, tuple(one for one in _adopted(leg) if wanted(one))) for leg in legs]
    return next((one for one in found if one.opinions), found[0] if found else None)


def _adopted(leg: LegFolder) -> list[Opinion]:
    values = (record.value for record in leg.opinions)
    return [one for one in values if one.verdict is not None and one.verdict.asks_for_change]
