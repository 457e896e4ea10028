"""The part of a duty that an opinion is about: as users call it, as the record names it, and its text."""

import re
from collections.abc import Iterator
from typing import Any

from dutylist.document.columns import METHOD
from dutylist.document.opinions import list_columns, title_of
from dutylist.model.base import Stored
from dutylist.model.canonical import fields_of
from dutylist.model.duty import AnyDuty

# These are the tool's own, or written for colleagues, and never printed.
_NOT_SAID = ("id", "kind", "waivers", "note")
_STEP = re.compile(r"([a-z_]+)((?:\[[0-9]{1,4}\])?)")


def fields_to_speak_of(duty: AnyDuty) -> tuple[str, ...]:
    """The names of the fields that an opinion can be about."""
    return tuple(name for name in fields_of(type(duty)) if name not in _NOT_SAID)


def field_words(duty: AnyDuty) -> str:
    """The same for users, with what each is called above its column."""
    titles = {name: title_of(name) for name in fields_to_speak_of(duty)}
    return "、".join(name if title == name else f"{name}（{title}）" for name, title in titles.items())


def meant_field(duty: AnyDuty, text: str) -> str | None:
    """The field that a user's word means: its name, a path in it (`takeover[0].clauses[1]`), the title of its column.

    None where the duty has no such field, or nothing lies there.
    """
    known = fields_to_speak_of(duty)
    if re.split(r"[\[.]", text)[0] in known:
        return text if next(_at(duty, text), None) is not None else None
    columns = (*list_columns(), METHOD)
    return next((column.field for column in columns if column.field in known and column.means(text)), None)


def only_text(duty: AnyDuty, field: str) -> str | None:
    """The text of a field that has one and no more."""
    texts = [text for value in _at(duty, field) for text in _texts(value)]
    return texts[0] if len(texts) == 1 else None


def _at(duty: AnyDuty, path: str) -> Iterator[Any]:
    """What lies at a path of fields and indices; nothing where there is no such thing."""
    value: Any = duty
    for step in path.split("."):
        found = _STEP.fullmatch(step)
        if found is None or not isinstance(value, Stored) or found[1] not in fields_of(type(value)):
            return
        value = getattr(value, found[1])
        if found[2]:
            index = int(found[2][1:-1])
            if not isinstance(value, tuple) or index >= len(value):
                return
            value = value[index]
    if value is not None:
        yield value


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value: names, paragraphs, clauses; the headings of sections are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Stored):
        for name in fields_of(type(value)):
            if name not in ("department", "topic"):
                yield from _texts(getattr(value, name))
