"""ST001, ST002, ST005 and TX007: what is a number in a text, and what only looks like one."""

import pytest

from build import DUTY_PATH, duty_text, files, library_of
from dutylist.check.numbering import glued_clauses, list_in_text, mixed_numbers, starts_with_number, without_number
from dutylist.check.rule import DutyCase
from texts import hits, mend

NUMBERED = {
    "1.负责制定方案；": "负责制定方案；",
    "2、组织检查；": "组织检查；",
    "３．组织检查；": "组织检查；",
    "12. 组织检查；": "组织检查；",
    "一、负责制定方案；": "负责制定方案；",
    "十二、组织检查；": "组织检查；",
    "⼀ 、负责制定方案；": "负责制定方案；",
    "1. 1. 负责制定方案；": "负责制定方案；",
    "  1.负责制定方案；": "  负责制定方案；",
    "1.2025年底前完成；": "2025年底前完成；",
    "1.": "1.",
}
NOT_NUMBERED = [
    "3.5万亩林地由林草站管护；",
    "3、5年内完成；",
    "一、二级医院由市卫健委管理；",
    "（1）负责制定方案；（2）组织检查；",
    "①负责制定方案；",
    "一是负责制定方案；",
    "2025年底前完成；",
    "15个行政村各设一处；",
    "第一、负责制定方案；",
    "",
]


@pytest.mark.parametrize(("string", "left"), NUMBERED.items())
def test_number_at_the_start_is_found_and_taken_away(string: str, left: str) -> None:
    assert len(hits(starts_with_number, string)) == 1
    assert mend(starts_with_number, string) == left


@pytest.mark.parametrize("string", NOT_NUMBERED)
def test_no_number_at_the_start(string: str) -> None:
    assert hits(starts_with_number, string) == []
    assert without_number(string) == string


def test_only_clauses_may_not_begin_with_a_number() -> None:
    assert hits(starts_with_number, "一、基本情况", "heading") == []
    assert [hit.message for hit in hits(starts_with_number, "1.做好宣传；")] == [
        "条款以序号“1.”开头，打印时会重复编号；请删去。"
    ]


GLUED = {
    "制定方案；2.组织检查；": "2.",
    "制定方案。 3. 组织检查。": "3.",
    "制定方案（试行）2.组织检查": "2.",
    "制定方案，二、组织检查": "二、",
    "1.制定方案；2.组织检查；3.上报": "2. 3.",
    "制定方案:２．组织检查": "2．",
    "制定方案。1.组织检查": "1.",
    "制定方案\n2、组织检查": "2、",
}
LISTS = {
    "工作内容：1.制定方案；2.组织检查。": "1. 2.",
    "工作内容：一、制定方案；二、组织检查。": "一、 二、",
    "1.工作内容：1.制定方案；2.组织检查。": "1. 2.",
}
WHOLE = [
    "每亩增收3.5万元；2.5万亩完成改造；",
    "响应分四级：一、二级由市应急管理局启动；",
    "上午8:30.开展检查",
    "建设期为1、2、3年的项目；",
    "情形：（1）已履行职责；（2）已主动告知；",
    "一是制定方案；二是组织检查；",
    "执行GB/T 2.1标准；",
    "制定方案；",
]


@pytest.mark.parametrize(("string", "numbers"), GLUED.items())
def test_clauses_glued_together(string: str, numbers: str) -> None:
    assert [hit.message for hit in hits(glued_clauses, string)] == [
        f"一条里还有序号 {numbers}；请拆成几条，并删去序号。"
    ]
    assert hits(list_in_text, string) == []


@pytest.mark.parametrize(("string", "numbers"), LISTS.items())
@pytest.mark.parametrize("role", ["clause", "text"])
def test_list_in_one_clause_or_text(string: str, numbers: str, role: str) -> None:
    found = hits(list_in_text, string, role)
    shown = "1. " + numbers if role == "text" and string.startswith("1.") else numbers
    assert [hit.message for hit in found] == [f"这一段里有编号列表（{shown}）；请拆成条款，不写序号。"]
    assert hits(glued_clauses, string, role) == []


@pytest.mark.parametrize("string", WHOLE)
def test_one_clause_is_one_clause(string: str) -> None:
    assert hits(glued_clauses, string) == []
    assert hits(list_in_text, string) == []
    assert hits(list_in_text, string, "text") == []


def test_text_holds_no_numbered_clause() -> None:
    assert len(hits(list_in_text, "1.制定方案。\n2.组织检查。", "text")) == 1
    assert len(hits(list_in_text, "一、制定方案。", "text")) == 1
    assert hits(list_in_text, "1.制定方案。", "paragraph") == []


def second_level(*sections: dict[str, object]) -> list[str]:
    """The messages of TX007 for a duty whose superiors have these sections."""
    text = duty_text(kind="supporting", superior_responsibilities=list(sections))
    library, _ = library_of(files({DUTY_PATH: text}))
    folder = library.townships[0]
    assert mixed_numbers.find
    return [hit.message for hit in mixed_numbers.find(DutyCase(library, folder, folder.duties[0]))]


PARENTHESES = "制定方案：（1）开展调查，（2）征求意见；"
CIRCLES = "开展检查：①查台账，②查现场。"


def test_two_styles_in_one_part() -> None:
    expected = ["编号“①”与前面的“（1）”写法不同；同一层请统一写法。"]
    assert second_level({"clauses": [PARENTHESES, CIRCLES]}) == expected
    assert second_level({"clauses": [PARENTHESES]}, {"clauses": [CIRCLES]}) == expected


def test_each_part_has_its_own_style() -> None:
    assert second_level({"clauses": [PARENTHESES]}, {"topic": "检查", "clauses": [CIRCLES]}) == []
    assert (
        second_level(
            {"department": "市水利局", "clauses": [PARENTHESES]}, {"department": "市公安局", "clauses": [CIRCLES]}
        )
        == []
    )
    assert second_level({"text": "一是制定方案，二是组织检查。", "clauses": [PARENTHESES]}) == []


@pytest.mark.parametrize(
    ("clause", "odd"),
    [
        ("（1）查台账，②查现场。", "②"),
        ("一是查台账，（二）查现场。", "（二）"),
        ("a.查台账，(2)查现场。", "(2)"),
        ("1）查台账，二是查现场。", "二是"),
    ],
)
def test_counting_goes_on_in_another_style(clause: str, odd: str) -> None:
    assert [message[:8] for message in second_level({"clauses": [clause]})] == [f"编号“{odd}”与前面"[:8]]


@pytest.mark.parametrize(
    "clause",
    [
        "（1）查台账：①查收入，②查支出；（2）查现场：①查设备，②查人员。",
        "（１）查台账，（2）查现场，(3)查人员。",
        "按照第一条第（一）项和附件 （1）执行，统一是否上报，①查台账。",
        "开展C、D级食品经营主体检查。",
    ],
)
def test_one_style_with_a_level_below_it(clause: str) -> None:
    assert second_level({"clauses": [clause]}) == []
