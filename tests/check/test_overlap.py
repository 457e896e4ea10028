"""OV001 to OV004: names and clauses that stand twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import DEPARTMENTS, duty, files, library_of
from dutylist.check.overlap import in_two_lists, like, like_names, same_clause_for_two_departments, same_name
from dutylist.check.rule import DutyCase, Rule, TownshipCase
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.record import Record

Found = list[tuple[str, str]]


def in_township(rule: Rule, *names: str) -> Found:
    """The hits of a rule in a township of duties `kind:name`, as (path's id, message)."""
    records = []
    for number, name in enumerate(names, 1):
        kind, _, own = name.rpartition(":")
        made = duty(id=f"ex-{number:04d}", kind=kind or "basic", name=own)
        records.append(Record(f"duties/示例镇/党的建设/ex-{number:04d}.toml", made))
    folder = TownshipFolder("示例镇", None, None, tuple(reversed(records)))
    assert rule.find
    return [(hit.spot.path[-12:-5], hit.message) for hit in rule.find(TownshipCase(Library((folder,)), folder))]


def test_same_name_in_one_list() -> None:
    assert in_township(same_name, "做好统计工作", "开展普查", "做好统计 工作。", "做好统计⼯作") == [
        ("ex-0003", "与同一清单的 ex-0001 名称相同；请合并，或改名以示区别。"),
        ("ex-0004", "与同一清单的 ex-0001 名称相同；请合并，或改名以示区别。"),
    ]


def test_same_name_in_two_lists() -> None:
    names = ("reclaimed:做好统计工作", "做好统计工作", "supporting:做好统计工作", "做好统计工作")
    assert in_township(in_two_lists, *names) == [
        ("ex-0003", "ex-0002 已将同名事项列入基本履职事项清单；请只保留一处，或改名以示区别。"),
        ("ex-0001", "ex-0002 已将同名事项列入基本履职事项清单；请只保留一处，或改名以示区别。"),
    ]
    assert [at for at, _ in in_township(same_name, *names)] == ["ex-0004"]
    assert in_township(like_names, *names) == []


def test_empty_names_are_no_duplicates() -> None:
    for rule in (same_name, in_two_lists, like_names):
        assert in_township(rule, "", "。", "supporting: ") == []


ALIKE = [
    ("做好农村人居环境整治提升工作", "推进农村人居环境整治提升"),
    ("做好统计工作", "开展统计相关工作"),
    ("负责高标准农田工程设施管护", "负责高标准农田工程设施管护维修"),
    ("对食品小作坊违法生产经营的处罚", "对食品小作坊违法生产、经营行为的处罚"),
    ("基层工会组织建设", "加强基层工会组织建设"),
]
DIFFERENT = [
    ("加强基层工会组织建设，维护职工合法权益", "加强基层妇联组织建设，维护妇女儿童合法权益"),
    ("公开招录公务员、招聘事业单位工作人员", "从优秀村干部中招录公务员、招聘事业单位工作人员"),
    ("湿地保护工作", "饮用水源地保护工作"),
    ("安全生产监督检查", "农业机械安全监督检查"),
    ("通讯设施建设保护工作", "电力设施保护工作"),
    ("做好统计工作", "做好统战工作"),
    ("工作", "相关工作"),
]


@pytest.mark.parametrize("names", ALIKE)
def test_names_alike(names: tuple[str, str]) -> None:
    message = f"与 ex-0001“{names[0]}”名称相近；如是一件事，请合并。"
    assert in_township(like_names, *names) == [("ex-0002", message)]


@pytest.mark.parametrize("names", DIFFERENT)
def test_names_different(names: tuple[str, str]) -> None:
    assert in_township(like_names, *names) == []


@given(st.lists(st.frozensets(st.sampled_from("一二三四五六七八九"), max_size=7), max_size=12))
def test_rare_elements_miss_no_pair(sets: list[frozenset[str]]) -> None:
    pairs = [(one, other) for other in range(len(sets)) for one in range(other)]
    alike = [(a, b) for a, b in pairs if sets[a] and 10 * len(sets[a] & sets[b]) >= 4 * (len(sets[a]) + len(sets[b]))]
    assert list(like(sets)) == alike


def given_to(*sections: tuple[str | None, list[str]], field: str = "superior_responsibilities") -> Found:
    """The hits of OV003 for sections of (department, clauses), as (field path, message)."""
    library, _ = library_of(files())
    made = duty(kind="supporting", **{field: [{"department": name, "clauses": clauses} for name, clauses in sections]})
    record = Record("duties/示例镇/党的建设/ex-0001.toml", made)
    folder = library.townships[0]
    assert same_clause_for_two_departments.find
    found = same_clause_for_two_departments.find(DutyCase(library, folder, record))
    return [(f"{hit.spot.field}", hit.message) for hit in found]


def test_same_clause_for_two_departments() -> None:
    assert given_to(("市水利局", ["制定方案；", "组织检查。"]), ("市公安局", ["组织检查；", "上报。"])) == [
        (
            "('superior_responsibilities', 1, 'clauses', 0)",
            "这一条同时写给 市水利局、市公安局；请写明谁牵头、谁配合。",
        )
    ]


def test_a_section_without_department_continues_the_one_above() -> None:
    assert given_to(("市水利局", ["制定方案。"]), (None, ["组织检查。"]), ("市水利局", ["组织检查。"])) == []
    assert len(given_to(("市水利局", ["制定方案。"]), (None, ["组织检查。"]), ("市公安局", ["组织检查。"]))) == 1


def test_one_department_under_two_names() -> None:
    assert "水政监察大队" in DEPARTMENTS
    names = ("市水利局", "示例市水利局", "水政监察大队", "市水利局：")
    assert given_to(*((name, ["组织检查。"]) for name in names)) == []


def test_a_clause_that_belongs_to_nobody() -> None:
    assert given_to((None, ["组织检查。"]), ("市公安局", ["组织检查。"])) == []
    assert given_to(("市水利局", [""]), ("市公安局", [""])) == []


def test_clause_for_many_departments_is_one_finding() -> None:
    names = ("市水利局", "市公安局", "市教育局")
    assert [message for _, message in given_to(*((name, ["组织检查。"]) for name in names))] == [
        "这一条同时写给 市水利局、市公安局、市教育局；请写明谁牵头、谁配合。"
    ]
