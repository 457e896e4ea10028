"""A review as Markdown: it fits whatever there is to tell, says what it left out, and user text stays text."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import comparisons
import findings
from comparisons import ATTACKS, EMPTY, change, changed, comparison
from dutylist.model.change import Burden, ChangeKind, Comparison, SideName
from dutylist.model.duty import Kind
from dutylist.model.finding import Finding, Severity, Spot
from dutylist.report import change_markdown, review_markdown
from dutylist.report.markdown import LONGEST
from dutylist.report.plain import plain
from dutylist.report.review import ReviewReport, Silencers, Span, review_view
from dutylist.report.review_findings import Since
from dutylist.report.review_silence import TotalEntry, WaiverEntry, WordEntry

BASE = SideName("main", "3f2a90c1d4e5b6a7980123456789abcdef012345")
SPAN = Span(BASE, str(BASE.commit), SideName("当前文件"))
RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
NONE = Since((), (), (), (), (), ())


def review(
    since: Since = NONE,
    silencers: Silencers | None = None,
    made: Comparison | None = None,
    *,
    span: Span = SPAN,
    fail_on: Severity | None = Severity.ERROR,
    refused: str = "",
) -> ReviewReport:
    """A review of these findings and changes; `refused` stands for changes that could not be found."""
    changes = None if refused else comparisons.view(made or EMPTY)
    return review_view(
        span, since, silencers or Silencers(), changes, profile="consultation", fail_on=fail_on, refused=refused
    )


def silencers_of(*texts: str) -> Silencers:
    """Silencers in which every text is one of these."""
    return Silencers(
        tuple(WaiverEntry(text, None, text, text, text, text, text, text, False, 1) for text in texts),
        tuple(TotalEntry(text, Kind.BASIC, "duties", None, 3) for text in texts),
        tuple(WordEntry("departments", text, text, text) for text in texts),
    )


def many(count: int, waived: str | None = None) -> tuple[Finding, ...]:
    """Findings with messages that take twice their room when they are escaped."""
    spots = (Spot(f"duties/{number:05d}.toml") for number in range(count))
    return tuple(findings.finding(message="|" * 50, spot=spot, waived=waived) for spot in spots)


def heavy(count: int) -> Comparison:
    """As many changes, each told as heavier too."""
    some = (
        change(
            ChangeKind.CLAUSE_REVISED,
            f"ex-{number:04d}",
            diff=(("-", "|" * 50), ("+", "@" * 50)),
            burden=Burden.HEAVIER,
            rule="BU003",
        )
        for number in range(count)
    )
    return replace(comparison(), changes=tuple(some))


def verdict(view: ReviewReport) -> str:
    """The first line."""
    return review_markdown.write(view).partition("\n")[0]


WARNING = findings.finding(severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (review(), "没有新的问题，没有变化。"),
        (review(made=comparison()), "## 审核通过：没有新的问题"),
        (review(silencers=silencers_of("甲")), "## 审核通过：没有新的问题"),
        (review(replace(NONE, new=(WARNING,))), "## 审核通过：1 个新的问题没有达到门槛（错误）"),
        (review(replace(NONE, new=(WARNING,)), fail_on=None), "## 审核通过：1 个新的问题没有达到门槛（不设门槛）"),
        (
            review(replace(NONE, new=(WARNING,)), fail_on=Severity.WARNING),
            "## 审核未通过：1 个新的问题达到门槛（警告）",
        ),
        (review(refused="有文件读不出来。"), "## 审核未通过：变化无法比较"),
        (
            review(
                replace(NONE, new=(findings.finding(),)),
                made=replace(EMPTY, account=(comparisons.account_row(Kind.BASIC, None, 3, 0, 0, 0, 0, 0, 0, 4),)),
            ),
            "## 审核未通过：1 个新的问题达到门槛（错误），账目不平",
        ),
    ],
)
def test_the_first_line_is_the_verdict(view: ReviewReport, said: str) -> None:
    assert verdict(view) == said
    assert view.passed == ("未通过" not in said)


def test_the_changes_are_told_as_compare_tells_them() -> None:
    view = review(made=comparison())
    assert view.changes is not None
    assert change_markdown.write(view.changes) in review_markdown.write(view)


def test_what_is_new_comes_first_and_what_is_old_last() -> None:
    old = findings.SAMPLES[1]
    since = Since((findings.SAMPLES[0],), (old, old), (), (findings.SAMPLES[3],), (old,), (WARNING,))
    written = review_markdown.write(review(since, silencers_of("甲"), comparison()))
    parts = (
        "## 审核",
        "### 新的错误 1",
        "### 新的和改动的豁免 1",
        "### 新被豁免",
        "### 改动的所报",
        "### 新的和改动的词条",
    )
    places = [
        written.index(part)
        for part in (*parts, "## 变化报告", "原有的问题 2 个（建议 2），不逐一列出；原已豁免 1 个；")
    ]
    assert places == sorted(places)
    assert old.message not in written
    assert "已解决 1 个（警告 1）。" in written


def test_what_finds_no_room_is_counted() -> None:
    since = replace(NONE, new=many(900), silenced=many(900, "原文如此"))
    written = review_markdown.write(review(since, silencers_of(*["|" * 90] * 900), heavy(900)))
    above, _, below = written.partition("## 变化报告")
    left_out = re.search(r"上面另有 (\d+) 行没有列出；运行 `dutylist review … --format json`", above)
    unlisted = re.search(r"另有 (\d+) 行没有列出；运行 `dutylist compare … --format html`", below)
    assert LONGEST - 8_000 < len(written) <= LONGEST
    assert left_out is not None
    assert unlisted is not None
    assert above.count("\n| ") - above.count("\n| --- ") - above.count("### ") + int(left_out.group(1)) == 5 * 900
    assert below.count("<del>") > 20


@given(made=changed(), texts=st.lists(st.text(max_size=500), max_size=30))
@settings(max_examples=30)
def test_any_review_fits(made: Comparison, texts: list[str]) -> None:
    some = tuple(findings.finding(message=text, waived=text) for text in texts)
    since = Since(tuple(replace(one, waived=None) for one in some), (), some, some, (), ())
    assert len(review_markdown.write(review(since, silencers_of(*texts), made))) <= LONGEST


def test_hostile_texts_make_no_element_of_their_own() -> None:
    some = tuple(findings.hostile())
    since = Since(tuple(replace(one, waived=None) for one in some), (), some, some, (), ())
    span = Span(SideName("<b>|`@x", "0" * 40), "1" * 40, SideName("<i>@y"))
    html = RENDERER.render(review_markdown.write(review(since, silencers_of(*ATTACKS), comparison(), span=span)))
    assert set(re.findall(r"<(\w+)", html)) <= {
        *("h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td"),
        *("br", "del", "ins", "details", "summary", "code"),
    }
    text = unescape(re.sub("<[^>]*>", "", html)).replace("\u200b", "")
    assert [attack for attack in ATTACKS if plain(attack) not in text] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_line_is_a_command_of_a_forge(attack: str) -> None:
    span = Span(SideName(attack, "0" * 40), "1" * 40, SideName(attack))
    since = replace(NONE, new=(findings.finding(message=attack),))
    written = review_markdown.write(review(since, silencers_of(attack), span=span, refused=attack))
    assert [line for line in written.splitlines() if line.lstrip().startswith(("::", "##["))] == []
