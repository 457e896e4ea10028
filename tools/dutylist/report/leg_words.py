"""The words that the writers of a leg's report share, without anything of a format's own."""

from dutylist.model.consultation import OPEN_LABEL, Source, Verdict
from dutylist.model.duty import KIND_LABELS, SHORT_LABELS
from dutylist.report.change_fields import field_words
from dutylist.report.leg_parts import (
    AnswerEntry,
    LegHead,
    LegSummary,
    ListTotals,
    OpinionCounts,
    OpinionRow,
    Remark,
    RemarkGroup,
    RemarkKind,
    UnitCounts,
)
from dutylist.report.plain import plain

DRAFT = "草稿，尚未封存"
NO_OPINIONS = "没有征集到意见。"
NO_SILENT = "没有：问过的单位都提出了意见，或者没有征求意见。"
NO_REMARKS = "没有需要说明的事项。"
COLUMNS = ("序号", "提出单位", "事项", "原文", "意见", "是否采纳", "理由", "协调方式", "对应变化")
REMARKS = {
    RemarkKind.UNCLOSED: "账目不平，这份报告不可采信",
    RemarkKind.DISPUTED: "待研判的意见",
    RemarkKind.UNANSWERED: "未答复的意见",
    RemarkKind.NOT_ADOPTED: "不采纳的意见",
    RemarkKind.UNCAUSED: "没有依据的实质变化",
    RemarkKind.LATE: "逾期收到的意见",
    RemarkKind.EARLY: "在截止日期之前关闭",
    RemarkKind.NOTE: "备注",
}
# As many of a kind as leave the summary on one page; the table has them all.
MOST_REMARKS = 6
_DIGITS = 16


def seal(head: LegHead) -> str:
    """The digest for outsiders to hold, or that there is none yet."""
    return DRAFT if head.digest is None else f"封存摘要 {head.digest}"


def route(head: LegHead) -> str:
    """From whom to whom."""
    return f"{plain(head.sender)} → {plain(head.to)}"


def dates(head: LegHead) -> str:
    """When the leg began, was due, was closed."""
    told = (("开始", head.opened), ("截止", head.due), ("关闭", head.closed))
    return "，".join(f"{date} {word}" for word, date in told if date)


def background(head: LegHead) -> list[tuple[str, str]]:
    """What was done, for whom, since which state."""
    source = "，建库之前公开发布" if head.source is Source.IMPORTED else ""
    told = (
        ("名称", plain(head.title)),
        ("种类", head.kind.label if head.kind else ""),
        ("乡镇（街道）", "、".join(map(plain, head.townships))),
        ("环节", f"{plain(head.label)}（{plain(head.leg)}）{source}"),
        ("发出 → 送往", route(head)),
        ("日期", dates(head)),
        ("基准", f"内容摘要 {head.base[:_DIGITS]}…" if head.base else ""),
    )
    return [(label, value) for label, value in told if value]


def list_name(row: ListTotals) -> str:
    """The list of a total."""
    return "合计" if row.list is None else KIND_LABELS[row.list]


def difference(row: ListTotals) -> str:
    """By how much a total differs, with its sign."""
    return f"{row.after - row.before:+d}".replace("-", "－").replace("+0", "0").replace("+", "＋")


def substantive(summary: LegSummary) -> str:
    """The substantive changes by kind, and what they do to the township."""
    kinds = "，".join(f"{one.kind.facts.label} {one.count}" for one in summary.substantive)
    count = sum(one.count for one in summary.substantive)
    said = f"实质变化 {count} 处：{kinds}" if count else "没有实质变化"
    return f"{said}；责任加重 {summary.heavier} 处，减轻 {summary.lighter} 处。"


def units(counts: UnitCounts) -> str:
    """How many units were asked, spoke, were silent."""
    uninvited = f"（其中 {counts.uninvited} 个未在征求之列）" if counts.uninvited else ""
    said = f"{counts.answered} 个单位提出意见{uninvited}，{counts.silent} 个无意见。"
    return f"征求 {counts.consulted} 个单位，{said}"


def opinions(counts: OpinionCounts) -> str:
    """How many opinions there are, and what became of them."""
    answered = (
        (Verdict.ADOPTED.label, counts.adopted),
        (Verdict.PARTLY_ADOPTED.label, counts.partly_adopted),
        (Verdict.NOT_ADOPTED.label, counts.not_adopted),
        (Verdict.DISPUTED.label, counts.disputed),
    )
    said = "，".join(f"{label} {count} 条" for label, count in answered)
    said += f"，{OPEN_LABEL} {counts.unanswered} 条" if counts.unanswered else ""
    return f"共征集意见 {counts.total} 条，{said}；其中逾期 {counts.late} 条。"


def shown(group: RemarkGroup) -> tuple[Remark, ...]:
    """The remarks that the summary has room for."""
    return group.remarks[:MOST_REMARKS]


def left_out(group: RemarkGroup) -> str:
    """How many remarks the summary has no room for; empty where it has."""
    rest = len(group.remarks) - MOST_REMARKS
    return f"另有 {rest} 条，见后文。" if rest > 0 else ""


def duty(row: OpinionRow) -> str:
    """The duty that an opinion is about, by id and name."""
    return "整个清单" if row.duty is None else plain(" ".join(filter(None, (row.duty, row.name))))


def place(row: OpinionRow) -> str:
    """Where the duty stands, and in which field; empty where neither is known."""
    number = f" {row.duty_number}" if row.duty_number is not None else ""
    return "，".join(filter(None, (f"{SHORT_LABELS[row.list]}{number}" if row.list else "", field_words(row.field))))


def said(row: OpinionRow) -> list[tuple[str, str]]:
    """The opinion itself, then what is proposed and why, each behind its label."""
    told = (("", row.text), ("建议修改为", row.proposed), ("提出理由", row.argument))
    return [(label, text) for label, text in told if text]


def verdict(value: Verdict | None) -> str:
    """Whether an opinion was adopted."""
    return OPEN_LABEL if value is None else value.label


def received(row: OpinionRow) -> str:
    """That an opinion came late, and when; empty where it did not."""
    return f"逾期（{row.received} 收到）" if row.late else ""


def answer(one: AnswerEntry) -> str:
    """What changed in answer to an opinion, by kind and fingerprint."""
    label = one.kind.facts.label if one.kind else "不在本环节"
    return f"{label} {plain(one.fingerprint)}"
