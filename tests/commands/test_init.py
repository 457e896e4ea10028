"""`init`: a library out of nothing, never over what is there, and ready for the other verbs."""

from pathlib import Path

import pytest

from command import Done, run, tree
from dutylist.contract import files
from process import closed, in_process

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
