"""Several duties become one: departments, sections and bases together, nobody's part read as another's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dutylist.edit.recast import DEPARTMENT_FIELDS, OWN_FIELDS, Dropped
from dutylist.model.duty import AnyDuty, Section, Waiver, departments_of
from dutylist.model.vocabulary import Departments

# The sections in which a heading says which department acts.
_THEIRS = ("superior_responsibilities", "takeover")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A section that named no department and now stands behind a heading, so that it reads as belonging there."""

    duty: str
    field: str
    behind: str


def unite(
    survivor: AnyDuty, others: Sequence[AnyDuty], vocabulary: Departments
) -> tuple[AnyDuty, list[Dropped], list[Unclear]]:
    """`survivor` with what the others of its list say; what is not kept, and what someone must look at."""
    every = [survivor, *others]
    unclear: list[Unclear] = []
    update: dict[str, Any] = {
        "basis": _distinct(basis for duty in every for basis in duty.basis),
        "note": "\n".join(_distinct(duty.note for duty in every if duty.note is not None)) or None,
    }
    for field in OWN_FIELDS[survivor.kind]:
        if field in DEPARTMENT_FIELDS:
            update[field] = _departments(every, vocabulary)
        else:
            update[field] = _sections(field, every, vocabulary, unclear)
    update["waivers"], dropped = _waivers(survivor, others)
    return (
        replace(survivor, **update),
        [*(Dropped(one.id, "name", one.name) for one in others), *dropped],
        unclear,
    )


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return tuple(found)


def _departments(duties: Iterable[AnyDuty], vocabulary: Departments) -> tuple[str, ...]:
    """All departments in order; another spelling of one that is there is not written again, an inner unit is."""
    named: dict[tuple[str, str | None], str] = {}
    for name in (name for duty in duties for name in departments_of(duty)):
        match = vocabulary.match(name)
        named.setdefault((match.name, match.unit) if match else (name, None), name)
    return tuple(named.values())


def _sections(
    field: str, duties: Sequence[AnyDuty], vocabulary: Departments, unclear: list[Unclear]
) -> tuple[Section, ...]:
    differ = len({frozenset(map(vocabulary.canonical, departments_of(duty))) for duty in duties}) > 1
    headed = any(section.department is not None for duty in duties for section in getattr(duty, field))
    name_sole = (differ or headed) and field in _THEIRS
    result: list[Section] = []
    told: list[Section] = []
    owner = None
    for duty in duties:
        # Where a section begins anew, behind another duty's or behind one left out, its department is said again.
        anew = bool(result)
        for section, full in _with_departments(duty, field, name_sole=name_sole):
            if result and duty is not duties[0] and full in told:
                anew = True
                continue
            behind = owner or (result[-1].topic if result and section.topic is None else None)
            if anew and behind is not None and full.department is None:
                unclear.append(Unclear(duty.id, field, behind))
            result.append(full if anew else section)
            told.append(full)
            owner = full.department or owner
            anew = False
    return tuple(result)


def _with_departments(duty: AnyDuty, field: str, *, name_sole: bool) -> Iterator[tuple[Section, Section]]:
    """Each section as it is to be written, and with the department that it continues.

    With `name_sole` a first section without department is headed by the only department that the duty has.
    """
    owner = None
    sole = departments_of(duty)[0] if name_sole and len(departments_of(duty)) == 1 else None
    for index, section in enumerate(getattr(duty, field)):
        if index == 0 and section.department is None and sole is not None:
            section = replace(section, department=sole)
        owner = section.department or owner
        yield section, replace(section, department=owner)


def _waivers(survivor: AnyDuty, others: Iterable[AnyDuty]) -> tuple[tuple[Waiver, ...], list[Dropped]]:
    """The survivor's waivers and the others' of further codes; a fingerprint belongs to the duty that bore it."""
    kept = list(survivor.waivers)
    dropped = []
    for duty in others:
        for waiver in duty.waivers:
            covered = any(own.code == waiver.code and own.fingerprint is None for own in kept)
            if waiver.fingerprint is None and not covered:
                kept.append(waiver)
            elif waiver not in kept:
                dropped.append(Dropped(duty.id, "waivers", (waiver,)))
    return tuple(kept), dropped
