"""A record as labelled lines that git can compare: one statement a line, no numbers that an insertion would shift."""

from collections.abc import Iterable, Iterator
from typing import Any

from dutylist.model.base import Stored
from dutylist.model.canonical import fields_of
from dutylist.model.duty import SECTION_FIELDS, BasicDuty, Basis, Kind, ReclaimedDuty, Section, SupportingDuty, Waiver
from dutylist.model.township import (
    Declared,
    DeclaredKind,
    Event,
    EventKind,
    Ledger,
    PrefaceSection,
    Township,
    TownshipWaiver,
)
from dutylist.model.vocabulary import Categories, Department, Departments
from dutylist.report.plain import plain

_BASIC = {"id": "编号", "kind": "清单", "position": "位次", "name": "事项名称", "note": "备注"}
_WAIVER = {"code": "规则代码", "reason": "理由", "owner": "责任人", "until": "期限", "fingerprint": "指纹"}
_AROUND = {"basis": "法律依据", "waivers": "豁免"}

# What each field's description says before its colon; written down since reading it there takes longer than all else.
LABELS: dict[type[Stored], dict[str, str]] = {
    BasicDuty: _BASIC | _AROUND,
    SupportingDuty: _BASIC
    | _AROUND
    | {
        "superior_departments": "对应上级部门",
        "superior_responsibilities": "上级部门职责",
        "township_responsibilities": "乡镇（街道）配合职责",
    },
    ReclaimedDuty: _BASIC | _AROUND | {"receiving_departments": "承接部门", "takeover": "承接部门及工作方式"},
    Section: {"department": "部门", "topic": "小标题", "text": "正文", "clauses": "条款"},
    Basis: {"title": "名称", "article": "条款"},
    Waiver: _WAIVER,
    TownshipWaiver: _WAIVER,
    Township: {
        "name": "名称",
        "code": "区划代码",
        "prefix": "编号前缀",
        "county": "所属县（市、区）",
        "prefecture": "所属地（州、市）",
        "province": "所属省（区、市）",
        "title": "标题",
        "published": "发布年月",
        "preface": "说明",
        "declared": "所报总数",
        "waivers": "豁免",
    },
    PrefaceSection: {"heading": "标题", "paragraphs": "段落"},
    Declared: {"duties": "总数", "basic": "基本", "supporting": "配合", "reclaimed": "收回"},
    DeclaredKind: {"duties": "事项数", "categories": "类别数", "departments": "部门数"},
    Ledger: {"next": "下一个编号", "last": "最近一项", "events": "记录"},
    Event: {"kind": "种类", "origin": "原编号", "into": "现编号", "reason": "理由", "leg": "环节"},
    Categories: {"categories": "类别"},
    Departments: {"departments": "部门"},
    Department: {"name": "全称", "short": "简称", "units": "内设机构", "wrong": "错误写法"},
}


def described(record: Stored) -> str:
    """Every field of a record on lines of its own; headings begin a line, what belongs to them is indented."""
    return "".join(f"{line}\n" for line in _lines(record, fields_of(type(record))))


def in_conflict(ours: str, theirs: str, labels: tuple[str, str]) -> str:
    """The lines of both sides, with git's markers around those that differ."""
    from difflib import SequenceMatcher

    left, right = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    lines: list[str] = []
    for tag, start, end, there, until in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            lines += left[start:end]
        else:
            opening, closing = f"<<<<<<< {plain(labels[0])}\n", f">>>>>>> {plain(labels[1])}\n"
            lines += [opening, *left[start:end], "=======\n", *right[there:until], closing]
    return "".join(lines)


def _lines(record: Stored, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        value, label = getattr(record, name), LABELS[type(record)][name]
        if name in SECTION_FIELDS:
            yield from _sections(label, value)
        elif isinstance(value, Stored):
            yield label
            yield from _indented(_lines(value, fields_of(type(value))))
        elif isinstance(value, tuple):
            yield from _several(label, value)
        elif value is not None:
            yield f"{label}：{_word(value)}"


def _several(label: str, values: tuple[Any, ...]) -> Iterator[str]:
    """A list: texts below one heading, records each below a heading that ends in what names it."""
    if values and not isinstance(values[0], Stored):
        yield label
        yield from _indented(map(_word, values))
        return
    for value in values:
        first, *others = fields_of(type(value))
        yield f"{label} · {_word(getattr(value, first))}"
        yield from _indented(_lines(value, others))


def _sections(label: str, sections: tuple[Section, ...]) -> Iterator[str]:
    """Sections, each heading with the field and the department in front, so that it can stand alone above a change."""
    department: str | None = None
    for section in sections:
        own = section.department
        department = own if own is not None else department
        whose = [] if department is None else [plain(department) + ("（续）" if own is None else "")]
        topic = [] if section.topic is None else [f"小标题 {plain(section.topic)}"]
        yield " · ".join([label, *whose, *topic])
        if section.text is not None:
            yield from _indented(map(plain, section.text.split("\n")))
        yield from _indented(f"· {plain(clause)}" for clause in section.clauses)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _word(value: Any) -> str:
    if isinstance(value, Kind | EventKind):
        return value.label
    return plain(str(value))
