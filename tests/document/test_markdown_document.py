"""The whole Markdown document: its layout, what bad ones yield, and that any library survives it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import build
from dutylist.document.assemble import to_library
from dutylist.document.columns import printed
from dutylist.document.loaded import Loaded
from dutylist.document.markdown import dump, load
from dutylist.errors import DutyListError
from dutylist.model.duty import Kind, ReclaimedDuty, Section
from dutylist.model.library import Library, TownshipFolder, duty_path, make_id
from dutylist.model.note import Note, What
from dutylist.model.printed import show_sections
from dutylist.model.record import Record
from dutylist.model.township import Declared, DeclaredKind, PrefaceSection, Township
from dutylist.model.validation import validate_duty
from dutylist.model.vocabulary import Categories, Department, Departments
from dutylist.store.read import read
from dutylist.store.snapshot import Memory
from dutylist.store.write import write

NONE = Departments()
KNOWN = Departments(departments=(Department(name="丙丙县水利局", short=("县水利局",)), Department(name="丙丙县公安局")))
TOWNSHIP = Township(
    name="丁镇",
    code="123456789",
    prefix="ex",
    county="丙丙县",
    prefecture="乙乙市",
    province="甲甲省",
    title="丙丙县丁镇履职事项清单",
    published="2025-07",
    preface=(PrefaceSection(heading="一、清单内容", paragraphs=("共有基本履职事项1项。", "1.一段|二段")),),
    declared=Declared(
        duties=3,
        basic=DeclaredKind(duties=1),
        supporting=DeclaredKind(duties=1),
        reclaimed=DeclaredKind(duties=1),
    ),
)
Parts = tuple[Kind, str, dict[str, Any]]
SMALL: list[Parts] = [
    (Kind.BASIC, "党的建设", {"name": "做好*统计*工作"}),
    (
        Kind.SUPPORTING,
        "党的建设",
        {
            "superior_departments": ["丙丙县水利局", "丙丙县公安局"],
            "superior_responsibilities": [
                {"department": "县水利局", "clauses": ["制定方案；", "2. 监督。"]},
                {"department": "丙丙县公安局", "topic": "巡查", "text": "做好巡查。"},
            ],
            "township_responsibilities": [{"text": "做好宣传。"}],
        },
    ),
    (Kind.RECLAIMED, "经济发展", {"takeover": [{"department": "县水利局", "text": "负责监管。"}]}),
]

WHOLE = Path(__file__).with_name("small.md").read_text(encoding="utf-8")


def library(parts: list[Parts], categories: tuple[str, ...] = ("党的建设", "经济发展")) -> Library:
    """A library of one township with these duties, in this order inside list and category."""
    records = []
    for number, (kind, category, changes) in enumerate(parts, 1):
        values = build.duty_values(kind=kind.value, id=make_id("ex", number), position=number * 10, **changes)
        path = duty_path(TOWNSHIP.name, category, values["id"])
        records.append(Record(path, validate_duty(values)))
    bare = TownshipFolder(TOWNSHIP.name, None, None, ())
    folder = replace(bare, township=Record(bare.path, TOWNSHIP), duties=tuple(records))
    return Library((folder,), Record("", Categories(categories=categories)), Record("", KNOWN))


def again(one: Library) -> Library:
    """The library that comes back from its own document."""
    loaded = load(dump(one, one.townships[0]), KNOWN)
    assert one.categories
    return to_library(loaded, "ex", "123456789", one.categories.value, KNOWN)


def cells(one: Library) -> list[list[tuple[str, ...]]]:
    return [[line.cells for line in printed_list.lines] for printed_list in printed(one, one.townships[0])]


def test_whole_document() -> None:
    small = library(SMALL)
    assert dump(small, small.townships[0]) == WHOLE


def test_the_document_is_read_back() -> None:
    small = library(SMALL)
    back = again(small)
    own, other = (one.townships[0].township for one in (small, back))
    assert own
    assert other
    assert own.value == other.value
    assert cells(back) == cells(small)
    takeover = small.townships[0].by_id["ex-0003"].value
    assert isinstance(takeover, ReclaimedDuty)
    expected = replace(takeover, receiving_departments=("县水利局",), position=10)
    assert back.townships[0].by_id["ex-0003"].value == expected


def test_a_township_that_could_not_be_read_is_not_exported() -> None:
    with pytest.raises(DutyListError, match=r"township\.toml 缺少或有错，无法导出"):
        dump(Library(()), TownshipFolder("丁镇", None, None, ()))


ALPHABET = "市县水利局公安甲乙丙：:；;。，, 1２2.、（）()|\\<>&`*_[]~#-+$\t\u3000\u200b\u202e\xa0ab原样br"
word = st.text(alphabet=ALPHABET, min_size=1, max_size=12) | st.text(min_size=1, max_size=6)
line = word.map(lambda text: text.replace("\n", " ")).filter(lambda text: bool(text.strip()))
heading = line | st.sampled_from(["县水利局", "丙丙县公安局", "县水利局（河长办）", "产地检疫"])
section = st.builds(
    Section,
    department=st.none() | heading,
    topic=st.none() | heading,
    text=st.none() | st.lists(line, min_size=1, max_size=3).map("\n".join),
    clauses=st.lists(line, max_size=3).map(tuple),
)
sections = st.lists(section, min_size=1, max_size=3).filter(lambda some: bool(show_sections(some).strip()))
category = st.sampled_from(["党的建设", "经济发展", "甲 乙", "甲(乙),丙", "1. 甲", "A&B"])
part = st.one_of(
    st.tuples(st.just(Kind.BASIC), category, st.fixed_dictionaries({"name": line})),
    st.tuples(
        st.just(Kind.SUPPORTING),
        category,
        st.fixed_dictionaries(
            {
                "name": line,
                "superior_departments": st.lists(heading, min_size=1, max_size=3),
                "superior_responsibilities": sections,
                "township_responsibilities": sections,
            }
        ),
    ),
    st.tuples(st.just(Kind.RECLAIMED), category, st.fixed_dictionaries({"name": line, "takeover": sections})),
)


@settings(max_examples=300)
@given(st.lists(part, min_size=1, max_size=4))
def test_any_library_comes_back_with_the_same_cells(parts: list[Parts]) -> None:
    one = library(parts)
    back = again(one)
    assert cells(back) == cells(one)
    assert read(Memory(write(back).files))[0] == back


BASIC = "| 序号 | 事项类别 | 事项名称 |\n|---|---|---|\n"
SUPPORTING = "| 序号 | 事项类别 | 事项名称 | 对应上级部门 | 上级部门职责 | 乡镇（街道）配合职责 |\n|-|-|-|-|-|-|\n"
RECLAIMED = "| 序号 | 事项类别 | 事项名称 | 承接部门及工作方式 |\n|-|-|-|-|\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文档中没有履职事项表格。"),
        ("\x00\x1b" * 50, "文档中没有履职事项表格。"),
        ("| 事项名称 | 备注 |\n|-|-|\n| 甲 | 暂缓 |\n", "文档中没有履职事项表格。"),
        ("履职事项清单\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "文档中没有履职事项表格。"),
        (BASIC, "文档中没有履职事项表格。"),
        (
            "\n\n| 序号 | 事项类别 | 内容\x1b |\n|---|---|---|\n| 1 | 党的建设 | 甲 |",
            "第 3 行起的表格缺少“事项名称”一栏（现有：序号、事项类别、内容）。",
        ),
        (BASIC + "| 1 | 党的建设 |\n", "有的格子是空的：基本 1 事项名称。"),
        (BASIC + "| 1 | 党的建设 | \u200b |\n", "有的格子是空的：基本 1 事项名称。"),
        (
            SUPPORTING + "| 7 | 类 | 甲 | | <p></p> | 乙。 |\n",
            "有的格子是空的：配合 7 对应上级部门、配合 7 上级部门职责。",
        ),
        (
            BASIC + "".join(f"| {number} | 类 | |\n" for number in range(1, 8)),
            "有的格子是空的：" + "、".join(f"基本 {number} 事项名称" for number in range(1, 6)) + "等 7 格。",
        ),
    ],
)
def test_bad_documents_are_refused(text: str, message: str) -> None:
    with pytest.raises(DutyListError) as caught:
        load(text, NONE)
    assert caught.value.message == message
    assert caught.value.hint


def notes_of(loaded: Loaded) -> list[Note]:
    """The notes on the lists alone."""
    return [note for note in loaded.notes if note.where not in ("标题", "说明")]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (BASIC + "| 1 | 类 | 甲 |\n| 2 | 类 | 乙 |\n", []),
        (
            BASIC + "| 1 | 类 | 甲 |\n| 3 | 类 | 乙 |\n| 4 | 类 | 丙 |\n| 四\x07 | 类 | 丁 |\n",
            [
                Note(What.NORMALISED, "基本 四 序号", "删去看不见的控制字符"),
                Note(What.UNCLEAR, "基本清单", "序号印作 3，按顺序应为 2"),
                Note(What.UNCLEAR, "基本清单", "序号印作 四，按顺序应为 5"),
            ],
        ),
        (
            BASIC + "| 1 | 甲类 | 甲 |\n| 2 | 乙类 | 乙 |\n| 3 | 甲类 | 丙 |\n",
            [Note(What.GUESSED, "基本清单", "类别“甲类”（第 3 项起）入库后排到前面，序号会变")],
        ),
        (
            BASIC + "| 1 | 事项类别 | 事项名称 |\n| - | - | - |\n",
            [Note(What.UNCLEAR, "基本清单", "序号印作 -，按顺序应为 2")],
        ),
        (
            BASIC + "| 1 | 类 | 甲 | 多 |\n| (本文有删减) | | |\n| | | （略） |\n\n此文有删减\n",
            [
                Note(What.HOMELESS, "基本 1", "表头以外的一格：多"),
                Note(What.HOMELESS, "基本清单表格中", "(本文有删减)"),
                Note(What.HOMELESS, "基本清单表格中", "（略）"),
                Note(What.HOMELESS, "基本清单之后", "此文有删减"),
            ],
        ),
        (
            BASIC + "| 1 | 类 | 甲 |\n\n| | | 乙 |\n| | 类 | 丙 | 外 |\n| 2 | | 丁 |\n",
            [
                Note(What.GUESSED, "基本 1", "没有序号的一行接在上一项之后"),
                Note(What.GUESSED, "基本 1", "没有序号的一行接在上一项之后"),
                Note(What.HOMELESS, "基本 1", "表头以外的一格：外"),
                Note(What.GUESSED, "基本 2", "事项类别是空的，与上一项同为类"),
            ],
        ),
        (
            BASIC + "| 1 | 类 | 甲 |\n\n" + BASIC + "| 2 | 类 | 乙 |\n\n| 附 | 表 |\n|-|-|\n| 3 | 丁 |\n",
            [
                Note(What.HOMELESS, "第 9 行起的表格", "附 表"),
                Note(What.HOMELESS, "第 9 行起的表格", "3 丁"),
                Note(What.NORMALISED, "基本清单", "重复的表头不算一行"),
            ],
        ),
        (
            RECLAIMED + "| 1 | 类 | 甲 | 由有关部门负责。 |\n| 2 | 类 | 乙 | <p>丙丙县水利局: <ol>1. 负责。 |\n",
            [
                Note(What.NORMALISED, "收回 2 承接部门及工作方式", "去掉标签", 2),
                Note(What.NORMALISED, "收回 2 承接部门及工作方式", "标签没有闭合：<p>、<ol>", 2),
                Note(What.NORMALISED, "收回 2 承接部门及工作方式", "半角标点改为全角"),
                Note(What.GUESSED, "部门词表", "词表中没有的部门：丙丙县水利局"),
                Note(What.UNCLEAR, "收回 1", "单元格开头没有承接部门，记作（待填写）"),
            ],
        ),
        (
            "| 序号 | 事项名称 | 备注 |\n|-|-|-|\n| 1 | 甲 | 暂缓 |\n",
            [Note(What.HOMELESS, "基本 1", "备注：暂缓"), Note(What.UNCLEAR, "基本 1", "没有写事项类别")],
        ),
        (
            SUPPORTING + "| 1 | 类 | 甲 | 市水利局 | 市水利局： | 乙 |\n",
            [
                Note(What.GUESSED, "部门词表", "词表中没有的部门：市水利局"),
                Note(What.UNCLEAR, "配合 1", "标题下没有内容：市水利局"),
            ],
        ),
    ],
)
def test_bad_documents_are_noted(text: str, notes: list[Note]) -> None:
    assert notes_of(load(text, NONE)) == notes


def test_rows_over_a_page_break() -> None:
    text = SUPPORTING + "| 1 | 类 | 做好 | 县水利局 | 1. 甲； | 宣传、 |\n| | | 工作 | | 2. 乙。 | 巡查。 |\n"
    (row,) = load(text, NONE).rows[Kind.SUPPORTING]
    assert row.fields == {
        "name": "做好工作",
        "superior_departments": ("县水利局",),
        "superior_responsibilities": (Section(clauses=("甲；", "乙。")),),
        "township_responsibilities": (Section(text="宣传、\n巡查。"),),
    }


def test_windows_line_ends_headings_and_bold_type() -> None:
    text = (
        "\ufeff# 甲甲省\r\n\r\n**丙丙县丁镇履职事项清单**\r\n\r\n## 基本履职事项清单\r\n\r\n"
        + BASIC
        + "| 1 | 类 | 甲 |"
    )
    loaded = load(text, NONE)
    assert (loaded.province, loaded.county, loaded.name) == ("甲甲省", "丙丙县", "丁镇")
    assert loaded.title == "丙丙县丁镇履职事项清单"
    assert [row.fields for row in loaded.rows[Kind.BASIC]] == [{"name": "甲"}]


def test_takeover_in_two_columns() -> None:
    text = (
        "| 序号 | 事项类别 | 事项名称 | 承接部门 | 工作方式 |\n|-|-|-|-|-|\n"
        "| 1 | 类 | 甲 | 县水利局 县公安局 | 1. 监管； |\n| | | | | 2. 处罚。 |\n"
    )
    (row,) = load(text, NONE).rows[Kind.RECLAIMED]
    assert row.fields["receiving_departments"] == ("县水利局", "县公安局")
    assert row.fields["takeover"] == (Section(department="县水利局、县公安局", clauses=("监管；", "处罚。")),)


def test_ten_thousand_rows() -> None:
    rows = "".join(f"| {number} | 类{number % 7} | 事项{number} |\n" for number in range(1, 10001))
    loaded = load("甲甲省丙丙县丁镇履职事项清单\n\n" + BASIC + rows, NONE)
    made = to_library(loaded, "ex", "123456789", Categories(), NONE)
    assert made.townships[0].ledger
    assert made.townships[0].ledger.value.next == 10001


HOSTILE = ["(" * 50000, "<p" * 30000, "<!--" * 20000, " " * 50000 + "1", "中," * 20000, "1. " * 20000, "。 " * 20000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4].strip())
def test_monstrous_cells_take_no_time(text: str) -> None:
    source = SUPPORTING + f"| 1 | 类 | 甲{text} | 县水利局{text} | 乙{text} | 丙{text}。 |\n"
    assert len(load(source, NONE).rows[Kind.SUPPORTING]) == 1
