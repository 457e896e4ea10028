"""What an editing verb wrote, in words: each file with what changed in it, and what is no longer said."""

from collections.abc import Iterator, Mapping
from typing import Any

from dutylist.model.base import Stored
from dutylist.model.canonical import fields_of, values_of
from dutylist.model.duty import DUTY_KINDS, SHORT_LABELS, AnyDuty, BaseDuty, Kind, Section, Waiver, sections_of
from dutylist.model.library import category_of
from dutylist.model.text import PLACEHOLDER, cells
from dutylist.model.township import Ledger, Township
from dutylist.model.validation import descriptions
from dutylist.report.plain import plain

Changes = Mapping[str, tuple[Stored | None, Stored | None]]

_UNITS = {"duties": "事项", "categories": "类别", "departments": "部门"}


def files(changes: Changes) -> str:
    """One aligned line a file: 新增, 修改 or 删除, the path, and what changed."""
    table = [(_verb(old, new), plain(path), _what(changes, path)) for path, (old, new) in changes.items()]
    width = max((cells(path) for _, path, _ in table), default=0)
    return "".join(f"{verb}  {path}{' ' * (width - cells(path))}  {what}\n" for verb, path, what in table)


def label(field: str) -> str:
    """The Chinese name of a duty's field: what its description says before the colon."""
    return next(text for kind in DUTY_KINDS.values() if (text := descriptions(kind).get(field))).partition("：")[0]


def no_longer(duty_id: str, field: str, value: Any) -> str:
    """A duty's value that is given up, in full."""
    lines = list(_lines(value))
    if len(lines) == 1:
        return f"不再保留 {duty_id} 的{label(field)}：{lines[0]}\n"
    return f"不再保留 {duty_id} 的{label(field)}：\n" + "".join(f"  {line}\n" for line in lines)


def _verb(old: Stored | None, new: Stored | None) -> str:
    return "新增" if old is None else "删除" if new is None else "修改"


def _what(changes: Changes, path: str) -> str:
    old, new = changes[path]
    if isinstance(old, Ledger) and isinstance(new, Ledger):
        return _ledger(old, new)
    if isinstance(old, Township) and isinstance(new, Township):
        return _township(old, new)
    if isinstance(old, BaseDuty) and isinstance(new, BaseDuty):
        return "；".join(_differences(old, new))
    if isinstance(new, BaseDuty):
        return _came(changes, path, new)
    return _went(changes, old) if isinstance(old, BaseDuty) else ""


def _came(changes: Changes, path: str, duty: BaseDuty) -> str:
    for other, (old, _) in changes.items():
        if other != path and isinstance(old, BaseDuty) and old.id == duty.id:
            return "；".join([f"由 {plain(category_of(other))} 移来", *_differences(old, duty)])
    return f"{duty.kind.label}，位次 {duty.position}：{plain(duty.name)}"


def _went(changes: Changes, duty: BaseDuty) -> str:
    for other, (_, new) in changes.items():
        if isinstance(new, BaseDuty) and new.id == duty.id:
            return f"移到 {plain(category_of(other))}"
    return f"{duty.kind.label}：{plain(duty.name)}"


def _differences(old: BaseDuty, new: BaseDuty) -> Iterator[str]:
    """What differs in the fields that both have; what only one list has is said by the list itself."""
    for name in fields_of(type(new)):
        was, now = getattr(old, name, None), getattr(new, name)
        if name in fields_of(type(old)) and was != now:
            yield _difference(label(name), was, now)


def _difference(name: str, was: Any, now: Any) -> str:
    if isinstance(was, Kind):
        return f"{name} {SHORT_LABELS[was]}→{SHORT_LABELS[now]}"
    if isinstance(was, int):
        return f"{name} {was}→{now}"
    if isinstance(was, tuple) and isinstance(now, tuple):
        return f"{name} {len(was)}→{len(now)} 条" if len(was) != len(now) else f"{name}有改动"
    return f"{name}改为 {plain(now)}" if now else f"{name}删去"


def _ledger(old: Ledger, new: Ledger) -> str:
    parts = []
    if old.next != new.next:
        parts.append(f"下一个编号 {old.next}→{new.next}，最近一项 {plain(new.last or '')}")
    for event in new.events[len(old.events) :]:
        into = f" → {'、'.join(event.into)}" if event.into else ""
        parts.append(f"记录{event.kind.label} {'、'.join(event.origin)}{into}")
    return "；".join(parts)


def _township(old: Township, new: Township) -> str:
    parts = []
    if old.declared.duties != new.declared.duties:
        parts.append(f"所报总数 {old.declared.duties}→{new.declared.duties}")
    for kind in Kind:
        was, now = values_of(old.declared.of(kind)), values_of(new.declared.of(kind))
        shifts = [f"{_UNITS[what]} {was[what]}→{now[what]}" for what in was if was[what] != now[what]]
        if shifts:
            parts.append(f"{SHORT_LABELS[kind]}{'，'.join(shifts)}")
    revised = sum(was != now for was, now in zip(_paragraphs(old), _paragraphs(new), strict=True))
    return "；".join([*parts, f"说明中的数随之改动（{revised} 段）"] if revised else parts)


def _paragraphs(township: Township) -> list[str]:
    return [paragraph for section in township.preface for paragraph in section.paragraphs]


def _lines(value: Any) -> Iterator[str]:
    """A value as lines: texts as they are, sections as they are printed."""
    if isinstance(value, Section):
        for heading in (value.department, value.topic):
            if heading is not None:
                yield f"{plain(heading)}："
        yield from map(plain, (value.text or "").splitlines())
        yield from (f"{number}. {plain(clause)}" for number, clause in enumerate(value.clauses, 1))
    elif isinstance(value, Waiver):
        yield f"{plain(value.code)} {plain(value.reason)}"
    elif isinstance(value, tuple) and value and isinstance(value[0], str):
        yield plain("、".join(value))
    elif isinstance(value, tuple):
        for part in value:
            yield from _lines(part)
    else:
        yield plain(str(value))


def to_fill_in(duty: AnyDuty) -> list[str]:
    """The names of the fields in which a section is still to be written."""
    fields = dict.fromkeys(field for field, _, section in sections_of(duty) if section.text == PLACEHOLDER)
    return [label(field) for field in fields]
