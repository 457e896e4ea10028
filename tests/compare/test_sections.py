"""Sections, clauses, departments and laws of one duty: each difference is told once, as what it is."""

from typing import Any

import pytest

import build
from dutylist.compare.fields import duty_steps
from dutylist.compare.names import Names
from dutylist.compare.step import Step
from dutylist.model.finding import field_name
from dutylist.model.vocabulary import Department, Departments

WATER, POLICE, MONEY = "示例市水利局", "示例市公安局", "示例市财政局"
NAMES = Names(
    Departments(departments=(Department(name=WATER, short=("市水利局",)), Department(name=POLICE, short=("公安局",)))),
    Departments(departments=(Department(name=WATER, short=("水利局",)), Department(name=MONEY))),
)
A, B, C, D = "组织开展防汛巡查；", "收缴农业用水水费；", "宣传节约用水知识；", "建立物资储备台账。"
SUPERIOR, TOWN = "superior_responsibilities", "township_responsibilities"


def told(before: Any, after: Any) -> list[str]:
    """Every step on a line: kind, weight, and the field on both sides."""
    return [line(step) for step in duty_steps(build.duty(**before), build.duty(**after), NAMES)]


def line(step: Step) -> str:
    places = (field_name(at) if at is not None else "-" for at in (step.at_before, step.at_after))
    return " ".join((step.kind, step.weight or step.kind.facts.weight, *places)).rstrip()


def sections(*some: dict[str, Any], field: str = SUPERIOR) -> dict[str, Any]:
    return {"kind": "supporting", field: list(some)}


def water(*clauses: str, **changes: Any) -> dict[str, Any]:
    return {"department": "市水利局", "clauses": list(clauses)} | changes


def police(*clauses: str, **changes: Any) -> dict[str, Any]:
    return {"department": "公安局", "clauses": list(clauses)} | changes


SECTIONS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "the same": (sections(water(A, B)), sections(water(A, B)), []),
    "another short name": (
        sections(water(A)),
        sections(water(A, department="水利局")),
        [f"department-respelt wording {SUPERIOR}[0].department {SUPERIOR}[0].department"],
    ),
    "another department says the same": (
        sections(water(A, B)),
        sections(police(A, B)),
        [
            f"clause-moved substantive {SUPERIOR}[0].clauses[0] {SUPERIOR}[0].clauses[0]",
            f"clause-moved substantive {SUPERIOR}[0].clauses[1] {SUPERIOR}[0].clauses[1]",
            f"section-removed substantive {SUPERIOR}[0] -",
            f"section-added substantive - {SUPERIOR}[0]",
        ],
    ),
    "a department written above": (
        sections({"clauses": [A, B]}),
        sections(water(A, B)),
        [f"text-revised substantive {SUPERIOR}[0].department {SUPERIOR}[0].department"],
    ),
    "another topic of the same department": (
        sections(water(A, B, topic="产地检疫")),
        sections(water(A, B, topic="调运检疫")),
        [f"text-revised substantive {SUPERIOR}[0].topic {SUPERIOR}[0].topic"],
    ),
    "a topic respaced": (
        sections(water(A, topic="产地检疫")),
        sections(water(A, topic="产地 检疫")),
        [f"layout layout {SUPERIOR}[0].topic {SUPERIOR}[0].topic"],
    ),
    "two sections of one department, told apart by topic": (
        sections(water(A, topic="甲"), water(B, topic="乙")),
        sections(water(A, topic="甲"), water(B, C, topic="乙")),
        [f"clause-added substantive - {SUPERIOR}[1].clauses[1]"],
    ),
    "two sections without headings": (
        sections({"clauses": [A]}, {"clauses": [B]}),
        sections({"clauses": [A]}, {"clauses": [B]}, {"clauses": [C]}),
        [f"section-added substantive - {SUPERIOR}[2]"],
    ),
    "a section split in two": (
        sections(water(A, B, C)),
        sections(water(A, B), police(C)),
        [
            f"clause-moved substantive {SUPERIOR}[0].clauses[2] {SUPERIOR}[1].clauses[0]",
            f"section-added substantive - {SUPERIOR}[1]",
        ],
    ),
    "a section put first": (
        sections(water(A, B, C), police(D)),
        sections(police(D), water(A, B, C)),
        [f"section-moved wording {SUPERIOR}[1] {SUPERIOR}[0]"],
    ),
    "a text becomes clauses": (
        sections(water(text="负责供水。")),
        sections(water(A, B)),
        [
            f"text-revised substantive {SUPERIOR}[0].text -",
            f"clause-added substantive - {SUPERIOR}[0].clauses[0]",
            f"clause-added substantive - {SUPERIOR}[0].clauses[1]",
        ],
    ),
    "a text becomes a numbered clause": (
        sections(water(text=A)),
        sections(water(A)),
        [f"clause-moved wording {SUPERIOR}[0].text {SUPERIOR}[0].clauses[0]"],
    ),
    "a text unlike the old one": (
        sections(water(text="负责供水。")),
        sections(water(text="依法查处违建。")),
        [f"text-revised substantive {SUPERIOR}[0].text {SUPERIOR}[0].text"],
    ),
    "revised and moved": (
        sections(water(A, B, C)),
        sections(water(B, C, A.replace("；", "。"))),
        [
            f"clause-moved wording {SUPERIOR}[0].clauses[0] {SUPERIOR}[0].clauses[2]",
            f"clause-revised wording {SUPERIOR}[0].clauses[0] {SUPERIOR}[0].clauses[2]",
        ],
    ),
    "to the township": (
        {"kind": "supporting", SUPERIOR: [water(A, B)], TOWN: [{"clauses": [C]}]},
        {"kind": "supporting", SUPERIOR: [water(A)], TOWN: [{"clauses": [C, B]}]},
        [f"clause-moved substantive {SUPERIOR}[0].clauses[1] {TOWN}[0].clauses[1]"],
    ),
    "one clause, twice, once gone": (
        sections(water(A, A)),
        sections(water(A)),
        [f"clause-removed substantive {SUPERIOR}[0].clauses[1] -"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), SECTIONS.values(), ids=SECTIONS)
def test_sections(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert told(before, after) == expected


def departments(*names: str) -> dict[str, Any]:
    return {"kind": "supporting", "superior_departments": list(names)}


FIELD = "superior_departments"
DEPARTMENTS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "swapped": (
        departments(WATER, POLICE),
        departments(POLICE, WATER),
        [f"department-reordered wording {FIELD} {FIELD}"],
    ),
    "replaced": (
        departments(WATER, POLICE),
        departments(WATER, MONEY),
        [
            f"department-left substantive {FIELD}[1] -",
            f"department-joined substantive - {FIELD}[1]",
        ],
    ),
    "put between": (
        departments(WATER, POLICE),
        departments(WATER, MONEY, POLICE),
        [f"department-joined substantive - {FIELD}[1]"],
    ),
    "respelt as only one side knows": (
        departments("市水利局"),
        departments("水利局"),
        [f"department-respelt wording {FIELD}[0] {FIELD}[0]"],
    ),
    "respelt and swapped": (
        departments("市水利局", POLICE),
        departments(POLICE, "水利局"),
        [
            f"department-respelt wording {FIELD}[0] {FIELD}[1]",
            f"department-reordered wording {FIELD} {FIELD}",
        ],
    ),
    "half-width brackets": (
        departments("示例市林业局（工作站）"),
        departments("示例市林业局(工作站)"),
        [f"layout layout {FIELD}[0] {FIELD}[0]"],
    ),
    "twice, once gone": (
        departments(WATER, WATER),
        departments(WATER),
        [f"department-left substantive {FIELD}[1] -"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), DEPARTMENTS.values(), ids=DEPARTMENTS)
def test_departments(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert told(before, after) == expected


def laws(*some: tuple[str, str | None]) -> dict[str, Any]:
    return {"basis": [{"title": title} | ({"article": article} if article else {}) for title, article in some]}


LAWS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "another article": (
        laws(("《水法》", "第三条")),
        laws(("《水法》", "第四条")),
        ["basis-revised substantive basis[0] basis[0]"],
    ),
    "one article more": (
        laws(("《水法》", "第三条")),
        laws(("《水法》", "第三条"), ("《水法》", "第四条")),
        ["basis-added substantive - basis[1]"],
    ),
    "another law": (
        laws(("《水法》", None)),
        laws(("《防洪法》", None)),
        ["basis-removed substantive basis[0] -", "basis-added substantive - basis[0]"],
    ),
    "another order": (
        laws(("《水法》", None), ("《防洪法》", None)),
        laws(("《防洪法》", None), ("《水法》", None)),
        ["basis-revised wording basis basis"],
    ),
    "an article respaced": (
        laws(("《水法》", "第三条")),
        laws(("《水法》", "第 三 条")),
        ["layout layout basis[0] basis[0]"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), LAWS.values(), ids=LAWS)
def test_laws(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert told(before, after) == expected


OTHERS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "renamed": ({"name": "做好统计工作"}, {"name": "做好普查工作"}, ["renamed substantive name name"]),
    "a synonym": ({"name": "防汛和抗旱"}, {"name": "防汛与抗旱"}, ["renamed wording name name"]),
    "respaced": ({"name": "做好统计工作"}, {"name": "做好 统计工作"}, ["layout layout name name"]),
    "a note": ({}, {"note": "待核"}, ["annotation-revised wording note note"]),
    "a waiver": (
        {},
        {"waivers": [{"code": "TX001", "reason": "原文如此"}]},
        ["annotation-revised wording waivers waivers"],
    ),
    "another list tells its own fields once": (
        departments(WATER) | {"note": "一"},
        {"kind": "reclaimed", "note": "二", "name": "做好普查工作"},
        [
            "reclassified substantive kind kind",
            "renamed substantive name name",
            "annotation-revised wording note note",
        ],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), OTHERS.values(), ids=OTHERS)
def test_other_fields(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    assert told(before, after) == expected
