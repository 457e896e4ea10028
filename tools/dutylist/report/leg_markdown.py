"""The report of a leg as Markdown: the summary, the table of opinions, who was silent, the changes; all of it."""

import sys
from collections.abc import Iterable, Iterator

from dutylist.report import change_markdown
from dutylist.report import leg_words as words
from dutylist.report.leg import LegReport
from dutylist.report.leg_parts import OpinionRow
from dutylist.report.template import markdown_escape, render

_LINE = "<br>"


def write(view: LegReport) -> str:
    """The whole report, however long."""
    return render(
        "leg.md.j2",
        leg=view,
        words=words,
        rows=[tuple(_cells(row)) for row in view.opinions],
        changes=change_markdown.write(view.changes, sys.maxsize),
    )


def _cells(row: OpinionRow) -> Iterator[str]:
    yield str(row.number)
    yield _lines((row.author, words.received(row)))
    yield _lines((words.duty(row), words.place(row)))
    yield _lines((row.original or "",))
    yield _lines(f"{label}：{text}" if label else text for label, text in words.said(row))
    yield words.verdict(row.verdict)
    yield _lines((row.reason or "",))
    yield _lines((row.settled_by or "",))
    yield _lines(map(words.answer, row.changes))


def _lines(texts: Iterable[str]) -> str:
    """Texts below each other in one cell."""
    return _LINE.join(markdown_escape(line) for text in texts if text for line in text.split("\n"))
