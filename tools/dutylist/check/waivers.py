"""ID: waivers that still mean something."""

from collections.abc import Iterator

from dutylist.check.rule import Hit, Rule, Scope, WaiverCase, rule
from dutylist.model.finding import Severity
from dutylist.model.text import one_line


@rule("ID010", Severity.WARNING, "豁免没有用处", Scope.WAIVER)
def unused_waiver(case: WaiverCase) -> Iterator[Hit]:
    """豁免没有对应的问题：问题已经更正，或者内容变了。

    留着不用的豁免，日后会悄悄掩盖新的问题。

    Bad:
        ```toml
        [[waivers]]
        code = "TX001"
        reason = "公开发布的原文如此"
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    expired = case.waiver.until is not None and case.waiver.until < case.today
    if not case.used and not expired and case.waiver.code in case.known_codes:
        yield case.hit("code", f"豁免 {case.waiver.code} 没有对应的问题；请删去这条豁免。")


@rule("ID011", Severity.WARNING, "豁免已经过期", Scope.WAIVER)
def expired_waiver(case: WaiverCase) -> Iterator[Hit]:
    """豁免写明的期限已经过了。

    当初说好到期更正；过期之后豁免不再有效，问题会重新报告。

    Bad:
        ```toml
        name = "做好统计工作。"

        [[waivers]]
        code = "ST008"
        reason = "待下一次动态调整更正"
        until = 2020-01-01
        ```
    Good:
        ```toml
        name = "做好统计工作。"

        [[waivers]]
        code = "ST008"
        reason = "待下一次动态调整更正"
        until = 2999-12-31
        ```
    """
    if case.waiver.until is not None and case.waiver.until < case.today:
        message = f"豁免 {case.waiver.code} 已于 {case.waiver.until} 到期；请更正问题后删去豁免，或写明新的期限。"
        yield case.hit("until", message)


@rule("ID012", Severity.WARNING, "豁免的代码不存在", Scope.WAIVER)
def unknown_waiver_code(case: WaiverCase) -> Iterator[Hit]:
    """豁免写的规则代码不存在。

    多半是写错了一个字；真正要豁免的问题仍会报告。

    Bad:
        ```toml
        [[waivers]]
        code = "TX999"
        reason = "公开发布的原文如此"
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    if case.waiver.code not in case.known_codes:
        code = one_line(case.waiver.code)
        yield case.hit("code", f"没有规则 {code}；运行 dutylist explain 查看全部代码。")


RULES: tuple[Rule, ...] = (
    unused_waiver,
    expired_waiver,
    unknown_waiver_code,
)
