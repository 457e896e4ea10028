"""Every rule's own examples: Bad is found, Good is not."""

import pytest

from build import findings_of
from dutylist.check.registry import RULES
from examples import Example, example_files, examples

CASES = [
    pytest.param(rule.code, side, example, id=f"{rule.code}-{side}-{number}")
    for rule in RULES
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
    lacking = [rule.code for rule in RULES if not all(examples(rule.doc).values())]
    assert lacking == []
