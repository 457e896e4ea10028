"""Starts a library: folders, vocabularies, schemas, editor settings, and the first township."""

import os
from pathlib import Path

import click

from dutylist.commands.common import dry_run_option, emit, hint, quiet_option
from dutylist.errors import UsageError
from dutylist.model.text import one_line

_NEEDED = ("township", "prefix", "code", "county", "province")
_LONGEST = 60


@click.command("init")
@click.argument(
    "folder", required=False, default=".", metavar="[文件夹]", type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--township", metavar="NAME", help="同时新建一个乡镇（街道）；下面五项都要写。")
@click.option("--prefix", metavar="LETTERS", help="编号前缀，如 azk。")
@click.option("--code", metavar="DIGITS", help="统计用区划代码，九位数字。")
@click.option("--county", metavar="NAME", help="所属县（市、区）。")
@click.option("--prefecture", metavar="NAME", help="所属地（州、市）；直辖市可以不写。")
@click.option("--province", metavar="NAME", help="所属省（区、市）。")
@dry_run_option
@quiet_option
def command(
    folder: Path,
    township: str | None,
    prefix: str | None,
    code: str | None,
    county: str | None,
    prefecture: str | None,
    province: str | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """新建清单库。

    生成 duties、schema、changelog 三个文件夹、词表、JSON Schema 和编辑器设置。已有的文件一律不动，并说明跳过了哪些。
    """
    from dutylist.store.write import save

    facts = {
        "township": township,
        "prefix": prefix,
        "code": code,
        "county": county,
        "prefecture": prefecture,
        "province": province,
    }
    files = _starting_files() | _township_files({name: value for name, value in facts.items() if value is not None})
    present = [path for path in files if os.path.lexists(folder / path)]
    changes: dict[str, bytes | None] = {path: text.encode() for path, text in files.items() if path not in present}
    if not dry_run:
        save(folder, changes)
    emit("".join(f"{'将新建' if dry_run else '已新建'} {one_line(path)}\n" for path in changes))
    if not quiet:
        for path in present:
            hint(f"已有，跳过 {one_line(path)}")
        hint("下一步：把清单文档导入（dutylist import 文件）；或写好 schema/vocabulary，再逐项新增（dutylist new）。")


def _starting_files() -> dict[str, str]:
    from dutylist.contract import files
    from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE

    keep = {"duties/.gitkeep": "", "changelog/.gitkeep": "", CATEGORIES_FILE: "", DEPARTMENTS_FILE: ""}
    return {".gitattributes": "*.toml text eol=lf\n*.md text eol=lf\n", **keep, **files()}


def _township_files(facts: dict[str, str]) -> dict[str, str]:
    """`township.toml` and `ledger.toml` of a township without duties; nothing where no township was asked for."""
    from pydantic_core import ValidationError

    from dutylist.edit.lookup import clean
    from dutylist.model.canonical import canonical_text
    from dutylist.model.township import Declared, DeclaredKind, Ledger, Township
    from dutylist.model.validation import validate

    if not facts:
        return {}
    lacking = [f"--{name}" for name in _NEEDED if name not in facts]
    if lacking:
        raise UsageError(f"新建乡镇还缺 {'、'.join(lacking)}。", "请补齐后重试。")
    given = {name: clean(f"--{name} ", value) for name, value in facts.items()}
    name = given.pop("township")
    if set(name) & set('/\\<>:"|?*') or name != name.strip(".") or len(name) > _LONGEST:
        raise UsageError(f"乡镇名称不能用作文件夹名：{one_line(name)}", f"请去掉其中的符号，不超过 {_LONGEST} 个字。")
    none = DeclaredKind(duties=0)
    declared = Declared(duties=0, basic=none, supporting=none, reclaimed=none)
    title = f"{given['county']}{name}履职事项清单"
    try:
        township = validate(Township, {**given, "name": name, "title": title, "declared": declared})
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise UsageError(
            f"--{key} 的值不合要求：{one_line(given[key])}", "前缀用小写字母，区划代码是九位数字。"
        ) from error
    texts = {"township.toml": canonical_text(township), "ledger.toml": canonical_text(Ledger(next=1))}
    return {f"duties/{name}/{file}": text for file, text in texts.items()}
