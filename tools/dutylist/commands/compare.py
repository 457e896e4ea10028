"""Compares two revisions and tells what changed, for whom it got heavier, and whether the account closes."""

from collections.abc import Iterable
from pathlib import Path

import click

from dutylist.commands.common import (
    colour,
    columns,
    emit,
    format_option,
    library_option,
    output_option,
    quiet_option,
    township_option,
)
from dutylist.commands.sides import expect, sides_of
from dutylist.errors import UsageError
from dutylist.model.change import Burden, ChangeKind, Weight
from dutylist.model.duty import Kind
from dutylist.model.text import one_line
from dutylist.report.change_formats import FORMATS
from dutylist.report.views import Terminal
from dutylist.store.locate import find_library, folder_in_repository

_KINDS = (*(kind.value for kind in ChangeKind), *(kind.value for kind in Kind))


@click.command("compare")
@click.argument("before", required=False, default="HEAD", metavar="[修改前]")
@click.argument("after", required=False, metavar="[修改后]")
@click.option("--department", metavar="NAME", help="只看涉及一个部门的变化；简称也可以。")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="只看一种变化或一张清单；可以写多次。")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    type=click.Choice([weight.value for weight in Weight]),
    metavar="WEIGHT",
    help="只看 substantive 实质、wording 文字或 layout 格式；可以写多次。",
)
@click.option(
    "--burden",
    "burdens",
    multiple=True,
    type=click.Choice([burden.value for burden in Burden]),
    metavar="BURDEN",
    help="只看对乡镇 heavier 加重、lighter 减轻或 neutral 不变的；可以写多次。",
)
@format_option(*FORMATS)
@output_option
@township_option
@library_option
@quiet_option
def command(
    before: str,
    after: str | None,
    department: str | None,
    kinds: tuple[str, ...],
    weights: tuple[str, ...],
    burdens: tuple[str, ...],
    form: str,
    output: Path | None,
    township: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """比较两个版本：改了什么，乡镇的责任重了还是轻了，账平不平。

    每一边可以是 git 版本（HEAD~3、标签、分支）、另一个清单库的文件夹，或一份文档（.md）。
    只写修改前，就与当前文件比较；都不写，就是当前文件与 HEAD 比较。也可以写 A..B；A...B 从两者分开的地方算起。
    有文件读不出来的版本不比较，退出码为 3。变化的种类见 schema/changes.md。
    """
    root = find_library(Path.cwd(), library)
    sides = sides_of(root, before, after)
    expect(*sides)
    # Only now, while git works.
    from dutylist.commands.comparing import compared
    from dutylist.compare.burden import RULES
    from dutylist.report.change_formats import write
    from dutylist.report.changes import Selection, changes_view

    found = compared(root, *sides, township=township)
    selection = Selection(
        township=found.known_township(township),
        department=found.known_department(department),
        kinds=frozenset(ChangeKind(kind) for kind in _known(kinds) if kind in set(ChangeKind)),
        lists=frozenset(Kind(kind) for kind in kinds if kind in set(Kind)),
        weights=frozenset(map(Weight, weights)),
        burdens=frozenset(map(Burden, burdens)),
    )
    view = changes_view(
        found.comparison,
        before=sides[0].name,
        after=sides[1].name,
        places=found.places,
        selection=selection,
        terminal=Terminal(columns() or 100, colour() and output is None),
        rules={rule.code: rule.title for rule in RULES},
        root=folder_in_repository(root),
    )
    emit(write(form, view), output, quiet=quiet)
    raise SystemExit(1 if view.unclosed else 0)


def _known(kinds: Iterable[str]) -> Iterable[str]:
    """The kinds that the user named; an unknown one is answered with the nearest."""
    from dutylist.edit.lookup import nearest

    for kind in kinds:
        if kind not in _KINDS:
            otherwise = f"可用：{'、'.join(_KINDS)}。"
            raise UsageError(f"没有这种变化或清单：{one_line(kind)}", nearest(kind, _KINDS, otherwise))
    return kinds
