"""The one way to write a record as TOML; a fixed point of `tombi format`."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from dutylist.model.base import Stored, key_of
from dutylist.model.text import HIDDEN
from dutylist.model.township import Event

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
# Hidden characters are written as escapes, so that a file shows all that it says.
_TO_ESCAPE = re.compile(rf'["\\\t\n\r]|{HIDDEN.pattern}')

# An event's ids stay on one line, and `into = []` is written: that nothing came of a duty is said, not left out.
_ON_ONE_LINE = {(Event, "origin"), (Event, "into")}


def canonical_text(record: Stored) -> str:
    """`record` as canonical TOML: plain keys, then tables, in the order of the fields; absent and empty left out."""
    return "\n".join(_blocks(record, ""))


def _blocks(record: Stored, header: str) -> Iterator[str]:
    """The table of `record` and then its sub-tables, each ending in a line break."""
    lines = [header] if header else []
    below: list[str] = []
    for name in fields_of(type(record)):
        key, value = key_of(name), getattr(record, name)
        if value is None:
            continue
        if isinstance(value, str):
            lines.append(f'{key} = "{escaped(value)}"')
        elif isinstance(value, Stored):
            below.append(_table(key, value))
        elif not isinstance(value, tuple):
            lines.append(f"{key} = {_scalar(value)}")
        elif (type(record), name) in _ON_ONE_LINE:
            lines.append(f"{key} = [{', '.join(map(_scalar, value))}]")
        elif value and isinstance(value[0], Stored):
            below += ["".join(_blocks(element, f"[[{key}]]")) for element in value]
        elif value:
            lines.append(f"{key} = {_inline(value)}")
    if lines:
        yield "\n".join([*lines, ""])
    yield from below


def values_of(record: Any) -> Any:
    """A record as plain values for JSON: what is absent or empty left out, dates as text."""
    if isinstance(record, Stored):
        values = {key_of(name): getattr(record, name) for name in fields_of(type(record))}
        return {key: values_of(value) for key, value in values.items() if value not in (None, ())}
    if isinstance(record, tuple):
        return [values_of(element) for element in record]
    return record.isoformat() if isinstance(record, datetime.date) else record


def fields_of(record: Any) -> tuple[str, ...]:
    """The names of a record type's fields, in canonical order."""
    return _fields(record)


@cache
def _fields(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def _table(key: str, record: Stored) -> str:
    """A sub-table; its own records are inline tables."""
    present = [(name, getattr(record, name)) for name in fields_of(type(record))]
    told = [(name, value) for name, value in present if value not in (None, ())]
    return f"[{key}]\n" + "".join(f"{name} = {_inline(value)}\n" for name, value in told)


def _inline(value: Any) -> str:
    if isinstance(value, tuple):
        return "".join(("[\n", *(f"  {_scalar(element)},\n" for element in value), "]"))
    if not isinstance(value, Stored):
        return _scalar(value)
    parts = [(name, getattr(value, name)) for name in fields_of(type(value))]
    pairs = [f"{name} = {_scalar(part)}" for name, part in parts if part is not None]
    return "{ " + ", ".join(pairs) + " }"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return f'"{escaped(value)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def escaped(text: str) -> str:
    """`text` as it stands between the quotes of a basic string."""
    return _TO_ESCAPE.sub(_escape, text) if _TO_ESCAPE.search(text) else text


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
