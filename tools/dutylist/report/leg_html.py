"""The report of a leg as one HTML page without scripts; each opinion leads to the changes that answer it."""

from dutylist.model.change import Change
from dutylist.report import change_html
from dutylist.report import leg_words as words
from dutylist.report.leg import LegReport
from dutylist.report.leg_parts import AnswerEntry
from dutylist.report.template import render

# The headings of the changes lie below that of their part.
_LEVEL = 3


def write(view: LegReport) -> str:
    """The whole report."""
    anchors = _anchors(view)

    def anchor(change: Change) -> str:
        """The id of a change; changes that are alike share the place of the first."""
        return _id(change.fingerprint) if anchors[change.fingerprint] is change else ""

    def target(answer: AnswerEntry) -> str:
        return f"#{_id(answer.fingerprint)}" if answer.fingerprint in anchors else ""

    parts = change_html.parts(view.changes, _LEVEL, anchor)
    return render("leg.html.j2", leg=view, say=words, target=target, **parts)


def _id(fingerprint: str) -> str:
    return f"c-{fingerprint}"


def _anchors(view: LegReport) -> dict[str, Change]:
    """The changes that the page shows, by fingerprint."""
    lists = view.changes.lists
    told = [change for one in lists for part in one.categories for duty in part.duties for change in duty.changes]
    return {change.fingerprint: change for change in reversed(told)}
