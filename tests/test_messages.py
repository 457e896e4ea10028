"""The command line's own words are Chinese, and the compiled catalogue is that of its source."""

import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from command import run
from dutylist import cli
from dutylist.cli import COMMANDS

CATALOGUE = Path(cli.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "dutylist.po"


def test_the_catalogue_is_compiled() -> None:
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file, locale="zh_CN"))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"


WRONG_USE = {
    "no such command": (["chek"], "错误：没有命令 chek。是不是要找 check？"),
    "no such option": (["check", "--formt", "json"], "错误：没有选项 --formt。 是不是要找：'--format'？"),
    "no such choice": (["check", "--format", "xml"], "xml 不在可选范围内"),
    "missing argument": (["show"], "错误：缺少参数 '编号'"),
    "too many": (["contract", "甲"], "错误：多了参数：甲"),
    "no value": (["list", "--kind"], "错误：选项 --kind 后面要写值"),
    "wrong date": (["check", "--date", "昨天"], "昨天 不合格式 '%Y-%m-%d'"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE.values(), ids=WRONG_USE.keys())
def test_wrong_use_is_told_in_chinese(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_chinese_and_fits(name: str, tmp_path: Path) -> None:
    done = run(tmp_path, name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"用法： dutylist {name} ")
    lines = done.out.splitlines()
    assert [line for line in lines if "[OPTIONS]" in line or "Options" in line or "Show this" in line] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str, tmp_path: Path) -> None:
    done = run(tmp_path, env={"_DUTYLIST_COMPLETE": f"{shell}_source"})
    assert (done.code, "_DUTYLIST_COMPLETE" in done.out) == (0, True)


def test_help_names_every_command_in_the_order_of_the_table(tmp_path: Path) -> None:
    shown = [line.split()[0] for line in run(tmp_path, "--help").out.split("命令:\n")[1].splitlines()]
    assert shown == list(COMMANDS)
