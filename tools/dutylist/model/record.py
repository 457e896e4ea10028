"""One file that was read, with its place."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from dutylist.model.base import Stored

R = TypeVar("R", bound=Stored)


@dataclass(frozen=True, slots=True)
class Record(Generic[R]):
    """One file that was read: where it lies, what it says, whether its text is the canonical one or has comments."""

    path: str
    value: R
    canonical: bool = True
    commented: bool = False
