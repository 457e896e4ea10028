"""A commit with its tag is made wholly or not at all, wherever the process is killed and whenever git refuses."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campaigning import CLOSED, FOLDER, LEG, OPENING, Campaigning, begun, opened
from gits import Spy, holding, spy

CLOSING = ("leg", "close", LEG, "--date", CLOSED)
BEGINNING = ("leg", "open", LEG, *OPENING)
KILLED = -9
JOURNAL = ".git/dutylist/recording"
# What stands between our own steps: the journal is written | refs move | | the work tree follows | the journal goes.
STEPS = ("update-ref", "restore")
# The first call that writes. Before it nothing is changed, so that some of the calls there stand for all.
FIRST = "hash-object"
EVERY = 7


@pytest.fixture
def watcher(tmp_path: Path) -> Spy:
    """A git that may be told to fail or to kill."""
    return spy(tmp_path / "spy")


def copies(made: Campaigning, folder: Path) -> Iterator[Campaigning]:
    """The same repository again and again."""
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made.root, folder, symlinks=True)
        yield Campaigning(folder)


def calls(watcher: Spy, copy: Campaigning, arguments: tuple[str, ...]) -> list[str]:
    """The calls of git that a command makes when nobody disturbs it."""
    assert watcher.run(copy.root, *arguments) == 0
    return watcher.words


def disturbed(words: list[str]) -> list[int]:
    """The numbers of the calls to disturb: all from the first that writes, and some before."""
    first = next(number for number, said in enumerate(words, 1) if said.startswith(FIRST))
    return [*range(1, first, EVERY), *range(first, len(words) + 1)]


def kept_or_done(copy: Campaigning, before: dict[str, Any], *, tagged: bool) -> str:
    """What a killed command left behind, once the next one has run: nothing at all, or everything."""
    hurt = copy.state()
    moved = hurt["HEAD"] != before["HEAD"]
    if moved:
        assert copy.git("rev-parse", "HEAD~1") == before["HEAD"]
    else:
        assert {**hurt, "refs": before["refs"]} == before
    copy.do("leg", "status", LEG)
    after = copy.state()
    assert not (copy.root / JOURNAL).exists()
    assert copy.git("status", "--porcelain") == ""
    if not moved:
        assert after == before
        return "nothing"
    assert after["HEAD"] == hurt["HEAD"]
    assert copy.git("tag") == (f"{LEG}\n" if tagged else "")
    assert copy.git("diff", "HEAD~1", "--name-only") != ""
    return "everything"


@pytest.mark.parametrize("closes", [True, False], ids=["close", "open"])
def test_killed_at_any_point(tmp_path: Path, watcher: Spy, closes: bool) -> None:
    made = opened(tmp_path / "made") if closes else begun(tmp_path / "made")
    arguments, again = CLOSING if closes else BEGINNING, copies(made, tmp_path / "copy")
    words = calls(watcher, next(again), arguments)
    points = [("SPY_BEFORE", number) for number in disturbed(words)]
    points += [("SPY_AFTER", number) for number, said in enumerate(words, 1) if said.split()[0] in STEPS]
    before, outcomes = made.state(), Counter[str]()
    for told, number in points:
        copy = next(again)
        assert watcher.run(copy.root, *arguments, **{told: str(number)}) == KILLED, words[number - 1]
        outcome = kept_or_done(copy, before, tagged=closes)
        outcomes[outcome] += 1
        if outcome == "everything":
            assert copy.run(*arguments).code == 3
            assert not closes or copy.run("audit").code == 0
    # What was not done can be done now: each left what there was, so one of them stands for all.
    copy = next(again)
    assert watcher.run(copy.root, *arguments, SPY_BEFORE=str(len(words) - 1)) == KILLED
    assert kept_or_done(copy, before, tagged=closes) == "nothing"
    assert copy.run(*arguments).code == 0
    # Behind the refs: before the work tree follows, and before the journal goes.
    assert outcomes["everything"] >= 3
    assert outcomes["nothing"] == len(points) - outcomes["everything"]


@pytest.mark.parametrize("closes", [True, False], ids=["close", "open"])
def test_git_fails_at_any_point(tmp_path: Path, watcher: Spy, closes: bool) -> None:
    made = opened(tmp_path / "made") if closes else begun(tmp_path / "made")
    arguments, again = CLOSING if closes else BEGINNING, copies(made, tmp_path / "copy")
    words = calls(watcher, next(again), arguments)
    before, outcomes = made.state(), Counter[int]()
    for number in disturbed(words):
        said, copy = words[number - 1], next(again)
        watcher.forget()
        done = copy.run(*arguments, **watcher.environment(SPY_FAIL=str(number)))
        outcomes[done.code] += 1
        if done.code:
            assert done.code == 3, said
            assert done.out == ""
            assert done.err.startswith("错误："), done.err
            assert copy.state() == before, said
        else:
            assert copy.git("status", "--porcelain") == ""
            assert not closes or copy.git("tag") == f"{LEG}\n"
    assert outcomes[3] > outcomes[0] > 0


def test_a_work_tree_that_cannot_follow_does_so_later(
    tmp_path: Path, watcher: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dutylist.store.recording._PAUSES", (0.0,))
    made = opened(tmp_path / "made")
    done = made.run(*CLOSING, **watcher.environment(SPY_FAIL="restore"))
    commit = made.git("rev-parse", "HEAD")
    assert done.code == 3
    assert done.err.splitlines() == [
        f"错误：已经提交（{commit[:10]}），但工作文件还没有跟上：git restore 失败：fatal: simulated",
        "提示：排除原因后运行 dutylist leg status，会自动补完。",
    ]
    assert made.git("tag") == f"{LEG}\n"
    said = made.do("leg", "status", LEG).err
    assert said == f"上一次开始或关闭环节在提交之后被打断，已经补完（提交 {commit[:10]}）。\n"
    assert made.git("status", "--porcelain") == ""
    assert made.do("leg", "status", LEG).err == ""


def left_in_the_middle(made: Campaigning, watcher: Spy, step: str, told: str = "SPY_AFTER") -> dict[str, Any]:
    """Kills a closing at one of its own steps; gives the journal."""
    copy = next(copies(made, made.root.parent / "counted"))
    words = calls(watcher, copy, CLOSING)
    at = max(number for number, said in enumerate(words, 1) if said.split()[0] == step)
    assert watcher.run(made.root, *CLOSING, **{told: str(at)}) == KILLED
    entry: dict[str, Any] = json.loads((made.root / JOURNAL).read_text("utf-8"))
    return entry


def test_a_tag_that_was_not_made_is_made(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    entry = left_in_the_middle(made, watcher, "update-ref")
    made.git("tag", "--delete", LEG)
    made.do("leg", "status", LEG)
    assert made.git("rev-parse", LEG).strip() == entry["tagged"]
    assert made.run("audit").code == 0


def test_a_tag_without_its_commit_goes(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    entry = left_in_the_middle(made, watcher, "update-ref")
    made.git("reset", "--quiet", "--hard", entry["head"])
    assert made.do("leg", "status", LEG).err == "上一次开始或关闭环节被打断，什么也没有留下；可以重新运行。\n"
    assert made.git("tag") == ""
    assert made.close().code == 0


def test_a_tag_that_means_something_else_stays(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    left_in_the_middle(made, watcher, "update-ref", "SPY_BEFORE")
    made.git("tag", LEG, "HEAD~1")
    made.do("leg", "status", LEG)
    assert made.git("rev-parse", LEG) == made.git("rev-parse", "HEAD~1")


def test_on_another_branch_the_tag_stays_and_no_file_changes(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    entry = left_in_the_middle(made, watcher, "update-ref")
    made.git("switch", "--quiet", "--force", "--create", "别处", entry["head"])
    before = made.state()
    made.do("leg", "status", LEG)
    assert made.state() == before
    assert made.git("rev-parse", LEG).strip() == entry["tagged"]


def test_what_was_written_meanwhile_stays(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    left_in_the_middle(made, watcher, "update-ref")
    late = made.opinion(7, text="迟来的意见。")
    made.do("leg", "status", LEG)
    assert made.git("status", "--porcelain", "-uall").splitlines() == [f"?? {FOLDER}/opinions/{late}.toml"]


def test_a_git_that_cannot_answer_costs_no_tag(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    entry = left_in_the_middle(made, watcher, "update-ref")
    done = made.run("leg", "status", LEG, **watcher.environment(SPY_FAIL="rev-list"))
    assert (done.code, done.err) == (3, "错误：git rev-list 失败：fatal: simulated\n")
    assert made.git("rev-parse", LEG).strip() == entry["tagged"]
    made.do("leg", "status", LEG)
    assert made.run("audit").code == 0


def test_what_another_process_is_about_to_do_is_left_to_it(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    left_in_the_middle(made, watcher, "update-ref", "SPY_BEFORE")
    before = made.state()
    with holding(made.root / ".git" / "dutylist"):
        assert made.do("leg", "status", LEG).err == ""
        assert (made.root / JOURNAL).exists()
        done = made.close()
        assert (done.code, done.err.splitlines()[0]) == (3, "错误：清单库正被另一条命令修改；没有改动任何文件。")
    assert made.state() == before
    assert made.do("leg", "status", LEG).err == "上一次开始或关闭环节被打断，什么也没有留下；可以重新运行。\n"


def test_a_damaged_journal_is_forgotten(tmp_path: Path) -> None:
    made = opened(tmp_path / "made")
    made.write(JOURNAL, '{"head": 1')
    assert made.do("leg", "status", LEG).err == ""
    assert not (made.root / JOURNAL).exists()


def test_nothing_is_left_beside_the_branch(tmp_path: Path, watcher: Spy) -> None:
    made = opened(tmp_path / "made")
    left_in_the_middle(made, watcher, "update-ref", "SPY_BEFORE")
    beside = made.root / ".git" / "dutylist"
    assert len(list(beside.glob(".recording-*"))) == 1
    assert made.close().code == 0
    assert list(beside.glob(".recording-*")) == []
