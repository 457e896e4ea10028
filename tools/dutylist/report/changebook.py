"""The page `schema/changes.md`: what kinds of change there are, and what makes a change heavier for the township."""

from collections.abc import Sequence
from itertools import groupby

from dutylist.model.change import KINDS
from dutylist.report.ruledoc import BurdenDoc, markdown


def page(rules: Sequence[BurdenDoc]) -> str:
    """All kinds of change by group, then the burden rules, as one Markdown page."""
    from dutylist.report.template import render

    groups = [
        (name, [kind for kind, _ in some]) for name, some in groupby(KINDS.items(), key=lambda line: line[1].group)
    ]
    return render("changepage.md.j2", groups=groups, rules=rules, body=markdown)
