"""What a rule is: one function with its code, severity and documentation, and the cases it is asked about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from dutylist.model.duty import AnyDuty, Waiver, sections_of
from dutylist.model.finding import Edit, FieldPath, Fix, Severity, Spot
from dutylist.model.library import Counted, Library, TownshipFolder
from dutylist.model.record import Record
from dutylist.model.township import Township


class Scope(Enum):
    """What a rule is shown at a time; the last three have no function here, since others look for them."""

    TEXT = "text"
    DUTY = "duty"
    TOWNSHIP = "township"
    LIBRARY = "library"
    WAIVER = "waiver"
    READING = "reading"
    COMPARISON = "comparison"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: where, in which words, and the values that make its fingerprint."""

    spot: Spot
    message: str
    values: tuple[str, ...]
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One string that people read. `role` is title, heading, paragraph, name, department, topic, text or clause."""

    path: str
    field: FieldPath
    role: str
    string: str
    is_last: bool = True
    """Whether nothing numbered follows in its section: the last clause, or a text without clauses."""

    def hit(self, start: int, end: int, message: str, *values: str, put: str | None = None, safe: bool = False) -> Hit:
        """A hit on the characters `start` to `end`; `put` is what should stand there instead."""
        spot = Spot(self.path, self.field, start, end)
        label = "删去" if put == "" else f"改为 {put}"
        fix = None if put is None else Fix(label, (Edit(spot, put),), safe)
        return Hit(spot, message, values or (self.string[start:end],), fix)


@dataclass(frozen=True, eq=False)
class TownshipCase:
    """One township to judge, in its library; what rules find out about it can be kept by it."""

    library: Library
    folder: TownshipFolder

    @cached_property
    def counted(self) -> Counted:
        """What the totals are about."""
        return self.library.counted(self.folder.duties)

    @cached_property
    def texts(self) -> list[list[Text]]:
        """All that people read, a list for the township's own file and one for each duty."""
        own = [list(texts_of_township(self.folder.township))] if self.folder.township else []
        return own + [list(texts_of_duty(record)) for record in self.folder.duties]

    @property
    def township(self) -> Township | None:
        """What `township.toml` says, if it could be read."""
        return self.folder.township.value if self.folder.township else None

    def hit(self, field: FieldPath, message: str, *values: str, path: str | None = None, fix: Fix | None = None) -> Hit:
        """A hit in `township.toml`, or in the file at `path`."""
        return Hit(Spot(path or self.folder.path, field), message, values, fix)


@dataclass(frozen=True, eq=False, slots=True)
class DutyCase:
    """One duty to judge, in its township and library."""

    library: Library
    folder: TownshipFolder
    record: Record[AnyDuty]

    @property
    def duty(self) -> AnyDuty:
        """The duty itself."""
        return self.record.value

    def hit(self, field: FieldPath, message: str, *values: str, put: str | None = None, safe: bool = False) -> Hit:
        """A hit at a field; `put` is the string that should stand there instead."""
        spot = Spot(self.record.path, field)
        fix = None if put is None else Fix(f"改为 {put}", (Edit(spot, put),), safe)
        return Hit(spot, message, values, fix)


@dataclass(frozen=True, eq=False, slots=True)
class WaiverCase:
    """One waiver to judge after all else: whether it waived anything, and today's date."""

    path: str
    index: int
    waiver: Waiver
    used: bool
    today: date
    known_codes: frozenset[str]

    def hit(self, key: str, message: str) -> Hit:
        """A hit at one key of the waiver."""
        mark = self.waiver.fingerprint or ""
        return Hit(Spot(self.path, ("waivers", self.index, key)), message, (self.waiver.code, mark))


Find = Callable[[Any], Iterator[Hit]]
Screen = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `doc` says what it finds and why that hurts, with a Bad and a Good example; `in_draft`: drafts too."""

    code: str
    severity: Severity
    title: str
    scope: Scope
    doc: str
    find: Find | None
    in_draft: bool = False
    roles: tuple[str, ...] = ()
    about_unusual: bool = False
    screen: Screen | None = None

    def concerns(self, role: str, *, usual: bool) -> bool:
        """Whether a rule about texts is asked about one of this role, which holds nothing unusual."""
        return (not self.roles or role in self.roles) and not (usual and self.about_unusual)


def rule(
    code: str,
    severity: Severity,
    title: str,
    scope: Scope,
    *,
    in_draft: bool = False,
    roles: tuple[str, ...] = (),
    about_unusual: bool = False,
    screen: Screen | None = None,
) -> Callable[[Find], Rule]:
    """Makes a rule of the function below it; the function takes the case that belongs to `scope` and yields hits.

    Three things spare a rule about texts most of its work: `roles` are those it is about (none: all); a rule
    `about_unusual` is not asked about texts of common Han characters and Chinese punctuation alone; `screen` is a
    cheap look at all texts of a record at once, a line each: where it sees nothing, none of them is asked about.
    """

    def make(function: Find) -> Rule:
        return Rule(
            code, severity, title, scope, function.__doc__ or "", function, in_draft, roles, about_unusual, screen
        )

    return make


def texts_of_duty(record: Record[AnyDuty]) -> Iterator[Text]:
    """Every string of a duty that people read, in printed order."""
    duty, path = record.value, record.path
    yield Text(path, ("name",), "name", duty.name)
    for field, index, section in sections_of(duty):
        here: FieldPath = (field, index)
        if section.department is not None:
            yield Text(path, (*here, "department"), "department", section.department)
        if section.topic is not None:
            yield Text(path, (*here, "topic"), "topic", section.topic)
        if section.text is not None:
            yield Text(path, (*here, "text"), "text", section.text, not section.clauses)
        for number, clause in enumerate(section.clauses):
            yield Text(path, (*here, "clauses", number), "clause", clause, number + 1 == len(section.clauses))


def texts_of_township(record: Record[Township]) -> Iterator[Text]:
    """Every string of a township's own file that people read."""
    yield Text(record.path, ("title",), "title", record.value.title)
    for index, section in enumerate(record.value.preface):
        yield Text(record.path, ("preface", index, "heading"), "heading", section.heading)
        for number, paragraph in enumerate(section.paragraphs):
            yield Text(record.path, ("preface", index, "paragraphs", number), "paragraph", paragraph)
