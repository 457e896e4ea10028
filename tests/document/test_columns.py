"""The table of columns: which titles mean what, and what a table must have."""

import pytest

from dutylist.document.columns import COLUMNS, METHOD, OWN, RECEIVING, layout_of
from dutylist.errors import DutyListError
from dutylist.model.canonical import fields_of
from dutylist.model.duty import DUTY_KINDS, Kind

HEADERS = {kind: [column.title for column in columns] for kind, columns in COLUMNS.items()}


@pytest.mark.parametrize("kind", Kind)
def test_the_printed_header_is_understood(kind: Kind) -> None:
    layout = layout_of(HEADERS[kind], "表")
    assert layout is not None
    assert (layout.kind, layout.columns) == (kind, COLUMNS[kind])


@pytest.mark.parametrize("kind", Kind)
def test_columns_show_fields_that_a_duty_has(kind: Kind) -> None:
    fields = {column.field for column in (*COLUMNS[kind], *OWN[kind])} - {"number", "category"}
    assert fields <= set(fields_of(DUTY_KINDS[kind]))


@pytest.mark.parametrize("kind", Kind)
def test_no_title_means_two_columns(kind: Kind) -> None:
    columns = {*COLUMNS[kind], *OWN[kind]}
    titles = [title for column in columns for title in {column.title, *column.spellings}]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("乡镇(街道)配合职责", "township_responsibilities"),
        ("乡镇 （街道） 配合职责", "township_responsibilities"),
        ("镇街配合职责", "township_responsibilities"),
        ("街道配合职责", "township_responsibilities"),
        ("对应 上级\n部门", "superior_departments"),
        ("上级部门", "superior_departments"),
        ("部门职责", "superior_responsibilities"),
    ],
)
def test_other_titles(title: str, field: str) -> None:
    found = [column.field for column in COLUMNS[Kind.SUPPORTING] if column.means(title)]
    assert found == [field]


def test_a_list_without_categories_and_with_more_columns() -> None:
    layout = layout_of(["序号", "事项名称", "备注", "事项名称"], "表")
    assert layout is not None
    assert [column and column.field for column in layout.columns] == ["number", "name", None, None]


def test_takeover_in_two_columns() -> None:
    layout = layout_of(["序号", "事项类别", "事项名称", "承接部门", "工作方式"], "表")
    assert layout is not None
    assert (layout.kind, layout.columns[3:]) == (Kind.RECLAIMED, (RECEIVING, METHOD))


@pytest.mark.parametrize("titles", [[], ["", ""], ["序号", "内容"], ["1", "党的建设", "做好统计"]])
def test_other_tables_are_no_lists(titles: list[str]) -> None:
    assert layout_of(titles, "表") is None


@pytest.mark.parametrize(
    ("titles", "message"),
    [
        (["序号", "事项类别", "内容"], "第 3 行起的表格缺少“事项名称”一栏（现有：序号、事项类别、内容）。"),
        (
            ["序号", "事项名称", "对应上级部门"],
            "第 3 行起的表格缺少“上级部门职责”“乡镇（街道）配合职责”一栏（现有：序号、事项名称、对应上级部门）。",
        ),
        (
            ["序号", "事项名称", "承接部门"],
            "第 3 行起的表格缺少“承接部门及工作方式”一栏（现有：序号、事项名称、承接部门）。",
        ),
        (["序号", "事项名称", "工作方式"], "第 3 行起的表格缺少“承接部门”一栏（现有：序号、事项名称、工作方式）。"),
    ],
)
def test_a_missing_column_is_named(titles: list[str], message: str) -> None:
    with pytest.raises(DutyListError) as caught:
        layout_of(titles, "第 3 行起的表格")
    assert caught.value.message == message
