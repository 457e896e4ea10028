"""A duty's own fields in another list: what is carried over, what is still to be written, what falls away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dutylist.errors import UsageError
from dutylist.model.duty import AnyDuty, Kind, Section
from dutylist.model.text import PLACEHOLDER
from dutylist.model.validation import validate_duty

Given = Mapping[str, tuple[Any, ...]]

OWN_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.BASIC: (),
    Kind.SUPPORTING: ("superior_departments", "superior_responsibilities", "township_responsibilities"),
    Kind.RECLAIMED: ("receiving_departments", "takeover"),
}
UNWRITTEN = (Section(text=PLACEHOLDER),)
DEPARTMENT_FIELDS = ("superior_departments", "receiving_departments")

# Who leads before is who takes over afterwards, and with what.
_SAME = {"superior_departments": "receiving_departments", "superior_responsibilities": "takeover"}
COUNTERPARTS = _SAME | {theirs: ours for ours, theirs in _SAME.items()}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that an edit does not keep: whose, which field, and what it said."""

    duty: str
    field: str
    value: Any


def own_fields(kind: Kind, given: Given, old: AnyDuty | None = None) -> dict[str, tuple[Any, ...]]:
    """What only a duty of this list has: what is given, else what `old` says, else a placeholder.

    Departments have no placeholder: a `UsageError` asks for them.
    """
    fields: dict[str, tuple[Any, ...]] = {}
    for name in OWN_FIELDS[kind]:
        value = given.get(name) or getattr(old, name, ()) or getattr(old, COUNTERPARTS.get(name, name), ())
        if not value and name in DEPARTMENT_FIELDS:
            raise UsageError(f"{kind.label}要写明部门。", "请用 --department 指定，可以写多次。")
        fields[name] = value or UNWRITTEN
    return fields


def recast(duty: AnyDuty, kind: Kind, given: Given) -> tuple[AnyDuty, tuple[Dropped, ...]]:
    """The duty as one of another list, and what it no longer says."""
    fields = own_fields(kind, given, duty)
    shared = {name: getattr(duty, name) for name in ("id", "position", "name", "note", "basis", "waivers")}
    kept = {name for name in OWN_FIELDS[duty.kind] if fields.get(COUNTERPARTS.get(name, name)) == getattr(duty, name)}
    dropped = tuple(
        Dropped(duty.id, name, getattr(duty, name))
        for name in OWN_FIELDS[duty.kind]
        if name not in kept and getattr(duty, name) != UNWRITTEN
    )
    return validate_duty({"kind": kind, **shared, **fields}), dropped
