"""What is shown, in which order, and how it is counted."""

import random
from dataclasses import replace

import pytest

from dutylist.model.finding import Fix, Severity, Spot
from dutylist.report.views import Summary
from dutylist.report.words import headline
from findings import COMMA, DUTY, RENAME, SAMPLES, TOWNSHIP, finding, view


def test_findings_are_sorted_grouped_by_file_and_counted_whatever_their_order() -> None:
    shuffled = list(SAMPLES)
    random.Random(1).shuffle(shuffled)
    made = view(*shuffled)
    assert made == view(*SAMPLES)
    assert [(file.path, [one.code for one in file.findings]) for file in made.files] == [
        (TOWNSHIP, ["TO001"]),
        (DUTY, ["RF004", "TX001"]),
    ]
    assert made.summary == Summary(
        files=265,
        duties=262,
        error=1,
        warning=1,
        advice=1,
        waived=1,
        shown=3,
        fixable=1,
        failing=1,
        profile="consultation",
        fail_on=Severity.ERROR,
    )


def test_waived_findings_are_counted_always_and_shown_when_asked_for() -> None:
    hidden, shown = view(*SAMPLES), view(*SAMPLES, show_waived=True)
    assert (hidden.summary.shown, shown.summary.shown) == (3, 4)
    assert replace(hidden.summary, shown=4) == shown.summary
    assert [one.code for one in shown.findings if one.waived] == ["TO002"]


@pytest.mark.parametrize(
    ("fail_on", "failing"),
    [(None, 0), (Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.ADVICE, 3)],
)
def test_the_threshold_counts_what_is_at_least_as_bad_and_not_waived(fail_on: Severity | None, failing: int) -> None:
    made = view(*SAMPLES, fail_on=fail_on, show_waived=True)
    assert made.summary.failing == failing
    assert sum(made.fails(one) for one in made.findings) == failing


def test_a_fix_is_placed_whole_or_not_at_all() -> None:
    made = view(edits={RENAME: view().edits[RENAME]})
    assert [edit.text for edit in made.placed(Fix("改为 示例市水利局", (RENAME,)))] == ["示例市水利局"]
    assert made.placed(Fix("改两处", (RENAME, COMMA))) == ()


@pytest.mark.parametrize(
    ("severities", "waived", "said"),
    [
        ([], 0, "262 项事项，没有发现问题。"),
        ([], 12, "262 项事项，没有发现问题；另有 12 个已豁免。"),
        ([Severity.ADVICE], 0, "262 项事项，发现 1 个问题：建议 1。"),
        (
            [Severity.WARNING, Severity.ERROR, Severity.WARNING],
            12,
            "262 项事项，发现 3 个问题：错误 1，警告 2；另有 12 个已豁免。",
        ),
    ],
)
def test_the_closing_sentence(severities: list[Severity], waived: int, said: str) -> None:
    found = [finding(severity=severity) for severity in severities]
    excused = [finding(waived="原文如此", spot=Spot(DUTY, ("name",), number)) for number in range(waived)]
    assert headline(view(*found, *excused).summary) == said
