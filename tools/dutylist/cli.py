"""The door: arguments in, exit code out; verbs are imported when they are called."""

import gettext
import os
import sys
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

# click asks gettext for its words while it is imported, and gettext looks the language up in the environment.
os.environ["LANGUAGE"] = "zh_CN"
gettext.bindtextdomain("dutylist", Path(__file__).parent / "locale")
gettext.textdomain("dutylist")

import click

from dutylist import __version__
from dutylist.errors import DutyListError
from dutylist.model.text import one_line, visible

INTERRUPTED = 130
COMMANDS = {
    "check": "检查清单库，报告问题",
    "fmt": "把文件整理成规范写法",
    "explain": "说明一条规则",
    "waive": "认可现有的问题，写明理由",
    "list": "列出事项",
    "show": "显示一项事项",
    "compare": "比较两个版本：改了什么，账平不平",
    "review": "审核一次修改：新的问题和变化",
    "log": "一项事项的历史：每次提交改了什么",
    "blame": "一项事项的每处文字从何时起就在",
    "new": "新增一项事项",
    "move": "移动事项：换类别、换清单、换位次",
    "merge": "合并几项事项",
    "split": "把一项事项拆成几项",
    "retire": "废止一项事项",
    "import": "从文档导入清单",
    "export": "把清单导出为文档",
    "campaign": "编制、动态调整或职责准入：新建，列出",
    "leg": "一个环节：开始、查看、关闭封存",
    "opinion": "意见：登记、导入、列出",
    "settle": "答复一条意见",
    "approve": "认可一处变化",
    "extract": "摘出涉及一个部门的事项，附答复表",
    "audit": "由 git 重新证明每个封存的环节",
    "contract": "由代码生成 schema/，或核对是否过期",
    "init": "新建清单库",
    "diff-driver": "供 git 调用：按事项显示差别",
}


class Context(click.Context):
    """A context whose help pages count columns as a terminal does."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter of all help pages."""
        from dutylist.help import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class Door(click.Group):
    """The group of all verbs; a verb's module is imported only when it is called or asked for its help."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the table, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command object, named `command` in its module."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"dutylist.commands.{name}{'_' if iskeyword(name) else ''}")
        command: click.Command = module.command
        for one in (command, *(command.commands.values() if isinstance(command, click.Group) else ())):
            one.options_metavar = "[选项]"
            one.context_class = Context
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb asked for; a misspelt one is answered with the nearest."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"没有命令 {one_line(args[0])}。" + (f"是不是要找 {near[0]}？" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of verbs, without importing them."""
        with formatter.section("命令"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the verb; what the user can put right becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except DutyListError as error:
            click.echo(f"错误：{visible(error.message)}", err=True)
            if error.hint:
                click.echo(f"提示：{visible(error.hint)}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"错误：系统拒绝了读写：{visible(error.strerror or str(error))}", err=True)
            click.echo("提示：请检查磁盘空间、文件夹和权限后重试。", err=True)
            ctx.exit(DutyListError.exit_code)
        except KeyboardInterrupt:
            click.echo("已中止。", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=Door,
    subcommand_metavar="命令 [选项]...",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
)
@click.version_option(__version__, prog_name="dutylist")
def cli() -> None:
    """乡镇（街道）履职事项清单：版本库与变更审计。

    每条命令都有说明：dutylist 命令 --help。在清单库文件夹内运行，或用 --library 指定。
    """


def run() -> None:
    """Runs the command line; output is UTF-8 whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    from dutylist.store.environment import forget_location

    forget_location()
    cli(prog_name="dutylist")
