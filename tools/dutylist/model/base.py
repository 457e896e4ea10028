"""What all stored records share: frozen, without unknown keys, documented by the string below each field.

Records are plain dataclasses that pydantic understands. They do without importing it, since that and building the
validators took most of a cold start: `validation` uses core schemas that were stored ahead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar, dataclass_transform

T = TypeVar("T")

# What pydantic reads off a record: unknown keys are errors, field docstrings become the JSON Schema.
CONFIG = {"extra": "forbid", "use_attribute_docstrings": True}


class Stored:
    """A record that is one TOML file or one table of it; its fields stand in canonical order."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Any] = CONFIG


@dataclass_transform(frozen_default=True, kw_only_default=True)
def stored(record: type[T]) -> type[T]:
    """Makes a frozen dataclass of a record."""
    return dataclass(frozen=True, slots=True, kw_only=True)(record)


_KEYS = {"origin": "from", "sender": "from", "source": "origin"}


def key_of(field: str) -> str:
    """The TOML key of a field: its name, except where Python keeps that word for itself."""
    return _KEYS.get(field, field)


class Limit:
    """A limit on a value, for pydantic: what is given is added to the core schema of the annotated type."""

    def __init__(self, **limits: Any) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """The schema of the type with the limit in it."""
        return handler(source) | self.limits


# TOML tells text from numbers and dates, and so do we: nothing is converted.
Text = Annotated[str, Limit(strict=True)]
Count = Annotated[int, Limit(strict=True, ge=0, le=1_000_000)]
Date = Annotated[date, Limit(strict=True)]
Flag = Annotated[bool, Limit(strict=True)]
Reason = Annotated[str, Limit(strict=True, pattern=r"\S")]
Texts = tuple[Text, ...]
SomeTexts = Annotated[tuple[Text, ...], Limit(min_length=1)]

DutyId = Annotated[str, Limit(strict=True, pattern=r"^[a-z][a-z0-9]{1,9}-([0-9]{4}|[1-9][0-9]{4,5})$")]
Ids = tuple[DutyId, ...]
SomeIds = Annotated[tuple[DutyId, ...], Limit(min_length=1)]
