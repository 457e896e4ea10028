"""The editing verbs as values: a township before, and the same township after."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dutylist.edit.numbers import give, record_event
from dutylist.edit.positions import Records, Slot, family, insert
from dutylist.edit.recast import Dropped, Given, own_fields, recast
from dutylist.edit.totals import follow
from dutylist.edit.unite import Unclear, unite
from dutylist.errors import DutyListError, UsageError
from dutylist.model.base import Stored
from dutylist.model.duty import AnyDuty, Kind
from dutylist.model.library import Library, TownshipFolder, category_of, duty_path
from dutylist.model.record import Record
from dutylist.model.text import one_line
from dutylist.model.township import EventKind, Ledger, Township
from dutylist.model.validation import validate_duty

Change = tuple[Stored | None, Stored | None]


@dataclass(frozen=True, slots=True)
class Edited:
    """What a verb does to a township; `ids` are the duties that it is about, those it made last.

    `dropped` is what is no longer said anywhere, `unclear` what may now be read as another department's part.
    """

    before: TownshipFolder
    after: TownshipFolder
    ids: tuple[str, ...]
    dropped: tuple[Dropped, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    def changes(self) -> dict[str, Change]:
        """Each file that differs: its value before and after, None where there is no file.

        First the duties that the verb is about, then the others, the ledger, the township.
        """
        old, new = _values(self.before), _values(self.after)
        books = [self.after.ledger_path, self.after.path]
        about = [path for path in new if path.rpartition("/")[2].removesuffix(".toml") in self.ids]
        paths = dict.fromkeys([*about, *(path for path in new | old if path not in books), *books])
        return {path: (old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)}


@dataclass(frozen=True, slots=True)
class Why:
    """What the ledger keeps of a merge, split or retirement beside the ids."""

    reason: str
    leg: str | None = None


def new(
    library: Library,
    folder: TownshipFolder,
    kind: Kind,
    category: str,
    shared: dict[str, Any],
    given: Given,
    slot: Slot,
) -> Edited:
    """A duty with the next number; `shared` has its `name` and perhaps a `note`, `given` what its list asks for."""
    township, ledger = books(folder)
    ids, ledger = give(folder, ledger, township.prefix, [shared["name"]])
    values = {"id": ids[0], "kind": kind, "position": 0, **shared, **own_fields(kind, given)}
    record = _place(folder, category, validate_duty(values))
    return _edited(library, folder, insert(folder.duties, [record], slot), ledger, ids)


def move(
    library: Library,
    folder: TownshipFolder,
    record: Record[AnyDuty],
    category: str,
    kind: Kind,
    given: Given,
    slot: Slot | None = None,
) -> Edited:
    """The duty in another category, list or place; nothing changes where it is there already."""
    duty: AnyDuty = record.value
    dropped: tuple[Dropped, ...] = ()
    stays = kind is duty.kind and category == category_of(record.path)
    if slot and duty.id in (slot.after, slot.before):
        raise UsageError(f"{duty.id} 不能以自己定先后。", "请另选一项。")
    if kind is not duty.kind:
        duty, dropped = recast(duty, kind, given)
    duties = insert(_without(folder.duties, {record.path}), [_place(folder, category, duty)], slot or Slot())
    if stays and (slot is None or _in_same_order(folder.duties, duties, record)):
        duties = folder.duties
    _, ledger = books(folder)
    return _edited(library, folder, duties, ledger, [duty.id], dropped)


def merge(
    library: Library,
    folder: TownshipFolder,
    records: Sequence[Record[AnyDuty]],
    into: Record[AnyDuty],
    name: str | None,
    why: Why,
) -> Edited:
    """`into`, one of the records, with what all of them say; the others' files go."""
    kinds = sorted({record.value.kind.label for record in records})
    if len(kinds) > 1:
        raise UsageError(f"不能合并：这几项分属{'、'.join(kinds)}。", "请先用 dutylist move --kind 归入同一张清单。")
    others = {record.path: record.value for record in records if record is not into}
    survivor, dropped, unclear = unite(into.value, list(others.values()), library.vocabulary)
    if name is not None and name != survivor.name:
        dropped.insert(0, Dropped(survivor.id, "name", survivor.name))
        survivor = replace(survivor, name=name)
    _, ledger = books(folder)
    ids = [record.value.id for record in records]
    ledger = record_event(ledger, EventKind.MERGE, ids, [survivor.id], why.reason, why.leg)
    left = _without(folder.duties, {into.path, *others})
    duties = (*left, Record(into.path, survivor))
    edited = _edited(library, folder, duties, ledger, [survivor.id], tuple(dropped))
    return replace(edited, unclear=tuple(unclear))


def split(
    library: Library, folder: TownshipFolder, record: Record[AnyDuty], names: Sequence[str], keep: bool, why: Why
) -> Edited:
    """New duties right behind this one, each a copy with a name of its own; it goes unless it is to be kept."""
    township, ledger = books(folder)
    duty = record.value
    ids, ledger = give(folder, ledger, township.prefix, names)
    into = [duty.id, *ids] if keep else ids
    ledger = record_event(ledger, EventKind.SPLIT, [duty.id], into, why.reason, why.leg)
    category = category_of(record.path)
    copies = [
        _place(folder, category, replace(duty, id=new_id, name=name, waivers=()))
        for new_id, name in zip(ids, names, strict=True)
    ]
    duties = insert(folder.duties, copies, Slot(after=duty.id))
    dropped: tuple[Dropped, ...] = ()
    if not keep:
        duties = _without(duties, {record.path})
        dropped = (Dropped(duty.id, "name", duty.name),)
        dropped += (Dropped(duty.id, "waivers", duty.waivers),) if duty.waivers else ()
    return _edited(library, folder, duties, ledger, into, dropped)


def retire(library: Library, folder: TownshipFolder, records: Sequence[Record[AnyDuty]], why: Why) -> Edited:
    """The township without these duties."""
    _, ledger = books(folder)
    ids = [record.value.id for record in records]
    ledger = record_event(ledger, EventKind.RETIRE, ids, [], why.reason, why.leg)
    duties = _without(folder.duties, {record.path for record in records})
    return _edited(library, folder, duties, ledger, ids)


def books(folder: TownshipFolder) -> tuple[Township, Ledger]:
    """What `township.toml` and `ledger.toml` say; a `DutyListError` where one is missing or could not be read."""
    for record, path in ((folder.township, folder.path), (folder.ledger, folder.ledger_path)):
        if record is None:
            raise DutyListError(f"缺少 {path}，或者读不出来。", "请先运行 dutylist check，按提示改正。")
    assert folder.township is not None
    assert folder.ledger is not None
    return folder.township.value, folder.ledger.value


def _without(duties: Records, paths: Collection[str]) -> Records:
    return tuple(record for record in duties if record.path not in paths)


def _place(folder: TownshipFolder, category: str, duty: AnyDuty) -> Record[AnyDuty]:
    return Record(duty_path(folder.name, category, duty.id), duty)


def _in_same_order(before: Records, after: Records, record: Record[AnyDuty]) -> bool:
    """Whether a move changed nothing that is printed; a position that another duty has too gives no order."""
    were, are = family(before, record), family(after, record)
    alone = [one.value.position for one in were].count(record.value.position) == 1
    return alone and [one.value.id for one in were] == [one.value.id for one in are]


def _edited(
    library: Library,
    folder: TownshipFolder,
    duties: Records,
    ledger: Ledger,
    ids: Sequence[str],
    dropped: tuple[Dropped, ...] = (),
) -> Edited:
    """The township with these duties and this ledger, its declared totals following."""
    township, _ = books(folder)
    taken = [path for path, times in Counter(record.path for record in duties).items() if times > 1]
    if taken:
        message = f"{one_line(taken[0])} 已经有文件，其中写的是另一个编号；没有改动任何文件。"
        raise DutyListError(message, "请先运行 dutylist check，改正文件名。")
    followed = follow(township, library, folder.duties, duties)
    after = TownshipFolder(
        folder.name,
        Record(folder.path, followed),
        Record(folder.ledger_path, ledger),
        tuple(sorted(duties, key=lambda record: record.path.encode())),
    )
    return Edited(folder, after, tuple(ids), dropped)


def _values(folder: TownshipFolder) -> dict[str, Stored]:
    books = [record for record in (folder.ledger, folder.township) if record]
    return {record.path: record.value for record in (*folder.duties, *books)}
