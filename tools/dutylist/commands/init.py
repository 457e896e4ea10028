"""Starts a library: folders, vocabularies, schemas, editor settings, the first township; tells git how to show it."""

import os
import shlex
import sys
from pathlib import Path

import click

from dutylist.commands.common import dry_run_option, emit, hint, quiet_option
from dutylist.errors import UsageError
from dutylist.model.library import DUTIES
from dutylist.model.text import one_line

# A heading of what `diff-driver --textconv` prints, or of the TOML where git was asked for that.
_HEADING = r"^(\[\[?[a-z_]+\]\]?|(superior|receiving)_departments = \[|[^] a-z[].*)$"
_UNDO = "git config --remove-section diff.dutylist"
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
@click.option(
    "--git", "with_git", is_flag=True, help="让 git diff、git log -p 按事项显示差别；已在清单库中的，只做这一步。"
)
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
    with_git: bool,
    dry_run: bool,
    quiet: bool,
) -> None:
    """新建清单库。

    生成 duties、schema、changelog 三个文件夹、词表、JSON Schema 和编辑器设置。已有的文件一律不动，并说明跳过了哪些。

    --git 只写本仓库自己的设置（.git/config，必要时还有 .git/info/attributes），不改动版本库中的文件；每个克隆各做一次。
    撤销：git config --remove-section diff.dutylist
    """
    facts = {
        "township": township,
        "prefix": prefix,
        "code": code,
        "county": county,
        "prefecture": prefecture,
        "province": province,
    }
    given = {name: value for name, value in facts.items() if value is not None}
    root = _library_around(folder) if with_git else folder
    started: list[str] = []
    if given or not (with_git and (root / DUTIES).is_dir()):
        started = _start(root, _starting_files() | _township_files(given), dry_run=dry_run, quiet=quiet)
    if with_git:
        _tell_git(root, dry_run=dry_run, quiet=quiet, foreseen=dry_run and ".gitattributes" in started)


def _library_around(folder: Path) -> Path:
    """The library that `folder` lies in, else the folder itself; it must lie in a repository.

    Asked before anything is written: a library must not be left without what was wanted with it.
    """
    from dutylist.store.gitconfig import repository_of

    whole = folder.absolute()
    root = next((part for part in (whole, *whole.parents) if (part / DUTIES).is_dir()), whole)
    repository_of(root)
    return root


def _start(folder: Path, files: dict[str, str], *, dry_run: bool, quiet: bool) -> list[str]:
    """Writes what is not there yet; gives its paths."""
    from dutylist.store.write import save

    present = [path for path in files if os.path.lexists(folder / path)]
    changes: dict[str, bytes | None] = {path: text.encode() for path, text in files.items() if path not in present}
    if not dry_run:
        save(folder, changes)
    emit("".join(f"{'将新建' if dry_run else '已新建'} {one_line(path)}\n" for path in changes))
    if not quiet:
        for path in present:
            hint(f"已有，跳过 {one_line(path)}")
        hint("下一步：把清单文档导入（dutylist import 文件）；或写好 schema/vocabulary，再逐项新增（dutylist new）。")
    return list(changes)


def _tell_git(root: Path, *, dry_run: bool, quiet: bool, foreseen: bool) -> None:
    """Settings and attributes that git lacks; `foreseen` where a file that is not written yet will give the latter."""
    from dutylist.store.gitconfig import add_attributes, missing_attributes, missing_settings, repository_of, set_up

    repository = repository_of(root)
    wanted = _settings()
    settings = missing_settings(repository, wanted)
    lines = [] if foreseen else missing_attributes(repository)
    if not dry_run:
        set_up(repository, settings)
        add_attributes(repository, lines)
    word = "将" if dry_run else "已"
    where = one_line(str(repository.attributes))
    emit("".join(f"{word}设置 {name} = {one_line(value)}\n" for name, value in settings.items()))
    emit("".join(f"{word}写入 {where}：{one_line(line)}\n" for line in lines))
    if not quiet:
        for name in (name for name in wanted if name not in settings):
            hint(f"已有，跳过 {name}")
        if not lines:
            hint("已有，跳过 清单文件的属性 diff=dutylist")
        hint(f"此后在这个仓库里，git diff、git log -p 按事项显示差别；撤销：{_UNDO}")


def _settings() -> dict[str, str]:
    """How git is to call this very program: whatever lies in the folder where git runs it must not be imported."""
    program = f"{shlex.quote(sys.executable)} -P -X utf8 -m dutylist diff-driver"
    return {
        "diff.dutylist.command": f"{program} --",
        "diff.dutylist.textconv": f"{program} --textconv --",
        "diff.dutylist.xfuncname": _HEADING,
    }


def _starting_files() -> dict[str, str]:
    from dutylist.contract import files
    from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE
    from dutylist.store.gitconfig import ATTRIBUTES

    keep = {"duties/.gitkeep": "", "changelog/.gitkeep": "", CATEGORIES_FILE: "", DEPARTMENTS_FILE: ""}
    return {".gitattributes": f"*.toml text eol=lf\n*.md text eol=lf\n{ATTRIBUTES}", **keep, **files()}


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
