"""Changes as Markdown: the comment fits, renders right, and user text stays text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from comparisons import ATTACKS, change, changed, comparison, view
from dutylist.model.change import ChangeKind, Comparison
from dutylist.report.change_formats import write
from dutylist.report.markdown import LONGEST
from dutylist.report.plain import plain


def many() -> Comparison:
    """More changes than a comment has room for."""
    some = [
        change(ChangeKind.CLAUSE_REVISED, f"ex-{number:04d}", diff=(("-", "|" * 50), ("+", "@" * 50)))
        for number in range(900)
    ]
    return replace(comparison(), changes=tuple(some))


def test_markdown_fits_and_counts_what_found_no_room() -> None:
    written = write("markdown", view(many()))
    rows = written.count("\n| 水利 |") + written.count("\n|  | 1 → 2 | ex-")
    left_out = re.search(r"另有 (\d+) 行没有列出；运行 `dutylist compare … --format html`", written)
    assert 40_000 < len(written) <= LONGEST
    assert left_out is not None
    assert rows > 50
    uncaused = written.count("\n| ex-")
    assert rows + uncaused + int(left_out.group(1)) == 900 + 900
    for part in ("按部门", "合并与拆分", "原序号 ↔ 新序号", "未注明依据"):
        assert f"<summary>{part}</summary>" in written


@given(made=changed())
@settings(max_examples=30)
def test_any_markdown_fits(made: Comparison) -> None:
    assert len(write("markdown", view(made))) <= LONGEST


class Seen(HTMLParser):
    """What a reader sees: the tags, and each table cell with what is struck out and underlined."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")
        elif tag in MARKS and self.cells:
            self.cells[-1] += MARKS[tag][0]

    def handle_endtag(self, tag: str) -> None:
        """See `HTMLParser`."""
        if tag in MARKS and self.cells:
            self.cells[-1] += MARKS[tag][1]

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if self.cells:
            self.cells[-1] += data


MARKS = {"del": ("[-", "-]"), "ins": ("{+", "+}")}
RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def seen(written: str) -> Seen:
    """The Markdown as a forge renders it."""
    made = Seen()
    made.feed(RENDERER.render(written))
    return made


def test_hostile_texts_make_no_element_of_their_own() -> None:
    tags = {
        "h2",
        "h3",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "del",
        "ins",
        "details",
        "summary",
        "code",
    }
    made = seen(write("markdown", view()))
    assert made.tags <= tags - {"code"}
    for attack in ATTACKS:
        assert any(plain(attack) in cell.replace("\u200b", "") for cell in made.cells)


@pytest.mark.parametrize("text", ["，。", "（一）", "“引”", "**", "~~", "_a_", " 空 ", "1.", "- ", "|"])
def test_marks_hold_next_to_any_punctuation(text: str) -> None:
    diff = ("=", "前"), ("-", text), ("+", text * 2), ("=", "后")
    made = Comparison((change(ChangeKind.RENAMED, diff=diff),), (), ())
    assert f"前[-{text}-]{{+{text * 2}+}}后" in map(str.strip, seen(write("markdown", view(made))).cells)


def test_many_lists_share_the_room() -> None:
    some = [
        change(ChangeKind.CLAUSE_REVISED, f"x-{number:04d}", township=f"第{number % 90}乡", diff=(("+", "|" * 90),))
        for number in range(900)
    ]
    assert 30_000 < len(write("markdown", view(Comparison(tuple(some), (), ())))) <= LONGEST
