"""`contract`: writes what lags and nothing else, or names it."""

from pathlib import Path

import pytest

from command import Done, lay_out, run, tree
from dutylist.contract import files
from process import closed, in_process, stamps

COUNT = len(files())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library whose generated files are those of today."""
    root = lay_out(tmp_path / "library")
    for path, text in files().items():
        (root / path).write_text(text, "utf-8")
    return root


def lag(root: Path) -> tuple[str, ...]:
    """Lets three files lag, in three ways; gives them as they are listed."""
    (root / "schema/duty.schema.json").write_bytes(b"\xff")
    (root / "schema/rules.md").unlink()
    (root / "tombi.toml").write_text(files()["tombi.toml"] + "\n", "utf-8")
    return "schema/duty.schema.json", "schema/rules.md", "tombi.toml"


def test_nothing_lags(root: Path) -> None:
    before = stamps(root)
    assert run(root, "contract", "--check") == Done(0, "", f"{COUNT} 个文件，0 个过期。\n")
    assert run(root, "contract") == Done(0, "", f"{COUNT} 个文件，0 个更新。\n")
    assert run(root / "duties", "contract", "-q") == Done(0, "", "")
    assert stamps(root) == before


def test_check_names_what_lags(root: Path) -> None:
    names = "".join(f"过期 {path}\n" for path in lag(root))
    before = tree(root)
    hint = f"{COUNT} 个文件，3 个过期；运行 dutylist contract 重新生成。\n"
    assert run(root, "contract", "--check") == Done(1, names, hint)
    assert run(root, "contract", "--check", "--quiet") == Done(1, names, "")
    assert run(root, "contract", "--dry-run") == Done(0, names, f"{COUNT} 个文件，3 个过期。\n")
    assert tree(root) == before


def test_what_lags_is_written(root: Path) -> None:
    whole = tree(root)
    names = "".join(f"已生成 {path}\n" for path in lag(root))
    assert run(root, "contract") == Done(0, names, f"{COUNT} 个文件，3 个更新。\n")
    assert tree(root) == whole
    assert run(root, "contract", "--check").code == 0


def test_vocabularies_are_not_generated(root: Path) -> None:
    (root / "schema/vocabulary/categories.toml").unlink()
    assert run(root, "contract").code == 0
    assert not (root / "schema/vocabulary/categories.toml").exists()


def test_what_stands_in_the_way(root: Path, tmp_path: Path) -> None:
    (root / "tombi.toml").unlink()
    (root / "tombi.toml").mkdir()
    before = tree(root)
    assert run(root, "contract", "--check").out == "过期 tombi.toml\n"
    done = run(root, "contract")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：无法写入 tombi.toml：这是一个文件夹；没有改动任何文件。")
    (root / "tombi.toml").rmdir()
    (root / "tombi.toml").symlink_to(tmp_path / "elsewhere")
    done = run(root, "contract")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：tombi.toml 是符号链接；没有改动任何文件。")
    assert not (tmp_path / "elsewhere").exists()
    assert tree(root) == {path: text for path, text in before.items() if path != "tombi.toml"}


def test_without_permission(root: Path) -> None:
    (root / "schema/rules.md").write_text("旧", "utf-8")
    before = tree(root)
    with closed(root / "schema"):
        done = in_process(root, "contract")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("错误：无法写入 schema/rules.md：没有权限；没有改动任何文件。\n")
    with closed(root / "schema/rules.md", 0):
        done = in_process(root, "contract", "--check")
    assert (done.code, done.out) == (3, "")
    assert done.err == "错误：无法读取 schema/rules.md：没有权限\n提示：请检查文件权限，或请管理员处理。\n"
    assert tree(root) == before


def test_outside_any_library(tmp_path: Path) -> None:
    assert run(tmp_path, "contract").code == 3
    assert list(tmp_path.iterdir()) == []
