"""`changelog/`: where a library keeps its campaigns, and what was read of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dutylist.model.consultation import LEG_LABELS, Campaign, Decision, Leg, Opinion, Seal
from dutylist.model.record import Record

CHANGELOG = "changelog"
CAMPAIGN_FILE = "campaign.toml"
LEG_FILE = "leg.toml"
OPINIONS = "opinions"
DECISIONS = "decisions"
REPORTS = {"markdown": "report.md", "json": "report.json", "html": "report.html"}


@dataclass(frozen=True)
class LegFolder:
    """One folder of a campaign; `unread` are the paths of its TOML files that yielded no value."""

    campaign: str
    name: str
    record: Record[Leg] | None
    opinions: tuple[Record[Opinion], ...] = ()
    decisions: tuple[Record[Decision], ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The leg as users write it: `2025/1-up`."""
        return f"{self.campaign}/{self.name}"

    @property
    def label(self) -> str:
        """The leg as people call it, with the name that commands take."""
        word = LEG_LABELS.get(self.name)
        return f"{self.title}（{word}）" if word else self.title

    @property
    def folder(self) -> str:
        """The folder of the leg in the library."""
        return leg_folder(self.campaign, self.name)

    @property
    def path(self) -> str:
        """The path of `leg.toml`, whether it is there or not."""
        return f"{self.folder}/{LEG_FILE}"

    @property
    def leg(self) -> Leg | None:
        """What `leg.toml` says, if it could be read."""
        return self.record.value if self.record else None

    @property
    def seal(self) -> Seal | None:
        """The seal, once the leg is closed."""
        return self.record.value.seal if self.record else None

    @property
    def is_open(self) -> bool:
        """Whether the leg was opened and not closed."""
        return self.record is not None and self.record.value.closed is None


@dataclass(frozen=True)
class CampaignFolder:
    """One folder of `changelog/`."""

    name: str
    record: Record[Campaign] | None
    legs: tuple[LegFolder, ...] = ()

    @property
    def path(self) -> str:
        """The path of `campaign.toml`, whether it is there or not."""
        return campaign_path(self.name)

    @property
    def campaign(self) -> Campaign | None:
        """What `campaign.toml` says, if it could be read."""
        return self.record.value if self.record else None

    @cached_property
    def in_order(self) -> tuple[LegFolder, ...]:
        """The legs in the order that the campaign declares; undeclared ones last."""
        order = {name: at for at, name in enumerate(self.record.value.legs)} if self.record else {}
        return tuple(sorted(self.legs, key=lambda leg: (order.get(leg.name, len(order)), leg.name)))

    def records(self) -> Iterator[Record[Any]]:
        """Every file that was read."""
        if self.record:
            yield self.record
        for leg in self.legs:
            if leg.record:
                yield leg.record
            yield from leg.opinions
            yield from leg.decisions


def campaign_path(campaign: str) -> str:
    """Where a campaign's own file lies."""
    return f"{CHANGELOG}/{campaign}/{CAMPAIGN_FILE}"


def leg_folder(campaign: str, leg: str) -> str:
    """Where the files of a leg lie."""
    return f"{CHANGELOG}/{campaign}/{leg}"


def opinion_path(campaign: str, leg: str, opinion: str) -> str:
    """Where an opinion lies."""
    return f"{leg_folder(campaign, leg)}/{OPINIONS}/{opinion}.toml"


def decision_path(campaign: str, leg: str, fingerprint: str) -> str:
    """Where an approval lies."""
    return f"{leg_folder(campaign, leg)}/{DECISIONS}/{fingerprint}.toml"
