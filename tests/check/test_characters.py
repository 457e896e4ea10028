"""TX002, TX009 and TX011: white space and characters, and what their fixes leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.check.characters import gap, odd_character, outer_blank, plain, usual
from dutylist.check.registry import RULES
from texts import hits, mend

GAPS = {
    "做好统计 工作": "做好统计工作",
    "做好统计　工作，\u00a0按时上报": "做好统计工作，按时上报",
    "负责“ 三资 ”管理": "负责“三资”管理",
    "依法⾏ 政": "依法⾏政",
    "制定方案； 组织检查。": "制定方案；组织检查。",
}
NO_GAPS = ["做好 APP 管理", "全镇 15 个行政村", "做好统计\n开展普查", " 做好统计 ", "Word 文档", "做好统计"]


@pytest.mark.parametrize(("string", "closed"), GAPS.items())
def test_gap(string: str, closed: str) -> None:
    assert len(hits(gap, string)) == 1
    assert mend(gap, string) == closed


@pytest.mark.parametrize("string", NO_GAPS)
def test_blank_that_separates(string: str) -> None:
    assert hits(gap, string) == []


def test_gap_between_two_names_is_not_closed_unseen() -> None:
    (hit,) = hits(gap, "由市水利局 市公安局负责")
    assert hit.fix
    assert not hit.fix.safe
    (hit,) = hits(gap, "由市水利局 负责 ，按时上报")
    assert hit.message == "汉字或中文标点之间有空格（共 2 处）；请删去。"


LOOKALIKES = {
    "依法开展⾏政执法": "依法开展行政执法",
    "服务⺠⽣": "服务民生",
    "今\uf98e": "今年",
    "推广ＡＰＰ２次": "推广APP2次",
}
KEPT = ["做好统计（普查）工作，按时上报。", "面积5㎡，温度－3℃", "①制定方案", "\ufa0e", "第Ⅲ类", "𠮷"]


@pytest.mark.parametrize(("string", "right"), LOOKALIKES.items())
def test_lookalike(string: str, right: str) -> None:
    assert len(hits(odd_character, string)) == 1
    assert mend(odd_character, string) == right == plain(string)


@pytest.mark.parametrize("string", KEPT)
def test_character_without_fault(string: str) -> None:
    assert hits(odd_character, string) == []
    assert plain(string) == string


@pytest.mark.parametrize(("lost", "shown"), [("\ufffd", "U+FFFD"), ("\ue123", "U+E123"), ("⺌", "U+2E8C")])
def test_character_that_cannot_be_read(lost: str, shown: str) -> None:
    (hit,) = hits(odd_character, f"做好统{lost}工作{lost}")
    assert hit.message == f"有无法辨认的字符（共 2 处）：{shown}；请对照原文更正。"
    assert (hit.spot.start, hit.spot.end, hit.fix) == (3, 4, None)


def test_every_radical_is_mended_or_reported() -> None:
    for code in (*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)):
        found = hits(odd_character, chr(code))
        assert len(found) == 1
        assert (found[0].fix is None) == (plain(chr(code)) == chr(code))


@given(st.text())
def test_plain_keeps_places_and_is_plain(string: str) -> None:
    assert len(plain(string)) == len(string)
    assert plain(plain(string)) == plain(string)
    assert not usual(string) or plain(string) == string


@given(st.text("做统计了的一二、，。；：（）《》“”"), st.sampled_from(["name", "text", "clause"]))
def test_rules_about_the_unusual_find_nothing_in_usual_texts(string: str, role: str) -> None:
    assert usual(string)
    for rule in RULES:
        if rule.about_unusual:
            assert hits(rule, string, role) == []


OUTER = {
    "做好统计 ": "做好统计",
    "\t做好统计\u3000": "做好统计",
    "做好统计\n": "做好统计",
}


@pytest.mark.parametrize(("string", "trimmed"), OUTER.items())
@pytest.mark.parametrize("role", ["name", "text", "paragraph"])
def test_outer_blank(string: str, trimmed: str, role: str) -> None:
    assert len(hits(outer_blank, string, role)) == 1
    assert mend(outer_blank, string, role) == trimmed


def test_lines_of_a_text_are_trimmed_and_empty_ones_go() -> None:
    assert mend(outer_blank, "做好统计 \n \n 开展普查\n上报", "text") == "做好统计\n开展普查\n上报"
    assert hits(outer_blank, "做好统计\n开展普查", "text") == []
    assert hits(outer_blank, "做好统计 \n开展普查", "name") == []


@pytest.mark.parametrize("string", ["", " ", "\n", "做好 统计"])
def test_no_outer_blank(string: str) -> None:
    assert hits(outer_blank, string) == []
