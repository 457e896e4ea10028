"""The ledger's side of an edit: numbers given out, and what became of those that are gone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dutylist.errors import DutyListError
from dutylist.model.library import TownshipFolder, make_id, number_of
from dutylist.model.township import Event, EventKind, Ledger, last_entry

LAST_NUMBER = 999_999


def give(folder: TownshipFolder, ledger: Ledger, prefix: str, names: Sequence[str]) -> tuple[list[str], Ledger]:
    """The next ids, one a name, and the ledger that has given them out.

    Raises a `DutyListError` where the ledger's next number was used before, or none are left.
    """
    highest = max(map(number_of, _used(folder, ledger, prefix)), default=0)
    if ledger.next <= highest:
        message = f"编号台账的下一个编号是 {ledger.next}，而 {make_id(prefix, highest)} 已经用过。"
        raise DutyListError(message, f"请先把 {folder.ledger_path} 的 next 改为 {highest + 1}。")
    after = ledger.next + len(names)
    if after - 1 > LAST_NUMBER:
        raise DutyListError(f"编号台账的下一个编号是 {ledger.next}，编号最多六位。", f"请核对 {folder.ledger_path}。")
    ids = [make_id(prefix, number) for number in range(ledger.next, after)]
    return ids, replace(ledger, next=after, last=last_entry(ids[-1], names[-1]))


def _used(folder: TownshipFolder, ledger: Ledger, prefix: str) -> Iterable[str]:
    ids = {record.value.id for record in folder.duties}
    ids |= {duty_id for event in ledger.events for duty_id in (*event.origin, *event.into)}
    return (duty_id for duty_id in ids if duty_id.startswith(f"{prefix}-"))


def record_event(
    ledger: Ledger, kind: EventKind, origin: Iterable[str], into: Iterable[str], reason: str, leg: str | None
) -> Ledger:
    """The ledger with one more event."""
    event = Event(kind=kind, origin=tuple(origin), into=tuple(into), reason=reason, leg=leg)
    return replace(ledger, events=(*ledger.events, event))
