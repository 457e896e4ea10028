"""Shows one duty as it is printed."""

from difflib import get_close_matches
from pathlib import Path

import click

from dutylist.commands.common import (
    choose_township,
    emit,
    format_option,
    library_option,
    open_library,
    output_option,
    quiet_option,
    revision_option,
    township_option,
)
from dutylist.document.columns import COLUMNS, show_cell
from dutylist.edit.lookup import means
from dutylist.errors import UsageError
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import Kind
from dutylist.model.library import Library, Numbered, TownshipFolder
from dutylist.model.text import one_line
from dutylist.report.duty import as_json, as_text


@click.command("show")
@click.argument("duty_id", metavar="编号")
@format_option("text", "json", "toml")
@output_option
@township_option
@revision_option
@library_option
@quiet_option
def command(
    duty_id: str,
    form: str,
    output: Path | None,
    township: str | None,
    revision: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """显示一项事项：清单、序号、名称、部门和职责，与打印的一样。

    编号写全（azk-0139），或只写数字（139）；也可以写清单和序号（配合36）。
    """
    opened = open_library(library, revision)
    folders = opened.library.townships if township is None else (choose_township(opened.library, township),)
    folder, numbered = _find(opened.library, folders, duty_id)
    if form == "toml":
        text = canonical_text(numbered.duty)
    elif form == "json":
        text = as_json(folder, numbered)
    else:
        cells = [(column.title, show_cell(column, numbered)) for column in COLUMNS[numbered.duty.kind][3:]]
        text = as_text(folder, numbered, cells)
    emit(text, output, quiet=quiet)


def _find(library: Library, folders: tuple[TownshipFolder, ...], wanted: str) -> tuple[TownshipFolder, Numbered]:
    """The duty that the user means; one that is not there is answered with the nearest ids."""
    lists = ((folder, library.numbered(folder, kind)) for folder in folders for kind in Kind)
    every = [(folder, one) for folder, some in lists for one in some]
    matches = [found for found in every if means(wanted, found[1])]
    if len(matches) == 1:
        return matches[0]
    if matches:
        paths = "、".join(one_line(one.record.path) for _, one in matches)
        raise UsageError(
            f"{one_line(wanted)} 可以指几项事项：{paths}。", "请把编号写全；编号重复的，先运行 dutylist check 改正。"
        )
    near = get_close_matches(wanted, {one.duty.id for _, one in every}, 3, 0.6)
    hint = f"是不是 {'、'.join(near)}？" if near else "运行 dutylist list 查看全部编号。"
    raise UsageError(f"没有编号为 {one_line(wanted)} 的事项。", hint)
