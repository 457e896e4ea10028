"""ST003, ST004 and ST006 to ST009: headings, empty places, line breaks and final marks."""

import pytest

from build import DUTY_PATH, duty
from dutylist.check.rule import DutyCase
from dutylist.check.structure import (
    empty_section,
    empty_text,
    heading_ends_in_colon,
    line_break,
    name_ends_in_stop,
    placeholder,
)
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.record import Record
from texts import fixed, hits, mend

COLONS = {
    "市水利局：": "市水利局",
    "市水利局:": "市水利局",
    "产地检疫 ：: ": "产地检疫 ",
    "市水利局、：": "市水利局、：",
    "：": "：",
}


@pytest.mark.parametrize(("string", "left"), COLONS.items())
@pytest.mark.parametrize("role", ["department", "topic"])
def test_heading_ends_in_colon(string: str, left: str, role: str) -> None:
    assert len(hits(heading_ends_in_colon, string, role)) == 1
    assert mend(heading_ends_in_colon, string, role) == left


@pytest.mark.parametrize(("string", "role"), [("市水利局", "department"), ("", "topic"), ("分三类：", "clause")])
def test_heading_without_colon(string: str, role: str) -> None:
    assert hits(heading_ends_in_colon, string, role) == []


@pytest.mark.parametrize("role", ["title", "heading", "paragraph", "name", "department", "topic", "text", "clause"])
def test_empty_text(role: str) -> None:
    for string in ("", " ", "\u3000\n"):
        assert [hit.message for hit in hits(empty_text, string, role)] == ["文字是空的；请填写，或删去这个字段。"]
    assert hits(empty_text, " 做", role) == []


def test_empty_section() -> None:
    sections = [
        {"department": "市水利局", "text": "制定方案。"},
        {"department": "市公安局"},
        {"clauses": ["组织检查。"]},
        {"topic": "检疫", "clauses": []},
        {"text": ""},
    ]
    record = Record(DUTY_PATH, duty(kind="supporting", superior_responsibilities=sections))
    folder = TownshipFolder("示例镇", None, None, (record,))
    assert empty_section.find
    found = list(empty_section.find(DutyCase(Library((folder,)), folder, record)))
    assert [(hit.spot.field, hit.message) for hit in found] == [
        (("superior_responsibilities", 1), "这一段（市公安局）没有正文，也没有条款；请补上，或删去这一段。"),
        (("superior_responsibilities", 3), "这一段（检疫）没有正文，也没有条款；请补上，或删去这一段。"),
    ]


@pytest.mark.parametrize("role", ["title", "heading", "paragraph", "name", "department", "topic", "clause"])
def test_line_break(role: str) -> None:
    (hit,) = hits(line_break, "做好 \n 统计\n工作", role)
    assert fixed("做好 \n 统计\n工作", hit) == "做好统计工作"
    assert hit.fix
    assert not hit.fix.safe
    assert hits(line_break, "做好统计工作", role) == []


def test_text_may_have_lines() -> None:
    assert hits(line_break, "做好统计。\n开展普查。", "text") == []


STOPS = {
    "做好统计。": "做好统计",
    "做好统计；": "做好统计",
    "做好统计. ": "做好统计 ",
    "做好统计 。;": "做好统计",
    "做好统计、。": "做好统计、。",
    "。": "。",
}


@pytest.mark.parametrize(("string", "left"), STOPS.items())
def test_name_ends_in_stop(string: str, left: str) -> None:
    assert len(hits(name_ends_in_stop, string, "name")) == 1
    assert mend(name_ends_in_stop, string, "name") == left


@pytest.mark.parametrize(
    ("string", "role"), [("做好统计", "name"), ("做好统计（普查）", "name"), ("做好统计。", "clause")]
)
def test_name_without_stop(string: str, role: str) -> None:
    assert hits(name_ends_in_stop, string, role) == []


def test_placeholder() -> None:
    (hit,) = hits(placeholder, "负责（待填写）。")
    assert (hit.spot.start, hit.spot.end) == (2, 7)
    assert hits(placeholder, "负责填写。") == []
