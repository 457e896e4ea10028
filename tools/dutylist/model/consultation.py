"""三上三下 as records: a campaign, its legs, the opinions given in them, the approvals, and the seal of a leg."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from dutylist.model.base import (
    CONFIG,
    Count,
    Date,
    DutyId,
    Flag,
    Limit,
    Reason,
    SomeTexts,
    Stored,
    Text,
    Texts,
    key_of,
    stored,
)

NAME_PATTERN = r"^[0-9A-Za-z_\u4e00-\u9fff][0-9A-Za-z_\u4e00-\u9fff-]{0,39}$"
"""A name that is a folder and a part of a git tag on every system."""

Name = Annotated[str, Limit(strict=True, pattern=NAME_PATTERN)]
Digest = Annotated[str, Limit(strict=True, pattern=r"^[0-9a-f]{64}$")]
Fingerprint = Annotated[str, Limit(strict=True, pattern=r"^[0-9a-f]{12}$")]
Fingerprints = tuple[Fingerprint, ...]
OpinionId = Annotated[str, Limit(strict=True, pattern=r"^[^/\\]+-[0-9a-f]{8}$")]
SomeNames = Annotated[tuple[Name, ...], Limit(min_length=1)]


class CampaignKind(StrEnum):
    """What a campaign is for."""

    COMPILATION = "compilation"
    ADJUSTMENT = "adjustment"
    ADMISSION = "admission"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _CAMPAIGN_LABELS[self]

    @property
    def legs(self) -> tuple[str, ...]:
        """The legs that a campaign has where nothing else is declared."""
        return _COMPILING if self is CampaignKind.COMPILATION else _ADJUSTING


_CAMPAIGN_LABELS = {
    CampaignKind.COMPILATION: "编制",
    CampaignKind.ADJUSTMENT: "动态调整",
    CampaignKind.ADMISSION: "职责准入",
}
_COMPILING = ("1-up", "1-down", "2-up", "2-down", "3-up", "3-down")
_ADJUSTING = ("apply", "confer", "decide")

LEG_LABELS = {
    "1-up": "一上",
    "1-down": "一下",
    "2-up": "二上",
    "2-down": "二下",
    "3-up": "三上",
    "3-down": "三下",
    "apply": "乡镇申请",
    "confer": "部门会商",
    "decide": "党委政府审定",
}
"""How people call the usual legs."""


class Verdict(StrEnum):
    """What became of an opinion."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly-adopted"
    NOT_ADOPTED = "not-adopted"
    DISPUTED = "disputed"

    @property
    def label(self) -> str:
        """The word that users read."""
        return VERDICT_LABELS[self]

    @property
    def asks_for_change(self) -> bool:
        """Whether something must have changed because of the opinion."""
        return self in (Verdict.ADOPTED, Verdict.PARTLY_ADOPTED)


VERDICT_LABELS = {
    Verdict.ADOPTED: "采纳",
    Verdict.PARTLY_ADOPTED: "部分采纳",
    Verdict.NOT_ADOPTED: "不采纳",
    Verdict.DISPUTED: "待研判",
}
OPEN_LABEL = "未答复"


class Source(StrEnum):
    """Where a leg comes from, if it was not held with this tool."""

    IMPORTED = "imported"


@stored
class Campaign(Stored):
    """一次编制、动态调整或职责准入。"""

    title: Reason
    """名称：如“阿扎克镇履职事项清单编制”。"""
    kind: CampaignKind
    """种类：compilation 编制，adjustment 动态调整，admission 职责准入。"""
    townships: SomeTexts
    """乡镇（街道）：涉及哪些，写文件夹名。"""
    legs: SomeNames
    """环节：按先后，如 1-up、1-down；一个环节一个文件夹。"""
    signed: Flag | None = None
    """签名：true 表示每个环节的标签都必须签名。"""
    note: Text | None = None
    """备注：给同事看。"""


@stored
class Cause(Stored):
    """依据：一项事项为什么改，取自提交说明。"""

    duty: DutyId
    """事项编号：改的是哪一项。"""
    text: Reason
    """依据：提交说明中 Cause 后面的话。"""
    author: Text
    """提交人：谁提交的。"""


@stored
class Totals(Stored):
    """总数：封存时所涉乡镇（街道）的事项数。"""

    duties: Count
    """合计：三张清单的项数之和。"""
    basic: Count
    """基本：基本履职事项数。"""
    supporting: Count
    """配合：配合履职事项数。"""
    reclaimed: Count
    """收回：上级部门收回事项数。"""


@stored
class ReportDigests(Stored):
    """报告摘要：三份报告各自的 SHA-256。"""

    markdown: Digest
    """Markdown 报告：report.md 的摘要。"""
    json: Digest
    """JSON 报告：report.json 的摘要。"""
    html: Digest
    """网页报告：report.html 的摘要。"""


@stored
class Seal(Stored):
    """封存：关闭环节时写下的摘要，之后一个字节也不能改。"""

    digest: Digest
    """封存摘要：覆盖内容、本环节的文件、总数、工具与规则的版本、日期和之前封存的环节。"""
    content: Digest
    """内容摘要：事项和词表的 SHA-256。"""
    tool: Text
    """工具版本：由哪个版本的 dutylist 封存。"""
    rules: Digest
    """规则版本：封存时全部规则的摘要。"""
    previous: Texts = ()
    """之前：在它之前封存的环节，如 2025/1-up；第一个环节没有。"""
    files: Texts = ()
    """文件：本环节的每个文件及其摘要的前 16 位。"""
    totals: Totals
    """总数：封存时的事项数。"""
    reports: ReportDigests | None = None
    """报告摘要：由下一个环节的封存覆盖；导入的环节没有报告。"""


@stored
class Leg(Stored):
    """环节：一次上报或一次下发，何时开始、向谁征求意见、何时封存。"""

    __pydantic_config__: ClassVar[Any] = CONFIG | {"alias_generator": key_of}

    sender: Reason
    """发出：由谁发出。"""
    to: Reason
    """送往：送给谁。"""
    opened: Date
    """开始日期：何时发出。"""
    due: Date | None = None
    """截止日期：最迟何时答复；导入的环节没有。"""
    closed: Date | None = None
    """关闭日期：由 dutylist leg close 写入。"""
    source: Source | None = None
    """来历：imported 表示建库之前公开发布的清单，只封存内容。"""
    base: Digest | None = None
    """基准：本环节从哪个状态开始，写该状态的内容摘要；导入的环节没有。"""
    consulted: Texts = ()
    """征求意见单位：向哪些单位征求意见。"""
    silent: Texts = ()
    """无意见单位：问过而没有提意见的，由 dutylist leg close 写入。"""
    note: Text | None = None
    """备注：给同事看。"""
    causes: tuple[Cause, ...] = ()
    """依据：本环节内各项事项改动的依据，由 dutylist leg close 从提交说明抄入。"""
    seal: Seal | None = None
    """封存：由 dutylist leg close 写入。"""


@stored
class Opinion(Stored):
    """意见：一个单位对一项事项或整个清单的一条意见，以及答复。"""

    id: OpinionId
    """意见编号：与文件同名；末尾是提出单位、事项、字段、文字和日期的摘要。"""
    author: Reason
    """提出单位：谁提的。"""
    duty: DutyId | None = None
    """事项编号：针对哪一项；针对整个清单则不写。"""
    field: Text | None = None
    """字段：针对哪一处，如 township_responsibilities；不写则针对整项。"""
    original: Text | None = None
    """原文：所针对的文字。"""
    text: Reason
    """意见：原话。"""
    proposed: Text | None = None
    """建议修改为：希望改成的文字。"""
    argument: Text | None = None
    """提出理由：提意见的单位说的理由。"""
    received: Date
    """收到日期：何时收到。"""
    verdict: Verdict | None = None
    """是否采纳：adopted 采纳，partly-adopted 部分采纳，not-adopted 不采纳，disputed 待研判；没有写就是未答复。"""
    reason: Text | None = None
    """理由：除采纳外必须写明。"""
    settled_by: Text | None = None
    """协调方式：由谁、怎样定下来的，如“专题协调会 2025-03-15”。"""
    changes: Fingerprints = ()
    """对应变化：变化的指纹；由 dutylist leg close 写入，也可以用 settle 指明。"""


@stored
class Decision(Stored):
    """认可：审核的人对一处变化的认可；文字再改就失效。"""

    fingerprint: Fingerprint
    """指纹：认可的是哪一处变化，与文件同名。"""
    duty: DutyId | None = None
    """事项编号：变化在哪一项。"""
    change: Text
    """变化：当时的变化是什么，供人核对。"""
    by: Reason
    """认可人：谁认可的。"""
    on: Date
    """日期：何时认可。"""
    reason: Text | None = None
    """理由：为什么认可。"""
