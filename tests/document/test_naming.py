"""Words that the vocabularies do not know yet: short names, inner units, the merged order of categories."""

import pytest

from dutylist.document.naming import merged_categories, short_names, split_unit, with_unknown
from dutylist.model.vocabulary import Categories, Department, Departments


@pytest.mark.parametrize(
    ("name", "county", "short"),
    [
        ("阿图什市水利局", "阿图什市", ("市水利局", "水利局")),
        ("疏附县水利局", "疏附县", ("县水利局", "水利局")),
        ("阿图什市委组织部", "阿图什市", ("市委组织部", "组织部")),
        ("阿图什市委社会工作部", "阿图什市", ("市委社会工作部", "社会工作部", "市委社工部", "社工部")),
        ("阿图什市市场监督管理局", "阿图什市", ("市市场监督管理局", "市场监督管理局", "市监局", "市场监管局")),
        (
            "疏附县市场监督管理局",
            "疏附县",
            ("县市场监督管理局", "市场监督管理局", "县市监局", "市监局", "县市场监管局", "市场监管局"),
        ),
        ("喀什海关", "阿图什市", ()),
        ("阿图什市", "阿图什市", ()),
        ("水利局", "", ()),
    ],
)
def test_short_names(name: str, county: str, short: tuple[str, ...]) -> None:
    assert short_names(name, county) == short


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("自然资源局(林草工作站)", ("自然资源局", "林草工作站")),
        ("自然资源局", ("自然资源局", "")),
        ("（林草工作站）", ("（林草工作站）", "")),
        ("自然资源局（", ("自然资源局（", "")),
        ("自然资源局（）", ("自然资源局（）", "")),
    ],
)
def test_split_unit(name: str, parts: tuple[str, str]) -> None:
    assert split_unit(name) == parts


def test_unknown_departments_are_added_behind_and_known_ones_kept() -> None:
    known = Departments(departments=(Department(name="甲县水利局", short=("水利局", "公安局")),))
    names = ["水利局", "甲县水利局（河长办）", "甲县公安局（派出所）", "甲县公安局(交警队)", "甲县公安局"]
    assert with_unknown(known, names, "甲县") == Departments(
        departments=(
            *known.departments,
            Department(name="甲县公安局", short=("县公安局",), units=("派出所", "交警队")),
        )
    )


@pytest.mark.parametrize(
    ("known", "lists", "merged"),
    [
        ("", ["甲乙丙"], "甲乙丙"),
        ("", ["甲乙丙", "甲丁丙"], "甲乙丁丙"),
        ("", ["甲乙", "乙丙", "丁甲"], "丁甲乙丙"),
        ("", ["甲", "乙", "乙甲"], "乙甲"),
        ("", ["甲乙", "乙甲"], "甲乙"),
        ("丙甲", ["甲乙丙"], "丙甲乙"),
        ("甲乙", ["丙"], "甲乙丙"),
        ("甲", ["乙乙甲乙"], "乙甲"),
        ("", [], ""),
    ],
)
def test_categories_are_merged(known: str, lists: list[str], merged: str) -> None:
    assert merged_categories(Categories(categories=tuple(known)), lists).categories == tuple(merged)


def test_many_categories_take_no_time() -> None:
    many = [f"类{number}" for number in range(3000)]
    assert merged_categories(Categories(), [many, many[::-1]]).categories == tuple(many)
