"""A duty's life: which commits are told, and of each what it did to the duty or to what the duty was made of."""

from pathlib import Path

import pytest

import pasts
from dutylist.compare.life import life
from dutylist.model.history import Chapter
from dutylist.store.history import read_history
from dutylist.store.read import read
from dutylist.store.revision import revision
from repos import git

Told = dict[str, list[tuple[str, str | None]]]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The story in a repository, and its commits."""
    root = tmp_path_factory.mktemp("story")
    return root, pasts.story(root)


def chapters(root: Path, duty: str, name: str = "HEAD") -> list[Chapter]:
    """The life of a duty, newest first."""
    there = revision(root, name)
    library, _ = read(there)
    ledger = library.townships[0].ledger
    return list(life(read_history(there, duty, ledger.value.events if ledger else ()), library))


def told(root: Path, commits: dict[str, str], duty: str, name: str = "HEAD") -> Told:
    """The changes of each chapter as kind and duty, by the word of its commit."""
    words = {commit: word for word, commit in commits.items()}
    return {
        words[chapter.commit.id]: [(change.kind.value, change.duty) for change in chapter.changes]
        for chapter in chapters(root, duty, name)
    }


SURVIVOR: Told = {
    "join": [("clause-revised", "ex-0013")],
    "branch": [("clause-revised", "ex-0013")],
    "main": [("clause-added", "ex-0013")],
    "revert": [("clause-revised", "ex-0013")],
    "mend": [("clause-revised", "ex-0013")],
    "break": [],
    "reclaim": [("reclassified", "ex-0013")],
    "split": [("clause-removed", "ex-0013"), ("split", "ex-0014")],
    "merge": [("merged", "ex-0012"), ("clause-added", "ex-0013")],
    "move": [("recategorised", "ex-0013")],
    "fee": [("clause-revised", "ex-0012")],
    "edit": [("clause-revised", "ex-0013")],
    "other": [("added", "ex-0012")],
    "start": [("added", "ex-0013")],
}


def ordered(found: Told) -> Told:
    """The same with the changes of each chapter in one order."""
    return {word: sorted(changes, key=str) for word, changes in found.items()}


def test_of_a_duty_that_others_were_merged_into(repository: tuple[Path, dict[str, str]]) -> None:
    assert ordered(told(*repository, "ex-0013")) == ordered(SURVIVOR)


def test_of_a_duty_that_was_split_off_and_retired(repository: tuple[Path, dict[str, str]]) -> None:
    found = ordered(told(*repository, "ex-0014"))
    before = {word: changes for word, changes in SURVIVOR.items() if word in list(SURVIVOR)[8:]}
    split: list[tuple[str, str | None]] = [("clause-removed", "ex-0013"), ("split", "ex-0014")]
    assert found == ordered({"retire": [("retired", "ex-0014")], "split": split, **before})


def test_of_a_duty_that_was_merged_away(repository: tuple[Path, dict[str, str]]) -> None:
    assert told(*repository, "ex-0012") == {
        "merge": [("merged", "ex-0012")],
        "fee": [("clause-revised", "ex-0012")],
        "other": [("added", "ex-0012")],
    }


def test_events_stand_where_they_happened(repository: tuple[Path, dict[str, str]]) -> None:
    root, commits = repository
    words = {commit: word for word, commit in commits.items()}
    for duty, expected in {
        "ex-0012": {"merge": ["同属供水"]},
        "ex-0013": {"merge": ["同属供水"], "split": ["水费另行办理"]},
        "ex-0014": {"merge": ["同属供水"], "split": ["水费另行办理"], "retire": ["水费不再由乡镇代收"]},
    }.items():
        found = {words[one.commit.id]: [event.reason for event in one.events] for one in chapters(root, duty)}
        assert {word: reasons for word, reasons in found.items() if reasons} == expected


def test_at_an_older_revision_what_came_later_is_not_told(repository: tuple[Path, dict[str, str]]) -> None:
    root, commits = repository
    assert list(told(root, commits, "ex-0013", commits["move"])) == ["move", "edit", "start"]


def test_a_file_that_cannot_be_read_is_said_as_such(repository: tuple[Path, dict[str, str]]) -> None:
    root, commits = repository
    unread = {chapter.commit.id: chapter.unread for chapter in chapters(root, "ex-0013") if chapter.unread}
    assert [(commit, [one.path for one in versions]) for commit, versions in unread.items()] == [
        (commits["break"], [f"{pasts.ECONOMY}/ex-0013.toml"])
    ]


def test_a_file_that_stays_broken_is_said_once(tmp_path: Path) -> None:
    here, other = f"{pasts.PARTY}/ex-0013.toml", f"{pasts.PARTY}/ex-0012.toml"
    fee = pasts.water("收费。", id="ex-0012")
    pasts.commit(tmp_path, 1, "起草", {here: pasts.water("甲。"), other: fee, pasts.LEDGER: pasts.ledger()})
    pasts.commit(tmp_path, 2, "改坏", {here: "坏"})
    pasts.commit(tmp_path, 3, "改另一项", {other: fee.replace("收费", "按月收费")})
    merged = {here: pasts.water("甲。", "按月收费。"), other: None, pasts.LEDGER: pasts.ledger(pasts.MERGE)}
    pasts.commit(tmp_path, 4, "合并", merged)
    found = [(chapter.commit.subject, len(chapter.unread)) for chapter in chapters(tmp_path, "ex-0013")]
    assert found == [("合并", 0), ("改另一项", 0), ("改坏", 1), ("起草", 0)]


def test_a_merge_that_changed_nothing_itself_is_not_told(tmp_path: Path) -> None:
    path = f"{pasts.PARTY}/ex-0013.toml"
    pasts.commit(tmp_path, 1, "起草", {path: pasts.water("甲；", "乙。"), pasts.LEDGER: pasts.ledger()})
    git(tmp_path, "checkout", "--quiet", "-b", "branch")
    pasts.commit(tmp_path, 2, "分支", {path: pasts.water("甲；", "乙二。")})
    git(tmp_path, "checkout", "--quiet", "main")
    pasts.commit(tmp_path, 3, "主干", {path: pasts.water("甲一；", "乙。")})
    pasts.merge_branch(tmp_path, "branch", 4, {path: pasts.water("甲一；", "乙二。")}, "并入")
    assert {chapter.commit.subject for chapter in chapters(tmp_path, "ex-0013")} == {"起草", "分支", "主干"}


def test_a_commit_that_only_wrote_it_otherwise_is_told(tmp_path: Path) -> None:
    path = f"{pasts.PARTY}/ex-0013.toml"
    pasts.commit(tmp_path, 1, "起草", {path: pasts.water("甲。"), pasts.LEDGER: pasts.ledger()})
    pasts.commit(tmp_path, 2, "换行", {path: pasts.water("甲。").replace("\n", "\r\n")})
    found = chapters(tmp_path, "ex-0013")
    assert [(chapter.commit.subject, len(chapter.changes)) for chapter in found] == [("换行", 0), ("起草", 1)]


def test_a_township_that_is_called_otherwise(tmp_path: Path) -> None:
    old, new = (f"duties/{name}/党的建设/ex-0013.toml" for name in ("示例乡", "示例镇"))
    books = {"duties/示例乡/ledger.toml": pasts.ledger()}
    pasts.commit(tmp_path, 1, "起草", {old: pasts.water("甲。"), **books})
    pasts.commit(
        tmp_path,
        2,
        "撤乡设镇",
        {old: None, **dict.fromkeys(books), new: pasts.water("甲。"), pasts.LEDGER: pasts.ledger()},
    )
    found = chapters(tmp_path, "ex-0013")
    assert [(chapter.commit.subject, chapter.moved) for chapter in found] == [("撤乡设镇", (old, new)), ("起草", None)]
    assert found[0].changes == ()
