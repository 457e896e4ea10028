"""Clean text of a cell ↔ sections: what is read is printed again, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.document.cells import read_names, read_sections, show_names
from dutylist.model.duty import Section
from dutylist.model.printed import show_sections
from dutylist.model.vocabulary import Department, Departments

VOCABULARY = Departments(
    departments=(
        Department(name="示例市农业农村局", short=("市农业农村局",)),
        Department(name="示例市自然资源局", short=("市自然资源局",), units=("林草工作站",)),
    )
)

CASES = [
    ("", ()),
    ("做好宣传工作。", (Section(text="做好宣传工作。"),)),
    ("1. 甲；\n2. 乙。", (Section(clauses=("甲；", "乙。")),)),
    ("市农业农村局：\n负责。", (Section(department="市农业农村局", text="负责。"),)),
    ("市自然资源局（林草工作站）：\n1. 甲。", (Section(department="市自然资源局（林草工作站）", clauses=("甲。",)),)),
    ("市农业农村局、市自然资源局：\n负责。", (Section(department="市农业农村局、市自然资源局", text="负责。"),)),
    ("市卫监所：\n负责。", (Section(topic="市卫监所", text="负责。"),)),
    (
        "市农业农村局：\n产地检疫：\n1. 甲。\n运输检疫：\n1. 乙。\n收尾。",
        (
            Section(department="市农业农村局", topic="产地检疫", clauses=("甲。",)),
            Section(topic="运输检疫", clauses=("乙。",)),
            Section(text="收尾。"),
        ),
    ),
    (
        "有下列行为之一，从轻：\n1. （1）甲；（2）乙。",
        (Section(text="有下列行为之一，从轻：", clauses=("（1）甲；（2）乙。",)),),
    ),
    ("一段。\n又一段。\n1. 甲。", (Section(text="一段。\n又一段。", clauses=("甲。",)),)),
    ("1. 甲。\n1. 乙。", (Section(clauses=("甲。",)), Section(clauses=("乙。",)))),
    ("2. 甲。", (Section(text="2. 甲。"),)),
    ("：", (Section(text="："),)),
]


@pytest.mark.parametrize(("text", "sections"), CASES)
def test_sections(text: str, sections: tuple[Section, ...]) -> None:
    assert read_sections(text, VOCABULARY) == sections
    assert show_sections(sections) == text


lines = st.lists(
    st.one_of(
        st.text(alphabet="市农业局：，。1２2. （）;\t ", max_size=8),
        st.sampled_from(["市农业农村局：", "检疫：", "1. 甲；", "2. 乙。", "3. ", "10. 丙", "正文。", "", "1. 1. 甲"]),
    ),
    min_size=1,
)


@given(lines)
def test_what_is_read_is_printed_again(some: list[str]) -> None:
    text = "\n".join(some)
    assert show_sections(read_sections(text, VOCABULARY)) == text


def test_names() -> None:
    assert read_names("") == ()
    assert read_names("甲局\n乙局") == ("甲局", "乙局")
    assert show_names(("甲局", "乙局")) == "甲局\n乙局"
