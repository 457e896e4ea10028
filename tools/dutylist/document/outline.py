"""What stands before the lists: title, date, 说明 with its numbers, 目录."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dutylist.document.loaded import Notebook
from dutylist.document.tidy import tidy_line
from dutylist.model.duty import Kind
from dutylist.model.note import What
from dutylist.model.preface import figures
from dutylist.model.text import shorten
from dutylist.model.township import Declared, DeclaredKind, PrefaceSection

LONGEST_TITLE = 100

_TITLE = re.compile(
    r"(?P<province>[^省市区]{2,8}(?:省|自治区|特别行政区)|(?:北京|天津|上海|重庆)市)?"
    r"(?P<prefecture>.{1,16}?(?:自治州|地区|盟|市))?"
    r"(?P<county>.{1,16}?(?:自治县|县|市|区|旗))?"
    r"(?P<name>.{1,16}?(?:街道|镇|乡|苏木))"
    r"(?P<rest>.*清单.*)"
)
_DATE = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:[0-9]{1,2}日)?")
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.{1,40}")
_LIST_HEADING = re.compile(r"[（(]?[一二三123]?[)）、.]?(?:基本|配合|上级部门收回|上收部门收回)(?:履职)?事项清?单")
_BROKEN = re.compile(r"[、，,]$")


@dataclass(frozen=True, slots=True)
class Outline:
    """The title facts ("" where the document does not say) and the preface."""

    province: str
    prefecture: str
    county: str
    name: str
    title: str
    published: str
    preface: tuple[PrefaceSection, ...]


def is_list_heading(text: str) -> bool:
    """Whether a paragraph is the heading above one of the lists."""
    return _LIST_HEADING.fullmatch(re.sub(r"\s", "", text)) is not None


def read_outline(paragraphs: Iterable[str], notes: Notebook) -> Outline:
    """The outline out of the paragraphs before the first list; what has no place in it goes to the notes."""
    title: list[str] = []
    preface: list[str] = []
    contents: list[str] = []
    published, part = "", title
    for paragraph in paragraphs:
        where = "标题" if part is title else "说明"
        line = tidy_line(paragraph, notes.at(where))
        mark = line.replace(" ", "")
        date = _DATE.fullmatch(mark) if part is title else None
        if mark in ("说明", "目录"):
            part = preface if mark == "说明" else contents
        elif date and 1 <= int(date[2]) <= 12:
            published = f"{date[1]}-{int(date[2]):02d}"
        elif line:
            part = preface if part is title and _HEADING.fullmatch(line) else part
            part.append(line)
    for line in contents:
        notes.at("目录").add(What.HOMELESS, f"目录打印时重新生成：{_shown(line)}")
    return Outline(*_title_facts(title, notes.at("标题")), published, _sections(preface, notes.at("说明")))


def _title_facts(lines: Sequence[str], notes: Notebook) -> tuple[str, str, str, str, str]:
    """Province, prefecture, county, township and title out of the lines of the title."""
    whole = "".join(lines)
    found = _TITLE.fullmatch(whole) if len(whole) <= LONGEST_TITLE else None
    if not found:
        notes.add(What.UNCLEAR, f"标题中没有认出省、县和乡镇：{_shown(whole)}" if whole else "没有标题")
        return "", "", "", "", whole
    province, prefecture, county, name = (found[key] or "" for key in ("province", "prefecture", "county", "name"))
    if not county and not prefecture.endswith(("自治州", "地区", "盟")):
        prefecture, county = "", prefecture
    lacking = [word for word, fact in (("省", province), ("县（市、区）", county)) if not fact]
    if lacking:
        notes.add(What.UNCLEAR, f"标题中没有写明{'和'.join(lacking)}：{_shown(whole)}")
    return province, prefecture, county, name, f"{county}{name}{found['rest']}"


def _sections(lines: Sequence[str], notes: Notebook) -> tuple[PrefaceSection, ...]:
    """The preface by headings; a paragraph that a page broke after 、 or ， is joined again."""
    sections: list[tuple[str, list[str]]] = []
    for line in lines:
        if _HEADING.fullmatch(line) or not sections:
            is_heading = _HEADING.fullmatch(line) is not None
            sections.append((line if is_heading else "", [] if is_heading else [line]))
        elif sections[-1][1] and _BROKEN.search(sections[-1][1][-1]):
            notes.add(What.NORMALISED, f"分页断开的段落接上：{_shown(line)}")
            sections[-1][1][-1] += line
        else:
            sections[-1][1].append(line)
    return tuple(PrefaceSection(heading=heading, paragraphs=tuple(texts)) for heading, texts in sections)


def read_declared(preface: Sequence[PrefaceSection], counts: Mapping[Kind, int], notes: Notebook) -> Declared:
    """The numbers that the preface's prose says; the counted one where it does not."""
    said: dict[tuple[Kind | None, str], int] = {}
    for figure in figures(preface):
        first = said.setdefault((figure.kind, figure.what), figure.number)
        if first != figure.number:
            of = figure.kind.label if figure.kind else "履职事项总数"
            notes.add(What.UNCLEAR, f"说明前后不一：{of}写作 {first}，又写作 {figure.number}；用前一个")
    for kind in Kind:
        if (kind, "duties") not in said:
            notes.add(What.GUESSED, f"说明没有写{kind.label}的项数，按实有 {counts[kind]} 项填写")
    if (None, "duties") not in said:
        notes.add(What.GUESSED, f"说明没有写履职事项总数，按实有 {sum(counts.values())} 项填写")
    kinds = {
        kind.value: DeclaredKind(
            duties=said.get((kind, "duties"), counts[kind]),
            categories=said.get((kind, "categories")),
            departments=said.get((kind, "departments")),
        )
        for kind in Kind
    }
    return Declared(duties=said.get((None, "duties"), sum(counts.values())), **kinds)


def _shown(text: str) -> str:
    return shorten(text, 40)
