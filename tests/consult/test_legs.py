"""Which leg is meant, which comes next, who is silent, and where the chain of seals ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import build
from build import library_of
from dutylist.consult.legs import any_leg, existing, following, last_sealed, named, open_leg, require_turn, silent
from dutylist.errors import DutyListError
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import Campaign, CampaignKind, Leg, Opinion, Seal, Totals
from dutylist.model.library import Library
from dutylist.model.record import Record

DAY = date(2025, 3, 1)
NAMES = ("1-up", "1-down", "2-up")


def leg(name: str, *, campaign: str = "2025", previous: tuple[str, ...] | None = None, **facts: Any) -> LegFolder:
    """An open leg; with `previous` one that is sealed behind those."""
    seal = None
    if previous is not None:
        totals = Totals(duties=1, basic=1, supporting=0, reclaimed=0)
        seal = Seal(digest="0" * 64, content="0" * 64, tool="1", rules="0" * 64, previous=previous, totals=totals)
    values: dict[str, Any] = {
        "sender": "甲",
        "to": "乙",
        "opened": DAY,
        "closed": DAY if seal else None,
        "seal": seal,
    } | facts
    return LegFolder(campaign, name, Record(f"changelog/{campaign}/{name}/leg.toml", Leg(**values)))


def library(*legs: LegFolder) -> Library:
    """The campaigns of these legs, each of three."""
    campaigns = []
    for name in sorted({"2025", *(one.campaign for one in legs)}):
        campaign = Campaign(title="编制", kind=CampaignKind.COMPILATION, townships=("示例镇",), legs=NAMES)
        own = tuple(one for one in legs if one.campaign == name)
        campaigns.append(CampaignFolder(name, Record(f"changelog/{name}/campaign.toml", campaign), own))
    return Library((), campaigns=tuple(campaigns))


CHAINS: Mapping[str, tuple[tuple[LegFolder, ...], list[str]]] = {
    "none": ((), []),
    "an open one": ((leg("1-up"),), []),
    "one": ((leg("1-up", previous=()),), ["2025/1-up"]),
    "a chain": ((leg("1-up", previous=()), leg("1-down", previous=("2025/1-up",))), ["2025/1-down"]),
    "two ends": (
        (leg("1-up", previous=()), leg("1-up", campaign="2026", previous=())),
        ["2025/1-up", "2026/1-up"],
    ),
    "joined": (
        (
            leg("1-up", previous=()),
            leg("1-up", campaign="2026", previous=()),
            leg("1-down", previous=("2025/1-up", "2026/1-up")),
        ),
        ["2025/1-down"],
    ),
}


@pytest.mark.parametrize(("legs", "expected"), CHAINS.values(), ids=CHAINS)
def test_where_the_chain_ends(legs: tuple[LegFolder, ...], expected: list[str]) -> None:
    assert [one.title for one in last_sealed(library(*legs))] == expected


def test_what_comes_next() -> None:
    (campaign,) = library().campaigns
    assert [following(campaign, name) for name in (*NAMES, "其他")] == ["1-down", "2-up", None, None]


def test_a_leg_by_its_names() -> None:
    there = library(leg("1-up", previous=()), leg("1-down"))
    assert named(there, "2025/2-up").folder is None
    assert existing(there, "2025/1-up/").title == "2025/1-up"
    assert open_leg(there, None).title == any_leg(there, None).title == "2025/1-down"
    assert any_leg(there, "2025/2-up") == LegFolder("2025", "2-up", None)


def test_the_turn_of_each_leg() -> None:
    there = library(leg("1-up", previous=()))
    require_turn(named(there, "2025/1-down"), DAY)
    behind = library(leg("1-down", previous=()))
    with pytest.raises(DutyListError, match="后面的环节 2025/1-down 已经开始，不能再开始 2025/1-up。"):
        require_turn(named(behind, "2025/1-up"), DAY)
    with pytest.raises(DutyListError, match="早于前一个环节 2025/1-up 关闭的日期"):
        require_turn(named(there, "2025/1-down"), date(2025, 2, 28))


def test_a_leg_that_cannot_be_read_is_not_one_that_is_not_there() -> None:
    made = build.files({"changelog/2025/campaign.toml": CAMPAIGN, "changelog/2025/1-up/leg.toml": "from = 甲\n"})
    broken = library_of(made)[0]
    for look in (existing, open_leg, any_leg):
        with pytest.raises(DutyListError, match=r"leg\.toml 读不出来"):
            look(broken, "2025/1-up")


def test_who_is_silent() -> None:
    """Units are the same however they are spelt; each is named once, as `leg.toml` writes it."""
    asked = ("示例市水利局", "公安局", "公安局", "某某协会")
    opinion = Opinion(id="2025-1-up-00000001", author="水利局", text="无", received=DAY)
    folder = leg("1-up", consulted=asked)
    said = LegFolder("2025", "1-up", folder.record, (Record("x", opinion),))
    vocabulary = library_of(build.files())[0].vocabulary
    assert silent(folder, vocabulary) == ("示例市水利局", "公安局", "某某协会")
    assert silent(said, vocabulary) == ("公安局", "某某协会")


CAMPAIGN = canonical_text(Campaign(title="编制", kind=CampaignKind.COMPILATION, townships=("示例镇",), legs=NAMES))
