"""Which duties are the same where one side has no ids: by name and text, one to one, with a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from dutylist.compare.pair import Points, by_likeness, equal, unpaired_in
from dutylist.compare.text import without_punctuation
from dutylist.model.duty import AnyDuty
from dutylist.model.printed import show_own_fields

# From here on two duties are taken for one; below, down to the second figure, that is only proposed.
TAKEN, PROPOSED = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """Two duties by their indices, how like they are, and whether they are taken for one."""

    before: int
    after: int
    likeness: float

    @property
    def taken(self) -> bool:
        """Whether they are alike enough."""
        return self.likeness >= TAKEN


def matches(before: Sequence[AnyDuty], after: Sequence[AnyDuty]) -> list[Match]:
    """The best one-to-one pairing: the same name in the same list, the same name, else the most like text."""
    pairs: Points = []
    for key in (lambda duty: (duty.kind, without_punctuation(duty.name)), lambda duty: without_punctuation(duty.name)):
        left, right = unpaired_in(pairs, len(before), len(after))
        pairs += equal([(at, key(before[at])) for at in left], [(at, key(after[at])) for at in right])
    left, right = unpaired_in(pairs, len(before), len(after))
    found = by_likeness([_text(before[at]) for at in left], [_text(after[at]) for at in right], PROPOSED)
    exact = [Match(one, other, 1.0) for one, other in pairs]
    return exact + [Match(left[one], right[other], score) for one, other, score in found]


def most_like(text: str, known: Sequence[str], most: int) -> list[tuple[int, float]]:
    """The indices of up to `most` known texts that may be proposed for a text, each with its likeness, best first."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    found = extract(text, known, scorer=ratio, score_cutoff=PROPOSED * 100, limit=most, processor=None)
    return [(at, score / 100) for _, score, at in found]


def _text(duty: AnyDuty) -> str:
    return f"{duty.name}\n{show_own_fields(duty)}"
