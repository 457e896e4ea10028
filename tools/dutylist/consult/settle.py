"""Opinions and approvals as values: how one is named, answered, given."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dutylist.errors import UsageError
from dutylist.model.change import Change
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Decision, Opinion, Verdict


def opinion_id(leg: LegFolder, opinion: Opinion) -> str:
    """The id of an opinion: it ends in a digest of what was said by whom, so that two branches never collide."""
    parts = (opinion.author, opinion.duty, opinion.field, opinion.text, opinion.received.isoformat())
    text = "\0".join("" if part is None else f"={part}" for part in parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{leg.campaign}-{leg.name}-{digest}"


def with_id(leg: LegFolder, opinion: Opinion) -> Opinion:
    """The opinion under its own id."""
    return replace(opinion, id=opinion_id(leg, opinion))


def settled(
    opinion: Opinion, verdict: Verdict, reason: str | None, settled_by: str | None, changes: Iterable[str]
) -> Opinion:
    """The opinion with its answer; a verdict other than adopted needs a reason."""
    if verdict is not Verdict.ADOPTED and reason is None:
        raise UsageError(f"{verdict.label}的意见必须写理由。", "请加上 --reason。")
    return replace(
        opinion, verdict=verdict, reason=reason, settled_by=settled_by, changes=tuple(dict.fromkeys(changes))
    )


def approval(change: Change, by: str, on: date, reason: str | None) -> Decision:
    """The approval of a change; it says what the change was, for those who read the file alone."""
    values = "：".join(filter(None, (change.kind.facts.label, " → ".join(_values(change)))))
    return Decision(
        fingerprint=change.fingerprint,
        duty=change.duty,
        change=" ".join(values.split()),
        by=by,
        on=on,
        reason=reason,
    )


def _values(change: Change) -> list[str]:
    return [text if text else "无" for text in (change.before, change.after)]
