"""The parts of a leg's report as published values: what the leg is, its figures, its opinions, what to explain."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from dutylist.model.base import key_of
from dutylist.model.change import ChangeKind
from dutylist.model.consultation import CampaignKind, Source, Verdict
from dutylist.model.duty import Kind
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class LegHead:
    """环节：属于哪一次编制，由谁送给谁，何时，封存摘要。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED | {"alias_generator": key_of}

    campaign: str
    """编制名：changelog 中的文件夹。"""
    title: str
    """名称：这一次编制、动态调整或职责准入的名称。"""
    kind: CampaignKind | None
    """种类：compilation 编制，adjustment 动态调整，admission 职责准入；campaign.toml 读不出来时为 null。"""
    townships: tuple[str, ...]
    """乡镇（街道）：涉及哪些。"""
    leg: str
    """环节：如 2025/1-down，命令中这样写。"""
    label: str
    """环节名称：如“一下”。"""
    sender: str
    """发出：由谁发出。"""
    to: str
    """送往：送给谁。"""
    opened: str
    """开始日期。"""
    due: str | None
    """截止日期：没有时为 null。"""
    closed: str | None
    """关闭日期：尚未关闭时为 null。"""
    source: Source | None
    """来历：imported 表示建库之前公开发布的清单。"""
    base: str | None
    """基准：本环节从哪个状态开始，该状态的内容摘要；没有时为 null。"""
    digest: str | None
    """封存摘要：尚未封存的草稿为 null。"""


@dataclass(frozen=True, slots=True)
class ListTotals:
    """项数：一张清单，或三张合计，原有和现有。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    list: Kind | None
    """清单：basic 基本，supporting 配合，reclaimed 收回；null 表示合计。"""
    before: int
    """原有：本环节开始时的项数。"""
    after: int
    """现有：现在的项数。"""


@dataclass(frozen=True, slots=True)
class KindCount:
    """一类变化有几处。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    kind: ChangeKind
    """类型：发生了什么，如 clause-revised 修改条款。"""
    count: int
    """处数：这一类实质变化有几处。"""


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """单位数：问了几个，答了几个。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    consulted: int
    """征求数：向几个单位征求意见。"""
    answered: int
    """提出数：几个单位提出意见。"""
    silent: int
    """无意见数：问过而没有提意见的单位有几个。"""
    uninvited: int
    """未征求数：提出意见的单位中，没有征求过的有几个。"""


@dataclass(frozen=True, slots=True)
class OpinionCounts:
    """意见数：共多少条，各怎样答复。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    total: int
    """合计：共征集意见多少条。"""
    adopted: int
    """采纳数。"""
    partly_adopted: int
    """部分采纳数。"""
    not_adopted: int
    """不采纳数。"""
    disputed: int
    """待研判数。"""
    unanswered: int
    """未答复数。"""
    late: int
    """逾期数：截止日期之后收到的，已计入上面各项。"""


class RemarkKind(StrEnum):
    """What the deciding meeting must be told of; in the order in which it is told."""

    UNCLOSED = "unclosed"
    DISPUTED = "disputed"
    UNANSWERED = "unanswered"
    NOT_ADOPTED = "not-adopted"
    UNCAUSED = "without-cause"
    LATE = "late"
    EARLY = "closed-early"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """说明：一件需要说明的事。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    text: str
    """说明：给人看的一句话。"""
    opinion: int | None = None
    """序号：说的是意见采纳情况表中的哪一条；不是意见时为 null。"""
    duty: str | None = None
    """事项编号：说的是哪一项；不是一项事项时为 null。"""


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """需要说明的一类事项。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    kind: RemarkKind
    """种类：如 not-adopted 不采纳的意见。"""
    remarks: tuple[Remark, ...]
    """说明：逐件列出。"""


@dataclass(frozen=True, slots=True)
class LegSummary:
    """会议摘要：供审定会议用的数字和需要说明的事项。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    totals: tuple[ListTotals, ...]
    """项数：合计和三张清单。"""
    substantive: tuple[KindCount, ...]
    """实质变化：各类几处，多的在前。"""
    heavier: int
    """加重数：使乡镇责任加重的变化。"""
    lighter: int
    """减轻数：使乡镇责任减轻的变化。"""
    units: UnitCounts
    """单位数：征求意见的单位。"""
    opinions: OpinionCounts
    """意见数：本环节的意见。"""
    remarks: tuple[RemarkGroup, ...]
    """需要说明的事项：按种类；没有时为空。"""


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """对应变化：答复一条意见的变化。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    fingerprint: str
    """指纹：哪一处变化。"""
    kind: ChangeKind | None
    """类型：发生了什么；这处变化不在本环节中时为 null。"""
    duty: str | None
    """事项编号：变化在哪一项；不在一项之中时为 null。"""
    field: str | None
    """字段：变化在哪一处。"""


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """意见：意见采纳情况表中的一行。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    number: int
    """序号：在表中的次序，从 1 起。"""
    id: str
    """意见编号。"""
    author: str
    """提出单位：谁提的。"""
    duty: str | None
    """事项编号：针对整个清单的为 null。"""
    name: str | None
    """事项名称：不知道时为 null。"""
    list: Kind | None
    """清单：事项在哪张清单；本环节没有变化的事项为 null。"""
    duty_number: int | None
    """事项序号：在清单中的次序；本环节没有变化的事项为 null。"""
    field: str | None
    """字段：针对哪一处；针对整项的为 null。"""
    original: str | None
    """原文：所针对的文字。"""
    text: str
    """意见：原话。"""
    proposed: str | None
    """建议修改为：希望改成的文字。"""
    argument: str | None
    """提出理由：提意见的单位说的理由。"""
    received: str
    """收到日期。"""
    late: bool
    """逾期：在截止日期之后收到。"""
    verdict: Verdict | None
    """是否采纳：尚未答复的为 null。"""
    reason: str | None
    """理由：答复的理由。"""
    settled_by: str | None
    """协调方式：由谁、怎样定下来的。"""
    changes: tuple[AnswerEntry, ...]
    """对应变化：答复这条意见的变化。"""
