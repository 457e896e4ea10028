"""The one way to write a record as TOML; a fixed point of `tombi format`."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from dutylist.model.text import HIDDEN
from dutylist.model.township import Event

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
# Hidden characters are written as escapes, so that a file shows all that it says.
_TO_ESCAPE = re.compile(rf'["\\\t\n\r]|{HIDDEN.pattern}')

# An event's ids stay on one line, and `into = []` is written: that nothing came of a duty is said, not left out.
_ON_ONE_LINE = {(Event, "origin"), (Event, "into")}


def canonical_text(record: BaseModel) -> str:
    """`record` as canonical TOML: plain keys, then tables, in the order of the fields; absent and empty left out."""
    return "\n".join(_blocks(record, ""))


def _blocks(record: BaseModel, header: str) -> Iterator[str]:
    """The table of `record` and then its sub-tables, each ending in a line break."""
    lines = [header] if header else []
    below: list[str] = []
    for name, field in type(record).model_fields.items():
        key, value = field.alias or name, getattr(record, name)
        if isinstance(value, BaseModel):
            below.append(_table(key, value))
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            below += ["".join(_blocks(element, f"[[{key}]]")) for element in value]
        elif (type(record), name) in _ON_ONE_LINE:
            lines.append(f"{key} = [{', '.join(map(_scalar, value))}]")
        elif isinstance(value, tuple):
            if value:
                lines.append(f"{key} = [\n" + "".join(f"  {_scalar(element)},\n" for element in value) + "]")
        elif value is not None:
            lines.append(f"{key} = {_scalar(value)}")
    if lines:
        yield "".join(f"{line}\n" for line in lines)
    yield from below


def _table(key: str, record: BaseModel) -> str:
    """A sub-table; its own records are inline tables."""
    present = [(name, value) for name, value in record if value is not None]
    return f"[{key}]\n" + "".join(f"{name} = {_inline(value)}\n" for name, value in present)


def _inline(value: Any) -> str:
    if not isinstance(value, BaseModel):
        return _scalar(value)
    pairs = [f"{name} = {_scalar(part)}" for name, part in value if part is not None]
    return "{ " + ", ".join(pairs) + " }"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return f'"{escaped(value)}"'
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def escaped(text: str) -> str:
    """`text` as it stands between the quotes of a basic string."""
    return _TO_ESCAPE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
