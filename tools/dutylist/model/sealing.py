"""What git says of a sealed leg, as the audit judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Seal


class Signature(StrEnum):
    """What became of verifying a tag."""

    GOOD = "good"
    BAD = "bad"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Touch:
    """Since when a file is otherwise: the first commit behind the seal that touched it; None: not committed."""

    commit: str | None = None
    date: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class TagWitness:
    """The tag of a leg: the seal and the content in the commit that it points to (None where there is none)."""

    annotated: bool
    seal: str | None
    content: str | None
    signature: Signature


@dataclass(frozen=True)
class Witness:
    """What git says of one sealed leg.

    `leg` and `seal` are as they were sealed; `now` is the seal that HEAD has, None where it has none. `files` are the
    digests of the files of the leg's folder at HEAD, reports and `leg.toml` among them, `sealed_files` those at the
    commit that brought the seal. `state` is a commit with the sealed content, `strayed` the paths that the commit of
    the seal has otherwise, `base` a commit with the content of the base. `ids` are the duties in the sealed state,
    `explained` those that its ledgers account for.
    """

    leg: LegFolder
    seal: Seal
    now: Seal | None
    commit: str
    files: Mapping[str, str]
    sealed_files: Mapping[str, str]
    state: str | None
    strayed: tuple[str, ...]
    base: str | None
    tag: TagWitness | None
    ids: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()
    touched: Mapping[str, Touch] = field(default_factory=dict)
