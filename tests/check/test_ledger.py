"""ID: the numbers given out; each rule in both directions."""

import pytest

from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from dutylist.check.ledger import RULES
from dutylist.store.snapshot import Link
from rulecases import HOME, SECOND, Case, Changes, Found, ids, ledger, one_sided, verify


def event(kind: str, origin: str, into: str) -> str:
    return f'kind = "{kind}"\nfrom = [{origin}]\ninto = [{into}]\nreason = "同属一个流程"\n'


SECOND_DUTY = {SECOND: duty_text(id="ex-0002", position=20, name="征兵")}

CASES: list[Case] = [
    ("ID005", ledger(5), [(LEDGER_PATH, "next", "ex-0002 至 ex-0004")]),
    (
        "ID005",
        {f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", position=20), **ledger(5)},
        [(LEDGER_PATH, "next", " ex-0002 没有"), (LEDGER_PATH, "next", " ex-0004 没有")],
    ),
    ("ID005", ledger(3, event("split", '"ex-0001", "ex-0002"', '"ex-0001"')), []),
    ("ID005", {SECOND: 'name = "', **ledger(3)}, []),
    ("ID005", {SECOND: Link("ex-0001.toml"), **ledger(3)}, []),
    ("ID005", {LEDGER_PATH: None}, []),
    ("ID005", {DUTY_PATH: None, TOWNSHIP_PATH: township_text(), **ledger(1)}, []),
    ("ID006", ledger(2, event("retire", '"ex-0007"', "")), [(LEDGER_PATH, "events[0].from[0]", "从未给出")]),
    ("ID006", ledger(2, event("merge", '"ot-0001"', '"ex-0001"')), [(LEDGER_PATH, "events[0].from[0]", "ot-0001")]),
    (
        "ID006",
        ledger(4, event("retire", '"ex-0003"', ""), event("merge", '"ex-0003"', '"ex-0001", "ex-0002"')),
        [(LEDGER_PATH, "events[1].into[1]", "ex-0002 已经没有文件")],
    ),
    (
        "ID006",
        ledger(4, event("merge", '"ex-0003"', '"ex-0002"'), event("retire", '"ex-0002"', "")),
        [],
    ),
    ("ID006", {SECOND: 'name = "', **ledger(4, event("split", '"ex-0003"', '"ex-0001", "ex-0002"'))}, []),
    ("ID007", {**SECOND_DUTY, **ledger(2)}, [(LEDGER_PATH, "next", "应为 3")]),
    ("ID007", {SECOND: 'name = "', **ledger(2)}, [(LEDGER_PATH, "next", "应为 3")]),
    ("ID007", {**SECOND_DUTY, **ledger(3)}, []),
    ("ID007", {f"{HOME}/ot-0009.toml": duty_text(id="ot-0009", position=20), **ledger(2)}, []),
    ("ID013", ledger(2, last="ex-0003 做好统计工作"), [(LEDGER_PATH, "last", "应为 ex-0001")]),
    ("ID013", ledger(2, last="ex-00011"), [(LEDGER_PATH, "last", "应为 ex-0001")]),
    ("ID013", ledger(2, last="ex-0001 后来改了名称"), []),
    ("ID013", ledger(2), []),
]


@pytest.mark.parametrize(("code", "changes", "expected"), CASES, ids=ids(CASES))
def test_rule(code: str, changes: Changes, expected: Found) -> None:
    verify(code, changes, expected)


def test_every_rule_is_told_in_both_directions() -> None:
    assert one_sided(RULES, CASES) == set()
