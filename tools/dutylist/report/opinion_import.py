"""What became of each row of a table of opinions: counts in and out agree, and nothing is left out unseen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import ClassVar

from dutylist.model.note import Note
from dutylist.report.imported import NoteEntry
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED


class RowStatus(StrEnum):
    """What became of a row."""

    REFUSED = "refused"
    IMPORTED = "imported"
    PRESENT = "present"
    UNANSWERED = "unanswered"


_LABELS = {
    RowStatus.REFUSED: "未导入",
    RowStatus.IMPORTED: "导入",
    RowStatus.PRESENT: "已经登记过",
    RowStatus.UNANSWERED: "没有填写",
}
_NOT_WRITTEN = "可导入"


@dataclass(frozen=True, slots=True)
class Proposal:
    """建议：可能所指的事项，只供核对，从不自动采用。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    duty: str
    """编号：哪一项。"""
    name: str
    """事项名称。"""
    likeness: float
    """相似度：从 0 到 1。"""


@dataclass(frozen=True, slots=True)
class RowEntry:
    """一行：表中的一行意见。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    row: int
    """行：表格的第几行（csv），或文件的第几行（markdown）。"""
    status: RowStatus
    """结果：imported 导入，present 已经登记过，unanswered 没有填写，refused 未导入。"""
    name: str
    """事项：表中写的名称或编号。"""
    author: str
    """提出单位：登记的写法；未导入的，是表中的写法。"""
    duty: str | None = None
    """事项编号：对上的是哪一项；针对整个清单则没有。"""
    opinion: str | None = None
    """意见编号：导入的，或者已经登记过的。"""
    message: str | None = None
    """说明：为什么没有导入，怎么办；或者要核对什么。"""
    proposals: tuple[Proposal, ...] = ()
    """建议：最像的事项。"""


@dataclass(frozen=True, slots=True)
class OpinionImport:
    """意见导入结果：dutylist opinion import --format json 的输出。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    file: str
    """文件：意见表的名称。"""
    leg: str
    """环节：导入到哪里，如 2025/1-down。"""
    written: bool
    """已写：意见是否已写入；有未导入的行而没有 --partial，或者 --dry-run 时，不写。"""
    read: int
    """读入：表中有多少行；等于下面四个数之和。"""
    imported: int
    """导入：多少行；没有写入时，是可以导入的。"""
    present: int
    """已经登记过：多少行。"""
    unanswered: int
    """没有填写：多少行既没有意见，也没有建议修改为。"""
    refused: int
    """未导入：多少行。"""
    rows: tuple[RowEntry, ...]
    """各行：按先后。"""
    unknown_columns: tuple[str, ...]
    """不认识的栏：表头有而没有导入的。"""
    notes: tuple[NoteEntry, ...]
    """说明：没有照原样收下的每一处。"""


def imported(
    file: str, leg: str, rows: Sequence[RowEntry], columns: Iterable[str], notes: Iterable[Note], *, written: bool
) -> OpinionImport:
    """The report, its rows counted."""
    counts = {status.value: sum(row.status is status for row in rows) for status in RowStatus}
    told = tuple(NoteEntry(note.what, note.where, note.text, note.count) for note in notes)
    return OpinionImport(
        file=file,
        leg=leg,
        written=written,
        read=len(rows),
        rows=tuple(rows),
        unknown_columns=tuple(columns),
        notes=told,
        **counts,
    )


def as_json(view: OpinionImport) -> str:
    """The whole report."""
    return json_text(asdict(view))


def as_text(view: OpinionImport) -> str:
    """Counts first, then what was not imported, then the rest; rows that nobody filled in are only counted."""
    labels = _labels(view)
    counts = {label: getattr(view, status.value) for status, label in labels.items()}
    told = "，".join(f"{label} {count}" for label, count in counts.items() if count)
    lines = [f"{plain(view.file)} → {plain(view.leg)}：读入 {view.read} 行" + (f"：{told}。" if told else "。")]
    for status, label in labels.items():
        some = [
            row for row in view.rows if row.status is status and (status is not RowStatus.UNANSWERED or row.message)
        ]
        if some:
            lines += ["", f"{label}（{len(some)}）" if status is not RowStatus.UNANSWERED else label]
            lines += [line for row in some for line in _row(row)]
    if view.notes:
        lines += ["", "说明", *(f"  {plain(note.where)}：{plain(note.text)}" for note in view.notes)]
    return "\n".join(lines) + "\n"


def _labels(view: OpinionImport) -> dict[RowStatus, str]:
    """What each outcome is called: nothing is called imported that was not written."""
    return _LABELS if view.written else _LABELS | {RowStatus.IMPORTED: _NOT_WRITTEN}


def _row(row: RowEntry) -> Iterator[str]:
    name = " ".join(dict.fromkeys(filter(None, (row.duty, plain(row.name)))))
    said = "，".join(filter(None, (name or ("整个清单" if row.opinion else ""), plain(row.author))))
    yield f"  第 {row.row} 行  {said}" + (f" → {row.opinion}" if row.opinion else "")
    if row.message:
        yield f"    {plain(row.message)}"
    for one in row.proposals:
        yield f"    可能是 {one.duty} {plain(one.name)}（相似 {one.likeness:.0%}）"
