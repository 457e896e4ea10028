"""TO: double entry; each rule in both directions."""

import pytest

from build import DUTY_PATH, TOWNSHIP_PATH, duty_text
from dutylist.check.totals import RULES
from dutylist.store.snapshot import Link
from rulecases import (
    ECONOMY,
    NONE,
    ONE,
    SECOND,
    Case,
    Changes,
    Found,
    declared,
    ids,
    ledger,
    one_sided,
    supporting,
    township,
    verify,
)

SECOND_DUTY = {SECOND: duty_text(id="ex-0002", position=20, name="征兵")}

CASES: list[Case] = [
    (
        "TO001",
        {
            **SECOND_DUTY,
            ECONOMY.replace("0002", "0003"): duty_text(kind="reclaimed", id="ex-0003"),
            **township(declared=declared(ONE, ONE, {"duties": 2})),
        },
        [
            (TOWNSHIP_PATH, "declared.basic.duties", "所报事项数是 1 项，实际是 2 项"),
            (TOWNSHIP_PATH, "declared.supporting.duties", "所报事项数是 1 项，实际是 0 项"),
            (TOWNSHIP_PATH, "declared.reclaimed.duties", "所报事项数是 2 项，实际是 1 项"),
        ],
    ),
    ("TO001", {SECOND: 'name = "', **township(declared=declared(NONE, NONE, NONE)), **ledger(3)}, []),
    (
        "TO001",
        {SECOND: Link("ex-0001.toml"), **township(declared=declared({"duties": 2}, NONE, NONE)), **ledger(3)},
        [],
    ),
    ("TO001", {**SECOND_DUTY, **township(declared=declared({"duties": 2}, NONE, NONE))}, []),
    (
        "TO002",
        township(declared=declared(ONE, ONE, ONE) | {"duties": 4}),
        [(TOWNSHIP_PATH, "declared.duties", "1 + 1 + 1 = 3")],
    ),
    ("TO002", township(declared=declared({"duties": 9}, ONE, ONE)), []),
    (
        "TO003",
        {
            ECONOMY: supporting("ex-0002"),
            **township(declared=declared(ONE | {"categories": 2}, ONE | {"categories": 0}, NONE)),
        },
        [
            (TOWNSHIP_PATH, "declared.basic.categories", "所报类别数是 2 个，实际是 1 个"),
            (TOWNSHIP_PATH, "declared.supporting.categories", "所报类别数是 0 个，实际是 1 个"),
        ],
    ),
    ("TO003", {ECONOMY: supporting("ex-0002"), **township(declared=declared(ONE | {"categories": 1}, ONE, NONE))}, []),
    (
        "TO004",
        {
            DUTY_PATH: supporting(),
            **township(declared=declared(NONE, ONE | {"departments": 2}, NONE | {"departments": 1})),
        },
        [
            (TOWNSHIP_PATH, "declared.supporting.departments", "是 2 个，实际是 1 个（同一部门的不同写法只计一次）"),
            (TOWNSHIP_PATH, "declared.reclaimed.departments", "是 1 个，实际是 0 个"),
        ],
    ),
    (
        # Five spellings of one department, and one that nobody knows.
        "TO004",
        {
            DUTY_PATH: supporting(
                superior_departments=[
                    "示例市水利局",
                    "市水利局",
                    "示例市水力局",
                    "水政监察大队",
                    "水利局(水政监察大队)",
                    "示例市某局",
                ]
            ),
            **township(declared=declared(NONE, ONE | {"departments": 2}, NONE)),
        },
        [],
    ),
    ("TO005", township("共有履职事项 2 项。"), [(TOWNSHIP_PATH, "preface[0].paragraphs[0]", "是 2 项，所报是 1 项")]),
    (
        "TO005",
        township(
            "做好工作。",
            "基本履职事项清单涉及9个类别，共有基本履职事项8项。配合履职事项清单涉及7个部门。",
            declared=declared(ONE | {"categories": 1}, NONE | {"departments": 0}, NONE),
        ),
        [
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "类别数是 9 个，所报是 1 个"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "事项数是 8 项，所报是 1 项"),
            (TOWNSHIP_PATH, "preface[0].paragraphs[1]", "部门（单位）数是 7 个，所报是 0 个"),
        ],
    ),
    ("TO005", township("共有履职事项1项，其中基本履职事项 1 项。"), []),
    ("TO005", township("基本履职事项清单涉及9个类别。"), []),
    ("TO005", township("全镇有9个部门，走访9项。"), []),
    (
        "TO006",
        {
            ECONOMY: duty_text(id="ex-0002", name="征兵"),
            **township("基本履职事项清单主要包括党的建设、民生服务，共有基本履职事项2项。"),
        },
        [(TOWNSHIP_PATH, "preface[0].paragraphs[0]", "多列：民生服务；漏列：经济发展")],
    ),
    (
        "TO006",
        {
            ECONOMY: duty_text(id="ex-0002", name="征兵"),
            **township("基本履职事项清单主要包括经济发展、党的建设，共有基本履职事项2项。"),
        },
        [],
    ),
    (
        "TO006",
        {SECOND: 'name = "', **township("基本履职事项清单主要包括经济发展，共有基本履职事项2项。"), **ledger(3)},
        [],
    ),
]


@pytest.mark.parametrize(("code", "changes", "expected"), CASES, ids=ids(CASES))
def test_rule(code: str, changes: Changes, expected: Found) -> None:
    verify(code, changes, expected)


def test_every_rule_is_told_in_both_directions() -> None:
    assert one_sided(RULES, CASES) == set()
