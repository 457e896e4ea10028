"""`review` in real repositories: what is new, what was there, what silences, from where, and what is refused."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import build
from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from command import Done, lay_out, run
from dutylist.store.snapshot import Link
from repos import commit_all, git

Files = Mapping[str, str | bytes | Link | None]

HOME = "duties/示例镇/党的建设"
OTHER, THIRD = f"{HOME}/ex-0002.toml", f"{HOME}/ex-0003.toml"
DEPARTMENTS = "schema/vocabulary/departments.toml"
SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "review.schema.json").read_text("utf-8"))
NOTHING = "没有新的问题，没有变化。\n"


def other(name: str = "做好普查工作,上报", **changes: Any) -> str:
    """The second duty, whose name has an old fault: TX001, a warning."""
    return duty_text(id="ex-0002", position=20, name=name, **changes)


def third(name: str = "做好档案工作", **changes: Any) -> str:
    """A duty that comes on the branch."""
    return duty_text(id="ex-0003", position=30, name=name, **changes)


def waived(code: str = "TX001", **changes: Any) -> dict[str, Any]:
    """A waiver."""
    return {"code": code, "reason": "公开发布的原文如此"} | changes


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with an old warning, on a branch that begins at main."""
    commit_all(lay_out(tmp_path, {OTHER: other()}), "第一版")
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    return tmp_path


def change(root: Path, files: Files) -> None:
    """Writes the library with these files; the old warning stays where they do not say otherwise."""
    lay_out(root, {OTHER: other(), **files})
    for path in (path for path, content in files.items() if content is None):
        (root / path).unlink()


def begin(root: Path, files: Files) -> None:
    """Makes main and the branch begin with these files."""
    change(root, files)
    commit_all(root, "重新开始")
    git(root, "branch", "--force", "main")


def told(root: Path, *arguments: str, base: str = "main") -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON, which must fit the published schema."""
    done = run(root, "review", base, "--format", "json", *arguments)
    read = json.loads(done.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    return done.code, read


def codes(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What was found where."""
    return [(one["path"].rpartition("/")[2], one["code"]) for one in findings]


def refused(done: Done) -> tuple[int, str, str, str]:
    """Exit code, output, error and hint of a review that is refused."""
    *_, error, hint = done.err.splitlines()
    return done.code, done.out, error, hint


def test_nothing_new_and_no_change_is_one_line(library: Path) -> None:
    assert run(library, "review", "main") == Done(0, NOTHING, "")


def test_a_clean_change_passes(library: Path) -> None:
    change(library, {THIRD: third()})
    code, read = told(library)
    assert (code, read["passed"], read["new"]) == (0, True, [])
    kinds = {(one["kind"], one["duty"]) for one in read["changes"]["changes"]}
    assert kinds == {("added", "ex-0003"), ("declared-revised", None)}
    out = run(library, "review", "main").out
    assert out.startswith("## 审核通过：没有新的问题\n\n从 main（")
    assert out.endswith("\n原有的问题 1 个（警告 1），不逐一列出。运行 `dutylist check` 查看现有的全部问题。\n")
    assert "TX001" not in out


def test_a_new_error_does_not_pass(library: Path) -> None:
    change(library, {THIRD: third(name="")})
    code, read = told(library)
    assert (code, codes(read["new"]), read["summary"]["failing"]) == (1, [("ex-0003.toml", "ST004")], 1)
    assert run(library, "review", "main").out.startswith("## 审核未通过：1 个新的问题达到门槛（错误）\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 0), (["--fail-on", "warning"], 1), (["--profile", "final"], 1), (["--fail-on", "never"], 0)],
)
def test_a_new_warning_passes_unless_it_is_asked_for(library: Path, arguments: list[str], code: int) -> None:
    change(library, {THIRD: third(name="做好档案,上报")})
    actual, read = told(library, *arguments)
    assert (actual, codes(read["new"])) == (code, [("ex-0003.toml", "TX001")])
    assert sum(read["summary"]["known"].values()) == 1


def test_an_old_error_does_not_fail_a_review(library: Path) -> None:
    begin(library, {THIRD: third(name="")})
    change(library, {THIRD: third(name=""), DUTY_PATH: duty_text(name="做好经济统计工作")})
    code, read = told(library)
    assert (code, read["new"], read["summary"]["known"]) == (0, [], {"error": 1, "warning": 1, "advice": 0})


def test_what_is_mended_is_counted_as_resolved(library: Path) -> None:
    change(library, {OTHER: other("做好普查工作，上报")})
    code, read = told(library)
    assert (code, read["new"], read["summary"]["resolved"]) == (0, [], {"error": 0, "warning": 1, "advice": 0})
    assert "\n已解决 1 个（警告 1）。" in run(library, "review", "main").out


def test_a_duty_in_another_folder_brings_no_new_findings(library: Path) -> None:
    change(library, {OTHER: None, "duties/示例镇/经济发展/ex-0002.toml": other()})
    code, read = told(library)
    assert (code, read["new"], sum(read["summary"]["known"].values())) == (0, [], 1)
    assert [one["kind"] for one in read["changes"]["changes"]] == ["recategorised"]


def test_a_new_waiver_is_listed_with_what_it_waives(library: Path) -> None:
    mine = waived(owner="县委编办", until=date(2999, 12, 31))
    change(library, {OTHER: other(waivers=[mine])})
    code, read = told(library)
    assert (code, read["new"], codes(read["silenced"])) == (0, [], [("ex-0002.toml", "TX001")])
    assert read["summary"]["resolved"] == {"error": 0, "warning": 0, "advice": 0}
    entry = {"township": "示例镇", "duty": "ex-0002", "path": OTHER, "fingerprint": None, "revised": False}
    assert read["waivers"] == [mine | entry | {"until": "2999-12-31", "waives": 1}]


def test_an_old_waiver_that_hides_something_new_is_told(library: Path) -> None:
    begin(library, {OTHER: other(waivers=[waived()])})
    change(library, {OTHER: other("做好普查,上报", waivers=[waived()])})
    code, read = told(library)
    assert (code, read["waivers"], read["new"], read["silenced"]) == (0, [], [], [])
    assert codes(read["born_waived"]) == [("ex-0002.toml", "TX001")]


def test_a_waiver_that_is_extended_is_told_as_changed(library: Path) -> None:
    mark = next(one.fingerprint for one in build.findings_of(build.files({OTHER: other()})) if one.code == "TX001")
    books = {"declared": {"duties": 2, "basic": {"duties": 2}, "supporting": {"duties": 0}, "reclaimed": {"duties": 0}}}
    own = waived(until=date(2030, 1, 1), fingerprint=mark)
    begin(library, {TOWNSHIP_PATH: township_text(**books, waivers=[own])})
    change(library, {TOWNSHIP_PATH: township_text(**books, waivers=[own | {"until": date(2040, 1, 1)}])})
    code, read = told(library, "--date", "2029-01-01")
    facts = [(one["duty"], one["until"], one["fingerprint"], one["revised"], one["waives"]) for one in read["waivers"]]
    assert (code, facts, read["summary"]["waived"]) == (0, [(None, "2040-01-01", mark, True, 1)], 1)
    assert codes(told(library, "--date", "2035-01-01")[1]["silenced"]) == [("ex-0002.toml", "TX001")]
    assert told(library, "--date", "2045-01-01")[1]["waivers"][0]["waives"] == 0


def test_a_waiver_that_is_taken_away_makes_its_finding_new(library: Path) -> None:
    begin(library, {OTHER: other(waivers=[waived()])})
    change(library, {})
    assert codes(told(library)[1]["new"]) == [("ex-0002.toml", "TX001")]


def test_declared_totals_that_are_raised_to_fit_are_told(library: Path) -> None:
    change(library, {THIRD: third()})
    _, read = told(library)
    assert read["totals"] == [
        {"township": "示例镇", "list": kind, "what": "duties", "before": 2, "after": 3} for kind in (None, "basic")
    ]


def test_a_total_that_is_no_longer_declared_is_told(library: Path) -> None:
    declared = {"duties": 2, "basic": {"duties": 2}, "supporting": {"duties": 0}, "reclaimed": {"duties": 0}}
    counted = declared | {"basic": {"duties": 2, "categories": 1}}
    begin(library, {TOWNSHIP_PATH: township_text(declared=counted)})
    change(library, {TOWNSHIP_PATH: township_text(declared=declared)})
    assert [(one["what"], one["before"], one["after"]) for one in told(library)[1]["totals"]] == [
        ("categories", 1, None)
    ]


def test_words_of_the_vocabularies_that_are_new_or_changed_are_told(library: Path) -> None:
    changed = build.DEPARTMENTS.replace('  "水政监察大队",\n', '  "水政监察大队",\n  "供水站",\n').rstrip()
    files = {
        DEPARTMENTS: f'{changed}\n\n[[departments]]\nname = "示例市统计局"\n',
        "schema/vocabulary/categories.toml": build.CATEGORIES.replace("]", '  "民生服务",\n]'),
    }
    change(library, files)
    code, read = told(library)
    assert code == 0
    assert [(one["name"], one["before"], one["after"]) for one in read["words"]] == [
        ("民生服务", None, "民生服务"),
        (
            "示例市水利局",
            "简称 市水利局、水利局；内设机构 水政监察大队；错误写法 示例市水力局",
            "简称 市水利局、水利局；内设机构 水政监察大队、供水站；错误写法 示例市水力局",
        ),
        ("示例市统计局", None, "只有全称"),
    ]


def ahead(root: Path) -> None:
    """Puts a commit with faults of its own on main, behind which the branch then is."""
    git(root, "checkout", "--quiet", "main")
    commit_all(lay_out(root, {OTHER: other("做好普查工作"), THIRD: third(name="")}), "主干继续")
    git(root, "checkout", "--quiet", "work")


def test_what_came_to_the_base_since_is_neither_new_nor_resolved(library: Path) -> None:
    parted = git(library, "rev-parse", "main").strip()
    ahead(library)
    change(library, {DUTY_PATH: duty_text(name="做好经济统计工作")})
    code, read = told(library)
    assert (code, read["parted"], read["new"]) == (0, parted, [])
    assert (read["base"]["name"], read["changes"]["before"]["commit"]) == ("main", parted)
    assert [one["kind"] for one in read["changes"]["changes"]] == ["renamed"]
    out = run(library, "review", "main").out
    assert f"\n从 main 与当前文件分开处（{parted[:10]}）到当前文件；main（" in out


def test_a_revision_instead_of_the_files(library: Path) -> None:
    change(library, {THIRD: third(name="")})
    commit_all(library, "有错误")
    change(library, {THIRD: None})
    code, read = told(library, "--revision", "work")
    assert (code, codes(read["new"]), read["after"]["name"]) == (1, [("ex-0003.toml", "ST004")], "work")
    bare = library / "clone.git"
    git(library, "clone", "--quiet", "--bare", str(library), str(bare))
    assert told(bare, "--revision", "work")[0] == 1
    assert refused(run(bare, "review", "main"))[0] == 3


def test_one_township(library: Path) -> None:
    change(library, {THIRD: third(name="", waivers=[waived()])})
    code, read = told(library, "--township", "示例镇")
    assert (code, len(read["new"]), len(read["waivers"])) == (1, 2, 1)
    near = "duties/邻近乡"
    lay_out(
        library,
        {
            OTHER: other(waivers=[waived()]),
            f"{near}/township.toml": township_text(name="邻近乡", prefix="lj", title="示例市邻近乡履职事项清单"),
            f"{near}/ledger.toml": "next = 2\n",
            f"{near}/党的建设/lj-0001.toml": duty_text(id="lj-0001", name="开展走访,上报"),
        },
    )
    (library / THIRD).unlink()
    code, read = told(library, "--township", "示例镇")
    kinds = [one["kind"] for one in read["changes"]["changes"]]
    assert (code, read["new"], len(read["waivers"]), kinds) == (0, [], 1, ["annotation-revised"])
    read = told(library, "--township", "邻近乡")[1]
    assert (codes(read["new"]), read["waivers"], read["totals"]) == ([("lj-0001.toml", "TX001")], [], [])
    assert refused(run(library, "review", "main", "--township", "别处"))[0::2] == (2, "错误：两边都没有乡镇 别处。")


def test_a_broken_file_is_shown_though_nothing_can_be_compared(library: Path) -> None:
    change(library, {THIRD: "name = \n", LEDGER_PATH: "next = 4\n"})
    code, read = told(library, "--fail-on", "never")
    assert (code, codes(read["new"])) == (1, [("ex-0003.toml", "RD004")])
    assert (read["changes"], read["summary"]["resolved"]) == (None, None)
    assert read["refused"].startswith("当前文件有 1 个文件读不出来，不能比较。")
    assert "\n变化无法比较：当前文件有 1 个文件读不出来" in run(library, "review", "main").out


def test_a_broken_base_is_refused_where_there_is_nothing_new_to_show(library: Path) -> None:
    begin(library, {THIRD: "name = \n"})
    change(library, {THIRD: third()})
    code, out, error, hint = refused(run(library, "review", "main"))
    assert (code, out, hint) == (3, "", "提示：请先改正上面的问题，再比较。")
    assert error.endswith("main 有 1 个文件读不出来，不能比较。")
    change(library, {THIRD: third(name="做好档案,上报")})
    assert told(library)[0] == 1


def test_the_modification_that_brings_the_library(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("还没有清单", "utf-8")
    commit_all(tmp_path, "第一版")
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    lay_out(tmp_path, {OTHER: other(waivers=[waived()]), THIRD: third("做好档案,上报")})
    code, read = told(tmp_path)
    assert (code, read["from_nothing"], codes(read["new"])) == (0, True, [("ex-0003.toml", "TX001")])
    assert (len(read["waivers"]), sum(read["summary"]["resolved"].values())) == (1, 0)
    assert [one["duty"] for one in read["changes"]["changes"] if one["kind"] == "added"] == [
        "ex-0001",
        "ex-0002",
        "ex-0003",
    ]
    assert "那里还没有清单库，全部问题和事项都算新的。" in run(tmp_path, "review", "main").out


@pytest.fixture
def elsewhere(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes clones of the library, as continuous integration does."""

    def clone(*arguments: str) -> Path:
        there = tmp_path_factory.mktemp("clone") / "清单库"
        git(library, "clone", "--quiet", *arguments, f"file://{library}", str(there))
        return there

    return clone


def test_a_merge_checked_out_without_a_branch(library: Path, elsewhere: Callable[..., Path]) -> None:
    change(library, {DUTY_PATH: duty_text(name="做好统计工作,上报")})
    commit_all(library, "分支")
    ahead(library)
    there = elsewhere()
    git(there, "checkout", "--quiet", "--detach", "origin/main")
    git(there, "merge", "--quiet", "--no-edit", "origin/work")
    code, read = told(there, base="origin/main")
    assert (code, codes(read["new"])) == (0, [("ex-0001.toml", "TX001")])
    assert [one["duty"] for one in read["changes"]["changes"]] == ["ex-0001"]


def test_a_shallow_clone_is_told_how_to_fetch(library: Path, elsewhere: Callable[..., Path]) -> None:
    change(library, {THIRD: third()})
    commit_all(library, "分支")
    ahead(library)
    there = elsewhere("--depth=1", "--branch=work")
    code, out, error, hint = refused(run(there, "review", "origin/main"))
    assert (code, out) == (3, "")
    assert error.startswith("错误：没有这个版本：origin/main；这是浅克隆")
    assert "git fetch" in hint
    git(there, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    code, out, error, hint = refused(run(there, "review", "origin/main"))
    assert (code, out, error) == (3, "", "错误：origin/main 与 HEAD 没有共同的历史。")
    assert "git fetch --unshallow" in hint
    git(there, "fetch", "--quiet", "--unshallow")
    assert told(there, base="origin/main")[0] == 0


def test_what_cannot_be_a_base(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert refused(run(library, "review", "nowhere"))[0::2] == (3, "错误：没有这个版本：nowhere")
    assert refused(run(library, "review", ""))[0::2] == (2, "错误：没有写明基准。")
    assert run(library, "review").code == 2
    git(library, "checkout", "--quiet", "--orphan", "alone")
    commit_all(library, "另起炉灶")
    assert refused(run(library, "review", "main"))[0::2] == (3, "错误：main 与 HEAD 没有共同的历史。")
    plain = lay_out(tmp_path_factory.mktemp("plain"))
    assert refused(run(plain, "review", "main"))[0::2] == (3, "错误：清单库不在 git 仓库中，没有历史版本。")
    git(plain, "init", "--quiet", "--initial-branch=main")
    assert refused(run(plain, "review", "main"))[0::2] == (3, "错误：没有这个版本：main；当前分支还没有提交。")


def test_whole_reports(library: Path, golden: Callable[[str, str], None]) -> None:
    """Every part of a report, and texts that try to break out of it."""
    ahead(library)
    files = {
        DUTY_PATH: duty_text(name="<script>alert(1)</script> | @所有人 #1,上报", waivers=[waived("ST999")]),
        OTHER: other(waivers=[waived(reason="| @某人 <b>::error::</b>", owner="`甲`")]),
        THIRD: third(name="::error::协助开展走访"),
        f"{HOME}/ex-0004.toml": duty_text(id="ex-0004", position=40, name=""),
        DEPARTMENTS: f'{build.DEPARTMENTS}\n[[departments]]\nname = "示例市统计局<br>"\n',
    }
    change(library, files)
    for form, suffix in (("markdown", "md"), ("json", "json")):
        path = library.parent / f"report.{suffix}"
        done = run(library, "review", "main", "--format", form, "--output", str(path), "--quiet")
        assert (done.code, done.out, done.err) == (1, "", "")
        golden(f"review/review.{suffix}", path.read_text("utf-8"))
