"""Merges duties of one list into one of them."""

from pathlib import Path

import click

from dutylist.commands.common import open_library
from dutylist.commands.editing import editing_options, event_options, find, finish, why
from dutylist.edit.duties import merge
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.text import one_line


@click.command("merge")
@click.argument("ids", nargs=-1, required=True, metavar="编号 编号...")
@click.option("--into", required=True, metavar="ID", help="并入哪一项，须是前面各项之一；它的编号和位次保留。")
@click.option("--name", metavar="TEXT", help="合并后的名称；不写则沿用并入的那一项的名称。")
@event_options
@editing_options
def command(
    ids: tuple[str, ...],
    into: str,
    name: str | None,
    reason: str,
    leg: str | None,
    township: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """合并几项事项。

    各项须在同一张清单。部门、职责、法律依据依次接在并入的那一项之后，相同的只留一份；其余各项的文件删去，
    去向记入编号台账。
    """
    opened = open_library(library, to_write=True)
    folder, records = find(opened, ids, township)
    survivor = next((record for record in records if record.value.id == into), None)
    if survivor is None:
        raise UsageError(
            f"--into {one_line(into)} 不在要合并的各项之中。", "请选其中一项，例如 --into " + ids[0] + "。"
        )
    if len(records) < 2:
        raise UsageError("合并至少要两项。", "请写出全部要合并的编号，并入的那一项也在内。")
    new_name = None if name is None else clean("名称", name)
    edited = merge(opened.library, folder, records, survivor, new_name, why(reason, leg))
    headline = f"合并 {'、'.join(record.value.id for record in records)} 为 {into}"
    finish(
        opened,
        edited,
        headline,
        dry_run=dry_run,
        quiet=quiet,
        then=f"请通读 {one_line(survivor.path)}，理顺合并后的文字。",
    )
