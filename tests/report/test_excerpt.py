"""The source line with its carets: aligned where Han take two columns, cut to the terminal's width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.model.finding import Place
from dutylist.model.text import cells
from dutylist.report import text
from dutylist.report.excerpt import SMALLEST, excerpt
from dutylist.report.plain import plain
from findings import ATTACKS, COMMA, DUTY, EDITS, LINES, SAMPLES, view

LONG = LINES[DUTY][10]


def one(column: int, end: int) -> Place:
    """A place on one line."""
    return Place(1, column, 1, end)


@pytest.mark.parametrize(
    ("line", "place", "width", "shown", "carets"),
    [
        ('name = "统计"', one(9, 11), 40, 'name = "统计"', "        ^^^^"),
        ('name = "统计"', one(11, 11), 40, 'name = "统计"', "            ^"),
        ("id = 1", Place(1, 4, 3, 2), 40, "id = 1", "   ^^^"),
        ("id = 1", one(40, 50), 40, "id = 1", "      ^"),
        ("a\tb\u202ec", one(3, 5), 40, "a b⟨U+202E⟩c", "  ^^^^^^^^^"),
        ("一二三四五六七八九十", one(5, 6), 12, "…三四五六七…", "     ^^"),
        ("一二三四五六七八九十", one(1, 2), 12, "一二三四五…", "^^"),
        ("一二三四五六七八九十", one(10, 11), 12, "…六七八九十", "         ^^"),
        ("一二三四五六七八九十", one(3, 9), 12, "…二三四五六…", "   ^^^^^^^^^"),
        ("一二三四五六七八九十", one(11, 11), 12, "…六七八九十", "           ^"),
    ],
)
def test_excerpts(line: str, place: Place, width: int, shown: str, carets: str) -> None:
    assert excerpt(line, place, width) == (shown, carets)


lines = st.text(st.characters(exclude_categories=["Mn", "Me", "Mc"]), max_size=80)


@given(line=lines, column=st.integers(1, 90), size=st.integers(0, 90), width=st.integers(0, 100))
def test_the_excerpt_fits_and_the_carets_stand_under_what_is_marked(
    line: str, column: int, size: int, width: int
) -> None:
    shown, carets = excerpt(line, one(column, column + size), width)
    assert max(cells(shown), cells(carets)) <= max(width, SMALLEST)
    before = _columns(shown, cells(carets) - len(carets.lstrip()))
    marked = _columns(shown[len(before) :], len(carets.lstrip()))
    assert plain(line[: column - 1]).endswith(before.removeprefix("…"))
    assert plain(line[column - 1 :]).startswith(marked.removesuffix("…"))


def _columns(shown: str, count: int) -> str:
    """The beginning of `shown` that takes `count` columns at most."""
    taken = ""
    for character in shown:
        if cells(taken + character) > count:
            break
        taken += character
    return taken


@pytest.mark.parametrize("width", [1, 40, 80, 200])
def test_source_lines_fit_any_terminal(width: int) -> None:
    written = text.write(view(*SAMPLES, width=width))
    sources = [line for line in written.splitlines() if line[:6].strip(" 0123456789|") == "" and " | " in line]
    assert len(sources) == 6
    assert all(cells(line) <= max(width, SMALLEST + 7) for line in sources)


def test_a_terminal_of_forty_columns() -> None:
    assert EDITS[COMMA].place.column == LONG.index(",") + 1
    written = text.write(view(SAMPLES[1], width=40))
    assert written == (
        "duties/示例镇/党的建设/ex-0001.toml:11:19  建议 TX001  两个汉字之间用了半角的“,”。\n"
        "  11 | …水指标落实情况,并报送市水利局，…\n"
        "     |                ^\n"
        "      修改建议：改为 ，\n"
        "\n"
        "262 项事项，发现 1 个问题：建议 1。\n"
        "dutylist explain TX001 查看规则说明。\n"
    )


def test_colour_only_where_the_command_says_so_and_never_from_the_data() -> None:
    plain_text = text.write(view(*SAMPLES, show_waived=True))
    coloured = text.write(view(*SAMPLES, show_waived=True, colour=True))
    assert "\x1b" not in plain_text
    assert "\x1b[1;31m错误 RF004\x1b[0m" in coloured
    assert "\x1b[2m已豁免 TO002\x1b[0m" in coloured
    for style in ("0", "1", "2", "1;31", "1;33", "1;36"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == plain_text


def test_a_missing_or_blank_source_line_is_left_out() -> None:
    for lines in ({}, {DUTY: ["", " ", "", "", "", "  ", ""]}):
        written = text.write(view(SAMPLES[0], lines=lines))
        assert " | " not in written
        assert written.count("\n") == 5


def test_a_very_long_line_costs_no_more_than_a_short_one() -> None:
    shown, carets = excerpt(ATTACKS[-1] * 10_000, one(3_000_001, 6_000_001), 40)
    assert (cells(shown), shown[0], shown[-1]) == (40, "…", "…")
    assert carets.strip("^ ") == ""
