"""A review as all writers see it: the findings that are new since BASE, what could silence some, what changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from dutylist.model.change import SideName
from dutylist.model.finding import Edit, Finding, Severity
from dutylist.report.changes import ChangeReport
from dutylist.report.review_findings import Since
from dutylist.report.review_silence import TotalEntry, WaiverEntry, WordEntry
from dutylist.report.views import PUBLISHED, PlacedEdit, fails


@dataclass(frozen=True, slots=True)
class SeverityCounts:
    """个数：按等级。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    error: int
    """错误数：必须更正，否则不能合并。"""
    warning: int
    """警告数：需要有人判断。"""
    advice: int
    """建议数：文字上可以更好。"""

    @property
    def total(self) -> int:
        """All of them."""
        return self.error + self.warning + self.advice


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """合计：新的、原有的和已解决的问题各有多少。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    new: SeverityCounts
    """新的问题：从比起的提交以来出现、没有豁免的。"""
    known: SeverityCounts
    """原有的问题：比起的提交就有、现在还在的；只计数，不列出。"""
    resolved: SeverityCounts | None
    """已解决的问题：比起的提交有、现在没有的；有文件读不出来、无法断定时为 null。"""
    silenced: int
    """新被豁免数：原来报告、现在豁免的。"""
    born_waived: int
    """一出现就豁免数：原来没有、现在有而且豁免的。"""
    waived: int
    """原已豁免数：原来和现在都豁免的。"""
    failing: int
    """不合格数：达到 fail_on 的新问题有多少个，大于零时审核不通过。"""
    profile: str
    """严格程度：draft 起草，consultation 征求意见，final 定稿。"""
    fail_on: Severity | None
    """门槛：到这个等级即不通过；null 表示从不。"""


@dataclass(frozen=True, slots=True)
class Span:
    """What is reviewed: from the commit where BASE and the reviewed state parted, to that state.

    `from_nothing` says that there was no library yet: then all there is now is new.
    """

    base: SideName
    parted: str
    after: SideName
    from_nothing: bool = False

    @property
    def before(self) -> SideName:
        """The side that is compared from, BASE by its own name where nothing was added to it since."""
        if self.base.commit == self.parted:
            return self.base
        return SideName(f"{self.base.name} 与{self.after.name}分开处", self.parted)


@dataclass(frozen=True, slots=True)
class Silencers:
    """What could silence findings: waivers, declared totals and words that are new or changed."""

    waivers: tuple[WaiverEntry, ...] = ()
    totals: tuple[TotalEntry, ...] = ()
    words: tuple[WordEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """A review as all writers see it.

    The findings of `since` that are shown (new, silenced, born_waived) have their places, `edits` says what their fixes
    do. Where the two states could not be compared `changes` is None and `refused` says why.
    """

    span: Span
    summary: ReviewSummary
    since: Since
    silencers: Silencers
    changes: ChangeReport | None
    refused: str
    edits: Mapping[Edit, PlacedEdit]

    @property
    def passed(self) -> bool:
        """Whether the reviewed state may be taken over as far as this can say."""
        return not self.summary.failing and self.changes is not None and not self.changes.unclosed

    @property
    def uneventful(self) -> bool:
        """Whether there is nothing to tell."""
        hushed = self.since.silenced or self.since.born_waived or self.silencers != Silencers()
        return not self.since.new and not hushed and self.changes is not None and self.changes.unchanged


def review_view(
    span: Span,
    since: Since,
    silencers: Silencers,
    changes: ChangeReport | None,
    *,
    profile: str,
    fail_on: Severity | None,
    refused: str = "",
    edits: Mapping[Edit, PlacedEdit] | None = None,
) -> ReviewReport:
    """The view; what became resolved cannot be said where files that may hold findings could not be read."""
    summary = ReviewSummary(
        new=_counts(since.new),
        known=_counts(since.known),
        resolved=None if changes is None else _counts(since.resolved),
        silenced=len(since.silenced),
        born_waived=len(since.born_waived),
        waived=len(since.waived),
        failing=sum(fails(finding, fail_on) for finding in since.new),
        profile=profile,
        fail_on=fail_on,
    )
    return ReviewReport(span, summary, since, silencers, changes, refused, edits or {})


def _counts(findings: Iterable[Finding]) -> SeverityCounts:
    count = Counter(finding.severity for finding in findings)
    return SeverityCounts(*(count[severity] for severity in Severity))
