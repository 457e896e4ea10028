"""Writes waivers for findings that are there, with a reason."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dutylist.check.registry import by_code
from dutylist.check.runner import Profile, check
from dutylist.commands.common import (
    Opened,
    date_option,
    dry_run_option,
    emit,
    hint,
    library_option,
    open_library,
    quiet_option,
    today_of,
    township_option,
)
from dutylist.commands.paths import limits
from dutylist.edit.lookup import clean, nearest
from dutylist.errors import UsageError
from dutylist.model import faults
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import Waiver
from dutylist.model.finding import Finding
from dutylist.model.text import one_line
from dutylist.model.township import TownshipWaiver
from dutylist.store.write import save

# Not canonical, which a file is no longer once a waiver is written into it; and the faults of waivers themselves.
_TO_BE_MENDED = ("ID001", "ID010", "ID011", "ID012")


@click.command("waive")
@click.argument("paths", nargs=-1, metavar="[文件或文件夹]...", type=click.Path(path_type=Path))
@click.option("--reason", required=True, metavar="TEXT", help="为什么认可，必填。")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="只豁免这个规则代码；可以写多次。")
@click.option("--owner", metavar="NAME", help="谁负责了结。")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="有效到哪一天，如 2026-12-31。")
@dry_run_option
@township_option
@date_option
@library_option
@quiet_option
def command(
    paths: tuple[Path, ...],
    reason: str,
    codes: tuple[str, ...],
    owner: str | None,
    until: datetime | None,
    dry_run: bool,
    township: str | None,
    today: datetime | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """认可现有的问题，写明理由。

    每个问题按指纹写一条豁免：事项的问题写进该事项的文件，整个乡镇的问题写进 township.toml。
    内容改动之后指纹不再相符，问题会重新报告。读取方面的问题（RD）不能豁免，要更正。
    """
    more = {
        "reason": clean("理由", reason),
        "owner": None if owner is None else clean("负责人", owner),
        "until": until.date() if until else None,
    }
    day, wanted = today_of(today), [_known(code.upper()) for code in codes]
    if until and until.date() < day:
        raise UsageError(f"--until 写的 {until.date()} 已经过去。", "请写今天或以后的日期，或去掉 --until。")
    opened = open_library(library, to_write=True)
    within = limits(opened, paths, township)
    findings = [
        finding
        for finding in check(opened.library, opened.faults, profile=Profile.CONSULTATION, today=day)
        if finding.waived is None and within(finding.spot.path) and (not wanted or finding.code in wanted)
    ]
    changes, refused = _waived(opened, findings, more)
    if not dry_run:
        save(opened.root, changes)
    word = "将写入豁免" if dry_run else "已写入豁免"
    emit("".join(f"{word} {one_line(path)}\n" for path in changes))
    for finding in refused:
        hint(f"不能豁免 {one_line(finding.spot.path)}：{finding.code} {finding.message}")
    if not quiet:
        done = f"{len(findings) - len(refused)} 个问题{word}，涉及 {len(changes)} 个文件。"
        hint(done if changes else "没有可以豁免的问题。")
    raise SystemExit(1 if refused else 0)


def _known(code: str) -> str:
    """A code that there is a rule for."""
    if code not in by_code():
        raise UsageError(
            f"没有规则 {one_line(code)}。", nearest(code, by_code(), "运行 dutylist explain 查看全部代码。")
        )
    return code


def _waived(
    opened: Opened, findings: list[Finding], more: dict[str, Any]
) -> tuple[dict[str, bytes | None], list[Finding]]:
    """The changed files, and the findings that cannot be waived: of reading and writing, waivers, vocabularies."""
    holders: dict[str, Any] = {
        record.path: record.value for folder in opened.library.townships for record in folder.duties
    }
    holders |= {folder.path: folder.township.value for folder in opened.library.townships if folder.township}
    commented = {fault.spot.path for fault in opened.faults if fault.code == faults.COMMENT.code}
    values: dict[str, Any] = {}
    refused = []
    for finding in findings:
        path = _holder(finding.spot.path, holders)
        if path is None or path in commented or finding.code[:2] == "RD" or finding.code in _TO_BE_MENDED:
            refused.append(finding)
            continue
        record = values.get(path, holders[path])
        kind = TownshipWaiver if path.endswith("township.toml") else Waiver
        waiver = kind(code=finding.code, fingerprint=finding.fingerprint, **more)
        values[path] = replace(record, waivers=(*record.waivers, waiver))
    return {path: canonical_text(values[path]).encode() for path in sorted(values)}, refused


def _holder(path: str, holders: dict[str, Any]) -> str | None:
    """The file that a waiver for a finding in `path` stands in: the duty, else the township."""
    if path in holders:
        return path
    parts = path.split("/")
    own = f"duties/{parts[1]}/township.toml" if parts[0] == "duties" and len(parts) > 1 else ""
    return own if own in holders else None
