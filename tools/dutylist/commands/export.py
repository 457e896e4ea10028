"""Writes a township's list as a document."""

from pathlib import Path

import click

from dutylist.commands.common import (
    choose_township,
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
    revision_option,
    township_option,
)
from dutylist.document.formats import FORMATS


@click.command("export")
@format_option(*FORMATS)
@output_option
@township_option
@revision_option
@library_option
@quiet_option
def command(
    form: str, output: Path | None, township: str | None, revision: str | None, library: Path | None, quiet: bool
) -> None:
    """把清单导出为文档：标题、说明、目录和三张表，版式与公开的清单相同。

    序号在导出时计算。有文件读不出来时照样导出其余事项，并说明少了几项。
    """
    opened = open_library(library, revision)
    folder = choose_township(opened.library, township)
    emit(FORMATS[form].dump(opened.library, folder), output, quiet=quiet)
    if folder.unread:
        hint(f"注意：有 {len(folder.unread)} 个文件读不出来，没有导出；运行 dutylist check 查看原因。")
        raise SystemExit(1)
