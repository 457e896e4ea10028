"""Opening a leg, and every state of a repository in which nothing may be opened or closed."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import build
from build import DUTY_PATH
from campaigning import CLOSED, DUE, FOLDER, LEG, OPENED, OPENING, OTHER_PATH, TWO, Campaigning, begun
from command import Done, lay_out, run
from gits import holding
from repos import WHO, commit_all, git

SUPPORTING = "duties/示例镇/党的建设/ex-0003.toml"
NAMING = {SUPPORTING: build.duty_text(id="ex-0003", kind="supporting", name="防汛"), **TWO}
NEXT = "2025/1-down"


@pytest.fixture
def made(tmp_path: Path) -> Campaigning:
    """A campaign without legs."""
    return begun(tmp_path / "made")


def refused(made: Campaigning, done: Done, code: int, message: str) -> None:
    """One clear line and one that helps."""
    error, *hint = done.err.splitlines()
    assert (done.code, done.out, len(hint)) == (code, "", 1), done.err
    assert error.startswith(f"错误：{message}"), error
    assert hint[0].startswith("提示："), hint
    assert "\x1b" not in done.err
    assert made.root.exists()


def test_open(made: Campaigning) -> None:
    before = made.state()
    done = made.open(
        LEG, "--consult", "水利局", "--consult", "示例市水利局", "--consult", "某某协会", "--note", "第一次"
    )
    assert (done.code, done.err) == (0, "已提交。下一步：登记意见（opinion add），修改事项，答复（settle）。\n")
    assert done.out == (
        "开始 2025/1-up（一上）：示例县委编办 → 县直各部门，2025-03-15 截止\n"
        "新增  changelog/2025/1-up/leg.toml  征求 2 个单位的意见\n"
    )
    text = (made.root / FOLDER / "leg.toml").read_text("utf-8")
    assert made.without_digests(text) == (
        f'from = "示例县委编办"\nto = "县直各部门"\nopened = {OPENED}\ndue = {DUE}\nbase = "…"\n'
        'consulted = [\n  "示例市水利局",\n  "某某协会",\n]\nnote = "第一次"\n'
    )
    assert made.git("rev-parse", "HEAD~1") == before["HEAD"]
    assert made.git("status", "--porcelain") == ""
    assert made.git("log", "-1", "--format=%B").strip() == "开始环节 2025/1-up（一上）\n\n示例县委编办 → 县直各部门"
    assert run(made.root, "check").code == 0


def test_consult_all(tmp_path: Path) -> None:
    made = begun(tmp_path, NAMING)
    assert made.open(LEG, "--consult", "某某协会", "--consult-all").code == 0
    text = (made.root / FOLDER / "leg.toml").read_text("utf-8")
    assert 'consulted = [\n  "某某协会",\n  "示例市水利局",\n]\n' in text


def test_a_dry_run_writes_nothing(made: Campaigning) -> None:
    before = made.state()
    done = made.open(LEG, "--dry-run")
    assert (done.code, done.err) == (0, "没有写任何文件（--dry-run）。\n")
    assert made.state() == before
    assert made.open().code == 0


def test_the_clock(made: Campaigning) -> None:
    words = ("leg", "open", LEG, *OPENING[:-2])
    assert made.run(*words, SOURCE_DATE_EPOCH="1740787200").code == 0
    assert f"opened = {OPENED}\n" in (made.root / FOLDER / "leg.toml").read_text("utf-8")
    # What is given by hand stands before the environment.
    assert made.run("leg", "close", LEG, "--date", CLOSED, SOURCE_DATE_EPOCH="1893456000").code == 0
    assert f"closed = {CLOSED}\n" in (made.root / FOLDER / "leg.toml").read_text("utf-8")


def test_imported(made: Campaigning) -> None:
    words = ("--from", "示例市政府", "--to", "公众", "--date", OPENED, "--imported", "--note", "此前的环节没有保存。")
    assert made.run("leg", "open", LEG, *words).code == 0
    done = made.close()
    assert (done.code, made.git("tag")) == (0, "")
    assert sorted(path.name for path in (made.root / FOLDER).iterdir()) == ["leg.toml"]
    assert made.run("audit").code == 0


BAD: dict[str, tuple[Sequence[str], int, str]] = {
    "out of order": ((NEXT, *OPENING), 3, f"前一个环节 {LEG} 还没有开始，不能跳到 {NEXT}。"),
    "not declared": (("2025/4-up", *OPENING), 2, "2025 没有环节 4-up。"),
    "no such campaign": (("2026/1-up", *OPENING), 2, "changelog 中没有 2026。"),
    "no slash": (("2025", *OPENING), 2, "环节要写成 编制/环节：2025"),
    "too many": (("2025/1-up/x", *OPENING), 2, "环节要写成 编制/环节：2025/1-up/x"),
    "dots": (("../1-up", *OPENING), 2, "changelog 中没有 ..。"),
    "escape": (("2025/\x1b[2J", *OPENING), 2, "2025 没有环节 "),
    "due too early": ((LEG, *OPENING, "--due", "2025-02-28"), 2, "截止日期 2025-02-28 早于开始日期 2025-03-01。"),
    "no due": ((LEG, *OPENING[:4], "--date", OPENED), 2, "缺少截止日期。"),
    "unknown base": ((LEG, *OPENING, "--base", "nowhere"), 3, "没有这个版本：nowhere"),
    "empty base": ((LEG, *OPENING, "--base", ""), 3, "没有这个版本："),
    "a base that is neither": ((LEG, *OPENING, "--base", "HEAD~2"), 2, "版本 HEAD~2 的状态既不是当前提交"),
    "imported with a base": ((LEG, *OPENING, "--imported", "--base", "HEAD"), 2, "导入的环节没有基准。"),
    "empty sender": ((LEG, *OPENING, "--from", " "), 2, "发出单位不能是空的。"),
    "two lines": ((LEG, *OPENING, "--to", "甲\n乙"), 2, "送往单位只能写一行"),
    "hidden": ((LEG, *OPENING, "--consult", "甲\u200b"), 2, "单位含有看不见的字符 U+200B。"),
}


@pytest.mark.parametrize(("words", "code", "message"), BAD.values(), ids=BAD)
def test_refused(made: Campaigning, words: Sequence[str], code: int, message: str) -> None:
    made.rename(message="改名\n\nCause: correction")
    made.rename("组织普查")
    before = made.state()
    refused(made, made.run("leg", "open", *words), code, message)
    assert made.state() == before


def test_a_date_that_is_none(made: Campaigning) -> None:
    before = made.state()
    for day in ("2025-02-30", "昨天", ""):
        done = made.run("leg", "open", LEG, *OPENING[:-1], day)
        assert (done.code, "错误：'--date' 的值不对" in done.err) == (2, True)
    assert made.run("leg", "open", LEG, *OPENING[:-2], SOURCE_DATE_EPOCH="昨天").code == 3
    assert made.state() == before


def test_twice_and_before_the_last_was_closed(made: Campaigning) -> None:
    made.open()
    before = made.state()
    refused(made, made.open(), 3, f"环节 {LEG} 正在进行，不能再次开始。")
    refused(made, made.open(NEXT), 3, f"前一个环节 {LEG} 还没有关闭。")
    assert made.state() == before
    assert made.close().code == 0
    before = made.state()
    refused(made, made.open(), 3, f"环节 {LEG} 已经关闭，不能再次开始。")
    refused(made, made.open(NEXT), 2, f"开始日期 {OPENED} 早于前一个环节 {LEG} 关闭的日期 {CLOSED}。")
    assert made.state() == before
    assert made.open(NEXT, "--date", CLOSED, "--due", CLOSED, "--base", LEG).code == 0


def test_a_leg_that_cannot_be_read_is_not_written_over(made: Campaigning) -> None:
    made.write(f"{FOLDER}/leg.toml", "from = 甲\n")
    made.commit()
    before = made.state()
    for leg in (LEG, NEXT):
        refused(made, made.open(leg), 3, f"{FOLDER}/leg.toml 读不出来。")
    assert made.state() == before


def modified(made: Campaigning) -> None:
    (made.root / DUTY_PATH).write_text(build.duty_text(name="改了"), "utf-8")


def staged(made: Campaigning) -> None:
    modified(made)
    made.git("add", ".")


def untracked(made: Campaigning) -> None:
    made.write(f"{FOLDER}/opinions/x.toml", "")


def untracked_duty(made: Campaigning) -> None:
    made.write(OTHER_PATH, TWO[OTHER_PATH])


def ignored(made: Campaigning) -> None:
    made.write(".git/info/exclude", "opinions/\n")
    untracked(made)


def detached(made: Campaigning) -> None:
    made.git("switch", "--quiet", "--detach")


def merging(made: Campaigning) -> None:
    made.git("switch", "--quiet", "--create", "别处", "HEAD~1")
    made.rename()
    made.git("switch", "--quiet", "main")
    made.git("merge", "--no-commit", "--no-ff", "别处")


def index_locked(made: Campaigning) -> None:
    made.write(".git/index.lock", "")


def branch_locked(made: Campaigning) -> None:
    made.write(".git/refs/heads/main.lock", "")


def no_identity(made: Campaigning) -> None:
    made.git("config", "user.useConfigOnly", "true")


def no_key(made: Campaigning) -> None:
    made.git("config", "commit.gpgsign", "true")
    made.git("config", "gpg.program", "false")


PLACES: dict[str, tuple[Callable[[Campaigning], None], str]] = {
    "modified": (modified, f"有改动还没有提交：{DUTY_PATH}；没有改动任何文件。"),
    "staged": (staged, f"有改动还没有提交：{DUTY_PATH}；没有改动任何文件。"),
    "untracked record": (untracked, f"有改动还没有提交：{FOLDER}/opinions/x.toml；没有改动任何文件。"),
    "untracked duty": (untracked_duty, f"有改动还没有提交：{OTHER_PATH}；没有改动任何文件。"),
    "ignored record": (ignored, f"有改动还没有提交：{FOLDER}/opinions/x.toml；没有改动任何文件。"),
    "detached": (detached, "现在没有在任何分支上（detached HEAD）；没有改动任何文件。"),
    "merging": (merging, "git 的合并或变基还没有完成；没有改动任何文件。"),
    "index locked": (index_locked, "git 仓库正被另一个程序使用（index.lock）；没有改动任何文件。"),
    "branch locked": (branch_locked, "分支 main 刚被别的程序移动或锁住；没有改动任何文件。"),
    "no identity": (no_identity, "git 不知道提交人是谁；没有改动任何文件。"),
    "signing fails": (no_key, "提交没有签成：git commit-tree 失败："),
}


@pytest.mark.parametrize(("spoil", "message"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("closes", [True, False], ids=["close", "open"])
def test_where_no_commit_can_be_made(
    made: Campaigning, spoil: Callable[[Campaigning], None], message: str, closes: bool
) -> None:
    if closes:
        made.open()
    spoil(made)
    before = made.state()
    nobody = {name: "" for name in WHO if name.endswith(("_NAME", "_EMAIL"))} if spoil is no_identity else {}
    words = ("close", LEG, "--date", CLOSED) if closes else ("open", LEG, *OPENING)
    refused(made, made.run("leg", *words, **nobody), 3, message)
    assert made.state() == before
    assert not (made.root / ".git/dutylist/recording").exists()


def test_what_is_untracked_elsewhere_does_not_matter(made: Campaigning) -> None:
    made.write("会议记录.txt", "甲")
    made.write("changelog/.DS_Store", "")
    made.write(".git/info/exclude", ".DS_Store\n*~\n")
    made.write(f"{DUTY_PATH}~", "甲")
    assert made.open().code == 0
    assert (
        made.git("status", "--porcelain") == '?? "\\344\\274\\232\\350\\256\\256\\350\\256\\260\\345\\275\\225.txt"\n'
    )


def test_someone_elses_lock(made: Campaigning) -> None:
    before = made.state()
    with holding(made.root):
        refused(made, made.open(), 3, "清单库正被另一条命令修改；没有改动任何文件。")
    assert made.state() == before
    assert made.open().code == 0


def test_unborn_bare_and_none(made: Campaigning, tmp_path: Path) -> None:
    unborn = Campaigning(tmp_path / "unborn")
    shutil.copytree(made.root, unborn.root, ignore=shutil.ignore_patterns(".git"))
    refused(unborn, unborn.open(), 3, "清单库不在 git 仓库中")
    git(unborn.root, "init", "--quiet")
    refused(unborn, unborn.open(), 3, "当前分支还没有提交。")
    bare = Campaigning(tmp_path / "bare")
    git(tmp_path, "clone", "--quiet", "--bare", str(made.root), str(bare.root))
    refused(bare, bare.open(), 3, "裸仓库里不能关闭或开始环节。")


def test_a_library_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    inside = Campaigning(lay_out(tmp_path / "数据" / "清单库"))
    (tmp_path / "说明.txt").write_text("甲", "utf-8")
    commit_all(tmp_path, "第一版")
    inside.do("campaign", "new", "2025", "--kind", "compilation", "--title", "编制")
    commit_all(tmp_path, "编制")
    # What lies beside the library is nobody's concern, staged or not, and stays as it is.
    (tmp_path / "说明.txt").write_text("乙", "utf-8")
    git(tmp_path, "add", ".")
    assert inside.open().code == 0
    assert inside.close().code == 0
    assert git(tmp_path, "-c", "core.quotePath=false", "status", "--porcelain") == "M  说明.txt\n"
    assert inside.run("audit").code == 0
    changed = git(tmp_path, "-c", "core.quotePath=false", "diff", "--name-only", "HEAD~2", "HEAD").splitlines()
    assert {path.rpartition("/")[0] for path in changed} == {f"数据/清单库/{FOLDER}"}
