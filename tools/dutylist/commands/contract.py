"""Writes schema/ from the code, or says where it lags."""

from pathlib import Path

import click

from dutylist.commands.common import dry_run_option, emit, hint, library_option, quiet_option
from dutylist.contract import files, lagging
from dutylist.store.locate import find_library
from dutylist.store.snapshot import unreadable
from dutylist.store.write import save


@click.command("contract")
@click.option("--check", "only_check", is_flag=True, help="只核对，不写文件；有过期的则退出码为 1。")
@dry_run_option
@library_option
@quiet_option
def command(only_check: bool, dry_run: bool, library: Path | None, quiet: bool) -> None:
    """由代码生成 schema/：JSON Schema 和规则说明。

    这些文件从不手改；工具升级或规则改动之后重新生成。词表（schema/vocabulary）不在其列。
    """
    root = find_library(Path.cwd(), library)
    made = files()
    old = lagging({path: _text(root, path) for path in made})
    if not (only_check or dry_run):
        save(root, {path: made[path].encode() for path in old})
    emit("".join(f"{'过期' if only_check or dry_run else '已生成'} {path}\n" for path in old))
    if not quiet:
        next_step = "；运行 dutylist contract 重新生成" if only_check and old else ""
        hint(f"{len(made)} 个文件，{len(old)} 个{'过期' if only_check or dry_run else '更新'}{next_step}。")
    raise SystemExit(1 if only_check and old else 0)


def _text(root: Path, path: str) -> str:
    try:
        return (root / path).read_text("utf-8", "replace") if (root / path).is_file() else ""
    except OSError as error:
        raise unreadable(path, error) from error
