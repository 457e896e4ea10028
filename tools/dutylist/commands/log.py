"""Tells a duty's life: each commit that touched it, and what it changed."""

from itertools import islice
from pathlib import Path

import click

from dutylist.commands.common import (
    colour,
    columns,
    emit,
    format_option,
    library_option,
    output_option,
    quiet_option,
    revision_option,
    township_option,
)
from dutylist.commands.past import open_past
from dutylist.compare.life import life
from dutylist.consult.past import of_chapter
from dutylist.report.history import as_json, log_report
from dutylist.report.history_text import log_text
from dutylist.report.views import Terminal


@click.command("log")
@click.argument("duty_id", metavar="编号")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="只看最近 N 次提交。")
@click.option("--reverse", is_flag=True, help="从旧到新排列。")
@format_option("text", "json")
@output_option
@township_option
@revision_option
@library_option
@quiet_option
def command(
    duty_id: str,
    limit: int | None,
    reverse: bool,
    form: str,
    output: Path | None,
    township: str | None,
    revision: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """一项事项的历史：每次提交何时、何人、在哪个环节、依据什么意见，改了什么。

    换类别、换清单、合并、拆分之前的历史也在内。
    编号写全（azk-0139），或只写数字（139）、清单和序号（配合36）；已经不在清单中的要写全。
    """
    past = open_past(library, revision, township, duty_id)
    chapters = list(islice(life(past.history, past.library), limit))
    legs = past.legs_of(chapter.commit.id for chapter in chapters)
    told = [(chapter, of_chapter(chapter, legs.get(chapter.commit.id, ()))) for chapter in chapters]
    report = log_report(past.revision.commit, past.history, reversed(told) if reverse else told)
    terminal = Terminal(columns() or 100, colour() and output is None)
    emit(as_json(report) if form == "json" else log_text(report, terminal), output, quiet=quiet)
    if not quiet:
        past.say_hints()
