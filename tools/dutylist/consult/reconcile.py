"""Opinions against changes: which caused which, what nobody asked for, what was promised and not done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dutylist.model.change import Change, ChangeKind, Weight
from dutylist.model.changelog import LegFolder, leg_folder
from dutylist.model.consultation import Decision, Opinion
from dutylist.model.consultation_faults import LAPSED, UNCAUSED, UNFULFILLED
from dutylist.model.field_words import field_words
from dutylist.model.finding import Finding, Spot
from dutylist.model.record import Record
from dutylist.model.text import one_line

# What concerns a duty as a whole answers an opinion about any of its fields.
_WHOLE = frozenset(
    (
        ChangeKind.ADDED,
        ChangeKind.RETIRED,
        ChangeKind.MERGED,
        ChangeKind.SPLIT,
        ChangeKind.RECLASSIFIED,
        ChangeKind.RECATEGORISED,
    )
)
_ENDS = "。；;，、 \n"


@dataclass(frozen=True)
class Reconciled:
    """The opinions of a leg and the changes in it, each with the other; and what does not fit."""

    changes: tuple[Change, ...]
    """The changes with their causes, approvals and opinions among them."""
    answers: dict[str, tuple[str, ...]]
    """Of each opinion's id, the fingerprints of the changes that answer it."""
    findings: tuple[Finding, ...]


def reconcile(leg: LegFolder, changes: Sequence[Change], earlier: Iterable[Decision] = ()) -> Reconciled:
    """Puts the opinions of a leg beside the changes in it; `earlier` are the approvals given in legs before.

    The changes carry the causes that commits gave them. An opinion is answered by the changes of its duty and field,
    by those of its original text alone where there are any, and by those that it names by fingerprint.
    """
    told = [change for change in changes if change.weight is not Weight.LAYOUT]
    opinions = [record.value for record in leg.opinions]
    answered = {one.id: _closest(found, one) for one, found in _answered(opinions, told)}
    asking = {one.id: one for one in opinions if one.verdict is not None and one.verdict.asks_for_change}
    causing: dict[str, list[Opinion]] = {}
    for opinion_id, opinion in asking.items():
        for change in answered[opinion_id]:
            causing.setdefault(change.fingerprint, []).append(opinion)
    approved = {one.fingerprint: one for one in (*earlier, *(record.value for record in leg.decisions))}
    caused = tuple(_caused(change, causing.get(change.fingerprint, ()), approved) for change in changes)
    findings = (
        *_unfulfilled(leg, asking, answered),
        *_uncaused(leg, caused),
        *_lapsed(leg.decisions, {change.fingerprint for change in told}),
    )
    return Reconciled(caused, {one: tuple(c.fingerprint for c in some) for one, some in answered.items()}, findings)


def _answered(opinions: Iterable[Opinion], told: Sequence[Change]) -> Iterator[tuple[Opinion, list[Change]]]:
    """Each opinion with the changes that answer it, in their order."""
    near: dict[str | None, list[int]] = {}
    for at, change in enumerate(told):
        for key in (*_duties(change), change.fingerprint):
            near.setdefault(key, []).append(at)
    for one in opinions:
        # What neither its duty nor a fingerprint leads to cannot answer it; all pairs would be too many to look at.
        places = {at for key in (one.duty, *one.changes) for at in near.get(key, ())}
        yield one, [told[at] for at in sorted(places) if answers(told[at], one)]


def answers(change: Change, opinion: Opinion) -> bool:
    """Whether a change is where an opinion asks for one."""
    if change.fingerprint in opinion.changes:
        return True
    whole = change.kind in _WHOLE
    return any(one and answers_at(one, None if whole else change.field or "", opinion) for one in _duties(change))


def answers_at(duty: str, field: str | None, opinion: Opinion) -> bool:
    """Whether an opinion is about a field of a duty; None stands for the duty as a whole."""
    if opinion.duty != duty:
        return False
    return opinion.field is None or field is None or _top(field) == _top(opinion.field)


def _closest(found: list[Change], opinion: Opinion) -> list[Change]:
    """Of the changes that answer an opinion, those of the very text that it speaks about, where there are any."""
    original = (opinion.original or "").strip(_ENDS)
    near = [one for one in found if one.fingerprint in opinion.changes or (original and original in (one.before or ""))]
    return near or found


def _duties(change: Change) -> set[str | None]:
    return {change.duty, *(site.duty for site in change.sites)}


def _top(field: str | None) -> str:
    """The field of the duty that a field path lies in: sections and clauses change their places."""
    return (field or "").partition("[")[0].partition(".")[0]


def _caused(change: Change, opinions: Iterable[Opinion], approved: dict[str, Decision]) -> Change:
    """The change with all that caused it: opinions first, then what the commits say, then who approved it."""
    approval = approved.get(change.fingerprint)
    given = [f"opinion: {one.author}（{one.verdict.label}）{one.id}" for one in opinions if one.verdict]
    given += [change.cause] if change.cause else []
    given += [f"approval: {approval.by}" + (f"，{approval.reason}" if approval.reason else "")] if approval else []
    return replace(change, cause="；".join(given)) if given else change


def _unfulfilled(leg: LegFolder, asking: dict[str, Opinion], answered: dict[str, list[Change]]) -> Iterator[Finding]:
    for record in leg.opinions:
        opinion = record.value
        verdict = opinion.verdict
        # What is said of the whole list may be answered anywhere; where it names a change, that must be there.
        aims = opinion.duty or opinion.changes
        if opinion.id in asking and aims and not answered[opinion.id]:
            message = (
                f"{one_line(opinion.author)}的意见 {opinion.id} 已经{verdict.label if verdict else ''}，"
                f"而{_aim(opinion)}没有变化；请照意见修改，或改写答复；改在别处的，用 settle --change 指明。"
            )
            yield UNFULFILLED.at(Spot(record.path, ("verdict",)), message, opinion.id)


def _aim(opinion: Opinion) -> str:
    """Where a change is missed, as a part of a sentence."""
    if opinion.duty is None:
        return f"所指的 {'、'.join(opinion.changes)} "
    return f" {opinion.duty} 的{field_words(opinion.field)}" if opinion.field else f" {opinion.duty} "


def _uncaused(leg: LegFolder, changes: Iterable[Change]) -> Iterator[Finding]:
    for change in changes:
        if change.weight is Weight.SUBSTANTIVE and change.cause is None:
            spot = next((site.after for site in change.sites if site.after), None)
            called = " ".join(filter(None, (change.duty, one_line(change.name or ""))))
            message = (
                f"{called or '清单'}：{change.kind.facts.label} 没有依据；请补记意见或 Cause，"
                f"或运行 dutylist approve {change.fingerprint}。"
            )
            yield UNCAUSED.at(spot or Spot(leg.path), message, change.fingerprint)


def _lapsed(decisions: Iterable[Record[Decision]], present: set[str]) -> Iterator[Finding]:
    for record in decisions:
        if record.value.fingerprint not in present:
            what = one_line(record.value.change)
            message = f"认可过的变化现在没有了（{what}）；请核对后再认可，或删去这个文件。"
            yield LAPSED.at(Spot(record.path, ("fingerprint",)), message, record.value.fingerprint)


def is_about(leg: LegFolder, finding: Finding) -> bool:
    """Whether a finding lies in the files of a leg."""
    return finding.spot.path.startswith(f"{leg_folder(leg.campaign, leg.name)}/")
