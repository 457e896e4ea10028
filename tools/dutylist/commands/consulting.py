"""What the verbs of consultation share: the leg that is meant, who speaks, writing records all at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dutylist.commands.common import Opened, hint, open_library
from dutylist.edit.lookup import clean
from dutylist.errors import DutyListError
from dutylist.model.base import Stored
from dutylist.model.canonical import canonical_text
from dutylist.model.library import Library
from dutylist.model.text import one_line
from dutylist.store.write import save

if TYPE_CHECKING:
    from dutylist.model.changelog import LegFolder

NOTHING_WRITTEN = "没有写任何文件（--dry-run）。"


def opened_to_write(named: Path | None) -> Opened:
    """The library, kept from others until the command ends."""
    return open_library(named, to_write=True)


def unit(library: Library, text: str, leg: "LegFolder | None" = None) -> str:
    """A unit by its full name where the vocabulary knows it, as given where not; says so if the leg did not ask it."""
    given = clean("单位", text)
    match = library.vocabulary.match(given)
    name = match.name if match and match.unit is None else given
    asked = leg.leg.consulted if leg and leg.leg else ()
    if leg and asked and library.vocabulary.canonical(name) not in map(library.vocabulary.canonical, asked):
        hint(f"{one_line(name)} 不在 {leg.title} 征求意见的单位之中；照样登记。")
    return name


def save_records(opened: Opened, records: Mapping[str, Stored | None], *, dry_run: bool) -> None:
    """Writes records canonically, all or nothing, and removes those that are None; refuses to lose a comment."""
    from dutylist.model import faults

    for fault in opened.faults:
        if fault.code == faults.COMMENT.code and fault.spot.path in records:
            message = f"{one_line(fault.spot.path)} 里有注释，改写时会丢失；没有改动任何文件。"
            raise DutyListError(message, "请先把注释移到 note，或删去。")
    if not dry_run:
        texts = {path: None if one is None else canonical_text(one).encode() for path, one in records.items()}
        save(opened.root, texts)


def closing_words(next_step: str, *, dry_run: bool, quiet: bool) -> None:
    """What to do next, or that nothing was written."""
    if not quiet:
        hint(NOTHING_WRITTEN if dry_run else next_step)
