"""RD: from bytes to values. The store finds these while it reads; here they get their place among the rules."""

from dutylist.check.rule import Rule, Scope
from dutylist.model.faults import FAULTS

RULES = tuple(
    Rule(fault.code, fault.severity, fault.title, Scope.READING, fault.doc, None, in_draft=True) for fault in FAULTS
)
