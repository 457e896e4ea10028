"""Every burden rule's own examples, read forwards and backwards: 加重 is heavier by this rule, 不算 says nothing."""

import re

import pytest

from dutylist.compare.burden import RULES, BurdenCase, Rule, judge
from dutylist.compare.burden_case import SUPERIOR, TOWNSHIP
from dutylist.model.change import Burden, ChangeKind
from dutylist.model.duty import SHORT_LABELS

EXAMPLE = re.compile(r"^ +- (加重|不算)：(.+) → (.+)$", re.MULTILINE)
DUTY = re.compile("(基本|配合|收回)事项“(.+)”")
CLAUSE = re.compile("(乡镇|部门)职责“(.+)”")
LISTS = {label: kind for kind, label in SHORT_LABELS.items()}
FIELDS = {"乡镇": TOWNSHIP, "部门": SUPERIOR}

EXAMPLES = [
    pytest.param(rule, word, before, after, id=f"{rule.code}-{word}-{number}")
    for rule in RULES
    for number, (word, before, after) in enumerate(EXAMPLE.findall(rule.doc))
]


def case_of(before: str, after: str) -> BurdenCase:
    """`无`, a duty with its list, a clause with whose it is, or only the text of a township's clause, on each side."""
    if DUTY.fullmatch(before) or DUTY.fullmatch(after):
        (list_before, was), (list_after, now) = (_side(DUTY, side) for side in (before, after))
        kinds = LISTS.get(list_before), LISTS.get(list_after)
        return BurdenCase(_duty_kind(*kinds), *kinds, "name", "name", was, now)
    (whose_before, was), (whose_after, now) = (_side(CLAUSE, side) for side in (before, after))
    fields = FIELDS.get(whose_before), FIELDS.get(whose_after)
    return BurdenCase(_clause_kind(was, now, *fields), None, None, *fields, was, now)


def _side(pattern: re.Pattern[str], side: str) -> tuple[str, str | None]:
    found = pattern.fullmatch(side)
    return (found[1], found[2]) if found else ("", None) if side == "无" else ("乡镇", side)


def _duty_kind(before: object, after: object) -> ChangeKind:
    if before is None or after is None:
        return ChangeKind.ADDED if before is None else ChangeKind.RETIRED
    return ChangeKind.RENAMED if before == after else ChangeKind.RECLASSIFIED


def _clause_kind(was: str | None, now: str | None, before: object, after: object) -> ChangeKind:
    if was is None or now is None:
        return ChangeKind.CLAUSE_ADDED if was is None else ChangeKind.CLAUSE_REMOVED
    return ChangeKind.CLAUSE_MOVED if before != after or was == now else ChangeKind.CLAUSE_REVISED


@pytest.mark.parametrize(("rule", "word", "before", "after"), EXAMPLES)
def test_example(rule: Rule, word: str, before: str, after: str) -> None:
    case = case_of(before, after)
    if word == "加重":
        assert judge(case) == (Burden.HEAVIER, rule.code)
        assert judge(case.mirror) == (Burden.LIGHTER, rule.code)
    else:
        assert rule.judge(case) is rule.judge(case.mirror) is Burden.NEUTRAL
        assert rule.code not in (judge(case)[1], judge(case.mirror)[1])


def test_every_rule_has_two_examples_of_heavier_and_three_of_neither() -> None:
    for rule in RULES:
        words = [word for word, _, _ in EXAMPLE.findall(rule.doc)]
        assert words.count("加重") >= 2, rule.code
        assert words.count("不算") >= 3, rule.code
        assert len(words) == rule.doc.count("\n    - "), rule.code
