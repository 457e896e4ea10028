"""What the editing verbs share: their options, what they are about, saving all at once, saying what was done."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from dutylist.commands.common import (
    Opened,
    choose_township,
    dry_run_option,
    emit,
    hint,
    library_option,
    quiet_option,
)
from dutylist.edit.duties import Edited, Why
from dutylist.edit.lookup import clean, find_duties, known_departments, require_editable
from dutylist.edit.positions import Slot
from dutylist.edit.recast import OWN_FIELDS
from dutylist.errors import DutyListError, UsageError
from dutylist.model import faults
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import AnyDuty, Kind, Section
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.record import Record
from dutylist.model.text import PLACEHOLDER, one_line
from dutylist.report.edits import Changes, files, label, no_longer, to_fill_in
from dutylist.store.write import save

F = TypeVar("F", bound=Callable[..., Any])

KINDS = click.Choice([kind.value for kind in Kind])
_TOWNSHIP = click.option("--township", metavar="NAME", help="在哪个乡镇（街道）；从编号看得出时不用写。")
_REASON = click.option("--reason", required=True, metavar="TEXT", help="理由，记入编号台账，必填。")
_LEG = click.option("--leg", metavar="LEG", help="在哪一次征求意见中决定的，如 2025/2-down。")
_PARTS = (
    click.option("--department", "departments", multiple=True, metavar="NAME", help="部门；可以写多次。"),
    click.option("--superior", multiple=True, metavar="TEXT", help="上级部门职责的一条；可以写多次。"),
    click.option("--support", multiple=True, metavar="TEXT", help="乡镇（街道）配合职责的一条；可以写多次。"),
    click.option("--takeover", multiple=True, metavar="TEXT", help="承接部门工作方式的一条；可以写多次。"),
)
_SLOT = (
    click.option("--after", metavar="ID", help="排在这一项之后。"),
    click.option("--before", metavar="ID", help="排在这一项之前。"),
    click.option("--first", is_flag=True, help="排在本清单本类别的最前。"),
)


def editing_options(function: F) -> F:
    """`--township`, `--dry-run`, `--library`, `--quiet`, as every editing verb has them."""
    return _with(function, (_TOWNSHIP, dry_run_option, library_option, quiet_option))


def event_options(function: F) -> F:
    """`--reason` and `--leg`, for what the ledger records."""
    return _with(function, (_REASON, _LEG))


def part_options(function: F) -> F:
    """`--department`, `--superior`, `--support`, `--takeover`: what a duty says in its list."""
    return _with(function, _PARTS)


def slot_options(function: F) -> F:
    """`--after`, `--before`, `--first`: the place among its list and category."""
    return _with(function, _SLOT)


def _with(function: F, options: Iterable[Callable[[F], F]]) -> F:
    for option in reversed(tuple(options)):
        function = option(function)
    return function


def find(opened: Opened, ids: Iterable[str], township: str | None) -> tuple[TownshipFolder, list[Record[AnyDuty]]]:
    """The duties with these ids, each once, and their township, ready to be edited."""
    library = opened.library
    folders = library.townships if township is None else (choose_township(library, township),)
    folder, records = find_duties(library, folders, ids)
    require_editable(library, folder)
    return folder, records


def why(reason: str, leg: str | None) -> Why:
    """What the ledger records beside the ids."""
    return Why(clean("理由", reason), None if leg is None else clean("环节", leg))


def slot_of(after: str | None, before: str | None, first: bool, last: bool = False) -> Slot | None:
    """The place that was asked for; None where nothing was said."""
    said = {"--after": after, "--before": before, "--first": first, "--last": last}
    used = [name for name, value in said.items() if value]
    if len(used) > 1:
        raise UsageError(f"{'、'.join(used)} 只能用一个。", "请只说一个位置。")
    return Slot(after, before, first) if used else None


def parts_of(library: Library, kind: Kind, options: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Any, ...]]:
    """What was given with `part_options`, by option, as fields of a duty of this list."""
    given: dict[str, tuple[Any, ...]] = {}
    for option, texts in options.items():
        if not texts:
            continue
        field = _field(kind, option)
        if field is None:
            fitting = "、".join(other.label for other in Kind if _field(other, option))
            raise UsageError(f"{kind.label}不用 --{option}。", f"--{option} 用于{fitting}。")
        given[field] = known_departments(library, texts) if option == "department" else _sections(texts)
    return given


def _field(kind: Kind, option: str) -> str | None:
    """The field of a duty of this list that an option fills, if it has one."""
    fields = {"superior": "superior_responsibilities", "support": "township_responsibilities", "takeover": "takeover"}
    own = OWN_FIELDS[kind]
    if option == "department":
        return own[0] if own else None
    return fields[option] if fields[option] in own else None


def _sections(texts: Iterable[str]) -> tuple[Section, ...]:
    """One text is a paragraph, several are numbered clauses."""
    clauses = tuple(clean("职责", text) for text in texts)
    return (Section(text=clauses[0]) if len(clauses) == 1 else Section(clauses=clauses),)


def finish(opened: Opened, edited: Edited, headline: str, *, dry_run: bool, quiet: bool, then: str = "") -> None:
    """Writes what changed, all or nothing, and says so; `then` is what the editor should do next."""
    changes = edited.changes()
    if not changes:
        emit(f"{'、'.join(edited.ids)} 已经在那里，没有改动任何文件。")
        return
    _refuse_loss(opened, changes)
    if not dry_run:
        contents = {path: None if new is None else canonical_text(new).encode() for path, (_, new) in changes.items()}
        save(opened.root, contents)
    dropped = "".join(no_longer(one.duty, one.field, one.value) for one in edited.dropped)
    emit(f"{headline}\n{files(changes)}{dropped}")
    if not quiet:
        for line in (*_notes(edited, changes), *filter(None, [then])):
            hint(line)
        hint("没有写任何文件（--dry-run）。" if dry_run else "下一步：运行 dutylist check 核对。")


def _refuse_loss(opened: Opened, changes: Changes) -> None:
    """Refuses to write where a comment would be lost, or over a file that is not part of the library."""
    for fault in opened.faults:
        if fault.code == faults.COMMENT.code and fault.spot.path in changes:
            path = one_line(fault.spot.path)
            raise DutyListError(
                f"{path} 里有注释，改写时会丢失；没有改动任何文件。", "请先把注释移到 note 字段，或删去。"
            )
    for path, (old, _) in changes.items():
        if old is None and os.path.lexists(opened.root / path):
            raise DutyListError(f"{one_line(path)} 已经存在；没有改动任何文件。", "请先移走这个文件。")


def _notes(edited: Edited, changes: Changes) -> Iterable[str]:
    """What the editor should know beyond the files."""
    written = {path: new for path, (_, new) in changes.items() if isinstance(new, AnyDuty)}
    respaced = [duty.id for duty in written.values() if duty.id not in edited.ids]
    if respaced:
        yield f"位次之间已没有空位，所在清单和类别的位次按 10 重排（另有 {len(respaced)} 项随之改动）。"
    for path, duty in written.items():
        names = to_fill_in(duty)
        if names:
            yield f"请填写 {one_line(path)} 中的{'、'.join(names)}，现在写的是“{PLACEHOLDER}”。"
    for one in edited.unclear:
        yield f"请核对{label(one.field)}：{one.duty} 的这一段没有写部门，现在接在“{one_line(one.behind)}”之后。"
