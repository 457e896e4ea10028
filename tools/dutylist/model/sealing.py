"""What git says of sealed legs, as the audit judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dutylist.model.changelog import CampaignFolder, LegFolder, leg_folder
from dutylist.model.consultation import Seal, Source
from dutylist.model.finding import Spot


class Signature(StrEnum):
    """What became of verifying a tag."""

    GOOD = "good"
    BAD = "bad"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Touch:
    """Since when a file is otherwise: the commit that touched it; None: not committed."""

    commit: str | None = None
    date: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class TagWitness:
    """The tag of a leg: the digests of `leg.toml` and of the content in its commit (None where there is none)."""

    annotated: bool
    leg: str | None
    content: str | None
    signature: Signature


@dataclass(frozen=True)
class Witness:
    """What git says of one sealed leg.

    `campaign`, `leg` and `seal` are as they were sealed; `now` is the seal of today, None where there is none.
    `brought` is the commit of the seal. `files` are the digests of the files of the leg's folder today, reports and
    `leg.toml` among them ("?" for what is no file, or not committed), `sealed_files` those at the commit of the seal,
    `touched` says since when they differ. `state` is a commit with the sealed content, `strayed` the paths that the
    commit of the seal has otherwise, `base` a commit with the content of the base. `ids` are the duties in the sealed
    state, `explained` those that its ledgers account for. `signed`: the campaign asks for signatures.
    """

    campaign: CampaignFolder
    leg: LegFolder
    seal: Seal
    now: Seal | None
    brought: Touch
    files: Mapping[str, str]
    sealed_files: Mapping[str, str]
    state: str | None
    strayed: tuple[str, ...]
    base: str | None
    tag: TagWitness | None
    ids: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()
    touched: Mapping[str, Touch] = field(default_factory=dict)
    signed: bool = False

    @property
    def is_imported(self) -> bool:
        """Whether the leg was published before there was a library: it has no base, no report and no tag."""
        return self.leg.leg is not None and self.leg.leg.source is Source.IMPORTED

    def spot(self, *field: str) -> Spot:
        """A field of the leg's own file."""
        return Spot(self.leg.path, field)


class Why(StrEnum):
    """Why a leg cannot be proved although it seems to have been closed."""

    UNREADABLE = "unreadable"
    UNSEALED = "unsealed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Loose:
    """A leg of which no seal stands in history."""

    campaign: str
    name: str
    why: Why

    @property
    def title(self) -> str:
        """The leg as users write it."""
        return f"{self.campaign}/{self.name}"

    @property
    def folder(self) -> str:
        """The folder of the leg in the library."""
        return leg_folder(self.campaign, self.name)
