"""The words that all change reports share, as tables."""

import dataclasses
import re

import pytest

from comparisons import HERE, account_row, change, view
from dutylist.model.base import key_of
from dutylist.model.change import (
    Burden,
    ChangeKind,
    Comparison,
    Renumbered,
    SideName,
    Site,
    Succession,
    Weight,
)
from dutylist.model.duty import BasicDuty, Basis, Kind, ReclaimedDuty, Section, SupportingDuty, Waiver
from dutylist.model.finding import FieldPath, Spot
from dutylist.model.township import Declared, DeclaredKind, Event, EventKind, Ledger, PrefaceSection, Township
from dutylist.model.vocabulary import Categories, Department, Departments
from dutylist.report import change_words as words
from dutylist.report.change_fields import FIELDS, field_words
from dutylist.report.change_groups import NumberRun
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
        (ChangeKind.REORDERED, "position", "调次序"),
        (ChangeKind.DEPARTMENT_REORDERED, "superior_departments", "部门调次序"),
    ],
)
def test_what_happened_is_not_said_twice(kind: ChangeKind, field: str | None, said: str) -> None:
    assert words.happened(change(kind, field=field)) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("superior_responsibilities[0].clauses[1]", "上级部门职责第 1 段第 2 条 → 乡镇（街道）配合职责第 1 段第 2 条"),
        ("township_responsibilities[0].clauses[1]", "乡镇（街道）配合职责第 1 段第 2 条"),
        (None, "乡镇（街道）配合职责第 1 段第 2 条"),
    ],
)
def test_what_moved_is_told_from_where_to_where(before: str | None, said: str) -> None:
    spot = None if before is None else Spot("x.toml", path_of(before))
    assert words.field(change(ChangeKind.CLAUSE_MOVED, sites=(Site("ex-0002", spot, None),))) == said


def path_of(name: str) -> FieldPath:
    """The path that a field's name means."""
    return tuple(int(step) if step.isdigit() else step for step in re.findall(r"\w+", name))


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ((11, 10, 103, 102, 93, -1), "11–103 → 10–102 ex-0011 至 ex-0103（93 项，各减 1）"),
        ((1, 3, 2, 4, 2, 2), "1–2 → 3–4 ex-0001 至 ex-0002（2 项，各加 2）"),
        ((7, None, 7, None, 1, None), "7 → 无 ex-0007"),
        ((7, 2, 7, 2, 1, None), "7 → 2 ex-0007"),
    ],
)
def test_runs_of_numbers(run: tuple[int, int | None, int, int | None, int, int | None], said: str) -> None:
    first, now, last, then, count, shift = run
    ends = [Renumbered(HERE, Kind.BASIC, *numbers, f"ex-{numbers[0]:04d}") for numbers in ((first, now), (last, then))]
    made = NumberRun(ends[0], ends[1], count, shift)
    assert f"{' → '.join(words.run_numbers(made))} {words.run_duties(made)}" == said


@pytest.mark.parametrize("site", [Site("ex-0001", None, None), Site(None, None, None)])
def test_what_has_no_line_has_no_place(site: Site) -> None:
    one = change(ChangeKind.RENAMED, sites=(site,))
    assert words.where(view(Comparison((one,), (), ())), one) == ""


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
        ("law；application: 人手不足；上级不再要求", "编辑", "法律法规变化；乡镇申请：人手不足；上级不再要求（编辑）"),
        ("两项工作同属一个流程", None, "两项工作同属一个流程"),
        ("law:", None, "法律法规变化："),
    ],
)
def test_causes(cause: str | None, author: str | None, said: str) -> None:
    assert words.cause(change(ChangeKind.RENAMED, cause=cause, author=author)) == said


def test_burdens_name_the_rule_that_spoke() -> None:
    assert words.burden(change(ChangeKind.ADDED, burden=Burden.HEAVIER, rule="BU001")) == "责任加重 BU001"
    assert words.burden(change(ChangeKind.ADDED)) == ""
    titles = {"BU001": "新增事项"}
    assert words.burden(change(ChangeKind.ADDED, burden=Burden.HEAVIER, rule="BU001"), titles) == (
        "责任加重 BU001 新增事项"
    )
    assert words.burden(change(ChangeKind.RETIRED, burden=Burden.LIGHTER, rule="BU001"), titles) == (
        "责任减轻 BU001 新增事项（反过来）"
    )
    assert words.burden(change(ChangeKind.ADDED, burden=Burden.HEAVIER, rule="BU009"), titles) == "责任加重 BU009"


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
        (SideName("3f2a90c1d4e5b6a7", "3f2a90c1d4e5b6a7"), "3f2a90c1d4"),
        (SideName("3f2a90c1d4", "3f2a90c1d4e5b6a7"), "3f2a90c1d4"),
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
