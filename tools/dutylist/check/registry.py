"""All rules in one tuple, by code."""

from functools import cache

from dutylist.check import identity, overlap, reading, reference, structure, totals, wording
from dutylist.check.rule import Rule

FAMILIES = {
    "RD": "读取",
    "ID": "编号与文件",
    "TO": "总数",
    "RF": "引用",
    "ST": "结构",
    "TX": "文字",
    "OV": "重叠",
}

RULES: tuple[Rule, ...] = (
    *reading.RULES,
    *identity.RULES,
    *totals.RULES,
    *reference.RULES,
    *structure.RULES,
    *wording.RULES,
    *overlap.RULES,
)


@cache
def by_code() -> dict[str, Rule]:
    """The rules by code."""
    return {rule.code: rule for rule in RULES}
