"""One difference as the comparing functions find it, before it is put in its duty, list and township."""

from dataclasses import dataclass

from dutylist.model.change import ChangeKind, Weight
from dutylist.model.finding import FieldPath


@dataclass(frozen=True, slots=True)
class Step:
    """A difference: where it stands on each side (None: nowhere), and what is printed there.

    `weight` is given where it is not that of the kind. `texts` are those that came or went and stand nowhere else in
    the duty. `values` are what the fingerprint hashes beyond the two texts.
    """

    kind: ChangeKind
    at_before: FieldPath | None
    at_after: FieldPath | None
    before: str | None
    after: str | None
    weight: Weight | None = None
    texts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
