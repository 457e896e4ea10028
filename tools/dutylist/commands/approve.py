"""Keeps a reviewer's approval of one change."""

from datetime import datetime
from pathlib import Path

import click

from dutylist.commands.common import (
    Opened,
    date_option,
    dry_run_option,
    emit,
    hint,
    library_option,
    quiet_option,
    today_of,
)
from dutylist.commands.consulting import closing_words, opened_to_write, save_records
from dutylist.consult.legs import open_leg
from dutylist.consult.settle import approval
from dutylist.edit.lookup import clean
from dutylist.errors import UsageError
from dutylist.model.changelog import decision_path
from dutylist.model.text import one_line


@click.command("approve")
@click.argument("fingerprints", nargs=-1, required=True, metavar="指纹...")
@click.option("--leg", metavar="LEG", help="在哪个环节，如 2025/1-down；只有一个正在进行的环节时不用写。")
@click.option("--by", metavar="NAME", help="谁认可的；默认是 git 的 user.name。")
@click.option("--reason", metavar="TEXT", help="理由。")
@dry_run_option
@date_option
@library_option
@quiet_option
def command(
    fingerprints: tuple[str, ...],
    leg: str | None,
    by: str | None,
    reason: str | None,
    dry_run: bool,
    today: datetime | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """认可一处或几处变化。

    认可按指纹记录：变基、重排序号之后仍然有效，带到以后的环节；文字再改一个字就失效。
    指纹见 dutylist leg status 或 compare --format json，可以只写开头六位以上。撤销：删去 decisions 下的文件。
    """
    from dutylist.commands.legs import changes_now, meant_changes

    opened = opened_to_write(library)
    folder = open_leg(opened.library, leg)
    changes = meant_changes(changes_now(opened.root, opened.library, folder), fingerprints)
    given = clean("认可人", by if by is not None else _user(opened))
    why = None if reason is None else clean("理由", reason)
    decisions = [approval(change, given, today_of(today), why) for change in changes]
    records = {decision_path(folder.campaign, folder.name, one.fingerprint): one for one in decisions}
    save_records(opened, records, dry_run=dry_run)
    emit("".join(f"认可 {one.fingerprint}  {one_line(one.duty or '')} {one_line(one.change)}\n" for one in decisions))
    if not quiet:
        hint(f"认可人：{one_line(given)}")
    closing_words(f"下一步：运行 dutylist leg status {folder.title} 查看还差什么。", dry_run=dry_run, quiet=quiet)


def _user(opened: Opened) -> str:
    from dutylist.store.git import said

    name = said(opened.root, "config", "user.name")
    if not name:
        raise UsageError("不知道是谁认可的。", "请加上 --by，或设置 git config user.name。")
    return name
