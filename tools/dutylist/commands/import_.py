"""Reads a document into the library as a township's list."""

from dataclasses import replace
from pathlib import Path

import click

from dutylist.commands.common import (
    Opened,
    dry_run_option,
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
)
from dutylist.commands.documents import load_document
from dutylist.document.assemble import to_library
from dutylist.document.columns import printed
from dutylist.errors import DutyListError, UsageError
from dutylist.model import faults
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, TownshipFolder
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Categories
from dutylist.report.imported import as_json, as_text, report
from dutylist.store.write import save, write


@click.command("import")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--prefix", required=True, metavar="LETTERS", help="本乡镇的编号前缀，如 azk。")
@click.option("--code", required=True, metavar="DIGITS", help="统计用区划代码，九位数字。")
@click.option("--name", metavar="NAME", help="乡镇（街道）名称；默认从标题读出，下同。")
@click.option("--county", metavar="NAME", help="所属县（市、区）。")
@click.option("--prefecture", metavar="NAME", help="所属地（州、市）。")
@click.option("--province", metavar="NAME", help="所属省（区、市）。")
@click.option("--verbose", is_flag=True, help="已规范之处也逐条列出。")
@format_option("text", "json")
@output_option
@dry_run_option
@library_option
@quiet_option
def command(
    file: Path,
    prefix: str,
    code: str,
    name: str | None,
    county: str | None,
    prefecture: str | None,
    province: str | None,
    verbose: bool,
    form: str,
    output: Path | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """从文档导入一个乡镇的清单（markdown）。

    生成事项文件、编号台账、说明和所报总数，词表里没有的类别和部门加在后面。
    文字一个也不丢：规范了什么、推测了什么、什么没有字段可放，都列在导入报告里。
    """
    opened = open_library(library, to_write=True)
    known = opened.library
    _refuse_broken_vocabularies(opened)
    categories = known.categories.value if known.categories else Categories()
    loaded = load_document(file, known.vocabulary)
    loaded = replace(
        loaded,
        name=name or loaded.name,
        county=county or loaded.county,
        prefecture=prefecture or loaded.prefecture,
        province=province or loaded.province,
    )
    made = to_library(loaded, prefix, code, categories, known.vocabulary)
    _refuse_used_prefix(known, made.townships[0].name, prefix)
    changes = _changes(opened, made)
    if not dry_run:
        save(opened.root, changes)
    view = report(made, made.townships[0], loaded.notes, changes)
    emit(as_json(view) if form == "json" else as_text(view, whole=verbose), output, quiet=quiet)
    if not quiet:
        _say_what_comes_next(len(changes), dry_run)


def _refuse_broken_vocabularies(opened: Opened) -> None:
    """A vocabulary that cannot be read would be written anew, without what stands in it."""
    for finding in opened.faults:
        if finding.spot.path in (CATEGORIES_FILE, DEPARTMENTS_FILE) and finding.code != faults.ABSENT.code:
            raise DutyListError(f"{finding.spot.path} 有错：{finding.message}", "请先改正词表，再导入。")


def _say_what_comes_next(files: int, dry_run: bool) -> None:
    if not files:
        hint("与清单库中的内容一致，没有写文件。")
        return
    hint(f"{'将写入' if dry_run else '已写入'} {files} 个文件。下一步：核对上面的推测，再运行 dutylist check。")


def _changes(opened: Opened, made: Library) -> dict[str, bytes | None]:
    """The files to write: none where the library says the same already; a township that says other is refused."""
    new = made.townships[0]
    old = next((folder for folder in opened.library.townships if folder.name == new.name), None)
    if old is not None and (old.duties or old.unread):
        if _says_the_same(opened.library, old, made, new):
            return {}
        raise DutyListError(
            f"清单库里已经有{one_line(new.name)}（{len(old.duties) + len(old.unread)} 项），内容与文档不同。",
            "请用编辑命令逐项修改；要整个重来，先删去它的文件夹再导入。",
        )
    if old is not None and old.ledger and (old.ledger.value.next > 1 or old.ledger.value.events):
        message = f"{one_line(new.name)}的编号台账已经给出过编号，导入会重新从 1 取号。"
        raise DutyListError(message, "编号不能再用：请从 git 恢复事项，或换一个文件夹导入。")
    written = write(made)
    contents = dict(written.read(written.files))
    present = [
        item.path for item in opened.snapshot.items() if item.path in contents and item.link is None and item.size >= 0
    ]
    same = {path for path, content in opened.snapshot.read(present) if contents[path] == content}
    return {path: content for path, content in contents.items() if path not in same}


def _refuse_used_prefix(library: Library, name: str, prefix: str) -> None:
    """Two townships with one prefix would give out the same ids."""
    for folder in library.townships:
        if folder.name != name and folder.township and folder.township.value.prefix == prefix:
            message = f"编号前缀 {prefix} 已经由{one_line(folder.name)}使用。"
            raise UsageError(message, "请用 --prefix 另取一个前缀。")


def _says_the_same(library: Library, old: TownshipFolder, made: Library, new: TownshipFolder) -> bool:
    """Whether two townships print the same lists and the same preface."""
    if old.township is None or new.township is None or old.unread:
        return False
    here, there = printed(library, old), printed(made, new)
    rows = [[line.cells for line in one.lines] for one in here] == [[line.cells for line in one.lines] for one in there]
    return rows and old.township.value.preface == new.township.value.preface
