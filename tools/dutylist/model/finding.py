"""A fault in the data as a value: collected, sorted, never raised, and shown by others."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FieldPath = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad: must not be merged, someone must look, matter of style."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """0 is worst."""
        return _RANKS[self]


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.ADVICE: "建议"}
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Spot:
    """What a finding is about, before anyone asks for its line.

    With `field`, `start` and `end` count the characters of the string value there (both absent: the whole value). With
    `field` None they count the characters of the file's text, without a byte-order mark. A field that is not in the
    file stands for the nearest table around it, the empty path for the first line.
    """

    path: str
    field: FieldPath | None = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where: lines and columns count from 1, columns in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


FIRST_LINE = Place(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Edit:
    """Write `text` instead of what stands at `spot`; `whole` replaces the whole file."""

    spot: Spot
    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a finding; `safe` means that nobody has to decide anything and no meaning changes."""

    label: str
    edits: tuple[Edit, ...]
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `duty` is the id that it belongs to, `place` is filled in by the store, `waived` by the runner."""

    code: str
    severity: Severity
    spot: Spot
    message: str
    fingerprint: str
    duty: str | None = None
    fix: Fix | None = None
    place: Place = FIRST_LINE
    waived: str | None = None


def fingerprint(code: str, subject: str, values: Iterable[str]) -> str:
    """A short name for a finding that survives other edits.

    Hashed are the code, the duty's id (or the path) and the values involved; not the line nor the wording of the
    message, so that a waiver still fits after the file has moved on or the tool has learned to speak better.
    """
    text = "\0".join((code, subject, *values))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def field_name(path: FieldPath | None) -> str:
    """A field path as users read it: `superior_responsibilities[0].clauses[1]`; empty for the whole file."""
    text = ""
    for step in path or ():
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def sort_key(finding: Finding) -> tuple[str, Place, str, str]:
    """The order in which findings are shown: by path, place, code."""
    return finding.spot.path, finding.place, finding.code, finding.fingerprint
