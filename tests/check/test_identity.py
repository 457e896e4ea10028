"""ID: one duty, one file, one id; each rule in both directions."""

import pytest

from build import DEPARTMENTS, DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from dutylist.check.identity import RULES
from rulecases import (
    ECONOMY,
    HOME,
    NEIGHBOUR,
    OTHER,
    SECOND,
    Case,
    Changes,
    Found,
    ids,
    one_sided,
    supporting,
    verify,
)

CASES: list[Case] = [
    ("ID001", {TOWNSHIP_PATH: township_text() + "\n"}, [(TOWNSHIP_PATH, "", "fmt")]),
    ("ID001", {LEDGER_PATH: "next=2\n"}, [(LEDGER_PATH, "", "fmt")]),
    (
        "ID001",
        {"schema/vocabulary/departments.toml": DEPARTMENTS.rstrip("\n")},
        [("schema/vocabulary/departments.toml", "", "fmt")],
    ),
    ("ID001", {DUTY_PATH: duty_text().replace("\n", "\r\n")}, []),
    ("ID001", {DUTY_PATH: "\ufeff" + duty_text()}, []),
    ("ID001", {DUTY_PATH: "name = 1"}, []),
    (
        "ID002",
        {ECONOMY: duty_text(), f"{OTHER}/党的建设/ex-0001.toml": duty_text(), **NEIGHBOUR},
        [(DUTY_PATH, "id", "已经用于 duties/另一镇"), (ECONOMY, "id", "已经用于 duties/另一镇")],
    ),
    ("ID002", {f"{OTHER}/党的建设/ot-0001.toml": duty_text(id="ot-0001"), **NEIGHBOUR}, []),
    (
        "ID003",
        {f"{HOME}/ex-0001 .toml": duty_text(), DUTY_PATH: None},
        [(f"{HOME}/ex-0001 .toml", "id", "ex-0001 .toml")],
    ),
    (
        "ID003",
        {f"{HOME}/EX-0001.toml": duty_text(), DUTY_PATH: None},
        [(f"{HOME}/EX-0001.toml", "id", "改名为 ex-0001.toml")],
    ),
    ("ID003", {"duties/示例镇/经济发展/ex-0001.toml": duty_text(), DUTY_PATH: None}, []),
    (
        "ID004",
        {f"{HOME}/exx-0002.toml": duty_text(id="exx-0002", position=20)},
        [(f"{HOME}/exx-0002.toml", "id", "exx")],
    ),
    ("ID004", {f"{HOME}/ot-0002.toml": duty_text(id="ot-0002", position=20), TOWNSHIP_PATH: 'name = "'}, []),
    (
        "ID008",
        {
            f"{OTHER}/township.toml": township_text(name="另一镇"),
            "duties/又一镇/township.toml": township_text(name="又一镇"),
        },
        [
            (f"{OTHER}/township.toml", "prefix", "由示例镇使用；请为另一镇"),
            ("duties/又一镇/township.toml", "prefix", "由示例镇使用；请为又一镇"),
        ],
    ),
    ("ID008", NEIGHBOUR, []),
    ("ID009", {SECOND: duty_text(id="ex-0002", name="征兵")}, [(SECOND, "position", "--after ex-0001")]),
    (
        "ID009",
        {SECOND: duty_text(id="ex-0002", name="征兵"), f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", name="优抚")},
        [(SECOND, "position", "10"), (f"{HOME}/ex-0003.toml", "position", "10")],
    ),
    ("ID009", {SECOND: supporting("ex-0002")}, []),
    ("ID009", {ECONOMY: duty_text(id="ex-0002", name="征兵")}, []),
    ("ID009", {f"{OTHER}/党的建设/ot-0001.toml": duty_text(id="ot-0001"), **NEIGHBOUR}, []),
    ("ID014", {TOWNSHIP_PATH: township_text(name="示例镇 ")}, [(TOWNSHIP_PATH, "name", "请改成一致")]),
    ("ID014", NEIGHBOUR, []),
]


@pytest.mark.parametrize(("code", "changes", "expected"), CASES, ids=ids(CASES))
def test_rule(code: str, changes: Changes, expected: Found) -> None:
    verify(code, changes, expected)


def test_every_rule_is_told_in_both_directions() -> None:
    assert one_sided(RULES, CASES) == set()
