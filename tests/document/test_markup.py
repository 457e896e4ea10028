"""Plain text ↔ Markdown: any text survives, and the HTML of published lists is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.document.blocks import Cell
from dutylist.document.markup import escape, read_cell, split_row, unescape, write_cell
from dutylist.model.note import What

any_line = st.text().map(lambda text: text.replace("\n", " "))
any_text = st.text() | st.text(alphabet="|\\<>&`*_[]~ \n\t\r#32;br!-原样p/1.", max_size=20)


@given(any_line)
def test_a_line_survives(line: str) -> None:
    assert unescape(escape(line)) == line


@given(st.lists(any_text, min_size=1, max_size=4))
def test_cells_survive_a_row(texts: list[str]) -> None:
    row = f"| {' | '.join(write_cell(text, exact=True) for text in texts)} |"
    assert "\n" not in row
    assert [read_cell(source) for source in split_row(row)] == [Cell(text, exact=True) for text in texts]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("|a|", ["a"]),
        ("| a | | |", ["a", "", ""]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("|", []),
    ],
)
def test_row(line: str, cells: list[str]) -> None:
    assert split_row(line) == cells


OL = '<ol style="list-style-type: none">'
UNNUMBERED = "列表没有序号，按分号和句号后的空格分条"
HTML = [
    ("<p>甲。</p> <p>乙。</p>", "甲。\n乙。", [(What.NORMALISED, "去掉标签", 4)]),
    ("甲<br>乙<BR/>丙", "甲\n乙\n丙", [(What.NORMALISED, "去掉标签", 2)]),
    (
        f"<p>市局：</p> {OL} 1. 甲； 2. 乙。 <p>另一局：</p> {OL} 1.丙。",
        "市局：\n1. 甲； 2. 乙。\n另一局：\n1.丙。",
        [(What.NORMALISED, "去掉标签", 6), (What.NORMALISED, "标签没有闭合：<ol>", 2)],
    ),
    (
        f"{OL} 甲； 乙;丙； 丁。",
        "1. 甲；\n2. 乙;丙；\n3. 丁。",
        [(What.GUESSED, UNNUMBERED, 3), (What.NORMALISED, "去掉标签", 1), (What.NORMALISED, "标签没有闭合：<ol>", 1)],
    ),
    (
        "<ol><li><p>甲；</p></li><li>乙。</li></ol>丙。<ol><li>丁。</li></ol>",
        "1. 甲；\n2. 乙。\n丙。\n1. 丁。",
        [(What.NORMALISED, "去掉标签", 12)],
    ),
    ("<ul><li>甲</li></ul>", "甲", [(What.NORMALISED, "去掉标签", 4)]),
    ("甲<b>乙</b>", "甲乙", [(What.UNCLEAR, "不认识的标签：<b>", 1), (What.UNCLEAR, "不认识的标签：</b>", 1)]),
    ("甲<!-- 待定 -->乙", "甲乙", [(What.HOMELESS, "注释：待定", 1)]),
    ("1<2，a>b&amp;c&lt;br&gt;&#38;&#55296;&nosuch;", "1<2，a>b&c<br>&&#55296;&nosuch;", []),
    ("<p", "<p", []),
]


@pytest.mark.parametrize(("source", "text", "remarks"), HTML)
def test_html(source: str, text: str, remarks: list[tuple[What, str, int]]) -> None:
    cell = read_cell(source)
    assert cell.text == text
    assert [remark for remark in cell.remarks if remark in remarks] == remarks
    assert {what for what, _, _ in cell.remarks} - {What.NORMALISED} <= {what for what, _, _ in remarks}
