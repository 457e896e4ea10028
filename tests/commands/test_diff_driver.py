"""`diff-driver`: what git shows of a library after `init --git`, through git itself."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import build
from command import Done, lay_out, run
from dutylist.store.read import LARGEST
from process import ENVIRONMENT, on_terminal
from repos import WHO, commit_all

Golden = Callable[[str, str], None]

WATER = "duties/示例镇/经济发展/ex-0002.toml"
CONSCRIPTION = "duties/示例镇/党的建设/ex-0004.toml"
FAIR = "duties/示例镇/经济发展/ex-0003.toml"


def water(**changes: object) -> str:
    """A duty with sections of every form."""
    values: dict[str, object] = {
        "id": "ex-0002",
        "kind": "supporting",
        "name": "农村供水保障工作",
        "superior_departments": ["示例市水利局", "示例市公安局"],
        "superior_responsibilities": [
            {"department": "市水利局", "text": "负责供水。", "clauses": ["制定工程管护机制；", "监督水费征收工作。"]},
            {"topic": "产地检疫", "clauses": ["检疫。"]},
        ],
        "township_responsibilities": [{"clauses": ["督促用水指标落实；", "做好宣传工作。"]}],
    }
    return build.duty_text(**(values | changes))


def git(where: Path, *arguments: str, **env: str) -> str:
    """What a git command that may print Chinese paths prints, on both streams; it must succeed."""
    done = subprocess.run(
        ["git", "-c", "core.quotepath=false", *arguments],
        cwd=where,
        env={**os.environ, **WHO, **ENVIRONMENT, "LC_ALL": "C.UTF-8", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with one commit, whose git knows the driver."""
    lay_out(tmp_path, {WATER: water(), FAIR: build.duty_text(id="ex-0003", position=20, name="举办集市")})
    commit_all(tmp_path, "第一版")
    run(tmp_path, "init", "--git", "-q")
    return tmp_path


def revise(root: Path) -> None:
    """Changes of many kinds, none of them staged."""
    revised = water(
        position=15,
        note="待核实",
        superior_departments=["示例市水利局"],
        township_responsibilities=[{"clauses": ["每年不少于四次巡查；", "负责用水指标落实；", "做好宣传工作。"]}],
    )
    drafted = build.duty_text(id="ex-0004", name="做好征兵工作", basis=[{"title": "《兵役法》", "article": "第一条"}])
    ledger = 'next = 5\n\n[[events]]\nkind = "retire"\nfrom = ["ex-0003"]\ninto = []\nreason = "不再举办"\n'
    lay_out(
        root,
        {
            WATER: revised,
            CONSCRIPTION: drafted,
            build.LEDGER_PATH: ledger,
            build.TOWNSHIP_PATH: build.township_text(published="2025-07"),
            "schema/vocabulary/categories.toml": build.CATEGORIES.replace("经济发展", "经济建设"),
        },
    )
    (root / FAIR).unlink()
    (root / "说明.txt").write_text("与清单无关\n", "utf-8")


def test_diff_tells_changes(library: Path, golden: Golden) -> None:
    revise(library)
    golden("driver/diff.txt", git(library, "diff"))
    git(library, "add", "--all")
    golden("driver/cached.txt", git(library, "diff", "--cached"))


def test_history_tells_what_duties_say(library: Path, golden: Golden) -> None:
    revise(library)
    commit_all(library, "第二版")
    shown = git(library, "log", "-p", "--format=%s")
    golden("driver/log.txt", shown)
    assert shown.startswith(git(library, "show", "--format=%s"))
    golden("driver/blame.txt", git(library, "blame", "-s", WATER))


def test_a_stash_is_told_where_git_is_asked_to(library: Path) -> None:
    (library / WATER).write_text(water(position=15), "utf-8")
    git(library, "stash")
    assert "-position = 10\n+position = 15\n" in git(library, "stash", "show", "-p")
    assert "-位次：10\n+位次：15\n" in git(library, "stash", "show", "-p", "--textconv")
    assert git(library, "stash", "show", "-p", "--ext-diff") == (
        f"{WATER}\nex-0002 农村供水保障工作 · 配合履职事项\n  格式  位次\n    修改前  [-10-]\n    修改后  {{+15+}}\n"
    )


def test_patches_are_as_without_the_driver(library: Path) -> None:
    revise(library)
    commit_all(library, "第二版")
    asked = ("format-patch", "--stdout", "HEAD~1"), ("diff", "--no-ext-diff", "--no-textconv", "HEAD~1")
    told = [git(library, *arguments) for arguments in asked]
    git(library, "config", "--remove-section", "diff.dutylist")
    plain = [git(library, *arguments) for arguments in asked]
    assert [without_heads(text) for text in told] == [without_heads(text) for text in plain]
    assert "[[township_responsibilities]]" in told[0]


def without_heads(text: str) -> str:
    """A difference without what git shows behind @@: that alone may name the field."""
    return re.sub(r"^(@@ .* @@).*$", r"\1", text, flags=re.MULTILINE)


def test_parts_can_be_added_by_hand(library: Path) -> None:
    (library / WATER).write_text(water(position=15, note="待核实"), "utf-8")
    subprocess.run(["git", "add", "-p"], cwd=library, env={**os.environ, **WHO}, input=b"y\n", check=True)
    assert git(library, "status", "--porcelain", "--", "duties") == f"M  {WATER}\n"


HUNKS = {
    "clause": (
        {"superior_responsibilities": [{"department": "市水利局", "clauses": [f"第{n}项；" for n in "一二三四五"]}]},
        "上级部门职责 · 市水利局",
        "[[superior_responsibilities]]",
    ),
    "department": (
        {"superior_departments": [f"示例市第{n}局" for n in "一二三四五"]},
        "对应上级部门",
        "superior_departments = [",
    ),
}


@pytest.mark.parametrize(("values", "told", "raw"), HUNKS.values(), ids=HUNKS)
def test_a_hunk_names_its_field(values: dict[str, Any], told: str, raw: str, library: Path) -> None:
    (library / WATER).write_text(water(**values), "utf-8")
    commit_all(library, "五项")
    (library / WATER).write_text(water(**values).replace("第五", "第六"), "utf-8")
    for flags, heading in (["--no-ext-diff"], told), (["--no-ext-diff", "--no-textconv"], raw):
        shown = git(library, "diff", *flags)
        assert re.findall(r"^@@ .* @@ ?(.*)$", shown, re.MULTILINE) == [heading]


def changed(library: Path, before: str | bytes, after: str | bytes, *flags: str) -> str:
    """What git says of one file in the library whose text was another."""
    put(library, before)
    git(library, "add", "--all")
    put(library, after)
    return git(library, "diff", *flags)


def put(library: Path, text: str | bytes, path: str = WATER) -> None:
    (library / path).parent.mkdir(parents=True, exist_ok=True)
    (library / path).write_bytes(text if isinstance(text, bytes) else text.encode())


NO_RECORD: dict[str, tuple[str | bytes, str]] = {
    "syntax": (
        water().replace("[", "", 1),
        "读不出内容，第 5 行：TOML 语法错误：值的写法不对；文字要加英文引号，日期写作 2026-12-31。",
    ),
    "old format": (
        water().replace("kind =", "type ="),
        "读不出内容，第 1 行：缺少必填字段 kind；kind 只能是 basic（基本）、supporting（配合）或 reclaimed（收回）。",
    ),
    "no text": (b"PK\x03\x04\xff\x00", "读不出内容，第 1 行：不是 UTF-8 编码（第 5 个字节是 0xFF）；请用 UTF-8 另存。"),
    "comment": (water() + "# 说明\n", "文件中有注释。"),
    "huge": (
        "a" * (LARGEST + 1),
        "读不出内容，第 1 行：文件有 1,048,577 字节，超过上限 1,048,576 字节；请确认是否放错了文件。",
    ),
}


@pytest.mark.parametrize(("text", "problem"), NO_RECORD.values(), ids=NO_RECORD)
def test_what_has_no_record_is_shown_as_it_is(text: str | bytes, problem: str, library: Path) -> None:
    shown = changed(library, water(), text).splitlines()
    assert shown[:2] == [WATER, f"修改后{problem}照原样对比："]
    shown = changed(library, text, water()).splitlines()
    assert shown[:2] == [WATER, f"修改前{problem}照原样对比："]
    done = subprocess.run(["git", "cat-file", "--textconv", f":{WATER}"], cwd=library, capture_output=True, check=True)
    assert done.stdout == (text if isinstance(text, bytes) else text.encode())


def test_an_ordinary_difference(library: Path, golden: Golden) -> None:
    broken = water().replace("id = ", "id == ").replace("]\n", "]\r\n", 1).removesuffix("\n")
    golden("driver/unread.txt", changed(library, water(), broken))


def test_only_the_layout_differs(library: Path) -> None:
    assert (
        changed(library, water(), water().replace("position = 10", "position  =  10"))
        == f"""{WATER}
ex-0002 农村供水保障工作 · 配合履职事项
  内容没有变化，只是书写形式不同：
--- 修改前
+++ 修改后
@@ -1,6 +1,6 @@
 id = "ex-0002"
 kind = "supporting"
-position = 10
+position  =  10
 name = "农村供水保障工作"
 superior_departments = [
   "示例市水利局",
"""
    )


def test_only_the_permissions_differ(library: Path) -> None:
    (library / WATER).chmod(0o755)
    assert git(library, "diff") == f"{WATER}\n文件权限 100644 → 100755\n"


def test_a_file_that_moved(library: Path) -> None:
    moved = "duties/示例镇/党的建设/ex-0002.toml"
    git(library, "mv", WATER, moved)
    assert (
        git(library, "diff", "--cached")
        == f"""{WATER} → {moved}
ex-0002 农村供水保障工作 · 配合履职事项
  换类别  文字
    修改前  [-经济发展-]
    修改后  {{+党的建设+}}
"""
    )


def test_a_new_duty_like_one_that_is_gone_is_no_rename(library: Path) -> None:
    other = WATER.replace("ex-0002", "ex-0005")
    (library / WATER).unlink()
    put(library, water(id="ex-0005"), other)
    git(library, "add", "--all")
    shown = git(library, "diff", "--cached")
    assert shown.startswith(
        f"{WATER} → {other}\nex-0002 农村供水保障工作 · 配合履职事项\n  废止  实质  责任减轻 BU001\n- 编号"
    )
    assert "\nex-0005 农村供水保障工作 · 配合履职事项\n  新增  实质  责任加重 BU001\n+ 编号：ex-0005\n" in shown


def test_what_was_copied_from_still_stands(library: Path) -> None:
    put(library, water(id="ex-0005"), WATER.replace("ex-0002", "ex-0005"))
    git(library, "add", "--all")
    shown = git(library, "diff", "--cached", "--find-copies-harder")
    assert ("废止" in shown, "+ 编号：ex-0005\n" in shown) == (False, True)


def test_a_department_is_known_by_the_vocabulary(library: Path) -> None:
    shown = changed(library, water(), water(superior_departments=["水利局", "示例市公安局"]))
    assert shown.splitlines()[2:] == [
        "  部门改写法  文字  对应上级部门第 1 个",
        "    修改前  [-示例市水利局-]",
        "    修改后  {+水利局+}",
    ]


def test_a_vocabulary_that_is_no_longer_kept(library: Path) -> None:
    path = "schema/vocabulary/categories.toml"
    git(library, "rm", "--cached", path)
    told = f"{path}\n类别词表\n  删去文件\n- 类别\n-   党的建设\n-   经济发展\n"
    assert git(library, "diff", "--cached") == told


def test_text_that_would_act_on_the_terminal_is_named(library: Path) -> None:
    shown = changed(library, water(), water(note="\x1b[31m红\u202e\n第二行", name="农村供水\x07"))
    assert "    修改后  {+⟨U+001B⟩[31m红⟨U+202E⟩+}\n            {+第二行+}\n" in shown
    assert "\x1b" not in shown + git(library, "diff", "--no-ext-diff")
    broken = 'name = "\x1b[31m\n'
    assert '\n+name = "⟨U+001B⟩[31m\n' in changed(library, water(), broken)


def merge(library: Path) -> None:
    """A merge that stops at a clause that both sides changed."""
    git(library, "switch", "--quiet", "--create", "另一支")
    put(library, water(note="他们", position=20))
    commit_all(library, "他们")
    git(library, "switch", "--quiet", "main")
    put(library, water(note="我们", position=20))
    commit_all(library, "我们")
    subprocess.run(["git", "merge", "另一支"], cwd=library, env={**os.environ, **WHO}, capture_output=True, check=False)


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_is_shown_with_both_sides(style: str, library: Path, golden: Golden) -> None:
    git(library, "config", "merge.conflictStyle", style)
    merge(library)
    golden("driver/conflict.txt", git(library, "diff"))
    assert git(library, "diff", "--cached") == f"{WATER}\n有冲突，尚未解决。\n"
    assert git(library, "diff", "--ours").startswith(
        f"{WATER}\n有冲突，尚未解决。\n\n{WATER}\n修改后读不出内容，第 5 行：留有 git 冲突标记"
    )


def test_marks_of_a_conflict_that_are_none(library: Path) -> None:
    one_side = water() + "<<<<<<< 我们\n=======\n不是 TOML\n>>>>>>> 他们\n"
    for text in (water() + "<<<<<<< 我们\n", water() + "=======\n", "<<<<<<< a\n=======\n>>>>>>> b\n", one_side):
        put(library, text)
        git(library, "add", WATER)
        assert git(library, "cat-file", "--textconv", f":{WATER}") == text


def test_git_finds_the_library_wherever_it_is_called(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    respelt = water(superior_departments=["水利局", "示例市公安局"])
    told = changed(library, water(), respelt)
    assert "部门改写法" in told
    assert git(library / "duties/示例镇", "diff") == told
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    places = f"--git-dir={library}/.git", f"--work-tree={library}"
    assert git(elsewhere, *places, "diff") == told
    assert git(elsewhere, "diff", GIT_DIR=f"{library}/.git", GIT_WORK_TREE=str(library)) == told


def test_paths_that_git_counts_from_a_folder(library: Path) -> None:
    told = changed(library, water(), water(position=15))
    for folder, left in (("duties/示例镇", "经济发展/ex-0002.toml"), ("duties/示例镇/经济发展", "ex-0002.toml")):
        assert git(library / folder, "diff", "--relative") == told.replace(WATER, left)
    township = (library / build.TOWNSHIP_PATH).read_text("utf-8")
    put(library, township.replace("\n\n", '\npublished = "2025-07"\n\n', 1), build.TOWNSHIP_PATH)
    assert git(library / "duties/示例镇", "diff", "--relative", "--", "township.toml") == (
        "township.toml\n乡镇信息\n  修改乡镇信息  文字  发布年月\n    修改后  {+2025-07+}\n"
    )


def test_in_a_worktree_and_in_a_bare_repository(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    git(library, "worktree", "add", "--quiet", str(other / "另一棵"))
    put(library, water(position=15))
    put(other / "另一棵", water(position=15))
    told = git(library, "diff")
    assert git(other / "另一棵", "diff") == told
    commit_all(library, "第二版")
    git(library, "clone", "--quiet", "--bare", ".", str(other / "裸.git"))
    for name in ("config", "info/attributes"):
        (other / "裸.git" / name).write_bytes((library / ".git" / name).read_bytes())
    git(other / "裸.git", "config", "core.bare", "true")
    assert git(other / "裸.git", "diff", "HEAD~1", "HEAD") == told


def test_nothing_in_the_repository_is_run(library: Path) -> None:
    for name in ("click.py", "dutylist.py", "re.py"):
        (library / name).write_text("raise SystemExit('执行了仓库里的文件')\n", "utf-8")
    assert "位次" in changed(library, water(), water(position=15))


def test_a_locale_without_chinese(library: Path) -> None:
    settings = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"}
    told = changed(library, water(), water(position=15))
    assert git(library, "diff", **settings) == told


OTHERS = {
    "读我.md": "第 1 行：读我.md 不是事项文件（.toml）；清单库中不放其他文件，请移走。",
    "duties/示例镇/.草稿.toml": "它不是清单库的文件。",
    "schema/vocabulary/w.toml": (
        "第 1 行：词表文件夹中只放 categories.toml 和 departments.toml，w.toml 不属于这里；请移走。"
    ),
}


@pytest.mark.parametrize(("path", "why"), OTHERS.items(), ids=OTHERS)
def test_other_files_are_shown_as_they_are(path: str, why: str, library: Path) -> None:
    (library / ".git/info/attributes").write_text("* diff=dutylist\n", "utf-8")
    put(library, "# 说明\n", path)
    git(library, "add", "--all")
    put(library, "# 另写\n", path)
    assert git(library, "diff").splitlines()[:2] == [path, f"修改前读不出内容，{why}照原样对比："]
    assert git(library, "diff", "--no-ext-diff").endswith("-# 说明\n+# 另写\n")


def test_a_township_that_is_named_otherwise(library: Path) -> None:
    (library / ".git/info/attributes").write_text("* diff=dutylist\n", "utf-8")
    put(library, build.township_text(), "旧township.toml")
    git(library, "add", "--all")
    put(library, build.township_text(published="2025-07"), "旧township.toml")
    assert git(library, "diff").splitlines()[:3] == ["旧township.toml", "乡镇信息", "  修改乡镇信息  文字  发布年月"]


RED, GREEN = "\x1b[31m", "\x1b[32m"


@pytest.mark.parametrize(
    ("settings", "env", "coloured"),
    [
        ({}, {}, True),
        ({"color.ui": "false"}, {}, False),
        ({"color.diff": "never"}, {}, False),
        ({}, {"NO_COLOR": "1"}, False),
    ],
)
def test_colours_as_git_has_them(settings: dict[str, str], env: dict[str, str], coloured: bool, library: Path) -> None:
    told = changed(library, water(), water(position=15))
    for name, value in settings.items():
        git(library, "config", name, value)
    shown = git(library, "diff", GIT_PAGER_IN_USE="1", TERM="xterm", **env)
    assert (RED in shown, GREEN in shown) == (coloured, coloured)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == told


def test_colours_on_a_terminal(library: Path) -> None:
    put(library, water(position=15), "新的.toml")
    sides = WATER, "0", "100644", "新的.toml", "0", "100644"
    shown = on_terminal(library, 80, "diff-driver", "--", WATER, *sides)
    assert f"    修改前  {RED}[-10-]\x1b[0m\n    修改后  {GREEN}{{+15+}}\x1b[0m\n" in shown
    assert "\x1b" not in on_terminal(library, 80, "diff-driver", "--", WATER, *sides, NO_COLOR="1")


@pytest.mark.parametrize("arguments", [["a", "b"], ["--textconv", "a", "b"], [str(n) for n in range(8)]])
def test_it_is_for_git(arguments: list[str], tmp_path: Path) -> None:
    assert run(tmp_path, "diff-driver", *arguments) == Done(
        2,
        "",
        "错误：diff-driver 由 git 调用，参数个数不对。\n提示：请运行 dutylist init --git，让 git 调用它。\n",
    )
