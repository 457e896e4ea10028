"""The sentences that several formats share."""

from dutylist.model.finding import Finding, Fix, Severity
from dutylist.report.plain import plain
from dutylist.report.views import Summary

WAIVED = "已豁免"


def headline(summary: Summary) -> str:
    """How much was checked and what was found, in one sentence."""
    waived = f"；另有 {summary.waived} 个{WAIVED}" if summary.waived else ""
    if not summary.found:
        return f"{summary.duties} 项事项，没有发现问题{waived}。"
    return f"{summary.duties} 项事项，发现 {summary.found} 个问题：{by_severity(summary)}{waived}。"


def by_severity(summary: Summary) -> str:
    """The counts that are not zero, worst first."""
    counts = {severity: getattr(summary, severity.value) for severity in Severity}
    return "，".join(f"{severity.label} {count}" for severity, count in counts.items() if count)


def weight(finding: Finding) -> str:
    """The word in front of a finding: its severity, or that it is waived."""
    return finding.severity.label if finding.waived is None else WAIVED


def remedy(fix: Fix) -> str:
    """What a fix would do, and who has to do it."""
    return f"可自动修复（--fix）：{plain(fix.label)}" if fix.safe else f"修改建议：{plain(fix.label)}"


def notes(finding: Finding) -> list[str]:
    """What is said below a finding: how to mend it, or why it is waived."""
    if finding.waived is not None:
        return [f"豁免理由：{plain(finding.waived)}"]
    return [remedy(finding.fix)] if finding.fix else []
