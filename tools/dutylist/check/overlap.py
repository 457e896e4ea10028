"""OV: duties that say the same thing."""

from collections.abc import Iterator

from dutylist.check.rule import DutyCase, Hit, Rule, Scope, rule
from dutylist.model.finding import Severity


@rule("OV003", Severity.WARNING, "同一条款写给两个部门", Scope.DUTY)
def same_clause_for_two_departments(case: DutyCase) -> Iterator[Hit]:
    """同一事项中，同一条款一字不差地写给了两个部门。

    两家都写就是两家都可以不管；应当明确谁牵头，或者注明“会同”。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]

        [[superior_responsibilities]]
        department = "市公安局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]

        [[superior_responsibilities]]
        department = "市公安局"
        clauses = ["依法查处违法行为。"]
        ```
    """
    yield from ()


RULES: tuple[Rule, ...] = (same_clause_for_two_departments,)
