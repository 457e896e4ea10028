"""How a leg stands, as published values."""

from dataclasses import dataclass
from typing import Any, ClassVar

from dutylist.model.finding import Severity
from dutylist.report.changes import ChangeSummary
from dutylist.report.leg_list import LegEntry
from dutylist.report.leg_parts import OpinionCounts
from dutylist.report.opinions import OpinionEntry
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """问题：环节的记录或变化中的一处毛病。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    code: str
    """规则代码：如 CS011。"""
    severity: Severity
    """等级：error 错误，warning 警告，advice 建议。"""
    path: str
    """文件：相对清单库的路径。"""
    line: int
    """行：从 1 起。"""
    column: int
    """列：从 1 起，按字符计。"""
    message: str
    """说明：哪里不对，怎么办。"""
    fingerprint: str
    """指纹：同一个问题在别处改动之后仍然相同。"""
    blocks: bool
    """妨碍关闭：不解决就不能关闭环节。"""


@dataclass(frozen=True, slots=True)
class LegStatus:
    """环节进展：dutylist leg status --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    title: str
    """名称：这一次编制、动态调整或职责准入的名称。"""
    leg: LegEntry
    """环节：说的是哪一个环节。"""
    sender: str | None
    """发出：由谁发出；还没有开始的为 null。"""
    to: str | None
    """送往：送给谁；还没有开始的为 null。"""
    days_left: int | None
    """剩余天数：负数表示已过期；没有截止日期或不在进行的为 null。"""
    consulted: int
    """征求数：向几个单位征求意见。"""
    silent: tuple[str, ...]
    """没有答复的单位；环节关闭后是无意见单位。"""
    opinions: OpinionCounts
    """意见数：本环节的意见。"""
    unsettled: tuple[OpinionEntry, ...]
    """没有了结的意见：未答复的和待研判的；changes 是已有的对应变化。"""
    changes: ChangeSummary | None
    """变化：从本环节的基准到现在；比较不了的为 null。"""
    findings: tuple[StatusFinding, ...]
    """问题：妨碍关闭的在前。"""
    next_step: str
    """下一步：一行命令。"""

    @property
    def blocking(self) -> tuple[StatusFinding, ...]:
        """What has to be put right before the leg can be closed."""
        return tuple(one for one in self.findings if one.blocks)

    @property
    def others(self) -> tuple[StatusFinding, ...]:
        """What is wrong and does not keep the leg from closing."""
        return tuple(one for one in self.findings if not one.blocks)
