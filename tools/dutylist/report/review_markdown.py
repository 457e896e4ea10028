"""A review as Markdown that fits a pull-request comment: the verdict, what is new, what could silence, what changed."""

from collections.abc import Iterator

from dutylist.model.duty import KIND_LABELS
from dutylist.model.finding import Finding, Severity
from dutylist.report import change_markdown, change_words
from dutylist.report.markdown import LONGEST
from dutylist.report.markdown_table import Row, Table, cell, fitted, length
from dutylist.report.review import ReviewReport, SeverityCounts
from dutylist.report.review_silence import TOTALS, TotalEntry, WaiverEntry, WordEntry
from dutylist.report.template import render
from dutylist.report.words import notes

NOTHING = "没有新的问题，没有变化。"
# Room for each part; what they leave is for the changes, whose unfolded parts but the changes need 24,000.
_FINDINGS, _WAIVERS, _WAIVED, _TOTALS, _WORDS = 18_000, 5_000, 4_000, 1_000, 3_000
_FINDING_HEAD = ("位置", "规则", "问题", "处理")
_WAIVER_HEAD = ("", "位置", "规则", "理由", "责任人", "期限", "指纹", "豁免问题数")
_WAIVED_HEAD = ("原来", "位置", "规则", "问题", "处理")
_TOTAL_HEAD = ("乡镇", "所报", "修改前", "修改后")
_WORD_HEAD = ("词表", "词条", "修改前", "修改后")
_VOCABULARIES = {"categories": "类别", "departments": "部门"}


def write(view: ReviewReport) -> str:
    """The report, 60,000 characters at most; what finds no room is counted."""
    if view.uneventful:
        return f"{NOTHING}\n"
    new, silencers = list(_new(view)), list(_silencers(view))
    left_out = sum(table.left_out for table in (*new, *silencers))

    def told(changes: str) -> str:
        return render(
            "review.md.j2",
            view=view,
            words=change_words,
            why=_why(view),
            new=new,
            silencers=silencers,
            known=_known(view),
            changes=changes,
            left_out=left_out,
        )

    if view.changes is None or view.changes.unchanged:
        return told("")
    # Everything but the changes says how much room they have.
    return told(change_markdown.write(view.changes, LONGEST - len(told(""))))


def _why(view: ReviewReport) -> str:
    """What the verdict rests on."""
    summary, level = view.summary, view.summary.fail_on
    faults = (
        f"{summary.failing} 个新的问题达到门槛（{level.label}）" if level and summary.failing else "",
        "变化无法比较" if view.changes is None else "",
        "账目不平" if view.changes and view.changes.unclosed else "",
    )
    if any(faults):
        return "，".join(filter(None, faults))
    if not summary.new.total:
        return "没有新的问题"
    return f"{summary.new.total} 个新的问题没有达到门槛（{level.label if level else '不设门槛'}）"


def _known(view: ReviewReport) -> str:
    """How many findings are not new, in one line; empty where there are none."""
    summary = view.summary
    parts = (
        f"原有的问题 {_counted(summary.known)}，不逐一列出" if summary.known.total else "",
        f"原已豁免 {summary.waived} 个" if summary.waived else "",
        f"已解决 {_counted(summary.resolved)}" if summary.resolved and summary.resolved.total else "",
    )
    return "；".join(filter(None, parts))


def _counted(counts: SeverityCounts) -> str:
    told = ((severity.label, getattr(counts, severity.value)) for severity in Severity)
    return f"{counts.total} 个（{'，'.join(f'{label} {count}' for label, count in told if count)}）"


def _new(view: ReviewReport) -> Iterator[Table]:
    """A table for each severity, the worst first."""
    room = _FINDINGS
    for severity in Severity:
        rows = [_finding(one) for one in view.since.new if one.severity is severity]
        table = fitted(f"新的{severity.label} {len(rows)}", _FINDING_HEAD, rows, room)
        room -= sum(map(length, table.rows))
        if rows:
            yield table


def _silencers(view: ReviewReport) -> Iterator[Table]:
    silencers, since = view.silencers, view.since
    waived = [("报告过", *_finding(one)) for one in since.silenced] + [
        ("没有", *_finding(one)) for one in since.born_waived
    ]
    tables = (
        ("新的和改动的豁免", _WAIVER_HEAD, list(map(_waiver, silencers.waivers)), _WAIVERS),
        ("新被豁免的问题", _WAIVED_HEAD, waived, _WAIVED),
        ("改动的所报总数", _TOTAL_HEAD, list(map(_total, silencers.totals)), _TOTALS),
        ("新的和改动的词条", _WORD_HEAD, list(map(_word, silencers.words)), _WORDS),
    )
    for title, head, rows, room in tables:
        if rows:
            yield fitted(f"{title} {len(rows)}", head, rows, room)


def _finding(finding: Finding) -> Row:
    where = f"{finding.spot.path}:{finding.place.line}:{finding.place.column}"
    return _cells(where, finding.code, finding.message, "；".join(notes(finding)))


def _waiver(one: WaiverEntry) -> Row:
    kind = "改动" if one.revised else "新增"
    facts = (one.code, one.reason, one.owner or "", one.until or "", one.fingerprint or "")
    return _cells(kind, one.path, *facts, str(one.waives))


def _total(one: TotalEntry) -> Row:
    kind = KIND_LABELS[one.list] if one.list else "合计"
    figures = ("没有报" if figure is None else str(figure) for figure in (one.before, one.after))
    return _cells(one.township, f"{kind} {TOTALS[one.what]}", *figures)


def _word(one: WordEntry) -> Row:
    return _cells(_VOCABULARIES[one.vocabulary], one.name, "没有" if one.before is None else one.before, one.after)


def _cells(*texts: str) -> Row:
    return tuple(map(cell, texts))
