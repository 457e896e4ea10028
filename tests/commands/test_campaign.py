"""Beginning a campaign and listing all."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from campaigning import LEG, Campaigning, begun, opened
from command import lay_out, run, tree
from process import on_terminal

NEW = ("campaign", "new", "2026", "--kind", "adjustment", "--title", "示例镇动态调整")


def test_new(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    done = run(root, *NEW, "--note", "与机构改革同步")
    assert (done.code, done.out) == (
        0,
        "新建动态调整 2026：示例镇动态调整\n新增  changelog/2026/campaign.toml  环节 apply、confer、decide\n",
    )
    assert done.err == "下一步：git add 和 git commit 之后，运行 dutylist leg open 2026/apply。\n"
    assert (root / "changelog/2026/campaign.toml").read_text("utf-8") == (
        'title = "示例镇动态调整"\nkind = "adjustment"\ntownships = [\n  "示例镇",\n]\n'
        'legs = [\n  "apply",\n  "confer",\n  "decide",\n]\nnote = "与机构改革同步"\n'
    )
    assert run(root, "check").code == 0


def test_legs_of_ones_own(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    assert run(root, *NEW, "--leg", "初稿", "--leg", "终稿", "--signed").code == 0
    text = (root / "changelog/2026/campaign.toml").read_text("utf-8")
    assert 'legs = [\n  "初稿",\n  "终稿",\n]\nsigned = true\n' in text


@pytest.mark.parametrize("kind", ["compilation", "adjustment", "admission"])
def test_a_dry_run_writes_nothing(tmp_path: Path, kind: str) -> None:
    root = lay_out(tmp_path)
    before = tree(root)
    done = run(root, *NEW, "--kind", kind, "--dry-run")
    assert (done.code, done.err) == (0, "没有写任何文件（--dry-run）。\n")
    assert tree(root) == before


REFUSED: dict[str, tuple[Sequence[str], str]] = {
    "dots": (("campaign", "new", "..", *NEW[3:]), "不能用作名称：.."),
    "slash": (("campaign", "new", "a/b", *NEW[3:]), "不能用作名称：a/b"),
    "space": (("campaign", "new", "a b", *NEW[3:]), "不能用作名称：a b"),
    "line break": (("campaign", "new", "2025\n", *NEW[3:]), "不能用作名称：2025"),
    "lock": (("campaign", "new", "2025.lock", *NEW[3:]), "不能用作名称：2025.lock"),
    "escape": (("campaign", "new", "\x1b[2J", *NEW[3:]), "不能用作名称："),
    "too long": (("campaign", "new", "年" * 41, *NEW[3:]), "不能用作名称："),
    "leg": ((*NEW, "--leg", "../x"), "不能用作名称：../x"),
    "leg twice": ((*NEW, "--leg", "甲", "--leg", "甲"), "环节不能重名。"),
    "unknown township": ((*NEW, "--township", "别处镇"), "清单库里没有乡镇 别处镇。"),
    "empty title": ((*NEW[:-1], " "), "名称不能是空的。"),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, words: Sequence[str], message: str) -> None:
    root = lay_out(tmp_path)
    before = tree(root)
    done = run(root, *words)
    error, hint = done.err.splitlines()
    assert (done.code, done.out) == (2, "")
    assert error.startswith(f"错误：{message}"), error
    assert hint.startswith("提示："), hint
    assert "\x1b" not in done.err
    assert tree(root) == before


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    run(root, *NEW)
    before = tree(root)
    done = run(root, *NEW)
    assert (done.code, done.err.splitlines()[0]) == (2, "错误：changelog/2026 已经存在。")
    assert tree(root) == before


def test_list(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    made = opened(tmp_path)
    made.close()
    made.do(*NEW)
    done = made.do("campaign", "list")
    golden("commands/campaign-list.txt", done.out)
    as_json = made.do("campaign", "list", "--format", "json").out
    golden("commands/campaign-list.json", made.without_digests(as_json))
    lines = on_terminal(tmp_path, 30, "campaign", "list", NO_COLOR="1").splitlines()
    assert all(sum(2 if ord(one) > 0x2E7F else 1 for one in line) <= 30 for line in lines), lines


def test_none_yet(tmp_path: Path) -> None:
    done = run(lay_out(tmp_path), "campaign", "list")
    assert (done.code, json.loads(run(tmp_path, "campaign", "list", "--format", "json").out)) == (0, [])
    assert "campaign new" in done.out + done.err


@pytest.mark.parametrize("broken", ["", "title = 1\n", "[[["])
def test_a_campaign_that_cannot_be_read_is_not_said_to_be_missing(tmp_path: Path, broken: str) -> None:
    made: Campaigning = begun(tmp_path)
    made.write("changelog/2025/campaign.toml", broken)
    made.commit()
    before = made.state()
    done = made.open()
    assert (done.code, done.err.splitlines()) == (
        3,
        [
            "错误：changelog/2025/campaign.toml 缺少或读不出来。",
            "提示：运行 dutylist check 查看原因，按提示改正。",
        ],
    )
    assert made.run("leg", "status", LEG).code == 3
    assert made.state() == before
