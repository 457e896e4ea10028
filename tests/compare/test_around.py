"""What differs beside the duties: preface, totals, the township, its ledger, the vocabularies."""

from dataclasses import replace
from typing import Any

import pytest

from dutylist.compare.around import ledger_steps, township_steps, vocabulary_steps
from dutylist.compare.step import Step
from dutylist.model.township import Event, EventKind, Ledger, Township
from dutylist.model.validation import validate
from dutylist.model.vocabulary import Categories, Department, Departments

Told = list[tuple[str, str | None, str | None]]


def said(steps: Any) -> Told:
    return [(step.kind.value, step.before, step.after) for step in steps]


def township(**changes: Any) -> Township:
    return validate(Township, {**TOWNSHIP, **changes})


TOWNSHIP: dict[str, Any] = {
    "name": "示例镇",
    "code": "123456789",
    "prefix": "ex",
    "county": "示例市",
    "province": "示例省",
    "title": "清单",
    "preface": [
        {"heading": "一、概况", "paragraphs": ["辖15个村。", "共有履职事项3项。"]},
        {"heading": "二、内容", "paragraphs": ["按规定履行职责。"]},
    ],
    "declared": {"duties": 3, "basic": {"duties": 1}, "supporting": {"duties": 2}, "reclaimed": {"duties": 0}},
}


def preface(first: list[str], second: list[str], heading: str = "二、内容") -> dict[str, Any]:
    return {"preface": [{"heading": "一、概况", "paragraphs": first}, {"heading": heading, "paragraphs": second}]}


VILLAGES, DUTIES, RULES = "辖15个村。", "共有履职事项3项。", "按规定履行职责。"
TOWNSHIPS: dict[str, tuple[dict[str, Any], Told]] = {
    "nothing": ({}, []),
    "a paragraph": (
        preface([VILLAGES, "共有履职事项4项。"], [RULES]),
        [("preface-revised", DUTIES, "共有履职事项4项。")],
    ),
    "a paragraph added": (
        preface([VILLAGES, DUTIES, "本清单自七月起施行。"], [RULES]),
        [("preface-revised", None, "本清单自七月起施行。")],
    ),
    "a paragraph removed": (preface([VILLAGES], [RULES]), [("preface-revised", DUTIES, None)]),
    "a paragraph moved": (
        preface([VILLAGES], [DUTIES, RULES]),
        [("preface-revised", DUTIES, DUTIES)],
    ),
    "a heading": (
        preface([VILLAGES, DUTIES], [RULES], "二、清单内容"),
        [("preface-revised", "二、内容", "二、清单内容")],
    ),
    "a paragraph respaced": (
        preface(["辖 15 个村。", DUTIES], [RULES]),
        [("layout", VILLAGES, "辖 15 个村。")],
    ),
    "totals": (
        {"declared": TOWNSHIP["declared"] | {"duties": 4, "supporting": {"duties": 3, "departments": 5}}},
        [("declared-revised", "合计 3 项；配合 2 项、未写 个部门", "合计 4 项；配合 3 项、5 个部门")],
    ),
    "who it is": ({"county": "示例县"}, [("township-revised", "示例市", "示例县")]),
    "published": ({"published": "2025-07"}, [("township-revised", None, "2025-07")]),
    "a waiver": (
        {"waivers": [{"code": "TO003", "reason": "原文如此", "fingerprint": "f"}]},
        [("township-revised", None, "TO003；原文如此；f")],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), TOWNSHIPS.values(), ids=TOWNSHIPS)
def test_township(changes: dict[str, Any], expected: Told) -> None:
    assert said(township_steps(township(), township(**changes))) == expected
    backwards = [(kind, after, before) for kind, before, after in expected]
    assert said(township_steps(township(**changes), township())) == backwards


def test_a_township_that_comes_or_goes() -> None:
    assert said(township_steps(None, township())) == [("township-revised", None, "清单")]
    assert said(township_steps(township(), None)) == [("township-revised", "清单", None)]
    assert said(township_steps(None, None)) == []


def test_the_order_of_waivers_says_nothing() -> None:
    waivers = [{"code": code, "reason": "原文如此", "fingerprint": "f"} for code in ("TO003", "TO004")]
    assert said(township_steps(township(waivers=waivers), township(waivers=waivers[::-1]))) == []


MERGE = Event(kind=EventKind.MERGE, origin=("ex-0001", "ex-0002"), into=("ex-0002",), reason="相近", leg="2025/2-down")
RETIRE = Event(kind=EventKind.RETIRE, origin=("ex-0003",), into=(), reason="划转", leg=None)
BOOK = Ledger(next=4, last="ex-0003 宣传", events=(MERGE,))
MERGED = "合并 ex-0001、ex-0002 → ex-0002：相近（2025/2-down）"


def ledger(old: Ledger | None, new: Ledger | None, *, told: bool = False, grows: bool = False) -> Told:
    return said(ledger_steps(old, new, lambda _: told, grows))


def test_ledger() -> None:
    more = replace(BOOK, next=5, last="ex-0004 新的", events=(MERGE, RETIRE))
    kind = "township-revised"
    numbers = [(kind, "4", "5"), (kind, "ex-0003 宣传", "ex-0004 新的")]
    assert ledger(BOOK, BOOK) == []
    assert ledger(BOOK, more) == [*numbers, (kind, None, "废止 ex-0003：划转")]
    assert ledger(BOOK, more, told=True) == numbers
    assert ledger(BOOK, more, told=True, grows=True) == []
    # An event whose reason alone is another is one change, not one that went and one that came.
    other = replace(BOOK, events=(replace(MERGE, reason="同属供水"),))
    assert ledger(BOOK, other) == [(kind, MERGED, MERGED.replace("相近", "同属供水"))]
    assert ledger(None, BOOK) == [(kind, None, "4"), (kind, None, "ex-0003 宣传"), (kind, None, MERGED)]


def words(*some: Department) -> Departments:
    return Departments(departments=some)


WATER, POLICE = Department(name="水利局", short=("水利",)), Department(name="公安局")


def test_vocabularies() -> None:
    def told(old: Categories | Departments | None, new: Categories | Departments | None) -> list[Any]:
        return [(step.before, step.after) for step in steps(old, new)]

    def steps(old: Categories | Departments | None, new: Categories | Departments | None) -> list[Step]:
        return list(vocabulary_steps(old, new))

    some, turned = Categories(categories=("甲", "乙", "丙")), Categories(categories=("乙", "甲", "丙"))
    assert told(some, some) == []
    assert told(some, turned) == [("甲、乙、丙", "乙、甲、丙")]
    assert told(some, Categories(categories=("甲", "丙", "丁"))) == [("乙", None), (None, "丁")]
    assert told(None, Categories(categories=("甲",))) == [(None, "甲")]
    longer = Department(name="水利局", short=("水利", "水务"))
    assert told(words(WATER), words(longer, POLICE)) == [("水利局；水利", "水利局；水利、水务"), (None, "公安局")]
    assert told(words(WATER), None) == [("水利局；水利", None)]
    assert {step.at_after for step in steps(words(WATER), words(POLICE))} == {("departments",)}
