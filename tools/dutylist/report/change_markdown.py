"""Changes as Markdown that fits a pull-request comment: a table for each part, as long as there is room."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dutylist.model.change import Burden, Change
from dutylist.model.duty import KIND_LABELS
from dutylist.model.text import shorten
from dutylist.report import change_words as words
from dutylist.report.change_groups import ListChanges, RuleChanges
from dutylist.report.change_pieces import shortened
from dutylist.report.changes import ChangeReport
from dutylist.report.markdown import LONGEST
from dutylist.report.markdown_table import LONGEST_CELL, Row, Table, cell, fitted, length
from dutylist.report.template import markdown_escape, render

# What stands around the rows of a table, and around all tables.
_FRAME, _OPENING = 200, 4_000
_TAGS = {"=": ("", ""), "-": ("<del>", "</del>"), "+": ("<ins>", "</ins>")}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: how it is told, how much room it may take, and whether it is folded away at first."""

    title: str
    head: Row
    rows: Callable[[ChangeReport], Iterator[Row]]
    room: int
    folded: bool = False


def write(view: ChangeReport, longest: int = LONGEST) -> str:
    """The report, `longest` characters at most: the changes take what room the other parts leave."""
    first, last = (
        [fitted(part.title, part.head, part.rows(view), part.room * longest // LONGEST, part.folded) for part in parts]
        for parts in (_BEFORE, _AFTER)
    )
    changes = list(_changes(view, longest - _OPENING - sum(map(_size, (*first, *last)))))
    tables = [*first, *changes, *last]
    return render(
        "changes.md.j2",
        view=view,
        words=words,
        tables=[table for table in tables if table.rows],
        left_out=sum(table.left_out for table in tables),
    )


def _changes(view: ChangeReport, room: int) -> Iterator[Table]:
    for group in view.lists:
        title = f"{cell(words.list_title(group))}（{group.count}）"
        table = fitted(title, _CHANGE_HEAD, _rows(group, view.rules), room - _FRAME)
        room -= _size(table)
        yield table


def _size(table: Table) -> int:
    return _FRAME + len(table.title) + sum(map(length, table.rows)) if table.rows else 0


def _rows(group: ListChanges, titles: Mapping[str, str]) -> Iterator[Row]:
    """A line a change; what is the same as in the line above is not said again."""
    for category in group.categories:
        said = cell(category.category or "")
        for duty in category.duties:
            numbers = words.numbers(duty.first.number_before, duty.first.number_after) if duty.duty else ""
            title = cell(words.duty_title(duty))
            for change in duty.changes:
                yield said, numbers, title, _what(change, titles), "".join(_diff(change)), cell(words.cause(change))
                said = numbers = title = ""


def _what(change: Change, titles: Mapping[str, str]) -> str:
    said = f"{change.weight.label}：{change.kind.facts.label}", words.field(change), words.burden(change, titles)
    return "<br>".join(cell(text) for text in (*said, words.several(change)) if text)


def _diff(change: Change) -> Iterator[str]:
    room = LONGEST_CELL
    for operation, text in shortened(change):
        opening, closing = _TAGS[operation]
        lines = map(markdown_escape, shorten(text, room).split("\n"))
        yield opening + "<br>".join(lines) + closing
        room -= len(text)
        if room <= 0:
            return


def _account(view: ChangeReport) -> Iterator[Row]:
    for row in view.account:
        counts = ((name, getattr(row, name)) for _, _, name in words.TERMS)
        told = [str(count) if count or name in ("before", "after") else "" for name, count in counts]
        yield cell(row.township), KIND_LABELS[row.kind], cell(row.category or ""), *told


def _felt(view: ChangeReport, burden: Burden, groups: Iterable[RuleChanges]) -> Iterator[Row]:
    """A line a change; its rule is not said again where it is that of the line above."""
    for group in groups:
        said = cell(words.rule(group.rule, burden, view.rules))
        for change in group.changes:
            yield said, cell(words.duty_name(change)), cell(words.happened(change))
            said = ""


def _departments(view: ChangeReport) -> Iterator[Row]:
    for one in view.departments:
        counts = one.changes, one.substantive, one.heavier, one.lighter
        yield cell(one.name), *(str(count) if count else "" for count in counts)


def _successions(view: ChangeReport) -> Iterator[Row]:
    for one in view.successions:
        yield cell(words.succession(one)), cell(words.told_of(one)), "", ""
        for fate in one.clauses:
            yield "", cell(words.origin(fate)), cell(words.excerpt(fate.text)), cell(words.standing(fate))


def _pairs(view: ChangeReport) -> Iterator[Row]:
    for pair in view.doubtful:
        said = "已采用" if pair.taken else "建议"
        yield said, cell(pair.township), cell(pair.before), cell(pair.after), words.percent(pair.likeness)


def _renumbering(view: ChangeReport) -> Iterator[Row]:
    for group in view.renumbering:
        place = cell(f"{group.township} {KIND_LABELS[group.kind]}")
        for run in group.runs:
            yield place, *words.run_numbers(run), cell(words.run_duties(run))
            place = ""


def _uncaused(view: ChangeReport) -> Iterator[Row]:
    for group in view.uncaused:
        yield cell(words.duty_title(group)), cell(words.fields_of(group))


_CHANGE_HEAD = ("类别", "序号", "事项", "变化", "内容", "依据")
_BEFORE = (
    Part(
        "账目",
        ("乡镇", "清单", "类别", *(f"{sign} {label}".strip() for label, sign, _ in words.TERMS)),
        _account,
        8_000,
    ),
    Part("责任加重", ("规则", "事项", "变化"), lambda view: _felt(view, Burden.HEAVIER, view.heavier), 8_000),
    Part("责任减轻", ("规则", "事项", "变化"), lambda view: _felt(view, Burden.LIGHTER, view.lighter), 4_000),
)
_AFTER = (
    Part("按部门", ("部门", "变化", "实质", "加重", "减轻"), _departments, 4_000, folded=True),
    Part("合并与拆分", ("编号", "原来", "文字", "现在"), _successions, 6_000, folded=True),
    Part("按相似配对", ("", "乡镇", "修改前", "修改后", "相似"), _pairs, 3_000, folded=True),
    Part("原序号 ↔ 新序号", ("清单", "原序号", "新序号", "编号"), _renumbering, 4_000, folded=True),
    Part("未注明依据", ("事项", "变化"), _uncaused, 4_000, folded=True),
)
