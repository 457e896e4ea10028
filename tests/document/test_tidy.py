"""Messy text of a cell to clean text: what is mended, how it is noted, and that no letter is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.document.loaded import Notebook
from dutylist.document.tidy import tidy_line, tidy_names, tidy_sections
from dutylist.model.note import What

SPACES = "删去多余的空格和换行"
WIDTH = "半角标点改为全角"
PARTED = "连写的段落分行"


def notes_of(notebook: Notebook) -> list[tuple[str, str, int]]:
    return [(note.what.value, note.text, note.count) for note in notebook.notes]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("距市区 5 公里、区域 面积", "距市区5公里、区域面积"),
        ("范围, 套合规划", "范围，套合规划"),
        ("证明 (婚姻关系证明、分居证明)", "证明（婚姻关系证明、分居证明）"),
        ("使用(APP)办理", "使用（APP）办理"),
        ("使用(APP)", "使用（APP）"),
        ("开展C、D级食品", "开展C、D级食品"),
        ("open source: 15,000", "open source: 15,000"),
        ("8:30开始?", "8:30开始？"),
        ("上\n下", "上下"),
        ("a\nb", "a b"),
        ("　全角　空格\u00a0", "全角空格"),
        ("零宽\u200b字符", "零宽字符"),
        ("", ""),
    ],
)
def test_line(text: str, clean: str) -> None:
    assert tidy_line(text, Notebook()) == clean


def test_line_is_noted() -> None:
    notebook = Notebook("配合 7 事项名称")
    tidy_line("证明 (甲,乙)\u202e", notebook)
    assert notes_of(notebook) == [
        ("normalised", "删去看不见的控制字符", 1),
        ("normalised", SPACES, 1),
        ("normalised", WIDTH, 3),
    ]
    assert {note.where for note in notebook.notes} == {"配合 7 事项名称"}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("市水利局 市公安局", "市水利局\n市公安局"),
        ("市水利局、市公安局，市财政局；市教育局", "市水利局\n市公安局\n市财政局\n市教育局"),
        ("政府办(机关事务局、数字化局) 市公安局", "政府办（机关事务局、数字化局）\n市公安局"),
        ("市水利局(", "市水利局（"),
        ("", ""),
    ],
)
def test_names(text: str, clean: str) -> None:
    assert tidy_names(text, Notebook()) == clean


SECTIONS = [
    pytest.param("1. 甲； 2. 乙。", "1. 甲；\n2. 乙。", [("normalised", PARTED, 1)], id="run on"),
    pytest.param("1.甲；2.乙。", "1. 甲；\n2. 乙。", [("normalised", PARTED, 1)], id="run on without space"),
    pytest.param("1、甲；\n2．乙。", "1. 甲；\n2. 乙。", [], id="other numbers"),
    pytest.param(
        "市水利局: 负责。 市公安局: 1.甲; 2.乙。",
        "市水利局：\n负责。\n市公安局：\n1. 甲；\n2. 乙。",
        [("normalised", PARTED, 4), ("normalised", WIDTH, 1), ("normalised", WIDTH, 1), ("normalised", WIDTH, 1)],
        id="headings in a line",
    ),
    pytest.param(
        "做好宣传; 市公安局: 巡查。",
        "做好宣传；\n市公安局：\n巡查。",
        [("normalised", PARTED, 2), ("normalised", WIDTH, 1), ("normalised", WIDTH, 1)],
        id="heading behind a semicolon",
    ),
    pytest.param("甲； 乙。", "甲；乙。", [("normalised", SPACES, 1)], id="semicolon inside a paragraph"),
    pytest.param(
        "市农业局： 产地检疫 1. 甲。 运输检疫 1. 乙。 收尾。",
        "市农业局：\n产地检疫：\n1. 甲。\n运输检疫：\n1. 乙。\n收尾。",
        [
            ("normalised", PARTED, 5),
            ("guessed", "没有冒号的一段作小标题：产地检疫", 1),
            ("guessed", "没有冒号的一段作小标题：运输检疫", 1),
        ],
        id="headings without colon",
    ),
    pytest.param(
        "应急处置\n制定预案。",
        "应急处置：\n制定预案。",
        [("guessed", "没有冒号的一段作小标题：应急处置", 1)],
        id="heading without colon before text",
    ),
    pytest.param("有下列情形，免责\n1. 甲。", "有下列情形，免责\n1. 甲。", [], id="a sentence is no heading"),
    pytest.param("做好宣传\n做好排查", "做好宣传\n做好排查", [], id="no stops at all"),
    pytest.param(
        "1. 甲；\n2. 乙；\n2. 丙；\n4. 丁。",
        "1. 甲；\n2. 乙；\n3. 丙；\n4. 丁。",
        [("normalised", "第 3 条的序号印作 2：丙；", 1)],
        id="wrong number",
    ),
    pytest.param(
        "1. 甲。\n补充。\n再补充。\n2. 乙。",
        "1. 甲。补充。再补充。\n2. 乙。",
        [("guessed", "没有序号的一段并入第 1 条：补充。", 1), ("guessed", "没有序号的一段并入第 1 条：再补充。", 1)],
        id="clause over paragraphs",
    ),
    pytest.param("1. 甲。\n小结。", "1. 甲。\n小结。", [], id="closing paragraph"),
    pytest.param("1. 甲。\n1. 乙。", "1. 甲。\n1. 乙。", [], id="numbers begin again"),
    pytest.param("每半年至少1次，长2.5米", "每半年至少1次，长2.5米", [], id="numbers in a sentence"),
    pytest.param("1. 情形：（1）甲；（2）乙。", "1. 情形：（1）甲；（2）乙。", [], id="second level"),
    pytest.param("\n \n", "", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "clean", "noted"), SECTIONS)
def test_sections(text: str, clean: str, noted: list[tuple[str, str, int]]) -> None:
    notebook = Notebook()
    assert tidy_sections(text, notebook) == clean
    assert notes_of(notebook) == noted


@pytest.mark.parametrize(("text", "clean", "noted"), SECTIONS)
def test_clean_text_is_not_mended_again(text: str, clean: str, noted: list[tuple[str, str, int]]) -> None:
    del text, noted
    assert tidy_sections(clean, notebook := Notebook()) == clean
    assert notebook.notes == []


messy = st.text(alphabet="市农业局甲乙：:；;。，, \n\t1２23.、（）()ab", max_size=40)


@given(messy)
def test_no_letter_is_lost_or_moved(text: str) -> None:
    clean = tidy_sections(text, Notebook())
    assert [c for c in clean if c.isalpha()] == [c for c in text if c.isalpha()]


@given(st.text(max_size=20))
def test_whatever_changes_is_noted(text: str) -> None:
    notebook = Notebook()
    assert tidy_line(text, notebook) == re.sub(r"\s", " ", text).strip() or notebook.notes


def test_notes_cannot_change_what_a_terminal_shows() -> None:
    notebook = Notebook()
    notebook.add(What.UNCLEAR, "红\x1b[31m\n字")
    assert notes_of(notebook) == [("unclear", "红⟨U+001B⟩[31m⏎字", 1)]
