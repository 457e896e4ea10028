"""Retires duties: the files go, the ledger says why."""

from pathlib import Path

import click

from dutylist.commands.common import open_library
from dutylist.commands.editing import editing_options, event_options, find, finish, why
from dutylist.edit.duties import retire


@click.command("retire")
@click.argument("ids", nargs=-1, required=True, metavar="编号...")
@event_options
@editing_options
def command(
    ids: tuple[str, ...],
    reason: str,
    leg: str | None,
    township: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """废止一项或几项事项。

    事项的文件删去，编号不再使用，去向和理由记入编号台账，所报总数和说明中的数一并改好。
    """
    opened = open_library(library, to_write=True)
    folder, records = find(opened, ids, township)
    edited = retire(opened.library, folder, records, why(reason, leg))
    finish(opened, edited, f"废止 {'、'.join(edited.ids)}", dry_run=dry_run, quiet=quiet)
