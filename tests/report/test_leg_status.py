"""How a leg stands: whole outputs, the days, what blocks, the next step."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest

import legs
from comparisons import ATTACKS
from dutylist.contract import schema_text
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Verdict
from dutylist.model.finding import Finding, Place, Severity, Spot
from dutylist.model.text import HIDDEN, cells
from dutylist.report.leg_status import as_json, leg_status, text
from dutylist.report.leg_status_parts import LegStatus
from dutylist.report.views import Terminal

SCHEMA = json.loads(schema_text("leg-status.schema.json"))
TODAY = date(2025, 3, 12)
OPEN = Finding(
    "CS003",
    Severity.ERROR,
    Spot("changelog/2025/1-down/opinions/2025-1-down-00000006.toml"),
    "示例市民政局的意见还没有答复；请用 dutylist settle 答复。",
    "0a1b2c3d4e5f",
    place=Place(3, 1, 3, 9),
)
UNCAUSED = replace(
    OPEN,
    code="CS012",
    severity=Severity.WARNING,
    spot=Spot("duties/示例镇/党的建设/ex-0001.toml"),
    message="ex-0001 做好统计工作：改名称 没有依据；请补记意见或 Cause。",
    fingerprint="1a1b2c3d4e5f",
)
SETTLED = [one for one in legs.OPINIONS if one.verdict not in (None, Verdict.DISPUTED)]


def status(folder: LegFolder | None = None, **facts: Any) -> LegStatus:
    """The status of a leg, by default of one with every kind of opinion."""
    folder = folder or legs.leg(*legs.OPINIONS)
    values: dict[str, Any] = {
        "today": TODAY,
        "silent": ("示例市教育局",),
        "findings": (UNCAUSED, OPEN),
        "blocking": (OPEN,),
        "changes": legs.changes().summary,
        "answers": {legs.OPINIONS[3].id: ("aaaaaaaaaaaa", "bbbbbbbbbbbb")},
        "next_leg": "2-up",
    }
    return leg_status(legs.campaign(folder), folder, **(values | facts))


CLEAN: dict[str, Any] = {"findings": (), "blocking": ()}
CLOSED = legs.leg(*SETTLED, closed=date(2025, 3, 20))
WAITING = LegFolder("2025", "2-up", None)
VIEWS: dict[str, Callable[[], LegStatus]] = {
    "open": status,
    "ready": lambda: status(legs.leg(*SETTLED), **CLEAN),
    "closed": lambda: status(CLOSED, **CLEAN),
    "waiting": lambda: status(WAITING, silent=(), changes=None, answers={}, next_leg=None, **CLEAN),
}


@pytest.mark.parametrize("name", VIEWS)
def test_whole_output(golden: Callable[[str, str], None], name: str) -> None:
    view = VIEWS[name]()
    golden(f"leg/status-{name}.txt", text(view, Terminal(80)))
    golden(f"leg/status-{name}.json", as_json(view))


def test_whole_output_in_colour_on_a_narrow_terminal(golden: Callable[[str, str], None]) -> None:
    golden("leg/status-colour.txt", text(status(), Terminal(40, True)))


@pytest.mark.parametrize("name", VIEWS)
def test_json_fits_its_schema(name: str) -> None:
    read = json.loads(as_json(VIEWS[name]()))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid({**read, "days_left": "3"})


@pytest.mark.parametrize(
    ("today", "left", "said"),
    [
        (date(2025, 3, 12), 3, "还剩 3 天"),
        (date(2025, 3, 15), 0, "今天截止"),
        (date(2025, 3, 17), -2, "已过期 2 天"),
    ],
)
def test_the_days(today: date, left: int, said: str) -> None:
    view = status(today=today)
    assert view.days_left == left
    assert f"正在进行，{said}\n" in text(view, Terminal())


def test_days_are_counted_only_while_a_leg_with_a_due_date_is_open() -> None:
    for folder in (CLOSED, WAITING, legs.leg(due=None)):
        assert status(folder).days_left is None


def test_what_blocks_closing_comes_first_and_the_rest_stands_apart() -> None:
    view = status()
    assert [(one.code, one.blocks) for one in view.findings] == [("CS003", True), ("CS012", False)]
    blocks, _, others = text(view, Terminal(200)).partition("妨碍关闭\n")[2].partition("其他问题\n")
    assert "CS003" in blocks
    assert "CS012" not in blocks
    assert "CS012" in others


def test_open_and_disputed_opinions_are_listed_with_their_first_words() -> None:
    long = legs.opinion(7, text="很" * 100)
    view = status(legs.leg(*legs.OPINIONS, long))
    assert [one.id for one in view.unsettled] == [legs.OPINIONS[3].id, legs.OPINIONS[5].id, long.id]
    said = re.sub(r"\s", "", text(view, Terminal()))
    assert "建议转为配合事项。（已有2处对应变化）" in said
    assert f"{'很' * 40}…" in said
    assert "很" * 41 not in said


@pytest.mark.parametrize(
    ("view", "told"),
    [
        (status(), "下一步：dutylist settle 2025/1-down 2025-1-down-00000004 --verdict … --reason …"),
        (status(legs.leg(*SETTLED)), "解决妨碍关闭的 1 个问题之后：dutylist leg close 2025/1-down"),
        (VIEWS["ready"](), "没有答复的单位将记为无意见。下一步：dutylist leg close 2025/1-down"),
        (status(legs.leg(), silent=(), **CLEAN), "下一步：dutylist leg close 2025/1-down"),
        (VIEWS["closed"](), "下一步：dutylist leg open 2025/2-up --from … --to … --due …"),
        (status(CLOSED, next_leg=None), "下一步：dutylist audit"),
        (VIEWS["waiting"](), "下一步：dutylist leg open 2025/2-up --from … --to … --due …"),
    ],
)
def test_the_next_step_is_a_command(view: LegStatus, told: str) -> None:
    assert text(view, Terminal(200)).splitlines()[-1] == told


def test_the_next_leg_that_has_begun_is_looked_at() -> None:
    folder = legs.campaign(CLOSED, legs.leg(name="2-up"))
    made = leg_status(folder, CLOSED, today=TODAY, silent=(), changes=None, answers={}, next_leg="2-up", **CLEAN)
    assert made.next_step == "dutylist leg status 2025/2-up"


def test_an_id_that_a_shell_would_take_apart_is_quoted() -> None:
    odd = legs.opinion(1, id="x; rm -rf ~-00000001")
    view = status(legs.leg(odd))
    assert view.next_step == "dutylist settle 2025/1-down 'x; rm -rf ~-00000001' --verdict … --reason …"


def test_changes_that_cannot_be_compared_or_do_not_add_up_are_said() -> None:
    assert "没有可以比较的基准。" in text(status(changes=None), Terminal())
    none = replace(legs.changes().summary, changes=0, without_cause=0, unclosed=1)
    said = text(status(changes=none), Terminal())
    assert "没有变化。" in said
    assert "账目不平。" in said


@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_stays_text_and_fits(colour: bool) -> None:
    whole = "".join(ATTACKS)
    finding = replace(OPEN, message=whole, spot=Spot(whole))
    folder = legs.leg(*(legs.opinion(at, one, text=one, field=one) for at, one in enumerate(ATTACKS)), sender=whole)
    view = status(folder, silent=ATTACKS, findings=(finding,), blocking=(finding,))
    said = re.sub(r"\x1b\[[\d;]*m", "", text(view, Terminal(50, colour)))
    assert HIDDEN.search(said) is None
    assert max(map(cells, said.splitlines())) <= 50
    assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(as_json(view)))


def test_without_colour_there_are_no_escapes() -> None:
    for view in VIEWS.values():
        assert "\x1b" not in text(view(), Terminal())
    assert "\x1b[" in text(status(), Terminal(80, True))
