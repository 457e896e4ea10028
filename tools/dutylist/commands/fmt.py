"""Writes files in their canonical form."""

from pathlib import Path

import click

from dutylist.commands.common import dry_run_option, emit, hint, library_option, open_library, quiet_option
from dutylist.model import faults
from dutylist.model.canonical import canonical_text
from dutylist.model.text import one_line
from dutylist.store.place import locate
from dutylist.store.write import save

_MENDED = {faults.MARK.code, faults.LINE_ENDS.code}
# A hidden character is written as an escape, which can be seen; where there is no file none is kept.
_NO_HINDRANCE = {faults.HIDDEN.code, faults.ABSENT.code, faults.EMPTY.code}


@click.command("fmt")
@click.argument("paths", nargs=-1, metavar="[文件或文件夹]...", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="只报告哪些文件不规范，不改动；有则退出码为 1。")
@dry_run_option
@library_option
@quiet_option
def command(paths: tuple[Path, ...], only_check: bool, dry_run: bool, library: Path | None, quiet: bool) -> None:
    """把文件整理成规范写法。

    字段次序、缩进、空行统一；文字一个也不改。含有注释或读不出来的文件保持原样，并说明原因。
    """
    from dutylist.commands.paths import limits

    opened = open_library(library, to_write=True)
    within = limits(opened, paths)
    found = [finding for finding in opened.faults if within(finding.spot.path)]
    left = locate([finding for finding in found if finding.code not in _MENDED | _NO_HINDRANCE], opened.snapshot)
    kept = {finding.spot.path for finding in left}
    marked = {finding.spot.path for finding in found if finding.code in _MENDED}
    changes: dict[str, bytes | None] = {
        record.path: canonical_text(record.value).encode()
        for record in opened.library.records()
        if within(record.path) and record.path not in kept and (not record.canonical or record.path in marked)
    }
    if not (only_check or dry_run):
        save(opened.root, changes)
    word = "需要整理" if only_check or dry_run else "已整理"
    emit("".join(f"{word} {one_line(path)}\n" for path in changes))
    for finding in left:
        hint(f"保持原样 {one_line(finding.spot.path)}:{finding.place.line}:{finding.place.column}  {finding.message}")
    if not quiet:
        hint(
            f"{len(changes)} 个文件{word}。"
            if changes
            else "文件都是规范写法。"
            if not left
            else "其余文件都是规范写法。"
        )
    raise SystemExit(1 if left or (only_check and changes) else 0)
