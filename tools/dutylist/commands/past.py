"""What `log` and `blame` share: the duty that the user means, wherever its file is now, and its history."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dutylist.commands.common import choose_township, hint
from dutylist.edit.lookup import means, nearest
from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import LegFolder
from dutylist.model.duty import Kind
from dutylist.model.history import History
from dutylist.model.library import DUTIES, Library, TownshipFolder
from dutylist.model.text import one_line
from dutylist.model.township import Event
from dutylist.store.history import differs_on_disk, read_history, require_history
from dutylist.store.leg_commits import legs_of_commits
from dutylist.store.locate import find_library
from dutylist.store.read import read
from dutylist.store.revision import Revision, repository_around, revision

_WHOLE = re.compile(r"[a-z][a-z0-9]{1,9}-[0-9]{4,6}")


@dataclass(frozen=True, slots=True)
class Past:
    """A duty's history up to a revision: of which library, which commit, and what should be said beside the result."""

    revision: Revision
    library: Library
    history: History
    hints: tuple[str, ...]

    def legs_of(self, commits: Iterable[str]) -> dict[str, list[LegFolder]]:
        """Of each of these commits, the legs in which it was made, of campaigns about the duty's township."""
        township = _township_of(self.history)
        about = [one for one in self.library.campaigns if one.campaign and township in one.campaign.townships]
        legs = [leg for campaign in about for leg in campaign.in_order]
        root = self.revision.repository / self.revision.subfolder
        return legs_of_commits(repository_around(root), self.revision.commit, legs, set(commits)) if legs else {}

    def say_hints(self) -> None:
        """Tells the user what the result does not show."""
        for text in self.hints:
            hint(text)


def open_past(named: Path | None, name: str | None, township: str | None, wanted: str) -> Past:
    """The history of the duty that the user means, which may be gone at the revision `name` (by default HEAD)."""
    root = find_library(Path.cwd(), named)
    require_history(root, name or "HEAD")
    there = revision(root, name or "HEAD")
    library, _ = read(there)
    folders = library.townships if township is None else (choose_township(library, township),)
    duty_id = _meant(library, folders, wanted)
    history = read_history(there, duty_id, _events(folders))
    if not history.moments or township not in (None, _township_of(history)):
        raise _unknown(folders, wanted)
    return Past(there, library, history, tuple(_hints(root, there, name or "HEAD", folders, history)))


def _meant(library: Library, folders: Iterable[TownshipFolder], wanted: str) -> str:
    """The id of the one duty that the user's words mean; a whole id may be that of one that is gone."""
    if _WHOLE.fullmatch(wanted):
        return wanted
    lists = [(folder, kind) for folder in folders for kind in Kind]
    ids = {
        one.duty.id: one_line(one.record.path)
        for folder, kind in lists
        for one in library.numbered(folder, kind)
        if means(wanted, one)
    }
    if len(ids) > 1:
        message = f"{one_line(wanted)} 可以指几项事项：{'、'.join(ids.values())}。"
        raise UsageError(message, "请把编号写全，或用 --township 指定乡镇。")
    if not ids:
        raise _unknown(folders, wanted)
    return next(iter(ids))


def _township_of(history: History) -> str | None:
    """The township whose folder the duty lay in at last."""
    last = next(moment.versions[history.duty] for moment in history.moments if history.duty in moment.versions)
    return last.path.split("/")[1]


def _events(folders: Iterable[TownshipFolder]) -> list[Event]:
    return [event for folder in folders if folder.ledger for event in folder.ledger.value.events]


def _unknown(folders: Iterable[TownshipFolder], wanted: str) -> DutyListError:
    """An id that no commit knows, answered with the nearest of those that are or were given out."""
    ids = {record.value.id for folder in folders for record in folder.duties}
    ids |= {one for event in _events(folders) for one in (*event.origin, *event.into)}
    otherwise = "运行 dutylist list 查看全部编号；已经不在清单中的，请把编号写全，如 azk-0012。"
    return DutyListError(
        f"历史中从来没有编号为 {one_line(wanted)} 的事项。", nearest(wanted, sorted(ids), otherwise, likeness=0.7)
    )


def _hints(
    root: Path, there: Revision, name: str, folders: Iterable[TownshipFolder], history: History
) -> Iterable[str]:
    """What the history leaves out: what is not committed, what cannot be read."""
    if (root / DUTIES).is_dir() and differs_on_disk(there, history.duty):
        yield f"{history.duty} 的当前文件与版本 {one_line(name)} 不同；这里说的是到这个版本为止提交过的内容。"
    version = history.moments[0].versions.get(history.duty)
    if version and version.fault:
        yield f"{one_line(version.path)} 在这个版本里读不出来，以之前读得出来的内容为准：{version.fault}"
    for folder in folders:
        if folder.ledger is None:
            yield f"{one_line(folder.ledger_path)} 缺少或读不出来，看不出合并和拆分；运行 dutylist check 查看原因。"
