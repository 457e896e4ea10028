"""Sections and clauses of a duty: which is which, what came, went, was revised or moved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dutylist.compare.names import Names
from dutylist.compare.pair import (
    THRESHOLD,
    Alignment,
    Points,
    align,
    by_likeness,
    equal,
    of_both,
    out_of_order,
    unpaired_in,
)
from dutylist.compare.step import Step
from dutylist.compare.text import without_layout, without_punctuation
from dutylist.compare.weight import weight_of
from dutylist.model.change import ChangeKind, Weight
from dutylist.model.duty import Section
from dutylist.model.finding import FieldPath
from dutylist.model.printed import show_sections


@dataclass(frozen=True, slots=True)
class Unit:
    """A text of a section, or one clause: where it stands, whose part it is in, and what it says."""

    at: FieldPath
    owner: str | None
    text: str

    @property
    def is_clause(self) -> bool:
        """Whether it is numbered when printed."""
        return len(self.at) > 3

    @property
    def side(self) -> str:
        """The field that it stands in."""
        return str(self.at[0])


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its place, the department that it belongs to, and its units."""

    at: FieldPath
    section: Section
    owner: str | None

    @property
    def units(self) -> list[Unit]:
        """Its text and its clauses."""
        text, clauses = self.section.text, self.section.clauses
        units = [] if text is None else [Unit((*self.at, "text"), self.owner, text)]
        return units + [Unit((*self.at, "clauses", at), self.owner, clause) for at, clause in enumerate(clauses)]

    @property
    def key(self) -> tuple[str | None, str | None]:
        """What says which section is which: the department and the topic."""
        topic = self.section.topic
        return self.owner, None if topic is None else without_layout(topic)

    @property
    def body(self) -> str:
        """Everything below the headings."""
        return "\n".join(unit.text for unit in self.units)

    @property
    def printed(self) -> str:
        """The section as it is printed."""
        return show_sections([self.section])


def parts_of(field: str, sections: Sequence[Section], names: Names) -> list[Part]:
    """The sections of one field of a duty."""
    owners = names.owners([section.department for section in sections])
    return [
        Part((field, index), section, owner)
        for index, (section, owner) in enumerate(zip(sections, owners, strict=True))
    ]


def section_steps(fields: Iterable[tuple[Sequence[Part], Sequence[Part]]]) -> Iterator[Step]:
    """What differs in the fields of a duty that hold sections, each given as its parts on both sides.

    A section that came or went is told once; those of its units that stand elsewhere on the other side are told as
    moved.
    """
    gone: list[Unit] = []
    come: list[Unit] = []
    unpaired: list[tuple[Part | None, Part | None]] = []
    for old, new in fields:
        pairs = _paired(old, new)
        for one, other in pairs:
            if old[one].section != new[other].section:
                yield from _heading_steps(old[one], new[other])
                yield from _unit_steps(old[one], new[other], gone, come)
        yield from _moved_sections(pairs, old, new)
        unpaired += [(part, None) for at, part in enumerate(old) if at not in {one for one, _ in pairs}]
        unpaired += [(None, part) for at, part in enumerate(new) if at not in {other for _, other in pairs}]
    if not unpaired and not gone and not come:
        return
    told = _of_sections(unpaired)
    gone += [unit for part, _ in unpaired if part for unit in part.units]
    come += [unit for _, part in unpaired if part for unit in part.units]
    gone, come = sorted(gone, key=_place), sorted(come, key=_place)
    moved = _elsewhere(gone, come)
    yield from (_moved_unit(left, arrived) for left, arrived in moved)
    left_over = {unit.at for unit in gone} - {left.at for left, _ in moved}
    new_here = {unit.at for unit in come} - {arrived.at for _, arrived in moved}
    for lone in unpaired:
        yield from _whole_section(*lone, left_over, new_here)
    yield from (_single(unit, None) for unit in gone if unit.at in left_over - told)
    yield from (_single(None, unit) for unit in come if unit.at in new_here - told)


def _of_sections(unpaired: Iterable[tuple[Part | None, Part | None]]) -> set[FieldPath]:
    """The places of the units that a whole section tells of."""
    return {unit.at for pair in unpaired for part in pair if part for unit in part.units}


def _paired(old: Sequence[Part], new: Sequence[Part]) -> Points:
    """Which sections are the same: by department and topic, then by what they say, if no other department says it."""
    keys = [part.key for part in old]
    if keys == [part.key for part in new] and len(set(keys)) == len(keys):
        return [(at, at) for at in range(len(keys))]
    pairs: Points = []
    for key in (lambda part: (part.key, part.section), lambda part: part.key):
        left, right = unpaired_in(pairs, len(old), len(new))
        pairs += equal([(at, key(old[at])) for at in left], [(at, key(new[at])) for at in right])
    left, right = unpaired_in(pairs, len(old), len(new))

    def fits(one: int, other: int) -> bool:
        mine, theirs = old[left[one]].owner, new[right[other]].owner
        return mine == theirs or mine is None or theirs is None

    found = by_likeness([old[at].body for at in left], [new[at].body for at in right], THRESHOLD, fits)
    return sorted([*pairs, *((left[one], right[other]) for one, other, _ in found)])


def _heading_steps(old: Part, new: Part) -> Iterator[Step]:
    """What differs in the headings of a section that both sides have."""
    for name in ("department", "topic"):
        was, now = getattr(old.section, name), getattr(new.section, name)
        if was == now:
            continue
        kind, weight = ChangeKind.TEXT_REVISED, Weight.SUBSTANTIVE
        if name == "department" and old.owner == new.owner:
            kind, weight = ChangeKind.DEPARTMENT_RESPELT, Weight.WORDING
        if was is None or now is None:
            kind = ChangeKind.TEXT_REVISED
        elif weight_of(was, now) is not Weight.SUBSTANTIVE:
            weight = weight_of(was, now)
            kind = ChangeKind.LAYOUT if weight is Weight.LAYOUT else kind
        yield Step(kind, (*old.at, name), (*new.at, name), was, now, weight)


def _unit_steps(old: Part, new: Part, gone: list[Unit], come: list[Unit]) -> Iterator[Step]:
    """What differs in the texts of a section that both sides have; what has no counterpart goes to `gone`, `come`."""
    were, are = old.units, new.units
    aligned = align([unit.text for unit in were], [unit.text for unit in are])
    pairs = aligned.pairs + _both_texts(were, are, aligned)
    for one, other in pairs:
        was, now = were[one], are[other]
        if (one, other) in aligned.moved or was.is_clause != now.is_clause:
            yield Step(ChangeKind.CLAUSE_MOVED, was.at, now.at, was.text, now.text, Weight.WORDING)
        if was.text != now.text:
            yield revised(was.at, now.at, was.text, now.text, clause=was.is_clause or now.is_clause)
    gone += [were[at] for at in aligned.removed if (at, 0) not in pairs[len(aligned.pairs) :]]
    come += [are[at] for at in aligned.added if (0, at) not in pairs[len(aligned.pairs) :]]


def _both_texts(old: Sequence[Unit], new: Sequence[Unit], aligned: Alignment) -> Points:
    """A section has one unnumbered text: where both sides have one it was revised, however unlike it is now."""
    unlike = aligned.removed[:1] == aligned.added[:1] == [0]
    return [(0, 0)] if unlike and not old[0].is_clause and not new[0].is_clause else []


def revised(at_before: FieldPath, at_after: FieldPath, was: str, now: str, *, clause: bool) -> Step:
    """A text that reads otherwise now, weighed."""
    weight = weight_of(was, now)
    kind = ChangeKind.CLAUSE_REVISED if clause else ChangeKind.TEXT_REVISED
    return Step(ChangeKind.LAYOUT if weight is Weight.LAYOUT else kind, at_before, at_after, was, now, weight)


def _moved_sections(pairs: Points, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Step]:
    moved = out_of_order(pairs, lambda pair: of_both(old[pair[0]].printed, new[pair[1]].printed))
    for one, other in pairs:
        if (one, other) in moved:
            yield Step(ChangeKind.SECTION_MOVED, old[one].at, new[other].at, old[one].printed, new[other].printed)


def _elsewhere(gone: Sequence[Unit], come: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """What left one section and stands in another with the same words: first in the same field, then in the other."""
    pairs: Points = []
    for key in (lambda unit: (unit.side, without_punctuation(unit.text)), lambda unit: without_punctuation(unit.text)):
        left, right = unpaired_in(pairs, len(gone), len(come))
        pairs += equal([(at, key(gone[at])) for at in left], [(at, key(come[at])) for at in right])
    return [(gone[one], come[other]) for one, other in sorted(pairs)]


def _place(unit: Unit) -> FieldPath:
    return unit.at


def _moved_unit(left: Unit, arrived: Unit) -> Step:
    stays = left.side == arrived.side and left.owner == arrived.owner
    weight = Weight.WORDING if stays else Weight.SUBSTANTIVE
    return Step(ChangeKind.CLAUSE_MOVED, left.at, arrived.at, left.text, arrived.text, weight)


def _whole_section(
    old: Part | None, new: Part | None, left_over: set[FieldPath], new_here: set[FieldPath]
) -> Iterator[Step]:
    if old:
        texts = tuple(unit.text for unit in old.units if unit.at in left_over)
        yield Step(ChangeKind.SECTION_REMOVED, old.at, None, old.printed, None, texts=texts)
    if new:
        texts = tuple(unit.text for unit in new.units if unit.at in new_here)
        yield Step(ChangeKind.SECTION_ADDED, None, new.at, None, new.printed, texts=texts)


def _single(old: Unit | None, new: Unit | None) -> Step:
    """A text or clause that only one side has."""
    kind = ChangeKind.CLAUSE_REMOVED if old else ChangeKind.CLAUSE_ADDED
    if not all(unit.is_clause for unit in (old, new) if unit):
        kind = ChangeKind.TEXT_REVISED
    at = old.at if old else None, new.at if new else None
    texts = old.text if old else None, new.text if new else None
    return Step(kind, *at, *texts, texts=tuple(text for text in texts if text is not None))
