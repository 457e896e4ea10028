"""`make report` writes what changed since the library came into git, and says why where it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from repos import WHO, commit_all, git

ROOT = Path(__file__).resolve().parents[1]
CHANGES = ("changes.html", "changes.json", "changes.md")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The library with what the target needs, not yet in git."""
    made = tmp_path / "清单库"
    for folder in ("duties", "schema", ".ci"):
        shutil.copytree(ROOT / folder, made / folder)
    with_program(made)
    return made


def with_program(where: Path) -> None:
    """Lets a folder use the program that is tested here."""
    (where / ".venv").symlink_to(Path(sys.executable).parents[1])
    (where / ".gitignore").write_text(".venv\nbuild\n")


def report(where: Path) -> tuple[int, str]:
    """The exit code and all that is said."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | WHO
    # No repository above the temporary folder counts.
    env["GIT_CEILING_DIRECTORIES"] = str(where.parent)
    done = subprocess.run(
        ["sh", ".ci/report"], cwd=where, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode, done.stdout


def written(where: Path) -> dict[str, bytes]:
    """The change reports that are there."""
    return {name: (where / "build" / name).read_bytes() for name in CHANGES if (where / "build" / name).exists()}


def rename(where: Path) -> None:
    """Changes the name of one duty."""
    path = where / "duties/阿扎克镇/党的建设/azk-0021.toml"
    path.write_text(path.read_text("utf-8").replace("做好“双拥”工作", "做好“双拥”和优抚工作"), "utf-8")


def test_it_compares_with_the_commit_that_brought_the_library_the_same_every_time(here: Path, tmp_path: Path) -> None:
    (here / "说明.txt").write_text("先有别的文件")
    git(here, "init", "--quiet", "--initial-branch=main")
    git(here, "add", "说明.txt")
    git(here, "commit", "--quiet", "--message", "别的")
    first = commit_all(here, "收入清单库")
    (here / "duties").rename(tmp_path / "duties")
    commit_all(here, "误删")
    (tmp_path / "duties").rename(here / "duties")
    rename(here)
    commit_all(here, "找回，改名称")
    code, said = report(here)
    made = written(here)
    assert (code, sorted(made)) == (0, list(CHANGES)), said
    assert f"{first[:10]} → 当前文件" in made["changes.md"].decode()
    assert "1 处变化，涉及 1 项事项：实质 1" in made["changes.md"].decode()
    assert report(here) == (code, said)
    assert written(here) == made


def test_without_git_or_a_commit_there_is_nothing_to_compare_and_no_old_report_stays(here: Path) -> None:
    (here / "build").mkdir()
    (here / "build" / "changes.html").write_text("旧")
    for prepare in (lambda: None, lambda: git(here, "init", "--quiet")):
        prepare()
        code, said = report(here)
        assert (code, written(here)) == (0, {}), said
        assert said.splitlines()[-1] == "git 里还没有提交过清单库，没有可比较的，不写变化报告。"
        assert (here / "build" / "findings.md").exists()


def test_a_shallow_clone_says_what_to_fetch(here: Path, tmp_path: Path) -> None:
    commit_all(here, "收入清单库")
    rename(here)
    commit_all(here, "改名称")
    shallow = tmp_path / "浅克隆"
    git(tmp_path, "clone", "--quiet", "--depth=1", here.as_uri(), str(shallow))
    (shallow / ".gitignore").unlink()
    with_program(shallow)
    code, said = report(shallow)
    assert (code, written(shallow)) == (0, {}), said
    assert "git fetch --unshallow" in said.splitlines()[-1]


def test_what_cannot_be_compared_leaves_the_exit_code_to_the_check(here: Path) -> None:
    commit_all(here, "收入清单库")
    path = here / "duties/阿扎克镇/党的建设/azk-0021.toml"
    path.write_text(path.read_text("utf-8").replace("name", "nama", 1), "utf-8")
    code, said = report(here)
    assert (code, written(here)) == (1, {}), said
    assert "不能比较" in said
