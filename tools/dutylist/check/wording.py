"""wording"""

from dutylist.check.rule import Rule

RULES: tuple[Rule, ...] = ()
