"""The report of a leg as all writers see it: what the meeting must know, each opinion with its answer, the changes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dutylist.model.change import Change, ChangeKind, SideName, Weight
from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import LEG_LABELS, Leg, Opinion, Totals, Verdict
from dutylist.model.duty import Kind
from dutylist.report.changes import ChangeReport
from dutylist.report.leg_parts import (
    AnswerEntry,
    KindCount,
    LegHead,
    LegSummary,
    ListTotals,
    OpinionCounts,
    OpinionRow,
    UnitCounts,
)
from dutylist.report.leg_remarks import remarks_of

_KIND_RANKS = {kind: rank for rank, kind in enumerate(Kind)}
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class LegReport:
    """A leg as its report tells it; the opinions are those of the table, in its order."""

    head: LegHead
    summary: LegSummary
    opinions: tuple[OpinionRow, ...]
    silent: tuple[str, ...]
    changes: ChangeReport


def leg_report(
    campaign: CampaignFolder,
    leg: LegFolder,
    *,
    digest: str | None,
    changes: ChangeReport,
    answers: Mapping[str, Sequence[str]],
    before: Totals,
    after: Totals,
    names: Mapping[str, str] | None = None,
) -> LegReport:
    """The view of a leg that was opened, as it is sealed.

    `digest` is the seal's, None for a draft. `answers` are the fingerprints of the changes that answer each opinion,
    `names` those of duties. No commit is named, so that the same content gives the same report.
    """
    assert leg.leg is not None
    told = replace(changes, before=SideName(changes.before.name), after=SideName(changes.after.name))
    rows = _rows(leg, told, answers, names or {})
    summary = LegSummary(
        totals=_totals(before, after),
        substantive=_kinds(told.comparison.changes),
        heavier=told.summary.heavier,
        lighter=told.summary.lighter,
        units=_units(leg.leg, rows),
        opinions=counted((record.value for record in leg.opinions), leg.leg),
        remarks=remarks_of(campaign.campaign, leg.leg, rows, told),
    )
    return LegReport(_head(campaign, leg, leg.leg, digest), summary, rows, leg.leg.silent, told)


def counted(opinions: Iterable[Opinion], leg: Leg | None) -> OpinionCounts:
    """How many opinions there are, and what became of them."""
    every = list(opinions)
    verdicts = Counter(opinion.verdict for opinion in every)
    return OpinionCounts(
        total=len(every),
        adopted=verdicts[Verdict.ADOPTED],
        partly_adopted=verdicts[Verdict.PARTLY_ADOPTED],
        not_adopted=verdicts[Verdict.NOT_ADOPTED],
        disputed=verdicts[Verdict.DISPUTED],
        unanswered=verdicts[None],
        late=sum(is_late(opinion, leg) for opinion in every),
    )


def is_late(opinion: Opinion, leg: Leg | None) -> bool:
    """Whether an opinion came after the due date of its leg."""
    return leg is not None and leg.due is not None and opinion.received > leg.due


def _head(campaign: CampaignFolder, folder: LegFolder, leg: Leg, digest: str | None) -> LegHead:
    record = campaign.campaign
    return LegHead(
        campaign=campaign.name,
        title=record.title if record else campaign.name,
        kind=record.kind if record else None,
        townships=record.townships if record else (),
        leg=folder.title,
        label=LEG_LABELS.get(folder.name, folder.name),
        sender=leg.sender,
        to=leg.to,
        opened=leg.opened.isoformat(),
        due=leg.due.isoformat() if leg.due else None,
        closed=leg.closed.isoformat() if leg.closed else None,
        source=leg.source,
        base=leg.base,
        digest=digest,
    )


def _totals(before: Totals, after: Totals) -> tuple[ListTotals, ...]:
    each = (ListTotals(kind, getattr(before, kind.value), getattr(after, kind.value)) for kind in Kind)
    return ListTotals(None, before.duties, after.duties), *each


def _kinds(changes: Iterable[Change]) -> tuple[KindCount, ...]:
    """The substantive changes by kind, the most frequent first, then in the order of the table of kinds."""
    counts = Counter(change.kind for change in changes if change.weight is Weight.SUBSTANTIVE)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], list(ChangeKind).index(pair[0])))
    return tuple(KindCount(kind, count) for kind, count in ranked)


def _units(leg: Leg, rows: Sequence[OpinionRow]) -> UnitCounts:
    """Units that are asked either speak or are silent; whoever else spoke was not asked."""
    asked, spoke = len(dict.fromkeys(leg.consulted)), len({row.author for row in rows})
    return UnitCounts(asked, spoke, len(leg.silent), max(spoke - (asked - len(leg.silent)), 0))


def _rows(
    leg: LegFolder, changes: ChangeReport, answers: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> tuple[OpinionRow, ...]:
    """The opinions by list, duty and author; those about the whole list first."""
    told = changes.comparison.changes
    duties = {change.duty: change for change in reversed(told) if change.duty is not None}
    prints = {change.fingerprint: change for change in reversed(told)}
    rows = []
    for record in leg.opinions:
        opinion = record.value
        found = tuple(_answer(one, prints.get(one)) for one in answers.get(opinion.id, opinion.changes))
        rows.append(_row(opinion, leg.leg, duties.get(opinion.duty or ""), names.get(opinion.duty or ""), found))
    return tuple(replace(row, number=number) for number, row in enumerate(sorted(rows, key=_rank), 1))


def _row(
    opinion: Opinion, leg: Leg | None, change: Change | None, name: str | None, answers: tuple[AnswerEntry, ...]
) -> OpinionRow:
    """An opinion; list and number of its duty are known where something changed in it."""
    numbers = (change.number_after, change.number_before) if change else ()
    return OpinionRow(
        number=0,
        id=opinion.id,
        author=opinion.author,
        duty=opinion.duty,
        name=name or (change.name if change else None),
        list=change.list_kind if change else None,
        duty_number=next((number for number in numbers if number is not None), None),
        field=opinion.field,
        original=opinion.original,
        text=opinion.text,
        proposed=opinion.proposed,
        argument=opinion.argument,
        received=opinion.received.isoformat(),
        late=is_late(opinion, leg),
        verdict=opinion.verdict,
        reason=opinion.reason,
        settled_by=opinion.settled_by,
        changes=answers,
    )


def _answer(fingerprint: str, change: Change | None) -> AnswerEntry:
    if change is None:
        return AnswerEntry(fingerprint, None, None, None)
    return AnswerEntry(fingerprint, change.kind, change.duty, change.field)


def _rank(row: OpinionRow) -> tuple[str, int, int, str, str, str, str]:
    """By township (as ids begin), list, 序号 and id; what is not known comes last."""
    prefix, _, number = (row.duty or "").rpartition("-")
    place = len(Kind) if row.list is None else _KIND_RANKS[row.list]
    position = _LAST if row.duty_number is None else row.duty_number
    return prefix, place, position, number.zfill(6), row.author, row.received, row.id
