"""三上三下 from the first submission to the sealed record, and an admission afterwards: played once, read whole."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command import tree
from compilation import ADMISSION, LEGS, Compilation, begun, played, tags
from dutylist import contract
from editor import tombi
from repos import git

DIGEST = re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}…")
EVERY = [f"2025/{leg}" for leg in LEGS] + [f"2026-准入/{leg}" for leg in ADMISSION]


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Compilation:
    """The script, played to its end."""
    return played(tmp_path_factory.mktemp("编制"))


def plain(text: str) -> str:
    """A report without digests, which hang on the version of the tool and its rules."""
    return DIGEST.sub("⟨摘要⟩", text)


@pytest.mark.parametrize("leg", EVERY)
@pytest.mark.parametrize("name", ["report.md", "report.json"])
def test_the_reports(play: Compilation, leg: str, name: str, golden: Callable[[str, str], None]) -> None:
    text = (play.root / "changelog" / leg / name).read_text("utf-8")
    golden(f"compilation/{leg.replace('/', '-')}.{name.rpartition('.')[2]}", plain(text))


def test_the_page_with_everything_in_it(play: Compilation, golden: Callable[[str, str], None]) -> None:
    golden("compilation/2025-1-down.html", plain((play.root / "changelog/2025/1-down/report.html").read_text("utf-8")))


def test_playing_it_again_gives_the_same_bytes(play: Compilation, tmp_path: Path) -> None:
    again = played(tmp_path / "另一处")
    assert tree(again.root / "changelog") == tree(play.root / "changelog")


def test_every_leg_has_a_commit_and_a_tag(play: Compilation) -> None:
    assert sorted(tags(play)) == sorted(EVERY)
    told = git(play.root, "log", "--reverse", "--format=%s", "--grep=^关闭环节").splitlines()
    assert [line.split()[1].partition("（")[0] for line in told] == EVERY
    assert git(play.root, "status", "--porcelain") == ""


def test_everything_is_proved(play: Compilation) -> None:
    told = json.loads(play.do("audit", "--format", "json").out)
    assert [(leg["leg"], leg["reports"], leg["proved"]) for leg in told["legs"]] == [
        (leg, "remade", True) for leg in EVERY
    ]
    assert {one["code"] for one in told["findings"]} == {"AU010"}


def test_the_library_is_in_order(play: Compilation) -> None:
    told = json.loads(play.do("check", "--format", "json").out)
    assert [one["code"] for one in told["findings"]] == ["CS004"]


def test_the_editor_finds_every_record_valid_and_formats_nothing(play: Compilation, tmp_path: Path) -> None:
    shutil.copytree(play.root / "changelog", tmp_path / "changelog")
    for name, text in contract.files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for asked in (("lint",), ("format", "--check")):
        done = tombi(tmp_path, *asked, "changelog")
        assert done.returncode == 0, done.stdout + done.stderr


def test_who_was_silent(play: Compilation) -> None:
    silent = {leg: _leg(play.root, leg).get("silent", []) for leg in EVERY}
    assert silent["2025/1-down"] == ["示例市民政局"]
    assert silent["2025/2-down"] == ["示例市水利局", "示例市公安局"]
    assert silent["2025/3-down"] == ["示例市水利局", "示例市公安局", "示例市民政局"]
    assert silent["2026-准入/confer"] == ["示例市公安局"]


def test_every_change_says_why(play: Compilation) -> None:
    for leg in EVERY:
        told = json.loads((play.root / "changelog" / leg / "report.json").read_text("utf-8"))
        changes = told["changes"]["changes"]
        assert [one["duty"] for one in changes if one["weight"] == "substantive" and not one["cause"]] == [], leg


def test_where_the_chain_begins_and_ends(play: Compilation) -> None:
    previous = [_leg(play.root, leg)["seal"].get("previous", []) for leg in EVERY]
    assert previous == [[], *([leg] for leg in EVERY[:-1])]


def _leg(root: Path, leg: str) -> dict[str, Any]:
    import tomli

    return tomli.loads((root / "changelog" / leg / "leg.toml").read_text("utf-8"))


def test_a_duty_tells_in_which_leg_and_on_whose_word_it_was_changed(play: Compilation) -> None:
    told = json.loads(play.do("log", "ex-0003", "--format", "json").out)["entries"]
    assert [(one["leg"], [said["author"] for said in one["opinions"]]) for one in told] == [
        ("2025/1-down", ["示例市水利局", "示例市水利局"]),
        ("2025/1-down", ["示例市水利局", "示例市水利局"]),
        (None, []),
    ]


def test_a_text_tells_since_which_opinion_it_stands(play: Compilation) -> None:
    told = json.loads(play.do("blame", "ex-0007", "--format", "json").out)["lines"]
    by_leg = {one["text"]: (one["leg"], [said["text"] for said in one["opinions"]]) for one in told}
    assert by_leg["流动人口信息采集"] == ("2026-准入/apply", [])
    assert by_leg["每年协助采集流动人口信息1次。"] == ("2026-准入/confer", ["采集次数要写明，不能随时加码"])


def test_an_open_leg_holds_what_was_committed_since(tmp_path: Path) -> None:
    play = begun(tmp_path)
    play.edit("ex-0003", "农村供水保障工作", "农村供水工作")
    play.commit("开始之前")
    play.open("2025/1-up", "示例镇", "示例市委编办", "2025-03-10")
    play.edit("ex-0003", "农村供水工作", "农村安全供水工作")
    play.commit("开始之后")
    told = json.loads(play.do("log", "ex-0003", "--format", "json").out)["entries"]
    assert [(one["subject"], one["leg"]) for one in told] == [
        ("开始之后", "2025/1-up"),
        ("开始之前", None),
        ("第一稿", None),
    ]
