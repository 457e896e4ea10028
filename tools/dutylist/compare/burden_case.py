"""What a burden rule is: one function that says heavier, and the cases it is asked about."""

from collections.abc import Callable
from dataclasses import dataclass

from dutylist.model.change import Burden, ChangeKind, Pieces, turned
from dutylist.model.duty import Kind

TOWNSHIP = "township_responsibilities"
SUPERIOR = "superior_responsibilities"

# Kinds whose two texts may both say what the township does.
TEXT_KINDS = (ChangeKind.CLAUSE_REVISED, ChangeKind.TEXT_REVISED, ChangeKind.CLAUSE_MOVED, ChangeKind.RENAMED)


@dataclass(frozen=True, slots=True)
class BurdenCase:
    """One change to judge: in which list, in which top-level field and with which text on each side.

    `carried` is a text that came or went but stands elsewhere on the other side: neither new nor gone. `diff` spares
    the rules about texts most of their work; without it they read both texts whole.
    """

    kind: ChangeKind
    list_before: Kind | None
    list_after: Kind | None
    field_before: str | None
    field_after: str | None
    before: str | None
    after: str | None
    diff: Pieces = ()
    carried: bool = False

    @property
    def mirror(self) -> "BurdenCase":
        """The same change read backwards."""
        return BurdenCase(
            self.kind.facts.mirror,
            self.list_after,
            self.list_before,
            self.field_after,
            self.field_before,
            self.after,
            self.before,
            turned(self.diff),
            self.carried,
        )

    @property
    def texts(self) -> tuple[str, str] | None:
        """Both texts, where both say what the township does: its clauses, and the name of a basic duty."""
        if self.before is None or self.after is None or not self._is_about_township:
            return None
        return self.before, self.after

    @property
    def _is_about_township(self) -> bool:
        if self.kind is ChangeKind.RENAMED:
            return self.list_before is self.list_after is Kind.BASIC
        return self.field_before == self.field_after == TOWNSHIP

    @property
    def changed(self) -> str:
        """The characters that came or went, or all of both texts where the difference was not given."""
        if self.diff:
            return "".join([text for sign, text in self.diff if sign != "="])
        return f"{self.before}{self.after}"


Heavier = Callable[[BurdenCase], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A burden rule about changes of `kinds`; where a text has none of `signs` changed, it is not asked."""

    code: str
    title: str
    kinds: tuple[ChangeKind, ...]
    doc: str
    heavier: Heavier
    signs: frozenset[str] = frozenset()

    def concerns(self, case: BurdenCase) -> bool:
        """A cheap look at whether the rule could speak, the same in both directions."""
        return not self.signs or (case.texts is not None and not self.signs.isdisjoint(case.changed))

    def judge(self, case: BurdenCase) -> Burden:
        """Lighter is heavier read backwards; who would say both says nothing."""
        heavier, lighter = self.heavier(case), self.heavier(case.mirror)
        if heavier == lighter:
            return Burden.NEUTRAL
        return Burden.HEAVIER if heavier else Burden.LIGHTER


def rule(
    code: str, title: str, kinds: tuple[ChangeKind, ...] = TEXT_KINDS, *, signs: str = ""
) -> Callable[[Heavier], Rule]:
    """Makes a rule of the function below it; `kinds` holds the mirror of each, `signs` marks a rule about texts."""

    def make(function: Heavier) -> Rule:
        return Rule(code, title, kinds, function.__doc__ or "", function, frozenset(signs))

    return make
