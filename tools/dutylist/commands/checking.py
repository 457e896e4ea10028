"""What `check` and `review` share: how strict they are, and findings put in their place in the source."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from dutylist.check.runner import Profile
from dutylist.model.finding import Edit, Finding, Severity
from dutylist.report.views import PlacedEdit
from dutylist.store.place import Source
from dutylist.store.snapshot import Snapshot

F = TypeVar("F", bound=Callable[..., Any])

THRESHOLDS: dict[str, Severity | None] = {**{severity.value: severity for severity in Severity}, "never": None}

profile_option = click.option(
    "--profile",
    type=click.Choice([profile.value for profile in Profile]),
    default=Profile.CONSULTATION.value,
    metavar="NAME",
    help="严格程度：draft 起草、consultation 征求意见（默认）、final 定稿（警告也算错误）。",
)


def fail_on_option(what: str = "") -> Callable[[F], F]:
    """`--fail-on`; `what` says which findings are meant, where that is not all."""
    return click.option(
        "--fail-on",
        type=click.Choice(list(THRESHOLDS)),
        default="error",
        metavar="LEVEL",
        help=f"{what}到哪一级算不通过（退出码 1）：error（默认）、warning、advice、never。",
    )


def in_source(snapshot: Snapshot, findings: Iterable[Finding]) -> tuple[dict[str, Source], dict[Edit, PlacedEdit]]:
    """The texts of the files that have these findings, and what their fixes do to them."""
    from dutylist.store.fix import span_and_text
    from dutylist.store.place import sources

    every = list(findings)
    texts = sources(every, snapshot)
    edits = {}
    for edit in (edit for finding in every if finding.fix for edit in finding.fix.edits if edit.spot.path in texts):
        source = texts[edit.spot.path]
        start, end, text = span_and_text(source, edit)
        edits[edit] = PlacedEdit(edit.spot.path, source.place_of(start, end), text)
    return texts, edits
