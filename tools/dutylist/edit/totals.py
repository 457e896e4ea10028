"""What a township declares follows an edit: by the difference that the edit makes, never by the count itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from dutylist.errors import DutyListError
from dutylist.model.canonical import values_of
from dutylist.model.duty import AnyDuty, Kind
from dutylist.model.library import Counted, Library
from dutylist.model.preface import enumerations, figures
from dutylist.model.record import Record
from dutylist.model.township import Declared, DeclaredKind, PrefaceSection, Township

Edits = dict[tuple[int, int], list[tuple[int, int, str]]]


def follow(
    township: Township, library: Library, before: Iterable[Record[AnyDuty]], after: Iterable[Record[AnyDuty]]
) -> Township:
    """`township` with declared totals and the preface's figures and categories moved as the duties did.

    Published figures may be wrong on purpose, so the same error stays. Raises a `DutyListError` where a total would
    fall below nothing.
    """
    old, new = library.counted(before), library.counted(after)
    declared = _shift_all(township.declared, old, new)
    preface = _follow_in_prose(township, declared, library, old, new)
    if declared == township.declared and preface == township.preface:
        return township
    return replace(township, declared=declared, preface=preface)


def _shift_all(declared: Declared, old: Counted, new: Counted) -> Declared:
    kinds = {kind: _shift_kind(declared.of(kind), kind, old, new) for kind in Kind}
    grown = sum(len(new[kind]["duties"]) - len(old[kind]["duties"]) for kind in Kind)
    overall = _checked(declared.duties + grown, "总数")
    return Declared(duties=overall, **{kind.value: value for kind, value in kinds.items()})


def _shift_kind(declared: DeclaredKind, kind: Kind, old: Counted, new: Counted) -> DeclaredKind:
    shifted = {
        what: _checked(value + len(new[kind][what]) - len(old[kind][what]), kind.label)
        for what, value in values_of(declared).items()
    }
    return DeclaredKind(**shifted)


def _checked(total: int, what: str) -> int:
    if total < 0:
        message = f"所报的数（{what}）比实际少，再减就成了负数；没有改动任何文件。"
        raise DutyListError(message, "请先改正 township.toml 的 declared（dutylist check 会指出）。")
    return total


def _follow_in_prose(
    township: Township, declared: Declared, library: Library, old: Counted, new: Counted
) -> tuple[PrefaceSection, ...]:
    """The preface with every figure that said what was declared saying what is declared now, categories likewise."""
    edits: Edits = defaultdict(list)
    for figure in figures(township.preface):
        was, now = (_declared(one, figure.kind, figure.what) for one in (township.declared, declared))
        if now is not None and figure.number == was != now:
            edits[figure.section, figure.paragraph].append((figure.start, figure.end, str(now)))
    for listed in enumerations(township.preface):
        was_there, is_there = old[listed.kind]["categories"], new[listed.kind]["categories"]
        words = _relist(listed.categories, was_there - is_there, is_there - was_there, library.category_order)
        if words != list(listed.categories):
            edits[listed.section, listed.paragraph].append((listed.start, listed.end, "、".join(words)))
    return tuple(_edited(section, index, edits) for index, section in enumerate(township.preface))


def _declared(declared: Declared, kind: Kind | None, what: str) -> int | None:
    if kind is None:
        return declared.duties if what == "duties" else None
    value: int | None = getattr(declared.of(kind), what)
    return value


def _relist(words: Iterable[str], gone: set[str], come: set[str], order: dict[str, int]) -> list[str]:
    """An enumeration without the categories that are gone, and with those that have come before the next in order."""
    result = [word for word in words if word not in gone]
    for word in sorted(come - set(result), key=lambda word: order.get(word, len(order))):
        rank = order.get(word, len(order))
        later = (index for index, other in enumerate(result) if order.get(other, -1) > rank)
        result.insert(next(later, len(result)), word)
    return result


def _edited(section: PrefaceSection, index: int, edits: Edits) -> PrefaceSection:
    paragraphs = list(section.paragraphs)
    for number in range(len(paragraphs)):
        # From the end, so that the offsets of what still has to be replaced stay true.
        for start, end, text in sorted(edits.get((index, number), ()), reverse=True):
            paragraphs[number] = paragraphs[number][:start] + text + paragraphs[number][end:]
    return replace(section, paragraphs=tuple(paragraphs))
