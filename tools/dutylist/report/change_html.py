"""Changes as one HTML page without scripts, with 修改前 and 修改后 beside each other."""

from dutylist.model.duty import KIND_LABELS
from dutylist.report import change_words
from dutylist.report.change_pieces import both_sides
from dutylist.report.changes import ChangeReport
from dutylist.report.template import render


def write(view: ChangeReport) -> str:
    """The whole report."""
    return render("changes.html.j2", view=view, words=change_words, lists=KIND_LABELS, both_sides=both_sides)
