"""A comparison as all writers see it: what the user selected of it, in order, grouped and counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

from dutylist.model.change import (
    AccountRow,
    Burden,
    Change,
    ChangeKind,
    Comparison,
    Pair,
    SideName,
    Site,
    Succession,
    Weight,
)
from dutylist.model.duty import Kind
from dutylist.model.finding import FIRST_LINE, Place, Spot
from dutylist.model.library import DUTIES
from dutylist.report.change_groups import (
    DepartmentChanges,
    DutyChanges,
    ListChanges,
    RenumberedList,
    RuleChanges,
    by_rule,
    departments_of,
    duties_of,
    lists_of,
    lively,
    pairs_in_doubt,
    renumbering_of,
)
from dutylist.report.views import PUBLISHED, Terminal


@dataclass(frozen=True, slots=True)
class Places:
    """Line and column of what changed, on each side; what is not known stands at the beginning of its file."""

    before: Mapping[Spot, Place] = field(default_factory=dict)
    after: Mapping[Spot, Place] = field(default_factory=dict)

    def of(self, site: Site) -> tuple[Place | None, Place | None]:
        """Where a site stands before and after; None where there is nothing."""
        was = None if site.before is None else self.before.get(site.before, FIRST_LINE)
        return was, None if site.after is None else self.after.get(site.after, FIRST_LINE)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which changes the user wants to see; what is None or empty leaves out nothing. `department` is a full name."""

    township: str | None = None
    department: str | None = None
    kinds: frozenset[ChangeKind] = frozenset()
    lists: frozenset[Kind] = frozenset()
    weights: frozenset[Weight] = frozenset()
    burdens: frozenset[Burden] = frozenset()

    def wants(self, change: Change) -> bool:
        """Whether a change is among them."""
        return (
            (self.township is None or self.township in _townships(change))
            and (self.department is None or self.department in change.departments)
            and (not self.kinds or change.kind in self.kinds)
            and (not self.lists or change.list_kind in self.lists or _about_several(change))
            and (not self.weights or change.weight in self.weights)
            and (not self.burdens or change.burden in self.burdens)
        )


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """合计：列出的变化有多少处；选择了范围时，只计范围之内的。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    changes: int
    """变化数：一共多少处。"""
    substantive: int
    """实质变化数：谁要做什么、归谁管、什么时候做有了变化。"""
    wording: int
    """文字变化数：用词不同，意思没有打算改。"""
    layout: int
    """格式变化数：只有空白、标点宽度或书写形式不同。"""
    heavier: int
    """加重数：使乡镇责任加重的变化。"""
    lighter: int
    """减轻数：使乡镇责任减轻的变化。"""
    duties: int
    """事项数：涉及多少项履职事项。"""
    without_cause: int
    """未注明依据数：没有写明依据的实质变化。"""
    unclosed: int
    """不平的账目数：大于零时这次比较不可采信。"""


@dataclass(frozen=True)
class ChangeReport:
    """A comparison as all writers see it; groups and counts are made once, when a writer first asks for them.

    `comparison` is what was selected, layout and all, in the comparison's order; the groups leave layout out. `root` is
    the library's folder in its repository, for forges.
    """

    before: SideName
    after: SideName
    selection: Selection
    comparison: Comparison
    places: Places
    terminal: Terminal
    rules: Mapping[str, str]
    root: str
    version: str

    @cached_property
    def summary(self) -> ChangeSummary:
        """The counts of what was selected."""
        return _summary(self.comparison)

    @cached_property
    def _told(self) -> list[Change]:
        return [change for change in self.comparison.changes if change.weight is not Weight.LAYOUT]

    @cached_property
    def account(self) -> tuple[AccountRow, ...]:
        """The rows worth showing."""
        return lively(self.comparison.account)

    @cached_property
    def unclosed(self) -> tuple[AccountRow, ...]:
        """The rows that do not add up."""
        return tuple(row for row in self.comparison.account if not row.closes)

    @cached_property
    def heavier(self) -> tuple[RuleChanges, ...]:
        """What got heavier for the township, by rule."""
        return by_rule(change for change in self._told if change.burden is Burden.HEAVIER)

    @cached_property
    def lighter(self) -> tuple[RuleChanges, ...]:
        """What got lighter for the township, by rule."""
        return by_rule(change for change in self._told if change.burden is Burden.LIGHTER)

    @cached_property
    def lists(self) -> tuple[ListChanges, ...]:
        """The changes by township, list and category."""
        return lists_of(self._told)

    @cached_property
    def departments(self) -> tuple[DepartmentChanges, ...]:
        """How many changes concern each department."""
        return departments_of(self._told)

    @property
    def successions(self) -> tuple[Succession, ...]:
        """What merged and split duties became."""
        return self.comparison.successions

    @cached_property
    def doubtful(self) -> tuple[Pair, ...]:
        """The pairs that someone should look at."""
        return pairs_in_doubt(self.comparison.pairs)

    @cached_property
    def renumbering(self) -> tuple[RenumberedList, ...]:
        """The numbers that differ, list by list."""
        return renumbering_of(self.comparison.renumbering)

    @cached_property
    def uncaused(self) -> tuple[DutyChanges, ...]:
        """The substantive changes without a cause."""
        return tuple(duties_of(filter(_lacks_cause, self._told)))

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to tell."""
        told = self.summary.changes or self.unclosed or self.successions or self.renumbering or self.doubtful
        return not told


def changes_view(
    comparison: Comparison,
    *,
    before: SideName,
    after: SideName,
    places: Places,
    selection: Selection,
    terminal: Terminal,
    rules: Mapping[str, str] | None = None,
    root: str = "",
    version: str = "",
) -> ChangeReport:
    """The view of what was selected of a comparison; account, numbers and pairs are limited to its township alone."""
    chosen = _chosen(comparison, selection)
    return ChangeReport(before, after, selection, chosen, places, terminal, rules or {}, root, version)


def _chosen(comparison: Comparison, selection: Selection) -> Comparison:
    if selection == Selection():
        return comparison
    return Comparison(
        changes=tuple(filter(selection.wants, comparison.changes)),
        account=_of_township(comparison.account, selection),
        renumbering=_of_township(comparison.renumbering, selection),
        successions=_of_township(comparison.successions, selection),
        pairs=_of_township(comparison.pairs, selection),
    )


def _summary(chosen: Comparison) -> ChangeSummary:
    weights = Counter(change.weight for change in chosen.changes)
    burdens = Counter(change.burden for change in chosen.changes)
    return ChangeSummary(
        changes=len(chosen.changes),
        substantive=weights[Weight.SUBSTANTIVE],
        wording=weights[Weight.WORDING],
        layout=weights[Weight.LAYOUT],
        heavier=burdens[Burden.HEAVIER],
        lighter=burdens[Burden.LIGHTER],
        duties=len({site.duty for change in chosen.changes for site in change.sites if site.duty is not None}),
        without_cause=sum(map(_lacks_cause, chosen.changes)),
        unclosed=sum(not row.closes for row in chosen.account),
    )


def _lacks_cause(change: Change) -> bool:
    return change.weight is Weight.SUBSTANTIVE and change.cause is None


def _townships(change: Change) -> set[str]:
    """The townships that a change is about; those of its places where it is about several."""
    if change.township is not None:
        return {change.township}
    spots = (spot for site in change.sites for spot in (site.before, site.after) if spot is not None)
    return {parts[1] for spot in spots if (parts := spot.path.split("/"))[0] == DUTIES}


def _about_several(change: Change) -> bool:
    """Whether a change is told once for several duties, whose lists may differ."""
    return change.list_kind is None and change.duty is None and any(site.duty for site in change.sites)


class _Local(Protocol):
    @property
    def township(self) -> str: ...


L = TypeVar("L", bound=_Local)


def _of_township(some: Iterable[L], selection: Selection) -> tuple[L, ...]:
    return tuple(one for one in some if selection.township in (None, one.township))
