"""The figures that a preface's prose gives: 共有履职事项 262 项, 20 个类别, 涉及 51 个部门."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dutylist.model.duty import Kind
from dutylist.model.township import PrefaceSection

_KINDS = {"基本": Kind.BASIC, "配合": Kind.SUPPORTING, "收回": Kind.RECLAIMED}
_ABOUT = re.compile(r"(基本|配合|收回)(?:履职)?事项清单")
_MENTIONED = re.compile(r"(基本|配合|收回)(?:履职)?事项")
_FIGURES = {
    "duties": re.compile(r"(?P<kind>基本|配合|收回)?(?:履职)?事项\s*(?P<number>\d{1,6})\s*项"),
    "categories": re.compile(r"(?P<number>\d{1,6})\s*个类别"),
    "departments": re.compile(r"(?P<number>\d{1,6})\s*个部门"),
}
_LISTED = re.compile(r"包括(?P<list>[^。；]*?)(?:等?，?\s*共有|等?\s*\d+\s*个类别|等?。)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in the prose. `what` is duties, categories or departments; `kind` None means the whole list.

    `section` and `paragraph` index the preface, `start` and `end` count the paragraph's characters.
    """

    kind: Kind | None
    what: str
    number: int
    section: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The categories that a paragraph about one list names, in its order."""

    kind: Kind
    categories: tuple[str, ...]
    section: int
    paragraph: int
    start: int
    end: int


def figures(preface: Iterable[PrefaceSection]) -> Iterator[Figure]:
    """Every figure in the prose; categories and departments belong to the list that the paragraph named last."""
    for section, paragraph, text in _paragraphs(preface):
        for what, pattern in _FIGURES.items():
            for found in pattern.finditer(text):
                named = found["kind"] if what == "duties" else _about(text, found.start())
                kind = _KINDS[named] if named else None
                yield Figure(kind, what, int(found["number"]), section, paragraph, *found.span("number"))


def enumerations(preface: Iterable[PrefaceSection]) -> Iterator[Enumeration]:
    """The categories that the prose enumerates for each list that it names."""
    for section, paragraph, text in _paragraphs(preface):
        for listed in _LISTED.finditer(text):
            named = _ABOUT.findall(text, 0, listed.start())
            words = tuple(word.strip() for word in re.split("[、，]", listed["list"]) if word.strip())
            if named and words:
                yield Enumeration(_KINDS[named[-1]], words, section, paragraph, *listed.span("list"))


def _about(text: str, before: int) -> str | None:
    """The list that a text is about: the one named last before an offset, else the only one that it mentions."""
    named = _ABOUT.findall(text, 0, before)
    mentioned = set(_MENTIONED.findall(text))
    return named[-1] if named else mentioned.pop() if len(mentioned) == 1 else None


def _paragraphs(preface: Iterable[PrefaceSection]) -> Iterator[tuple[int, int, str]]:
    for section, part in enumerate(preface):
        for paragraph, text in enumerate(part.paragraphs):
            yield section, paragraph, text
