"""The import report: what came in, what was not taken as it stood, so that nothing changes unseen."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.duty import SHORT_LABELS, Kind
from dutylist.model.library import Library, TownshipFolder, category_of
from dutylist.model.note import Note, What
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """说明：文档中没有照原样收下的一处。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    what: What
    """处理：normalised 已规范，guessed 推测，unclear 未能理解，homeless 没有字段可放。"""
    where: str
    """位置：哪张清单、第几项、哪一栏。"""
    text: str
    """内容：做了什么，涉及哪些字。"""
    count: int
    """次数：在这里有几处。"""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """导入结果：dutylist import --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    township: str
    """乡镇：导入的乡镇（街道）。"""
    duties: dict[str, int]
    """事项数：每张清单收下多少项。"""
    categories: int
    """类别数：涉及多少个类别。"""
    written: tuple[str, ...]
    """文件：新写或改写的文件。"""
    notes: tuple[NoteEntry, ...]
    """说明：没有照原样收下的每一处。"""


def report(library: Library, folder: TownshipFolder, notes: Iterable[Note], written: Iterable[str]) -> ImportReport:
    """The report of one imported township."""
    return ImportReport(
        folder.name,
        {kind.value: len(library.numbered(folder, kind)) for kind in Kind},
        len({category_of(record.path) for record in folder.duties}),
        tuple(written),
        tuple(NoteEntry(note.what, note.where, note.text, note.count) for note in notes),
    )


def as_json(view: ImportReport) -> str:
    """The whole report."""
    return json_text(asdict(view))


def as_text(view: ImportReport, *, whole: bool) -> str:
    """Counts first; what was normalised is summed up unless `whole`, all else is told one by one."""
    kinds = "、".join(f"{SHORT_LABELS[Kind(kind)]} {count}" for kind, count in view.duties.items())
    lines = [f"{plain(view.township)}：读入 {sum(view.duties.values())} 项事项（{kinds}），{view.categories} 个类别。"]
    for what in What:
        some = [note for note in view.notes if note.what is what]
        if some:
            lines += ["", f"{what.label}（{sum(note.count for note in some)} 处）"]
            lines += _told(some) if whole or what is not What.NORMALISED else _summed(some)
    return "\n".join(lines) + "\n"


def _told(notes: Sequence[NoteEntry]) -> list[str]:
    told = ((plain(f"{note.where}：{note.text}"), note.count) for note in notes)
    return [f"  {text}" + (f"（{count} 处）" if count > 1 else "") for text, count in told]


def _summed(notes: Sequence[NoteEntry]) -> list[str]:
    """One line for each thing that was done, most frequent first."""
    done: Counter[str] = Counter()
    for note in notes:
        done[note.text.partition("：")[0]] += note.count
    return [f"  {plain(text)}（{count} 处）" for text, count in done.most_common()]


FORMATS = ("text", "json")
