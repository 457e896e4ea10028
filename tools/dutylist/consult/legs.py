"""Campaigns and legs: which one the user means, what comes next, how an open one stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import CHANGELOG, CampaignFolder, LegFolder
from dutylist.model.library import Library
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Departments

_NEW = "新建用 dutylist campaign new。"
_BROKEN = "运行 dutylist check 查看原因，按提示改正。"


@dataclass(frozen=True, slots=True)
class Named:
    """A leg by its two names, whether it was opened or not."""

    campaign: CampaignFolder
    leg: str

    @property
    def title(self) -> str:
        """The leg as users write it."""
        return f"{self.campaign.name}/{self.leg}"

    @property
    def folder(self) -> LegFolder | None:
        """What was read of the leg; None where there is nothing yet."""
        return next((leg for leg in self.campaign.legs if leg.name == self.leg), None)


def named(library: Library, wanted: str) -> Named:
    """The leg that `CAMPAIGN/LEG` means; it must be one that its campaign declares."""
    first, slash, second = wanted.strip("/").partition("/")
    if not slash or "/" in second:
        raise UsageError(f"环节要写成 编制/环节：{one_line(wanted)}", _known_legs(library))
    campaign = next((one for one in library.campaigns if one.name == first), None)
    if campaign and campaign.campaign is None:
        raise DutyListError(f"{one_line(campaign.path)} 缺少或读不出来。", _BROKEN)
    if campaign is None or campaign.campaign is None:
        listed = "、".join(one_line(one.name) for one in library.campaigns)
        raise UsageError(f"{CHANGELOG} 中没有 {one_line(first)}。", f"现有：{listed}。" if listed else _NEW)
    if second not in campaign.campaign.legs:
        raise UsageError(
            f"{one_line(first)} 没有环节 {one_line(second)}。", f"可选：{'、'.join(campaign.campaign.legs)}"
        )
    return Named(campaign, second)


def existing(library: Library, wanted: str | None) -> LegFolder:
    """The leg that the user named, or the only open one; it must have been opened."""
    if wanted is None:
        return _only_open(library)
    found = named(library, wanted)
    folder = found.folder
    _refuse_unreadable(folder)
    if folder is None or folder.record is None:
        raise UsageError(f"环节 {found.title} 还没有开始。", f"请先运行 dutylist leg open {found.title}。")
    return folder


def any_leg(library: Library, wanted: str | None) -> LegFolder:
    """The leg that the user named, also one that is still to be opened; or the only open one."""
    if wanted is None:
        return _only_open(library)
    found = named(library, wanted)
    _refuse_unreadable(found.folder)
    return found.folder or LegFolder(found.campaign.name, found.leg, None)


def _refuse_unreadable(leg: LegFolder | None) -> None:
    if leg and leg.path in leg.unread:
        raise DutyListError(f"{one_line(leg.path)} 读不出来。", _BROKEN)


def open_leg(library: Library, wanted: str | None) -> LegFolder:
    """The open leg that the user named, or the only one there is."""
    folder = existing(library, wanted)
    if not folder.is_open:
        message = f"环节 {folder.title} 已经关闭，封存后不能再改。"
        raise DutyListError(message, "要更正或补充的，请写在下一个环节里。")
    return folder


def _only_open(library: Library) -> LegFolder:
    found = [leg for leg in library.legs() if leg.is_open]
    if not found:
        raise UsageError("没有正在进行的环节。", _known_legs(library))
    if len(found) > 1:
        raise UsageError("正在进行的环节不止一个，请写明是哪一个。", f"可选：{'、'.join(leg.title for leg in found)}")
    return found[0]


def _known_legs(library: Library) -> str:
    listed = [leg.title for leg in library.legs()]
    return f"现有：{'、'.join(listed)}。" if listed else f"还没有任何环节；{_NEW}"


def require_turn(wanted: Named, day: date) -> None:
    """Refuses to open a leg twice, out of order, or on a day before the last one was closed."""
    folder = wanted.folder
    _refuse_unreadable(folder)
    if folder and folder.record:
        state = "正在进行" if folder.is_open else "已经关闭"
        raise DutyListError(f"环节 {wanted.title} {state}，不能再次开始。", f"查看：dutylist leg status {wanted.title}")
    assert wanted.campaign.campaign is not None
    declared = wanted.campaign.campaign.legs
    opened = {leg.name: leg for leg in wanted.campaign.legs if leg.record}
    before = declared[: declared.index(wanted.leg)]
    for name in before:
        there = opened.get(name)
        _refuse_unreadable(Named(wanted.campaign, name).folder)
        if there is None:
            message = f"前一个环节 {wanted.campaign.name}/{name} 还没有开始，不能跳到 {wanted.title}。"
            raise DutyListError(message, f"请先运行 dutylist leg open {wanted.campaign.name}/{name}。")
        if there.is_open:
            message = f"前一个环节 {there.title} 还没有关闭。"
            raise DutyListError(message, f"请先运行 dutylist leg close {there.title}。")
    later = next((name for name in declared[declared.index(wanted.leg) :] if name in opened), None)
    if later:
        message = f"后面的环节 {wanted.campaign.name}/{later} 已经开始，不能再开始 {wanted.title}。"
        raise DutyListError(message, "环节按 campaign.toml 的先后进行。")
    last = opened[before[-1]].leg if before else None
    if last and last.closed and day < last.closed:
        message = f"开始日期 {day} 早于前一个环节 {wanted.campaign.name}/{before[-1]} 关闭的日期 {last.closed}。"
        raise UsageError(message, "请核对 --date。")


def following(campaign: CampaignFolder, leg: str) -> str | None:
    """The leg that the campaign declares behind this one."""
    names = campaign.campaign.legs if campaign.campaign else ()
    at = names.index(leg) + 1 if leg in names else len(names)
    return names[at] if at < len(names) else None


def last_sealed(library: Library) -> tuple[LegFolder, ...]:
    """The sealed legs that no other seal covers, by title: usually one."""
    sealed = [leg for leg in library.legs() if leg.seal]
    covered = {title for leg in sealed if leg.seal for title in leg.seal.previous}
    return tuple(sorted((leg for leg in sealed if leg.title not in covered), key=lambda leg: leg.title))


def silent(leg: LegFolder, vocabulary: Departments) -> tuple[str, ...]:
    """The units that were asked and gave no opinion, as `leg.toml` writes them."""
    said = {vocabulary.canonical(record.value.author) for record in leg.opinions}
    asked = leg.leg.consulted if leg.leg else ()
    return tuple(unit for unit in dict.fromkeys(asked) if vocabulary.canonical(unit) not in said)


def townships_of(campaign: CampaignFolder) -> frozenset[str]:
    """The folders that a campaign is about."""
    return frozenset(campaign.campaign.townships if campaign.campaign else ())


def campaign_of(library: Library, leg: LegFolder) -> CampaignFolder:
    """The campaign of a leg."""
    return next(one for one in library.campaigns if one.name == leg.campaign)


def with_leg(library: Library, leg: LegFolder) -> Library:
    """The library with a leg as it is here."""
    campaign = campaign_of(library, leg)
    legs = tuple(leg if one.name == leg.name else one for one in campaign.legs)
    fresh = replace(campaign, legs=legs)
    return replace(library, campaigns=tuple(fresh if one.name == leg.campaign else one for one in library.campaigns))


def refuse_names_taken(names: Iterable[str], name: str) -> None:
    """Refuses the name of a campaign that is there already."""
    if name in names:
        raise UsageError(f"{CHANGELOG}/{one_line(name)} 已经存在。", "请换一个名称，或直接修改 campaign.toml。")
