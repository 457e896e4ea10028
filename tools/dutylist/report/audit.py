"""The proof of all seals as users read it: a line a leg, then what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from dutylist.model.finding import Finding, Severity
from dutylist.model.sealing import Witness
from dutylist.model.text import one_line
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """问题：哪里不对，从何时起。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    code: str
    """规则代码：AU 开头，见 dutylist explain。"""
    severity: Severity
    """等级：error 错误，warning 警告，advice 建议。"""
    path: str
    """文件：在清单库中的路径。"""
    message: str
    """说明：哪里不对，从何时起，怎么办。"""
    fingerprint: str
    """指纹：同一个问题的简短名称。"""


@dataclass(frozen=True, slots=True)
class AuditedLeg:
    """环节：一个封存的环节，核对到什么程度。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    leg: str
    """环节：如 2025/1-up。"""
    closed: str
    """关闭日期：年-月-日。"""
    digest: str
    """封存摘要：leg.toml 里写的。"""
    state: str | None
    """状态：内容与封存相符的一个提交；找不到时为 null。"""
    reports: str
    """报告：remade 已由内容重新生成并且相同，differ 重新生成的不同，stored 由别的版本生成、只核对了存着的字节，
    lost 封存的内容或基准找不到、没有重新生成，none 没有报告。"""
    proved: bool
    """证实：没有错误。"""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """审计报告：dutylist audit --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    head: str
    """提交：核对到哪个提交为止。"""
    held: str | None
    """所持摘要：--head 给出的摘要所在的环节；没有给出或找不到时为 null。"""
    legs: tuple[AuditedLeg, ...]
    """环节：按封存的先后。"""
    findings: tuple[AuditFinding, ...]
    """问题：错误在前。"""


def audit_report(
    head: str,
    held: str | None,
    legs: Iterable[tuple[Witness, str]],
    findings: Sequence[Finding],
) -> AuditReport:
    """The report; each leg comes with what became of its reports."""
    ordered = sorted(findings, key=lambda one: (one.severity.rank, one.spot.path, one.code, one.message))
    wrong = {one.spot.path for one in findings if one.severity is Severity.ERROR}
    return AuditReport(
        head,
        held,
        tuple(
            AuditedLeg(
                one.leg.title,
                one.leg.leg.closed.isoformat() if one.leg.leg and one.leg.leg.closed else "",
                one.seal.digest,
                one.state,
                reports,
                not any(path.startswith(f"{one.leg.folder}/") for path in wrong),
            )
            for one, reports in legs
        ),
        tuple(AuditFinding(one.code, one.severity, one.spot.path, one.message, one.fingerprint) for one in ordered),
    )


_MARKS = {True: "✓", False: "✗"}
_REPORTS = {
    "remade": "报告可重现",
    "differ": "报告不能重现",
    "stored": "报告由别的版本生成，只核对了存着的字节，没有重新生成",
    "lost": "封存的内容或基准找不到，报告没有重新生成",
    "none": "没有报告",
}


def text(view: AuditReport) -> str:
    """For a terminal: a line a leg, what is wrong, the result."""
    lines = [
        f"{_MARKS[leg.proved]} {one_line(leg.leg)}  {leg.closed} 封存  {leg.digest[:16]}…  {_REPORTS[leg.reports]}"
        for leg in view.legs
    ]
    lines += [""] if view.findings and lines else []
    lines += [f"{plain(one.path)}  {one.severity.label} {one.code}  {plain(one.message)}" for one in view.findings]
    lines += ["", _result(view)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _result(view: AuditReport) -> str:
    errors = sum(one.severity is Severity.ERROR for one in view.findings)
    if not view.legs and not view.findings:
        return "没有封存的环节。"
    if errors:
        held = f"；所持的摘要是 {one_line(view.held)} 的，但有错误就没有证实" if view.held else ""
        return f"{len(view.legs)} 个封存的环节，有 {errors} 个错误{held}。"
    held = f"；到 {one_line(view.held)} 为止的链与所持的摘要一致" if view.held else ""
    others = f"，另有 {len(view.findings)} 个提醒" if view.findings else ""
    return f"{len(view.legs)} 个封存的环节全部证实{held}{others}。"


def as_json(view: AuditReport) -> str:
    """The report itself."""
    return json_text(asdict(view))
