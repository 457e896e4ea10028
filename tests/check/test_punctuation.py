"""TX001, TX003 and TX004: the width of punctuation, its pairs, and how clauses end."""

import pytest

from build import DUTY_PATH, duty
from dutylist.check.punctuation import clause_end, half_width, unpaired
from dutylist.check.rule import texts_of_duty
from dutylist.model.record import Record
from texts import fixed, hits, mend

HALF = {
    "制定方案,组织检查;": "制定方案，组织检查；",
    "突发环境事件后, 及时报送": "突发环境事件后，及时报送",
    "做好村 (社区) 的统计工作": "做好村（社区）的统计工作",
    "做好村（社区)的统计": "做好村（社区）的统计",
    "市水利局: 负责调查": "市水利局：负责调查",
    "推广APP(安卓)": "推广APP（安卓）",
    "推广系统(OA),按时上报": "推广系统（OA），按时上报",
    "完成100%;": "完成100%；",
    "做好统计.": "做好统计。",
    "做好统计工作,2025年完成": "做好统计工作，2025年完成",
    "做好统计 ,,;ABC": "做好统计，，；ABC",
    "依法⾏,A": "依法⾏，A",
    " (试行) ": " （试行） ",
    "制定方案,\n组织检查; ": "制定方案，\n组织检查； ",
    "是否报告?": "是否报告？",
}
WIDE = [
    "每日12:30前上报，误差不超过1,000元",
    "执行GB/T 9704-2012, A4纸打印标准",
    "按照f(x)=2计算",
    "OA(v2), ERP",
    "做好统计（普查）工作。",
    "买买提.吐尔逊负责",
    "3.5万亩",
    "一半（",
    "1)制定方案",
]


@pytest.mark.parametrize(("string", "wide"), HALF.items())
def test_half_width(string: str, wide: str) -> None:
    assert len(hits(half_width, string)) == 1
    assert mend(half_width, string) == wide
    assert hits(half_width, wide) == []


@pytest.mark.parametrize("string", WIDE)
def test_half_width_where_it_belongs(string: str) -> None:
    assert hits(half_width, string) == []


def test_one_finding_names_all_marks() -> None:
    (hit,) = hits(half_width, "制定方案,组织检查,及时上报;")
    assert hit.message == "有半角标点 , ;（共 3 处）；请改为全角。"
    assert (hit.spot.start, hit.spot.end) == (4, 5)
    assert hit.values == ("方案,组织", "检查,及时", "上报;")


UNPAIRED = {
    "落实河（湖长制": "（",
    "落实河湖）长制": "）",
    "《水法规定的": "《",
    "落实“三会一课制度": "“",
    "落实“三会一课“制度": "“",
    "落实”三会一课“制度": "”“",
    "（以下简称《条例）": "《",
    "村(社区的统计": "(",
    "【通知": "【",
    "〔2025年1号": "〔",
}
PAIRED = [
    "落实河（湖）长制",
    "落实河(湖）长制",
    "依照《水法》（2016年修订）和“三定”规定",
    "（含“‘一老一小’”）",
    "1）制定方案；2）组织检查",
    "情形：a)查台账，b)查现场",
    "推广Women’s Day活动",
    "做好统计",
]


@pytest.mark.parametrize(("string", "marks"), UNPAIRED.items())
def test_unpaired(string: str, marks: str) -> None:
    (hit,) = hits(unpaired, string)
    count = "（共 2 处）" if len(marks) > 1 or string.count("“") > 1 else ""
    assert hit.message == f"{marks} 没有配对{count}；请补上另一半，或删去。"
    assert hit.spot.start == string.index(marks[0])


@pytest.mark.parametrize("string", PAIRED)
def test_paired(string: str) -> None:
    assert hits(unpaired, string) == []


ENDS = [
    ("做好统计。", False, "末尾是“。”，后面还有条款，应为“；”。", "做好统计；"),
    ("做好统计；", True, "末尾是“；”，后面没有条款了，应为“。”。", "做好统计。"),
    ("做好统计;", True, "末尾是“;”，后面没有条款了，应为“。”。", "做好统计。"),
    ("做好统计", False, "末尾没有标点，后面还有条款，应为“；”。", "做好统计；"),
    ("做好统计", True, "末尾没有标点，后面没有条款了，应为“。”。", "做好统计。"),
    ("做好APP.", True, "末尾是“.”，后面没有条款了，应为“。”。", "做好APP。"),
    ("先调查。后上报。", False, "末尾是“。”，后面还有条款，应为“；”。", "先调查。后上报；"),
    ("如下：", True, "末尾是“：”，后面没有条款了，应为“。”。", "如下。"),
    ("依照《水法》 ", True, "末尾没有标点，后面没有条款了，应为“。”。", "依照《水法》。 "),
]
GOOD_ENDS = [
    ("做好统计；", False),
    ("做好统计;", False),
    ("工作内容如下：", False),
    ("做好统计。", True),
    ("做好统计。 ", True),
    ("做好统计.", True),
    ("做到“应统尽统。”", True),
    ("做好统计、", False),
    ("", True),
    (" ", False),
]


@pytest.mark.parametrize(("string", "is_last", "message", "right"), ENDS)
def test_clause_end(string: str, is_last: bool, message: str, right: str) -> None:
    (hit,) = hits(clause_end, string, is_last=is_last)
    assert hit.message == message
    assert hit.fix
    assert not hit.fix.safe
    assert fixed(string, hit) == right
    assert hits(clause_end, right, is_last=is_last) == []


@pytest.mark.parametrize(("string", "is_last"), GOOD_ENDS)
def test_good_clause_end(string: str, is_last: bool) -> None:
    assert hits(clause_end, string, is_last=is_last) == []


def test_only_clauses_have_such_ends() -> None:
    assert hits(clause_end, "做好统计", "name") == []
    assert hits(clause_end, "做好统计", "text") == []
    assert hits(clause_end, "做好以下统计；", "text", is_last=False) == []


def test_a_text_without_clauses_does_not_end_in_a_semicolon() -> None:
    (hit,) = hits(clause_end, "做好统计；\n做好普查；", "text")
    assert (hit.message, hit.spot.start) == ("末尾是“；”，后面没有条款了，应为“。”。", 10)


def test_a_numbered_list_ends_where_the_next_section_begins() -> None:
    sections = [
        {"department": "市水利局", "clauses": ["制定方案；", "组织检查。"]},
        {"topic": "检疫", "clauses": ["查台账；", "查现场。"]},
        {"text": "以上各条要做好记录。"},
        {"department": "市公安局", "clauses": ["查人员。"]},
    ]
    record = Record(DUTY_PATH, duty(kind="supporting", superior_responsibilities=sections))
    found = [
        hit for text in texts_of_duty(record) for hit in hits(clause_end, text.string, text.role, is_last=text.is_last)
    ]
    assert found == []
