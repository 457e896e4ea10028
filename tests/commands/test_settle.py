"""Answering opinions, and what keeps a leg from being closed until all of them are answered."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from campaigning import ASKED, FOLDER, LEG, Campaigning, opened

ID = "2025-1-up-00000001"


@pytest.fixture
def made(tmp_path: Path) -> Campaigning:
    """A leg with one opinion, committed."""
    there = opened(tmp_path)
    there.opinion(1)
    there.commit("登记意见")
    return there


def settle(made: Campaigning, opinion: str, verdict: str, *options: str, leg: str = LEG) -> tuple[int, str]:
    """The exit code of an answer and the first line of what it complains about."""
    done = made.run("settle", leg, opinion, "--verdict", verdict, *options)
    return done.code, (done.err.splitlines() or [""])[0] if done.code else done.out


@pytest.mark.parametrize(
    ("verdict", "said"), [(None, "还没有答复"), ("disputed", "仍待研判")], ids=["open", "disputed"]
)
def test_a_leg_does_not_close_over_an_opinion(made: Campaigning, verdict: str | None, said: str) -> None:
    if verdict:
        assert settle(made, ID, verdict, "--reason", "等三定方案")[0] == 0
        made.commit()
    before = made.state()
    done = made.close()
    assert (done.code, done.out) == (3, "")
    path = f"{FOLDER}/opinions/{ID}.toml"
    where = "6:11" if verdict else "1:1"
    assert done.err.splitlines() == [
        f"{path}:{where}  错误 CS003  {ASKED} 对 ex-0001 的意见 {ID} {said}；请用 dutylist settle 了结后再关闭环节。",
        f"错误：环节 {LEG} 有 1 个问题妨碍关闭；没有改动任何文件。",
        f"提示：请先了结上面的问题；随时用 dutylist leg status {LEG} 查看。",
    ]
    assert made.state() == before


def test_adopted_and_not_done_does_not_close_and_done_closes(made: Campaigning) -> None:
    settle(made, ID, "adopted")
    made.commit()
    assert "错误 CS011" in made.close().err
    made.rename()
    assert made.close().code == 0
    closed = (made.root / FOLDER / "opinions" / f"{ID}.toml").read_text("utf-8")
    (change,) = [line for line in closed.splitlines() if line.startswith('  "')]
    assert len(change.strip(' ",')) == 12
    assert made.run("audit").code == 0


def test_refused_closes_without_a_change(made: Campaigning) -> None:
    assert settle(made, ID, "not-adopted", "--reason", "法律规定由乡镇负责。")[0] == 0
    made.commit()
    assert made.close().code == 0


def test_the_last_answer_counts(made: Campaigning) -> None:
    settle(made, ID, "disputed", "--reason", "等三定方案")
    assert settle(made, ID, "adopted", "--by", "专题协调会 2025-03-15") == (
        0,
        f"{ASKED}的意见 {ID}：待研判 → 采纳\n修改  {FOLDER}/opinions/{ID}.toml\n",
    )
    text = (made.root / FOLDER / "opinions" / f"{ID}.toml").read_text("utf-8")
    assert "reason" not in text
    assert 'verdict = "adopted"\nsettled_by = "专题协调会 2025-03-15"\n' in text
    before = made.state()
    assert settle(made, ID, "adopted", "--by", "专题协调会 2025-03-15") == (
        0,
        f"{ID} 已经这样答复，没有改动任何文件。\n",
    )
    assert made.state() == before


def test_the_end_of_an_id_is_enough_and_several_are_asked_about(made: Campaigning) -> None:
    made.opinion(0x20000001)
    assert settle(made, "0001", "adopted") == (2, f"错误：0001 可以指几条意见：{ID}、2025-1-up-20000001。")
    assert settle(made, "20000001", "adopted")[0] == 0
    assert settle(made, "00000001", "adopted")[0] == 0


def test_a_change_elsewhere_is_named_by_its_fingerprint(made: Campaigning) -> None:
    made.opinion(2, duty=None, text="建议统一用词。")
    made.rename()
    fingerprint = made.uncaused()[0]
    assert settle(made, "00000002", "adopted", "--change", fingerprint)[0] == 0
    whole = (made.root / FOLDER / "opinions" / "2025-1-up-00000002.toml").read_text("utf-8")
    named = whole.partition("changes = [\n")[2].splitlines()[0].strip(' ",')
    settle(made, "00000002", "adopted")
    settle(made, "00000002", "adopted", "--change", named[:6])
    assert (made.root / FOLDER / "opinions" / "2025-1-up-00000002.toml").read_text("utf-8") == whole
    assert "CS012" not in made.codes()


REFUSED: dict[str, tuple[Sequence[str], int, str]] = {
    "no reason": ((ID, "not-adopted"), 2, "不采纳的意见必须写理由。"),
    "partly without reason": ((ID, "partly-adopted"), 2, "部分采纳的意见必须写理由。"),
    "empty reason": ((ID, "not-adopted", "--reason", " "), 2, "理由不能是空的。"),
    "hidden character": ((ID, "not-adopted", "--reason", "不\u202e行"), 2, "理由含有看不见的字符 U+202E。"),
    "two lines in --by": ((ID, "adopted", "--by", "会\n议"), 2, "协调方式只能写一行：会⏎议"),
    "unknown opinion": (("deadbeef", "adopted"), 2, f"环节 {LEG} 没有意见 deadbeef。"),
    "too short an end": (("001", "adopted"), 2, f"环节 {LEG} 没有意见 001。"),
    "terminal escape": (("\x1b[31mbeef", "adopted"), 2, f"环节 {LEG} 没有意见 "),
    "unknown fingerprint": ((ID, "adopted", "--change", "0" * 12), 2, "没有变化的指纹是 000000000000。"),
    "no fingerprint": ((ID, "adopted", "--change", "改名"), 2, "没有变化的指纹是 改名。"),
    "leg not opened": ((ID, "adopted", "2025/1-down"), 2, "环节 2025/1-down 还没有开始。"),
    "no such campaign": ((ID, "adopted", "2026/1-up"), 2, "changelog 中没有 2026。"),
}


@pytest.mark.parametrize(("words", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(made: Campaigning, words: Sequence[str], code: int, message: str) -> None:
    opinion, verdict, *options = words
    leg = options.pop() if options and options[-1].startswith("202") else LEG
    before = made.state()
    done = made.run("settle", leg, opinion, "--verdict", verdict, *options)
    error, hint = done.err.splitlines()
    assert (done.code, done.out) == (code, "")
    assert error.startswith(f"错误：{message}"), error
    assert hint.startswith("提示：")
    assert "\x1b" not in done.err
    assert made.state() == before


def test_a_closed_leg_takes_no_answer(made: Campaigning) -> None:
    settle(made, ID, "not-adopted", "--reason", "不宜")
    made.commit()
    assert made.close().code == 0
    before = made.state()
    assert settle(made, ID, "adopted") == (3, f"错误：环节 {LEG} 已经关闭，封存后不能再改。")
    assert made.state() == before


def test_a_dry_run_writes_nothing(made: Campaigning) -> None:
    before = made.state()
    assert settle(made, ID, "adopted", "--dry-run")[0] == 0
    assert made.state() == before


def test_a_comment_is_not_lost(made: Campaigning) -> None:
    path = made.root / FOLDER / "opinions" / f"{ID}.toml"
    path.write_text(f"# 电话里说的\n{path.read_text('utf-8')}", "utf-8")
    before = made.state()
    code, said = settle(made, ID, "adopted")
    assert (code, "里有注释" in said) == (3, True)
    assert made.state() == before
