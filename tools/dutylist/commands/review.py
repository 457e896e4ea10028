"""Reviews a modification: what is new since it parted from BASE, what could silence findings, what changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path

import click

from dutylist.check.runner import Profile, check
from dutylist.commands.checking import THRESHOLDS, fail_on_option, in_source, profile_option
from dutylist.commands.common import (
    date_option,
    emit,
    format_option,
    library_option,
    output_option,
    quiet_option,
    revision_option,
    today_of,
    township_option,
)
from dutylist.commands.comparing import compared
from dutylist.commands.sides import WORK_TREE, Side
from dutylist.compare.burden import RULES
from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import SideName
from dutylist.model.finding import Edit, Finding
from dutylist.model.library import DUTIES, Library
from dutylist.model.text import one_line
from dutylist.report.changes import ChangeReport, Selection, changes_view
from dutylist.report.review import ReviewReport, Silencers, Span, review_view
from dutylist.report.review_findings import Since, since
from dutylist.report.review_formats import FORMATS, write
from dutylist.report.review_silence import totals_since, waivers_since, words_since
from dutylist.report.views import PlacedEdit, Terminal
from dutylist.store.locate import find_library, folder_in_repository, open_snapshot
from dutylist.store.read import read
from dutylist.store.revision import Revision, commit_of, common_ancestor, repository_around
from dutylist.store.revision import revision as library_at
from dutylist.store.snapshot import Memory, Snapshot


@click.command("review")
@click.argument("base", metavar="基准")
@profile_option
@fail_on_option("新的问题")
@format_option(*FORMATS)
@output_option
@township_option
@revision_option
@date_option
@library_option
@quiet_option
def command(
    base: str,
    profile: str,
    fail_on: str,
    form: str,
    output: Path | None,
    township: str | None,
    revision: str | None,
    today: datetime | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """审核一次修改：与基准分开以来新的问题、可能掩盖问题的改动、全部变化。

    基准是 git 版本，如 origin/main；从它与所审核的状态分开的提交比起，基准自己后来的提交不算。
    原来就有的问题只计数。有新问题达到 --fail-on、变化无法比较或账目不平时退出码为 1，
    用法不对为 2，读不到版本、没有共同历史、无法比较又没有新问题可列时为 3。
    """
    root = find_library(Path.cwd(), library)
    span, sides = _span(root, base, revision)
    day = today_of(today)
    states = [_state(side, Profile(profile), day) for side in sides]
    if span.from_nothing:
        states[0] = replace(states[0], findings=[])
    view = _view(root, span, sides, states, township, Profile(profile), fail_on)
    emit(write(form, view), output, quiet=quiet)
    raise SystemExit(0 if view.passed else 1)


@dataclass(frozen=True, slots=True)
class _State:
    """What one side says, and everything that `check` finds in it."""

    snapshot: Snapshot
    library: Library
    findings: list[Finding]


def _span(root: Path, base: str, revision: str | None) -> tuple[Span, tuple[Side, Side]]:
    """What is reviewed, and its two ends."""
    if not base:
        raise UsageError("没有写明基准。", "请写出基准的版本，如 dutylist review origin/main。")
    snapshot = open_snapshot(root, revision)
    repository = repository_around(root)
    tip, head = (SideName(name, commit_of(repository, name)) for name in (base, revision or "HEAD"))
    parted = common_ancestor(repository, tip, head)
    from_nothing = not _holds_library(Revision(repository.place, parted, repository.subfolder))
    there: Snapshot = Memory({}) if from_nothing else library_at(root, parted)
    span = Span(tip, parted, head if revision else SideName(WORK_TREE), from_nothing)
    return span, (Side(span.before, there), Side(span.after, snapshot))


def _holds_library(there: Revision) -> bool:
    return any(path.startswith(f"{DUTIES}/") for path in there.ids())


def _state(side: Side, profile: Profile, day: date) -> _State:
    assert side.snapshot is not None
    library, faults = read(side.snapshot)
    return _State(side.snapshot, library, check(library, faults, profile=profile, today=day))


def _view(
    root: Path,
    span: Span,
    sides: tuple[Side, Side],
    states: list[_State],
    township: str | None,
    profile: Profile,
    fail_on: str,
) -> ReviewReport:
    """Everything a format needs, of the township that the user named."""
    old, new = states
    _require_township(township, old.library, new.library)
    found, edits = _in_source(new.snapshot, since(old.findings, new.findings).within(_within(township)))
    changes, refused = _changes(root, sides, township, anything_else=bool(found.new))
    return review_view(
        span,
        found,
        _silencers(old, new, township),
        changes,
        profile=profile.value,
        fail_on=THRESHOLDS[fail_on],
        refused=refused,
        edits=edits,
    )


def _require_township(name: str | None, *libraries: Library) -> None:
    """Refuses the name of a township that neither side has."""
    names = list(dict.fromkeys(folder.name for library in libraries for folder in library.townships))
    if name is not None and name not in names:
        raise UsageError(f"两边都没有乡镇 {one_line(name)}。", f"可选：{'、'.join(map(one_line, names)) or '（无）'}")


def _within(township: str | None) -> Callable[[str], bool]:
    """A test for paths: inside the township, if one is named."""
    return lambda path: township is None or path.startswith(f"{DUTIES}/{township}/")


def _in_source(snapshot: Snapshot, found: Since) -> tuple[Since, dict[Edit, PlacedEdit]]:
    """The findings that are shown with their places, and what their fixes do to the source."""
    from dutylist.store.place import locate_in

    groups = (found.new, found.silenced, found.born_waived)
    texts, edits = in_source(snapshot, chain(*groups))
    new, silenced, born_waived = (tuple(locate_in(some, texts)) for some in groups)
    return replace(found, new=new, silenced=silenced, born_waived=born_waived), edits


def _changes(
    root: Path, sides: tuple[Side, Side], township: str | None, *, anything_else: bool
) -> tuple[ChangeReport | None, str]:
    """What changed, or why that cannot be said, where there is `anything_else` to show; raises where there is not."""
    try:
        found = compared(root, *sides)
    except DutyListError as error:
        if not anything_else:
            raise
        return None, error.message + error.hint
    view = changes_view(
        found.comparison,
        before=sides[0].name,
        after=sides[1].name,
        places=found.places,
        selection=Selection(township=township),
        terminal=Terminal(),
        rules={rule.code: rule.title for rule in RULES},
        root=folder_in_repository(root),
    )
    return view, ""


def _silencers(old: _State, new: _State, township: str | None) -> Silencers:
    """What could silence findings, of the township that the user named; vocabularies are everybody's."""
    waivers = waivers_since(old.library, new.library, new.findings)
    totals = totals_since(old.library, new.library)
    return Silencers(
        tuple(one for one in waivers if township in (None, one.township)),
        tuple(one for one in totals if township in (None, one.township)),
        tuple(words_since(old.library, new.library)),
    )
