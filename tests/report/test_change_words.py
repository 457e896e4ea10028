"""The words that all change reports share, as tables."""

import dataclasses

import pytest

from comparisons import HERE, account_row, change
from dutylist.model.change import Burden, ChangeKind, SideName, Succession, Weight
from dutylist.model.duty import BasicDuty, Basis, Kind, ReclaimedDuty, Section, SupportingDuty, Waiver
from dutylist.model.township import Declared, DeclaredKind, Event, EventKind, Ledger, PrefaceSection, Township, key_of
from dutylist.model.vocabulary import Categories, Department, Departments
from dutylist.report import change_words as words
from dutylist.report.change_fields import FIELDS, field_words
from dutylist.report.changes import Selection

DUTIES = (BasicDuty, SupportingDuty, ReclaimedDuty, Section, Basis, Waiver)
AROUND = (Township, PrefaceSection, Declared, DeclaredKind, Ledger, Event, Categories, Departments, Department)


@pytest.mark.parametrize("record", DUTIES + AROUND)
def test_every_field_that_can_change_has_a_word(record: type) -> None:
    assert dataclasses.is_dataclass(record)
    assert {key_of(field.name) for field in dataclasses.fields(record)} <= set(FIELDS)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (None, ""),
        ("name", "名称"),
        ("township_responsibilities[0].clauses[1]", "乡镇（街道）配合职责第 1 段第 2 条"),
        ("superior_responsibilities[2].text", "上级部门职责第 3 段 正文"),
        ("takeover[0].clauses", "承接部门及工作方式第 1 段 条款"),
        ("takeover", "承接部门及工作方式"),
        ("superior_departments[1]", "对应上级部门第 2 个"),
        ("basis[0].article", "法律依据第 1 条 条款"),
        ("preface[1].paragraphs[0]", "说明第 2 节第 1 段"),
        ("declared.supporting.departments", "所报总数 配合 部门"),
        ("没有的字段[3]", "没有的字段第 4 个"),
    ],
)
def test_fields(field: str | None, said: str) -> None:
    assert field_words(field) == said


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        (ChangeKind.RENAMED, "name", "改名称"),
        (ChangeKind.RECLASSIFIED, "kind", "换清单"),
        (ChangeKind.ADDED, None, "新增"),
        (ChangeKind.BASIS_ADDED, "basis[1]", "增加依据 法律依据第 2 条"),
    ],
)
def test_what_happened_is_not_said_twice(kind: ChangeKind, field: str | None, said: str) -> None:
    assert words.happened(change(kind, field=field)) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(3, 3, "3"), (3, 4, "3 → 4"), (None, 4, "无 → 4"), (3, None, "3 → 无"), (None, None, "无")],
)
def test_numbers(before: int | None, after: int | None, said: str) -> None:
    assert words.numbers(before, after) == said


@pytest.mark.parametrize(
    ("likeness", "said"),
    [(1.0, "（相同）"), (0.9999, "（相似 99%）"), (0.29, "（相似 29%）"), (0.0, "（相似 0%）")],
)
def test_only_the_same_text_is_wholly_alike(likeness: float, said: str) -> None:
    assert words.percent(likeness) == said


@pytest.mark.parametrize(
    ("cause", "author", "said"),
    [
        (None, "编辑", ""),
        ("law", None, "法律法规变化"),
        ("law: 水法修订", "编辑", "法律法规变化：水法修订（编辑）"),
        ("reform", None, "机构改革"),
        ("application", None, "乡镇申请"),
        ("correction: 错字", None, "更正：错字"),
        ("县水利局来函: 第 3 号", None, "县水利局来函: 第 3 号"),
        ("lawful", None, "lawful"),
    ],
)
def test_causes(cause: str | None, author: str | None, said: str) -> None:
    assert words.cause(change(ChangeKind.RENAMED, cause=cause, author=author)) == said


def test_burdens_name_the_rule_that_spoke() -> None:
    assert words.burden(change(ChangeKind.ADDED, burden=Burden.HEAVIER, rule="BU001")) == "责任加重 BU001"
    assert words.burden(change(ChangeKind.ADDED)) == ""


def test_an_account_is_an_equation_or_says_that_it_is_none() -> None:
    assert words.equation(account_row(Kind.BASIC, None, 9, 1, 2, 3, 4, 5, 6, 0)) == (
        "原有 9 ＋ 新增 1 ＋ 拆分增加 2 ＋ 移入 3 － 废止 4 － 合并减少 5 － 移出 6 ＝ 现有 0"
    )
    assert words.equation(account_row(Kind.BASIC, None, 0, 0, 0, 0, 0, 0, 0, 1)) == "原有 0 ≠ 现有 1"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (SideName("当前文件"), "当前文件"),
        (SideName("HEAD~1", "3f2a90c1d4e5b6a7"), "HEAD~1（3f2a90c1d4）"),
        (SideName("3f2a90c1d4e5b6a7", "3f2a90c1d4e5b6a7"), "3f2a90c1d4e5b6a7"),
    ],
)
def test_sides(name: SideName, said: str) -> None:
    assert words.side(name) == said


def test_a_succession_that_is_only_proposed_says_so() -> None:
    recorded = Succession(EventKind.MERGE, HERE, ("ex-0001", "ex-0002"), ("ex-0002",), "相近", None, ())
    assert words.succession(recorded) == "合并 ex-0001、ex-0002 → ex-0002"
    assert words.told_of(recorded) == "理由：相近"
    proposed = dataclasses.replace(recorded, likeness=0.8, reason=None)
    assert words.succession(proposed) == "建议登记（相似 80%）：合并 ex-0001、ex-0002 → ex-0002"
    assert words.told_of(proposed) == ""


def test_a_selection_is_said_in_the_order_of_the_tables() -> None:
    chosen = Selection(
        HERE,
        "示例市水利局",
        kinds=frozenset({ChangeKind.RENAMED, ChangeKind.ADDED}),
        lists=frozenset({Kind.RECLAIMED, Kind.BASIC}),
        weights=frozenset({Weight.WORDING, Weight.SUBSTANTIVE}),
        burdens=frozenset({Burden.LIGHTER, Burden.HEAVIER}),
    )
    assert words.selected(chosen) == (
        "乡镇 示例镇；部门 示例市水利局；类型 新增、改名称；清单 基本、收回；轻重 实质、文字；责任 加重、减轻"
    )
    assert words.selected(Selection()) == ""
