"""What stands before the lists: title facts, preface, declared numbers."""

import pytest

from dutylist.document.loaded import Notebook
from dutylist.document.outline import Outline, is_list_heading, read_declared, read_outline
from dutylist.model.duty import Kind
from dutylist.model.note import Note, What
from dutylist.model.township import Declared, DeclaredKind, PrefaceSection

COUNTS = {Kind.BASIC: 3, Kind.SUPPORTING: 2, Kind.RECLAIMED: 1}


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        (
            ["新疆维吾尔自治区克孜勒苏柯尔克孜自治州", "阿图什市阿扎克镇", "履职事项清单"],
            ("新疆维吾尔自治区", "克孜勒苏柯尔克孜自治州", "阿图什市", "阿扎克镇", "阿图什市阿扎克镇履职事项清单"),
        ),
        (
            ["江苏省苏州市", "昆山市玉山镇履职事项清单"],
            ("江苏省", "苏州市", "昆山市", "玉山镇", "昆山市玉山镇履职事项清单"),
        ),
        (
            ["北京市海淀区中关村街道履职事项清单"],
            ("北京市", "", "海淀区", "中关村街道", "海淀区中关村街道履职事项清单"),
        ),
        (["阿图什市阿扎克镇履职事项清单"], ("", "", "阿图什市", "阿扎克镇", "阿图什市阿扎克镇履职事项清单")),
        (["某镇履职事项清单（2025 年版）"], ("", "", "", "某镇", "某镇履职事项清单（2025年版）")),
        (["工作手册"], ("", "", "", "", "工作手册")),
        ([], ("", "", "", "", "")),
        (["长" * 200 + "镇履职事项清单"], ("", "", "", "", "长" * 200 + "镇履职事项清单")),
    ],
)
def test_title(title: list[str], facts: tuple[str, ...]) -> None:
    notebook = Notebook()
    province, prefecture, county, name, whole = facts
    assert read_outline(title, notebook) == Outline(province, prefecture, county, name, whole, "", ())
    unclear = [note for note in notebook.notes if note.what is What.UNCLEAR]
    assert bool(unclear) == (not all((facts[0], facts[2], facts[3])))


def test_whole_outline() -> None:
    notebook = Notebook()
    outline = read_outline(
        [
            "甲甲省乙乙市",
            "丙丙县丁镇履职事项清单",
            "2025 年 7 月",
            "说 明",
            "按规定编制。",
            "一、清单内容",
            "主要包括党的建设、",
            "经济发展。",
            "另一段,完。",
            "目 录",
            "1. 基本履职事项清单 1",
        ],
        notebook,
    )
    assert outline == Outline(
        "甲甲省",
        "乙乙市",
        "丙丙县",
        "丁镇",
        "丙丙县丁镇履职事项清单",
        "2025-07",
        (
            PrefaceSection(heading="", paragraphs=("按规定编制。",)),
            PrefaceSection(heading="一、清单内容", paragraphs=("主要包括党的建设、经济发展。", "另一段，完。")),
        ),
    )
    assert notebook.notes == [
        Note(What.NORMALISED, "标题", "删去多余的空格和换行", 3),
        Note(What.NORMALISED, "标题", "删去多余的空格和换行", 1),
        Note(What.NORMALISED, "说明", "半角标点改为全角", 1),
        Note(What.NORMALISED, "说明", "删去多余的空格和换行", 1),
        Note(What.NORMALISED, "说明", "删去多余的空格和换行", 2),
        Note(What.HOMELESS, "目录", "目录打印时重新生成：1.基本履职事项清单1"),
        Note(What.NORMALISED, "说明", "分页断开的段落接上：经济发展。"),
    ]


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("基本履职事项清单", True),
        ("配合履职 事项清单", True),
        ("上级部门收回事项清单", True),
        ("上级部门收回履职事项清单", True),
        ("（三）上级部门收回事项清单", True),
        ("基本履职事项清单是本镇必须承担的事项。", False),
        ("履职事项清单", False),
    ],
)
def test_list_headings(text: str, is_heading: bool) -> None:
    assert is_list_heading(text) is is_heading


def preface(*paragraphs: str) -> list[PrefaceSection]:
    return [PrefaceSection(heading="一、清单", paragraphs=paragraphs)]


def test_declared() -> None:
    notebook = Notebook()
    declared = read_declared(
        preface(
            "共有履职事项262项，其中，基本履职事项103项、配合履职事项114项、上级部门收回事项45项。",
            "综合政务20个类别，共有基本履职事项103项。",
            "共有配合履职事项114项，涉及51个部门（单位）。",
            "市场监管10个类别，共有上级部门收回事项45项，涉及12个部门（单位）。",
        ),
        COUNTS,
        notebook,
    )
    assert declared == Declared(
        duties=262,
        basic=DeclaredKind(duties=103, categories=20),
        supporting=DeclaredKind(duties=114, departments=51),
        reclaimed=DeclaredKind(duties=45, categories=10, departments=12),
    )
    assert notebook.notes == []


def test_what_is_not_declared_is_counted_and_noted() -> None:
    notebook = Notebook("说明")
    declared = read_declared(
        preface("共有基本履职事项4项，本镇基本履职事项5项。", "基本履职事项6项。"), COUNTS, notebook
    )
    assert declared == Declared(
        duties=6,
        basic=DeclaredKind(duties=4),
        supporting=DeclaredKind(duties=2),
        reclaimed=DeclaredKind(duties=1),
    )
    assert [note.text for note in notebook.notes] == [
        "说明前后不一：基本履职事项写作 4，又写作 5；用前一个",
        "说明前后不一：基本履职事项写作 4，又写作 6；用前一个",
        "说明没有写配合履职事项的项数，按实有 2 项填写",
        "说明没有写上级部门收回事项的项数，按实有 1 项填写",
        "说明没有写履职事项总数，按实有 6 项填写",
    ]
