"""RF: known words; each rule in both directions."""

from typing import Any

import pytest

from build import CATEGORIES, DEPARTMENTS, DUTY_PATH, TOWNSHIP_PATH, duty_text
from dutylist.check.reference import RULES
from rulecases import Case, Changes, Found, ids, one_sided, supporting, township, verify

DEPARTMENTS_PATH = "schema/vocabulary/departments.toml"
BOTH = ["示例市水利局", "示例市公安局"]
WATER, POLICE = {"department": "市水利局", "text": "负责甲。"}, {"department": "市公安局", "text": "负责乙。"}


def reclaimed(**changes: Any) -> str:
    return duty_text(kind="reclaimed", **changes)


def parts(*sections: dict[str, Any], **changes: Any) -> dict[str, str]:
    """A supporting duty with these sections of the superiors."""
    return {DUTY_PATH: supporting(superior_responsibilities=list(sections), **changes)}


CASES: list[Case] = [
    (
        "RF001",
        {
            "duties/示例镇/党建/ex-0002.toml": duty_text(id="ex-0002", name="征兵"),
            "duties/示例镇/党建/ex-0003.toml": duty_text(id="ex-0003", position=20, name="优抚"),
        },
        [("duties/示例镇/党建/ex-0002.toml", "", "党建 不在词表中（2 项事项）；是不是 党的建设？")],
    ),
    ("RF001", {"schema/vocabulary/categories.toml": 'categories = "'}, []),
    (
        "RF001",
        {"schema/vocabulary/categories.toml": CATEGORIES.replace("党的建设", "党的建设 ")},
        [(DUTY_PATH, "", "是不是 党的建设 ？")],
    ),
    (
        "RF002",
        parts({"department": "市水务局", "text": "甲。"}, superior_departments=["示例市水务局"]),
        [
            (DUTY_PATH, "superior_departments[0]", "示例市水务局 不在词表中；是不是 "),
            (DUTY_PATH, "superior_responsibilities[0].department", "市水务局"),
        ],
    ),
    (
        "RF002",
        {DUTY_PATH: reclaimed(receiving_departments=["海关"], takeover=[{"text": "甲。"}])},
        [(DUTY_PATH, "receiving_departments[0]", "请改正，或加入 schema/vocabulary。")],
    ),
    (
        "RF002",
        parts(
            WATER,
            {"department": "水利局（水政监察大队）", "text": "乙。"},
            superior_departments=["示例市水利局(水政监察大队)"],
        ),
        [],
    ),
    ("RF002", {**parts({"department": "海关", "text": "甲。"}), DEPARTMENTS_PATH: 'departments = "'}, []),
    (
        "RF003",
        parts(
            {"department": "示例市水力局", "text": "甲。"},
            {"department": "市水利局", "text": "乙。"},
            superior_departments=["市水利局", "水政监察大队", "公安局"],
        ),
        [
            (DUTY_PATH, "superior_departments[0]", "不是全称，应为 示例市水利局。"),
            (DUTY_PATH, "superior_departments[1]", "应为 示例市水利局（水政监察大队）。"),
            (DUTY_PATH, "superior_departments[2]", "应为 示例市公安局。"),
            (DUTY_PATH, "superior_responsibilities[0].department", "写法有误，应为 示例市水利局。"),
        ],
    ),
    (
        "RF003",
        parts({"department": "水政监察大队", "text": "甲。"}, superior_departments=["示例市水利局（水政监察大队）"]),
        [],
    ),
    ("RF004", parts(WATER, superior_departments=BOTH), [(DUTY_PATH, "superior_departments[1]", "示例市公安局")]),
    (
        "RF004",
        {DUTY_PATH: reclaimed(receiving_departments=BOTH, takeover=[POLICE])},
        [(DUTY_PATH, "receiving_departments[0]", "示例市水利局")],
    ),
    ("RF004", parts({"text": "负责甲。"}, superior_departments=BOTH), []),
    ("RF004", parts(POLICE, {"topic": "水政监察大队", "text": "负责甲。"}, superior_departments=BOTH), []),
    (
        "RF004",
        parts({"text": "负责甲。"}, superior_departments=BOTH, township_responsibilities=[WATER]),
        [],
    ),
    (
        "RF005",
        parts(WATER, POLICE, superior_departments=["示例市水利局"]),
        [(DUTY_PATH, "superior_responsibilities[1].department", "市公安局（示例市公安局）")],
    ),
    (
        "RF005",
        {DUTY_PATH: reclaimed(receiving_departments=["示例市公安局"])},
        [(DUTY_PATH, "takeover[0].department", "示例市水利局 有职责")],
    ),
    ("RF005", parts(WATER, superior_departments=["水政监察大队"]), []),
    ("RF005", parts(WATER, {"department": "海关", "text": "乙。"}), []),
    ("RF005", parts(WATER, township_responsibilities=[POLICE]), []),
    (
        "RF006",
        parts({"topic": "水利局", "text": "甲。"}),
        [(DUTY_PATH, "superior_responsibilities[0].topic", "像是部门")],
    ),
    (
        "RF006",
        parts({"text": "甲。"}, township_responsibilities=[{"topic": "某某市文物局", "text": "乙。"}]),
        [(DUTY_PATH, "township_responsibilities[0].topic", "某某市文物局")],
    ),
    ("RF006", parts(WATER, {"topic": "水政监察大队", "text": "乙。"}, {"topic": "安全监管", "text": "丙。"}), []),
    ("RF007", {DUTY_PATH: duty_text(name="资料报送县水利局")}, [(DUTY_PATH, "name", "县水利局 应为 市水利局")]),
    (
        "RF007",
        township("县委、县政府同意。"),
        [
            (TOWNSHIP_PATH, "preface[0].paragraphs[0]", "县委 应为 市委"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[0]", "县政府 应为 市政府"),
        ],
    ),
    (
        "RF007",
        {
            **township(county="示例县", title="示例县示例镇履职事项清单"),
            DUTY_PATH: duty_text(name="资料报送市水利局"),
            DEPARTMENTS_PATH: DEPARTMENTS.replace("市水利局", "县水利局"),
        },
        [(DUTY_PATH, "name", "市水利局 应为 县水利局")],
    ),
    (
        "RF007",
        {
            **township(county="示例县", prefecture="示例市", title="示例县示例镇履职事项清单"),
            DUTY_PATH: duty_text(name="资料报送市水利局"),
            DEPARTMENTS_PATH: DEPARTMENTS.replace("市水利局", "县水利局"),
        },
        [],
    ),
    ("RF007", {DUTY_PATH: duty_text(name="与邻县水利局、乌恰县水利局联合执法")}, []),
    (
        "RF007",
        {DUTY_PATH: duty_text(name="普查各县人口"), **township(county="示例区", title="示例区示例镇履职事项清单")},
        [],
    ),
    (
        "RF008",
        parts(WATER, superior_departments=["示例市水利局", "示例市公安局", "市水利局", "水政监察大队"]),
        [
            (DUTY_PATH, "superior_departments[2]", "与前面的 示例市水利局 是同一部门"),
            (DUTY_PATH, "superior_departments[3]", "与前面的 示例市水利局 是同一部门"),
        ],
    ),
    ("RF008", parts(WATER, POLICE, superior_departments=BOTH), []),
    (
        "RF009",
        {DEPARTMENTS_PATH: DEPARTMENTS + '\n[[departments]]\nname = "示例市河道局"\nwrong = [\n  "市公安局",\n]\n'},
        [(DEPARTMENTS_PATH, "departments[2]", "市公安局 已经属于 示例市公安局")],
    ),
    (
        "RF009",
        {DEPARTMENTS_PATH: DEPARTMENTS.replace('"公安局"', '"示例市水利局"')},
        [(DEPARTMENTS_PATH, "departments[1]", "示例市水利局 已经属于 示例市水利局，又写在 示例市公安局 名下")],
    ),
    ("RF009", {DEPARTMENTS_PATH: DEPARTMENTS.replace('"水政监察大队"', '"水利局"')}, []),
]


@pytest.mark.parametrize(("code", "changes", "expected"), CASES, ids=ids(CASES))
def test_rule(code: str, changes: Changes, expected: Found) -> None:
    verify(code, changes, expected)


def test_every_rule_is_told_in_both_directions() -> None:
    assert one_sided(RULES, CASES) == set()
