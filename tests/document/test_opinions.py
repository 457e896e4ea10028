"""The table of opinions: written and read back in every format, read as others save it, nothing lost unseen."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import duty
from dutylist.document.opinion_csv import quoted, unquoted
from dutylist.document.opinion_fields import meant_field, only_text
from dutylist.document.opinion_formats import FORMATS, load
from dutylist.document.opinions import COLUMNS, Answer, Form, OpinionColumn, Sheet
from dutylist.errors import DutyListError, UsageError
from strategies import words

# NUL marks a file that is no text; what a spreadsheet does with carriage returns is its own affair.
cell = (words | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)).map(
    str.strip
)
answers = st.builds(Answer, **{one.name: cell for one in fields(Answer)}).filter(lambda one: one.name)
HEADER = "编号,事项,意见,建议修改为,理由\n"


@pytest.mark.parametrize("name", FORMATS)
@given(rows=st.lists(answers, max_size=4), title=words)
def test_what_was_written_is_read_back(name: str, rows: list[Answer], title: str) -> None:
    chosen = FORMATS[name]
    text = chosen.dump(Form(title.replace("|", ""), ("说明",), tuple(rows)))
    sheet = load(f"意见{chosen.suffix}", text.encode())
    assert [row.cells for row in sheet.rows] == rows
    assert (sheet.unknown, sheet.notes) == ((), ())


@given(st.text(st.sampled_from("'=+-@＝ 甲"), max_size=5))
def test_a_quoted_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert quoted(text).lstrip()[:1] not in tuple("=+-@＝")


def read(text: str, *, encoding: str = "utf-8", suffix: str = ".csv") -> Sheet:
    """A table as `load` reads it."""
    return load(f"意见{suffix}", text.encode(encoding))


def said(sheet: Sheet) -> list[str]:
    """The notes, each on a line."""
    return [f"{note.what} {note.where}：{note.text}" for note in sheet.notes]


ROW = Answer(duty="ex-0001", name="做好统计工作", text="第一行\n第二行，“引号”", proposed="改为甲", argument="有依据")
QUOTED = '"第一行\n第二行，“引号”"'
SAVED: dict[str, tuple[str, str, list[str]]] = {
    "plain": (f"{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n", "utf-8", []),
    "mark": (f"{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n", "utf-8-sig", []),
    "Excel in China": (
        f"{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n".replace("\n", "\r\n"),
        "gb18030",
        ["guessed 意见.csv：不是 UTF-8，按 GB18030 解码"],
    ),
    "Unicode text": (
        f"{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n".replace(",", "\t"),
        "utf-16",
        ["guessed 意见.csv：不是 UTF-8，按 UTF-16 解码"],
    ),
    "semicolons": (f"{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n".replace(",", ";"), "utf-8", []),
    "another order and names": (
        f"修改理由,修 改 建 议,履职事项：,意见和建议,事项编号\n有依据,改为甲,做好统计工作,{QUOTED},ex-0001\n",
        "utf-8",
        [],
    ),
    "a title above, headers again below": (
        f"征求意见表,,,,\n\n{HEADER}ex-0001,做好统计工作,{QUOTED},改为甲,有依据\n,,,,\n{HEADER}",
        "utf-8",
        [],
    ),
}


@pytest.mark.parametrize(("text", "encoding", "notes"), SAVED.values(), ids=SAVED)
def test_a_table_as_others_save_it(text: str, encoding: str, notes: list[str]) -> None:
    sheet = read(text, encoding=encoding)
    assert ([row.cells for row in sheet.rows], said(sheet), sheet.unknown) == ([ROW], notes, ())


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.title)
def test_every_spelling_means_one_column(column: OpinionColumn) -> None:
    for title in (column.title, *column.spellings):
        wide = "　".join(title.replace("（", "(").replace("）", ")"))
        assert [[one for one in COLUMNS if one.means(form)] for form in (title, f"{wide}：")] == [[column], [column]]


def test_what_has_no_column_is_told() -> None:
    sheet = read("编号,意见,联系人,,意见,备注\nex-0001,删去,张三,多的,又一条,\n\nex-0002,改,李四,,,,再多\n")
    assert [(row.at, row.cells.duty, row.cells.text) for row in sheet.rows] == [
        (2, "ex-0001", "删去"),
        (4, "ex-0002", "改"),
    ]
    assert sheet.unknown == ("联系人", "意见", "备注")
    assert said(sheet) == [
        "homeless 第 2 行：第 4 格没有表头，没有导入：多的",
        "homeless 第 4 行：第 7 格没有表头，没有导入：再多",
        "homeless 表头：不认识的栏“联系人”，没有导入；有 2 格写了字",
        "homeless 表头：不认识的栏“意见”，没有导入；有 1 格写了字",
        "homeless 表头：不认识的栏“备注”，没有导入；都是空的",
    ]


MARKDOWN = """\
# 征求意见表

| 编号 | 意见 |
|---|---|
| ex-0001 | 第一行<br>第二行 \\| 竖线 |

| 联系人 | 电话 |
|---|---|
| 甲 | 1 |

| 意见 | 编号 |
|:--|--:|
| 删去<font>红字</font> | ex-0002 |
"""


def test_markdown_has_any_number_of_tables() -> None:
    sheet = read(MARKDOWN, suffix=".md")
    assert [(row.at, row.cells.duty, row.cells.text) for row in sheet.rows] == [
        (5, "ex-0001", "第一行\n第二行 | 竖线"),
        (13, "ex-0002", "删去红字"),
    ]
    assert said(sheet) == [
        "unclear 第 13 行：不认识的标签：<font>",
        "unclear 第 13 行：不认识的标签：</font>",
        "homeless 第 7 行起的表格：表头没有意见一栏，没有读",
    ]


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "no header": ("a.csv", "甲,乙\n1,2\n".encode(), "没有找到表头：前 20 行里没有“意见”或“建议修改为”一栏。"),
    "empty": ("a.csv", b"", "没有找到表头：前 20 行里没有“意见”或“建议修改为”一栏。"),
    "no table": ("a.md", "编号和意见".encode(), "没有找到表头：前 20 行里没有“意见”或“建议修改为”一栏。"),
    "header too far down": ("a.csv", ("甲\n" * 20 + HEADER).encode(), "没有找到表头：前 20 行里没有"),
    "quotes": (
        "a.csv",
        f'{HEADER}1,甲,乙,,\n2,"甲,乙\n,,'.encode(),
        "表格第 3 行读不出来：引号不成对（文件第 4 行）。",
    ),
    "endless cell": (
        "a.csv",
        f"{HEADER}1,{'甲' * 200_000}".encode(),
        "表格第 2 行读不出来：有一格太长（文件第 2 行）。",
    ),
    "no text": ("a.csv", b"PK\3\4\0\0", "a.csv 不是文字文件，或者编码不认识。"),
    "no encoding": ("a.csv", b"\xff\xff\x80", "a.csv 不是文字文件，或者编码不认识。"),
    "half a character": ("a.csv", b"\xff\xfe\x00", "a.csv 不是文字文件，或者编码不认识。"),
}


@pytest.mark.parametrize(("name", "content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_one_clear_line(name: str, content: bytes, message: str) -> None:
    with pytest.raises(DutyListError) as caught:
        load(name, content)
    assert caught.value.message.startswith(message)
    assert caught.value.hint


def test_an_unknown_format() -> None:
    with pytest.raises(UsageError, match=r"^不认识 意见\.xlsx 的格式。$"):
        load("意见.xlsx", b"")


SUPPORTING = duty(
    kind="supporting",
    name="农村供水",
    superior_responsibilities=[{"department": "示例市水利局", "clauses": ["甲；", "乙。"]}, {"text": "丙。"}],
    township_responsibilities=[{"topic": "巡查", "clauses": ["丁。"]}],
    note="备注",
)
RECLAIMED = duty(kind="reclaimed")
FIELDS: dict[str, tuple[str, str | None, str | None]] = {
    "a name": ("name", "name", "农村供水"),
    "a title": ("乡镇（街道）配合职责", "township_responsibilities", "丁。"),
    "another spelling": ("镇(街道)职责", "township_responsibilities", "丁。"),
    "many texts": ("上级部门职责", "superior_responsibilities", None),
    "a section": ("superior_responsibilities[1]", "superior_responsibilities[1]", "丙。"),
    "a clause": ("superior_responsibilities[0].clauses[1]", "superior_responsibilities[0].clauses[1]", "乙。"),
    "one department": ("对应上级部门", "superior_departments", "示例市水利局"),
    "a number": ("position", "position", None),
    "beyond the end": ("superior_responsibilities[2]", None, None),
    "no such part": ("superior_responsibilities[0].clause", None, None),
    "below a text": ("name.text", None, None),
    "nothing there": ("township_responsibilities[0].text", None, None),
    "another list's": ("takeover", None, None),
    "another list's title": ("承接部门", None, None),
    "for colleagues": ("note", None, None),
    "the tool's own": ("id", None, None),
    "nonsense": ("[[[", None, None),
}


@pytest.mark.parametrize(("said", "field", "text"), FIELDS.values(), ids=FIELDS)
def test_the_field_that_is_meant(said: str, field: str | None, text: str | None) -> None:
    assert meant_field(SUPPORTING, said) == field
    assert (only_text(SUPPORTING, field) if field else None) == text


@pytest.mark.parametrize(("said", "field"), [("工作方式", "takeover"), ("承接部门", "receiving_departments")])
def test_the_field_of_a_reclaimed_duty(said: str, field: str) -> None:
    assert meant_field(RECLAIMED, said) == field


def test_hostile_text_stays_text(golden: Callable[[str, str], None]) -> None:
    hostile = replace(ROW, name="=1+1|*甲*<b>\n'-2", original="\u202e@某人")
    for name, form in FORMATS.items():
        golden(
            f"opinions/hostile-{name}{form.suffix}", form.dump(Form("示例市水利局*征求意见表", ("说明#1",), (hostile,)))
        )
