"""Values as they are printed: sections as paragraphs, bases and events in words."""

from collections.abc import Iterable, Iterator

from dutylist.model.duty import SECTION_FIELDS, AnyDuty, Basis, Section, departments_of


def show_sections(sections: Iterable[Section]) -> str:
    """Sections as they are printed, one paragraph a line: headings with ：, texts, clauses numbered from 1."""
    return "\n".join(line for section in sections for line in _lines(section))


def _lines(section: Section) -> Iterator[str]:
    for heading in (section.department, section.topic):
        if heading is not None:
            yield f"{heading}："
    if section.text is not None:
        yield section.text
    for number, clause in enumerate(section.clauses, 1):
        yield f"{number}. {clause}"


def show_basis(basis: Basis) -> str:
    """A legal basis: the title, and the article behind it."""
    return basis.title + (basis.article or "")


def show_own_fields(duty: AnyDuty) -> str:
    """What a duty says beyond its name: departments and responsibilities, a paragraph a line; empty for a basic one."""
    parts = (getattr(duty, field, ()) for field in SECTION_FIELDS)
    return "\n".join(filter(None, ["、".join(departments_of(duty)), *map(show_sections, parts)]))
