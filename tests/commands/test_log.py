"""`log`: a duty's life as it is shown, as JSON, limited and reversed; and what cannot be told."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import build
import pasts
from command import Done, lay_out, run
from dutylist.contract import schema_text
from dutylist.model.text import HIDDEN, cells
from process import on_terminal
from repos import git

Golden = Callable[[str, str], None]
SCHEMA = json.loads(schema_text("log.schema.json"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story in a repository."""
    made = tmp_path_factory.mktemp("story")
    pasts.story(made)
    return made


@pytest.mark.parametrize("duty", ["ex-0012", "ex-0013", "ex-0014"])
def test_the_whole_life(duty: str, root: Path, golden: Golden) -> None:
    done = run(root, "log", duty)
    assert (done.code, done.err) == (0, "")
    golden(f"commands/log-{duty}.txt", done.out)


def test_json_is_the_same_for_programs(root: Path, golden: Golden) -> None:
    text = run(root, "log", "ex-0013", "--format", "json").out
    jsonschema.validate(json.loads(text), SCHEMA)
    golden("commands/log-ex-0013.json", text)


def subjects(done: Done) -> list[str]:
    """What the commits in JSON said of themselves."""
    assert (done.code, done.err) == (0, "")
    return [entry["subject"] for entry in json.loads(done.out)["entries"]]


def test_some_of_it_and_the_other_way_round(root: Path) -> None:
    log = ("log", "ex-0013", "--format", "json")
    every = subjects(run(root, *log))
    assert subjects(run(root, *log, "--limit", "3")) == every[:3]
    assert subjects(run(root, *log, "--reverse")) == every[::-1]
    # As in git, the latest ones are taken before they are turned round.
    assert subjects(run(root, *log, "--limit", "3", "--reverse")) == every[:3][::-1]
    assert run(root, *log, "--limit", "0").code == 2


def test_up_to_a_revision(root: Path) -> None:
    log = ("log", "ex-0013", "--format", "json")
    every = subjects(run(root, *log))
    first = git(root, "rev-list", "--max-parents=0", "HEAD").strip()
    assert subjects(run(root, *log, "--revision", first, "--quiet")) == every[-1:]
    assert run(root, *log, "--revision", first).err.startswith(f"ex-0013 的当前文件与版本 {first} 不同")


@pytest.mark.parametrize("wanted", ["ex-0013", "ex-13", "13", "收回1"])
def test_a_duty_is_named_as_for_show(wanted: str, root: Path) -> None:
    assert run(root, "log", wanted).out == run(root, "log", "ex-0013").out


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("ex-0041", "是不是 ex-0014、ex-0013、ex-0012？"),
        ("zz-9999", "运行 dutylist list 查看全部编号；已经不在清单中的，请把编号写全，如 azk-0012。"),
        ("配合9", "运行 dutylist list 查看全部编号；已经不在清单中的，请把编号写全，如 azk-0012。"),
        ("12", "运行 dutylist list 查看全部编号；已经不在清单中的，请把编号写全，如 azk-0012。"),
        ("\x1b[2J", "运行 dutylist list 查看全部编号；已经不在清单中的，请把编号写全，如 azk-0012。"),
    ],
)
def test_a_duty_that_never_was(wanted: str, hint: str, root: Path) -> None:
    shown = wanted.replace("\x1b", "⟨U+001B⟩")
    expected = f"错误：历史中从来没有编号为 {shown} 的事项。\n提示：{hint}\n"
    assert run(root, "log", wanted) == Done(3, "", expected)


def no_repository(root: Path) -> None:
    lay_out(root)


def no_commit(root: Path) -> None:
    git(lay_out(root), "init", "--quiet")


def no_library(root: Path) -> None:
    pasts.commit(root, 1, "还没有清单", {"说明.txt": "一"})
    lay_out(root)


def cut(root: Path) -> None:
    pasts.story(root / "whole")
    git(root, "clone", "--quiet", "--depth=1", f"file://{root}/whole", str(root / "cut"))
    (root / "cut").rename(root / "clone")
    for path in list((root / "clone").iterdir()):
        path.rename(root / path.name)


REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, ...], str, str]] = {
    "no repository": (no_repository, (), "清单库不在 git 仓库中，没有历史。", "请先运行 git init 并提交。"),
    "no commit": (no_commit, (), "当前分支还没有提交，没有历史。", "请先用 git add 和 git commit 提交。"),
    "no library": (no_library, (), "版本 HEAD 中没有清单库。", "请换一个版本，或检查 --library。"),
    "cut": (
        cut,
        (),
        "这是浅克隆，较早的历史没有取来，说不准每一处从何时起。",
        "请运行 git fetch --unshallow 取来全部历史后重试。",
    ),
    "no revision": (
        pasts.story,
        ("--revision", "没有的"),
        "没有这个版本：没有的",
        "请用 git log --oneline 或 git tag 查看有哪些版本。",
    ),
}


@pytest.mark.parametrize("verb", ["log", "blame"])
@pytest.mark.parametrize(("make", "options", "message", "hint"), REFUSED.values(), ids=REFUSED.keys())
def test_what_has_no_history_is_refused(
    verb: str, make: Callable[[Path], object], options: tuple[str, ...], message: str, hint: str, tmp_path: Path
) -> None:
    make(tmp_path)
    assert run(tmp_path, verb, "ex-0001", *options) == Done(3, "", f"错误：{message}\n提示：{hint}\n")


def test_what_is_not_committed_is_mentioned(tmp_path: Path) -> None:
    pasts.story(tmp_path)
    path = tmp_path / pasts.ECONOMY / "ex-0013.toml"
    path.write_text(path.read_text("utf-8").replace("农村供水", "城乡供水"), "utf-8")
    for verb in ("log", "blame"):
        done = run(tmp_path, verb, "13")
        assert done.err == "ex-0013 的当前文件与版本 HEAD 不同；这里说的是到这个版本为止提交过的内容。\n"
        assert "城乡供水" not in done.out
        assert run(tmp_path, verb, "13", "--quiet").err == ""
        assert run(tmp_path, verb, "ex-0012").err == ""


def test_a_ledger_and_a_file_that_cannot_be_read_are_mentioned(tmp_path: Path) -> None:
    pasts.story(tmp_path)
    pasts.commit(tmp_path, 17, "都坏了", {f"{pasts.ECONOMY}/ex-0013.toml": "坏", pasts.LEDGER: "坏"})
    done = run(tmp_path, "log", "ex-0013", "--limit", "1")
    where, fault = f"{pasts.ECONOMY}/ex-0013.toml", "TOML 语法错误：这一行不是“字段 = 值”的形式"
    assert f"都坏了\n    读不出来  {where}：{fault}" in done.out
    broken, unknown = done.err.splitlines()
    assert broken.startswith(f"{where} 在这个版本里读不出来，以之前读得出来的内容为准：{fault}")
    assert unknown == f"{pasts.LEDGER} 缺少或读不出来，看不出合并和拆分；运行 dutylist check 查看原因。"


def test_in_a_bare_repository_and_a_subfolder(root: Path, tmp_path: Path) -> None:
    bare, deep = tmp_path / "bare.git", tmp_path / "large" / "清单库"
    git(root, "clone", "--quiet", "--bare", str(root), str(bare))
    assert run(tmp_path, "log", "13", "--library", str(bare)) == run(root, "log", "13")
    deep.mkdir(parents=True)
    git(tmp_path / "large", "init", "--quiet", "--initial-branch=main")
    pasts.story(deep)
    assert subjects(run(deep, "log", "13", "--format", "json")) == subjects(run(root, "log", "13", "--format", "json"))


def test_a_narrow_terminal_with_and_without_colour(root: Path) -> None:
    plain = on_terminal(root, 50, "log", "ex-0013", NO_COLOR="1")
    assert max(cells(line) for line in plain.splitlines()) <= 50
    assert "修改后  每年开展{+两+}次监督。" in plain
    coloured = on_terminal(root, 50, "log", "ex-0013")
    assert "每年开展\x1b[32m两\x1b[0m次监督。" in coloured
    assert "{+" not in coloured


def test_nothing_hidden_is_printed(tmp_path: Path) -> None:
    texts = ("防\u202e汛\x1b[31m；", "抗\x07旱。")
    path = f"{pasts.PARTY}/ex-0013.toml"
    pasts.commit(tmp_path, 1, "起\x1b[2J草", {path: pasts.water(texts[0]), pasts.LEDGER: pasts.ledger()})
    pasts.commit(tmp_path, 2, "改\n\nCause: law: \x1b[31m", {path: pasts.water(*texts)}, author="甲\u202e乙")
    for verb in ("log", "blame"):
        for form in ("text", "json"):
            done = run(tmp_path, verb, "ex-0013", "--format", form)
            assert (done.code, HIDDEN.findall(done.out)) == (0, [])
    assert "依据：法律法规变化：⟨U+001B⟩[31m" in run(tmp_path, "log", "ex-0013").out


@pytest.mark.parametrize(
    ("cause", "shown"),
    [
        ("law", "法律法规变化"),
        ("reform: 撤并机构", "机构改革：撤并机构"),
        ("application:无力承担", "乡镇申请：无力承担"),
        ("correction", "更正"),
        ("县里的意见: 第三条", "县里的意见: 第三条"),
    ],
)
def test_causes_are_told_in_chinese(cause: str, shown: str, tmp_path: Path) -> None:
    pasts.commit(tmp_path, 1, f"改\n\nCause: {cause}", build_files())
    assert f"\n    依据：{shown}\n" in run(tmp_path, "log", "ex-0001").out


def build_files() -> dict[str, bytes]:
    """The smallest valid library."""
    return {path: content for path, content in build.files().items() if isinstance(content, bytes)}


def test_into_a_file(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "历史.txt"
    assert run(root, "log", "13", "-o", str(target)) == Done(0, "", f"已写入 {target}\n")
    assert target.read_text("utf-8") == run(root, "log", "13").out
