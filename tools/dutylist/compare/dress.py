"""A difference becomes a change: of which duty, in which list, under which number, how heavy."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from dutylist.compare.burden import judge
from dutylist.compare.burden_case import BurdenCase
from dutylist.compare.sides import Sides, Version
from dutylist.compare.step import Step
from dutylist.compare.text import pieces, without_punctuation
from dutylist.model.change import Change, ChangeKind, Pieces, Site, fingerprint_of
from dutylist.model.duty import departments_of, sections_of
from dutylist.model.finding import FieldPath, Spot, field_name

V = TypeVar("V")

# A text that came or went with one of these may be another duty's that was merged into this one, or split off it.
_COMING_AND_GOING = (
    ChangeKind.SECTION_ADDED,
    ChangeKind.SECTION_REMOVED,
    ChangeKind.CLAUSE_ADDED,
    ChangeKind.CLAUSE_REMOVED,
)
# Whose two texts are versions of one text, which a reader wants to see side by side.
_REVISED = (
    ChangeKind.RENAMED,
    ChangeKind.CLAUSE_REVISED,
    ChangeKind.TEXT_REVISED,
    ChangeKind.BASIS_REVISED,
    ChangeKind.PREFACE_REVISED,
    ChangeKind.ANNOTATION_REVISED,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A duty that has changes: its versions, what is the same for all of them, and the texts that others share.

    `kept` are the texts, without punctuation, that other duties handed on to this one or took over from it.
    """

    old: Version | None
    new: Version | None
    township: str
    numbers: tuple[int | None, int | None]
    departments: tuple[str, ...]
    kept: Collection[str] = ()

    @property
    def version(self) -> Version:
        """The version in AFTER, else the one in BEFORE."""
        version = self.new or self.old
        assert version
        return version


def subject(sides: Sides, old: Version | None, new: Version | None, kept: Collection[str] = ()) -> Subject:
    """What all changes of a duty say alike."""
    township = new.township if new else sides.township_now(old.township) if old else ""
    numbers = sides.number(0, old) if old else None, sides.number(1, new) if new else None
    return Subject(old, new, township, numbers, concerned(sides, old, new), kept)


def duty_change(of: Subject, step: Step) -> Change:
    """A difference in a duty."""
    old, new, version = of.old, of.new, of.version
    diff = _diff(step)
    carried = step.kind in _COMING_AND_GOING and all(without_punctuation(text) in of.kept for text in step.texts)
    burden, rule = judge(_case(step, old, new, diff, carried=carried))
    duty = version.duty
    return Change(
        kind=step.kind,
        weight=step.weight or step.kind.facts.weight,
        township=of.township,
        duty=duty.id,
        field=_field(step),
        before=step.before,
        after=step.after,
        sites=(Site(duty.id, _spot(old, step.at_before), _spot(new, step.at_after)),),
        fingerprint=fingerprint_of(step.kind, duty.id, (step.before, step.after, *step.values)),
        name=duty.name,
        list_kind=duty.kind,
        category=version.category,
        number_before=of.numbers[0],
        number_after=of.numbers[1],
        diff=diff,
        departments=of.departments,
        burden=burden,
        rule=rule,
    )


def other_change(step: Step, township: str | None, paths: tuple[str | None, str | None]) -> Change:
    """A difference in a file that is no duty; `paths` are where it lies on each side."""
    spots = (
        None if path is None or at is None else Spot(path, at)
        for path, at in zip(paths, (step.at_before, step.at_after), strict=True)
    )
    return Change(
        kind=step.kind,
        weight=step.weight or step.kind.facts.weight,
        township=township,
        duty=None,
        field=_field(step),
        before=step.before,
        after=step.after,
        sites=(Site(None, *spots),),
        fingerprint=fingerprint_of(step.kind, township, (step.before, step.after, *step.values)),
        diff=_diff(step),
    )


def concerned(sides: Sides, old: Version | None, new: Version | None) -> tuple[str, ...]:
    """The full names of the departments that a duty lists or gives a part to, on either side."""
    duties = [version.duty for version in (new, old) if version]
    headings = dict.fromkeys(name for duty in duties for name in departments_of(duty))
    headings |= dict.fromkeys(
        section.department for duty in duties for _, _, section in sections_of(duty) if section.department is not None
    )
    return tuple(dict.fromkeys(name for heading in headings for name in sides.names.named(heading)))


def respellings_joined(changes: Iterable[Change]) -> list[Change]:
    """The changes; one department respelt in many places is one of them, with all its places."""
    respelt: dict[tuple[str | None, str | None], list[Change]] = {}
    for change in changes:
        if change.kind is ChangeKind.DEPARTMENT_RESPELT:
            respelt.setdefault((change.before, change.after), []).append(change)
    others = [change for change in changes if change.kind is not ChangeKind.DEPARTMENT_RESPELT]
    return others + [_joined(some) for some in respelt.values()]


def _joined(changes: list[Change]) -> Change:
    """One respelling; it belongs to a duty, list or township only where all its places do."""
    first = changes[0]
    alone = {change.duty for change in changes} == {first.duty}
    return replace(
        first if alone else replace(first, duty=None, name=None, number_before=None, number_after=None),
        township=_shared(change.township for change in changes),
        list_kind=_shared(change.list_kind for change in changes),
        category=_shared(change.category for change in changes),
        field=_shared(change.field for change in changes),
        sites=tuple(site for change in changes for site in change.sites),
        departments=tuple(dict.fromkeys(name for change in changes for name in change.departments)),
        # The same respelling in one more duty is still the same respelling.
        fingerprint=fingerprint_of(first.kind, None, (first.before, first.after)),
    )


def _shared(values: Iterable[V]) -> V | None:
    """The value that all have in common, None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _case(step: Step, old: Version | None, new: Version | None, diff: Pieces, *, carried: bool) -> BurdenCase:
    return BurdenCase(
        step.kind,
        old.duty.kind if old else None,
        new.duty.kind if new else None,
        str(step.at_before[0]) if step.at_before else None,
        str(step.at_after[0]) if step.at_after else None,
        step.before,
        step.after,
        diff,
        carried,
    )


def _diff(step: Step) -> Pieces:
    revised = step.kind in _REVISED and step.before is not None and step.after is not None
    return pieces(step.before or "", step.after or "") if revised else ()


def _field(step: Step) -> str | None:
    return field_name(step.at_before if step.at_after is None else step.at_after) or None


def _spot(version: Version | None, at: FieldPath | None) -> Spot | None:
    return None if version is None or at is None else Spot(version.path, at)
