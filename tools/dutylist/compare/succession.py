"""What merged and split duties said, clause by clause: where each stands now; and mergers that no ledger tells of."""

from collections.abc import Iterator, Mapping, Sequence

from dutylist.compare.events import Fates, Turn, heirs
from dutylist.compare.text import likeness, without_punctuation
from dutylist.model.change import ClauseFate, Standing, Succession
from dutylist.model.duty import AnyDuty, sections_of
from dutylist.model.finding import field_name
from dutylist.model.township import EventKind

Duties = Mapping[str, AnyDuty]
Said = tuple[str, str]
"""A field and its text."""

# A clause that was rewritten this much still is the clause.
_ALIKE = 0.6
# What must be found again of a duty before a merger is proposed.
_PROPOSED = 0.6
# Two names this like are one name rewritten.
_SAME_NAME = 0.8


def texts_of(duty: AnyDuty) -> list[Said]:
    """What a duty says: its texts and clauses with their fields; a basic duty's name, which is its clause."""
    found = []
    for field, index, section in sections_of(duty):
        if section.text is not None:
            found.append((field_name((field, index, "text")), section.text))
        found += [(field_name((field, index, "clauses", at)), clause) for at, clause in enumerate(section.clauses)]
    return found or [("name", duty.name)]


def successions(
    township: str, some: Sequence[Turn], told: Fates, before: Duties, after: Duties
) -> Iterator[Succession]:
    """The mergers and splits that changes tell of, with what became of each clause."""
    happened = {id(turn): turn for turn in (*told.merged.values(), *told.split_off.values())}
    for turn in (turn for turn in some if id(turn) in happened):
        clauses = [fate for duty in turn.origin if duty in before for fate in _fates(duty, some, before, after)]
        event = turn.event
        yield Succession(turn.kind, township, turn.origin, turn.into, event.reason, event.leg, tuple(clauses))


def _fates(duty: str, some: Sequence[Turn], before: Duties, after: Duties) -> Iterator[ClauseFate]:
    places = [(heir, *said) for heir in heirs(duty, some) if heir in after for said in texts_of(after[heir])]
    for field, text in texts_of(before[duty]):
        yield ClauseFate(duty, field, text, _standing(text, places))


def _standing(text: str, places: Sequence[tuple[str, str, str]]) -> Standing | None:
    """The place where a text stands, or the most like one."""
    bare = without_punctuation(text)
    scored = [(_likeness(bare, without_punctuation(there)), -at) for at, (_, _, there) in enumerate(places)]
    best, at = max(scored, default=(0.0, 0))
    return Standing(*places[-at], best) if best else None


def _likeness(text: str, there: str) -> float:
    return 1.0 if text == there else likeness(text, there, _ALIKE)


def proposed(
    township: str, gone: Sequence[str], come: Sequence[str], before: Duties, after: Duties
) -> list[Succession]:
    """Mergers and splits that the texts tell of and the ledger does not.

    `gone` and `come` are the duties that were retired or added without an event, `before` and `after` all that differ.
    """
    found: list[Succession] = []
    arrived, departed = _new_texts(after, before), _new_texts(before, after)
    for one in gone:
        others, score = _found_again(before[one], arrived) or _namesake(before[one], {two: after[two] for two in come})
        if others:
            found.append(Succession(EventKind.MERGE, township, (one,), others, None, None, (), score))
    known = {two for succession in found for two in succession.into}
    for one in come:
        others, score = _found_again(after[one], departed) or _NOBODY
        if others and one not in known:
            found.append(Succession(EventKind.SPLIT, township, others, (one,), None, None, (), score))
    return found


_NOBODY: tuple[tuple[str, ...], float] = ((), 0.0)


def _new_texts(here: Duties, there: Duties) -> dict[str, str]:
    """What duties say on one side and do not say on the other, with the first duty that says it."""
    found: dict[str, str] = {}
    for one, duty in here.items():
        said = {without_punctuation(text) for _, text in texts_of(there[one])} if one in there else set()
        for _, text in texts_of(duty):
            if (bare := without_punctuation(text)) not in said:
                found.setdefault(bare, one)
    return found


def _found_again(duty: AnyDuty, texts: Mapping[str, str]) -> tuple[tuple[str, ...], float] | None:
    """The duties that say most of what this one says, and how much of it."""
    said = [without_punctuation(text) for _, text in texts_of(duty)]
    score = sum(len(text) for text in said if text in texts) / max(1, sum(map(len, said)))
    return (tuple(sorted({texts[text] for text in said if text in texts})), score) if score >= _PROPOSED else None


def _namesake(duty: AnyDuty, others: Duties) -> tuple[tuple[str, ...], float]:
    """The duty whose name is most like this one's, if it is like enough to be the same rewritten."""
    scored = [(likeness(duty.name, other.name, _SAME_NAME), one) for one, other in others.items()]
    score, one = max(scored, default=(0.0, ""))
    return ((one,), score) if score else _NOBODY
