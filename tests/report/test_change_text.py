"""Changes in a terminal: lines fit, colours or marks, and nothing is a command."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons import change, changed, view
from dutylist.model.change import ChangeKind, Comparison, Pieces
from dutylist.model.text import cells
from dutylist.report.change_formats import write
from dutylist.report.change_lines import fitted
from dutylist.report.change_pieces import shortened
from dutylist.report.views import Terminal


@given(made=changed(), width=st.integers(40, 200), colour=st.booleans())
@settings(max_examples=40)
def test_no_line_is_wider_than_the_terminal(made: Comparison, width: int, colour: bool) -> None:
    written = write("text", view(made, width=width, colour=colour))
    for line in written.splitlines():
        assert cells(re.sub(r"\x1b\[[\d;]+m", "", line)) <= width, line


def test_marks_stand_for_colours_where_there_are_none() -> None:
    mono, colour = write("text", view(width=200)), write("text", view(width=200, colour=True))
    assert "每年[-不少于 2 次-]{+不少于 4 次+}向" in mono
    assert "每年\x1b[9;31m不少于 2 次\x1b[0m\x1b[32m不少于 4 次\x1b[0m向" in colour
    assert "\x1b" not in mono


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_a_command_to_a_forge(width: int) -> None:
    made = Comparison(
        (change(ChangeKind.RENAMED, diff=(("+", "::error::x"), ("=", "字" * width + "::error::y"))),), (), ()
    )
    for colour in (False, True):
        lines = re.sub(r"\x1b\[[\d;]+m", "", write("text", view(made, width=width, colour=colour))).splitlines()
        assert [line for line in lines if line.lstrip().startswith("::")] == []


@pytest.mark.parametrize("width", [40, 41, 100, 200])
def test_words_longer_than_a_line_are_broken(width: int) -> None:
    for colour in (False, True):
        written = re.sub(r"\x1b\[[\d;]+m", "", write("text", view(width=width, colour=colour)))
        assert max(map(cells, written.splitlines())) <= width
        assert "long" * 60 in re.sub(r"\s", "", written)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五六七八九十", 16, ["一二三四五六七八", "九十"]),
        ("一二三四五六七八，九十", 16, ["一二三四五六七", "八，九十"]),
        ("一二三四五六七（八九）", 16, ["一二三四五六七", "（八九）"]),
        ("一二三四五六 dutylist", 16, ["一二三四五六", "dutylist"]),
        ("a" * 20, 16, ["a" * 16, "a" * 4]),
        ("  一  二  ", 16, ["一  二"]),
        ("\u0301e\u0301", 16, ["\u0301e\u0301"]),
        ("", 16, []),
    ],
)
def test_lines_break_between_han_but_not_before_punctuation(text: str, width: int, lines: list[str]) -> None:
    assert list(fitted([("", text)], Terminal(width))) == lines


@pytest.mark.parametrize(
    ("diff", "short"),
    [
        ((("=", "字" * 40), ("-", "旧"), ("=", "字" * 40)), "…" + "字" * 16 + "旧" + "字" * 16 + "…"),
        ((("-", "旧"), ("=", "字" * 40), ("+", "新")), "旧" + "字" * 16 + "…" + "字" * 16 + "新"),
        ((("-", "旧"), ("=", "字" * 33), ("+", "新")), "旧" + "字" * 33 + "新"),
        ((("=", "字" * 40),), "字" * 40),
        ((("+", "字" * 40),), "字" * 40),
    ],
)
def test_only_what_did_not_change_is_shortened(diff: Pieces, short: str) -> None:
    shown = shortened(change(ChangeKind.TEXT_REVISED, diff=diff))
    assert "".join(text for _, text in shown) == short
    assert [operation for operation, _ in shown] == [operation for operation, _ in diff]
