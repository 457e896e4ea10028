"""Closing a leg: what is written and sealed, what refuses it, and the kinds of repository that it works in."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import build
from build import DUTY_PATH
from campaigning import ASKED, CLOSED, FOLDER, LEG, OPENED, OPENING, Campaigning, begun, opened
from command import lay_out
from dutylist.model.changelog import LegFolder
from dutylist.store.read import read
from dutylist.store.snapshot import Folder
from repos import commit_all, git

CAUSE = "改名\n\nCause: law: 统计法"
REPORTS = ("report.md", "report.json", "report.html")
NEXT = "2025/1-down"


@pytest.fixture
def made(tmp_path: Path) -> Campaigning:
    """A leg with one change that a commit explains."""
    there = opened(tmp_path / "made")
    there.rename(message=CAUSE)
    return there


def legs(root: Path) -> dict[str, LegFolder]:
    """The legs of a library by title."""
    return {leg.title: leg for leg in read(Folder(root))[0].legs()}


def sealed_over(root: Path, title: str) -> tuple[str, ...]:
    """The legs that a seal covers."""
    seal = legs(root)[title].seal
    assert seal is not None
    return tuple(seal.previous)


def test_close(made: Campaigning) -> None:
    done = made.close()
    leg = legs(made.root)[LEG]
    assert leg.leg is not None
    assert leg.seal is not None
    digest = leg.seal.digest
    assert done.out == (
        f"关闭 2025/1-up（一上），封存摘要 {digest}\n"
        + "".join(f"新增  {FOLDER}/{name}\n" for name in REPORTS)
        + f"修改  {FOLDER}/leg.toml\n"
    )
    assert done.err == (
        f"1 个单位没有提意见，记为无意见：{ASKED}\n已提交，已打标签。下一步：git push --follow-tags；"
        f"把封存摘要另外保存，以后用 dutylist audit --head {digest[:12]}… 核对。\n"
    )
    assert (leg.leg.silent, leg.leg.closed and leg.leg.closed.isoformat()) == ((ASKED,), CLOSED)
    assert [(one.duty, one.text, one.author) for one in leg.leg.causes] == [("ex-0001", "law: 统计法", "编辑")]
    assert all(digest in (made.root / FOLDER / name).read_text("utf-8") for name in REPORTS)
    assert made.git("log", "-1", "--format=%s").strip() == "关闭环节 2025/1-up（一上）"
    assert made.git("cat-file", "-t", LEG).strip() == "tag"
    assert made.git("rev-parse", f"{LEG}^{{commit}}") == made.git("rev-parse", "HEAD")
    assert digest in made.git("tag", "-l", "--format=%(contents)", LEG)
    assert made.git("status", "--porcelain") == ""
    assert made.run("audit").code == 0
    assert made.run("check").code == 0


def test_before_the_due_date_is_noted(made: Campaigning) -> None:
    assert "比截止日期 2025-03-15 早关闭 5 天。\n" in made.run("leg", "close", LEG, "--date", "2025-03-10").err


def test_a_dry_run_writes_nothing_and_says_the_same(made: Campaigning) -> None:
    before = made.state()
    dry = made.close(LEG, "--dry-run")
    assert made.state() == before
    assert dry.err.endswith("没有写任何文件（--dry-run）。\n")
    assert made.close().out == dry.out


def test_quiet_says_only_the_result(made: Campaigning) -> None:
    assert made.close(LEG, "--quiet").err == ""


BAD: dict[str, tuple[Sequence[str], int, str]] = {
    "too early": ((LEG, "--date", "2025-02-28"), 2, f"关闭日期 2025-02-28 早于开始日期 {OPENED}。"),
    "not opened": ((NEXT, "--date", CLOSED), 2, f"环节 {NEXT} 还没有开始。"),
    "not declared": (("2025/x", "--date", CLOSED), 2, "2025 没有环节 x。"),
    "no such campaign": (("2026/1-up", "--date", CLOSED), 2, "changelog 中没有 2026。"),
    "the clock of nobody": ((LEG, "--date", "2025-13-01"), 2, "'--date' 的值不对"),
}


@pytest.mark.parametrize(("words", "code", "message"), BAD.values(), ids=BAD)
def test_refused(made: Campaigning, words: Sequence[str], code: int, message: str) -> None:
    before = made.state()
    done = made.run("leg", "close", *words)
    assert (done.code, done.out) == (code, "")
    assert f"错误：{message}" in done.err
    assert made.state() == before


def test_twice(made: Campaigning) -> None:
    made.close()
    before = made.state()
    done = made.close()
    assert (done.code, done.err.splitlines()) == (
        3,
        [f"错误：环节 {LEG} 已经关闭，封存后不能再改。", "提示：要更正或补充的，请写在下一个环节里。"],
    )
    assert made.state() == before


@pytest.mark.parametrize("name", [LEG, "2025"])
def test_a_tag_that_is_taken(made: Campaigning, name: str) -> None:
    made.git("tag", name)
    before = made.state()
    done = made.close()
    assert (done.code, done.err.splitlines()[-2:]) == (
        3,
        [f"错误：标签 {name} 已经存在；没有改动任何文件。", f"提示：请核对它是谁打的，再改名或删去：git tag -d {name}"],
    )
    assert made.state() == before


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "opinion": (f"{FOLDER}/opinions/{LEG.replace('/', '-')}-0a1b2c3d.toml", "id = \n", "RD004"),
    "opinion without text": (f"{FOLDER}/opinions/{LEG.replace('/', '-')}-0a1b2c3d.toml", 'id = "x"\n', "RD0"),
    "approval": (f"{FOLDER}/decisions/0a1b2c3d4e5f.toml", b"\xff", "RD001"),
}


@pytest.mark.parametrize(("path", "content", "code"), BROKEN.values(), ids=BROKEN)
def test_a_record_that_cannot_be_read(made: Campaigning, path: str, content: str | bytes, code: str) -> None:
    made.write(path, content)
    made.commit()
    before = made.state()
    done = made.close()
    assert done.code == 3
    assert any(line.startswith(f"{path}:") and f"错误 {code}" in line for line in done.err.splitlines()), done.err
    assert made.state() == before


@pytest.mark.parametrize("imported", [True, False])
def test_a_duty_that_cannot_be_read(tmp_path: Path, imported: bool) -> None:
    made = begun(tmp_path)
    words = OPENING if not imported else (*OPENING[:4], "--date", OPENED, "--imported")
    assert made.run("leg", "open", LEG, *words).code == 0
    made.write(DUTY_PATH, "id = \n")
    made.commit()
    before = made.state()
    done = made.close()
    assert (done.code, f"{DUTY_PATH}:1:6  错误 RD004" in done.err) == (3, True), done.err
    assert made.state() == before


def test_how_strict(tmp_path: Path) -> None:
    made = opened(tmp_path)
    made.rename(message="没有说为什么")
    before = made.state()
    done = made.close(LEG, "--fail-on", "warning")
    assert (done.code, "警告 CS012" in done.err) == (3, True)
    assert made.state() == before
    assert made.close().code == 0


def test_a_tag_that_cannot_be_signed(made: Campaigning) -> None:
    made.write(
        "changelog/2025/campaign.toml", (made.root / "changelog/2025/campaign.toml").read_bytes() + b"signed = true\n"
    )
    made.commit()
    made.git("config", "gpg.program", "false")
    before = made.state()
    done = made.close()
    error, hint = done.err.splitlines()[-2:]
    assert done.code == 3
    assert error.startswith("错误：标签没有签成：git tag 失败：")
    assert hint == "提示：请检查 git 的签名设置（user.signingKey、gpg.format），再重试。"
    assert made.state() == before


def test_signed_with_ssh(made: Campaigning, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    for name, value in (("gpg.format", "ssh"), ("user.signingKey", f"{key}.pub"), ("tag.gpgSign", "true")):
        made.git("config", name, value)
    assert made.close().code == 0
    assert "BEGIN SSH SIGNATURE" in made.git("cat-file", "tag", LEG)


def failing_hooks(root: Path) -> Path:
    commit_all(root, "一")
    for name in ("pre-commit", "commit-msg", "pre-push"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
    return root


def other_line_ends(root: Path) -> Path:
    commit_all(root, "一")
    git(root, "config", "core.autocrlf", "true")
    for path in root.rglob("*.toml"):
        path.unlink()
    git(root, "checkout", "--", ".")
    assert b"\r\n" in (root / DUTY_PATH).read_bytes()
    return root


def sha256(root: Path) -> Path:
    git(root, "init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    commit_all(root, "一")
    return root


def linked(root: Path) -> Path:
    commit_all(root, "一")
    git(root, "worktree", "add", "--quiet", "-b", "旁边", "../linked")
    return root.parent / "linked"


def other_encoding(root: Path) -> Path:
    commit_all(root, "一")
    git(root, "config", "i18n.commitEncoding", "gbk")
    return root


@pytest.mark.parametrize("make", [failing_hooks, other_line_ends, sha256, linked, other_encoding])
def test_in_every_kind_of_repository(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    plain = opened(tmp_path / "plain")
    assert plain.close().code == 0
    made = Campaigning(make(lay_out(tmp_path / "made")))
    made.do("campaign", "new", "2025", "--kind", "compilation", "--title", "示例镇履职事项清单编制")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--no-verify", "--message", "编制")
    assert made.open(LEG, "--consult", ASKED).code == 0
    done = made.close()
    assert done.code == 0, done.err
    assert made.git("status", "--porcelain") == ""
    assert made.run("audit").code == 0
    assert "关闭环节" in made.git("log", "-1", "--format=%s", "--encoding=UTF-8")
    # The seal is over content: the same in each of them.
    seals = {legs(root)[LEG].seal for root in (plain.root, made.root)}
    assert len(seals) == 1
    assert seals != {None}


def two_townships(root: Path) -> Campaigning:
    """Two campaigns, each about one of two townships, each with its first leg open."""
    other = {
        "duties/另一镇/党的建设/ot-0001.toml": build.duty_text(id="ot-0001", name="做好普查"),
        "duties/另一镇/township.toml": build.township_text(name="另一镇", prefix="ot", code="123456780"),
        "duties/另一镇/ledger.toml": "next = 2\n",
    }
    made = Campaigning(lay_out(root, other))
    commit_all(root, "公开发布的清单")
    for name, township in (("A", "示例镇"), ("B", "另一镇")):
        made.do("campaign", "new", name, "--kind", "adjustment", "--title", "调整", "--township", township)
    made.commit("编制")
    for leg in ("A/apply", "B/apply"):
        assert made.open(leg).code == 0
    return made


def test_two_campaigns_each_see_their_own_township(tmp_path: Path) -> None:
    made = two_townships(tmp_path)
    made.write("duties/另一镇/党的建设/ot-0001.toml", build.duty_text(id="ot-0001", name="组织普查"))
    made.commit()
    assert (made.codes("A/apply"), made.codes("B/apply")) == ([], ["CS012"])
    assert made.run("leg", "status").code == 2
    assert made.close("B/apply").code == 0
    assert made.close("A/apply").code == 0
    assert [sealed_over(made.root, title) for title in ("B/apply", "A/apply")] == [(), ("B/apply",)]
    assert "ot-0001" not in (made.root / "changelog/A/apply/report.md").read_text("utf-8")
    assert made.run("audit").code == 0


def test_two_legs_closed_on_two_branches(tmp_path: Path) -> None:
    made = two_townships(tmp_path)
    made.git("switch", "--quiet", "--create", "别处")
    assert made.close("A/apply").code == 0
    made.git("switch", "--quiet", "main")
    assert made.close("B/apply").code == 0
    made.git("merge", "--quiet", "--no-edit", "别处")
    assert made.open("A/confer", "--date", CLOSED, "--due", CLOSED).code == 0
    assert made.close("A/confer").code == 0
    assert sealed_over(made.root, "A/confer") == ("A/apply", "B/apply")
