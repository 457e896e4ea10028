"""How a leg stands: days left, who has not answered, what is not settled, what blocks closing, what to do next."""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import Verdict
from dutylist.model.finding import Finding, Severity
from dutylist.report.change_lines import Span, fitted
from dutylist.report.change_words import NOTHING, headline
from dutylist.report.changes import ChangeSummary
from dutylist.report.leg import counted
from dutylist.report.leg_list import STYLES as STATES
from dutylist.report.leg_list import LegState, leg_entry
from dutylist.report.leg_status_parts import LegStatus, StatusFinding
from dutylist.report.leg_words import opinions, verdict
from dutylist.report.opinions import STYLES, concerned, opinion_list
from dutylist.report.plain import json_text, plain
from dutylist.report.views import Terminal

_FIRST_WORDS = 40
_BOLD, _DIM, _ERROR = "1", "2", "1;31"
_SEVERITIES = {Severity.ERROR: _ERROR, Severity.WARNING: "1;33", Severity.ADVICE: "36"}
# What no shell takes for anything but a word.
_WORD = re.compile(r"[\w./-]+")

Row = tuple[int, list[Span]]
"""An indentation and what stands there, wrapped to the terminal."""


def leg_status(
    campaign: CampaignFolder,
    leg: LegFolder,
    *,
    today: date,
    silent: Sequence[str],
    findings: Sequence[Finding],
    blocking: Sequence[Finding],
    changes: ChangeSummary | None,
    answers: Mapping[str, Sequence[str]],
    next_leg: str | None,
) -> LegStatus:
    """The view of a leg at a day; `blocking` are those of the findings that keep it from being closed."""
    record, stop = leg.leg, set(blocking)
    told = tuple(_finding(one, one in stop) for one in findings)
    entry = leg_entry(leg)
    due = record.due if record and leg.is_open else None
    unsettled = tuple(one for one in opinion_list([leg], answers) if one.verdict in (None, Verdict.DISPUTED))
    return LegStatus(
        title=campaign.campaign.title if campaign.campaign else campaign.name,
        leg=entry,
        sender=record.sender if record else None,
        to=record.to if record else None,
        days_left=(due - today).days if due else None,
        consulted=len(dict.fromkeys(record.consulted)) if record else 0,
        silent=tuple(silent),
        opinions=counted((one.value for one in leg.opinions), record),
        unsettled=unsettled,
        changes=changes,
        findings=tuple(sorted(told, key=lambda one: not one.blocks)),
        next_step=_next_step(campaign, leg, entry.state, unsettled[0].id if unsettled else None, next_leg),
    )


def as_json(view: LegStatus) -> str:
    """The view itself."""
    return json_text(asdict(view))


def text(view: LegStatus, terminal: Terminal) -> str:
    """The whole view; what has nothing to say is left out."""
    blocks = [list(_opening(view))]
    blocks += [[(0, [(_BOLD, title)]), *rows] for title, tell in _SECTIONS.items() if (rows := list(tell(view)))]
    blocks += [[(0, [("", f"{_before_next(view)}{view.next_step}")])]]
    return "\n".join("".join(_lines(block, terminal)) for block in blocks)


def _finding(one: Finding, blocks: bool) -> StatusFinding:
    place = one.place
    return StatusFinding(
        one.code, one.severity, one.spot.path, place.line, place.column, one.message, one.fingerprint, blocks
    )


def _next_step(
    campaign: CampaignFolder, leg: LegFolder, state: LegState, unsettled: str | None, next_leg: str | None
) -> str:
    """The command that brings the leg on."""
    if state is LegState.WAITING:
        return f"dutylist leg open {_word(leg.title)} --from … --to … --due …"
    if state is LegState.OPEN and unsettled:
        return f"dutylist settle {_word(leg.title)} {_word(unsettled)} --verdict … --reason …"
    if state is LegState.OPEN:
        return f"dutylist leg close {_word(leg.title)}"
    if next_leg is None:
        return "dutylist audit"
    title = _word(f"{campaign.name}/{next_leg}")
    began = any(one.name == next_leg and one.record for one in campaign.legs)
    return f"dutylist leg status {title}" if began else f"dutylist leg open {title} --from … --to … --due …"


def _word(given: str) -> str:
    """A name as one word of a command line."""
    shown = plain(given)
    return shown if _WORD.fullmatch(shown) else shlex.quote(shown)


def _lines(rows: Sequence[Row], terminal: Terminal) -> Iterator[str]:
    for indent, spans in rows:
        yield from (f"{line}\n" for line in fitted(spans, terminal, indent))


def _opening(view: LegStatus) -> Iterator[Row]:
    leg = view.leg
    yield 0, [(_BOLD, f"{plain(leg.leg)}  {plain(leg.label)}"), ("", f"  {plain(view.title)}")]
    closed = f" {leg.closed}" if leg.closed else ""
    yield 0, [(STATES[leg.state], f"{leg.state.label}{closed}"), *_days(view)]
    if view.sender is not None:
        dates = "，".join(f"{day} {word}" for day, word in ((leg.opened, "开始"), (leg.due, "截止")) if day)
        yield 0, [("", f"{plain(view.sender)} → {plain(view.to or '')}：{dates}")]


def _days(view: LegStatus) -> Iterator[Span]:
    left = view.days_left
    if left is None:
        return
    said = f"还剩 {left} 天" if left > 0 else "今天截止" if left == 0 else f"已过期 {-left} 天"
    yield (_ERROR if left < 0 else ""), f"，{said}"


def _units(view: LegStatus) -> Iterator[Row]:
    closed = view.leg.state is LegState.CLOSED
    if view.consulted:
        said = "无意见" if closed else "没有答复"
        yield 2, [("", f"征求 {view.consulted} 个单位，{len(view.silent)} 个{said}")]
    for unit in view.silent:
        yield 4, [("", plain(unit))]


def _opinions(view: LegStatus) -> Iterator[Row]:
    if view.leg.state is not LegState.WAITING:
        yield 2, [("", opinions(view.opinions))]
    for one in view.unsettled:
        found = f"（已有 {len(one.changes)} 处对应变化）" if one.changes else ""
        about = f"  {plain(one.author)}：{concerned(one.duty, one.field)}"
        yield 4, [(STYLES[one.verdict], verdict(one.verdict)), ("", "  "), (_BOLD, plain(one.id)), ("", about)]
        yield 8, [("", f"{_first_words(one.text)}{found}")]


def _changes(view: LegStatus) -> Iterator[Row]:
    if view.leg.state is LegState.WAITING:
        return
    if view.changes is None:
        yield 2, [("", "没有可以比较的基准。")]
        return
    yield 2, [("", headline(view.changes) if view.changes.changes else NOTHING)]
    if view.changes.without_cause:
        yield 2, [(_ERROR, f"{view.changes.without_cause} 处实质变化没有写明依据。")]
    if view.changes.unclosed:
        yield 2, [(_ERROR, "账目不平。")]


def _blocking(view: LegStatus) -> Iterator[Row]:
    for one in view.blocking:
        yield from _told(one)


def _others(view: LegStatus) -> Iterator[Row]:
    for one in view.others:
        yield from _told(one)


def _told(one: StatusFinding) -> Iterator[Row]:
    yield 2, [(_SEVERITIES[one.severity], f"{one.severity.label} {one.code}"), ("", f"  {plain(one.message)}")]
    yield 4, [(_DIM, f"{plain(one.path)}:{one.line}:{one.column}")]


def _first_words(given: str) -> str:
    line = plain(" ".join(given.split()))
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS]}…"


def _before_next(view: LegStatus) -> str:
    """What the command waits for."""
    if view.leg.state is not LegState.OPEN or view.unsettled:
        return "下一步："
    if view.blocking:
        return f"解决妨碍关闭的 {len(view.blocking)} 个问题之后："
    return "没有答复的单位将记为无意见。下一步：" if view.silent else "下一步："


_SECTIONS: dict[str, Callable[[LegStatus], Iterator[Row]]] = {
    "单位": _units,
    "意见": _opinions,
    "变化": _changes,
    "妨碍关闭": _blocking,
    "其他问题": _others,
}
