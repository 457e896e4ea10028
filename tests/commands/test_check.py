"""`check` as it is typed: whole outputs, exit codes, what is shown and what is known, fixes, terminals."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from dutylist.model.text import cells
from dutylist.report.formats import FORMATS
from process import closed, in_process, on_terminal
from repos import commit_all

HOME = "duties/示例镇/党的建设"
OTHER = f"{HOME}/ex-0002.toml"
CLEAN = "1 项事项，没有发现问题。\n"
ERROR = {DUTY_PATH: duty_text(name="")}
WARNING = {DUTY_PATH: duty_text(name="做好统计工作,上报")}
ADVICE = {DUTY_PATH: duty_text(name="做好统计等相关工作")}
WAIVED = {DUTY_PATH: duty_text(name="做好统计工作,上报", waivers=[{"code": "TX001", "reason": "原文如此"}])}
SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "findings.schema.json").read_text("utf-8"))

MANY: Mapping[str, str] = {
    OTHER: duty_text(
        id="ex-0002",
        kind="supporting",
        name="农村供水等相关工作",
        superior_departments=["市水利局"],
        superior_responsibilities=[{"department": "市水利局", "clauses": ["1.制定方案；", "监督。"]}],
    ),
    LEDGER_PATH: "next = 4\n",
}
REPORT = f"""\
duties/示例镇/ledger.toml:1:8  错误 ID005  编号 ex-0003 没有文件，台账中也没有去向；\
请从 git 恢复文件，确要废止的再用 dutylist retire 写明理由。
   1 | next = 4
     |        ^

{OTHER}:4:13  建议 TX010  “等相关工作”没有说清做什么；请写明具体事项。
   4 | name = "农村供水等相关工作"
     |                 ^^^^^^^^^^
{OTHER}:6:3  警告 RF003  部门 市水利局 不是全称，应为 示例市水利局。
   6 |   "市水利局",
     |   ^^^^^^^^^^
      可自动修复（--fix）：改为 示例市水利局
{OTHER}:12:4  错误 ST001  条款以序号“1.”开头，打印时会重复编号；请删去。
  12 |   "1.制定方案；",
     |    ^^
      可自动修复（--fix）：删去

2 项事项，发现 4 个问题：错误 2，警告 1，建议 1。
dutylist explain ID005 查看规则说明；dutylist check --fix 可自动修复 2 处。
"""


def codes(done: Done) -> list[tuple[str, str]]:
    """The findings in a JSON output as (path, code)."""
    return [(one["path"], one["code"]) for one in json.loads(done.out)["findings"]]


def test_a_clean_library(tmp_path: Path) -> None:
    assert run(lay_out(tmp_path), "check") == Done(0, CLEAN, "")


def test_the_whole_report(tmp_path: Path) -> None:
    assert run(lay_out(tmp_path, MANY), "check") == Done(1, REPORT, "")


@pytest.mark.parametrize(
    ("changes", "arguments", "code"),
    [
        ({}, [], 0),
        (ERROR, [], 1),
        (WARNING, [], 0),
        (ADVICE, [], 0),
        (WARNING, ["--fail-on", "error"], 0),
        (WARNING, ["--fail-on", "warning"], 1),
        (WARNING, ["--fail-on", "advice"], 1),
        (ADVICE, ["--fail-on", "warning"], 0),
        (ADVICE, ["--fail-on", "advice"], 1),
        (ERROR, ["--fail-on", "never"], 0),
        (WAIVED, ["--fail-on", "advice"], 0),
        (WARNING, ["--profile", "final"], 1),
        (ADVICE, ["--profile", "final"], 0),
        (ADVICE, ["--profile", "final", "--fail-on", "advice"], 1),
        (WARNING, ["--profile", "draft", "--fail-on", "advice"], 0),
    ],
)
def test_exit_codes(tmp_path: Path, changes: Mapping[str, str], arguments: list[str], code: int) -> None:
    root = lay_out(tmp_path, changes)
    for form in FORMATS:
        assert run(root, "check", "--format", form, *arguments).code == code


REFUSED = {
    "unknown file": (["nix"], 2, "没有这个文件或文件夹：nix", "请检查路径；路径从当前文件夹算起。"),
    "a file outside": (["../else.toml"], 2, "../else.toml 不在清单库 {root} 内。", "请给出清单库中的路径。"),
    "unknown township": (["--township", "别的镇"], 2, "清单库里没有乡镇 别的镇。", "可选：示例镇"),
    "fixing the past": (
        ["--fix", "--revision", "HEAD"],
        2,
        "--fix 只能修复当前文件，不能与 --revision 合用。",
        "请去掉 --revision。",
    ),
    "unsafe fixes alone": (["--unsafe-fixes"], 2, "--unsafe-fixes 要与 --fix 合用。", "请加上 --fix。"),
    "no such folder": (["--library", "nix"], 3, "没有这个文件夹：nix", "请检查 --library 后面的路径。"),
    "no library": (
        ["--library", "schema"],
        3,
        "schema 不是清单库（其中没有 duties 文件夹）。",
        "请在清单库文件夹内运行，或用 --library 指定；新建清单库用 dutylist init。",
    ),
    "no git": (
        ["--revision", "HEAD"],
        3,
        "清单库不在 git 仓库中，没有历史版本。",
        "请先运行 git init 并提交，再看历史版本。",
    ),
    "no folder to write to": (["-o", "nix/report.txt"], 3, "没有这个文件夹：nix", "请先新建文件夹，或换一个位置。"),
}


@pytest.mark.parametrize(("arguments", "code", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done(tmp_path: Path, arguments: list[str], code: int, message: str, hint: str) -> None:
    root = lay_out(tmp_path / "library")
    (tmp_path / "else.toml").touch()
    expected = f"错误：{message.format(root=root)}\n提示：{hint}\n"
    assert run(root, "check", *arguments) == Done(code, "", expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--nope"], "没有选项 --nope。"),
        (["--format", "xml"], "'--format' 的值不对：xml 不在可选范围内："),
        (["--profile", "strict"], "'--profile' 的值不对：strict 不在可选范围内："),
        (["--fail-on", "info"], "'--fail-on' 的值不对：info 不在可选范围内："),
        (["--date", "2026-13-01"], "'--date' 的值不对：2026-13-01 不合格式 '%Y-%m-%d'。"),
    ],
)
def test_wrong_options(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = run(lay_out(tmp_path), "check", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_outside_any_library(tmp_path: Path) -> None:
    assert run(tmp_path, "check") == Done(
        3,
        "",
        "错误：这里没有清单库（从当前文件夹往上都没有 duties 文件夹）。\n"
        "提示：请在清单库文件夹内运行，或用 --library 指定；新建清单库用 dutylist init。\n",
    )


def test_a_misspelt_verb_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "chek")
    assert (done.code, done.err.splitlines()[-1]) == (2, "错误：没有命令 chek。是不是要找 check？")


def test_the_library_is_found_from_inside_and_from_elsewhere(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "library", WARNING)
    there = run(root, "check").out
    assert "TX001" in there
    for where, arguments in (
        (root / HOME, []),
        (root / HOME, ["."]),
        (root / HOME, ["ex-0001.toml"]),
        (root / "duties", [".."]),
        (tmp_path, ["--library", "library"]),
        (tmp_path, ["--library", "library", "library/duties"]),
    ):
        assert run(where, "check", *arguments).out == there


def test_a_path_limits_what_is_shown_not_what_is_known(tmp_path: Path) -> None:
    twin = "duties/示例镇/经济发展/ex-0001.toml"
    root = lay_out(tmp_path, {**ERROR, twin: duty_text(name="开展经济普查")})
    everything = [(DUTY_PATH, "ST004"), (twin, "ID002")]
    assert codes(run(root, "check", "--format", "json")) == everything
    # The id is known to be taken by a file that was not asked about.
    for path in (twin, "duties/示例镇/经济发展"):
        assert codes(run(root, "check", path, "--format", "json")) == [(twin, "ID002")]
    assert codes(run(root, "check", twin, HOME, "--format", "json")) == everything
    # What lies elsewhere does not fail the check either.
    assert run(root, "check", "schema").code == 0
    assert run(root, "check", TOWNSHIP_PATH) == Done(0, "2 项事项，没有发现问题。\n", "")


def test_a_folder_is_not_meant_by_the_beginning_of_its_name(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**WARNING, "duties/示例/township.toml": "x = 1\n"})
    assert all(
        path.startswith("duties/示例/") for path, _ in codes(run(root, "check", "duties/示例", "--format", "json"))
    )


def test_a_township_limits_what_is_shown(tmp_path: Path) -> None:
    other = "duties/另一镇"
    root = lay_out(
        tmp_path,
        {
            **WARNING,
            f"{other}/党的建设/ot-0001.toml": duty_text(id="ot-0001", name="做好统计工作。"),
            f"{other}/township.toml": township_text(name="另一镇", prefix="ot"),
            f"{other}/ledger.toml": "next = 2\n",
        },
    )
    shown = {name: codes(run(root, "check", "--township", name, "--format", "json")) for name in ("示例镇", "另一镇")}
    assert shown == {"示例镇": [(DUTY_PATH, "TX001")], "另一镇": [(f"{other}/党的建设/ot-0001.toml", "ST008")]}


def test_waived_findings_are_counted_and_shown_when_asked_for(tmp_path: Path) -> None:
    root = lay_out(tmp_path, WAIVED)
    assert run(root, "check") == Done(0, "1 项事项，没有发现问题；另有 1 个已豁免。\n", "")
    assert run(root, "check", "--show-waived").out == (
        f"{DUTY_PATH}:4:15  已豁免 TX001  有半角标点 ,；请改为全角。\n"
        '   4 | name = "做好统计工作,上报"\n'
        "     |                     ^\n"
        "      豁免理由：原文如此\n\n"
        "1 项事项，没有发现问题；另有 1 个已豁免。\n"
    )


def test_json_has_this_shape(tmp_path: Path) -> None:
    root = lay_out(tmp_path, WARNING)
    done = run(root, "check", "--format", "json")
    (finding,) = json.loads(done.out)["findings"]
    mark = finding["fingerprint"]
    assert json.loads(done.out) == {
        "findings": [
            {
                "code": "TX001",
                "severity": "warning",
                "path": DUTY_PATH,
                "line": 4,
                "column": 15,
                "end_line": 4,
                "end_column": 16,
                "field": "name",
                "message": "有半角标点 ,；请改为全角。",
                "duty": "ex-0001",
                "waived": False,
                "waived_reason": None,
                "fingerprint": mark,
                "fix": {
                    "label": "改为全角",
                    "safe": True,
                    "edits": [
                        {"path": DUTY_PATH, "line": 4, "column": 15, "end_line": 4, "end_column": 16, "text": "，"}
                    ],
                },
            }
        ],
        "summary": {
            "files": 5,
            "duties": 1,
            "error": 0,
            "warning": 1,
            "advice": 0,
            "waived": 0,
            "shown": 1,
            "fixable": 1,
            "failing": 0,
            "profile": "consultation",
            "fail_on": "error",
        },
    }
    assert len(mark) == 12


@pytest.mark.parametrize(
    "changes", [{}, ERROR, WARNING, WAIVED, MANY], ids=["clean", "error", "warning", "waived", "many"]
)
def test_json_fits_its_published_schema(tmp_path: Path, changes: Mapping[str, str]) -> None:
    root = lay_out(tmp_path, changes)
    for arguments in ([], ["--show-waived"], ["--fail-on", "never"], ["--profile", "final"]):
        made = json.loads(run(root, "check", "--format", "json", *arguments).out)
        jsonschema.validate(made, SCHEMA)
        assert made["summary"]["shown"] == len(made["findings"])


def test_the_same_bytes_again(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MANY)
    for form in FORMATS:
        assert run(root, "check", "--format", form) == run(root, "check", "--format", form)


def test_a_revision_is_checked_as_it_was(tmp_path: Path) -> None:
    root = lay_out(tmp_path, ERROR)
    commit_all(root, "起草")
    (root / DUTY_PATH).write_text(duty_text(), "utf-8")
    assert run(root, "check").code == 0
    assert codes(run(root, "check", "--revision", "HEAD", "--format", "json")) == [(DUTY_PATH, "ST004")]
    assert run(root, "check", "--revision", "nix") == Done(
        3, "", "错误：没有这个版本：nix\n提示：请用 git log --oneline 或 git tag 查看有哪些版本。\n"
    )


def test_the_date_decides_whether_a_waiver_holds(tmp_path: Path) -> None:
    waiver = {"code": "TX001", "reason": "原文如此", "until": date(2026, 1, 31)}
    root = lay_out(tmp_path, {DUTY_PATH: duty_text(name="做好统计工作,上报", waivers=[waiver])})
    assert run(root, "check", "--date", "2026-01-31").out == "1 项事项，没有发现问题；另有 1 个已豁免。\n"
    late = run(root, "check", "--date", "2026-02-01", "--format", "json")
    assert codes(late) == [(DUTY_PATH, "TX001"), (DUTY_PATH, "ID011")]
    assert codes(run(root, "check", "--format", "json", env={"SOURCE_DATE_EPOCH": "1769904000"})) == codes(late)
    assert run(root, "check", env={"SOURCE_DATE_EPOCH": "昨天"}) == Done(
        3, "", "错误：环境变量 SOURCE_DATE_EPOCH 不是可用的整数秒：昨天\n提示：请改正或取消这个变量。\n"
    )


def test_output_goes_into_a_file_and_says_so(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "library", MANY)
    file = tmp_path / "report.txt"
    file.write_text("旧", "utf-8")
    assert run(root, "check", "-o", "../report.txt") == Done(1, "", "已写入 ../report.txt\n")
    assert file.read_text("utf-8") == REPORT
    assert run(root, "check", "-q", "--output", str(file)) == Done(1, "", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "report.txt"]


def test_output_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "library", MANY)
    there = tmp_path / "there"
    there.mkdir()
    (there / "report.txt").write_text("旧", "utf-8")
    with closed(there):
        done = in_process(root, "check", "-o", "../there/report.txt")
    assert (done.code, done.out, done.err.splitlines()[0]) == (
        3,
        "",
        "错误：无法写入 report.txt：没有权限；没有改动任何文件。",
    )
    assert tree(there) == {"report.txt": "旧".encode()}


def test_safe_fixes(tmp_path: Path) -> None:
    root = lay_out(tmp_path, MANY)
    before = tree(root)
    done = run(root, "check", "--fix", "--format", "json")
    assert (done.code, done.err) == (1, "已修复 1 个文件。\n")
    assert codes(done) == [(LEDGER_PATH, "ID005"), (OTHER, "TX010")]
    text = MANY[OTHER].replace("1.制", "制").replace('  "市水利局"', '  "示例市水利局"')
    assert tree(root) == {**before, OTHER: text.encode()}
    again = run(root, "check", "--fix")
    assert again.err == "没有可以自动修复的问题。\n"
    assert run(root, "check", "--fix", "-q").err == ""
    assert tree(root) == {**before, OTHER: text.encode()}


def test_a_fix_stays_within_the_paths(tmp_path: Path) -> None:
    changes = {
        DUTY_PATH: duty_text(name="做好统计,上报"),
        OTHER: duty_text(id="ex-0002", position=20, name="防汛,抗旱"),
    }
    root = lay_out(tmp_path, changes)
    assert run(root, "check", "--fix", OTHER) == Done(0, "2 项事项，没有发现问题。\n", "已修复 1 个文件。\n")
    assert (root / DUTY_PATH).read_text("utf-8") == changes[DUTY_PATH]
    assert "防汛，抗旱" in (root / OTHER).read_text("utf-8")


def test_unsafe_fixes_only_when_asked_for(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {DUTY_PATH: duty_text(name="布署统计工作")})
    before = tree(root)
    assert run(root, "check", "--fix").err == "没有可以自动修复的问题。\n"
    assert tree(root) == before
    assert run(root, "check", "--fix", "--unsafe-fixes") == Done(0, CLEAN, "已修复 1 个文件。\n")
    assert "部署统计工作" in (root / DUTY_PATH).read_text("utf-8")


def test_what_is_waived_is_not_fixed(tmp_path: Path) -> None:
    root = lay_out(tmp_path, WAIVED)
    before = tree(root)
    assert run(root, "check", "--fix").err == "没有可以自动修复的问题。\n"
    assert tree(root) == before


def test_fixes_that_cannot_be_written_change_nothing(tmp_path: Path) -> None:
    ledger = {LEDGER_PATH: "next = 1\n"}
    root = lay_out(tmp_path, {**WARNING, **ledger})
    before = tree(root)
    with closed(root / HOME):
        done = in_process(root, "check", "--fix")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"错误：无法写入 {DUTY_PATH}：没有权限；没有改动任何文件。\n")
    assert tree(root) == before


LONG = "".join(f"做好第{number}项统计工作、" for number in range(40)) + "汇总,上报"


def excerpts(shown: str) -> list[str]:
    """The lines of a text report that show source or marks below it."""
    return [line for line in shown.splitlines() if line[4:7] == " | "]


@pytest.mark.parametrize("width", [40, 60])
def test_a_narrow_terminal(tmp_path: Path, width: int) -> None:
    root = lay_out(tmp_path, {DUTY_PATH: duty_text(name=LONG, note="x" * 500, basis=[{"title": LONG}])})
    shown = on_terminal(root, width, "check", NO_COLOR="1")
    assert len(excerpts(shown)) == 2
    assert max(cells(line) for line in excerpts(shown)) <= width
    source, marks = excerpts(shown)
    assert cells(source[: source.index(",上报")]) == marks.index("^")
    assert "\x1b" not in shown


def test_colour_on_a_terminal_alone(tmp_path: Path) -> None:
    root = lay_out(tmp_path, WARNING)
    assert "\x1b[1;33m警告 TX001\x1b[0m" in on_terminal(root, 100, "check")
    assert "\x1b" not in on_terminal(root, 100, "check", TERM="dumb")
    assert "\x1b" not in run(root, "check").out
