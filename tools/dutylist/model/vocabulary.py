"""The words a library knows: categories in printed order, departments with their spellings."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dutylist.model.base import Stored, Text, Texts, stored
from dutylist.model.text import full_width_brackets


@stored
class Categories(Stored):
    """事项类别：按打印的先后。"""

    categories: Texts = ()
    """类别：一行一个，顺序即打印顺序。"""


@stored
class Department(Stored):
    """部门（单位）：全称、简称、内设机构，以及见过的错误写法。"""

    name: Text
    """全称：对应上级部门一栏使用的写法。"""
    short: Texts = ()
    """简称：职责分段中可以使用的写法。"""
    units: Texts = ()
    """内设机构：计入本部门。"""
    wrong: Texts = ()
    """错误写法：会被报告，并更正为全称。"""


class Spelling(StrEnum):
    """How a department was written."""

    FULL = "full"
    SHORT = "short"
    UNIT = "unit"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Match:
    """A spelling recognised: `name` is the department's full name, `unit` the inner unit that was written with it."""

    name: str
    spelling: Spelling
    unit: str | None = None


# Without slots: the table of spellings is made once and kept.
@dataclass(frozen=True, kw_only=True)
class Departments(Stored):
    """部门词表：对应上级部门、职责分段中的部门都要在这里。"""

    departments: tuple[Department, ...] = ()
    """部门：一个部门一张表。"""

    @cached_property
    def spellings(self) -> dict[str, Match]:
        """Every spelling with full-width brackets and what it means; the first entry wins where two claim one."""
        table: dict[str, Match] = {}
        for spelling, text, name in self.claims():
            unit = text if spelling is Spelling.UNIT else None
            table.setdefault(full_width_brackets(text), Match(name, spelling, unit))
        return table

    def claims(self) -> list[tuple[Spelling, str, str]]:
        """(how, spelling, full name) of all entries, full names first so that they win."""
        entries = self.departments
        return [
            *((Spelling.FULL, entry.name, entry.name) for entry in entries),
            *((Spelling.SHORT, text, entry.name) for entry in entries for text in entry.short),
            *((Spelling.UNIT, text, entry.name) for entry in entries for text in entry.units),
            *((Spelling.WRONG, text, entry.name) for entry in entries for text in entry.wrong),
        ]

    @cached_property
    def _matches(self) -> dict[str, Match | None]:
        return {}

    def match(self, text: str) -> Match | None:
        """What department `text` names; a unit in brackets behind a department counts as that department."""
        if text not in self._matches:
            self._matches[text] = self._match(text)
        return self._matches[text]

    def _match(self, text: str) -> Match | None:
        key = full_width_brackets(text)
        found = self.spellings.get(key)
        if found or not key.endswith("）"):
            return found
        base, _, unit = key[:-1].partition("（")
        department, inner = self.spellings.get(base), self.spellings.get(unit)
        if department and inner and inner.name == department.name:
            return Match(department.name, department.spelling, unit)
        return None

    def parts(self, heading: str) -> list[tuple[str, Match | None]]:
        """The departments of a heading: itself, or several with 、 between them, each with what it names."""
        whole = self.match(heading)
        names = [heading] if whole or "、" not in heading else heading.split("、")
        return [(name, self.match(name)) for name in names]

    def canonical(self, text: str) -> str:
        """The full name, or `text` itself where the vocabulary does not know it."""
        found = self.match(text)
        return found.name if found else text
