"""Rows of a table into opinions: which duty each is about, what is new, what is refused and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from dutylist.commands.common import Opened
from dutylist.commands.consulting import unit
from dutylist.commands.opining import Said, drafted, duty_meant, path_for, said_already, townships_in
from dutylist.compare.likeness import most_like
from dutylist.document.opinions import NO_OPINION, Answer, SheetRow
from dutylist.edit.lookup import nearest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Opinion
from dutylist.model.duty import SHORT_LABELS, AnyDuty, Kind
from dutylist.model.library import Numbered
from dutylist.model.printed import show_own_fields
from dutylist.model.text import one_line, shorten
from dutylist.report.opinion_import import Proposal, RowEntry, RowStatus

_MOST_PROPOSED = 3
# Several lines of one duty may be alike.
_LOOKED_AT = 20
_WHOLE_LIST = ("整个清单", "全部", "全部事项", "总体", "整体", "清单整体")
_NUMBER = re.compile(r"(?:第)?([0-9]{1,6})[项.．、]?")
_LONGEST = 60


class Unmatched(DutyListError):
    """A row that may be about these duties: that is for a person to say."""

    def __init__(self, message: str, hint: str, proposals: tuple[Proposal, ...] = ()) -> None:
        super().__init__(message, hint)
        self.proposals = proposals


@dataclass
class Importing:
    """One import under way: the rows told so far, and the opinions to write by path."""

    opened: Opened
    leg: LegFolder
    author: str | None
    received: date
    taken: Mapping[int, str]
    duties: list[tuple[str, Numbered]] = field(default_factory=list)
    entries: list[RowEntry] = field(default_factory=list)
    new: dict[str, Opinion] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        library = self.opened.library
        for folder in townships_in(library, self.leg):
            self.duties += [(folder.name, one) for kind in Kind for one in library.numbered(folder, kind)]

    @property
    def refused(self) -> bool:
        """Whether a row so far cannot be imported."""
        return any(entry.status is RowStatus.REFUSED for entry in self.entries)

    def take(self, row: SheetRow) -> None:
        """Finds out what becomes of one row."""
        cells = row.cells
        told = RowEntry(row.at, RowStatus.UNANSWERED, cells.name or cells.duty, cells.author or self.author or "")
        said_nothing = not cells.text and not cells.proposed
        if said_nothing or (not cells.proposed and cells.text in NO_OPINION):
            self.entries.append(replace(told, message=_passed_over(cells)))
            return
        try:
            self.entries.append(self._answered(row, told))
        except DutyListError as error:
            proposals = error.proposals if isinstance(error, Unmatched) else ()
            message = f"{error.message}{_take(row.at, proposals) or error.hint or ''}"
            self.entries.append(replace(told, status=RowStatus.REFUSED, message=message, proposals=proposals))

    def _answered(self, row: SheetRow, told: RowEntry) -> RowEntry:
        cells = row.cells
        author = self._author(cells.author)
        duty = self._duty(row)
        said = Said(
            cells.text or f"建议修改为：{cells.proposed}",
            *(cell or None for cell in (cells.field, cells.original, cells.proposed, cells.argument)),
        )
        opinion = drafted(self.leg, author, duty, said, self.received)
        told = replace(told, duty=opinion.duty, author=author, message=_renamed(cells, duty))
        known = [*(record.value for record in self.leg.opinions), *self.new.values()]
        same = said_already(known, opinion)
        if same is None:
            self.new[path_for(self.opened, self.leg, opinion)] = opinion
        status = RowStatus.PRESENT if same else RowStatus.IMPORTED
        return replace(told, status=status, opinion=(same or opinion).id)

    def _author(self, cell: str) -> str:
        """Who speaks: the row's own unit wins; each is asked for once, since that may say something to the user."""
        text = cell or self.author
        if not text:
            raise UsageError("没有写提出单位。", "请在表里写明，或加上 --author。")
        if text not in self.authors:
            self.authors[text] = unit(self.opened.library, text, self.leg)
        return self.authors[text]

    def _duty(self, row: SheetRow) -> AnyDuty | None:
        """The duty of a row: by what the user said, by id, by list and number, by name; None for the whole list."""
        cells = row.cells
        wanted = self.taken.get(row.at) or cells.duty
        if wanted:
            return duty_meant(self.opened.library, self.leg, wanted)
        if cells.name in _WHOLE_LIST:
            return None
        some = self._narrowed(cells)
        number, name = _number(cells), _letters(cells.name)
        numbered = [one for _, one in some if one.number == number]
        named = [one for _, one in some if name and _letters(one.duty.name) == name]
        # A number is printed and moves; beside a name it counts only where both mean the same duty.
        both = [one for one in numbered if one in named] if cells.name else numbered
        for found in (both, named):
            if len(found) == 1:
                return found[0].duty
        if len(both) > 1:
            raise UsageError(f"{both[0].duty.kind.label} {both[0].number} 在几个乡镇都有。", "请写明乡镇或编号。")
        if not cells.name and not cells.original:
            raise UsageError("没有写是哪一项事项。", f"针对整个清单的，请在“事项”一栏写“{_WHOLE_LIST[0]}”。")
        raise _unmatched(cells, some, len(named))

    def _narrowed(self, cells: Answer) -> list[tuple[str, Numbered]]:
        """The duties of the township and the list that a row names."""
        known = dict.fromkeys(township for township, _ in self.duties)
        if cells.township and cells.township not in known:
            hint = nearest(cells.township, known, f"可选：{'、'.join(map(one_line, known))}。")
            raise UsageError(f"没有乡镇 {one_line(cells.township)}。", hint)
        kind = _kind(cells)
        return [
            (township, one)
            for township, one in self.duties
            if cells.township in ("", township) and kind in (None, one.duty.kind)
        ]


def _kind(cells: Answer) -> Kind | None:
    return next((kind for kind, label in SHORT_LABELS.items() if label in cells.kind), None)


def _number(cells: Answer) -> int | None:
    """The 序号 in a list; without the list a number says nothing: tables number their own rows."""
    found = _NUMBER.fullmatch(cells.number)
    return int(found[1]) if found and _kind(cells) else None


@cache
def _letters(name: str) -> str:
    """A name without white space; every row asks it of every duty."""
    return re.sub(r"\s", "", name)


def _unmatched(cells: Answer, some: list[tuple[str, Numbered]], named: int) -> Unmatched:
    """What is said of a row without a duty, with the duties most like it: by name, else by a line of their text."""
    duties = [one.duty for _, one in some]
    if cells.name:
        lines = [(duty, duty.name) for duty in duties]
    else:
        lines = [(duty, line) for duty in duties for line in _lines(duty)]
    best: dict[str, Proposal] = {}
    for at, score in most_like(cells.name or cells.original, [line for _, line in lines], _LOOKED_AT):
        duty = lines[at][0]
        best.setdefault(duty.id, Proposal(duty.id, duty.name, round(score, 2)))
    shown = shorten(one_line(cells.name or cells.original), _LONGEST)
    what = f"叫“{shown}”的事项有 {named} 项。" if named else f"没有写编号，也没有事项叫“{shown}”。"
    if not cells.name:
        what = "没有写是哪一项事项，只写了原文。"
    return Unmatched(what, "请在表里写明编号（dutylist list）。", tuple(best.values())[:_MOST_PROPOSED])


@cache
def _lines(duty: AnyDuty) -> tuple[str, ...]:
    """What a duty says, a line each."""
    return (duty.name, *show_own_fields(duty).split("\n"))


def _take(row: int, proposals: tuple[Proposal, ...]) -> str:
    if not proposals:
        return ""
    return f"请核对下面的建议，把编号写进表里，或加上 --take {row}={proposals[0].duty}。"


def _passed_over(cells: Answer) -> str | None:
    """What a row without an opinion says all the same."""
    if cells.argument:
        return f"只写了理由，没有写意见：{shorten(one_line(cells.argument), _LONGEST)}"
    return f"写的是“{cells.text}”，不另记一条意见" if cells.text else None


def _renamed(cells: Answer, duty: AnyDuty | None) -> str | None:
    """That the row calls the duty otherwise: perhaps the id was mistyped."""
    if duty is None or not cells.name or _letters(cells.name) == _letters(duty.name):
        return None
    return f"请核对：{duty.id} 现在叫“{shorten(one_line(duty.name), _LONGEST)}”"
