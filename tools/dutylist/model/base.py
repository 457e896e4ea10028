"""What all stored records share: strict, frozen, no unknown keys, documented by the string below each field."""

import datetime
import os
from typing import Annotated, TypeVar

# Looking for pydantic plug-ins, of which there are none here, costs a fifth of a cold start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import BaseModel, ConfigDict, Field, Strict

STRICT = ConfigDict(strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True)


class Stored(BaseModel):
    """A record that is one TOML file or one table of it; its fields stand in canonical order."""

    model_config = STRICT


# TOML gives lists; a frozen record holds tuples. Only the container is converted, its elements stay strict.
T = TypeVar("T")
Tuple = Annotated[tuple[T, ...], Strict(False)]
Texts = Tuple[str]
SomeTexts = Annotated[Texts, Field(min_length=1)]

DutyId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,9}-[0-9]{4,6}$")]
Ids = Tuple[DutyId]
SomeIds = Annotated[Ids, Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]
Date = datetime.date
