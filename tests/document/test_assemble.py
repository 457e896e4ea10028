"""A loaded document as a library: what is refused, and what known words keep."""

from dataclasses import replace
from typing import Any

import pytest

from dutylist.document.assemble import to_library
from dutylist.document.loaded import Loaded, Row
from dutylist.errors import DutyListError, UsageError
from dutylist.model.duty import Kind, Section
from dutylist.model.township import Declared, DeclaredKind
from dutylist.model.vocabulary import Categories, Department, Departments
from dutylist.store.read import read
from dutylist.store.snapshot import Memory
from dutylist.store.write import write

COUNT = DeclaredKind(duties=1)
LOADED = Loaded(
    province="甲甲省",
    prefecture="",
    county="丙丙县",
    name="丁镇",
    title="丙丙县丁镇履职事项清单",
    published="",
    preface=(),
    declared=Declared(duties=3, basic=COUNT, supporting=COUNT, reclaimed=COUNT),
    rows={
        Kind.BASIC: (Row("1", "乙类", {"name": "甲"}), Row("2", "乙类", {"name": "乙"}), Row("3", "", {"name": "丙"})),
        Kind.SUPPORTING: (),
        Kind.RECLAIMED: (
            Row(
                "1",
                "甲类",
                {
                    "name": "丁",
                    "receiving_departments": ("丙丙县水利局", "丙丙县公安局（派出所）"),
                    "takeover": (Section(department="丙丙县水利局", text="负责。"),),
                },
            ),
        ),
    },
    notes=(),
)
CATEGORIES = Categories(categories=("丙类", "甲类"))
DEPARTMENTS = Departments(departments=(Department(name="丙丙县水利局"),))


def made(**changes: Any) -> dict[str, str]:
    """The files of a changed document's library."""
    one = to_library(replace(LOADED, **changes), "ex", "123456789", CATEGORIES, DEPARTMENTS)
    memory = Memory(write(one).files)
    assert read(memory) == (one, [])
    return {path: content.decode() for path, content in memory.read(item.path for item in memory.items())}


def test_whole_library() -> None:
    files = made()
    assert sorted(files) == [
        "duties/丁镇/ledger.toml",
        "duties/丁镇/township.toml",
        "duties/丁镇/乙类/ex-0001.toml",
        "duties/丁镇/乙类/ex-0002.toml",
        "duties/丁镇/未分类/ex-0003.toml",
        "duties/丁镇/甲类/ex-0004.toml",
        "schema/vocabulary/categories.toml",
        "schema/vocabulary/departments.toml",
    ]
    assert files["duties/丁镇/乙类/ex-0002.toml"] == 'id = "ex-0002"\nkind = "basic"\nposition = 20\nname = "乙"\n'
    assert files["duties/丁镇/ledger.toml"] == 'next = 5\nlast = "ex-0004 丁"\n'
    assert files["schema/vocabulary/categories.toml"].split('"')[1::2] == ["丙类", "甲类", "乙类", "未分类"]
    assert files["schema/vocabulary/departments.toml"] == (
        '[[departments]]\nname = "丙丙县水利局"\n\n'
        '[[departments]]\nname = "丙丙县公安局"\nshort = [\n  "县公安局",\n  "公安局",\n]\nunits = [\n  "派出所",\n]\n'
    )


@pytest.mark.parametrize("category", ["../x", "a/b", "a\\b", ".", "甲.", "甲\n乙", "甲\u200b", "CON:", "甲" * 61])
def test_a_category_that_cannot_be_a_folder_is_refused(category: str) -> None:
    rows = {Kind.BASIC: (Row("1", category, {"name": "甲"}),)}
    with pytest.raises(DutyListError, match="不能用作文件夹名"):
        made(rows=rows)


@pytest.mark.parametrize("fact", ["name", "county", "province"])
def test_a_township_must_be_named(fact: str) -> None:
    with pytest.raises(DutyListError, match="没有写全省、县和乡镇的名称"):
        made(**{fact: ""})


@pytest.mark.parametrize(("prefix", "code"), [("A", "123456789"), ("ex", "12345"), ("", ""), ("ex/..", "123456789")])
def test_prefix_and_code_must_be_well_formed(prefix: str, code: str) -> None:
    with pytest.raises(UsageError, match="不合要求"):
        to_library(LOADED, prefix, code, CATEGORIES, DEPARTMENTS)
