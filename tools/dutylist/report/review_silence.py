"""What could silence findings: waivers, declared totals and words of the vocabularies that another revision lacks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from dutylist.model.duty import Kind, Waiver
from dutylist.model.finding import Finding
from dutylist.model.library import Library
from dutylist.model.township import Declared, Township
from dutylist.model.vocabulary import Department
from dutylist.report.views import PUBLISHED

Total = Literal["duties", "categories", "departments"]
Vocabulary = Literal["categories", "departments"]
Key = tuple[str, Waiver]

TOTALS: dict[Total, str] = {"duties": "事项数", "categories": "类别数", "departments": "部门数"}
_SPELLINGS = {"short": "简称", "units": "内设机构", "wrong": "错误写法"}
_FULL_NAME_ALONE = "只有全称"


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """豁免：新写的或改动过的一条。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    township: str
    """乡镇（街道）：所在的文件夹。"""
    duty: str | None
    """事项编号：写在哪一项里；写在 township.toml 中的为 null。"""
    path: str
    """文件：相对清单库的路径。"""
    code: str
    """规则代码：豁免哪一条规则的问题。"""
    reason: str
    """理由：为什么认可。"""
    owner: str | None
    """责任人：谁负责了结；没有写时为 null。"""
    until: str | None
    """期限：到这一天为止有效，如 2026-01-31；没有写时为 null。"""
    fingerprint: str | None
    """指纹：只豁免这一个问题；null 表示本事项内该代码的全部问题。"""
    revised: bool
    """改动：原来就有这条豁免，理由、责任人或期限变了；false 表示新写的。"""
    waives: int
    """豁免数：现在豁免了多少个问题；有文件读不出来时可能偏少。"""


@dataclass(frozen=True, slots=True)
class TotalEntry:
    """所报总数：说明所报的一个数变了。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    township: str
    """乡镇（街道）：所在的文件夹。"""
    list: Kind | None
    """清单：basic 基本，supporting 配合，reclaimed 收回；合计为 null。"""
    what: Total
    """所报：duties 事项数，categories 类别数，departments 部门数。"""
    before: int | None
    """修改前：原来所报；没有报时为 null。"""
    after: int | None
    """修改后：现在所报；不再报时为 null。"""


@dataclass(frozen=True, slots=True)
class WordEntry:
    """词条：词表中新增的或改动过的一条。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    vocabulary: Vocabulary
    """词表：categories 类别，departments 部门。"""
    name: str
    """名称：类别，或部门的全称。"""
    before: str | None
    """修改前：部门原来的简称、内设机构和错误写法；新增的词条为 null。"""
    after: str
    """修改后：部门现在的简称、内设机构和错误写法；类别就是它的名称。"""


def waivers_since(before: Library, after: Library, findings: Iterable[Finding]) -> Iterator[WaiverEntry]:
    """The waivers of AFTER that BEFORE does not have so, with how many of AFTER's `findings` each waives."""
    hidden = [finding for finding in findings if finding.waived is not None]
    held = list(_waivers(after))
    were, are = (Counter(one.key for one in some) for some in (_waivers(before), held))
    fresh, gone = are - were, Counter(map(_aim, (were - are).elements()))
    for one in held:
        if fresh[one.key]:
            fresh[one.key] -= 1
            revised = gone[_aim(one.key)] > 0
            gone[_aim(one.key)] -= revised
            yield _entry(one, revised, sum(map(one.covers, hidden)))


def totals_since(before: Library, after: Library) -> Iterator[TotalEntry]:
    """The declared totals that differ, of the townships that both have; a township is known by its prefix."""
    were = {township.prefix: township for _, township in _townships(before)}
    for name, township in _townships(after):
        if township.prefix in were:
            was, now = (dict(_totals(one.declared)) for one in (were[township.prefix], township))
            for (kind, what), figure in now.items():
                if figure != was[kind, what]:
                    yield TotalEntry(name, kind, what, was[kind, what], figure)


def words_since(before: Library, after: Library) -> Iterator[WordEntry]:
    """The entries of both vocabularies that BEFORE does not have so."""
    for name in after.category_order:
        if name not in before.category_order:
            yield WordEntry("categories", name, None, name)
    were = {one.name: _spelled(one) for one in before.vocabulary.departments}
    for department in after.vocabulary.departments:
        was, now = were.get(department.name), _spelled(department)
        if was != now:
            yield WordEntry("departments", department.name, was, now)


@dataclass(frozen=True, slots=True)
class _Held:
    """A waiver with the duty or township (by its prefix) that it stands in; it covers findings below `reach`."""

    township: str
    holder: str
    duty: str | None
    path: str
    reach: str
    waiver: Waiver

    @property
    def key(self) -> Key:
        """What makes it the same waiver, wherever its file lies."""
        return self.holder, self.waiver

    def covers(self, finding: Finding) -> bool:
        """Whether a waived finding is waived by this."""
        mine = self.waiver
        alike = (finding.code, finding.waived) == (mine.code, mine.reason)
        return alike and finding.spot.path.startswith(self.reach) and mine.fingerprint in (None, finding.fingerprint)


def _aim(key: Key) -> tuple[str, str, str | None]:
    """What a waiver is meant to waive."""
    holder, waiver = key
    return holder, waiver.code, waiver.fingerprint


def _waivers(library: Library) -> Iterator[_Held]:
    for folder in library.townships:
        if folder.township:
            here = folder.path.rpartition("/")[0] + "/"
            for own in folder.township.value.waivers:
                yield _Held(folder.name, folder.township.value.prefix, None, folder.path, here, own)
        for record in folder.duties:
            for waiver in record.value.waivers:
                duty = record.value.id
                yield _Held(folder.name, duty, duty, record.path, record.path, waiver)


def _entry(held: _Held, revised: bool, waives: int) -> WaiverEntry:
    waiver = held.waiver
    return WaiverEntry(
        township=held.township,
        duty=held.duty,
        path=held.path,
        code=waiver.code,
        reason=waiver.reason,
        owner=waiver.owner,
        until=waiver.until.isoformat() if waiver.until else None,
        fingerprint=waiver.fingerprint,
        revised=revised,
        waives=waives,
    )


def _townships(library: Library) -> Iterator[tuple[str, Township]]:
    return ((folder.name, folder.township.value) for folder in library.townships if folder.township)


def _totals(declared: Declared) -> Iterator[tuple[tuple[Kind | None, Total], int | None]]:
    yield (None, "duties"), declared.duties
    for kind in Kind:
        for what in TOTALS:
            yield (kind, what), getattr(declared.of(kind), what)


def _spelled(department: Department) -> str:
    """What else a department may be called, in words."""
    told = ((label, getattr(department, field)) for field, label in _SPELLINGS.items())
    return "；".join(f"{label} {'、'.join(some)}" for label, some in told if some) or _FULL_NAME_ALONE
