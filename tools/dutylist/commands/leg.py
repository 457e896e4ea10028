"""Legs: opens one, says how it stands, closes and seals it."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dutylist.commands.common import (
    Opened,
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
from dutylist.commands.consulting import NOTHING_WRITTEN, unit
from dutylist.consult.legs import any_leg, campaign_of, following, named, open_leg, require_turn, silent, townships_of
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import LEG_FILE, REPORTS, LegFolder, leg_folder
from dutylist.model.consultation import LEG_LABELS, Leg, Source
from dutylist.model.duty import departments_of
from dutylist.model.finding import Severity
from dutylist.model.library import Library
from dutylist.model.text import one_line
from dutylist.store.locate import find_library
from dutylist.store.lock import locked

if TYPE_CHECKING:
    from dutylist.store.recording import Place

_DAY = click.DateTime(["%Y-%m-%d"])
_THRESHOLDS = {severity.value: severity.rank for severity in Severity}
_leg_argument = click.argument("wanted", metavar="编制/环节")


@click.group("leg", cls=Verbs)
def command() -> None:
    """一个环节：开始、查看、关闭封存。

    环节写作 编制/环节，如 2025/1-up（一上）。开始和关闭各做一次提交，关闭时另打标签；要求没有未提交的改动。
    """


@command.command("open", short_help="开始一个环节，记下从哪个状态开始")
@_leg_argument
@click.option("--from", "sender", required=True, metavar="UNIT", help="由谁发出。")
@click.option("--to", "to", required=True, metavar="UNIT", help="送给谁。")
@click.option("--due", type=_DAY, metavar="DATE", help="截止日期，最迟何时答复，如 2025-03-15。")
@click.option("--base", metavar="REV", help="从哪个版本开始；默认是当前提交，也可以是已封存环节的标签。")
@click.option("--consult", "consulted", multiple=True, metavar="UNIT", help="征求意见的单位；可以写多次。")
@click.option("--consult-all", is_flag=True, help="向清单中写明的全部部门征求意见。")
@click.option("--imported", is_flag=True, help="建库之前公开发布的清单：只封存内容，没有基准、报告和标签。")
@click.option("--note", metavar="TEXT", help="备注，给同事看。")
@dry_run_option
@date_option
@library_option
@quiet_option
def opening(
    wanted: str,
    sender: str,
    to: str,
    due: datetime | None,
    base: str | None,
    consulted: tuple[str, ...],
    consult_all: bool,
    imported: bool,
    note: str | None,
    dry_run: bool,
    today: datetime | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """开始一个环节：记下由谁发给谁、何时截止、征求哪些单位的意见、从哪个状态开始，并提交。

    以后的变化都与这个状态比较。撤销：git reset --hard HEAD~1（还没有推送、没有别的提交时）。
    """
    from dutylist.store.recording import record

    day = today_of(today)
    _require_dates(day, due, imported=imported)
    if imported and base is not None:
        raise UsageError("导入的环节没有基准。", "请去掉 --base 或 --imported。")
    opened, place = _ready(library)
    found = named(opened.library, wanted)
    require_turn(found, day)
    digest = _digest_of_base(opened, place, base)
    asked = [unit(opened.library, one) for one in consulted]
    asked += _named_departments(opened.library, townships_of(found.campaign)) if consult_all else []
    leg = Leg(
        sender=clean("发出单位", sender),
        to=clean("送往单位", to),
        opened=day,
        due=due.date() if due else None,
        source=Source.IMPORTED if imported else None,
        base=None if imported else digest,
        consulted=tuple(dict.fromkeys(asked)),
        note=None if note is None else clean("备注", note),
    )
    folder = leg_folder(found.campaign.name, found.leg)
    if not dry_run:
        message = f"开始环节 {found.title}{_called(found.leg)}\n\n{leg.sender} → {leg.to}"
        record(place, {f"{folder}/{LEG_FILE}": canonical_text(leg).encode()}, message)
    until = f"，{leg.due} 截止" if leg.due else ""
    emit(f"开始 {found.title}{_called(found.leg)}：{leg.sender} → {leg.to}{until}\n")
    emit(f"新增  {folder}/{LEG_FILE}  征求 {len(leg.consulted)} 个单位的意见\n")
    if not quiet:
        then = f"dutylist leg close {found.title}" if imported else "登记意见（opinion add），修改事项，答复（settle）"
        hint(NOTHING_WRITTEN if dry_run else f"已提交。下一步：{then}。")


@command.command("status", short_help="一个环节还差什么")
@click.argument("wanted", required=False, metavar="[编制/环节]")
@format_option("text", "json")
@output_option
@date_option
@library_option
@quiet_option
def status(
    wanted: str | None, form: str, output: Path | None, today: datetime | None, library: Path | None, quiet: bool
) -> None:
    """一个环节怎么样了：还剩几天，谁没有答复，哪些意见没有了结，哪些变化没有依据，什么妨碍关闭。

    不写环节，就是正在进行的那一个。
    """
    from dutylist.commands.legs import findings_of, standing_now
    from dutylist.report.leg_status import as_json, leg_status, text
    from dutylist.report.views import Terminal
    from dutylist.store.place import locate

    day = today_of(today)
    root = find_library(Path.cwd(), library)
    _complete(root)
    opened = open_library(root)
    leg = any_leg(opened.library, wanted)
    found = standing_now(opened.root, opened.library, leg)
    closing = _closing(opened.library, leg, day) if leg.is_open else leg
    findings = findings_of(opened.library, opened.faults, closing, found.reconciled if found and leg.is_open else None)
    located = locate(sorted(findings, key=lambda one: (one.severity.rank, one.code)), opened.snapshot)
    campaign = campaign_of(opened.library, leg)
    view = leg_status(
        campaign,
        leg,
        today=day,
        silent=silent(leg, opened.library.vocabulary),
        findings=located,
        blocking=[one for one in located if one.severity is Severity.ERROR] if leg.is_open else [],
        changes=found.view.summary if found else None,
        answers=found.reconciled.answers if found else {},
        next_leg=following(campaign, leg.name),
    )
    terminal = Terminal(columns() or 100, colour() and output is None)
    emit(as_json(view) if form == "json" else text(view, terminal), output, quiet=quiet)


@command.command("close", short_help="关闭一个环节：封存、提交、打标签、写报告")
@_leg_argument
@click.option(
    "--fail-on",
    type=click.Choice(list(_THRESHOLDS)),
    default="error",
    metavar="LEVEL",
    help="到哪一级的问题就不关闭：error（默认）、warning、advice。",
)
@dry_run_option
@date_option
@library_option
@quiet_option
def close(wanted: str, fail_on: str, dry_run: bool, today: datetime | None, library: Path | None, quiet: bool) -> None:
    """关闭一个环节：核对意见与变化，写报告，封存，提交，打标签；要么全做，要么什么也不做。

    还有意见没有答复或待研判的，不能关闭。封存之后，本环节的文件一个字节也不能再改；报告上印着封存摘要，请另外保存。
    """
    from dutylist.commands.closing import closed
    from dutylist.store.recording import Tag, record

    day = today_of(today)
    opened, place = _ready(library)
    leg = open_leg(opened.library, wanted)
    assert leg.leg is not None
    if day < leg.leg.opened:
        raise UsageError(f"关闭日期 {day} 早于开始日期 {leg.leg.opened}。", "请核对 --date。")
    done = closed(opened, place, _closing(opened.library, leg, day), _THRESHOLDS[fail_on])
    tag = None
    if done.leg.source is None:
        words = f"{done.title}\n\n封存摘要 {done.digest}"
        tag = Tag(leg.title, words, signed=bool(done.campaign.signed))
    if not dry_run:
        message = f"关闭环节 {leg.title}{_called(leg.name)}\n\n封存摘要 {done.digest}"
        record(place, done.files, message, tag)
    early = (leg.leg.due - day).days if leg.leg.due else 0
    emit(f"关闭 {leg.title}{_called(leg.name)}，封存摘要 {done.digest}\n")
    emit("".join(f"{'新增' if path.endswith(tuple(REPORTS.values())) else '修改'}  {path}\n" for path in done.files))
    if quiet:
        return
    if early > 0:
        hint(f"比截止日期 {leg.leg.due} 早关闭 {early} 天。")
    if done.leg.silent:
        hint(f"{len(done.leg.silent)} 个单位没有提意见，记为无意见：{'、'.join(map(one_line, done.leg.silent))}")
    pushed = f"git push --follow-tags；把封存摘要另外保存，以后用 dutylist audit --head {done.digest[:12]}… 核对"
    hint(NOTHING_WRITTEN if dry_run else f"已提交{'，已打标签' if tag else ''}。下一步：{pushed}。")


def _ready(named_folder: Path | None) -> tuple[Opened, "Place"]:
    """The library, locked, and the place where a commit can be made, what was left undone completed.

    It is read as the commit has it: there nobody edits, and no checkout turns line ends.
    """
    from dutylist.store.recording import place_to_record

    root = find_library(Path.cwd(), named_folder)
    click.get_current_context().with_resource(locked(root))
    _complete(root)
    place = place_to_record(root)
    return open_library(root, place.head), place


def _complete(root: Path) -> None:
    from dutylist.store.recording import finish

    said = finish(root)
    if said:
        hint(said)


def _require_dates(day: date, due: datetime | None, *, imported: bool) -> None:
    if due is None and not imported:
        raise UsageError("缺少截止日期。", "请加上 --due，如 --due 2025-03-15。")
    if due and due.date() < day:
        raise UsageError(f"截止日期 {due.date()} 早于开始日期 {day}。", "请核对 --due 和 --date。")


def _closing(library: Library, leg: LegFolder, day: date) -> LegFolder:
    """The leg as it would be if it were closed on that day."""
    assert leg.record is not None
    fresh = replace(leg.record.value, closed=day, silent=silent(leg, library.vocabulary))
    return replace(leg, record=replace(leg.record, value=fresh))


def _digest_of_base(opened: Opened, place: "Place", base: str | None) -> str:
    """The content digest of the state that a leg begins from; it must be one that can be found again later."""
    from dutylist.consult.seal import content_digest
    from dutylist.store.revision import commit_of
    from dutylist.store.states import States

    states = States.of(place.repository)
    now = content_digest(states.content(place.head).items())
    if base is None:
        return now
    wanted = content_digest(states.content(commit_of(place.repository, base)).items())
    sealed = {leg.seal.content: leg.title for leg in opened.library.legs() if leg.seal}
    if wanted != now and wanted not in sealed:
        listed = "、".join(sealed.values()) or "（还没有）"
        message = f"版本 {one_line(base)} 的状态既不是当前提交，也不是已封存的环节，以后无法核对。"
        raise UsageError(message, f"已封存的环节：{listed}；不写 --base 就从当前提交开始。")
    return wanted


def _named_departments(library: Library, townships: frozenset[str]) -> list[str]:
    """The full names of all departments that the duties of some townships name, in the order of the vocabulary."""
    duties = (record.value for folder, record in library.duties() if folder.name in townships)
    named = {library.vocabulary.canonical(name) for duty in duties for name in departments_of(duty)}
    order = [entry.name for entry in library.vocabulary.departments]
    return [name for name in order if name in named] + sorted(named.difference(order))


def _called(leg: str) -> str:
    return f"（{LEG_LABELS[leg]}）" if leg in LEG_LABELS else ""
