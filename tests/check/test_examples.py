"""Every rule's own examples: Bad is found, Good is not."""

import pytest

from build import findings_of
from dutylist.check.registry import RULES
from dutylist.check.rule import Scope
from examples import Example, example_files, examples

# What these find needs two revisions, or a history; they are tested where it is looked for.
ELSEWHERE = (Scope.COMPARISON, Scope.HISTORY)
CASES = [
    pytest.param(rule.code, side, example, id=f"{rule.code}-{side}-{number}")
    for rule in RULES
    if rule.scope not in ELSEWHERE
    for side, some in examples(rule.doc).items()
    for number, example in enumerate(some)
]


@pytest.mark.parametrize(("code", "side", "example"), CASES)
def test_example(code: str, side: str, example: Example) -> None:
    found = findings_of(example_files(example))
    codes = {finding.code for finding in found}
    if side == "Bad":
        assert code in codes, [finding.message for finding in found]
    else:
        assert code not in codes, [finding.message for finding in found if finding.code == code]


def test_every_rule_has_both_examples() -> None:
    lacking = [rule.code for rule in RULES if rule.scope is not Scope.HISTORY and not all(examples(rule.doc).values())]
    assert lacking == []
