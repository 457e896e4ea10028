"""One duty in full: for a terminal as it is printed, for programs with all its fields."""

from collections.abc import Iterable

from dutylist.model.canonical import values_of
from dutylist.model.duty import departments_of
from dutylist.model.library import Numbered, TownshipFolder
from dutylist.model.text import visible
from dutylist.report.plain import json_text, plain


def as_text(folder: TownshipFolder, numbered: Numbered, cells: Iterable[tuple[str, str]]) -> str:
    """Name, place in the lists, then each printed cell below its title; `cells` are (title, text) pairs."""
    duty = numbered.duty
    head = f"{plain(duty.name)}\n\n{duty.id} · {duty.kind.label} {numbered.number} · {plain(numbered.category)}"
    parts = [f"{head} · {plain(folder.name)}\n"]
    parts += [f"{title}\n" + _indented(text) for title, text in cells]
    parts += [f"法律依据\n{_indented(one.title + (one.article or ''))}" for one in duty.basis]
    if duty.note:
        parts.append(f"备注\n{_indented(duty.note)}")
    parts += [f"豁免 {plain(one.code)}\n{_indented(one.reason)}" for one in duty.waivers]
    return "\n".join([*parts, f"文件 {plain(numbered.record.path)}\n"])


def as_json(folder: TownshipFolder, numbered: Numbered) -> str:
    """The stored fields, and what is computed: number, category, township, path, departments."""
    duty = numbered.duty
    computed = {
        "township": folder.name,
        "category": numbered.category,
        "number": numbered.number,
        "path": numbered.record.path,
        "departments": departments_of(duty),
    }
    return json_text({**values_of(duty), **computed})


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in visible(text).split("\n"))
