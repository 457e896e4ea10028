"""What the deciding meeting must be told of a leg: disputes, refusals, what came late, what nobody can explain."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dutylist.model.consultation import Campaign, Leg, Verdict
from dutylist.model.text import shorten
from dutylist.report import change_words
from dutylist.report.changes import ChangeReport
from dutylist.report.leg_parts import OpinionRow, Remark, RemarkGroup, RemarkKind
from dutylist.report.leg_words import duty
from dutylist.report.plain import plain

_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class _Matter:
    campaign: Campaign | None
    leg: Leg
    rows: Sequence[OpinionRow]
    changes: ChangeReport


def remarks_of(
    campaign: Campaign | None, leg: Leg, rows: Sequence[OpinionRow], changes: ChangeReport
) -> tuple[RemarkGroup, ...]:
    """The groups that have something to say, the worst first."""
    matter = _Matter(campaign, leg, rows, changes)
    groups = (RemarkGroup(kind, tuple(tell(matter))) for kind, tell in _TELL.items())
    return tuple(group for group in groups if group.remarks)


def _with_verdict(verdict: Verdict | None) -> Callable[[_Matter], Iterator[Remark]]:
    """The opinions that got this answer, each with its reason."""

    def tell(matter: _Matter) -> Iterator[Remark]:
        for row in matter.rows:
            if row.verdict is verdict:
                reason = f"；理由：{_begin(row.reason)}" if row.reason else ""
                said = f"{plain(row.author)}（{duty(row)}）：{_begin(row.text)}{reason}"
                yield Remark(said, row.number, row.duty)

    return tell


def _late(matter: _Matter) -> Iterator[Remark]:
    for row in matter.rows:
        if row.late:
            said = f"{plain(row.author)}（{duty(row)}）：{row.received} 收到，截止日期是 {matter.leg.due}"
            yield Remark(said, row.number, row.duty)


def _uncaused(matter: _Matter) -> Iterator[Remark]:
    for group in matter.changes.uncaused:
        title = change_words.duty_title(group)
        yield Remark("：".join(filter(None, (title, change_words.fields_of(group)))), duty=group.duty)


def _unclosed(matter: _Matter) -> Iterator[Remark]:
    for row in matter.changes.unclosed:
        yield Remark(f"{change_words.account_place(row)}：{change_words.equation(row)}")


def _early(matter: _Matter) -> Iterator[Remark]:
    leg = matter.leg
    if leg.closed and leg.due and leg.closed < leg.due:
        yield Remark(f"截止日期是 {leg.due}，{leg.closed} 已经关闭")


def _notes(matter: _Matter) -> Iterator[Remark]:
    for one in (matter.campaign, matter.leg):
        if one and one.note:
            yield Remark(plain(" ".join(one.note.split())))


def _begin(text: str) -> str:
    """The beginning of a text, without a full stop that a sentence goes on behind."""
    return plain(shorten(" ".join(text.split()), _EXCERPT)).rstrip("。；")


_TELL: dict[RemarkKind, Callable[[_Matter], Iterator[Remark]]] = {
    RemarkKind.UNCLOSED: _unclosed,
    RemarkKind.DISPUTED: _with_verdict(Verdict.DISPUTED),
    RemarkKind.UNANSWERED: _with_verdict(None),
    RemarkKind.NOT_ADOPTED: _with_verdict(Verdict.NOT_ADOPTED),
    RemarkKind.UNCAUSED: _uncaused,
    RemarkKind.LATE: _late,
    RemarkKind.EARLY: _early,
    RemarkKind.NOTE: _notes,
}
