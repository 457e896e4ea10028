"""Moves a duty to another category, list or place."""

from pathlib import Path

import click

from dutylist.commands.common import open_library
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
from dutylist.edit.duties import move
from dutylist.edit.lookup import known_category
from dutylist.errors import UsageError
from dutylist.model.duty import Kind
from dutylist.model.library import category_of
from dutylist.model.text import one_line


@click.command("move")
@click.argument("duty_id", metavar="编号")
@click.option("--category", metavar="NAME", help="移到这个类别。")
@click.option("--kind", type=KINDS, metavar="KIND", help="改列这张清单：basic 基本、supporting 配合、reclaimed 收回。")
@slot_options
@click.option("--last", is_flag=True, help="排在本清单本类别的最后。")
@part_options
@editing_options
def command(
    duty_id: str,
    category: str | None,
    kind: str | None,
    after: str | None,
    before: str | None,
    first: bool,
    last: bool,
    departments: tuple[str, ...],
    superior: tuple[str, ...],
    support: tuple[str, ...],
    takeover: tuple[str, ...],
    township: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """移动事项：换类别、换清单、换位次。

    编号不变。改列另一张清单时，两张清单都有的内容保留：上级部门职责与承接部门的工作方式互换；
    不再保留的文字全部显示。缺少的内容可以用 --department、--superior、--support、--takeover 给出。
    """
    place = slot_of(after, before, first, last)
    options = {"department": departments, "superior": superior, "support": support, "takeover": takeover}
    if category is None and kind is None and place is None:
        raise UsageError("没有说移到哪里。", "请用 --category、--kind、--after、--before、--first 或 --last。")
    opened = open_library(library, to_write=True)
    folder, (record,) = find(opened, [duty_id], township)
    target = Kind(kind) if kind else record.value.kind
    if target is record.value.kind and any(options.values()):
        used = "、".join(f"--{option}" for option, texts in options.items() if texts)
        raise UsageError(f"{used} 只在改列另一张清单时使用。", f"修改内容请直接编辑 {one_line(record.path)}。")
    for neighbour in filter(None, (after, before)):
        find(opened, [neighbour], folder.name)
    home = category_of(record.path) if category is None else known_category(opened.library, category)
    given = parts_of(opened.library, target, options)
    edited = move(opened.library, folder, record, home, target, given, place)
    headline = f"移动 {duty_id} 到 {target.label}·{one_line(home)}：{one_line(record.value.name)}"
    finish(opened, edited, headline, dry_run=dry_run, quiet=quiet)
