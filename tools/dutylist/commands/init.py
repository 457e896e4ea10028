"""Starts a library: folders, vocabularies, schemas, editor settings, and the first township."""

from pathlib import Path

import click

from dutylist.commands.common import dry_run_option, emit, hint, quiet_option
from dutylist.errors import UsageError
from dutylist.model.text import one_line


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

    facts = {"name": township, "prefix": prefix, "code": code, "county": county, "province": province}
    files = _starting_files() | (_township_files(facts, prefecture) if township else {})
    present = [path for path in files if (folder / path).exists()]
    changes: dict[str, bytes | None] = {path: text.encode() for path, text in files.items() if path not in present}
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        save(folder, changes)
    emit("".join(f"{'将新建' if dry_run else '已新建'} {one_line(path)}\n" for path in changes))
    for path in present:
        hint(f"已有，跳过 {one_line(path)}")
    if not quiet:
        hint("下一步：把清单文档导入（dutylist import 文件），或逐项新增（dutylist new）。")


def _starting_files() -> dict[str, str]:
    from dutylist.contract import files
    from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE

    keep = {"duties/.gitkeep": "", "changelog/.gitkeep": "", CATEGORIES_FILE: "", DEPARTMENTS_FILE: ""}
    return {".gitattributes": "*.toml text eol=lf\n*.md text eol=lf\n", **keep, **files()}


def _township_files(facts: dict[str, str | None], prefecture: str | None) -> dict[str, str]:
    """`township.toml` and `ledger.toml` of a township without duties."""
    from pydantic_core import ValidationError

    from dutylist.model.canonical import canonical_text
    from dutylist.model.township import Declared, DeclaredKind, Ledger, Township
    from dutylist.model.validation import validate

    lacking = [f"--{'township' if key == 'name' else key}" for key, value in facts.items() if not value]
    if lacking:
        raise UsageError(f"新建乡镇还缺 {'、'.join(lacking)}。", "请补齐后重试。")
    none = DeclaredKind(duties=0)
    declared = Declared(duties=0, basic=none, supporting=none, reclaimed=none)
    title = f"{facts['county']}{facts['name']}履职事项清单"
    try:
        township = validate(Township, {**facts, "prefecture": prefecture, "title": title, "declared": declared})
    except ValidationError as error:
        key = error.errors()[0]["loc"][0]
        raise UsageError(
            f"--{key} 的值不合要求：{one_line(str(facts.get(str(key))))}", "前缀用小写字母，区划代码是九位数字。"
        ) from error
    name = str(facts["name"])
    if "/" in name or name.startswith("."):
        raise UsageError(f"乡镇名称不能用作文件夹名：{one_line(name)}")
    texts = {"township.toml": canonical_text(township), "ledger.toml": canonical_text(Ledger(next=1))}
    return {f"duties/{name}/{file}": text for file, text in texts.items()}
