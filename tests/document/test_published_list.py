"""The published list of 阿扎克镇: every cell of the source is in the library, in order, and nothing else."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dutylist.document.assemble import to_library
from dutylist.document.columns import printed
from dutylist.document.loaded import Loaded
from dutylist.document.markdown import dump, load
from dutylist.model.canonical import values_of
from dutylist.model.duty import AnyDuty, Kind, ReclaimedDuty, Section, SupportingDuty, departments_of, sections_of
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, Numbered, number_of
from dutylist.model.note import Note, What
from dutylist.model.text import full_width_brackets
from dutylist.model.township import Declared, DeclaredKind
from dutylist.model.vocabulary import Categories, Departments
from dutylist.store.read import read, read_record
from dutylist.store.snapshot import Memory
from dutylist.store.write import write

HERE = Path(__file__).parent
SOURCE = (HERE.parent / "source" / "阿扎克镇履职事项清单.md").read_text(encoding="utf-8")
COUNTS = {Kind.BASIC: 103, Kind.SUPPORTING: 114, Kind.RECLAIMED: 45}
WIDTH = {Kind.BASIC: 3, Kind.SUPPORTING: 6, Kind.RECLAIMED: 4}


@cache
def vocabulary() -> Departments:
    """The departments that the repository knows."""
    content = (HERE.parents[1] / DEPARTMENTS_FILE).read_bytes()
    record = read_record(DEPARTMENTS_FILE, content, [])
    assert record
    assert isinstance(record.value, Departments)
    return record.value


@cache
def loaded() -> Loaded:
    return load(SOURCE, vocabulary())


@cache
def library() -> Library:
    return to_library(loaded(), "azk", "653001102", Categories(), vocabulary())


def duties(kind: Kind) -> list[Numbered]:
    return library().numbered(library().townships[0], kind)


def source_rows(kind: Kind) -> list[list[str]]:
    """The raw cells of one list, found without the loader: rows that begin with a number, by their width."""
    rows = [line.strip().strip("|").split("|") for line in SOURCE.splitlines() if re.match(r"\| *[0-9]+ *\|", line)]
    return [[cell.strip() for cell in row] for row in rows if len(row) == WIDTH[kind]]


CLAUSE_NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s：:；;。]))[0-9]{1,2}[.．](?![0-9])")
WIDEN = str.maketrans(",;:?()", "，；：？（）")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).translate(WIDEN)


def plain_source(cell: str) -> str:
    """A raw cell without tags, clause numbers, and colons at the end of a word or paragraph; widths unified."""
    text = re.sub(r"<[^>]*>", "\n", cell)
    return squeezed(re.sub(r"[：:](?=\s|$)", "", CLAUSE_NUMBER.sub("", text)))


def plain_sections(sections: tuple[Section, ...]) -> str:
    """The same of loaded sections, put together here rather than by the code under test."""
    parts: list[str] = []
    for section in sections:
        parts += [section.department or "", section.topic or ""]
        parts += [line.removesuffix("：") for line in (section.text or "").split("\n")]
        parts += section.clauses
    return squeezed("".join(parts))


def plain_row(numbered: Numbered) -> list[str]:
    duty = numbered.duty
    cells = [str(numbered.number), squeezed(numbered.category), squeezed(duty.name)]
    if isinstance(duty, SupportingDuty):
        cells += [squeezed("".join(duty.superior_departments))]
        cells += [plain_sections(duty.superior_responsibilities), plain_sections(duty.township_responsibilities)]
    if isinstance(duty, ReclaimedDuty):
        cells.append(plain_sections(duty.takeover))
    return cells


@pytest.mark.parametrize("kind", Kind)
def test_every_cell_is_there_in_order(kind: Kind) -> None:
    expected = [[plain_source(cell) for cell in row] for row in source_rows(kind)]
    assert [row[0] for row in expected] == [str(number) for number in range(1, COUNTS[kind] + 1)]
    assert [plain_row(numbered) for numbered in duties(kind)] == expected


@pytest.mark.parametrize("kind", [Kind.SUPPORTING, Kind.RECLAIMED])
def test_a_clause_begins_at_every_printed_number_and_nowhere_else(kind: Kind) -> None:
    for row, numbered in zip(source_rows(kind), duties(kind), strict=True):
        for cell, field in zip(row[-2 if kind is Kind.SUPPORTING else -1 :], fields_of(numbered.duty), strict=True):
            text = re.sub(r"<[^>]*>", "\n", cell)
            begins = [squeezed(part)[:6] for part in CLAUSE_NUMBER.split(text)[1:]]
            clauses = [clause[:6] for section in field for clause in section.clauses]
            if begins or "<ol" not in cell:
                assert clauses == begins, (kind, numbered.number)
            else:
                assert len(clauses) > 1, (kind, numbered.number)


def fields_of(duty: AnyDuty) -> list[tuple[Section, ...]]:
    if isinstance(duty, SupportingDuty):
        return [duty.superior_responsibilities, duty.township_responsibilities]
    return [duty.takeover] if isinstance(duty, ReclaimedDuty) else []


def all_sections() -> list[tuple[str, Section]]:
    return [
        (numbered.duty.id, section)
        for kind in Kind
        for numbered in duties(kind)
        for _, _, section in sections_of(numbered.duty)
    ]


def test_clauses_are_apart_and_headings_bare() -> None:
    for duty_id, section in all_sections():
        for text in (*section.clauses, *(section.text or "").split("\n")):
            assert not re.search(r"\s", text), (duty_id, text)
            assert not re.match(r"[0-9]+[.、．]", text), (duty_id, text)
        for heading in (section.department, section.topic):
            assert not (heading or "").endswith(("：", ":")), (duty_id, heading)
        assert section.text or section.clauses, duty_id


TOPICS = [
    ["领导班子绩效考核和年度考核", "科级领导干部选拔任用", "职级晋升"],
    ["领导班子绩效考核和年度考核", "科级领导干部选拔任用", "职级晋升"],
    ["完善旅游基础配套设施", "营造乡村旅游良好市场环境"],
    ["传染病防治宣传教育", "公共卫生应急事件处置"],
    ["传染病防治宣传教育", "公共卫生应急事件处置"],
    ["地方病防治", "职业病防治", "慢性病管理"],
    ["地方病防治", "职业病防治", "慢性病管理"],
    ["产地检疫", "运输检疫", "市场检疫"],
    ["屠宰前检疫", "屠宰后检疫"],
    ["市疾控中心（卫生监督所）"],
]


def test_all_topics_and_departments() -> None:
    assert [s.topic for _, s in all_sections() if s.topic] == [topic for topics in TOPICS for topic in topics]
    named = [section.department for _, section in all_sections() if section.department]
    assert [name for name in named if not vocabulary().match(name)] == []


HEADING = re.compile(r"(?:^|\s)([^\s，。；：,;:]{2,30})[：:](?=\s|$)")
WITHOUT_COLON = [
    ("配合 94", ["传染病防治宣传教育", "公共卫生应急事件处置"]),
    ("配合 95", ["慢性病管理"]),
    ("收回 5", ["产地检疫", "运输检疫", "市场检疫"]),
    ("收回 6", ["屠宰前检疫", "屠宰后检疫"]),
    ("收回 39", ["市疾控中心（卫生监督所）"]),
]


def test_every_heading_of_the_source_is_one_here() -> None:
    printed_so = [squeezed(found[1]) for row in rows_with_parts() for cell in row for found in HEADING.finditer(cell)]
    bare = [heading for _, headings in WITHOUT_COLON for heading in headings]
    here = [heading for _, s in all_sections() for heading in (s.department, s.topic) if heading is not None]
    assert sorted(here) == sorted(printed_so + bare)
    noted = [note for note in loaded().notes if note.text.startswith("没有冒号的一段作小标题")]
    assert [note.text.partition("：")[2] for note in noted] == bare
    assert [note.where.rpartition(" ")[0] for note in noted] == [
        where for where, headings in WITHOUT_COLON for _ in headings
    ]


def rows_with_parts() -> list[list[str]]:
    """The raw cells that hold sections, without tags."""
    cells = [row[-2:] for row in source_rows(Kind.SUPPORTING)] + [row[-1:] for row in source_rows(Kind.RECLAIMED)]
    return [[re.sub(r"<[^>]*>", "\n", cell) for cell in row] for row in cells]


LOOKED_AT = [
    *((Kind.SUPPORTING, number) for number in (41, 53, 65, 66, 73, 86, 94, 95, 101)),
    *((Kind.RECLAIMED, number) for number in (1, 5, 6, 39, 40)),
]


def test_sections_that_were_looked_at() -> None:
    lines: list[str] = []
    for kind, number in LOOKED_AT:
        numbered = duties(kind)[number - 1]
        lines.append(f"== {kind} {number} {' '.join(departments_of(numbered.duty))}")
        for field, _, section in sections_of(numbered.duty):
            lines.append(f"{field}: {section.department or '-'} / {section.topic or '-'}")
            lines += [f"  = {line}" for line in (section.text or "").split("\n") if line]
            lines += [f"  * {clause}" for clause in section.clauses]
    assert "\n".join(lines) + "\n" == (HERE / "sections.txt").read_text(encoding="utf-8")


def test_departments_are_counted() -> None:
    spellings = {kind: {name for n in duties(kind) for name in departments_of(n.duty)} for kind in Kind}
    canonical = {kind: {vocabulary().canonical(name) for name in names} for kind, names in spellings.items()}
    assert {kind.value: (len(spellings[kind]), len(canonical[kind])) for kind in Kind} == {
        "basic": (0, 0),
        "supporting": (46, 42),
        "reclaimed": (15, 12),
    }
    assert all(vocabulary().match(name) for names in spellings.values() for name in names)


def test_vocabularies_are_canonical_and_unambiguous() -> None:
    for path in (DEPARTMENTS_FILE, CATEGORIES_FILE):
        record = read_record(path, (HERE.parents[1] / path).read_bytes(), [])
        assert record
        assert record.canonical
    spellings = [full_width_brackets(spelling) for _, spelling, _ in vocabulary().claims()]
    assert sorted(spellings) == sorted(set(spellings))
    assert library().departments
    assert library().vocabulary == vocabulary()


def test_facts_before_the_lists() -> None:
    facts = loaded()
    assert (facts.province, facts.prefecture) == ("新疆维吾尔自治区", "克孜勒苏柯尔克孜自治州")
    assert (facts.county, facts.name, facts.published) == ("阿图什市", "阿扎克镇", "2025-07")
    assert facts.title == "阿图什市阿扎克镇履职事项清单"
    assert [(part.heading, len(part.paragraphs)) for part in facts.preface] == [
        ("一、基本情况", 1),
        ("二、编制过程", 1),
        ("三、清单内容", 3),
    ]
    prose = SOURCE[SOURCE.index("阿扎克镇是农业型") : SOURCE.index("目 录")]
    kept = "".join(text for part in facts.preface for text in (part.heading, *part.paragraphs))
    assert squeezed(kept) == "一、基本情况" + squeezed(prose)
    assert facts.declared == Declared(
        duties=262,
        basic=DeclaredKind(duties=103, categories=20),
        supporting=DeclaredKind(duties=114, departments=51),
        reclaimed=DeclaredKind(duties=45, categories=10, departments=12),
    )


def test_the_report_says_what_was_not_taken_as_it_stood() -> None:
    totals: dict[tuple[str, str], int] = {}
    for note in loaded().notes:
        key = (note.what.value, note.text.partition("：")[0])
        totals[key] = totals.get(key, 0) + note.count
    assert totals == {
        ("normalised", "去掉标签"): 904,
        ("normalised", "标签没有闭合"): 50,
        ("normalised", "半角标点改为全角"): 572,
        ("normalised", "删去多余的空格和换行"): 95,
        ("normalised", "连写的段落分行"): 520,
        ("normalised", "重复的表头不算一行"): 32,
        ("normalised", "分页断开的段落接上"): 1,
        ("normalised", "第 3 条的序号印作 2"): 1,
        ("guessed", "列表没有序号，按分号和句号后的空格分条"): 83,
        ("guessed", "没有冒号的一段作小标题"): 9,
        ("homeless", "(本文有删减)"): 2,
        ("homeless", "(此文有删减)"): 1,
        ("homeless", "1.基本履职事项单（103项） 1"): 1,
        ("homeless", "2.配合履职事项清单（114项） 7"): 1,
        ("homeless", "3.上级部门收回事项清单（45项） 28"): 1,
    }
    assert Note(What.HOMELESS, "基本清单表格中", "(本文有删减)") in loaded().notes
    wrong = Note(
        What.NORMALISED, "配合 57 上级部门职责", "第 3 条的序号印作 2：对乡镇通过申请项目增加的土地，优先发包…"
    )
    assert wrong in loaded().notes


def test_ids_positions_and_ledger() -> None:
    folder = library().townships[0]
    in_order = [numbered.duty for kind in Kind for numbered in duties(kind)]
    assert [number_of(duty.id) for duty in in_order] == list(range(1, 263))
    assert folder.ledger
    assert folder.ledger.value.next == 263
    assert folder.ledger.value.last == "azk-0262 对食品小作坊、小餐饮店、小食杂店和食品摊"
    for kind in Kind:
        for above, below in pairwise(duties(kind)):
            step = below.duty.position - above.duty.position
            assert step == 10 if above.category == below.category else below.duty.position == 10


def test_categories_are_merged_in_printed_order() -> None:
    assert library().categories
    order = list(library().category_order)
    assert len(order) == 19
    assert order[10:14] == ["城乡建设", "交通运输", "商贸流通", "文化和旅游"]


def facts_of(one: Library) -> list[dict[str, Any]]:
    """What a document can carry of each duty, in printed order."""
    return [
        {"category": numbered.category, **values_of(replace(numbered.duty, id="", position=0))}
        for kind in Kind
        for numbered in one.numbered(one.townships[0], kind)
    ]


def test_its_own_document_gives_the_same_library() -> None:
    text = dump(library(), library().townships[0])
    back = load(text, vocabulary())
    again = to_library(back, "azk", "653001102", Categories(), vocabulary())
    assert facts_of(again) == facts_of(library())
    assert again == library()
    assert "<!--" not in text
    assert {note.what for note in back.notes} == {What.NORMALISED, What.HOMELESS}
    assert {note.text.partition("：")[0] for note in back.notes if note.what is What.NORMALISED} == {
        "去掉标签",
        "删去多余的空格和换行",
    }
    assert printed(again, again.townships[0]) == printed(library(), library().townships[0])


def test_written_and_read_it_is_the_same() -> None:
    files = write(library()).files
    assert read(Memory(files)) == (library(), [])
    assert len(files) == 262 + 4
