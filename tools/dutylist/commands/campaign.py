"""Campaigns: begins one, lists all."""

from pathlib import Path

import click

from dutylist.commands.common import (
    Verbs,
    choose_township,
    colour,
    columns,
    dry_run_option,
    emit,
    format_option,
    library_option,
    open_library,
    output_option,
    quiet_option,
    require_township,
)
from dutylist.commands.consulting import closing_words, opened_to_write, save_records
from dutylist.consult.legs import refuse_names_taken
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.changelog import campaign_path
from dutylist.model.consultation import NAME_PATTERN, Campaign, CampaignKind
from dutylist.model.library import Library
from dutylist.model.text import one_line


@click.group("campaign", cls=Verbs)
def command() -> None:
    """编制、动态调整或职责准入：新建，列出。

    一次编制有六个环节（三上三下）：1-up、1-down、2-up、2-down、3-up、3-down；
    动态调整和职责准入有三个：apply 乡镇申请、confer 部门会商、decide 党委政府审定。各地不同的，用 --leg 自己写明。
    """


@command.command("new", short_help="新建一次编制、调整或准入")
@click.argument("name", metavar="名称")
@click.option(
    "--kind",
    required=True,
    type=click.Choice([kind.value for kind in CampaignKind]),
    metavar="KIND",
    help="compilation 编制、adjustment 动态调整或 admission 职责准入。",
)
@click.option("--title", required=True, metavar="TEXT", help="写在报告上的名称。")
@click.option(
    "--township",
    "townships",
    multiple=True,
    metavar="NAME",
    help="涉及的乡镇（街道），可以写多次；只有一个时不用写。",
)
@click.option("--leg", "legs", multiple=True, metavar="NAME", help="环节，按先后；可以写多次；不写则按种类。")
@click.option("--signed", is_flag=True, help="每个环节的标签都必须签名。")
@click.option("--note", metavar="TEXT", help="备注，给同事看。")
@dry_run_option
@library_option
@quiet_option
def new(
    name: str,
    kind: str,
    title: str,
    townships: tuple[str, ...],
    legs: tuple[str, ...],
    signed: bool,
    note: str | None,
    dry_run: bool,
    library: Path | None,
    quiet: bool,
) -> None:
    """新建一次编制、动态调整或职责准入，如 2025。

    名称用作文件夹和标签，只含字母、数字、汉字、- 和 _。撤销：删去 changelog 下的这个文件夹。
    """
    for one in (name, *legs):
        _require_name(one)
    if len(set(legs)) < len(legs):
        raise UsageError("环节不能重名。", "请核对 --leg。")
    opened = opened_to_write(library)
    refuse_names_taken((campaign.name for campaign in opened.library.campaigns), name)
    what = CampaignKind(kind)
    record = Campaign(
        title=clean("名称", title),
        kind=what,
        townships=_townships(opened.library, townships),
        legs=legs or what.legs,
        signed=True if signed else None,
        note=None if note is None else clean("备注", note),
    )
    save_records(opened, {campaign_path(name): record}, dry_run=dry_run)
    emit(f"新建{what.label} {name}：{record.title}\n新增  {campaign_path(name)}  环节 {'、'.join(record.legs)}\n")
    next_step = f"下一步：git add 和 git commit 之后，运行 dutylist leg open {name}/{record.legs[0]}。"
    closing_words(next_step, dry_run=dry_run, quiet=quiet)


@command.command("list", short_help="列出全部和各自的环节")
@format_option("text", "json")
@output_option
@library_option
@quiet_option
def listing(form: str, output: Path | None, library: Path | None, quiet: bool) -> None:
    """列出每一次编制、动态调整和职责准入，以及各个环节到了哪一步。"""
    from dutylist.report.leg_list import as_json, campaign_list, text
    from dutylist.report.views import Terminal

    entries = campaign_list(open_library(library).library.campaigns)
    terminal = Terminal(columns() or 100, colour() and output is None)
    emit(as_json(entries) if form == "json" else text(entries, terminal), output, quiet=quiet)


def _require_name(name: str) -> None:
    import re

    if not re.fullmatch(NAME_PATTERN, name):
        raise UsageError(f"不能用作名称：{one_line(name)}", "只用字母、数字、汉字、- 和 _，不超过 40 个字。")


def _townships(library: Library, given: tuple[str, ...]) -> tuple[str, ...]:
    """The townships that a campaign is about."""
    for name in given:
        require_township(library, name)
    return tuple(dict.fromkeys(given)) or (choose_township(library, None).name,)
