"""Whether two spellings mean one department: through the vocabularies of both sides, in either direction alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dutylist.model.text import full_width_brackets
from dutylist.model.vocabulary import Departments


@dataclass(frozen=True)
class Names:
    """The vocabularies of both sides as one."""

    before: Departments
    after: Departments

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        return {}

    def canonical(self, spelling: str) -> str:
        """The full name of a department, the spelling itself where neither side knows it."""
        known = self._known.get(spelling)
        if known is None:
            found = (vocabulary.match(spelling) for vocabulary in (self.before, self.after))
            known = min((match.name for match in found if match), default=full_width_brackets(spelling))
            self._known[spelling] = known
        return known

    def named(self, heading: str) -> tuple[str, ...]:
        """The full names of the departments that a heading names, one or several with 、 between them."""
        names = self._named.get(heading)
        if names is None:
            names = tuple(self.canonical(part) for part, _ in self.after.parts(heading))
            self._named[heading] = names
        return names

    def owners(self, headings: Sequence[str | None]) -> list[str | None]:
        """The department that each of some sections belongs to: its own, or that of the one above."""
        owners: list[str | None] = []
        for heading in headings:
            above = owners[-1] if owners else None
            owners.append(above if heading is None else self.canonical(heading))
        return owners
