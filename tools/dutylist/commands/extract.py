"""Takes out what concerns one department, as a table to fill in."""

from pathlib import Path

import click

from dutylist.commands.common import (
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
    require_township,
    revision_option,
)
from dutylist.document.opinion_formats import FORMATS
from dutylist.document.opinions import to_fill_in
from dutylist.edit.lookup import known_departments
from dutylist.model.extract import Extract, extract
from dutylist.model.library import Library
from dutylist.model.text import one_line


@click.command("extract")
@click.option("--department", required=True, metavar="NAME", help="部门；简称也可以。")
@click.option("--township", "townships", multiple=True, metavar="NAME", help="只看这个乡镇（街道）；可以写多次。")
@click.option("--all", "whole", is_flag=True, help="每项事项列出全部文字，包括名称和别的部门的职责。")
@format_option(*FORMATS, "json")
@output_option
@revision_option
@library_option
@quiet_option
def command(
    department: str,
    townships: tuple[str, ...],
    whole: bool,
    form: str,
    output: Path | None,
    revision: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """摘出各乡镇清单中涉及一个部门的事项，附答复表。

    部门填好“意见”“建议修改为”“理由”三栏交回，用 dutylist opinion import 导入；编号一栏请留着，导入时靠它对上事项。
    每项列出这个部门的职责和乡镇的职责。格式 csv 可以用表格软件打开。
    """
    opened = open_library(library, revision)
    for name in townships:
        require_township(opened.library, name)
    named = opened.library.vocabulary.canonical(known_departments(opened.library, [department])[0])
    found = extract(opened.library, named, townships, whole=whole)
    emit(_written(found, form), output, quiet=quiet)
    if not quiet:
        hint(f"{one_line(named)}：{len(found.duties)} 项事项，{found.parts} 处。")
    _say_what_is_lacking(opened.library, found)


def _written(found: Extract, form: str) -> str:
    if form == "json":
        from dutylist.report.extract import as_json

        return as_json(found)
    return FORMATS[form].dump(to_fill_in(found))


def _say_what_is_lacking(library: Library, found: Extract) -> None:
    """A duty that could not be read may concern the department: the extract must not look whole."""
    unread = sum(len(folder.unread) for folder in library.townships if folder.name in found.townships)
    if unread:
        hint(f"注意：有 {unread} 个文件读不出来，没有列入；运行 dutylist check 查看原因。")
        raise SystemExit(1)
