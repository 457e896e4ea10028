"""Answers an opinion."""

from pathlib import Path

import click

from dutylist.commands.common import Opened, dry_run_option, emit, library_option, quiet_option
from dutylist.commands.consulting import closing_words, opened_to_write, save_records
from dutylist.consult.legs import open_leg
from dutylist.consult.settle import settled
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Opinion, Verdict
from dutylist.model.record import Record
from dutylist.model.text import one_line

_SHORTEST = 4


@click.command("settle")
@click.argument("leg", metavar="编制/环节")
@click.argument("opinion", metavar="意见编号")
@click.option(
    "--verdict",
    required=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    metavar="VERDICT",
    help="adopted 采纳、partly-adopted 部分采纳、not-adopted 不采纳或 disputed 待研判。",
)
@click.option("--reason", metavar="TEXT", help="理由；除采纳外必填。")
@click.option("--by", "settled_by", metavar="TEXT", help="协调方式：由谁、怎样定下来的，如“专题协调会 2025-03-15”。")
@click.option(
    "--change", "changes", multiple=True, metavar="FINGERPRINT", help="改在别处时，指明对应的变化，可以写多次。"
)
@dry_run_option
@library_option
@quiet_option
def command(
    leg: str,
    opinion: str,
    verdict: str,
    reason: str | None,
    settled_by: str | None,
    changes: tuple[str, ...],
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """答复一条意见：采纳、部分采纳、不采纳，或者留待研判。

    意见编号可以只写末尾几位。环节关闭之前可以重新答复，以最后一次为准。
    """
    opened = opened_to_write(library)
    folder = open_leg(opened.library, leg)
    record = _meant(folder, opinion)
    answer = settled(
        record.value,
        Verdict(verdict),
        None if reason is None else clean("理由", reason, lines=True),
        None if settled_by is None else clean("协调方式", settled_by),
        _fingerprints(opened, folder, changes),
    )
    if answer == record.value:
        emit(f"{answer.id} 已经这样答复，没有改动任何文件。\n")
        return
    save_records(opened, {record.path: answer}, dry_run=dry_run)
    was = record.value.verdict.label if record.value.verdict else "未答复"
    emit(f"{one_line(answer.author)}的意见 {answer.id}：{was} → {Verdict(verdict).label}\n修改  {record.path}\n")
    next_step = "照意见修改事项；" if Verdict(verdict).asks_for_change else ""
    closing_words(f"下一步：{next_step}运行 dutylist leg status {leg} 查看还差什么。", dry_run=dry_run, quiet=quiet)


def _meant(leg: LegFolder, wanted: str) -> Record[Opinion]:
    """The opinion that an id, or the end of one, means."""
    found = [record for record in leg.opinions if record.value.id == wanted]
    if not found and len(wanted) >= _SHORTEST:
        found = [record for record in leg.opinions if record.value.id.endswith(wanted)]
    if len(found) > 1:
        listed = "、".join(record.value.id for record in found)
        raise UsageError(f"{one_line(wanted)} 可以指几条意见：{listed}。", "请把编号写全。")
    if not found:
        message = f"环节 {leg.title} 没有意见 {one_line(wanted)}。"
        raise UsageError(message, f"运行 dutylist opinion list {leg.title} 查看编号。")
    return found[0]


def _fingerprints(opened: Opened, leg: LegFolder, wanted: tuple[str, ...]) -> list[str]:
    """The whole fingerprints of changes that are there."""
    from dutylist.commands.legs import changes_now, meant_changes

    found = changes_now(opened.root, opened.library, leg) if wanted else ()
    return [change.fingerprint for change in meant_changes(found, wanted)]
