"""What several verbs share: their options, opening the library, and putting text where the user wants it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from dutylist.errors import DutyListError, UsageError
from dutylist.model.finding import Finding
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.text import one_line, shorten
from dutylist.store.locate import find_library, open_snapshot
from dutylist.store.lock import locked
from dutylist.store.snapshot import Snapshot

F = TypeVar("F", bound=Callable[..., Any])

library_option = click.option(
    "--library", type=click.Path(path_type=Path), metavar="DIR", help="清单库所在的文件夹；默认从当前文件夹往上找。"
)
township_option = click.option("--township", metavar="NAME", help="只看这个乡镇（街道）。")


def _in_a_folder(_context: click.Context, _option: click.Parameter, output: Path | None) -> Path | None:
    """Looked at before anything is done: what changes a library must not fail at its report."""
    if output is not None and not output.parent.is_dir():
        raise DutyListError(f"没有这个文件夹：{one_line(str(output.parent))}", "请先新建文件夹，或换一个位置。")
    return output


output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_in_a_folder,
    metavar="FILE",
    help="写入文件，而不是屏幕。",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="不显示提示，只显示结果。")
revision_option = click.option("--revision", metavar="REV", help="看某个 git 版本（如 HEAD~3、标签），而不是当前文件。")
dry_run_option = click.option("--dry-run", is_flag=True, help="只显示会改动什么，不写任何文件。")
date_option = click.option(
    "--date",
    "today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="当作今天的日期，如 2026-01-31；默认取 SOURCE_DATE_EPOCH 或系统日期。",
)


class Verbs(click.Group):
    """A verb with verbs of its own: `leg open`, `leg close`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"subcommand_metavar": "命令 [选项]...", "no_args_is_help": True, **options})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were written."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb asked for; a misspelt one is answered with the nearest."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.commands, 1)
            known = f"是不是要找 {near[0]}？" if near else f"可用：{'、'.join(self.commands)}。"
            ctx.fail(f"没有命令 {ctx.info_name} {one_line(args[0])}。{known}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of verbs."""
        with formatter.section("命令"):
            formatter.write_dl([(name, command.short_help or "") for name, command in self.commands.items()])


def format_option(*names: str) -> Callable[[F], F]:
    """`--format` with these choices, the first one the default."""
    words = "、".join(names)
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        metavar="NAME",
        help=f"输出格式：{words}；默认 {names[0]}。",
    )


@dataclass(frozen=True)
class Opened:
    """A library that was opened: where it lies, its files, its values, and what reading found."""

    root: Path
    snapshot: Snapshot
    library: Library
    faults: list[Finding]


def open_library(named: Path | None, revision: str | None = None, *, to_write: bool = False) -> Opened:
    """The library that the user means, read; `to_write` keeps other commands from changing it until this one ends."""
    # Loads what parses and validates, which commands that ask git first need only later.
    from dutylist.store.read import read

    root = find_library(Path.cwd(), named)
    if to_write:
        click.get_current_context().with_resource(locked(root))
    snapshot = open_snapshot(root, revision)
    library, faults = read(snapshot)
    return Opened(root, snapshot, library, faults)


def choose_township(library: Library, name: str | None) -> TownshipFolder:
    """The township named, or the only one there is."""
    if name is not None:
        require_township(library, name)
    chosen = [folder for folder in library.townships if name in (None, folder.name)]
    if not chosen:
        raise DutyListError("清单库里没有乡镇。", "请用 dutylist import 导入清单，或用 dutylist init 新建乡镇。")
    if len(chosen) > 1:
        raise UsageError(f"清单库有 {len(chosen)} 个乡镇，请用 --township 指定一个。", _choice(library))
    return chosen[0]


def require_township(library: Library, name: str) -> None:
    """Refuses the name of a township that the library does not have."""
    if all(folder.name != name for folder in library.townships):
        raise UsageError(f"清单库里没有乡镇 {one_line(name)}。", _choice(library))


def _choice(library: Library) -> str:
    return f"可选：{'、'.join(one_line(folder.name) for folder in library.townships) or '（无）'}"


def today_of(given: datetime | None) -> date:
    """The date a command works with: the one given, SOURCE_DATE_EPOCH, or the clock."""
    if given is not None:
        return given.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"环境变量 SOURCE_DATE_EPOCH 不是可用的整数秒：{one_line(shorten(epoch, 30))}"
        raise DutyListError(message, "请改正或取消这个变量。") from error


def emit(text: str, output: Path | None = None, *, quiet: bool = False) -> None:
    """Prints `text`, or writes it to `output` all at once and says so."""
    if output is None or str(output) == "-":
        if text:
            # Colours were left out where they are not wanted; click would search the whole text for them once more.
            click.echo(text, nl=not text.endswith("\n"), color=True)
        return
    from dutylist.store.write import save_file

    save_file(output, text.encode())
    if not quiet:
        hint(f"已写入 {one_line(str(output))}")


def hint(text: str) -> None:
    """A word to the user beside the result: to standard error, so that a pipe gets the result alone."""
    click.echo(text, err=True)


def columns() -> int | None:
    """The terminal's width; None where the output is no terminal."""
    if not _is_terminal():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def colour() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return _is_terminal() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    # There is no standard output at all where it was closed before the start.
    return sys.stdout is not None and sys.stdout.isatty()
