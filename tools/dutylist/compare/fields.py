"""What differs between two versions of one duty, field by field."""

from collections.abc import Iterator, Sequence

from dutylist.compare.names import Names
from dutylist.compare.pair import Points, equal, out_of_order, unpaired_in
from dutylist.compare.sections import parts_of, section_steps
from dutylist.compare.step import Step
from dutylist.compare.weight import weight_of
from dutylist.model.change import ChangeKind, Weight
from dutylist.model.duty import SECTION_FIELDS, AnyDuty, Basis, Waiver, department_field, departments_of
from dutylist.model.printed import show_basis, show_own_fields


def duty_steps(old: AnyDuty, new: AnyDuty, names: Names) -> Iterator[Step]:
    """Every difference between two versions of a duty but those of its place: category and position."""
    if old.kind is not new.kind:
        own = show_own_fields(old), show_own_fields(new)
        yield Step(ChangeKind.RECLASSIFIED, ("kind",), ("kind",), old.kind.label, new.kind.label, values=own)
    if old.name != new.name:
        yield _renamed(old.name, new.name)
    if old.kind is new.kind:
        yield from _departments(old, new, names)
        fields = [field for field in SECTION_FIELDS if getattr(old, field, ()) != getattr(new, field, ())]
        yield from section_steps(
            (parts_of(field, getattr(old, field), names), parts_of(field, getattr(new, field), names))
            for field in fields
        )
    if old.basis != new.basis:
        yield from _bases(old.basis, new.basis)
    if old.note != new.note:
        yield Step(ChangeKind.ANNOTATION_REVISED, ("note",), ("note",), old.note, new.note)
    if old.waivers != new.waivers:
        was, now = _waivers(old.waivers), _waivers(new.waivers)
        yield Step(ChangeKind.ANNOTATION_REVISED, ("waivers",), ("waivers",), was, now)


def _renamed(was: str, now: str) -> Step:
    weight = weight_of(was, now)
    kind = ChangeKind.LAYOUT if weight is Weight.LAYOUT else ChangeKind.RENAMED
    return Step(kind, ("name",), ("name",), was, now, weight)


def _departments(old: AnyDuty, new: AnyDuty, names: Names) -> Iterator[Step]:
    """Who joined, who left, who is written otherwise, and whether the order of those who stayed is another."""
    were, are = departments_of(old), departments_of(new)
    field = department_field(new)
    if were == are or field is None:
        return
    pairs: Points = equal(enumerate(were), enumerate(are))
    left, right = unpaired_in(pairs, len(were), len(are))
    pairs += equal([(at, names.canonical(were[at])) for at in left], [(at, names.canonical(are[at])) for at in right])
    left, right = unpaired_in(pairs, len(were), len(are))
    yield from (Step(ChangeKind.DEPARTMENT_LEFT, (field, at), None, were[at], None) for at in left)
    yield from (Step(ChangeKind.DEPARTMENT_JOINED, None, (field, at), None, are[at]) for at in right)
    for one, other in sorted(pairs):
        if were[one] != are[other]:
            layout = weight_of(were[one], are[other]) is Weight.LAYOUT
            kind = ChangeKind.LAYOUT if layout else ChangeKind.DEPARTMENT_RESPELT
            yield Step(kind, (field, one), (field, other), were[one], are[other])
    if out_of_order(sorted(pairs), lambda pair: names.canonical(were[pair[0]])):
        yield Step(ChangeKind.DEPARTMENT_REORDERED, (field,), (field,), "、".join(were), "、".join(are))


def _bases(old: Sequence[Basis], new: Sequence[Basis]) -> Iterator[Step]:
    """Laws that came or went, other articles of the same law, another order."""
    pairs: Points = equal(enumerate(old), enumerate(new))
    left, right = unpaired_in(pairs, len(old), len(new))
    pairs += equal([(at, old[at].title) for at in left], [(at, new[at].title) for at in right])
    left, right = unpaired_in(pairs, len(old), len(new))
    yield from (Step(ChangeKind.BASIS_REMOVED, ("basis", at), None, show_basis(old[at]), None) for at in left)
    yield from (Step(ChangeKind.BASIS_ADDED, None, ("basis", at), None, show_basis(new[at])) for at in right)
    for one, other in sorted(pairs):
        if old[one] != new[other]:
            was, now = show_basis(old[one]), show_basis(new[other])
            weight = weight_of(was, now)
            kind = ChangeKind.LAYOUT if weight is Weight.LAYOUT else ChangeKind.BASIS_REVISED
            yield Step(kind, ("basis", one), ("basis", other), was, now, weight)
    if out_of_order(sorted(pairs), lambda pair: old[pair[0]].title):
        was, now = ("、".join(map(show_basis, some)) for some in (old, new))
        yield Step(ChangeKind.BASIS_REVISED, ("basis",), ("basis",), was, now, Weight.WORDING)


def _waivers(waivers: Sequence[Waiver]) -> str | None:
    """Waivers as text, one a line; None where there are none."""
    lines = (
        " ".join(
            str(part) for part in (one.code, one.reason, one.owner, one.until, one.fingerprint) if part is not None
        )
        for one in waivers
    )
    return "\n".join(lines) or None
