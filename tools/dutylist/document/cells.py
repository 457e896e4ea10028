"""Clean text of a cell ↔ values: sections, lists of departments; `show(read(text)) == text` for every text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dutylist.model.duty import Section
from dutylist.model.vocabulary import Departments

LONGEST_HEADING = 30

_HEADING = re.compile(rf"(?![0-9]{{1,3}}[.．、])[^\n，。；：！？,;:!?]{{1,{LONGEST_HEADING}}}")
_CLAUSE = re.compile(r"([1-9][0-9]*)\. (.+)")


def is_heading(text: str) -> bool:
    """Whether `text` could stand before a colon as a heading: short, no sentence in it, no clause number before it."""
    return _HEADING.fullmatch(text) is not None


def is_department(heading: str, vocabulary: Departments) -> bool:
    """Whether a heading names a department, or several with 、 between them."""
    return all(match for _, match in vocabulary.parts(heading))


@dataclass
class _Part:
    """A section that is still growing."""

    department: str | None = None
    topic: str | None = None
    text: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        return bool(self.text or self.clauses)

    def section(self) -> Section:
        text = "\n".join(self.text) if self.text else None
        return Section(department=self.department, topic=self.topic, text=text, clauses=tuple(self.clauses))


def read_sections(text: str, vocabulary: Departments) -> tuple[Section, ...]:
    """The sections of a clean cell; none for an empty one. A heading is a department where the vocabulary knows it."""
    parts: list[_Part] = []
    for line in text.split("\n") if text else ():
        _take(line, parts, vocabulary)
    return tuple(part.section() for part in parts)


def _take(line: str, parts: list[_Part], vocabulary: Departments) -> None:
    """Adds one line to the last part, or begins another with it."""
    last = parts[-1] if parts else None
    clause = _CLAUSE.fullmatch(line)
    if line.endswith("：") and is_heading(line[:-1]):
        _begin(line[:-1], parts, is_department(line[:-1], vocabulary))
    elif clause and last and clause[1] == str(len(last.clauses) + 1):
        last.clauses.append(clause[2])
    elif clause and clause[1] == "1":
        parts.append(_Part(clauses=[clause[2]]))
    elif last and not last.clauses:
        last.text.append(line)
    else:
        parts.append(_Part(text=[line]))


def _begin(heading: str, parts: list[_Part], of_department: bool) -> None:
    last = parts[-1] if parts else None
    if of_department:
        parts.append(_Part(department=heading))
    elif last and last.department is not None and last.topic is None and not last.has_body:
        last.topic = heading
    else:
        parts.append(_Part(topic=heading))


def show_names(names: Iterable[str]) -> str:
    """Departments as they are printed, one a line."""
    return "\n".join(names)


def read_names(text: str) -> tuple[str, ...]:
    """The departments of a clean cell."""
    return tuple(text.split("\n")) if text else ()
