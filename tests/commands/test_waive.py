"""`waive`: what is there is accepted with a reason, and comes back as soon as it is something else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from process import closed, in_process

HOME = "duties/示例镇/党的建设"
WATER = "duties/示例镇/经济发展/ex-0003.toml"
DECLARED = {"duties": 5, "basic": {"duties": 1}, "supporting": {"duties": 1}, "reclaimed": {"duties": 0}}
FAULTY: Mapping[str, str] = {
    WATER: duty_text(
        id="ex-0003",
        kind="supporting",
        name="农村供水。",
        superior_departments=["示例市水利局", "示例市公安局"],
        superior_responsibilities=[{"department": "市水利局", "clauses": ["制定方案,开展监督。"]}],
    ),
    LEDGER_PATH: "next = 4\n",
    TOWNSHIP_PATH: township_text(declared=DECLARED),
}
CLEAN = "2 项事项，没有发现问题；另有 5 个已豁免。\n"
REASON = ("--reason", "公开发布的原文如此")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with two faults of the township and three of a duty."""
    return lay_out(tmp_path / "library", FAULTY)


def test_everything_that_is_there(root: Path) -> None:
    assert "发现 5 个问题" in run(root, "check").out
    before = tree(root)
    assert run(root, "waive", *REASON) == Done(
        0,
        f"已写入豁免 {TOWNSHIP_PATH}\n已写入豁免 {WATER}\n",
        "5 个问题已写入豁免，涉及 2 个文件。\n",
    )
    assert run(root, "check", "--fail-on", "advice") == Done(0, CLEAN, "")
    assert run(root, "check", "--profile", "final") == Done(0, CLEAN, "")
    assert run(root, "fmt", "--check").code == 0
    after = tree(root)
    assert {path for path in after if after[path] != before[path]} == {TOWNSHIP_PATH, WATER}
    assert run(root, "waive", *REASON) == Done(0, "", "没有可以豁免的问题。\n")
    assert tree(root) == after


def test_a_waiver_as_it_is_written(root: Path) -> None:
    done = run(
        root, "waive", WATER, "--code", "tx001", "--owner", " 县委编办 ", "--until", "2026-12-31",
        "--date", "2026-01-01", *REASON,
    )  # fmt: skip
    assert done == Done(0, f"已写入豁免 {WATER}\n", "1 个问题已写入豁免，涉及 1 个文件。\n")
    text = (root / WATER).read_text("utf-8")
    assert text.startswith(FAULTY[WATER])
    added = text.removeprefix(FAULTY[WATER]).splitlines()
    assert added[:-1] == [
        "",
        "[[waivers]]",
        'code = "TX001"',
        'reason = "公开发布的原文如此"',
        'owner = "县委编办"',
        "until = 2026-12-31",
    ]
    assert added[-1].startswith('fingerprint = "')


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--code", "TX001", "--code", "st008"], {"TX001", "ST008"}),
        ([WATER], {"TX001", "ST008", "RF004"}),
        ([TOWNSHIP_PATH], {"TO002"}),
        ([LEDGER_PATH], {"ID005"}),
        ([WATER, "--code", "ID005"], set()),
        (["--township", "示例镇", "--code", "TO002"], {"TO002"}),
    ],
)
def test_only_what_was_asked_for(root: Path, arguments: list[str], codes: set[str]) -> None:
    assert run(root, "waive", *arguments, *REASON).code == 0
    shown = run(root, "check", "--show-waived").out
    assert {code for code in ("TX001", "ST008", "RF004", "TO002", "ID005") if f"已豁免 {code}" in shown} == codes


def test_dry_run_says_the_same_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    assert run(root, "waive", "--dry-run", *REASON) == Done(
        0,
        f"将写入豁免 {TOWNSHIP_PATH}\n将写入豁免 {WATER}\n",
        "5 个问题将写入豁免，涉及 2 个文件。\n",
    )
    assert tree(root) == before


def test_quiet(root: Path) -> None:
    assert run(root, "waive", "-q", WATER, *REASON) == Done(0, f"已写入豁免 {WATER}\n", "")


def test_another_text_brings_the_finding_back(root: Path) -> None:
    run(root, "waive", *REASON)
    path = root / WATER
    path.write_text(path.read_text("utf-8").replace("制定方案,", "制定计划,"), "utf-8")
    done = run(root, "check", "--fail-on", "warning")
    assert done == Done(
        1,
        f"{WATER}:13:8  警告 TX001  有半角标点 ,；请改为全角。\n"
        '  13 |   "制定计划,开展监督。",\n'
        "     |            ^\n"
        "      可自动修复（--fix）：改为全角\n"
        f"{WATER}:25:8  警告 ID010  豁免 TX001 没有对应的问题；请删去这条豁免。\n"
        '  25 | code = "TX001"\n'
        "     |        ^^^^^^^\n\n"
        "2 项事项，发现 2 个问题：警告 2；另有 4 个已豁免。\n"
        "dutylist explain TX001 查看规则说明；dutylist check --fix 可自动修复 1 处。\n",
        "",
    )


def test_other_edits_do_not_bring_it_back(root: Path) -> None:
    run(root, "waive", *REASON)
    path = root / WATER
    text = path.read_text("utf-8").replace("position = 10", "position = 30").replace("name = ", 'note = "x"\nname = ')
    path.write_text(text, "utf-8")
    run(root, "fmt")
    assert run(root, "new", "--kind", "basic", "--category", "党的建设", "--name", "防汛", "--first").code == 0
    assert run(root, "check").out == "3 项事项，没有发现问题；另有 5 个已豁免。\n"


def test_what_cannot_be_waived_is_named(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path,
        {
            DUTY_PATH: duty_text(name="做好统计工作。").replace("kind = ", "kind  =  "),
            f"{HOME}/ex-0002.toml": duty_text(
                id="ex-0002", position=20, name="征兵", waivers=[{"code": "TX999", "reason": "误"}]
            ),
            f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", position=30, name="防汛。").replace("\nkind", " # x\nkind"),
            f"{HOME}/ex-0004.toml": "\ufeff" + duty_text(id="ex-0004", position=40, name="抗旱。"),
            "schema/vocabulary/categories.toml": 'categories=["党的建设"]\n',
        },
    )
    done = run(root, "waive", *REASON)
    assert (done.code, done.out) == (1, f"已写入豁免 {DUTY_PATH}\n已写入豁免 {HOME}/ex-0004.toml\n")
    refused = [line.split("：")[0:2] for line in done.err.splitlines() if line.startswith("不能豁免 ")]
    assert sorted((path.removeprefix("不能豁免 "), text[:5]) for path, text in refused) == [
        (DUTY_PATH, "ID001"),
        (f"{HOME}/ex-0002.toml", "ID012"),
        (f"{HOME}/ex-0003.toml", "ID001"),
        (f"{HOME}/ex-0003.toml", "RD010"),
        (f"{HOME}/ex-0003.toml", "ST008"),
        (f"{HOME}/ex-0004.toml", "RD002"),
        ("schema/vocabulary/categories.toml", "ID001"),
    ]
    # What was written is canonical, and no waiver is left without a finding.
    shown = run(root, "check", "--format", "json").out
    assert '"ID010"' not in shown
    assert (root / f"{HOME}/ex-0003.toml").read_text("utf-8").count("# x") == 1


REFUSED = {
    "no reason": (["--reason", " "], "理由不能是空的。", "请写明内容。"),
    "two lines": (["--reason", "甲\n乙"], "理由只能写一行：甲⏎乙", "请删去换行。"),
    "hidden": (["--reason", "甲\u202e乙"], "理由含有看不见的字符 U+202E。", "请删去后重试。"),
    "no owner": ([*REASON, "--owner", ""], "负责人不能是空的。", "请写明内容。"),
    "unknown code": ([*REASON, "--code", "TO02"], "没有规则 TO02。", None),
    "past": (
        [*REASON, "--until", "2026-01-31", "--date", "2026-02-01"],
        "--until 写的 2026-01-31 已经过去。",
        "请写今天或以后的日期，或去掉 --until。",
    ),
    "unknown file": ([*REASON, "nix"], "没有这个文件或文件夹：nix", "请检查路径；路径从当前文件夹算起。"),
    "unknown township": ([*REASON, "--township", "别的镇"], "清单库里没有乡镇 别的镇。", "可选：示例镇"),
}


@pytest.mark.parametrize(("arguments", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(root: Path, arguments: list[str], message: str, hint: str | None) -> None:
    before = tree(root)
    done = run(root, "waive", *arguments)
    assert (done.code, done.out, done.err.splitlines()[0]) == (2, "", f"错误：{message}")
    assert hint is None or done.err.splitlines()[1] == f"提示：{hint}"
    assert tree(root) == before


def test_a_reason_is_needed(root: Path) -> None:
    done = run(root, "waive")
    assert (done.code, "缺少选项 '--reason'" in done.err) == (2, True)


def test_until_today_still_holds(root: Path) -> None:
    day = ("--date", "2026-01-31")
    assert run(root, "waive", *REASON, "--until", "2026-01-31", *day).code == 0
    assert run(root, "check", *day).out == CLEAN
    assert run(root, "check", "--date", "2026-02-01", "--fail-on", "warning").code == 1


def test_where_the_system_says_no_nothing_is_changed(root: Path) -> None:
    before = tree(root)
    with closed(root / "duties/示例镇/经济发展"):
        done = in_process(root, "waive", *REASON)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"错误：无法写入 {WATER}：没有权限；没有改动任何文件。\n")
    assert tree(root) == before


def test_outside_any_library(tmp_path: Path) -> None:
    assert run(tmp_path, "waive", *REASON).code == 3
