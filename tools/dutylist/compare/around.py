"""What differs around the duties: preface, declared totals, who the township is, its ledger, the vocabularies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dutylist.compare.events import only_in
from dutylist.compare.pair import align
from dutylist.compare.step import Step
from dutylist.compare.weight import weight_of
from dutylist.model.canonical import values_of
from dutylist.model.change import ChangeKind, Weight
from dutylist.model.duty import SHORT_LABELS, Kind
from dutylist.model.finding import FieldPath
from dutylist.model.township import Event, Ledger, Township
from dutylist.model.vocabulary import Categories, Departments

_UNITS = {"duties": "项", "categories": "个类别", "departments": "个部门"}
# What has a kind of change of its own.
_APART = ("preface", "declared")


def township_steps(old: Township | None, new: Township | None) -> Iterator[Step]:
    """What differs in `township.toml`."""
    if old is None or new is None:
        was, now = (None if one is None else one.title for one in (old, new))
        if old is not new:
            yield Step(ChangeKind.TOWNSHIP_REVISED, (), (), was, now)
        return
    yield from _preface(old, new)
    if old.declared != new.declared:
        was, now = _declared(old, new), _declared(new, old)
        yield Step(ChangeKind.DECLARED_REVISED, ("declared",), ("declared",), was, now)
    yield from _leaves(_own(old), _own(new), ChangeKind.TOWNSHIP_REVISED)


def ledger_steps(old: Ledger | None, new: Ledger | None, told: Callable[[Event], bool], grows: bool) -> Iterator[Step]:
    """What differs in `ledger.toml` beyond the events that are `told` and the numbers of duties that came (`grows`)."""
    was = {} if old is None else {"next": old.next, "last": old.last or ""}
    now = {} if new is None else {"next": new.next, "last": new.last or ""}
    if not grows or not was or not now:
        yield from _leaves(was, now, ChangeKind.TOWNSHIP_REVISED)
    gone = [event for event in only_in(old, new) if not told(event)]
    come = [event for event in only_in(new, old) if not told(event)]
    for event in gone:
        again = next((other for other in come if _about(other) == _about(event)), None)
        come = [other for other in come if other is not again]
        yield _event_step(event, again)
    for event in come:
        yield _event_step(None, event)


def vocabulary_steps(old: Categories | Departments | None, new: Categories | Departments | None) -> Iterator[Step]:
    """What differs in one vocabulary, a step for each entry, and one for the order of the categories."""
    key = ("categories",) if isinstance(new or old, Categories) else ("departments",)
    was, now = _entries(old), _entries(new)
    for step in _leaves(was, now, ChangeKind.VOCABULARY_REVISED):
        yield replace(step, at_before=key, at_after=key)
    stayed = [name for name in was if name in now], [name for name in now if name in was]
    if stayed[0] != stayed[1]:
        yield Step(ChangeKind.VOCABULARY_REVISED, key, key, "、".join(stayed[0]), "、".join(stayed[1]))


def _preface(old: Township, new: Township) -> Iterator[Step]:
    were, are = dict(_paragraphs(old)), dict(_paragraphs(new))
    places = list(were), list(are)
    aligned = align(list(were.values()), list(are.values()))
    kind = ChangeKind.PREFACE_REVISED
    for at in aligned.removed:
        yield Step(kind, places[0][at], None, _said(were[places[0][at]]), None)
    for at in aligned.added:
        yield Step(kind, None, places[1][at], None, _said(are[places[1][at]]))
    for one, other in aligned.pairs:
        was, now = were[places[0][one]], are[places[1][other]]
        if was == now and (one, other) not in aligned.moved:
            continue
        layout = weight_of(was, now) is Weight.LAYOUT and was != now
        yield Step(ChangeKind.LAYOUT if layout else kind, places[0][one], places[1][other], _said(was), _said(now))


def _paragraphs(township: Township) -> Iterator[tuple[FieldPath, str]]:
    """Headings and paragraphs of a preface with their places; a mark in front keeps one from being the other."""
    for index, section in enumerate(township.preface):
        yield ("preface", index, "heading"), f"#{section.heading}"
        for number, paragraph in enumerate(section.paragraphs):
            yield ("preface", index, "paragraphs", number), f" {paragraph}"


def _said(marked: str) -> str:
    return marked[1:]


def _declared(township: Township, other: Township) -> str:
    """The declared figures that are not those of the other township, in words."""
    parts = []
    if township.declared.duties != other.declared.duties:
        parts.append(f"合计 {township.declared.duties} 项")
    for kind in Kind:
        mine, theirs = (values_of(some.declared.of(kind)) for some in (township, other))
        shown = [
            f"{mine.get(what, '未写')} {unit}" for what, unit in _UNITS.items() if mine.get(what) != theirs.get(what)
        ]
        if shown:
            parts.append(f"{SHORT_LABELS[kind]} {'、'.join(shown)}")
    return "；".join(parts)


def _own(township: Township) -> dict[str, Any]:
    """Who the township is, as plain values; waivers by what they waive, since their order says nothing."""
    values = {key: value for key, value in values_of(township).items() if key not in _APART}
    waivers = values.pop("waivers", [])
    return values | {f"waivers {one['code']} {one['fingerprint']}": _line(one) for one in waivers}


def _entries(vocabulary: Categories | Departments | None) -> dict[str, str]:
    if isinstance(vocabulary, Categories):
        return {name: name for name in vocabulary.categories}
    return {one.name: _line(values_of(one)) for one in (vocabulary.departments if vocabulary else ())}


def _line(values: Mapping[str, Any]) -> str:
    """A small record as one line of text."""
    parts = ("、".join(value) if isinstance(value, list) else str(value) for value in values.values())
    return "；".join(parts)


def _leaves(old: Mapping[str, Any], new: Mapping[str, Any], kind: ChangeKind) -> Iterator[Step]:
    """A step for each value of two flat records that differs."""
    if old == new:
        return
    from deepdiff import DeepDiff

    # Without this a record that differs in most of its values is told as one change of the whole.
    found = DeepDiff(old, new, threshold_to_diff_deeper=0, view="tree")
    keys = sorted({level.path(output_format="list")[0] for some in found.values() for level in some}, key=str)
    for key in (key for key in [*old, *(key for key in new if key not in old)] if key in keys):
        at: FieldPath = (key.partition(" ")[0],)
        was, now = (None if key not in side else str(side[key]) for side in (old, new))
        yield Step(kind, at, at, was, now, values=(key,))


def _about(event: Event) -> tuple[Any, ...]:
    return event.kind, event.origin, event.into


def _event_step(old: Event | None, new: Event | None) -> Step:
    was, now = (None if event is None else _in_words(event) for event in (old, new))
    return Step(ChangeKind.TOWNSHIP_REVISED, ("events",), ("events",), was, now)


def _in_words(event: Event) -> str:
    into = f" → {'、'.join(event.into)}" if event.into else ""
    leg = f"（{event.leg}）" if event.leg else ""
    return f"{event.kind.label} {'、'.join(event.origin)}{into}：{event.reason}{leg}"
