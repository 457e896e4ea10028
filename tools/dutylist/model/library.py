"""A library: everything a duty list is at one revision, with each record's place in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.duty import AnyDuty, Kind, departments_of
from dutylist.model.record import Record
from dutylist.model.township import Ledger, Township
from dutylist.model.vocabulary import Categories, Departments

Counted = dict[Kind, dict[str, set[str]]]

DUTIES = "duties"
TOWNSHIP_FILE = "township.toml"
LEDGER_FILE = "ledger.toml"
CATEGORIES_FILE = "schema/vocabulary/categories.toml"
DEPARTMENTS_FILE = "schema/vocabulary/departments.toml"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A duty as it is printed: its 序号 inside its list, and the category that its folder says."""

    number: int
    category: str
    record: Record[AnyDuty]

    @property
    def duty(self) -> AnyDuty:
        """The duty itself."""
        return self.record.value


@dataclass(frozen=True)
class TownshipFolder:
    """One folder of `duties/`; `unread` are the paths of duty files that yielded no value."""

    name: str
    township: Record[Township] | None
    ledger: Record[Ledger] | None
    duties: tuple[Record[AnyDuty], ...]
    unread: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of `township.toml`, whether it is there or not."""
        return f"{DUTIES}/{self.name}/{TOWNSHIP_FILE}"

    @property
    def ledger_path(self) -> str:
        """The path of `ledger.toml`, whether it is there or not."""
        return f"{DUTIES}/{self.name}/{LEDGER_FILE}"

    @cached_property
    def by_id(self) -> dict[str, Record[AnyDuty]]:
        """The duties by id; where two claim one id, the first path wins."""
        return {record.value.id: record for record in reversed(self.duties)}


@dataclass(frozen=True)
class Library:
    """All townships and vocabularies at one revision."""

    townships: tuple[TownshipFolder, ...]
    categories: Record[Categories] | None = None
    departments: Record[Departments] | None = None
    campaigns: tuple[CampaignFolder, ...] = ()

    @cached_property
    def category_order(self) -> dict[str, int]:
        """Each known category's rank in printed order."""
        known = self.categories.value.categories if self.categories else ()
        return {name: rank for rank, name in enumerate(known)}

    @cached_property
    def vocabulary(self) -> Departments:
        """The departments, empty where the file is missing."""
        return self.departments.value if self.departments else Departments()

    def records(self) -> Iterator[Record[Any]]:
        """Every file that was read: vocabularies, townships, ledgers, duties, campaigns and what is in them."""
        yield from (record for record in (self.categories, self.departments) if record)
        for folder in self.townships:
            yield from (record for record in (folder.township, folder.ledger) if record)
            yield from folder.duties
        for campaign in self.campaigns:
            yield from campaign.records()

    def legs(self) -> Iterator[LegFolder]:
        """Every leg of every campaign, in order."""
        for campaign in self.campaigns:
            yield from campaign.in_order

    def counted(self, duties: Iterable[Record[AnyDuty]]) -> Counted:
        """What totals are about, of each list: the duties (by path), their categories, their canonical departments."""
        counted: Counted = {kind: {"duties": set(), "categories": set(), "departments": set()} for kind in Kind}
        for record in duties:
            of = counted[record.value.kind]
            of["duties"].add(record.path)
            of["categories"].add(category_of(record.path))
            of["departments"] |= set(map(self.vocabulary.canonical, departments_of(record.value)))
        return counted

    def duties(self) -> Iterator[tuple[TownshipFolder, Record[AnyDuty]]]:
        """Every duty with its township."""
        for folder in self.townships:
            for record in folder.duties:
                yield folder, record

    def numbered(self, folder: TownshipFolder, kind: Kind) -> list[Numbered]:
        """One township's list in printed order: by category, then position, then id; unknown categories last."""
        unknown = len(self.category_order)

        def rank(record: Record[AnyDuty]) -> tuple[int, str, int, str]:
            category = category_of(record.path)
            return self.category_order.get(category, unknown), category, record.value.position, record.value.id

        records = sorted((record for record in folder.duties if record.value.kind is kind), key=rank)
        return [Numbered(number, category_of(record.path), record) for number, record in enumerate(records, 1)]


def category_of(path: str) -> str:
    """The category that a duty's folder says: `duties/<township>/<category>/<id>.toml`."""
    return path.split("/")[2]


def duty_path(township: str, category: str, duty_id: str) -> str:
    """Where a duty lies."""
    return f"{DUTIES}/{township}/{category}/{duty_id}.toml"


def number_of(duty_id: str) -> int:
    """The number at the end of an id."""
    return int(duty_id.rpartition("-")[2])


def make_id(prefix: str, number: int) -> str:
    """The id of a number: `azk-0007`."""
    return f"{prefix}-{number:04d}"
