"""Opinions as a list: for a terminal, for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.changelog import LegFolder
from dutylist.model.consultation import Opinion, Verdict
from dutylist.model.text import cells
from dutylist.report.change_fields import field_words
from dutylist.report.change_lines import fitted
from dutylist.report.leg_words import verdict
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED, Terminal

NOTHING = "没有意见。"
_GOOD, _BAD, _BOLD = "32", "1;31", "1"
STYLES: dict[Verdict | None, str] = {
    Verdict.ADOPTED: _GOOD,
    Verdict.PARTLY_ADOPTED: _GOOD,
    Verdict.NOT_ADOPTED: "",
    Verdict.DISPUTED: _BAD,
    None: _BAD,
}
"""The colour of each answer; what is not settled stands out."""


@dataclass(frozen=True, slots=True)
class OpinionEntry:
    """意见：一个单位的一条意见和它的答复。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    id: str
    """意见编号。"""
    leg: str
    """环节：如 2025/1-down。"""
    author: str
    """提出单位：谁提的。"""
    duty: str | None
    """事项编号：针对整个清单的为 null。"""
    field: str | None
    """字段：针对哪一处；针对整项的为 null。"""
    text: str
    """意见：原话。"""
    proposed: str | None
    """建议修改为：希望改成的文字。"""
    verdict: Verdict | None
    """是否采纳：adopted 采纳，partly-adopted 部分采纳，not-adopted 不采纳，disputed 待研判；未答复的为 null。"""
    reason: str | None
    """理由：答复的理由。"""
    changes: tuple[str, ...]
    """对应变化：变化的指纹；意见里没有写明的，是核对时找到的。"""


def opinion_list(legs: Iterable[LegFolder], answers: Mapping[str, Sequence[str]]) -> tuple[OpinionEntry, ...]:
    """The opinions of some legs, in the order of their files; `answers` are the changes that answer each."""
    return tuple(_entry(leg, record.value, answers) for leg in legs for record in leg.opinions)


def text(entries: Sequence[OpinionEntry], terminal: Terminal) -> str:
    """Each opinion on a few lines: what became of it, who says what of which duty."""
    if not entries:
        return f"{NOTHING}\n"
    width = max(cells(verdict(entry.verdict)) for entry in entries)
    return "".join(f"{line}\n" for entry in entries for line in _lines(entry, width, terminal))


def as_json(entries: Sequence[OpinionEntry]) -> str:
    """A list of objects, one an opinion."""
    return json_text([asdict(entry) for entry in entries])


def concerned(duty: str | None, field: str | None) -> str:
    """What an opinion is about: the duty's id and the field, or everything."""
    return "整个清单" if duty is None else f"{plain(duty)} {field_words(field)}".rstrip()


def _entry(leg: LegFolder, opinion: Opinion, answers: Mapping[str, Sequence[str]]) -> OpinionEntry:
    return OpinionEntry(
        id=opinion.id,
        leg=leg.title,
        author=opinion.author,
        duty=opinion.duty,
        field=opinion.field,
        text=opinion.text,
        proposed=opinion.proposed,
        verdict=opinion.verdict,
        reason=opinion.reason,
        changes=opinion.changes or tuple(answers.get(opinion.id, ())),
    )


def _lines(entry: OpinionEntry, width: int, terminal: Terminal) -> Iterator[str]:
    said = verdict(entry.verdict)
    about = f"  {plain(entry.author)}：{concerned(entry.duty, entry.field)}"
    padding = " " * (width - cells(said))
    head = [(STYLES[entry.verdict], said), ("", padding + "  "), (_BOLD, plain(entry.id)), ("", about)]
    yield from fitted(head, terminal)
    told = (
        ("意见", entry.text),
        ("建议修改为", entry.proposed),
        ("理由", entry.reason),
        ("对应变化", "、".join(entry.changes)),
    )
    for label, words in told:
        if words:
            yield from fitted([("2", f"{label}："), ("", plain(words))], terminal, 4)
