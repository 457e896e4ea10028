"""Lists the duties in printed order."""

from pathlib import Path

import click

from dutylist.commands.common import (
    columns,
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
    require_township,
    revision_option,
    township_option,
)
from dutylist.edit.lookup import known_category, known_departments
from dutylist.model.duty import Kind
from dutylist.report.duties import FORMATS, as_text, rows


@click.command("list")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    metavar="KIND",
    help="只列一张清单：basic 基本、supporting 配合、reclaimed 收回。",
)
@click.option("--category", metavar="NAME", help="只列一个类别。")
@click.option("--department", metavar="NAME", help="只列涉及一个部门的事项；简称也可以。")
@click.option("--search", metavar="TEXT", help="只列名称中含有这些字的事项。")
@format_option(*FORMATS)
@output_option
@township_option
@revision_option
@library_option
@quiet_option
def command(
    kind: str | None,
    category: str | None,
    department: str | None,
    search: str | None,
    form: str,
    output: Path | None,
    township: str | None,
    revision: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """列出事项：编号、清单、类别、序号、名称。

    序号按打印的次序计算，不存在文件里。格式 json 供程序使用，csv 供表格软件使用。
    """
    opened = open_library(library, revision)
    if township is not None:
        require_township(opened.library, township)
    canonical = opened.library.vocabulary.canonical
    wanted = None if department is None else canonical(known_departments(opened.library, [department])[0])
    every = rows(opened.library)
    if category is not None and all(row.category != category for row in every):
        category = known_category(opened.library, category)
    shown = [
        row
        for row in every
        if (township is None or row.township == township)
        and (kind is None or row.kind == kind)
        and (category is None or row.category == category)
        and (search is None or search in row.name)
        and (wanted is None or wanted in map(canonical, row.departments))
    ]
    on_screen = form == "text" and output is None
    emit(as_text(shown, columns()) if on_screen else FORMATS[form](shown), output, quiet=quiet)
    unread = sum(len(folder.unread) for folder in opened.library.townships)
    if not quiet:
        hint(f"共 {len(every)} 项，列出 {len(shown)} 项。" if len(shown) != len(every) else f"共 {len(every)} 项。")
    if unread:
        hint(f"另有 {unread} 个文件读不出来；运行 dutylist check 查看原因。")
