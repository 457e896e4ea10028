"""Checks the library and tells what was found."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from dutylist.check.runner import Profile, check
from dutylist.commands.checking import THRESHOLDS, fail_on_option, in_source, profile_option
from dutylist.commands.common import (
    Opened,
    colour,
    columns,
    date_option,
    emit,
    format_option,
    hint,
    library_option,
    open_library,
    output_option,
    quiet_option,
    revision_option,
    today_of,
    township_option,
)
from dutylist.commands.paths import limits
from dutylist.errors import UsageError
from dutylist.model.finding import Edit, Finding, Severity
from dutylist.report.formats import FORMATS, write
from dutylist.report.ruledoc import RuleDoc
from dutylist.report.views import Checked, PlacedEdit, Terminal, checked, fails
from dutylist.store.locate import folder_in_repository
from dutylist.store.read import LARGEST

ROUNDS = 10


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[文件或文件夹]...", type=click.Path(path_type=Path))
@profile_option
@fail_on_option()
@click.option("--show-waived", is_flag=True, help="已豁免的问题也列出来，并标明。")
@click.option("--fix", "apply", is_flag=True, help="自动修复可以放心修复的问题，写回文件。")
@click.option("--unsafe-fixes", is_flag=True, help="与 --fix 合用：改动文字含义的修改建议也照做，请逐一核对。")
@format_option(*FORMATS)
@output_option
@township_option
@revision_option
@date_option
@library_option
@quiet_option
def command(
    paths: tuple[Path, ...],
    profile: str,
    fail_on: str,
    show_waived: bool,
    apply: bool,
    unsafe_fixes: bool,
    form: str,
    output: Path | None,
    township: str | None,
    revision: str | None,
    today: datetime | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """检查清单库，报告问题。

    给出文件或文件夹时，只显示其中的问题；核对仍以整个清单库为准。
    有达到 --fail-on 的问题时退出码为 1，用法不对为 2，读不到文件或版本为 3。
    """
    if (apply or unsafe_fixes) and revision:
        raise UsageError("--fix 只能修复当前文件，不能与 --revision 合用。", "请去掉 --revision。")
    if unsafe_fixes and not apply:
        raise UsageError("--unsafe-fixes 要与 --fix 合用。", "请加上 --fix。")
    opened = open_library(library, revision, to_write=apply)
    limits(opened, paths, township)
    strictness, day = Profile(profile), today_of(today)
    if apply:
        opened = _mend(opened, paths, township, strictness, day, unsafe_fixes, quiet)
    within = limits(opened, paths, township)
    findings = check(opened.library, opened.faults, profile=strictness, today=day)
    shown = [finding for finding in findings if within(finding.spot.path)]
    view = _view(opened, shown, strictness, THRESHOLDS[fail_on], show_waived, form, output)
    emit(write(form, view), output, quiet=quiet)
    raise SystemExit(1 if any(fails(finding, view.summary.fail_on) for finding in shown) else 0)


def _view(
    opened: Opened,
    findings: Sequence[Finding],
    profile: Profile,
    fail_on: Severity | None,
    show_waived: bool,
    form: str,
    output: Path | None,
) -> Checked:
    """Everything a format needs; source lines and edits only of what is shown."""
    from dutylist import __version__

    wanted = [finding for finding in findings if show_waived or finding.waived is None]
    located, lines, edits = _in_source(opened, wanted) if wanted else ([], {}, {})
    return checked(
        [*located, *(finding for finding in findings if finding.waived is not None and not show_waived)],
        duties=sum(len(folder.duties) + len(folder.unread) for folder in opened.library.townships),
        files=len(opened.snapshot.items()),
        profile=profile.value,
        fail_on=fail_on,
        show_waived=show_waived,
        rules=_rule_docs() if form != "text" else (),
        lines=lines,
        edits=edits,
        terminal=Terminal(columns() or 100, colour() and output is None),
        root=folder_in_repository(opened.root),
        version=__version__,
    )


def _in_source(
    opened: Opened, findings: list[Finding]
) -> tuple[list[Finding], dict[str, list[str]], dict[Edit, PlacedEdit]]:
    """The findings with their places, the lines of their files, and what their fixes do to the source."""
    from dutylist.store.place import locate_in

    texts, edits = in_source(opened.snapshot, findings)
    lines = {path: source.text.split("\n") for path, source in texts.items()}
    return locate_in(findings, texts), lines, edits


def _mend(
    opened: Opened,
    paths: tuple[Path, ...],
    township: str | None,
    profile: Profile,
    today: date,
    unsafe: bool,
    quiet: bool,
) -> Opened:
    """Applies fixes round by round until none is left, writes what changed, and gives the library as it then is."""
    from dutylist.store.fix import fixed
    from dutylist.store.read import read
    from dutylist.store.snapshot import Memory
    from dutylist.store.write import save

    items = [item.path for item in opened.snapshot.items() if item.link is None and 0 <= item.size <= LARGEST]
    before = dict(opened.snapshot.read(items))
    now, changed = opened, dict(before)
    for _ in range(ROUNDS):
        within = limits(now, paths, township)
        findings = check(now.library, now.faults, profile=profile, today=today)
        new = fixed(
            now.snapshot, [one for one in findings if one.waived is None and within(one.spot.path)], unsafe=unsafe
        )
        if all(changed[path] == content for path, content in new.items()):
            break
        changed |= new
        snapshot = Memory(changed)
        now = Opened(opened.root, snapshot, *read(snapshot))
    written: dict[str, bytes | None] = {path: text for path, text in changed.items() if before[path] != text}
    save(opened.root, written)
    if not quiet:
        hint(f"已修复 {len(written)} 个文件。" if written else "没有可以自动修复的问题。")
    return open_library(opened.root)


def _rule_docs() -> list[RuleDoc]:
    from dutylist.contract import rule_docs

    return rule_docs()
