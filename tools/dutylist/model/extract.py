"""What concerns one department: the duties that name it, each with the parts that are its own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dutylist.model.duty import SECTION_FIELDS, AnyDuty, Kind, Section, department_field, departments_of, sections_of
from dutylist.model.library import Library, Numbered
from dutylist.model.printed import show_sections
from dutylist.model.vocabulary import Departments


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a duty: the field that it stands in, and its text as it is printed."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ExtractedDuty:
    """A duty that names the department."""

    township: str
    numbered: Numbered
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """All that concerns a department, by township and list, in printed order."""

    department: str
    townships: tuple[str, ...]
    duties: tuple[ExtractedDuty, ...]

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return sum(len(one.parts) for one in self.duties)

    @property
    def by_kind(self) -> dict[Kind, int]:
        """How many duties of each list."""
        return {kind: sum(one.numbered.duty.kind is kind for one in self.duties) for kind in Kind}


def extract(library: Library, department: str, townships: Collection[str] = (), *, whole: bool = False) -> Extract:
    """The duties that name a department (by its full name), in these townships or all; `whole` gives all their parts.

    Otherwise the parts of other departments are left out; what the township has to do is shown in any case.
    """
    words = library.vocabulary
    folders = [folder for folder in library.townships if not townships or folder.name in townships]
    found = tuple(
        ExtractedDuty(folder.name, one, tuple(_parts(one.duty, department, words, whole)))
        for folder in folders
        for kind in Kind
        for one in library.numbered(folder, kind)
        if department in _named(one.duty, words)
    )
    return Extract(department, tuple(folder.name for folder in folders), found)


def _named(duty: AnyDuty, words: Departments) -> set[str]:
    """The full names of all departments that a duty names, in its list or above its sections."""
    named = set(map(words.canonical, departments_of(duty)))
    for _, _, section in sections_of(duty):
        named |= _headed(section, words)
    return named


def _headed(section: Section, words: Departments) -> set[str]:
    parts = words.parts(section.department) if section.department else ()
    return {words.canonical(name) for name, _ in parts}


def _parts(duty: AnyDuty, department: str, words: Departments, whole: bool) -> Iterator[Part]:
    if whole:
        yield Part("name", duty.name)
        field = department_field(duty)
        if field:
            yield Part(field, "\n".join(departments_of(duty)))
    for field in SECTION_FIELDS:
        sections = getattr(duty, field, ())
        own = sections if whole else _own(sections, department, words)
        if own:
            yield Part(field, show_sections(own))


def _own(sections: Sequence[Section], department: str, words: Departments) -> Sequence[Section]:
    """The sections below a department's heading; all where none is: then they are about every department listed."""
    own, mine = [], False
    for section in sections:
        if section.department is not None:
            mine = department in _headed(section, words)
        if mine:
            own.append(section)
    return own or sections
