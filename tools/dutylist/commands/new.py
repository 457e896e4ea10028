"""Adds a duty: the next number, a file, the ledger, the declared totals."""

from pathlib import Path

import click

from dutylist.commands.common import choose_township, open_library
from dutylist.commands.editing import (
    KINDS,
    editing_options,
    find,
    finish,
    part_options,
    parts_of,
    slot_of,
    slot_options,
)
from dutylist.edit.duties import new
from dutylist.edit.lookup import clean, known_category, require_editable
from dutylist.edit.positions import Slot
from dutylist.model.duty import Kind


@click.command("new")
@click.option(
    "--kind", type=KINDS, required=True, metavar="KIND", help="清单：basic 基本、supporting 配合、reclaimed 收回。"
)
@click.option("--category", required=True, metavar="NAME", help="事项类别，须在类别词表中。")
@click.option("--name", required=True, metavar="TEXT", help="事项名称，一行。")
@slot_options
@part_options
@click.option("--note", metavar="TEXT", help="写给同事看的备注，不打印。")
@editing_options
def command(
    kind: str,
    category: str,
    name: str,
    after: str | None,
    before: str | None,
    first: bool,
    departments: tuple[str, ...],
    superior: tuple[str, ...],
    support: tuple[str, ...],
    takeover: tuple[str, ...],
    note: str | None,
    township: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """新增一项事项。

    编号按编号台账取下一个；不说位置时排在本清单本类别的最后。编号台账、所报总数和说明中的数一并改好。
    配合和收回事项要写明部门；没有给出的职责先写“（待填写）”，请随后填写。
    """
    opened = open_library(library, to_write=True)
    shared = {"name": clean("名称", name), "note": None if note is None else clean("备注", note, lines=True)}
    place = slot_of(after, before, first) or Slot()
    neighbour = place.after or place.before
    folder = choose_township(opened.library, township) if neighbour is None else find(opened, [neighbour], township)[0]
    require_editable(opened.library, folder)
    home = known_category(opened.library, category)
    options = {"department": departments, "superior": superior, "support": support, "takeover": takeover}
    given = parts_of(opened.library, Kind(kind), options)
    edited = new(opened.library, folder, Kind(kind), home, shared, given, place)
    finish(opened, edited, f"新增 {edited.ids[0]}：{shared['name']}", dry_run=dry_run, quiet=quiet)
