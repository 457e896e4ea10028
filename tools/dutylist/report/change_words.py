"""The words that several writers of changes share, without anything of a format's own."""

import math
from collections.abc import Mapping

from dutylist.model.change import (
    AccountRow,
    Burden,
    Change,
    ChangeKind,
    ClauseFate,
    Pair,
    SideName,
    Site,
    Succession,
    Weight,
)
from dutylist.model.duty import KIND_LABELS, SHORT_LABELS, Kind
from dutylist.model.finding import field_name
from dutylist.model.text import shorten
from dutylist.report.change_fields import field_words
from dutylist.report.change_groups import DutyChanges, ListChanges, NumberRun
from dutylist.report.changes import ChangeReport, ChangeSummary, Selection
from dutylist.report.plain import plain

NOTHING = "没有变化。"
NOTHING_SELECTED = "所选范围内没有变化。"
UNCLOSED = "账目不平，这份报告不可采信"
UNCLOSED_HINT = "请运行 dutylist check 查看重复或读不出来的事项，更正后重新比较。"
NOWHERE = "现无去处"
_COMMIT = 10
_EXCERPT = 60
_MOVED = (ChangeKind.CLAUSE_MOVED, ChangeKind.SECTION_MOVED)
# The field of these says no more than the kind does.
_PLACELESS = (ChangeKind.REORDERED, ChangeKind.DEPARTMENT_REORDERED)

# The words of a `Cause:` trailer that have a meaning of their own.
CAUSES = {
    "law": "法律法规变化",
    "reform": "机构改革",
    "application": "乡镇申请",
    "correction": "更正",
    "opinion": "意见",
    "approval": "认可",
}

# The terms of the account in printed order: label, sign, attribute.
TERMS = (
    ("原有", "", "before"),
    ("新增", "＋", "added"),
    ("拆分增加", "＋", "split_gains"),
    ("移入", "＋", "moved_in"),
    ("废止", "－", "retired"),
    ("合并减少", "－", "merged_away"),
    ("移出", "－", "moved_out"),
    ("现有", "＝", "after"),
)


def headline(summary: ChangeSummary) -> str:
    """How much changed, in one sentence."""
    weights = [(weight.label, getattr(summary, weight.value)) for weight in Weight]
    said = "，".join(f"{label} {count}" for label, count in weights if count)
    burdens = [("责任加重", summary.heavier), ("责任减轻", summary.lighter)]
    felt = "，".join(f"{label} {count}" for label, count in burdens if count) or "责任没有加重或减轻"
    return f"{summary.changes} 处变化，涉及 {summary.duties} 项事项：{said}；{felt}。"


def nothing(view: ChangeReport) -> str:
    """What is said where there are no changes to tell."""
    return NOTHING_SELECTED if selected(view.selection) else NOTHING


def selected(selection: Selection) -> str:
    """What the user asked for, in one line; empty for everything."""
    words = (
        ("乡镇", [selection.township] if selection.township is not None else []),
        ("部门", [selection.department] if selection.department is not None else []),
        ("类型", [kind.facts.label for kind in ChangeKind if kind in selection.kinds]),
        ("清单", [SHORT_LABELS[kind] for kind in Kind if kind in selection.lists]),
        ("轻重", [weight.label for weight in Weight if weight in selection.weights]),
        ("责任", [burden.label for burden in Burden if burden in selection.burdens]),
    )
    return "；".join(f"{name} {'、'.join(map(plain, some))}" for name, some in words if some)


def side(name: SideName) -> str:
    """A revision as the user called it, with its commit; a commit that was named by itself is said once, and short."""
    if name.commit is None:
        return plain(name.name)
    commit = plain(name.commit[:_COMMIT])
    return commit if name.commit.startswith(name.name) else f"{plain(name.name)}（{commit}）"


def equation(row: AccountRow) -> str:
    """A row of the account, without the terms that are zero: 原有 3 ＋ 新增 1 ＝ 现有 4."""
    ends = ("before", "after")
    told = [(label, sign, getattr(row, name)) for label, sign, name in TERMS if name in ends or getattr(row, name)]
    text = " ".join(f"{sign} {label} {count}".strip() for label, sign, count in told)
    return text if row.closes else text.replace("＝", "≠")


def account_place(row: AccountRow) -> str:
    """The township, list and category of a row."""
    return " ".join(filter(None, (plain(row.township), KIND_LABELS[row.kind], plain(row.category or ""))))


def list_title(group: ListChanges) -> str:
    """What a group of changes is about."""
    if group.township is None:
        return "词表，及涉及多个乡镇的变化"
    return f"{plain(group.township)} · {KIND_LABELS[group.kind] if group.kind else '说明、总数和其他'}"


def numbers(before: int | None, after: int | None) -> str:
    """A 序号 on both sides: once where it is the same."""
    return number(after) if before == after else f"{number(before)} → {number(after)}"


def number(value: int | None) -> str:
    """A 序号, or that there is none."""
    return "无" if value is None else str(value)


def run_numbers(run: NumberRun) -> tuple[str, str]:
    """The numbers of a run on both sides: 11–103 and 10–102."""
    ends = ((run.first.before, run.last.before), (run.first.after, run.last.after))
    was, now = (number(first) if first == last else f"{number(first)}–{number(last)}" for first, last in ends)
    return was, now


def run_duties(run: NumberRun) -> str:
    """The duties of a run, and by how much all their numbers differ."""
    if run.shift is None:
        return plain(run.first.duty)
    shifted = f"各{'加' if run.shift > 0 else '减'} {abs(run.shift)}"
    return f"{plain(run.first.duty)} 至 {plain(run.last.duty)}（{run.count} 项，{shifted}）"


def duty_title(group: DutyChanges) -> str:
    """The duty of several changes."""
    return duty_name(group.first)


def burden(change: Change, titles: Mapping[str, str] | None = None) -> str:
    """Heavier or lighter, and the rule that says so; empty where neither."""
    if change.rule is None:
        return ""
    return f"责任{change.burden.label} {rule(change.rule, change.burden, titles or {})}"


def rule(code: str, felt: Burden, titles: Mapping[str, str]) -> str:
    """A burden rule with its title where that is known; titles tell what is heavier, so the mirror says that it is."""
    if code not in titles:
        return plain(code)
    return f"{plain(code)} {plain(titles[code])}" + ("（反过来）" if felt is Burden.LIGHTER else "")


def duty_name(change: Change) -> str:
    """The duty of a change; empty where there is none."""
    return plain(f"{change.duty} {change.name or ''}".strip()) if change.duty is not None else ""


def field(change: Change) -> str:
    """In which field something happened, of what moved from where to where; empty where the kind says so itself."""
    said = field_words(change.field)
    if change.kind in _MOVED:
        came_from = [field_words(field_name(site.before.field)) for site in change.sites if site.before]
        return " → ".join(dict.fromkeys([*came_from, said]))
    return "" if said in change.kind.facts.label or change.kind in _PLACELESS else said


def happened(change: Change) -> str:
    """What happened, in which field."""
    return f"{change.kind.facts.label} {field(change)}".strip()


def told(change: Change) -> str:
    """Of which duty what happened, in one line."""
    return "：".join(filter(None, (duty_name(change), happened(change))))


def fields_of(group: DutyChanges) -> str:
    """In which fields of a duty something changed, or what happened to it."""
    return "、".join(dict.fromkeys(field(one) or one.kind.facts.label for one in group.changes))


def cause(change: Change) -> str:
    """Why a change was made and who committed it; empty where that is not said."""
    if change.cause is None:
        return ""
    return why(change.cause) + (f"（{plain(change.author)}）" if change.author else "")


def why(causes: str) -> str:
    """Causes as commits and ledgers give them, in words: what has a name of its own by that name, the rest as it is."""
    return "；".join(map(_cause, causes.split("；")))


def _cause(given: str) -> str:
    word, colon, text = (part.strip() for part in given.partition(":"))
    if word not in CAUSES:
        return plain(given)
    return CAUSES[word] + (f"：{plain(text)}" if colon else "")


def where(view: ChangeReport, change: Change) -> str:
    """The place of a change as `path:line:column`; of several, how many and in which duties."""
    return several(change) or "".join(_place(view, site) for site in change.sites)


def several(change: Change) -> str:
    """The places of a change that has more than one."""
    if len(change.sites) < 2:
        return ""
    duties = dict.fromkeys(site.duty for site in change.sites if site.duty is not None)
    return f"{len(change.sites)} 处" + (f"：{'、'.join(map(plain, duties))}" if duties else "")


def _place(view: ChangeReport, site: Site) -> str:
    was, now = view.places.of(site)
    spot, place = (site.after, now) if now else (site.before, was)
    return f"{plain(spot.path)}:{place.line}:{place.column}" if spot and place else ""


def succession(one: Succession) -> str:
    """Which duties became which others."""
    proposed = "" if one.likeness is None else f"建议登记{percent(one.likeness)}："
    return f"{proposed}{one.kind.label} {'、'.join(map(plain, one.origin))} → {'、'.join(map(plain, one.into))}"


def told_of(one: Succession) -> str:
    """Why, and in which leg; empty where neither is said."""
    said = (("理由", one.reason), ("环节", one.leg))
    return "；".join(f"{label}：{plain(text)}" for label, text in said if text is not None)


def origin(fate: ClauseFate) -> str:
    """Where a clause stood before."""
    return f"{plain(fate.duty)} {field_words(fate.field)}"


def standing(fate: ClauseFate) -> str:
    """Where a clause stands now."""
    now = fate.standing
    return NOWHERE if now is None else f"{plain(now.duty)} {field_words(now.field)}{percent(now.likeness)}"


def percent(likeness: float) -> str:
    """How like two texts are; never all of it unless they are the same."""
    return "（相同）" if likeness >= 1 else f"（相似 {math.floor(likeness * 100 + 1e-9)}%）"


def pair(one: Pair) -> str:
    """Two duties that were paired, or might be."""
    said = "" if one.taken else "建议："
    return f"{said}{plain(one.township)} {plain(one.before)} ↔ {plain(one.after)}{percent(one.likeness)}"


def excerpt(text: str) -> str:
    """The beginning of a clause."""
    return plain(shorten(text, _EXCERPT))
