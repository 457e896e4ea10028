"""All rules in one tuple, by code."""

from functools import cache

from dutylist.check import (
    characters,
    consultation,
    identity,
    ledger,
    numbering,
    overlap,
    punctuation,
    reading,
    reference,
    structure,
    totals,
    waivers,
    wording,
)
from dutylist.check.rule import Rule

FAMILIES = {
    "RD": "读取",
    "ID": "编号与文件",
    "TO": "总数",
    "RF": "引用",
    "ST": "结构",
    "TX": "文字",
    "OV": "重叠",
    "CS": "征求意见",
    "AU": "封存与审计",
}

_ALL: tuple[Rule, ...] = (
    *reading.RULES,
    *identity.RULES,
    *ledger.RULES,
    *waivers.RULES,
    *totals.RULES,
    *reference.RULES,
    *structure.RULES,
    *numbering.RULES,
    *punctuation.RULES,
    *characters.RULES,
    *wording.RULES,
    *overlap.RULES,
    *consultation.RULES,
)


RULES = tuple(sorted(_ALL, key=lambda rule: (list(FAMILIES).index(rule.code[:2]), rule.code)))


@cache
def by_code() -> dict[str, Rule]:
    """The rules by code."""
    return {rule.code: rule for rule in RULES}
