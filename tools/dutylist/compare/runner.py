"""Compares two libraries: every change, the account, the numbers, what merged duties became."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from dutylist.compare.account import account
from dutylist.compare.around import ledger_steps, township_steps, vocabulary_steps
from dutylist.compare.dress import duty_change, other_change, respellings_joined, subject
from dutylist.compare.fields import duty_steps
from dutylist.compare.lists import Folders, renumbered
from dutylist.compare.order import order_steps
from dutylist.compare.passage import Passage, ledger_of
from dutylist.compare.sides import Sides, Version
from dutylist.compare.step import Step
from dutylist.compare.told import Told, told_again
from dutylist.model.base import Stored
from dutylist.model.change import Change, ChangeKind, Comparison
from dutylist.model.duty import Kind
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.printed import show_own_fields
from dutylist.model.record import Record

R = TypeVar("R", bound=Stored)

_LIST_ORDER: dict[Kind | None, int] = {kind: rank for rank, kind in enumerate((None, *Kind))}


def compare(
    before: Library,
    after: Library,
    same: Folders | None = None,
    touched: Collection[str] = (),
    told: Mapping[str, Told] | None = None,
) -> Comparison:
    """Everything that differs between two libraries; neither git nor files are known here.

    Where both sides have many duties alike, the libraries may leave those out: `same` then has their ranks by township
    and category. `touched` are the paths in AFTER whose bytes differ, even where the values do not. `told` is what
    `told_of` made before of duties whose ranks are in `same`, by path.
    """
    sides = Sides(before, after, same or {}, touched)
    passage = Passage(sides)
    changes = [
        *_of_duties(sides, passage),
        *(change for township in sides.townships for change in _of_township(sides, passage, *township)),
        *_of_vocabularies(sides),
        *told_again(sides, told or {}),
    ]
    return Comparison(
        tuple(sorted(respellings_joined(changes), key=_printed_order)),
        tuple(account(*sides.lists, sides.renamed, passage.entries)),
        tuple(renumbered(*sides.lists, sides.renamed)),
        tuple(passage.successions()),
    )


def _printed_order(change: Change) -> tuple[str, int, int]:
    """By township, list and number; within a duty as the changes were found."""
    return change.township or "", _LIST_ORDER[change.list_kind], change.number_after or change.number_before or 0


def _of_duties(sides: Sides, passage: Passage) -> Iterator[Change]:
    for duty in passage.gone:
        if duty not in passage.fates.dissolved:
            change = duty_change(subject(sides, sides.old[duty], None), _went(sides.old[duty], passage))
            yield replace(change, cause=passage.fates.reason(duty))
    for duty in passage.come:
        if duty not in passage.fates.composed:
            change = duty_change(subject(sides, None, sides.new[duty]), _came(sides.new[duty], passage))
            yield replace(change, cause=passage.fates.reason(duty))
    moved = dict(order_steps(sides))
    for duty, new in sides.new.items():
        old = sides.old.get(duty)
        if old and (old.duty is not new.duty or old.path != new.path):
            steps = _between(sides, old, new, moved.get(duty))
            of = subject(sides, old, new, passage.kept.get(duty, ())) if steps else None
            yield from (duty_change(of, step) for step in steps if of)


def _went(old: Version, passage: Passage) -> Step:
    turn = passage.fates.merged.get(old.duty.id)
    kind = ChangeKind.MERGED if turn else ChangeKind.RETIRED
    return Step(kind, (), None, _printed(old), "、".join(turn.into) if turn else None)


def _came(new: Version, passage: Passage) -> Step:
    turn = passage.fates.split_off.get(new.duty.id)
    kind = ChangeKind.SPLIT if turn else ChangeKind.ADDED
    return Step(kind, None, (), "、".join(turn.origin) if turn else None, _printed(new))


def _printed(version: Version) -> str:
    return "\n".join(filter(None, (version.duty.name, show_own_fields(version.duty))))


def _between(sides: Sides, old: Version, new: Version, moved: Step | None) -> list[Step]:
    """The differences of a duty that both sides have; where none is to be seen, its bytes may still differ."""
    steps = [*_seat_steps(sides, old, new), *duty_steps(old.duty, new.duty, sides.names)]
    steps += [moved] if moved else []
    if not steps and old.path == new.path and new.path in sides.touched:
        steps = [Step(ChangeKind.LAYOUT, (), (), None, None)]
    return steps


def _seat_steps(sides: Sides, old: Version, new: Version) -> Iterator[Step]:
    if old.path == new.path:
        return
    was, now = sides.seat_before(old), sides.seat_after(new)
    if was.township != now.township:
        texts = f"{was.township} {was.category}", f"{now.township} {now.category}"
        yield Step(ChangeKind.RECATEGORISED, (), (), *texts)
    elif was.category != now.category:
        yield Step(ChangeKind.RECATEGORISED, (), (), was.category, now.category)


def _of_township(
    sides: Sides, passage: Passage, name: str, old: TownshipFolder | None, new: TownshipFolder | None
) -> Iterator[Change]:
    """What differs in a township's own two files."""
    was, now = (folder.township if folder else None for folder in (old, new))
    yield from _of_file(sides, name, was, now, township_steps(_value(was), _value(now)))
    books = [folder.ledger if folder else None for folder in (old, new)]
    steps = ledger_steps(ledger_of(old), ledger_of(new), passage.fates.told, name in passage.townships)
    # Who came and who went tells why the ledger differs.
    told = name in passage.townships and ledger_of(old) != ledger_of(new)
    yield from _of_file(sides, name, books[0], books[1], steps, told=told)


def _of_vocabularies(sides: Sides) -> Iterator[Change]:
    for name in ("categories", "departments"):
        was, now = getattr(sides.before, name), getattr(sides.after, name)
        if was is now:
            continue
        yield from _of_file(sides, None, was, now, vocabulary_steps(_value(was), _value(now)))


def _of_file(
    sides: Sides,
    township: str | None,
    old: Record[R] | None,
    new: Record[R] | None,
    steps: Iterable[Step],
    *,
    told: bool = False,
) -> Iterator[Change]:
    """The differences in a file that is no duty, or that only its layout differs, unless the duties have `told` all."""
    paths = old.path if old else None, new.path if new else None
    found = [other_change(step, township, paths) for step in steps]
    if not (found or told) and new and new.path in sides.touched:
        found = [other_change(Step(ChangeKind.LAYOUT, (), (), None, None), township, paths)]
    yield from found


def _value(record: Record[R] | None) -> R | None:
    return record.value if record else None
