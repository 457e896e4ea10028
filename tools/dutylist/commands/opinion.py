"""Opinions: keeps one, reads a table of them, lists them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from dutylist.commands.common import (
    Verbs,
    colour,
    columns,
    date_option,
    dry_run_option,
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
    today_of,
)
from dutylist.commands.consulting import closing_words, opened_to_write, save_records, unit
from dutylist.commands.opining import (
    OPEN,
    Said,
    Wanted,
    days_late,
    drafted,
    duty_meant,
    path_for,
    received_on,
    said_already,
)
from dutylist.consult.legs import existing, open_leg
from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import LegFolder, opinion_path
from dutylist.model.consultation import Opinion, Verdict
from dutylist.model.record import Record
from dutylist.model.text import one_line
from dutylist.store.snapshot import unreadable

LARGEST_TABLE = 16 << 20


@click.group("opinion", cls=Verbs)
def command() -> None:
    """意见：登记一条，导入部门填好的表，列出。

    一条意见一个文件，在 changelog 下所属环节的 opinions 里；两个人各自登记，合并时不会冲突。
    """


@command.command("add", short_help="登记一条意见")
@click.argument("leg", metavar="[编制/环节]", required=False)
@click.option("--author", required=True, metavar="NAME", help="提出单位；词表中的部门可以写简称。")
@click.option("--text", required=True, metavar="TEXT", help="意见的原话。")
@click.option("--duty", metavar="ID", help="针对哪一项：编号、数字，或清单和序号（配合36）；不写则针对整个清单。")
@click.option("--field", metavar="NAME", help="针对哪一处，如 township_responsibilities 或“乡镇（街道）配合职责”。")
@click.option("--original", metavar="TEXT", help="所针对的原文；那一处只有一段文字时不用写。")
@click.option("--proposed", metavar="TEXT", help="建议修改为。")
@click.option("--argument", metavar="TEXT", help="提出的理由。")
@dry_run_option
@date_option
@format_option("text", "json")
@library_option
@quiet_option
def add(
    leg: str | None,
    author: str,
    text: str,
    duty: str | None,
    field: str | None,
    original: str | None,
    proposed: str | None,
    argument: str | None,
    dry_run: bool,
    today: datetime | None,
    form: str,
    library: Path | None,
    quiet: bool,
) -> None:
    """登记一条意见。只有一个正在进行的环节时，不用写环节。

    收到日期取 --date；逾期的照样登记。撤销：删去 opinions 下的这个文件。
    """
    opened = opened_to_write(library)
    folder = open_leg(opened.library, leg)
    received = received_on(folder, today_of(today))
    about = None if duty is None else duty_meant(opened.library, folder, duty)
    said = Said(text, field, original, proposed, argument)
    opinion = drafted(folder, unit(opened.library, author, folder), about, said, received)
    same = said_already((record.value for record in folder.opinions), opinion)
    if same is None:
        save_records(opened, {path_for(opened, folder, opinion): opinion}, dry_run=dry_run)
    _tell(folder, same or opinion, form, new=same is None)
    if same is None:
        _say_late(days_late(folder, received))
        closing_words(f"下一步：运行 dutylist leg status {folder.title} 查看。", dry_run=dry_run, quiet=quiet)


def _tell(leg: LegFolder, opinion: Opinion, form: str, *, new: bool) -> None:
    """What was kept, or that it is there already."""
    path = opinion_path(leg.campaign, leg.name, opinion.id)
    if form == "json":
        from dutylist.report.opinions import as_json, opinion_list

        emit(as_json(opinion_list([replace(leg, opinions=(Record(path, opinion),))], {})))
        return
    about = f"对 {opinion.duty} " if opinion.duty else ""
    if new:
        emit(f"登记 {one_line(opinion.author)}{about}的意见 {opinion.id}\n新增  {one_line(path)}\n")
    else:
        emit(f"{one_line(opinion.author)}{about}的意见已经登记过：{opinion.id}，没有改动任何文件。\n")


def _say_late(days: int) -> None:
    if days:
        hint(f"逾期 {days} 天收到；照样登记，报告中会注明。")


def _taken(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> dict[int, str]:
    """`--take 4=azk-0139` as rows and what they are about."""
    taken = {}
    for text in texts:
        row, _, duty = text.partition("=")
        if not (row.isascii() and row.isdecimal() and len(row) < 10 and duty.strip()):
            raise UsageError(f"--take 要写成 行=编号，如 4=azk-0139：{one_line(text)}", "行号见导入结果。")
        taken[int(row)] = duty.strip()
    return taken


@command.command("import", short_help="导入部门填好的意见表")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--leg", metavar="LEG", help="导入到哪个环节，如 2025/1-down；只有一个正在进行的环节时不用写。")
@click.option("--author", metavar="NAME", help="提出单位；表中有“提出单位”一栏并且写了的，以表为准。")
@click.option(
    "--take",
    "taken",
    multiple=True,
    callback=_taken,
    metavar="ROW=ID",
    help="指明第几行针对哪一项，如 4=azk-0139；可以写多次。",
)
@click.option("--partial", is_flag=True, help="有不能导入的行时，仍导入其余各行。")
@dry_run_option
@date_option
@format_option("text", "json")
@output_option
@library_option
@quiet_option
def import_(
    file: Path,
    leg: str | None,
    author: str | None,
    taken: dict[int, str],
    partial: bool,
    dry_run: bool,
    today: datetime | None,
    form: str,
    output: Path | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """导入部门填好的意见表（csv、markdown），如 dutylist extract 给出的表。

    栏目的先后随意，多出的栏会列出。事项按编号、清单和序号、名称对上；只是相似的不会自动采用，列出建议，由人指明。
    有不能导入的行时什么也不写，除非 --partial；这时退出码为 1。再次导入同一张表，已经登记过的不会重复。
    """
    from dutylist.commands.opinion_import import Importing
    from dutylist.document.opinion_formats import format_of, load
    from dutylist.report.opinion_import import as_json, as_text, imported

    format_of(file.name)
    opened = opened_to_write(library)
    folder = open_leg(opened.library, leg)
    received = received_on(folder, today_of(today))
    sheet = load(file.name, _content(file))
    _require_rows(taken, {row.at for row in sheet.rows})
    importing = Importing(opened, folder, author, received, taken)
    for row in sheet.rows:
        importing.take(row)
    refused = importing.refused
    blocked = refused and not partial
    writing = bool(importing.new) and not dry_run and not blocked
    if writing:
        save_records(opened, importing.new, dry_run=False)
    report = imported(file.name, folder.title, importing.entries, sheet.unknown, sheet.notes, written=writing)
    emit(as_json(report) if form == "json" else as_text(report), output, quiet=quiet)
    if blocked:
        hint("有未导入的行，没有写任何文件；请改正后再导入，或加上 --partial 只导入其余各行。")
    elif importing.new:
        _say_late(days_late(folder, received))
        then = f"已写入 {len(importing.new)} 个文件。下一步：运行 dutylist leg status {folder.title} 查看。"
        closing_words(then, dry_run=dry_run, quiet=quiet)
    else:
        hint("没有新的意见，没有写文件。")
    if refused:
        raise SystemExit(1)


def _content(file: Path) -> bytes:
    """The bytes of a table."""
    try:
        if file.exists() and (not file.is_file() or file.stat().st_size > LARGEST_TABLE):
            message = f"{one_line(file.name)} 不是普通文件，或者超过 {LARGEST_TABLE >> 20} MiB。"
            raise DutyListError(message, "请确认是否选错了文件。")
        return file.read_bytes()
    except OSError as error:
        raise unreadable(str(file), error) from error


def _require_rows(taken: dict[int, str], rows: set[int]) -> None:
    for row in taken.keys() - rows:
        raise UsageError(f"表里没有第 {row} 行，或者那一行是空的。", "请核对 --take；行号见导入结果。")


@command.command("list", short_help="列出意见和答复")
@click.argument("leg", metavar="[编制/环节]", required=False)
@click.option("--author", metavar="NAME", help="只列一个单位的意见；简称也可以。")
@click.option("--duty", metavar="ID", help="只列针对一项事项的意见。")
@click.option(
    "--verdict",
    type=click.Choice([OPEN, *(verdict.value for verdict in Verdict)]),
    metavar="VERDICT",
    help="只列一种：open 未答复、adopted 采纳、partly-adopted 部分采纳、not-adopted 不采纳、disputed 待研判。",
)
@format_option("text", "json")
@output_option
@library_option
@quiet_option
def listing(
    leg: str | None,
    author: str | None,
    duty: str | None,
    verdict: str | None,
    form: str,
    output: Path | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """列出意见：谁提的，针对什么，怎样答复。不写环节，则列出全部环节的意见。"""
    from dutylist.report.opinions import as_json, opinion_list, text
    from dutylist.report.views import Terminal

    known = open_library(library).library
    legs = list(known.legs()) if leg is None else [existing(known, leg)]
    wanted = Wanted.of(known, legs, author, duty, verdict)
    shown = [replace(one, opinions=tuple(filter(wanted.fits, one.opinions))) for one in legs]
    entries = opinion_list(shown, {})
    terminal = Terminal(columns() or 100, colour() and output is None)
    emit(as_json(entries) if form == "json" else text(entries, terminal), output, quiet=quiet)
    every, some = (sum(len(one.opinions) for one in those) for those in (legs, shown))
    if not quiet:
        hint(f"共 {every} 条，列出 {some} 条。" if some != every else f"共 {every} 条。")
