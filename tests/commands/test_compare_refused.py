"""What `compare` refuses: one clear line with the next step, nothing on standard output, never a traceback."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from build import DUTY_PATH
from command import lay_out, run
from dutylist.model.text import HIDDEN
from process import closed, in_process
from repos import commit_all, git
from sides import HOME, NAMES, OTHER, THIRD, compare, duty, grown, refused, told


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library with its history."""
    return grown(tmp_path / "library")


BROKEN: dict[str, tuple[str, str]] = {
    "broken TOML": ('id = "ex-0002"\nname = "供水\n', "ex-0002.toml:2:11  错误 RD004"),
    "conflict markers": (duty(2, "甲").replace("name", "<<<<<<< HEAD\nname"), "ex-0002.toml:4:1  错误 RD005"),
    "missing key": ('id = "ex-0002"\n', "ex-0002.toml:1:1  错误 RD007"),
}


@pytest.mark.parametrize("where", ["work tree", "commit", "unchanged"])
@pytest.mark.parametrize(("content", "finding"), BROKEN.values(), ids=BROKEN)
def test_a_broken_side_is_refused(content: str, finding: str, where: str, library: Path) -> None:
    (library / OTHER).write_text(content, "utf-8")
    sides = {"work tree": (), "commit": ("HEAD~1..HEAD",), "unchanged": ("HEAD~1..HEAD",)}[where]
    if where != "work tree":
        commit_all(library, "坏了")
    if where == "unchanged":
        (library / DUTY_PATH).write_text(duty(1, "好的改动"), "utf-8")
        commit_all(library, "好的改动")
    done = compare(library, *sides)
    called = "当前文件" if where == "work tree" else " HEAD "
    assert (done.code, done.out) == (3, "")
    assert done.err.splitlines()[0].startswith(f"{HOME}/{finding}")
    assert done.err.splitlines()[1:] == [
        f"错误：{called}有 1 个文件读不出来，不能比较。",
        "提示：请先改正上面的问题，再比较。",
    ]


@pytest.mark.parametrize("committed", [True, False])
def test_a_link_is_refused(committed: bool, library: Path) -> None:
    (library / THIRD).symlink_to("ex-0001.toml")
    if committed:
        commit_all(library, "链接")
    done = compare(library, *(["HEAD~1", "HEAD"] if committed else []))
    assert (done.code, done.out) == (3, "")
    assert f"{THIRD}:1:1  错误 RD012" in done.err


@pytest.mark.parametrize("committed", [True, False])
def test_a_linked_folder_is_not_taken_for_duties_that_are_gone(committed: bool, library: Path) -> None:
    (library / HOME).rename(library / "别处")
    (library / HOME).symlink_to("../../别处")
    if committed:
        commit_all(library, "链接")
    done = compare(library, *(["HEAD~1", "HEAD"] if committed else []))
    assert (done.code, done.out) == (3, "")
    assert f"{HOME}:1:1  错误 RD012" in done.err


def test_a_pipe_is_not_taken_for_a_duty_that_is_gone(library: Path) -> None:
    (library / OTHER).unlink()
    os.mkfifo(library / OTHER)
    done = compare(library)
    assert (done.code, done.out) == (3, "")
    assert f"{OTHER}:1:1  错误 RD009" in done.err


@pytest.mark.parametrize("path", [f"{HOME}/ex-0009.toml", "duties/示例镇/经济发展/ex-0001.toml"])
def test_two_files_with_one_id_are_refused(path: str, library: Path) -> None:
    (library / path).parent.mkdir(exist_ok=True)
    (library / path).write_text(duty(1, "同号的另一项"), "utf-8")
    done = compare(library)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("错误：当前文件的编号 ex-0001 有 2 个文件，不能比较：")
    assert path in done.err


def test_a_nested_repository_is_pointed_out(library: Path) -> None:
    git(library, "rm", "-r", "--quiet", "--cached", "duties")
    git(library / "duties", "init", "--quiet", "--initial-branch=main")
    commit_all(library / "duties", "里面的")
    commit_all(library, "子模块")
    hint = "其中的 duties 是另一个仓库（子模块）；请用 --library 指定那个仓库的文件夹。"
    assert compare(library) == refused("版本 HEAD 中没有清单库。", hint)


def without_library(root: Path) -> None:
    (root / "说明.txt").write_text("还没有清单", "utf-8")
    commit_all(root, "一")
    lay_out(root)


def unborn(root: Path) -> None:
    git(lay_out(root), "init", "--quiet")


def unborn_branch(root: Path) -> None:
    commit_all(lay_out(root), "一")
    git(root, "checkout", "--quiet", "--orphan", "新分支")


def committed(root: Path) -> None:
    commit_all(lay_out(root), "一")
    (root / "清单.docx").write_bytes(b"PK")
    (root / "文件夹").mkdir()


def shallow(root: Path) -> None:
    committed(root / "whole")
    commit_all(lay_out(root / "whole", {OTHER: duty(2, NAMES[1])}), "二")
    git(root, "clone", "--quiet", "--depth=1", f"file://{root}/whole", str(root / "cut"))


NO_REVISION = "请用 git log --oneline 或 git tag 查看有哪些版本。"
NO_LIBRARY = "请在清单库文件夹内运行，或用 --library 指定；新建清单库用 dutylist init。"
KNOWN = "文档现在认得 .md。"
REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, ...], str, str, int]] = {
    "unknown revision": (committed, ("没有的",), "没有这个版本：没有的", NO_REVISION, 3),
    "hostile revision": (committed, ("\x1b[2J\n",), "没有这个版本：⟨U+001B⟩[2J⏎", NO_REVISION, 3),
    "empty revision": (committed, ("",), "没有这个版本：", NO_REVISION, 3),
    "like an option": (committed, ("--", "--x"), "没有这个版本：--x", NO_REVISION, 3),
    "like an option of git": (committed, ("--", "--all"), "没有这个版本：--all", NO_REVISION, 3),
    "a range of options": (committed, ("--", "--output=x..HEAD"), "没有这个版本：--output=x", NO_REVISION, 3),
    "an unknown end": (committed, ("HEAD..没有的",), "没有这个版本：没有的", NO_REVISION, 3),
    "an unknown beginning": (committed, ("没有的...HEAD",), "没有这个版本：没有的", NO_REVISION, 3),
    "four dots": (committed, ("HEAD....HEAD",), "没有这个版本：.HEAD", NO_REVISION, 3),
    "a file in a commit": (committed, ("HEAD:duties",), "没有这个版本：HEAD:duties", NO_REVISION, 3),
    "a folder that is no library": (
        committed,
        ("./文件夹",),
        "./文件夹 不是清单库（其中没有 duties 文件夹）。",
        "请给出清单库的文件夹。",
        3,
    ),
    "a folder that is not there": (
        committed,
        ("../没有",),
        "没有这个文件夹或文件，或者不认识它的格式：../没有",
        KNOWN,
        2,
    ),
    "another format": (
        committed,
        ("./清单.docx",),
        "没有这个文件夹或文件，或者不认识它的格式：./清单.docx",
        KNOWN,
        2,
    ),
    "unborn": (unborn, (), "没有这个版本：HEAD；当前分支还没有提交。", "请先用 git add 和 git commit 提交。", 3),
    "unborn branch": (
        unborn_branch,
        (),
        "没有这个版本：HEAD；当前分支还没有提交。",
        "请先用 git add 和 git commit 提交。",
        3,
    ),
    "no repository": (
        lay_out,
        (),
        "清单库不在 git 仓库中，没有历史版本。",
        "请先运行 git init 并提交",
        3,
    ),
    "no library at that time": (
        without_library,
        ("HEAD",),
        "版本 HEAD 中没有清单库。",
        "请换一个版本，或检查 --library。",
        3,
    ),
    "no library here": (
        lambda root: (root / "空").mkdir(),
        (),
        "这里没有清单库（从当前文件夹往上都没有 duties 文件夹）。",
        NO_LIBRARY,
        3,
    ),
    "--library is no library": (
        committed,
        ("--library", "文件夹"),
        "文件夹 不是清单库（其中没有 duties 文件夹）。",
        NO_LIBRARY,
        3,
    ),
    "shallow": (
        shallow,
        ("HEAD~1", "--library", "cut"),
        "没有这个版本：HEAD~1；这是浅克隆，较早的提交没有取来。",
        "请运行 git fetch --unshallow 取来全部历史；缺的是分支时，运行 git fetch origin 分支名。",
        3,
    ),
    "no folder for the report": (
        committed,
        ("-o", "没有/报告"),
        "没有这个文件夹：没有",
        "请先新建文件夹，或换一个位置。",
        3,
    ),
}


@pytest.mark.parametrize(("make", "arguments", "message", "hint", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(
    make: Callable[[Path], object], arguments: tuple[str, ...], message: str, hint: str, code: int, tmp_path: Path
) -> None:
    make(tmp_path)
    done = run(tmp_path, "compare", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(refused(message, hint).err.removesuffix("\n"))
    assert done.err.count("\n") == 2
    assert not HIDDEN.search(done.err.replace("\n", ""))


def test_wrong_use(library: Path) -> None:
    for arguments in (("--x",), ("a", "b", "c"), ("--kind",), ("--output",)):
        done = run(library, "compare", *arguments)
        assert (done.code, done.out) == (2, "")
        assert re.search("[\u4e00-\u9fff]", done.err)
        assert "Traceback" not in done.err


def test_histories_without_a_common_beginning(library: Path) -> None:
    git(library, "checkout", "--quiet", "--orphan", "另起")
    commit_all(library, "另起")
    assert compare(library, "main...另起") == refused(
        "main 与 另起 没有共同的历史。", "请换一个版本，或分别写出两个版本。"
    )
    assert told(compare(library, "main..另起")) == []


def test_a_document_that_is_none(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "坏.md"
    for content in (b"", "没有表格".encode(), "清单".encode("gbk"), b"\0\xff"):
        path.write_bytes(content)
        done = compare(library, "HEAD", str(path))
        assert (done.code, done.out) == (3, ""), content
        assert done.err.startswith("错误：")
        assert "提示：" in done.err


def test_without_git(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "空").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "空"))
    assert compare(library) == refused("没有找到 git 程序。", "请先安装 git。")
    # Two folders need no git.
    assert told(compare(library, str(library), ".")) == []


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("name", ["旧稿/ex-0002.toml", "ex-0002.toml.bak", "ex-0002.txt"])
def test_a_misplaced_file_is_not_taken_for_a_duty_that_is_gone(name: str, committed: bool, library: Path) -> None:
    there = library / HOME / name
    there.parent.mkdir(exist_ok=True)
    (library / OTHER).rename(there)
    if committed:
        commit_all(library, "放错了")
    done = compare(library, *(["HEAD~1", "HEAD"] if committed else []))
    called = " HEAD " if committed else "当前文件"
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"{HOME}/{name}:1:1  错误 RD")
    assert f"错误：{called}有 1 个文件读不出来，不能比较。" in done.err


def test_a_stray_file_beside_the_duties_is_no_change(library: Path) -> None:
    (library / HOME / "ex-0002.toml.bak").write_text("旧的", "utf-8")
    (library / "duties" / "说明.txt").write_text("说明", "utf-8")
    assert told(compare(library)) == []


@pytest.mark.parametrize("path", [DUTY_PATH, HOME])
def test_what_nobody_may_read(path: str, library: Path) -> None:
    with closed(library / path, 0):
        done = in_process(library, "compare")
    assert done == refused(f"无法读取 {path}：没有权限", "请检查文件权限，或请管理员处理。")


def test_a_repository_of_another_user(library: Path) -> None:
    if os.geteuid() == 0:
        os.chown(library / ".git", 65534, 65534)
        os.chown(library, 65534, 65534)
        done = in_process(library, "compare")
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith("错误：git 不信任这个仓库，因为它属于另一个用户。\n提示：确认无误后运行 git config")


@pytest.mark.parametrize("damage", ["object", "head", "index"])
def test_a_damaged_repository(damage: str, library: Path) -> None:
    if damage == "object":
        blob = git(library, "rev-parse", f"HEAD:{OTHER}").strip()
        path = library / ".git" / "objects" / blob[:2] / blob[2:]
        path.chmod(0o644)
        path.write_bytes(b"x")
    if damage == "head":
        (library / ".git" / "HEAD").write_text("x")
    if damage == "index":
        (library / ".git" / "index").write_bytes(b"x")
    (library / OTHER).write_text(duty(2, "改了的"), "utf-8")
    done = run(library, "compare")
    if damage == "index":
        assert done.code == 0
    else:
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith("错误：")
