"""How a leg stands, at each stage of its life."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from campaigning import ASKED, CLOSED, FOLDER, LEG, OPENED, OPENING, TWO, Campaigning, begun, opened
from process import on_terminal

SCHEMA = Path(__file__).parents[2] / "schema" / "leg-status.schema.json"
DAY = ("--date", "2025-03-12")


def in_work(root: Path) -> Campaigning:
    """A leg with opinions in every state, and changes with and without a cause."""
    made = opened(root, TWO, "--consult", "示例市公安局")
    made.opinion(1, verdict="adopted")
    made.opinion(2, verdict="disputed", reason="等三定方案", text="建议转为配合事项。")
    made.opinion(3, duty="ex-0002", text="建议删去。")
    made.opinion(4, duty="ex-0002", verdict="adopted", text="建议改名。")
    made.rename()
    return made


def finished(root: Path) -> Campaigning:
    """A leg that is closed."""
    made = opened(root)
    made.opinion(1, verdict="adopted")
    made.rename()
    assert made.close().code == 0
    return made


def imported(root: Path) -> Campaigning:
    """A leg from before there was a library."""
    made = begun(root)
    made.do("leg", "open", LEG, *OPENING[:4], "--date", OPENED, "--imported")
    assert made.close().code == 0
    return made


STAGES: dict[str, Callable[[Path], Campaigning]] = {
    "waiting": begun,
    "open": in_work,
    "closed": finished,
    "imported": imported,
}


@pytest.mark.parametrize("stage", STAGES)
def test_text_and_json(tmp_path: Path, golden: Callable[[str, str], None], stage: str) -> None:
    made = STAGES[stage](tmp_path)
    before = made.state()
    golden(f"commands/leg-status-{stage}.txt", made.without_digests(made.do("leg", "status", LEG, *DAY).out))
    view = json.loads(made.do("leg", "status", LEG, *DAY, "--format", "json").out)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(view)
    assert made.state() == before


def test_what_blocks_is_what_refuses(tmp_path: Path) -> None:
    made = in_work(tmp_path)
    blocking = [(one["code"], one["path"]) for one in made.status()["findings"] if one["blocks"]]
    assert sorted(code for code, _ in blocking) == ["CS003", "CS003", "CS011"]
    refused = made.close().err.splitlines()[:-2]
    assert sorted(line.partition(":")[0] for line in refused) == sorted(path for _, path in blocking)


def test_the_only_open_leg_need_not_be_named(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert made.do("leg", "status", *DAY).out == made.do("leg", "status", LEG, *DAY).out
    assert made.close().code == 0
    done = made.run("leg", "status")
    assert (done.code, done.err.splitlines()[0]) == (2, "错误：没有正在进行的环节。")


def test_days(tmp_path: Path) -> None:
    made = opened(tmp_path)
    said = {day: made.do("leg", "status", "--date", day).out.splitlines()[1] for day in ("2025-03-15", CLOSED)}
    assert said == {"2025-03-15": "正在进行，今天截止", CLOSED: "正在进行，已过期 1 天"}


def test_on_a_narrow_terminal_and_in_a_pipe(tmp_path: Path) -> None:
    made = in_work(tmp_path)
    shown = on_terminal(tmp_path, 40, "leg", "status", *DAY, NO_COLOR="1").splitlines()
    ids = ("changelog/", "2025-1-up-")
    wide = [line for line in shown if sum(2 if ord(one) > 0x2E7F else 1 for one in line) > 40]
    assert [line for line in wide if not any(name in line for name in ids)] == []
    coloured = on_terminal(tmp_path, 100, "leg", "status", *DAY, NO_COLOR="")
    assert "\x1b[" not in made.do("leg", "status", *DAY).out
    assert coloured.count("\n") > 10


def test_a_base_that_history_has_lost(tmp_path: Path) -> None:
    made = opened(tmp_path)
    path = made.root / FOLDER / "leg.toml"
    path.write_text(re.sub('base = "....', 'base = "0000', path.read_text("utf-8")), "utf-8")
    made.commit("改了基准")
    done = made.run("leg", "status", LEG)
    assert (done.code, done.err.splitlines()[0]) == (3, f"错误：历史中找不到环节 {LEG} 开始时的状态。")


def test_a_duty_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    made = opened(tmp_path)
    made.write("duties/示例镇/党的建设/ex-0001.toml", "id = \n")
    done = made.run("leg", "status", LEG)
    assert done.code == 3
    assert "错误：当前文件有 1 个文件读不出来，不能比较。" in done.err


def test_who_has_answered(tmp_path: Path) -> None:
    made = opened(tmp_path, None, "--consult", "示例市公安局")
    assert made.status()["silent"] == [ASKED, "示例市公安局"]
    made.opinion(1, author="市水利局")
    assert made.status()["silent"] == ["示例市公安局"]
