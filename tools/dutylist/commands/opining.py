"""What the verbs of opinions share: the duty that is meant, an opinion made of the user's words, whether it is new."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dutylist.commands.common import Opened
from dutylist.consult.legs import campaign_of, townships_of
from dutylist.consult.settle import with_id
from dutylist.document.opinion_fields import field_words, meant_field, only_text
from dutylist.edit.lookup import clean, find_duties, means, nearest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import LegFolder, opinion_path
from dutylist.model.consultation import Opinion
from dutylist.model.duty import AnyDuty, Kind
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.record import Record
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Departments

OPEN = "open"
"""How users ask for opinions without an answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, as the user wrote it down."""

    text: str
    field: str | None = None
    original: str | None = None
    proposed: str | None = None
    argument: str | None = None


def received_on(leg: LegFolder, today: date) -> date:
    """The day on which an opinion comes in; refused where the leg had not begun."""
    assert leg.leg is not None
    if today < leg.leg.opened:
        message = f"收到日期 {today} 早于环节 {leg.title} 开始的日期 {leg.leg.opened}。"
        raise UsageError(message, "请核对 --date。")
    return today


def days_late(leg: LegFolder, received: date) -> int:
    """How many days after the due date; 0 where it is in time."""
    due = leg.leg.due if leg.leg else None
    return max((received - due).days, 0) if due else 0


def townships_in(library: Library, leg: LegFolder) -> tuple[TownshipFolder, ...]:
    """The townships that the leg's campaign is about."""
    names = townships_of(campaign_of(library, leg))
    return tuple(folder for folder in library.townships if folder.name in names)


def duty_meant(library: Library, leg: LegFolder, text: str) -> AnyDuty:
    """The duty of the campaign that the user means; what is gone is refused with where it went."""
    wanted = clean("事项编号", text)
    folders = townships_in(library, leg)
    exact = [record.value for folder in folders for record in folder.duties if record.value.id == wanted]
    if len(exact) == 1:
        return exact[0]
    lists = (library.numbered(folder, kind) for folder in folders for kind in Kind)
    found = [one for some in lists for one in some if means(wanted, one)]
    if len(found) > 1 and all(one.duty.id != wanted for one in found):
        listed = "、".join(f"{one.duty.id} {one_line(one.duty.name)}" for one in found)
        raise UsageError(f"{one_line(wanted)} 可以指几项事项：{listed}。", "请把编号写全。")
    for folder, record in library.duties():
        if not found and record.value.id == wanted:
            message = f"{wanted} 属于{one_line(folder.name)}，不在 {one_line(leg.campaign)} 所涉的乡镇之列。"
            raise UsageError(message, "请核对编号，或者登记到涉及这个乡镇的环节。")
    return find_duties(library, folders, [wanted])[1][0].value


def drafted(leg: LegFolder, author: str, duty: AnyDuty | None, said: Said, received: date) -> Opinion:
    """The opinion under its own id; the text it speaks about is looked up where only one can be meant."""
    field = _field(duty, said.field)
    original = _lines("原文", said.original)
    if original is None and duty and field:
        original = only_text(duty, field)
    opinion = Opinion(
        id="",
        author=author,
        duty=duty.id if duty else None,
        field=field,
        original=original,
        text=_lines("意见", said.text) or "",
        proposed=_lines("建议修改为", said.proposed),
        argument=_lines("提出理由", said.argument),
        received=received,
    )
    return with_id(leg, opinion)


def _lines(what: str, text: str | None) -> str | None:
    """A text of one line or more, clean."""
    return None if text is None else clean(what, text.replace("\r\n", "\n"), lines=True)


def _field(duty: AnyDuty | None, text: str | None) -> str | None:
    """The field that the user names; it must be one of the duty's."""
    if text is None:
        return None
    given = clean("字段", text)
    if duty is None:
        raise UsageError(f"写了字段 {one_line(given)}，没有写是哪一项事项。", "请写明事项编号。")
    field = meant_field(duty, given)
    if field is None:
        raise UsageError(f"{duty.id} 没有字段 {one_line(given)}。", f"可用：{field_words(duty)}。")
    return field


def said_already(known: Iterable[Opinion], opinion: Opinion) -> Opinion | None:
    """The opinion that says the same, on whatever day it came; one that only has the same id is refused."""
    same_id = None
    for one in known:
        if _gist(one) == _gist(opinion):
            return one
        if one.id == opinion.id:
            same_id = one
    if same_id:
        message = f"{one_line(opinion.author)}同一天对同一处已有文字相同的意见 {same_id.id}，而建议修改为或理由不同。"
        raise DutyListError(message, "请把意见的文字写得不同些，或者直接修改那条意见。")
    return None


def _gist(opinion: Opinion) -> tuple[str | None, ...]:
    return opinion.author, opinion.duty, opinion.field, opinion.text, opinion.proposed, opinion.argument


def path_for(opened: Opened, leg: LegFolder, opinion: Opinion) -> str:
    """Where a new opinion goes; refused where a file lies there that could not be read."""
    path = opinion_path(leg.campaign, leg.name, opinion.id)
    if os.path.lexists(opened.root / path):
        raise DutyListError(f"{one_line(path)} 已经存在，但读不出来。", "请先运行 dutylist check，按提示改正。")
    return path


@dataclass(frozen=True)
class Wanted:
    """Which opinions to list; None asks for nothing."""

    words: Departments
    author: str | None
    duty: str | None
    verdict: str | None

    @classmethod
    def of(
        cls, library: Library, legs: Iterable[LegFolder], author: str | None, duty: str | None, verdict: str | None
    ) -> "Wanted":
        """What the user asks for; a unit or a duty that is not there is answered with the nearest."""
        said = [record.value for leg in legs for record in leg.opinions]
        words = library.vocabulary
        if author is not None:
            author = _author_of(words, said, author)
        if duty is not None and all(one.duty != duty for one in said):
            duty = find_duties(library, library.townships, [duty])[1][0].value.id
        return cls(words, author, duty, verdict)

    def fits(self, record: Record[Opinion]) -> bool:
        """Whether an opinion is one of them."""
        one = record.value
        return (
            self.author in (None, self.words.canonical(one.author))
            and self.duty in (None, one.duty)
            and self.verdict in (None, one.verdict.value if one.verdict else OPEN)
        )


def _author_of(words: Departments, said: Iterable[Opinion], text: str) -> str:
    """The unit that the user means; one that neither the vocabulary nor an opinion knows is refused."""
    author, authors = words.canonical(text), dict.fromkeys(words.canonical(one.author) for one in said)
    if author not in authors and words.match(text) is None:
        raise UsageError(f"没有 {one_line(text)} 的意见。", nearest(text, authors, "不加 --author 列出全部意见。"))
    return author
