"""ID: every number that was given out is a duty or has a story."""

from collections.abc import Iterable, Iterator

from dutylist.check.rule import Hit, Rule, Scope, TownshipCase, rule
from dutylist.model.finding import Edit, Fix, Severity, Spot
from dutylist.model.library import make_id, number_of
from dutylist.model.text import one_line


@rule("ID005", Severity.ERROR, "编号下落不明", Scope.TOWNSHIP, in_draft=True)
def lost_number(case: TownshipCase) -> Iterator[Hit]:
    """给出过的编号，既没有文件，台账里也没有合并、拆分或废止的记录。

    事项不能不声不响地消失：要么恢复文件，要么在台账里写明去向和理由（dutylist retire）。

    Bad:
        ```toml duties/示例镇/ledger.toml
        next = 3
        ```
    Good:
        ```toml duties/示例镇/ledger.toml
        next = 3

        [[events]]
        kind = "retire"
        from = ["ex-0002"]
        into = []
        reason = "法律已经修订，不再需要"
        ```
    """
    ledger, township = case.folder.ledger, case.township
    if not ledger or not township:
        return
    known = {number_of(duty_id) for duty_id in _file_ids(case)}
    known |= {number_of(duty_id) for event in ledger.value.events for duty_id in event.origin}
    for first, last in _runs(number for number in range(1, ledger.value.next) if number not in known):
        ids = make_id(township.prefix, first) + (f" 至 {make_id(township.prefix, last)}" if last > first else "")
        message = f"编号 {ids} 没有文件，台账中也没有去向；请从 git 恢复文件，确要废止的再用 dutylist retire 写明理由。"
        yield case.hit(("next",), message, ids, path=ledger.path)


def _file_ids(case: TownshipCase) -> set[str]:
    """The ids of all duty files, those that could not be read by their names."""
    unread = {path.rpartition("/")[2].removesuffix(".toml") for path in case.folder.unread}
    return set(case.folder.by_id) | {duty_id for duty_id in unread if duty_id.rpartition("-")[2].isdecimal()}


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Consecutive numbers as (first, last)."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = number
        elif number != last + 1:
            yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last


@rule("ID006", Severity.ERROR, "台账提到不存在的编号", Scope.TOWNSHIP, in_draft=True)
def unknown_id_in_event(case: TownshipCase) -> Iterator[Hit]:
    """台账的记录里有从未给出的编号，或者并入的事项已经不在了。

    照着这条记录找不到事项，去向就断了线。

    Bad:
        ```toml duties/示例镇/ledger.toml
        next = 3

        [[events]]
        kind = "merge"
        from = ["ex-0002"]
        into = ["ex-0009"]
        reason = "同属一个流程"
        ```
    Good:
        ```toml duties/示例镇/ledger.toml
        next = 3

        [[events]]
        kind = "merge"
        from = ["ex-0001", "ex-0002"]
        into = ["ex-0001"]
        reason = "同属一个流程"
        ```
    """
    ledger, township = case.folder.ledger, case.township
    if not ledger or not township:
        return
    gone = {duty_id for event in ledger.value.events for duty_id in event.origin}
    there = _file_ids(case)
    for index, event in enumerate(ledger.value.events):
        for key, ids in (("from", event.origin), ("into", event.into)):
            for at, duty_id in enumerate(ids):
                given = duty_id.startswith(f"{township.prefix}-") and 0 < number_of(duty_id) < ledger.value.next
                lost = key == "into" and duty_id not in there | gone
                if not given or lost:
                    what = "已经没有文件，也没有以后的去向" if given else "从未给出"
                    message = f"台账提到的编号 {duty_id} {what}；请核对这条记录。"
                    yield case.hit(("events", index, key, at), message, duty_id, path=ledger.path)


@rule("ID007", Severity.ERROR, "下一个编号太小", Scope.TOWNSHIP, in_draft=True)
def next_too_low(case: TownshipCase) -> Iterator[Hit]:
    """台账的下一个编号不大于已经使用的编号。

    照它取号会得到一个别人用过的编号。

    Bad:
        ```toml duties/示例镇/ledger.toml
        next = 1
        ```
    Good:
        ```toml duties/示例镇/ledger.toml
        next = 2
        ```
    """
    ledger, township = case.folder.ledger, case.township
    if not ledger or not township:
        return
    known = _file_ids(case) | {duty_id for event in ledger.value.events for duty_id in (*event.origin, *event.into)}
    own = [duty_id for duty_id in known if duty_id.startswith(f"{township.prefix}-")]
    highest = max(map(number_of, own), default=0)
    if ledger.value.next <= highest:
        message = (
            f"下一个编号是 {ledger.value.next}，而 {make_id(township.prefix, highest)} 已经用了；应为 {highest + 1}。"
        )
        spot = Spot(ledger.path, ("next",))
        fix = Fix(f"改为 {highest + 1}", (Edit(spot, str(highest + 1)),))
        yield Hit(spot, message, (str(ledger.value.next), str(highest)), fix)


@rule("ID013", Severity.WARNING, "最近一项与下一个编号不符", Scope.TOWNSHIP)
def last_does_not_fit(case: TownshipCase) -> Iterator[Hit]:
    """台账的最近一项不是最后给出的编号。

    这一行使两个分支同时取号时在 git 中冲突；写得不对，就会悄悄给出同一个编号。

    Bad:
        ```toml duties/示例镇/ledger.toml
        next = 2
        last = "ex-0007 做好统计工作"
        ```
    Good:
        ```toml duties/示例镇/ledger.toml
        next = 2
        last = "ex-0001 做好统计工作"
        ```
    """
    ledger, township = case.folder.ledger, case.township
    if not ledger or not township or ledger.value.last is None:
        return
    expected = make_id(township.prefix, ledger.value.next - 1)
    if ledger.value.last.split(" ")[0] != expected:
        message = (
            f"最近一项是 {one_line(ledger.value.last)}，按下一个编号 {ledger.value.next} 应为 {expected}；请核对。"
        )
        yield case.hit(("last",), message, ledger.value.last, expected, path=ledger.path)


RULES: tuple[Rule, ...] = (
    lost_number,
    unknown_id_in_event,
    next_too_low,
    last_does_not_fit,
)
