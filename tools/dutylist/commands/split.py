"""Splits a duty into several."""

from pathlib import Path

import click

from dutylist.commands.common import open_library
from dutylist.commands.editing import editing_options, event_options, find, finish, why
from dutylist.edit.duties import split
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.text import one_line


@click.command("split")
@click.argument("duty_id", metavar="编号")
@click.option("--into", "names", multiple=True, required=True, metavar="TEXT", help="新事项的名称；一项写一次。")
@click.option("--keep", is_flag=True, help="原事项保留，新事项从中分出。")
@event_options
@editing_options
def command(
    duty_id: str,
    names: tuple[str, ...],
    keep: bool,
    reason: str,
    leg: str | None,
    township: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """把一项事项拆成几项。

    新事项取以后的编号，排在原事项的位置，部门和职责先照抄，请随后各自删减。原事项的文件删去（--keep 则保留），
    去向记入编号台账。
    """
    opened = open_library(library, to_write=True)
    folder, (record,) = find(opened, [duty_id], township)
    cleaned = [clean("名称", name) for name in names]
    if len(cleaned) < 2 and not keep:
        raise UsageError("拆分至少要两个 --into。", "原事项要保留时请加 --keep。")
    twice = next((name for name in cleaned if cleaned.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"名称重复：{one_line(twice)}", "每一项请用不同的名称。")
    edited = split(opened.library, folder, record, cleaned, keep, why(reason, leg))
    then = "各项的部门和职责现在与原事项相同，请各自删减，只留属于自己的。"
    headline = f"拆分 {duty_id} 为 {'、'.join(edited.ids)}"
    finish(opened, edited, headline, dry_run=dry_run, quiet=quiet, then=then)
