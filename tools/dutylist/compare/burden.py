"""What a change does to the township: the first of the burden rules that speaks."""

from functools import cache

from dutylist.compare import burden_duty, burden_figures, burden_words
from dutylist.compare.burden_case import BurdenCase, Rule
from dutylist.model.change import Burden, ChangeKind

__all__ = ["FAMILY", "RULES", "BurdenCase", "Rule", "judge"]

FAMILY = "责任增减"

RULES: tuple[Rule, ...] = tuple(
    sorted((*burden_duty.RULES, *burden_words.RULES, *burden_figures.RULES), key=lambda rule: rule.code)
)


def judge(case: BurdenCase) -> tuple[Burden, str | None]:
    """What the change does to the township, and the code of the rule that says so."""
    for rule in _about(case.kind):
        if rule.concerns(case) and (said := rule.judge(case)) is not Burden.NEUTRAL:
            return said, rule.code
    return Burden.NEUTRAL, None


@cache
def _about(kind: ChangeKind) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if kind in rule.kinds)
