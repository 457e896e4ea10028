"""Shows one duty as it is printed."""

from difflib import get_close_matches
from pathlib import Path

import click

from dutylist.commands.common import emit, format_option, library_option, open_library, output_option, revision_option
from dutylist.document.columns import COLUMNS, show_cell
from dutylist.errors import UsageError
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import SHORT_LABELS, Kind
from dutylist.model.library import Library, Numbered, TownshipFolder, number_of
from dutylist.model.text import one_line
from dutylist.report.duty import as_json, as_text


@click.command("show")
@click.argument("duty_id", metavar="编号")
@format_option("text", "json", "toml")
@output_option
@revision_option
@library_option
def command(duty_id: str, form: str, output: Path | None, revision: str | None, library: Path | None) -> None:
    """显示一项事项：清单、序号、名称、部门和职责，与打印的一样。

    编号写全（azk-0139），或只写数字（139）；也可以写清单和序号（配合36）。
    """
    opened = open_library(library, revision)
    folder, numbered = _find(opened.library, duty_id)
    if form == "toml":
        emit(canonical_text(numbered.duty), output)
    elif form == "json":
        emit(as_json(folder, numbered), output)
    else:
        cells = [(column.title, show_cell(column, numbered)) for column in COLUMNS[numbered.duty.kind][3:]]
        emit(as_text(folder, numbered, cells), output)


def _find(library: Library, wanted: str) -> tuple[TownshipFolder, Numbered]:
    """The duty that the user means; one that is not there is answered with the nearest ids."""
    lists = ((folder, library.numbered(folder, kind)) for folder in library.townships for kind in Kind)
    numbered = {one.duty.id: (folder, one) for folder, some in lists for one in some}
    matches = [duty_id for duty_id, (_, one) in numbered.items() if _means(wanted, one)]
    if len(matches) == 1:
        return numbered[matches[0]]
    if matches:
        raise UsageError(f"{one_line(wanted)} 可以指几项事项：{'、'.join(matches)}。", "请把编号写全。")
    near = get_close_matches(wanted, numbered, 3, 0.6)
    hint = f"是不是 {'、'.join(near)}？" if near else "运行 dutylist list 查看全部编号。"
    raise UsageError(f"没有编号为 {one_line(wanted)} 的事项。", hint)


def _means(wanted: str, numbered: Numbered) -> bool:
    duty = numbered.duty
    prefix, _, digits = wanted.rpartition("-")
    if digits.isdecimal():
        return number_of(duty.id) == int(digits) and prefix in ("", duty.id.rpartition("-")[0])
    return wanted == f"{SHORT_LABELS[duty.kind]}{numbered.number}"
