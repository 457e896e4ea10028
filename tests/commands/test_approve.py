"""Approvals of changes: by fingerprint, for that text and no other."""

import json
from pathlib import Path

import pytest

import build
from build import DUTY_PATH
from campaigning import CLOSED, FOLDER, LEG, OPENED, OTHER_PATH, TWO, Campaigning, opened


@pytest.fixture
def made(tmp_path: Path) -> Campaigning:
    """A leg in which one duty has another name, and nobody said why."""
    there = opened(tmp_path, TWO)
    there.rename()
    return there


def fingerprint(made: Campaigning) -> str:
    """That of the renaming."""
    compared = json.loads(made.do("compare", "HEAD~1", "--format", "json").out)
    (found,) = {one["fingerprint"] for one in compared["changes"] if one["kind"] == "renamed"}
    return str(found)


def approve(made: Campaigning, *words: str) -> int:
    """The exit code of an approval."""
    return made.run("approve", *words, "--date", OPENED).code


def test_an_approval_is_the_cause(made: Campaigning) -> None:
    name = fingerprint(made)
    assert made.codes() == ["CS012"]
    done = made.do("approve", name, "--by", "示例县委编办", "--reason", "核对过", "--date", OPENED)
    assert done.out == f"认可 {name}  ex-0001 改名称：做好统计工作 → 组织统计工作\n"
    assert (made.root / FOLDER / "decisions" / f"{name}.toml").read_text("utf-8") == (
        f'fingerprint = "{name}"\nduty = "ex-0001"\nchange = "改名称：做好统计工作 → 组织统计工作"\n'
        'by = "示例县委编办"\non = 2025-03-01\nreason = "核对过"\n'
    )
    assert made.codes() == []
    made.commit()
    assert made.close().code == 0
    assert "示例县委编办，核对过" in (made.root / FOLDER / "report.md").read_text("utf-8")


def test_the_beginning_of_a_fingerprint_is_enough(made: Campaigning) -> None:
    name = fingerprint(made)
    assert approve(made, name[:5], "--by", "审核人") == 2
    assert approve(made, name[:6], "--by", "审核人") == 0
    assert made.codes() == []


def test_by_default_it_is_who_git_says(made: Campaigning) -> None:
    name = fingerprint(made)
    before = made.state()
    done = made.run("approve", name, "--date", OPENED)
    assert (done.code, done.err.splitlines()) == (
        2,
        ["错误：不知道是谁认可的。", "提示：请加上 --by，或设置 git config user.name。"],
    )
    assert made.state() == before
    made.git("config", "user.name", "审核人")
    assert approve(made, name) == 0
    assert 'by = "审核人"' in (made.root / FOLDER / "decisions" / f"{name}.toml").read_text("utf-8")


def test_it_survives_a_rebase_and_renumbering(made: Campaigning) -> None:
    assert approve(made, fingerprint(made), "--by", "审核人") == 0
    made.commit("认可")
    made.git("switch", "--quiet", "--create", "topic", "HEAD~2")
    made.write(DUTY_PATH.replace("0001", "0003"), build.duty_text(id="ex-0003", position=5, name="做好普查"))
    made.commit("新增在前\n\nCause: law: 统计法")
    made.git("rebase", "--quiet", "topic", "main")
    assert "ex-0003" in made.do("list", "--search", "普查").out
    assert made.uncaused() == []
    assert "CS013" not in made.codes()


def test_it_lapses_when_one_character_differs(made: Campaigning) -> None:
    name = fingerprint(made)
    assert approve(made, name, "--by", "审核人") == 0
    made.rename("组织统计工作了")
    assert sorted(made.codes()) == ["CS012", "CS013"]
    made.rename("组织统计工作")
    assert made.codes() == []


def test_it_carries_into_a_later_leg(made: Campaigning) -> None:
    made.git("reset", "--quiet", "--hard", "HEAD~1")
    assert made.close().code == 0
    second = ("--from", "甲", "--to", "乙", "--due", "2025-04-30", "--date", CLOSED)
    assert made.run("leg", "open", "2025/1-down", *second).code == 0
    made.rename()
    made.do("approve", fingerprint(made), "--by", "审核人", "--date", CLOSED)
    made.commit("认可")
    assert made.run("leg", "close", "2025/1-down", "--date", CLOSED).code == 0
    # The same change again, seen from the state before it.
    assert made.run("leg", "open", "2025/2-up", *second, "--base", LEG).code == 0
    assert made.codes("2025/2-up") == []
    for path in (made.root / "changelog/2025/1-down/decisions").iterdir():
        path.unlink()
    assert made.codes("2025/2-up") == ["CS012"]


def test_several_at_once_and_none_if_one_is_unknown(made: Campaigning) -> None:
    made.write(OTHER_PATH, build.duty_text(id="ex-0002", name="组织经济普查"))
    names = made.uncaused()
    assert len(names) == 2
    before = made.state()
    done = made.run("approve", names[0], "0" * 12, "--by", "审核人")
    assert (done.code, done.err.splitlines()[0]) == (2, "错误：没有变化的指纹是 000000000000。")
    assert made.state() == before
    assert approve(made, *names, names[0], "--by", "审核人", "--dry-run") == 0
    assert made.state() == before
    assert approve(made, *names, names[0], "--by", "审核人") == 0
    assert made.codes() == []


@pytest.mark.parametrize("words", [("", "--by", "审"), ("-", "--by", "审"), ("abc123", "--by", "\u202e")])
def test_nothing_ambiguous_is_taken(made: Campaigning, words: tuple[str, ...]) -> None:
    before = made.state()
    done = made.run("approve", *words)
    assert (done.code, len(done.err.splitlines())) == (2, 2), done.err
    assert made.state() == before


def test_without_an_open_leg(made: Campaigning) -> None:
    name = fingerprint(made)
    assert made.close(LEG).code == 0
    done = made.run("approve", name, "--by", "审核人")
    assert (done.code, done.err.splitlines()[0]) == (2, "错误：没有正在进行的环节。")
    done = made.run("approve", name, "--leg", LEG, "--by", "审核人")
    assert (done.code, done.err.splitlines()[0]) == (3, f"错误：环节 {LEG} 已经关闭，封存后不能再改。")
