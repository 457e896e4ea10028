"""`blame`: each printed text with the commit since which it stands, as it is shown and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

import pasts
from command import Done, run
from dutylist.contract import schema_text
from dutylist.model.text import cells
from process import on_terminal
from repos import git

Golden = Callable[[str, str], None]
SCHEMA = json.loads(schema_text("blame.schema.json"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The story in a repository, and its commits."""
    root = tmp_path_factory.mktemp("story")
    return root, pasts.story(root)


@pytest.mark.parametrize("duty", ["ex-0012", "ex-0013", "ex-0014"])
def test_every_text(duty: str, story: tuple[Path, dict[str, str]], golden: Golden) -> None:
    done = run(story[0], "blame", duty)
    assert (done.code, done.err) == (0, "")
    golden(f"commands/blame-{duty}.txt", done.out)


def test_json_is_the_same_for_programs(story: tuple[Path, dict[str, str]], golden: Golden) -> None:
    text = run(story[0], "blame", "ex-0013", "--format", "json").out
    jsonschema.validate(json.loads(text), SCHEMA)
    golden("commands/blame-ex-0013.json", text)


ORIGINS = {
    "start": [
        ("制定方案；", "start", "ex-0013"),
        ("开展监督。", "start", "ex-0013"),
        ("做好宣传。", "start", "ex-0013"),
    ],
    "move": [("制定方案；", "start", "ex-0013"), ("每年开展两次监督。", "edit", "ex-0013")],
    "merge": [("每年开展两次监督。", "edit", "ex-0013"), ("按月收取水费。", "fee", "ex-0012")],
    "reclaim": [("制定方案；", "start", "ex-0013"), ("每年开展两次监督。", "edit", "ex-0013")],
    "break": [("制定方案；", "start", "ex-0013"), ("每年开展两次监督。", "edit", "ex-0013")],
    "mend": [("制定方案；", "start", "ex-0013"), ("每年开展四次监督。", "mend", "ex-0013")],
    "revert": [("制定方案；", "start", "ex-0013"), ("每年开展两次监督。", "revert", "ex-0013")],
    "join": [
        ("制定并公布方案；", "branch", "ex-0013"),
        ("每年开展两次监督。", "revert", "ex-0013"),
        ("及时公布结果。", "join", "ex-0013"),
    ],
}


@pytest.mark.parametrize(("word", "expected"), ORIGINS.items(), ids=ORIGINS.keys())
def test_at_each_commit(word: str, expected: list[tuple[str, str, str]], story: tuple[Path, dict[str, str]]) -> None:
    root, commits = story
    words = {commit: name for name, commit in commits.items()}
    lines = json.loads(run(root, "blame", "ex-0013", "--format", "json", "--revision", commits[word]).out)["lines"]
    found = {line["text"]: (words[line["commit"]], line["duty"]) for line in lines}
    assert {text: found.get(text) for text, _, _ in expected} == {text: (at, duty) for text, at, duty in expected}


def test_what_came_of_a_split_is_told_from_the_beginning(story: tuple[Path, dict[str, str]]) -> None:
    root, commits = story
    words = {commit: name for name, commit in commits.items()}
    lines = json.loads(run(root, "blame", "ex-0014", "--format", "json").out)["lines"]
    found = {line["text"]: (words[line["commit"]], line["duty"]) for line in lines}
    # The fee was ex-0012's, then ex-0013's by the merge, then ex-0014's by the split, which is retired since.
    assert found["按月收取水费。"] == ("fee", "ex-0012")
    assert found["水费"] == ("split", "ex-0014")
    assert found["做好宣传。"] == ("start", "ex-0013")


def test_the_width_of_a_terminal(story: tuple[Path, dict[str, str]]) -> None:
    shown = on_terminal(story[0], 60, "blame", "ex-0013", NO_COLOR="1")
    assert max(cells(line) for line in shown.splitlines()) <= 60
    assert "\x1b[33m" in on_terminal(story[0], 60, "blame", "ex-0013")


def test_a_bare_repository(story: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    git(story[0], "clone", "--quiet", "--bare", str(story[0]), str(tmp_path / "bare.git"))
    assert run(tmp_path / "bare.git", "blame", "13") == run(story[0], "blame", "13")


def test_a_duty_that_was_never_readable(tmp_path: Path) -> None:
    path = f"{pasts.PARTY}/ex-0013.toml"
    pasts.commit(tmp_path, 1, "坏的", {path: b'name = "', pasts.LEDGER: pasts.ledger()})
    done = run(tmp_path, "blame", "ex-0013")
    assert (done.code, done.out) == (0, "ex-0013  （从未读出来）\n")
    assert done.err.startswith(f"{path} 在这个版本里读不出来")


def test_a_number_alone_that_two_townships_have(tmp_path: Path) -> None:
    for name, prefix in (("甲镇", "ja"), ("乙镇", "yi")):
        folder = f"duties/{name}"
        text = pasts.water("甲。", id=f"{prefix}-0013")
        pasts.commit(
            tmp_path, 1, name, {f"{folder}/党的建设/{prefix}-0013.toml": text, f"{folder}/ledger.toml": "next = 14\n"}
        )
    assert run(tmp_path, "blame", "13") == Done(
        2,
        "",
        "错误：13 可以指几项事项：duties/乙镇/党的建设/yi-0013.toml、duties/甲镇/党的建设/ja-0013.toml。\n"
        "提示：请把编号写全，或用 --township 指定乡镇。\n",
    )
    assert run(tmp_path, "blame", "13", "--township", "甲镇").out.startswith("ja-0013  农村供水\n")
    assert run(tmp_path, "blame", "13", "--township", "丙镇").code == 2
    assert run(tmp_path, "blame", "ja-0013", "--township", "甲镇").code == 0
    assert run(tmp_path, "blame", "ja-0013", "--township", "乙镇").err == (
        "错误：历史中从来没有编号为 ja-0013 的事项。\n提示：是不是 yi-0013？\n"
    )
