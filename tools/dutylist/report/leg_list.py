"""Campaigns with their legs and how far each has come: for a terminal, for programs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar

from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import LEG_LABELS, CampaignKind
from dutylist.model.text import cells
from dutylist.report.change_lines import Span, fitted
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED, Terminal

NOTHING = "还没有任何编制、动态调整或职责准入；新建用 dutylist campaign new。"
_BOLD, _OPEN, _DIM = "1", "1;33", "2"


class LegState(StrEnum):
    """How far a leg has come."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _STATES[self]


_STATES = {LegState.WAITING: "还没有开始", LegState.OPEN: "正在进行", LegState.CLOSED: "已关闭"}
STYLES = {LegState.WAITING: _DIM, LegState.OPEN: _OPEN, LegState.CLOSED: ""}


@dataclass(frozen=True, slots=True)
class LegEntry:
    """环节：到了哪一步。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    leg: str
    """环节：如 2025/1-down，命令中这样写。"""
    label: str
    """环节名称：如“一下”。"""
    state: LegState
    """状态：waiting 还没有开始，open 正在进行，closed 已关闭。"""
    opened: str | None
    """开始日期：还没有开始的为 null。"""
    due: str | None
    """截止日期：没有时为 null。"""
    closed: str | None
    """关闭日期：尚未关闭的为 null。"""
    opinions: int
    """意见数：收到多少条意见。"""
    digest: str | None
    """封存摘要：尚未封存的为 null。"""


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """一次编制、动态调整或职责准入，和它的环节。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    campaign: str
    """编制名：changelog 中的文件夹。"""
    title: str | None
    """名称：campaign.toml 读不出来时为 null，下两项相同。"""
    kind: CampaignKind | None
    """种类：compilation 编制，adjustment 动态调整，admission 职责准入。"""
    townships: tuple[str, ...]
    """乡镇（街道）：涉及哪些。"""
    legs: tuple[LegEntry, ...]
    """环节：按先后，还没有开始的也在内。"""


def campaign_list(campaigns: Iterable[CampaignFolder]) -> tuple[CampaignEntry, ...]:
    """Every campaign with all legs that it declares or has."""
    return tuple(map(_campaign, campaigns))


def leg_entry(folder: LegFolder) -> LegEntry:
    """How far a leg has come, whether it was opened or not."""
    leg = folder.leg
    return LegEntry(
        leg=folder.title,
        label=LEG_LABELS.get(folder.name, folder.name),
        state=state_of(folder),
        opened=leg.opened.isoformat() if leg else None,
        due=leg.due.isoformat() if leg and leg.due else None,
        closed=leg.closed.isoformat() if leg and leg.closed else None,
        opinions=len(folder.opinions),
        digest=folder.seal.digest if folder.seal else None,
    )


def state_of(leg: LegFolder) -> LegState:
    """How far a leg has come."""
    if leg.record is None:
        return LegState.WAITING
    return LegState.OPEN if leg.is_open else LegState.CLOSED


def text(entries: Sequence[CampaignEntry], terminal: Terminal) -> str:
    """Each campaign with a line for each of its legs."""
    if not entries:
        return "".join(f"{line}\n" for line in fitted([("", NOTHING)], terminal))
    return "\n".join("".join(f"{line}\n" for line in _lines(entry, terminal)) for entry in entries)


def as_json(entries: Sequence[CampaignEntry]) -> str:
    """A list of objects, one a campaign."""
    return json_text([asdict(entry) for entry in entries])


def _campaign(folder: CampaignFolder) -> CampaignEntry:
    record = folder.campaign
    there = {leg.name for leg in folder.legs}
    missing = [LegFolder(folder.name, name, None) for name in (record.legs if record else ()) if name not in there]
    every = CampaignFolder(folder.name, folder.record, (*folder.legs, *missing))
    return CampaignEntry(
        campaign=folder.name,
        title=record.title if record else None,
        kind=record.kind if record else None,
        townships=record.townships if record else (),
        legs=tuple(map(leg_entry, every.in_order)),
    )


def _lines(entry: CampaignEntry, terminal: Terminal) -> Iterator[str]:
    about = "，".join(filter(None, (entry.kind.label if entry.kind else "", "、".join(map(plain, entry.townships)))))
    title = "（campaign.toml 读不出来）" if entry.title is None else f"{plain(entry.title)}（{about}）"
    yield from fitted([(_BOLD, f"{plain(entry.campaign)}  {title}")], terminal)
    width = max((cells(_called(leg)) for leg in entry.legs), default=0)
    for leg in entry.legs:
        padding = " " * (width - cells(_called(leg)))
        yield from fitted([("", f"{_called(leg)}{padding}"), *_state(leg)], terminal, 2)


def _called(leg: LegEntry) -> str:
    return f"{plain(leg.leg)}  {plain(leg.label)}"


def _state(leg: LegEntry) -> Iterator[Span]:
    yield STYLES[leg.state], f"  {leg.state.label}"
    if leg.state is LegState.CLOSED:
        yield "", f"  {leg.closed}"
    elif leg.due:
        yield "", f"  {leg.due} 截止"
    if leg.state is not LegState.WAITING:
        yield "", f"  意见 {leg.opinions} 条"
