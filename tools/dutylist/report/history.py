"""A duty's life and the origin of its texts as views and as JSON; the published schemas are made from these types."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.base import key_of
from dutylist.model.change import Burden, Change, ChangeKind, Weight
from dutylist.model.consultation import Verdict
from dutylist.model.duty import Kind
from dutylist.model.finding import field_name
from dutylist.model.history import Chapter, Commit, Consulted, History, Origin
from dutylist.model.library import category_of
from dutylist.model.township import Event, EventKind
from dutylist.report.plain import json_text
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class DutyHead:
    """事项：在这个版本里是什么；已经不在的，是它最后的样子。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    id: str
    """编号：终身不变。"""
    present: bool
    """还在：这个版本里还有它的文件；已并入别项或废止的为 false。"""
    name: str | None
    """事项名称：历史上从未读出来过的为 null。"""
    kind: Kind | None
    """清单：basic 基本，supporting 配合，reclaimed 收回。"""
    path: str | None
    """文件：相对清单库的路径。"""

    @property
    def category(self) -> str | None:
        """The category that the folder says."""
        return None if self.path is None else category_of(self.path)


@dataclass(frozen=True, slots=True)
class LogEvent:
    """编号的去向：编号台账记着的一次合并、拆分或废止。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED | {"alias_generator": key_of}

    kind: EventKind
    """种类：merge 合并，split 拆分，retire 废止。"""
    origin: tuple[str, ...]
    """原编号：合并、拆分或废止之前的编号。"""
    into: tuple[str, ...]
    """现编号：并入或拆出的编号；废止时为空。"""
    reason: str
    """理由：为什么这样处理。"""
    leg: str | None
    """环节：在哪一次征求意见中发生；没有写明时为 null。"""


@dataclass(frozen=True, slots=True)
class LogChange:
    """变化：一次提交里的一处改动。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    kind: ChangeKind
    """类型：发生了什么，如 clause-revised 修改条款。"""
    weight: Weight
    """轻重：substantive 实质，wording 文字，layout 格式。"""
    burden: Burden
    """责任增减：heavier 加重，lighter 减轻，neutral 不变；从乡镇看。"""
    duty: str | None
    """编号：改的是哪一项；合并、拆分之前可能是别的编号。"""
    field: str | None
    """字段：如 township_responsibilities[0].clauses[1]；null 表示整项。"""
    before: str | None
    """修改前：打印出来的文字；null 表示原来没有。"""
    after: str | None
    """修改后：打印出来的文字；null 表示现在没有。"""
    diff: tuple[tuple[str, str], ...]
    """逐字对照：依次为两边都有（=）、只在修改前（-）、只在修改后（+）的文字；不逐字对照时为空。"""


@dataclass(frozen=True, slots=True)
class LogUnread:
    """读不出来的文件：这次提交之后文件有错，看不出事项说了什么。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    path: str
    """文件：相对清单库的路径。"""
    fault: str
    """原因：为什么读不出来。"""


@dataclass(frozen=True, slots=True)
class OpinionNote:
    """意见：这处改动依据的意见。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    id: str
    """意见编号：见 dutylist opinion list。"""
    author: str
    """提出单位：谁提的。"""
    verdict: Verdict
    """是否采纳：adopted 采纳，partly-adopted 部分采纳。"""
    text: str
    """意见：原话。"""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """提交：对这项事项的一次改动。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    commit: str
    """提交：完整的编号。"""
    date: str
    """日期：作者写下的时间，ISO 8601。"""
    author: str
    """作者：提交的作者。"""
    subject: str
    """说明：提交说明的第一行。"""
    cause: str | None
    """依据：提交说明里的 Cause:；没有写明时为 null。"""
    leg: str | None
    """环节：这次提交在哪个环节中，如 2025/1-down；不在任何环节中时为 null。"""
    opinions: tuple[OpinionNote, ...]
    """意见：依据哪些意见，只列采纳和部分采纳的。"""
    merge: bool
    """合并提交：是不是两个分支的合并；是的只列它自己带来的变化。"""
    events: tuple[LogEvent, ...]
    """编号的去向：这次提交里的合并、拆分和废止。"""
    changes: tuple[LogChange, ...]
    """变化：逐处列出；只是文件的书写形式变了，或没能读出来的，为空。"""
    unread: tuple[LogUnread, ...]
    """读不出来：从这次提交起读不出来的文件。"""
    moved: tuple[str, str] | None
    """移动：文件移到另一个乡镇文件夹时，原来和现在的路径；没有移动时为 null。"""


@dataclass(frozen=True, slots=True)
class LogReport:
    """一项事项的历史：dutylist log --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    revision: str
    """版本：看到哪一次提交为止。"""
    duty: DutyHead
    """事项：在这个版本里是什么。"""
    entries: tuple[LogEntry, ...]
    """提交：从新到旧；用 --reverse 时从旧到新。"""


@dataclass(frozen=True, slots=True)
class BlameLine:
    """一处文字：打印出来的一段，以及它从何时起就在这里。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    field: str
    """字段：如 superior_responsibilities[0].clauses[1]。"""
    text: str
    """文字：与打印的一样。"""
    duty: str
    """编号：当时写在哪一项里；合并、拆分之前可能是别的编号。"""
    commit: str
    """提交：完整的编号。"""
    date: str
    """日期：作者写下的时间，ISO 8601。"""
    author: str
    """作者：提交的作者。"""
    subject: str
    """说明：提交说明的第一行。"""
    cause: str | None
    """依据：提交说明里的 Cause:；没有写明时为 null。"""
    leg: str | None
    """环节：这次提交在哪个环节中，如 2025/1-down；不在任何环节中时为 null。"""
    opinions: tuple[OpinionNote, ...]
    """意见：依据哪些意见，只列采纳和部分采纳的。"""


@dataclass(frozen=True, slots=True)
class BlameReport:
    """一项事项的出处：dutylist blame --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    revision: str
    """版本：看到哪一次提交为止。"""
    duty: DutyHead
    """事项：在这个版本里是什么。"""
    lines: tuple[BlameLine, ...]
    """文字：按打印的先后。"""


def log_report(revision: str, history: History, chapters: Iterable[tuple[Chapter, Consulted | None]]) -> LogReport:
    """The view of a duty's life; the chapters in the order in which they are to be read, each with its leg."""
    return LogReport(revision, head_of(history), tuple(_entry(*one) for one in chapters))


def blame_report(revision: str, history: History, origins: Iterable[tuple[Origin, Consulted | None]]) -> BlameReport:
    """The view of where a duty's texts come from, each with its leg."""
    return BlameReport(revision, head_of(history), tuple(_line(*one) for one in origins))


def as_json(report: LogReport | BlameReport) -> str:
    """The view itself."""
    return json_text(asdict(report, dict_factory=lambda pairs: {key_of(name): value for name, value in pairs}))


def head_of(history: History) -> DutyHead:
    """What the duty is, or was at last."""
    latest = history.latest
    version = latest.versions[history.duty] if latest else None
    duty = version.duty if version else None
    return DutyHead(
        history.duty,
        history.is_there,
        duty.name if duty else None,
        duty.kind if duty else None,
        version.path if version else None,
    )


def _entry(chapter: Chapter, consulted: Consulted | None) -> LogEntry:
    return LogEntry(
        **_facts(chapter.commit, consulted),
        merge=len(chapter.commit.parents) > 1,
        events=tuple(map(_event, chapter.events)),
        changes=tuple(map(_change, chapter.changes)),
        unread=tuple(LogUnread(one.path, one.fault or "") for one in chapter.unread),
        moved=chapter.moved,
    )


def _line(origin: Origin, consulted: Consulted | None) -> BlameLine:
    piece = origin.piece
    facts = _facts(origin.commit, consulted)
    return BlameLine(field=field_name(piece.at), text=piece.text, duty=origin.duty, **facts)


def _facts(commit: Commit, consulted: Consulted | None) -> dict[str, Any]:
    opinions = consulted.opinions if consulted else ()
    return {
        "commit": commit.id,
        "date": commit.date,
        "author": commit.author,
        "subject": commit.subject,
        "cause": commit.cause,
        "leg": consulted.leg if consulted else None,
        "opinions": tuple(OpinionNote(one.id, one.author, one.verdict, one.text) for one in opinions if one.verdict),
    }


def _event(event: Event) -> LogEvent:
    return LogEvent(event.kind, event.origin, event.into, event.reason, event.leg)


def _change(change: Change) -> LogChange:
    return LogChange(
        change.kind,
        change.weight,
        change.burden,
        change.duty,
        change.field,
        change.before,
        change.after,
        change.diff,
    )
