"""`fmt`: canonical text and nothing else; what it would damage it leaves as it is, and says so."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from build import (
    CATEGORIES,
    DEPARTMENTS,
    DUTY_PATH,
    LEDGER_PATH,
    TOWNSHIP_PATH,
    duty_text,
    files,
    library_of,
    township_text,
)
from command import Done, lay_out, run, tree
from process import closed, in_process, stamps

HOME = "duties/示例镇/党的建设"
OTHER = f"{HOME}/ex-0002.toml"
GOOD = duty_text(id="ex-0002", position=20, name="做好普查工作")
CLEAN = "文件都是规范写法。\n"

MESSY = {
    "order": (DUTY_PATH, 'id = "ex-0001"\nname = "做好统计工作"\nkind = "basic"\nposition = 10\n'),
    "blank lines": (DUTY_PATH, duty_text().replace("\n", "\n\n")),
    "spaces": (DUTY_PATH, duty_text().replace(" = ", "=")),
    "quotes": (DUTY_PATH, duty_text().replace('"', "'")),
    "long string": (DUTY_PATH, duty_text().replace('"做好统计工作"', '"""做好\\\n  统计工作"""')),
    "no final line end": (DUTY_PATH, duty_text().rstrip("\n")),
    "escapes": (DUTY_PATH, duty_text().replace("统", "\\u7edf")),
    "byte-order mark": (DUTY_PATH, "\ufeff" + duty_text()),
    "Windows line ends": (DUTY_PATH, duty_text().replace("\n", "\r\n")),
    "township": (TOWNSHIP_PATH, township_text().replace("basic = { duties = 1 }", "basic = {duties=1}")),
    "ledger": (LEDGER_PATH, "next=2\n"),
    "categories": ("schema/vocabulary/categories.toml", CATEGORIES.replace("\n  ", " ")),
    "departments": ("schema/vocabulary/departments.toml", DEPARTMENTS.replace("\n  ", "").replace(",\n]", "]")),
}


@pytest.mark.parametrize(("path", "text"), MESSY.values(), ids=MESSY)
def test_what_is_not_canonical(tmp_path: Path, path: str, text: str) -> None:
    root, want = lay_out(tmp_path, {path: text}), files()
    before = tree(root)
    assert run(root, "fmt", "--check") == Done(1, f"需要整理 {path}\n", "1 个文件需要整理。\n")
    assert run(root, "fmt", "--dry-run") == Done(0, f"需要整理 {path}\n", "1 个文件需要整理。\n")
    assert tree(root) == before
    assert run(root, "fmt") == Done(0, f"已整理 {path}\n", "1 个文件已整理。\n")
    assert tree(root) == want
    assert run(root, "fmt", "--check") == run(root, "fmt") == Done(0, "", CLEAN)
    assert run(root, "check").code == 0


def test_a_canonical_library_is_not_touched(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {OTHER: GOOD})
    before = stamps(root)
    assert run(root, "fmt") == Done(0, "", CLEAN)
    assert run(root, "fmt", "-q") == Done(0, "", "")
    assert stamps(root) == before


KEPT: dict[str, tuple[str | bytes, str]] = {
    "comment": (
        GOOD.replace("\nkind", " # 待核实\nkind"),
        ":1:16  数据文件中的注释在整理时会丢失；请把内容移到 note 字段（乡镇文件中请删去）。",
    ),
    "syntax": ('name = "供水\n', ":1:11  TOML 语法错误：一行文字的引号没有闭合；请在行末补上引号。"),
    "unknown key": (GOOD + 'nmae = "x"\n', ":5:8  没有 nmae 这个字段；是否要写 name？"),
    "not UTF-8": (GOOD.encode("gbk"), ":4:9  不是 UTF-8 编码（第 53 个字节是 0xD7）；请用 UTF-8 另存。"),
}


@pytest.mark.parametrize(("text", "message"), KEPT.values(), ids=KEPT)
def test_what_would_be_damaged_is_kept_and_the_others_are_written(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    root = lay_out(tmp_path, {OTHER: text, LEDGER_PATH: "next=3\n"})
    before = tree(root)
    kept = f"保持原样 {OTHER}{message}\n"
    dry = run(root, "fmt", "--check")
    assert (dry.code, dry.out) == (1, f"需要整理 {LEDGER_PATH}\n")
    assert run(root, "fmt") == Done(1, f"已整理 {LEDGER_PATH}\n", f"{kept}1 个文件已整理。\n")
    assert tree(root) == {**before, LEDGER_PATH: b"next = 3\n"}
    assert run(root, "fmt") == Done(1, "", f"{kept}其余文件都是规范写法。\n")
    assert run(root, "fmt", "--quiet") == Done(1, "", kept)


def test_comments_are_not_lost_where_windows_lines_are_mended(tmp_path: Path) -> None:
    text = GOOD.replace("\nkind", " # 待核实\nkind").replace("\n", "\r\n")
    root = lay_out(tmp_path, {OTHER: text})
    assert run(root, "fmt").code == 1
    assert tree(root)[OTHER] == text.encode()


def test_a_hidden_character_becomes_an_escape_that_can_be_seen(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {OTHER: GOOD.replace("普查", "普\u202e查")})
    assert run(root, "fmt") == Done(0, f"已整理 {OTHER}\n", "1 个文件已整理。\n")
    assert 'name = "做好普\\u202E查工作"' in (root / OTHER).read_text("utf-8")
    assert run(root, "fmt") == Done(0, "", CLEAN)
    found = run(root, "check")
    assert (found.code, found.out.count("RD013")) == (1, 2)


def test_missing_files_are_no_business_of_fmt(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {LEDGER_PATH: None, DUTY_PATH: duty_text().replace(" = ", "=")})
    assert run(root, "fmt") == Done(0, f"已整理 {DUTY_PATH}\n", "1 个文件已整理。\n")
    (tmp_path / "empty/duties").mkdir(parents=True)
    assert run(tmp_path / "empty", "fmt") == Done(0, "", CLEAN)


def test_paths_limit_what_is_written(tmp_path: Path) -> None:
    messy = {DUTY_PATH: duty_text().replace(" = ", "="), OTHER: GOOD.replace(" = ", "="), LEDGER_PATH: "next=3 # x\n"}
    root = lay_out(tmp_path, messy)
    assert run(root, "fmt", OTHER) == Done(0, f"已整理 {OTHER}\n", "1 个文件已整理。\n")
    assert run(root / HOME, "fmt", ".") == Done(0, f"已整理 {DUTY_PATH}\n", "1 个文件已整理。\n")
    assert tree(root)[LEDGER_PATH] == messy[LEDGER_PATH].encode()
    assert run(root, "fmt", "nix").code == 2


def test_nothing_but_the_layout_changes(tmp_path: Path) -> None:
    messy: Mapping[str, str] = {path: text for path, text in dict(MESSY.values()).items() if "\ufeff" not in text}
    before, _ = library_of(files(messy))
    root = lay_out(tmp_path, messy)
    run(root, "fmt")
    after, _ = library_of(dict(tree(root)))
    assert [one.value for one in after.records()] == [one.value for one in before.records()]
    assert all(one.canonical for one in after.records())


def test_where_the_system_says_no_nothing_is_changed(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {DUTY_PATH: duty_text().replace(" = ", "="), LEDGER_PATH: "next=2\n"})
    before = tree(root)
    with closed(root / HOME):
        done = in_process(root, "fmt")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"错误：无法写入 {DUTY_PATH}：没有权限；没有改动任何文件。\n")
    assert tree(root) == before
