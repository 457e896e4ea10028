"""Records as labelled lines: the labels are those of the fields' descriptions, and no field is left out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import build
from dutylist.model.base import Stored, key_of
from dutylist.model.canonical import fields_of
from dutylist.model.township import Ledger, Township
from dutylist.model.validation import descriptions, validate
from dutylist.model.vocabulary import Categories, Departments
from dutylist.report.described import LABELS, described


@pytest.mark.parametrize("record", LABELS, ids=lambda record: record.__name__)
def test_labels_are_those_of_the_descriptions(record: type[Stored]) -> None:
    assert {key_of(name): label for name, label in LABELS[record].items()} == {
        name: text.partition("：")[0] for name, text in descriptions(record).items()
    }


def sections(word: str) -> list[dict[str, Any]]:
    return [{"department": f"{word}局", "topic": f"{word}题", "text": f"{word}文", "clauses": [f"{word}；"]}]


def duty(kind: str, word: str, day: int) -> Stored:
    """A duty in which every field is filled."""
    waiver = {"code": word, "reason": word, "owner": word, "until": date(2025, 1, day), "fingerprint": word}
    lists = {
        "basic": {},
        "supporting": {
            "superior_departments": [f"{word}局"],
            "superior_responsibilities": sections(word),
            "township_responsibilities": sections(word),
        },
        "reclaimed": {"receiving_departments": [f"{word}局"], "takeover": sections(word)},
    }
    shared = {"id": f"ex-{day:04d}", "position": day, "name": word, "note": word, "waivers": [waiver]}
    return build.duty(kind=kind, basis=[{"title": word, "article": word}], **shared, **lists[kind])


def township(word: str, day: int) -> Stored:
    counted = {"duties": day, "categories": day, "departments": day}
    names = ("name", "county", "prefecture", "province", "title")
    values: dict[str, Any] = dict.fromkeys(names, word) | {
        "code": f"{day:09d}",
        "prefix": f"e{day}",
        "published": f"2025-{day:02d}",
        "preface": [{"heading": word, "paragraphs": [word]}],
        "declared": {"duties": day, "basic": counted, "supporting": counted, "reclaimed": counted},
        "waivers": [
            {"code": word, "reason": word, "owner": word, "until": date(2025, 1, day), "fingerprint": word},
        ],
    }
    return validate(Township, values)


def ledger(word: str, day: int) -> Stored:
    kind = "merge" if day == 1 else "split"
    event = {"kind": kind, "from": [f"ex-{day:04d}"], "into": [f"ex-{day:04d}"], "reason": word, "leg": word}
    return validate(Ledger, {"next": day, "last": word, "events": [event]})


def departments(word: str) -> Stored:
    entry = {"name": word, "short": [word], "units": [word], "wrong": [word]}
    return validate(Departments, {"departments": [entry]})


# Two of each record, filled in full and different in every field.
TWINS: dict[str, tuple[Stored, Stored]] = {
    **{kind: (duty(kind, "甲", 1), duty(kind, "乙", 2)) for kind in ("basic", "supporting", "reclaimed")},
    "township": (township("甲", 1), township("乙", 2)),
    "ledger": (ledger("甲", 1), ledger("乙", 2)),
    "categories": (Categories(categories=("甲",)), Categories(categories=("乙",))),
    "departments": (departments("甲"), departments("乙")),
}


def variants(one: Any, other: Any) -> Iterator[Any]:
    """The record with each of its fields, however deep, once as in the other one and once without."""
    for name in fields_of(type(one)):
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, Stored):
            yield from (replace(one, **{name: part}) for part in variants(mine, theirs))
        elif isinstance(mine, tuple) and isinstance(mine[0], Stored):
            yield from (replace(one, **{name: (part,)}) for part in variants(mine[0], theirs[0]))
            yield from (replace(one, **{name: some}) for some in ((), mine * 2))
        elif name != "kind" or type(one).__name__ == "Event":
            yield from (replace(one, **{name: value}) for value in (theirs, () if isinstance(mine, tuple) else None))


@pytest.mark.parametrize(("one", "other"), TWINS.values(), ids=TWINS)
def test_no_field_is_left_out(one: Stored, other: Stored) -> None:
    every = [one, *variants(one, other)]
    texts = {described(record): record for record in every}
    assert len(texts) == len(every)


def test_sections_say_whose_they_are() -> None:
    parts = [
        {"text": "总则。"},
        {"department": "市水利局", "clauses": ["甲；", "乙。"]},
        {"topic": "灌溉", "text": "一段。\n二段。"},
        {"department": "市公安局", "topic": "治安", "clauses": ["丙\n丁\u202e。"]},
    ]
    told = described(build.duty(kind="supporting", superior_responsibilities=parts))
    assert told.partition("示例市水利局\n")[2] == (
        "上级部门职责\n  总则。\n"
        "上级部门职责 · 市水利局\n  · 甲；\n  · 乙。\n"
        "上级部门职责 · 市水利局（续） · 小标题 灌溉\n  一段。\n  二段。\n"
        "上级部门职责 · 市公安局 · 小标题 治安\n  · 丙⏎丁⟨U+202E⟩。\n"
        "乡镇（街道）配合职责\n  做好宣传工作。\n"
    )


def test_another_clause_is_one_line_more() -> None:
    def lines(*clauses: str) -> list[str]:
        section = {"department": "市水利局", "clauses": list(clauses)}
        return described(build.duty(kind="supporting", superior_responsibilities=[section])).splitlines()

    before, after = lines("甲；", "丙。"), lines("甲；", "乙；", "丙。")
    assert [line for line in after if line not in before] == ["  · 乙；"]
    assert [line for line in before if line not in after] == []
