"""Says of each text of a duty since which commit it stands there."""

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
from dutylist.compare.origin import origins
from dutylist.consult.past import of_origin
from dutylist.report.history import as_json, blame_report
from dutylist.report.history_text import blame_text
from dutylist.report.views import Terminal


@click.command("blame")
@click.argument("duty_id", metavar="编号")
@format_option("text", "json")
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
    """一项事项的每处文字是从哪次提交起就在的：何时、何人、在哪个环节、依据什么意见。

    移到别的类别、清单或段落的文字，以及随合并、拆分带来的文字，追到最初写下的时候。
    编号写全（azk-0139），或只写数字（139）、清单和序号（配合36）；已经不在清单中的要写全。
    """
    past = open_past(library, revision, township, duty_id)
    found = origins(past.history)
    legs = past.legs_of(origin.commit.id for origin in found)
    told = [(origin, of_origin(origin, legs.get(origin.commit.id, ()))) for origin in found]
    report = blame_report(past.revision.commit, past.history, told)
    terminal = Terminal(columns() or 100, colour() and output is None)
    emit(as_json(report) if form == "json" else blame_text(report, terminal), output, quiet=quiet)
    if not quiet:
        past.say_hints()
