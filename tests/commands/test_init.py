"""`init`: a library out of nothing, never over what is there, and ready for the other verbs."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from command import Done, lay_out, run, tree
from dutylist.contract import files
from process import ENVIRONMENT, closed, in_process
from repos import commit_all, git

STARTED = [
    ".gitattributes",
    "duties/.gitkeep",
    "changelog/.gitkeep",
    "schema/vocabulary/categories.toml",
    "schema/vocabulary/departments.toml",
    *files(),
]
TOWNSHIP = {
    "--township": "示例镇",
    "--prefix": "ex",
    "--code": "123456789",
    "--county": "示例市",
    "--prefecture": "示例州",
    "--province": "示例省",
}
NEXT = "下一步：把清单文档导入（dutylist import 文件）；或写好 schema/vocabulary，再逐项新增（dutylist new）。\n"
HELP = "提示：前缀用小写字母，区划代码是九位数字。\n"


def options(**changes: str | None) -> list[str]:
    """The options for a township, changed; None leaves one out."""
    wanted = TOWNSHIP | {f"--{name}": value for name, value in changes.items()}
    return [word for name, value in wanted.items() if value is not None for word in (name, value)]


def lines(word: str, paths: list[str]) -> str:
    return "".join(f"{word} {path}\n" for path in paths)


def test_in_an_empty_folder(tmp_path: Path) -> None:
    assert run(tmp_path, "init") == Done(0, lines("已新建", STARTED), NEXT)
    made = tree(tmp_path)
    assert sorted(made) == sorted(STARTED)
    assert {path: made[path].decode() for path in files()} == files()
    assert run(tmp_path, "contract", "--check").code == 0
    assert run(tmp_path, "fmt", "--check").code == 0
    # There is a library, but nothing in it.
    done = run(tmp_path, "check")
    assert (done.code, done.out.splitlines()[0]) == (
        1,
        "duties:1:1  错误 RD016  清单库里没有乡镇；请用 dutylist import 导入清单，或用 dutylist init 新建乡镇。",
    )


def test_a_second_time_everything_is_skipped(tmp_path: Path) -> None:
    run(tmp_path, "init")
    before = tree(tmp_path)
    assert run(tmp_path, "init") == Done(0, "", lines("已有，跳过", STARTED) + NEXT)
    assert run(tmp_path, "init", "-q") == Done(0, "", "")
    assert tree(tmp_path) == before


def test_what_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "tombi.toml").write_text("# 自己的\n", "utf-8")
    (tmp_path / ".gitattributes").symlink_to(tmp_path / "nowhere")
    done = run(tmp_path, "init")
    assert (done.code, done.err) == (0, lines("已有，跳过", [".gitattributes", "tombi.toml"]) + NEXT)
    assert (tmp_path / "tombi.toml").read_text("utf-8") == "# 自己的\n"
    assert not (tmp_path / "nowhere").exists()


def test_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "清单/2025", "-q").code == 0
    assert sorted(tree(tmp_path / "清单/2025")) == sorted(STARTED)
    assert run(tmp_path, "list", "--library", "清单/2025").code == 0


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--dry-run") == Done(0, lines("将新建", STARTED), NEXT)
    assert run(tmp_path, "init", "sub", "--dry-run", *options()).code == 0
    assert list(tmp_path.iterdir()) == []


def test_with_a_township(tmp_path: Path) -> None:
    own = ["duties/示例镇/township.toml", "duties/示例镇/ledger.toml"]
    assert run(tmp_path, "init", *options()) == Done(0, lines("已新建", [*STARTED, *own]), NEXT)
    made = tree(tmp_path)
    assert made[own[0]].decode() == (
        'name = "示例镇"\ncode = "123456789"\nprefix = "ex"\ncounty = "示例市"\nprefecture = "示例州"\n'
        'province = "示例省"\ntitle = "示例市示例镇履职事项清单"\n\n'
        "[declared]\nduties = 0\nbasic = { duties = 0 }\nsupporting = { duties = 0 }\nreclaimed = { duties = 0 }\n"
    )
    assert made[own[1]] == b"next = 1\n"
    assert run(tmp_path, "check", "--fail-on", "advice") == Done(0, "0 项事项，没有发现问题。\n", "")


def test_the_other_verbs_work_there(tmp_path: Path) -> None:
    run(tmp_path, "init", *options())
    new = ("new", "--kind", "basic", "--category", "党的建设", "--name", "做好统计工作")
    assert run(tmp_path, *new).err == (
        "错误：没有类别 党的建设。\n提示：类别见 schema/vocabulary/categories.toml；新的类别请先加入。\n"
    )
    (tmp_path / "schema/vocabulary/categories.toml").write_text('categories = [\n  "党的建设",\n]\n', "utf-8")
    assert run(tmp_path, *new).code == 0
    assert run(tmp_path, "list").out == "ex-0001  基本  党的建设  1  做好统计工作\n"
    assert run(tmp_path, "check", "--fail-on", "advice") == Done(0, "1 项事项，没有发现问题。\n", "")
    assert run(tmp_path, "fmt", "--check").code == 0


def test_a_second_township_comes_into_the_same_library(tmp_path: Path) -> None:
    run(tmp_path, "init", *options())
    done = run(tmp_path, "init", *options(township="另一镇", prefix="ot"))
    assert done.out == lines("已新建", ["duties/另一镇/township.toml", "duties/另一镇/ledger.toml"])
    assert run(tmp_path, "check").code == 0
    run(tmp_path, "init", *options(township="第三镇"))
    assert "错误 ID008" in run(tmp_path, "check").out


BAD: dict[str, tuple[list[str], str, str]] = {
    "prefix": (options(prefix="EX"), "--prefix 的值不合要求：EX", HELP),
    "short prefix": (options(prefix="e"), "--prefix 的值不合要求：e", HELP),
    "code": (options(code="12345"), "--code 的值不合要求：12345", HELP),
    "code of other digits": (options(code="１２３４５６７８９"), "--code 的值不合要求：１２３４５６７８９", HELP),
    "nothing but a township": (
        ["--township", "示例镇"],
        "新建乡镇还缺 --prefix、--code、--county、--province。",
        "提示：请补齐后重试。\n",
    ),
    "all but the township": (options(township=None), "新建乡镇还缺 --township。", "提示：请补齐后重试。\n"),
    "blank": (options(county=" "), "--county 不能是空的。", "提示：请写明内容。\n"),
    "two lines": (options(township="镇\n村"), "--township 只能写一行：镇⏎村", "提示：请删去换行。\n"),
    "hidden": (options(province="省\x1b[31m"), "--province 含有看不见的字符 U+001B。", "提示：请删去后重试。\n"),
    **{
        f"folder {name[:8]}": (
            options(township=name),
            f"乡镇名称不能用作文件夹名：{name}",
            "提示：请去掉其中的符号，不超过 60 个字。\n",
        )
        for name in ("..", ".隐藏", "a/b", "../外面", "C:\\", "镇.", "镇" * 61)
    },
}


@pytest.mark.parametrize(("arguments", "message", "hint"), BAD.values(), ids=BAD)
def test_bad_values_write_nothing(tmp_path: Path, arguments: list[str], message: str, hint: str) -> None:
    root = tmp_path / "library"
    assert run(tmp_path, "init", "library", *arguments) == Done(2, "", f"错误：{message}\n{hint}")
    assert not root.exists()


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert run(tmp_path, "init", "file").code == 2
    assert run(tmp_path, "init", "file/inside").code == 3
    (tmp_path / "with").mkdir()
    (tmp_path / "with/duties").touch()
    done = run(tmp_path, "init", "with")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：无法写入 duties/.gitkeep：已经存在；没有改动任何文件。")
    before = tree(tmp_path)
    with closed(tmp_path):
        done = in_process(tmp_path, "init", "new")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("错误：无法写入 .gitattributes：没有权限；没有改动任何文件。\n")
    assert tree(tmp_path) == before


PROGRAM = f"{shlex.quote(sys.executable)} -P -X utf8 -m dutylist diff-driver"
SETTINGS = {
    "diff.dutylist.command": f"{PROGRAM} --",
    "diff.dutylist.textconv": f"{PROGRAM} --textconv --",
    "diff.dutylist.xfuncname": r"^(\[\[?[a-z_]+\]\]?|(superior|receiving)_departments = \[|[^] a-z[].*)$",
}
PATTERNS = ("duties/**/*.toml", "schema/vocabulary/*.toml")
FROM_NOW_ON = "此后在这个仓库里，git diff、git log -p 按事项显示差别；撤销：git config --remove-section diff.dutylist\n"
IN_PLACE = "已有，跳过 清单文件的属性 diff=dutylist\n"


def set_up(word: str, attributes: Path | None, place: str = "/") -> str:
    """What is said of all settings, and of the attributes where those are written too."""
    said = "".join(f"{word}设置 {name} = {value}\n" for name, value in SETTINGS.items())
    lines = [f"{word}写入 {attributes}：{place}{pattern} diff=dutylist\n" for pattern in PATTERNS]
    return said + ("".join(lines) if attributes else "")


def settings(where: Path) -> dict[str, str]:
    """The driver's settings in a repository's own configuration."""
    told = git(where, "config", "--local", "--null", "--get-regexp", r"^diff\.")
    return dict(line.split("\n", 1) for line in told.split("\0")[:-1])


def shown_with(where: Path, *paths: str) -> list[str]:
    """The driver of each path, as git sees it."""
    return git(where, "check-attr", "-z", "diff", "--", *paths).split("\0")[2::3]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in a repository of its own, without attributes."""
    commit_all(lay_out(tmp_path / "清单 库"), "第一版")
    return (tmp_path / "清单 库").resolve()


def test_git_is_told_how_to_show_duties(library: Path) -> None:
    attributes = library / ".git/info/attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.bin binary", "utf-8")
    done = run(library, "init", "--git")
    assert done == Done(0, set_up("已", attributes), FROM_NOW_ON)
    assert settings(library) == SETTINGS
    assert attributes.read_text("utf-8") == (
        "*.bin binary\n/duties/**/*.toml diff=dutylist\n/schema/vocabulary/*.toml diff=dutylist\n"
    )
    paths = ("duties/示例镇/township.toml", "duties/示例镇/党的建设/ex-0001.toml", "schema/vocabulary/categories.toml")
    assert shown_with(library, *paths, "tombi.toml") == ["dutylist"] * 3 + ["unspecified"]
    assert git(library, "status", "--porcelain") == ""


def test_git_is_told_once(library: Path) -> None:
    run(library, "init", "--git")
    before = tree(library)
    skipped = "".join(f"已有，跳过 {name}\n" for name in SETTINGS)
    assert run(library / "duties/示例镇", "init", "--git") == Done(0, "", skipped + IN_PLACE + FROM_NOW_ON)
    assert run(library, "init", "--git", "--quiet") == Done(0, "", "")
    assert tree(library) == before


def test_a_setting_that_lags_is_renewed(library: Path) -> None:
    run(library, "init", "--git")
    git(library, "config", "--add", "diff.dutylist.command", "旧的")
    assert run(library, "init", "--git", "-q").out == f"已设置 diff.dutylist.command = {PROGRAM} --\n"
    assert settings(library) == SETTINGS


def test_undoing_leaves_no_setting(library: Path) -> None:
    run(library, "init", "--git")
    git(library, "config", "--remove-section", "diff.dutylist")
    assert "dutylist" not in git(library, "config", "--local", "--list")


def test_telling_git_on_trial_writes_nothing(library: Path) -> None:
    before = tree(library)
    assert run(library, "init", "--git", "--dry-run") == Done(
        0, set_up("将", library / ".git/info/attributes"), FROM_NOW_ON
    )
    assert tree(library) == before


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_a_new_library_brings_its_own_attributes(flags: list[str], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    word = "将" if flags else "已"
    done = run(tmp_path, "init", "--git", "清单/2025", *flags)
    assert done == Done(0, lines(f"{word}新建", STARTED) + set_up(word, None), NEXT + IN_PLACE + FROM_NOW_ON)
    assert not (tmp_path / ".git/info/attributes").exists()
    if not flags:
        assert shown_with(tmp_path, "清单/2025/duties/a/township.toml") == ["dutylist"]


def test_a_township_comes_into_the_library_with_git_told(library: Path) -> None:
    done = run(library, "init", "--git", "-q", *options(township="另一镇", prefix="ot"))
    assert (done.code, (library / "duties/另一镇/township.toml").exists()) == (0, True)
    assert settings(library) == SETTINGS


@pytest.mark.parametrize(
    ("place", "pattern"),
    [("数据/清单库", "/数据/清单库/"), ("#1 [初稿]*", r'"/#1 \\[初稿]\\*/'), ('!"引"', r'"/!\"引\"/')],
)
def test_a_library_in_a_subfolder_of_any_name(place: str, pattern: str, tmp_path: Path) -> None:
    lay_out(tmp_path / place)
    lay_out(tmp_path / "别处")
    commit_all(tmp_path, "第一版")
    assert run(tmp_path, "init", "--git", place, "-q").code == 0
    assert (tmp_path / ".git/info/attributes").read_text("utf-8").startswith(f"{pattern}duties/")
    inside = "duties/示例镇/township.toml"
    assert shown_with(tmp_path, f"{place}/{inside}", f"别处/{inside}") == ["dutylist", "unspecified"]


def test_a_worktree_shares_what_its_repository_was_told(library: Path, tmp_path: Path) -> None:
    git(library, "worktree", "add", "--quiet", str(tmp_path / "另一棵"))
    done = run(tmp_path / "另一棵", "init", "--git")
    assert done == Done(0, set_up("已", library / ".git/info/attributes"), FROM_NOW_ON)
    assert run(library, "init", "--git", "-q") == Done(0, "", "")


def test_of_two_repositories_the_inner_one_is_told(library: Path) -> None:
    inner = lay_out(library / "内层")
    commit_all(inner, "内层")
    assert run(inner, "init", "--git").code == 0
    assert settings(inner) == SETTINGS
    assert "dutylist" not in git(library, "config", "--local", "--list")


def test_without_a_repository_nothing_is_written(tmp_path: Path) -> None:
    told = f"错误：{tmp_path} 不在 git 仓库中。\n提示：请先运行 git init。\n"
    assert run(tmp_path, "init", "--git") == Done(3, "", told)
    assert run(tmp_path, "init", "--git", "新的/清单") == Done(3, "", told)
    assert list(tmp_path.iterdir()) == []


def test_a_bare_repository_has_no_files_to_show(library: Path, tmp_path: Path) -> None:
    git(library, "clone", "--quiet", "--bare", ".", str(tmp_path / "裸.git"))
    assert run(tmp_path / "裸.git", "init", "--git") == Done(
        3,
        "",
        f"错误：{tmp_path}/裸.git 是裸仓库或 .git 内部，没有工作文件。\n提示：请在克隆出来的工作文件夹里运行。\n",
    )


def test_settings_that_cannot_be_written(library: Path) -> None:
    hint = "提示：请检查 .git 文件夹的权限。\n"
    with closed(library / ".git"):
        done = in_process(library, "init", "--git")
    assert (done.code, done.out, done.err.splitlines(keepends=True)[1:]) == (3, "", [hint])
    assert done.err.startswith("错误：无法写入 git 设置 diff.dutylist.command：")
    (library / ".git/info").mkdir(exist_ok=True)
    with closed(library / ".git/info"):
        done = in_process(library, "init", "--git")
    assert done == Done(3, "", f"错误：无法写入 {library}/.git/info/attributes：没有权限\n{hint}")


def test_a_repository_of_someone_else(library: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dutylist", "init", "--git"],
        cwd=library,
        env={**os.environ, **ENVIRONMENT, "HOME": str(library.parent), "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        3,
        "错误：git 不信任这个仓库，因为它属于另一个用户。\n"
        f"提示：确认无误后运行 git config --global --add safe.directory {library}\n",
    )
