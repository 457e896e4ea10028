"""What several verbs know of a leg: its base, what changed since, what the opinions say of that, its reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dutylist import __version__
from dutylist.check.runner import check_consultation
from dutylist.commands.comparing import compared, with_causes
from dutylist.commands.sides import WORK_TREE, Side
from dutylist.compare.burden import RULES
from dutylist.consult import scope
from dutylist.consult.legs import campaign_of, townships_of, with_leg
from dutylist.consult.reconcile import Reconciled, is_about, reconcile
from dutylist.consult.seal import content_digest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import Change, Comparison, SideName, Weight
from dutylist.model.changelog import CHANGELOG, LEG_FILE, LegFolder
from dutylist.model.consultation import Cause, Decision, Totals
from dutylist.model.duty import Kind
from dutylist.model.finding import Finding, Severity
from dutylist.model.library import DUTIES, Library
from dutylist.model.text import one_line
from dutylist.report.changes import ChangeReport, Places, Selection, changes_view
from dutylist.report.views import Terminal
from dutylist.store.causes import causes
from dutylist.store.revision import Repository, repository_around, revision
from dutylist.store.snapshot import Folder
from dutylist.store.states import Passing, States, find_state, passings

_SHORTEST = 6


@dataclass(frozen=True)
class Standing:
    """A leg at one moment: the changes since its base, reconciled with its opinions."""

    leg: LegFolder
    before: SideName
    after: SideName
    comparison: Comparison
    places: Places
    reconciled: Reconciled
    causes: tuple[Cause, ...]
    totals: tuple[Totals, Totals]
    names: Mapping[str, str]

    @property
    def view(self) -> ChangeReport:
        """The changes as reports see them, opinions among their causes."""
        return changes_view(
            replace(self.comparison, changes=self.reconciled.changes),
            before=self.before,
            after=self.after,
            places=self.places,
            selection=Selection(),
            terminal=Terminal(),
            rules={rule.code: rule.title for rule in RULES},
            version=__version__,
        )


def standing(
    root: Path,
    library: Library,
    leg: LegFolder,
    base: str,
    after: Side,
    known: Sequence[Cause],
    names: Mapping[str, str] | None = None,
) -> Standing:
    """How a leg stands: its base is at the commit `base`, what it has become at `after`; `known` says why.

    `library` is that of the campaign's records; `names` are those of the duties, where it does not hold them. Neither
    side is named by its commit, and the causes are those given here: so the same content gives the same reports,
    whatever became of the commits.
    """
    campaign = campaign_of(library, leg)
    townships = townships_of(campaign)
    old = revision(root, base)
    before, now = Side(SideName(f"{leg.title} 基准"), old), replace(after, name=SideName(after.name.name))
    found = compared(root, before, now)
    told = scope.of_townships(found.comparison, townships)
    told = replace(told, changes=tuple(with_causes(told.changes, {cause.duty: cause for cause in known})))
    duties = {site.duty for change in told.changes for site in change.sites}
    return Standing(
        leg,
        before.name,
        now.name,
        told,
        found.places,
        reconcile(leg, told.changes, earlier_approvals(library, leg)),
        tuple(cause for cause in known if cause.duty in duties),
        (_counted(told, "before"), _counted(told, "after")),
        _names(told, names or {record.value.id: record.value.name for _, record in library.duties()}),
    )


def _counted(told: Comparison, side: str) -> Totals:
    """The duties of each list on one side, as the account counts them."""
    counts = {
        kind: sum(getattr(row, side) for row in told.account if row.kind is kind and row.category is None)
        for kind in Kind
    }
    return Totals(duties=sum(counts.values()), **{kind.value: count for kind, count in counts.items()})


def _names(told: Comparison, there: Mapping[str, str]) -> dict[str, str]:
    """What the duties of the opinions are called: those that are gone by their last name."""
    gone = {change.duty: change.name for change in told.changes if change.duty and change.name}
    return {**gone, **there}


def earlier_approvals(library: Library, leg: LegFolder) -> list[Decision]:
    """The approvals given in earlier legs of the same campaign."""
    legs = campaign_of(library, leg).in_order
    before = legs[: [one.name for one in legs].index(leg.name)]
    return [record.value for one in before for record in one.decisions]


def standing_now(root: Path, library: Library, leg: LegFolder) -> Standing | None:
    """How a leg stands: an open one in the work tree, a closed one as it was sealed; None where nothing compares.

    An open leg without its base is refused; of a closed one history may have been left behind.
    """
    if leg.leg is None or leg.leg.base is None:
        return None
    repository = repository_around(root)
    if leg.is_open:
        base = require_base(root, leg, "HEAD")
        return standing(root, library, leg, base, work_tree_of(root), causes_since(repository, base, "HEAD"))
    states, history = States.of(repository), all_passings(repository, "HEAD")
    began, ended = base_commit(states, history, leg), sealed_commit(states, history, leg)
    if began is None or ended is None:
        return None
    return standing(root, library, leg, began, sealed_side(root, leg, ended), leg.leg.causes)


def sealed_side(root: Path, leg: LegFolder, commit: str) -> Side:
    """The state that a leg is sealed with, under a name that no commit changes."""
    return Side(SideName(f"{leg.title} 封存"), revision(root, commit))


def changes_now(root: Path, library: Library, leg: LegFolder) -> list[Change]:
    """What has changed in an open leg, as people see it."""
    found = standing_now(root, library, leg)
    changes = found.comparison.changes if found else ()
    return [change for change in changes if change.weight is not Weight.LAYOUT]


def meant_changes(changes: Iterable[Change], wanted: Iterable[str]) -> list[Change]:
    """The changes that fingerprints, or their beginnings, mean; several may have one fingerprint."""
    known = {one.fingerprint: one for one in changes}
    meant: dict[str, Change] = {}
    for text in wanted:
        found = {name: one for name, one in known.items() if name.startswith(text) and len(text) >= _SHORTEST}
        if len(found) != 1:
            message = f"{'没有' if not found else '不止一处'}变化的指纹是 {one_line(text)}。"
            raise UsageError(message, "指纹见 dutylist leg status 或 compare --format json；至少写六位。")
        meant |= found
    return list(meant.values())


def work_tree_of(root: Path) -> Side:
    """The files as they lie on disk, as a side."""
    return Side(SideName(WORK_TREE), Folder(root))


def causes_since(repository: Repository, base: str, head: str) -> tuple[Cause, ...]:
    """Why duties were changed, as the commits between two revisions say, by id."""
    found = causes(repository, base, head)
    return tuple(Cause(duty=duty, text=one.text, author=one.author) for duty, one in sorted(found.items()))


def all_passings(repository: Repository, head: str) -> dict[str, list[Passing]]:
    """Of each `leg.toml`, the commits up to `head` that touched it, the latest first."""
    return passings(repository, head, CHANGELOG, LEG_FILE)


def base_commit(states: States, history: Mapping[str, Sequence[Passing]], leg: LegFolder) -> str | None:
    """A commit with the content that the leg began from: where the leg was opened, or any leg touched."""
    own = [state for passing in reversed(history.get(leg.path, ())) for state in reversed(passing.states)]
    others = (state for some in history.values() for passing in some for state in passing.states)
    assert leg.leg is not None
    return find_state(states, (*own, *others), leg.leg.base, content_digest) if leg.leg.base else None


def sealed_commit(states: States, history: Mapping[str, Sequence[Passing]], leg: LegFolder) -> str | None:
    """A commit with the content that the leg was sealed with: where `leg.toml` was touched."""
    found = (state for passing in history.get(leg.path, ()) for state in passing.states)
    return find_state(states, found, leg.seal.content, content_digest) if leg.seal else None


def require_base(root: Path, leg: LegFolder, head: str) -> str:
    """The commit of the leg's base; refused where no history has it."""
    repository = repository_around(root)
    found = base_commit(States.of(repository), all_passings(repository, head), leg)
    if found is None:
        message = f"历史中找不到环节 {leg.title} 开始时的状态。"
        shallow = "这是浅克隆，请运行 git fetch --unshallow 取来全部历史后重试。"
        raise DutyListError(message, shallow if repository.shallow else "运行 dutylist audit 查看原因。")
    return found


def findings_of(
    library: Library, faults: Iterable[Finding], leg: LegFolder, reconciled: Reconciled | None
) -> list[Finding]:
    """All that is wrong with a leg, were it closed as it is here: in its records, and against the changes.

    Duties of its townships that cannot be read belong to that: a seal would count without them.
    """
    homes = tuple(f"{DUTIES}/{name}/" for name in townships_of(campaign_of(library, leg)))
    unread = (fault for fault in faults if fault.severity is Severity.ERROR and fault.spot.path.startswith(homes))
    unreadable = [*(fault for fault in faults if is_about(leg, fault)), *unread]
    own = [finding for finding in check_consultation(with_leg(library, leg)) if is_about(leg, finding)]
    return [*unreadable, *own, *(reconciled.findings if reconciled else ())]
