"""Which findings are new since another revision, which are gone, and which are waived now that were not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dutylist.model.finding import Finding, sort_key


@dataclass(frozen=True, slots=True)
class Since:
    """What became of the findings, each in one of these, in the order in which findings are shown.

    Open now: `new`, `known` (open before too). Waived now: `silenced` (open before), `born_waived` (not there before),
    `waived` (waived before too). Open before and not there any more: `resolved`.
    """

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    born_waived: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    resolved: tuple[Finding, ...]

    def within(self, wanted: Callable[[str], bool]) -> "Since":
        """Those in files that are wanted."""
        groups = (getattr(self, name) for name in self.__slots__)
        return Since(*(tuple(one for one in some if wanted(one.spot.path)) for some in groups))


def since(before: Iterable[Finding], after: Iterable[Finding]) -> Since:
    """What became of the findings of BEFORE. They are paired by fingerprint, one to one: a second one alike is new."""
    opened, waived = _Left(), _Left()
    for finding in sorted(before, key=sort_key):
        (opened if finding.waived is None else waived).put(finding)
    new, known, silenced, born_waived, still_waived = (list[Finding]() for _ in range(5))
    for finding in sorted(after, key=sort_key):
        if finding.waived is None:
            group = known if opened.take(finding) else new
        elif waived.take(finding):
            group = still_waived
        else:
            group = silenced if opened.take(finding) else born_waived
        group.append(finding)
    groups = (new, known, silenced, born_waived, still_waived, opened.rest())
    return Since(*map(tuple, groups))


class _Left:
    """The findings that have found no counterpart yet."""

    def __init__(self) -> None:
        self._by_mark: dict[str, list[Finding]] = {}

    def put(self, finding: Finding) -> None:
        self._by_mark.setdefault(finding.fingerprint, []).append(finding)

    def take(self, finding: Finding) -> bool:
        """Whether there was a counterpart; it is not there for the next one."""
        alike = self._by_mark.get(finding.fingerprint)
        return bool(alike and alike.pop(0))

    def rest(self) -> list[Finding]:
        return [finding for some in self._by_mark.values() for finding in some]
