"""What a document said: facts, rows in printed order, and a report of all that was not taken as it stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dutylist.model.duty import Kind
from dutylist.model.note import Note, What
from dutylist.model.text import one_line
from dutylist.model.township import Declared, PrefaceSection


@dataclass
class Notebook:
    """Collects notes; `at` gives a notebook for another place that writes into the same list."""

    where: str = ""
    notes: list[Note] = field(default_factory=list)

    def add(self, what: What, text: str, count: int = 1) -> None:
        """Notes something, in words that are safe to show; nothing where it happened no times."""
        if count:
            self.notes.append(Note(what, self.where, one_line(text), count))

    def at(self, where: str) -> "Notebook":
        """The same report, at another place."""
        return replace(self, where=where)


@dataclass(frozen=True, slots=True)
class Row:
    """One duty as printed: its 序号, its category ("" where the document names none), and its fields by name."""

    number: str
    category: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A whole document; a title fact that it does not say is ""; `published` is `2025-07`."""

    province: str
    prefecture: str
    county: str
    name: str
    title: str
    published: str
    preface: tuple[PrefaceSection, ...]
    declared: Declared
    rows: Mapping[Kind, tuple[Row, ...]]
    notes: tuple[Note, ...]
