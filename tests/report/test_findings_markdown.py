"""Markdown: user text stays text when it is rendered, and the comment fits."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dutylist.model.finding import Severity, Spot
from dutylist.report import markdown
from dutylist.report.plain import plain
from dutylist.report.template import markdown_escape
from findings import ATTACKS, finding, hostile_view, view

RENDERER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


class Cells(HTMLParser):
    """Collects the text of table cells and the names of all tags."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        self.tags.add(tag)
        if tag == "td":
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        """See `HTMLParser`."""
        if self.texts:
            self.texts[-1] += data


def rendered(written: str) -> Cells:
    """What a reader sees of the tables."""
    cells = Cells()
    cells.feed(RENDERER.render(written))
    return cells


def _seen(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


@given(st.sampled_from(ATTACKS[:5]) | st.text(st.characters() | st.sampled_from(r"\`*_[]<>|~&#@$!()-+.:=/ ")))
def test_any_text_in_a_cell_is_seen_as_it_is(text: str) -> None:
    cells = rendered(f"| 一 | 二 |\n| --- | --- |\n| x {markdown_escape(text)} y | 末 |\n")
    assert cells.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    assert [_seen(cell) for cell in cells.texts] == [_seen(f"x {plain(text)} y"), "末"]


def test_names_and_numbers_notify_nobody() -> None:
    assert markdown_escape("@someone 见 #12") == "@&#8203;someone 见 #&#8203;12"


def test_hostile_texts_make_no_element_of_their_own() -> None:
    cells = rendered(markdown.write(hostile_view()))
    assert cells.tags == {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert len(cells.texts) == 6 * 4


def test_what_finds_no_room_is_counted_and_the_worst_come_first() -> None:
    severities = [Severity.ADVICE, Severity.ERROR, Severity.WARNING]
    many = [
        finding(message="|" * 50, severity=severities[number % 3], spot=Spot(f"duties/{number:05d}.toml"))
        for number in range(900)
    ]
    written = markdown.write(view(*many))
    rows = [line for line in written.splitlines() if line.startswith("| duties/")]
    left_out = re.search(r"另有 (\d+) 个没有列出", written)
    assert len(written) <= markdown.LONGEST
    assert len(written) > 50_000
    assert left_out is not None
    assert len(rows) + int(left_out.group(1)) == 900
    assert "### 错误 300\n" in written
    assert "### 建议" not in written
