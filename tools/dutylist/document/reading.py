"""Paragraphs and tables to a loaded document: the one way in, whatever the format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dutylist.document.blocks import EMPTY, Block
from dutylist.document.cells import is_heading, read_names
from dutylist.document.columns import CATEGORY, COLUMNS, NUMBER, SUPERIORS, TAKEOVER, Column
from dutylist.document.gather import Draft, gather
from dutylist.document.loaded import Loaded, Notebook, Row
from dutylist.document.naming import merged_categories, with_unknown
from dutylist.document.outline import read_declared, read_outline
from dutylist.errors import DutyListError
from dutylist.model.duty import SHORT_LABELS, Kind, Section
from dutylist.model.note import What
from dutylist.model.text import PLACEHOLDER, shorten
from dutylist.model.vocabulary import Categories, Department, Departments

SHOWN_GAPS = 5

Clean = Mapping[Column, str]


def load_blocks(blocks: Iterable[Block], vocabulary: Departments) -> Loaded:
    """The document that these paragraphs and tables make.

    Departments in the columns count as known even where `vocabulary` lacks them. Raises a `DutyListError` where there
    is no list, where a list lacks a column, or where a row lacks what a duty cannot do without.
    """
    found = gather(blocks)
    notes = found.notes
    if not found.drafts:
        raise DutyListError("文档中没有履职事项表格。", "请检查文件：表格第一行应有“序号”“事项类别”“事项名称”等栏。")
    outline = read_outline(found.before, notes)
    cleaned = [(draft, _clean(draft, notes)) for draft in found.drafts]
    _refuse_gaps(cleaned)
    known = _with_named(vocabulary, [clean for _, clean in cleaned], outline.county, notes.at("部门词表"))
    rows: dict[Kind, list[Row]] = {kind: [] for kind in Kind}
    for draft, clean in cleaned:
        above = rows[draft.kind][-1].category if rows[draft.kind] else ""
        rows[draft.kind].append(_row(draft, clean, above, known, notes.at(draft.where)))
    _look_at_sequence(rows, notes)
    counts = {kind: len(some) for kind, some in rows.items()}
    return Loaded(
        province=outline.province,
        prefecture=outline.prefecture,
        county=outline.county,
        name=outline.name,
        title=outline.title,
        published=outline.published,
        preface=outline.preface,
        declared=read_declared(outline.preface, counts, notes.at("说明")),
        rows={kind: tuple(some) for kind, some in rows.items()},
        notes=tuple(notes.notes),
    )


def _clean(draft: Draft, notes: Notebook) -> Clean:
    """The clean text of each cell."""
    clean: dict[Column, str] = {}
    for column in COLUMNS[draft.kind]:
        cell = draft.cells.get(column, EMPTY)
        here = notes.at(f"{draft.where} {column.title}")
        for what, text, count in cell.remarks:
            here.add(what, text, count)
        clean[column] = cell.text if cell.exact else column.shape.tidy(cell.text, here)
    return clean


def _refuse_gaps(cleaned: Sequence[tuple[Draft, Clean]]) -> None:
    """Refuses a document in which duties lack a cell: half a duty would look like one that someone emptied."""
    gaps = [
        f"{draft.where} {column.title}"
        for draft, clean in cleaned
        for column, text in clean.items()
        if column.required and not text.strip()
    ]
    if gaps:
        more = f"等 {len(gaps)} 格" if len(gaps) > SHOWN_GAPS else ""
        message = f"有的格子是空的：{'、'.join(gaps[:SHOWN_GAPS])}{more}。"
        raise DutyListError(message, "请在文档中补上内容，或删去整行，再导入。")


def _with_named(vocabulary: Departments, cells: Iterable[Clean], county: str, notes: Notebook) -> Departments:
    """The vocabulary with all departments that the columns name."""
    names = list(dict.fromkeys(name for clean in cells for name in _named(clean)))
    for name in names:
        if not vocabulary.match(name):
            notes.add(What.GUESSED, f"词表中没有的部门：{name}")
    known = with_unknown(vocabulary, names, county)
    rest = tuple(Department(name=name) for name in names if not known.match(name))
    return Departments(departments=known.departments + rest)


def _named(clean: Clean) -> Iterator[str]:
    """The departments in a row's column, or in the heading that leads its column 承接部门."""
    yield from read_names(clean.get(SUPERIORS, ""))
    first = clean.get(TAKEOVER, "").partition("\n")[0]
    if first.endswith("：") and is_heading(first[:-1]):
        yield from filter(None, first[:-1].split("、"))


def _row(draft: Draft, clean: Clean, category_above: str, known: Departments, notes: Notebook) -> Row:
    """One duty; an empty category is the one above, as merged cells leave it."""
    fields: dict[str, Any] = {}
    for column, text in clean.items():
        if column not in (NUMBER, CATEGORY):
            fields[column.field] = column.shape.read(text, known)
    if TAKEOVER in clean:
        fields["receiving_departments"] = _receiving(fields["takeover"], notes)
    for value in fields.values():
        _look_for_empty(value, notes)
    if not clean[CATEGORY] and category_above:
        notes.add(What.GUESSED, f"事项类别是空的，与上一项同为{shorten(category_above, 20)}")
    elif not clean[CATEGORY]:
        notes.add(What.UNCLEAR, "没有写事项类别")
    return Row(draft.number, clean[CATEGORY] or category_above, fields)


def _receiving(sections: Sequence[Section], notes: Notebook) -> tuple[str, ...]:
    """The departments in the heading that leads the cell; else those of any section, which is a guess."""
    if sections[0].department is not None:
        return tuple(sections[0].department.split("、"))
    others = tuple(dict.fromkeys(section.department for section in sections if section.department is not None))
    if others:
        notes.add(What.GUESSED, f"单元格开头没有承接部门，取后文的 {'、'.join(others)}")
        return others
    notes.add(What.UNCLEAR, f"单元格开头没有承接部门，记作{PLACEHOLDER}")
    return (PLACEHOLDER,)


def _look_for_empty(value: Any, notes: Notebook) -> None:
    """Notes headings that nothing stands below."""
    for section in value if isinstance(value, tuple) else ():
        if isinstance(section, Section) and section.text is None and not section.clauses:
            heading = shorten(section.topic or section.department or "", 20)
            notes.add(What.UNCLEAR, f"标题下没有内容：{heading}")


def _look_at_sequence(rows: Mapping[Kind, Sequence[Row]], notes: Notebook) -> None:
    """Notes where numbers jump, and where the library's one order of categories is not the printed one."""
    lists = [[row.category for row in some] for some in rows.values()]
    ranks = {category: rank for rank, category in enumerate(merged_categories(Categories(), lists).categories)}
    for kind, some in rows.items():
        here = notes.at(f"{SHORT_LABELS[kind]}清单")
        _look_at_numbers(some, here)
        for above, row in pairwise(some):
            if ranks[row.category] < ranks[above.category]:
                shown = f"“{shorten(row.category, 20)}”（第 {shorten(row.number, 9)} 项起）"
                here.add(What.GUESSED, f"类别{shown}入库后排到前面，序号会变")


def _look_at_numbers(rows: Sequence[Row], notes: Notebook) -> None:
    due = 1
    for row in rows:
        if row.number != str(due):
            notes.add(What.UNCLEAR, f"序号印作 {shorten(row.number, 20) or '空'}，按顺序应为 {due}")
        due = int(row.number[:9]) + 1 if row.number.isascii() and row.number.isdigit() else due + 1
