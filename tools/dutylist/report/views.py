"""What a check has to tell, made once for all formats: what is shown, in order, grouped by file, counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from dutylist.model.finding import Edit, Finding, Fix, Place, Severity, sort_key
from dutylist.report.ruledoc import RuleDoc

PUBLISHED: dict[str, Any] = {"use_attribute_docstrings": True, "extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Summary:
    """合计：检查了多少，发现多少；已豁免的只计入 waived。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    files: int
    """文件数：检查了多少个文件。"""
    duties: int
    """事项数：检查了多少项履职事项。"""
    error: int
    """错误数：必须更正，否则不能合并。"""
    warning: int
    """警告数：需要有人判断。"""
    advice: int
    """建议数：文字上可以更好。"""
    waived: int
    """已豁免数：写明理由、暂不更正的问题。"""
    shown: int
    """列出数：findings 中有多少个；要求列出已豁免的问题时，包括它们。"""
    fixable: int
    """可自动修复数：--fix 能修好多少个。"""
    failing: int
    """不合格数：达到 fail_on 的问题有多少个，大于零时检查不通过。"""
    profile: str
    """严格程度：draft 起草，consultation 征求意见，final 定稿。"""
    fail_on: Severity | None
    """门槛：到这个等级即不通过；null 表示从不。"""

    @property
    def found(self) -> int:
        """How many findings are not waived."""
        return self.error + self.warning + self.advice


@dataclass(frozen=True, slots=True)
class FileFindings:
    """The findings shown of one file, in order."""

    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """An edit as a change of source text: `text` is TOML source, quoted and escaped where it has to be."""

    path: str
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the text format may use: `width` in columns, and colour."""

    width: int = 100
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check as all writers see it; `findings` are those shown, sorted by path and place.

    `lines` are the source lines of files with findings, split at LF alone; `edits` says what each edit of a fix does to
    the source. Forges count paths from the repository: `root` is the library's folder there, empty or ending in `/`.
    """

    findings: tuple[Finding, ...]
    files: tuple[FileFindings, ...]
    summary: Summary
    rules: tuple[RuleDoc, ...]
    lines: Mapping[str, Sequence[str]]
    edits: Mapping[Edit, PlacedEdit]
    terminal: Terminal
    root: str
    version: str

    def title(self, code: str) -> str:
        """A rule's code with its title, where it is known."""
        return next((f"{rule.code} {rule.title}" for rule in self.rules if rule.code == code), code)

    def fails(self, finding: Finding) -> bool:
        """Whether this finding alone makes the check fail."""
        return fails(finding, self.summary.fail_on)

    def placed(self, fix: Fix) -> tuple[PlacedEdit, ...]:
        """What a fix does to the source; nothing unless all of it is known, since half a fix is none."""
        placed = tuple(self.edits[edit] for edit in fix.edits if edit in self.edits)
        return placed if len(placed) == len(fix.edits) else ()


def checked(
    findings: Iterable[Finding],
    *,
    duties: int,
    files: int,
    profile: str,
    fail_on: Severity | None = Severity.ERROR,
    show_waived: bool = False,
    rules: Iterable[RuleDoc] = (),
    lines: Mapping[str, Sequence[str]] | None = None,
    edits: Mapping[Edit, PlacedEdit] | None = None,
    terminal: Terminal | None = None,
    root: str = "",
    version: str = "",
) -> Checked:
    """The view of all `findings` of a check, waived ones among them: these are counted, and shown when asked for."""
    every = sorted(findings, key=sort_key)
    shown = tuple(finding for finding in every if show_waived or finding.waived is None)
    by_file = groupby(shown, key=lambda finding: finding.spot.path)
    return Checked(
        findings=shown,
        files=tuple(FileFindings(path, tuple(some)) for path, some in by_file),
        summary=_summary(every, len(shown), duties=duties, files=files, profile=profile, fail_on=fail_on),
        rules=tuple(sorted(rules, key=lambda rule: rule.code)),
        lines=lines or {},
        edits=edits or {},
        terminal=terminal or Terminal(),
        root=root,
        version=version,
    )


def fails(finding: Finding, fail_on: Severity | None) -> bool:
    """Whether a finding reaches the threshold; a waived one never does."""
    return fail_on is not None and finding.waived is None and finding.severity.rank <= fail_on.rank


def _summary(
    every: Sequence[Finding], shown: int, *, duties: int, files: int, profile: str, fail_on: Severity | None
) -> Summary:
    found = [finding for finding in every if finding.waived is None]
    count = {severity.value: sum(finding.severity is severity for finding in found) for severity in Severity}
    return Summary(
        files=files,
        duties=duties,
        **count,
        waived=len(every) - len(found),
        shown=shown,
        fixable=sum(finding.fix is not None and finding.fix.safe for finding in found),
        failing=sum(fails(finding, fail_on) for finding in found),
        profile=profile,
        fail_on=fail_on,
    )
