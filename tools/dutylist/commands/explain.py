"""Explains a rule: what it finds, why that hurts, and what is right."""

from pathlib import Path

import click

from dutylist.commands.common import emit, format_option, output_option, quiet_option
from dutylist.contract import burden_docs, rule_docs
from dutylist.errors import UsageError
from dutylist.model.text import one_line
from dutylist.report.rulebook import FORMATS
from dutylist.report.ruledoc import Doc


@click.command("explain")
@click.argument("codes", nargs=-1, metavar="[代码]...")
@format_option(*FORMATS)
@output_option
@quiet_option
def command(codes: tuple[str, ...], form: str, output: Path | None, quiet: bool) -> None:
    """说明一条规则：查什么、为什么、错误和正确的写法。

    不写代码时列出全部规则；写 TX 这样的前缀时列出一族，BU 是判断责任增减的规则。
    """
    docs: list[Doc] = [*rule_docs(), *burden_docs()]
    every = {rule.code: rule for rule in docs}
    chosen = []
    for code in (code.upper() for code in codes):
        found = [rule for name, rule in every.items() if name == code or (len(code) == 2 and name.startswith(code))]
        if not found:
            raise UsageError(f"没有规则 {one_line(code)}。", _near(code, list(every)))
        chosen += found
    text = FORMATS[form](chosen or docs, whole=any(len(code) > 2 for code in codes))
    emit(text, output, quiet=quiet)


def _near(code: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(code, known, 3, 0.5)
    return f"是不是 {'、'.join(near)}？" if near else "运行 dutylist explain 查看全部代码。"
