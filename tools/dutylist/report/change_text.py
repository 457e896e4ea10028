"""Changes for a terminal: the account, what got heavier, each change with its text, and what else follows."""

from collections.abc import Callable, Iterable, Iterator

from dutylist.model.change import Burden, Change, Weight
from dutylist.model.duty import KIND_LABELS
from dutylist.report import change_words as words
from dutylist.report.change_groups import CategoryChanges, RuleChanges
from dutylist.report.change_lines import Span, fitted
from dutylist.report.change_pieces import lines, shortened
from dutylist.report.changes import ChangeReport
from dutylist.report.plain import plain

_BOLD, _DIM, _ERROR = "1", "2", "1;31"
_WEIGHTS = {Weight.SUBSTANTIVE: "1;33", Weight.WORDING: "36"}
_BURDENS = {Burden.HEAVIER: "1;31", Burden.LIGHTER: "1;32", Burden.NEUTRAL: ""}
# Without colour the marks say it: [-删去-]{+增加+}.
_MARKS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"=": "", "-": "9;31", "+": "32"}

Row = tuple[int, list[Span]]
"""An indentation and what stands there, wrapped to the terminal."""


def write(view: ChangeReport) -> str:
    """The whole report; what has nothing to say is left out."""
    blocks = [list(_opening(view))]
    blocks += [[(0, [(_BOLD, title)]), *rows] for title, tell in _SECTIONS.items() if (rows := list(tell(view)))]
    return "\n".join("".join(_lines(view, block)) for block in blocks)


def _lines(view: ChangeReport, rows: Iterable[Row]) -> Iterator[str]:
    for indent, spans in rows:
        yield from (f"{line}\n" for line in fitted(spans, view.terminal, indent))


def _opening(view: ChangeReport) -> Iterator[Row]:
    if view.unclosed:
        yield 0, [(_ERROR, f"【错误】{words.UNCLOSED}！")]
        yield from ((2, [(_ERROR, f"{words.account_place(row)}：{words.equation(row)}")]) for row in view.unclosed)
        yield 0, [("", words.UNCLOSED_HINT)]
    title = f"{words.side(view.before)} → {words.side(view.after)}"
    if not view.summary.changes:
        yield 0, [("", f"{title}：{words.nothing(view)}")]
        return
    yield 0, [(_BOLD, title)]
    if chosen := words.selected(view.selection):
        yield 0, [("", f"只看：{chosen}")]
    yield 0, [("", words.headline(view.summary))]


def _account(view: ChangeReport) -> Iterator[Row]:
    if view.unchanged:
        return
    for row in view.account:
        title = words.account_place(row) if row.category is None else plain(row.category)
        yield (2 if row.category is None else 4), [("", f"{title}：{words.equation(row)}")]


def _heavier(view: ChangeReport) -> Iterator[Row]:
    yield from _felt(view, Burden.HEAVIER, view.heavier)


def _lighter(view: ChangeReport) -> Iterator[Row]:
    yield from _felt(view, Burden.LIGHTER, view.lighter)


def _felt(view: ChangeReport, burden: Burden, groups: Iterable[RuleChanges]) -> Iterator[Row]:
    for group in groups:
        title = f"{words.rule(group.rule, burden, view.rules)}（{len(group.changes)}）"
        yield 2, [(_BURDENS[burden], title)]
        yield from ((4, [("", words.told(change))]) for change in group.changes)


def _changes(view: ChangeReport) -> Iterator[Row]:
    for group in view.lists:
        yield 0, [(_BOLD, f"■ {words.list_title(group)}（{group.count}）")]
        for category in group.categories:
            yield from _category(view, category)


def _category(view: ChangeReport, category: CategoryChanges) -> Iterator[Row]:
    if category.category is not None:
        yield 2, [("", f"〔{plain(category.category)}〕")]
    for duty in category.duties:
        if title := words.duty_title(duty):
            numbers = words.numbers(duty.first.number_before, duty.first.number_after)
            yield 2, [(_DIM, f"序号 {numbers}"), (_BOLD, f"  {title}")]
        for change in duty.changes:
            yield from _change(view, change)


def _change(view: ChangeReport, change: Change) -> Iterator[Row]:
    said = [(_WEIGHTS.get(change.weight, ""), f"[{change.weight.label}] {change.kind.facts.label}")]
    said += [("", f"  {field}")] if (field := words.field(change)) else []
    said += [(_BURDENS[change.burden], f"  {burden}")] if (burden := words.burden(change, view.rules)) else []
    yield 4, said
    for line in lines(shortened(change)):
        yield 6, [_piece(view, operation, text) for operation, text in line]
    yield 6, [("", f"依据：{cause}" if (cause := words.cause(change)) else "")]
    yield 6, [(_DIM, words.where(view, change))]


def _piece(view: ChangeReport, operation: str, text: str) -> Span:
    opening, closing = _MARKS[operation] if not view.terminal.colour else ("", "")
    return _COLOURS[operation], f"{opening}{plain(text)}{closing}"


def _departments(view: ChangeReport) -> Iterator[Row]:
    for one in view.departments:
        counts = (("实质", one.substantive), ("加重", one.heavier), ("减轻", one.lighter))
        said = "，".join(f"{label} {count}" for label, count in counts if count)
        yield 2, [("", f"{plain(one.name)}：{one.changes} 处变化" + (f"，{said}" if said else ""))]


def _successions(view: ChangeReport) -> Iterator[Row]:
    for one in view.successions:
        yield 2, [(_BOLD, words.succession(one))]
        yield 4, [("", words.told_of(one))]
        for fate in one.clauses:
            style = "" if fate.standing else _ERROR
            yield 4, [("", f"{words.origin(fate)}“{words.excerpt(fate.text)}” → "), (style, words.standing(fate))]


def _pairs(view: ChangeReport) -> Iterator[Row]:
    for pair in view.doubtful:
        yield 2, [("", words.pair(pair))]


def _renumbering(view: ChangeReport) -> Iterator[Row]:
    for group in view.renumbering:
        yield 2, [("", f"{plain(group.township)} {KIND_LABELS[group.kind]}")]
        runs = (f"{' → '.join(words.run_numbers(run))} {words.run_duties(run)}" for run in group.runs)
        yield 4, [("", "；".join(runs))]


def _uncaused(view: ChangeReport) -> Iterator[Row]:
    if view.uncaused:
        yield 2, [("", f"{view.summary.without_cause} 处实质变化没有写明依据：")]
    for group in view.uncaused:
        yield 2, [("", f"{plain(group.duty or '其他')}：{words.fields_of(group)}")]


def _layout(view: ChangeReport) -> Iterator[Row]:
    if view.summary.layout:
        yield 2, [("", f"另有 {view.summary.layout} 处格式变化，不逐一列出。")]


_SECTIONS: dict[str, Callable[[ChangeReport], Iterator[Row]]] = {
    "账目": _account,
    "责任加重": _heavier,
    "责任减轻": _lighter,
    "变化": _changes,
    "按部门": _departments,
    "合并与拆分": _successions,
    "按相似配对": _pairs,
    "原序号 ↔ 新序号": _renumbering,
    "未注明依据": _uncaused,
    "格式": _layout,
}
