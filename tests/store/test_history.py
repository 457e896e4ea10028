"""The history of a duty's files: every state at every commit, wherever they lay, in any kind of repository."""

from pathlib import Path

import pytest

import build
import pasts
from dutylist.errors import DutyListError
from dutylist.model.duty import ReclaimedDuty
from dutylist.model.history import History, Version
from dutylist.model.township import Event
from dutylist.store.history import differs_on_disk, read_history, require_history
from dutylist.store.read import read
from dutylist.store.revision import revision
from repos import git

Commits = dict[str, str]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Commits]:
    """The story in a repository, and its commits."""
    root = tmp_path_factory.mktemp("story")
    return root, pasts.story(root)


def history_of(root: Path, duty: str, name: str = "HEAD") -> History:
    """The history of a duty, with the events of the ledger at that revision."""
    there = revision(root, name)
    return read_history(there, duty, events_at(root, name))


def events_at(root: Path, name: str = "HEAD") -> tuple[Event, ...]:
    """What the ledger says at a revision."""
    ledger = read(revision(root, name))[0].townships[0].ledger
    assert ledger
    return ledger.value.events


def words(history: History, commits: Commits) -> list[str]:
    """The commits of a history by their words."""
    names = {commit: word for word, commit in commits.items()}
    return [names[moment.commit.id] for moment in history.moments]


def test_every_commit_that_touched_a_relative(repository: tuple[Path, Commits]) -> None:
    root, commits = repository
    every = words(history_of(root, "ex-0013"), commits)
    assert set(every) == set(commits) - {"bystander"}
    # The newest first, and none before what came of it.
    assert (every[0], every[-1]) == ("join", "start")
    assert sorted(every[1:3]) == ["branch", "main"]
    assert words(history_of(root, "ex-0001"), commits) == ["bystander", "start"]


def test_the_state_at_every_commit_is_what_git_holds_there(repository: tuple[Path, Commits]) -> None:
    root, _ = repository
    history = history_of(root, "ex-0013")
    assert history.moments
    for moment in history.moments:
        library, _ = read(revision(root, moment.commit.id))
        there = {record.value.id: record for _, record in library.duties() if record.value.id != "ex-0001"}
        good = {duty: version for duty, version in moment.versions.items() if version.fault is None}
        assert {duty: (version.path, version.duty) for duty, version in good.items()} == {
            duty: (record.path, record.value) for duty, record in there.items()
        }


def test_parents_are_the_nearest_commits_that_touched_it(repository: tuple[Path, Commits]) -> None:
    root, commits = repository
    history = history_of(root, "ex-0013")
    names = {commit: word for word, commit in commits.items()}
    parents = {
        names[moment.commit.id]: [names[parent.commit.id] for parent in history.parents(moment)]
        for moment in history.moments
    }
    assert parents["fee"] == ["edit"]
    assert parents["start"] == []
    assert parents["join"] == ["main", "branch"]
    assert parents["main"] == parents["branch"] == ["retire"]


def test_who_when_and_why(repository: tuple[Path, Commits]) -> None:
    root, commits = repository
    commit = history_of(root, "ex-0013").by_commit[commits["edit"]].commit
    assert (commit.author, commit.date, commit.day) == ("编辑甲", "2025-01-03T09:00:00+08:00", "2025-01-03")
    assert (commit.subject, commit.cause) == ("按新规定修改", "law: 农村供水条例")
    assert commits["edit"].startswith(commit.short)
    assert history_of(root, "ex-0013").by_commit[commits["start"]].commit.cause is None


def test_several_causes_stand_in_one_line(tmp_path: Path) -> None:
    message = "改\n\nCause: law: 甲\n  乙\nCause: reform\n"
    pasts.commit(tmp_path, 1, message, {build.DUTY_PATH: build.duty_text(), pasts.LEDGER: pasts.ledger()})
    assert history_of(tmp_path, "ex-0001").moments[0].commit.cause == "law: 甲 乙；reform"


def test_a_version_that_cannot_be_read_stands_for_the_one_before(repository: tuple[Path, Commits]) -> None:
    root, commits = repository
    history = history_of(root, "ex-0013")
    broken = history.by_commit[commits["break"]].versions["ex-0013"]
    assert broken.fault == "留有 git 冲突标记 <<<<<<<；请选定一方，删去标记后再提交。"
    before = history.by_commit[commits["reclaim"]].versions["ex-0013"]
    assert isinstance(broken.duty, ReclaimedDuty)
    assert broken.duty == before.duty


BROKEN: dict[str, tuple[bytes, str]] = {
    "no TOML": (b'name = "', "TOML 语法错误"),
    "no duty": (b"a = 1\n", "缺少"),
    "no UTF-8": (b"name = '\xff'\n", "不是 UTF-8 编码"),
    "too large": (b"#" * (1 << 20) + b"#", "文件超过 1,048,576 字节。"),
    "empty": (b"", "缺少"),
}


@pytest.mark.parametrize(("content", "fault"), BROKEN.values(), ids=BROKEN.keys())
def test_what_never_could_be_read_has_no_value(content: bytes, fault: str, tmp_path: Path) -> None:
    pasts.commit(tmp_path, 1, "坏的", {build.DUTY_PATH: content, pasts.LEDGER: pasts.ledger()})
    version = history_of(tmp_path, "ex-0001").moments[0].versions["ex-0001"]
    assert version.duty is None
    assert fault in str(version.fault)
    assert history_of(tmp_path, "ex-0001").latest is None


def test_a_link_is_no_file(tmp_path: Path) -> None:
    pasts.commit(tmp_path, 1, "文件", {build.DUTY_PATH: build.duty_text(), pasts.LEDGER: pasts.ledger()})
    (tmp_path / build.DUTY_PATH).unlink()
    (tmp_path / build.DUTY_PATH).symlink_to("../township.toml")
    pasts.commit(tmp_path, 2, "链接", {})
    history = history_of(tmp_path, "ex-0001")
    now, was = (moment.versions["ex-0001"] for moment in history.moments)
    assert (now.fault, now.duty) == ("这里不是普通文件。", was.duty)


def test_the_name_of_the_file_is_the_id(tmp_path: Path) -> None:
    copied = f"{pasts.PARTY}/ex-0002.toml"
    pasts.commit(tmp_path, 1, "抄来的", {copied: build.duty_text(id="ex-0001"), pasts.LEDGER: pasts.ledger()})
    version = history_of(tmp_path, "ex-0002").moments[0].versions["ex-0002"]
    assert version.duty == build.duty(id="ex-0002")


def test_of_two_files_of_one_name_the_first_path_counts(tmp_path: Path) -> None:
    files = {f"{folder}/ex-0001.toml": build.duty_text(name=folder) for folder in (pasts.PARTY, pasts.ECONOMY)}
    pasts.commit(tmp_path, 1, "两份", {**files, pasts.LEDGER: pasts.ledger()})
    assert history_of(tmp_path, "ex-0001").moments[0].versions["ex-0001"].path == f"{pasts.PARTY}/ex-0001.toml"


def paths(history: History) -> list[dict[str, str]]:
    """Where the files lay at each commit."""
    return [{duty: version.path for duty, version in moment.versions.items()} for moment in history.moments]


def test_deep_in_a_larger_repository_below_a_folder_with_a_strange_name(tmp_path: Path) -> None:
    plain, deep = tmp_path / "plain", tmp_path / "large" / "数据[1]*" / "清单库"
    plain.mkdir()
    deep.mkdir(parents=True)
    git(tmp_path / "large", "init", "--quiet", "--initial-branch=main")
    (tmp_path / "large" / "数据1" / "清单库" / pasts.PARTY).mkdir(parents=True)
    (tmp_path / "large" / "数据1" / "清单库" / pasts.PARTY / "ex-0013.toml").write_text("别处的", "utf-8")
    for root in (plain, deep):
        pasts.story(root)
    assert paths(history_of(deep, "ex-0013")) == paths(history_of(plain, "ex-0013"))


def test_in_a_bare_repository_and_with_a_detached_head(repository: tuple[Path, Commits], tmp_path: Path) -> None:
    root, commits = repository
    bare, detached = tmp_path / "bare.git", tmp_path / "detached"
    git(root, "clone", "--quiet", "--bare", str(root), str(bare))
    git(root, "clone", "--quiet", str(root), str(detached))
    git(detached, "checkout", "--quiet", commits["split"])
    require_history(bare, "HEAD")
    require_history(detached, "HEAD")
    assert history_of(bare, "ex-0013") == history_of(root, "ex-0013")
    assert history_of(detached, "ex-0013") == history_of(root, "ex-0013", commits["split"])


def test_a_duty_that_only_a_branch_had(tmp_path: Path) -> None:
    pasts.commit(tmp_path, 1, "开始", {build.DUTY_PATH: build.duty_text(), pasts.LEDGER: pasts.ledger()})
    git(tmp_path, "checkout", "--quiet", "-b", "branch")
    path = f"{pasts.PARTY}/ex-0014.toml"
    came = pasts.commit(tmp_path, 2, "新增", {path: build.duty_text(id="ex-0014")})
    went = pasts.commit(tmp_path, 3, "废止", {path: None, pasts.LEDGER: pasts.ledger(pasts.RETIRE)})
    git(tmp_path, "checkout", "--quiet", "main")
    pasts.commit(tmp_path, 4, "主干", {"说明.txt": "一"})
    git(tmp_path, "merge", "--quiet", "--no-ff", "branch")
    history = history_of(tmp_path, "ex-0014")
    assert [moment.commit.id for moment in history.moments] == [went, came]
    assert not history.is_there
    assert history.latest
    assert history.latest.commit.id == came


def test_settings_of_the_user_do_not_change_what_is_read(
    repository: tuple[Path, Commits], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = repository
    expected = history_of(root, "ex-0013")
    config = tmp_path / "gitconfig"
    config.write_text(
        "[log]\nshowRoot = false\nshowSignature = true\ndecorate = full\ndate = relative\nabbrevCommit = true\n"
        "follow = true\ndiffMerges = separate\n[diff]\nrenames = copies\nrelative = true\nnoprefix = true\n"
        "[color]\nui = always\n[core]\nquotePath = true\nabbrev = 5\n[i18n]\nlogOutputEncoding = GBK\n"
        "[format]\npretty = oneline\n[notes]\ndisplayRef = *\n",
        "utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    assert history_of(root, "ex-0013") == expected


def test_the_work_tree_is_compared_with_the_revision(tmp_path: Path) -> None:
    root = tmp_path
    pasts.story(root)
    there = revision(root, "HEAD")
    assert not differs_on_disk(there, "ex-0013")
    path = root / pasts.ECONOMY / "ex-0013.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("农村供水", "城乡供水"), "utf-8")
    assert differs_on_disk(there, "ex-0013")
    assert not differs_on_disk(there, "ex-0001")
    path.unlink()
    assert differs_on_disk(there, "ex-0013")


def test_a_history_that_was_cut_is_refused(repository: tuple[Path, Commits], tmp_path: Path) -> None:
    root, _ = repository
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{root}", str(shallow))
    with pytest.raises(DutyListError) as caught:
        require_history(shallow, "HEAD")
    assert "git fetch --unshallow" in caught.value.hint
    git(shallow, "fetch", "--quiet", "--unshallow")
    require_history(shallow, "HEAD")


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    with pytest.raises(DutyListError) as caught:
        require_history(tmp_path, "HEAD")
    assert (caught.value.message, caught.value.exit_code) == ("清单库不在 git 仓库中，没有历史。", 3)
    git(tmp_path, "init", "--quiet")
    with pytest.raises(DutyListError) as caught:
        require_history(tmp_path, "HEAD")
    assert caught.value.message == "当前分支还没有提交，没有历史。"


def test_a_duty_that_no_commit_knows(repository: tuple[Path, Commits]) -> None:
    root, _ = repository
    assert history_of(root, "ex-9999") == History("ex-9999", (), ())
    assert history_of(root, "*") == History("*", (), ())


def test_versions_are_equal_where_the_file_is(repository: tuple[Path, Commits]) -> None:
    root, commits = repository
    history = history_of(root, "ex-0013")
    edit, fee = (history.by_commit[commits[word]].versions for word in ("edit", "fee"))
    assert isinstance(edit["ex-0013"], Version)
    assert edit["ex-0013"] == fee["ex-0013"]
    assert edit["ex-0012"] != fee["ex-0012"]
