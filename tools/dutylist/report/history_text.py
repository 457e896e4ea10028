"""A duty's life and the origin of its texts for a terminal: columns that fit, what went and what came marked."""

from collections.abc import Iterable, Iterator, Sequence

from dutylist.model.change import Burden, Weight
from dutylist.model.text import cells
from dutylist.report.change_fields import FIELDS, field_words
from dutylist.report.change_lines import Span, fitted, painted
from dutylist.report.change_sides import in_words
from dutylist.report.change_words import why
from dutylist.report.history import (
    BlameLine,
    BlameReport,
    DutyHead,
    LogChange,
    LogEntry,
    LogEvent,
    LogReport,
)
from dutylist.report.plain import plain
from dutylist.report.views import Terminal

_BOLD, _DIM, _COMMIT, _FAULT = "1", "2", "33", "1;31"
_WEIGHTS = {Weight.SUBSTANTIVE: "1;33", Weight.WORDING: "36", Weight.LAYOUT: _DIM}
_BURDENS = {Burden.HEAVIER: "1;31", Burden.LIGHTER: "1;32"}
# Without colour the marks say it: [-删去-]{+增加+}.
_MARKS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_COLOURS = {"=": "", "-": "9;31", "+": "32"}
_SHORT, _DAY = 10, 10
_WIDEST = 16
_GAP = "  "


def log_text(report: LogReport, terminal: Terminal) -> str:
    """What the duty is, then each commit with what it did; a blank line between them."""
    width = max((cells(plain(entry.author)) for entry in report.entries), default=0)
    blocks: list[Iterable[str]] = [_head(report.duty, terminal)]
    blocks += [_entry(report.duty.id, entry, width, terminal) for entry in report.entries]
    return _joined(blocks)


def blame_text(report: BlameReport, terminal: Terminal) -> str:
    """Each printed text behind the commit since which it stands, and below what these commits were for."""
    rows = [_facts(line, report.duty.id) for line in report.lines]
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(len(_COLUMNS))]
    blocks: list[Iterable[str]] = [_head(report.duty, terminal), *_parts(report.lines, rows, widths, terminal)]
    blocks += [_commits(report.lines, terminal)] if report.lines else []
    return _joined(blocks)


def _joined(blocks: Iterable[Iterable[str]]) -> str:
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _head(duty: DutyHead, terminal: Terminal) -> list[str]:
    facts = [duty.kind.label if duty.kind else "", plain(duty.category or ""), plain(duty.path or "")]
    where = " · ".join(filter(None, facts))
    return [
        *fitted([(_BOLD, f"{duty.id}  {plain(duty.name or '（从未读出来）')}")], terminal),
        *fitted([("", where if duty.present else f"已经不在清单中，以下是它最后的样子：{where}")], terminal),
    ]


def _entry(duty: str, entry: LogEntry, width: int, terminal: Terminal) -> Iterator[str]:
    author = plain(entry.author)
    said = [(_COMMIT, entry.commit[:_SHORT]), ("", f"{_GAP}{entry.date[:_DAY]}{_GAP}{author}")]
    yield from fitted([*said, ("", " " * (width - cells(author)) + f"{_GAP}{plain(entry.subject)}")], terminal)
    if entry.merge:
        yield from fitted([(_DIM, "合并分支时的改动")], terminal, 4)
    if entry.cause is not None:
        yield from fitted([("", f"依据：{why(entry.cause)}")], terminal, 4)
    for consulted in _consulted(entry):
        yield from fitted([("", consulted)], terminal, 4)
    for event in entry.events:
        yield from fitted([(_BOLD, _became(event)), ("", _why(event))], terminal, 4)
    for unread in entry.unread:
        yield from fitted(
            [(_FAULT, "读不出来"), ("", f"{_GAP}{plain(unread.path)}：{plain(unread.fault)}")], terminal, 4
        )
    if entry.moved:
        yield from fitted([("", f"移动文件{_GAP}{' → '.join(map(plain, entry.moved))}")], terminal, 4)
    for change in entry.changes:
        yield from _change(duty, change, terminal)
    if not (entry.events or entry.unread or entry.moved or entry.changes):
        yield from fitted([(_DIM, "只是文件的书写形式变了")], terminal, 4)


def _consulted(told: LogEntry | BlameLine) -> Iterator[str]:
    """The leg in which a commit was made, and the opinions that it followed."""
    if told.leg is not None:
        yield f"环节：{plain(told.leg)}"
    for one in told.opinions:
        yield f"意见：{plain(one.author)}（{one.verdict.label}）{plain(one.text)}  {one.id}"


def _became(event: LogEvent) -> str:
    into = f" → {'、'.join(map(plain, event.into))}" if event.into else ""
    return f"{event.kind.label} {'、'.join(map(plain, event.origin))}{into}"


def _why(event: LogEvent) -> str:
    leg = f"；环节：{plain(event.leg)}" if event.leg is not None else ""
    return f"{_GAP}理由：{plain(event.reason)}{leg}"


def _change(duty: str, change: LogChange, terminal: Terminal) -> Iterator[str]:
    """What happened and where; the texts below, each side with what the other does not have marked."""
    other = f"{plain(change.duty)} " if change.duty not in (duty, None) else ""
    said = [(_WEIGHTS[change.weight], f"[{change.weight.label}] {change.kind.facts.label}")]
    said += [("", f"{_GAP}{other}{field_words(change.field)}".rstrip())] if other or change.field else []
    said += [(_BURDENS[change.burden], f"{_GAP}责任{change.burden.label}")] if change.burden in _BURDENS else []
    yield from fitted(said, terminal, 4)
    was, now = in_words(change.kind, change.before, change.after)
    for label, text, sign in (("修改前", was, "-"), ("修改后", now, "+")):
        if text is not None:
            yield from _side(label, text, [one for one in change.diff if one[0] in ("=", sign)], terminal)


def _side(label: str, text: str, diff: Sequence[tuple[str, str]], terminal: Terminal) -> Iterator[str]:
    """One side of a change; a text that is not told character by character keeps its lines."""
    lines = [diff] if diff else [[("=", line)] for line in text.split("\n")]
    for at, pieces in enumerate(lines):
        spans = [_piece(operation, words, terminal) for operation, words in pieces]
        yield from _behind([] if at else [(_DIM, label)], spans, 6, cells(label), terminal)


def _piece(operation: str, text: str, terminal: Terminal) -> Span:
    opening, closing = _MARKS[operation] if not terminal.colour else ("", "")
    return _COLOURS[operation], f"{opening}{plain(text)}{closing}"


def _behind(first: Sequence[Span], spans: Iterable[Span], indent: int, width: int, terminal: Terminal) -> Iterator[str]:
    """Text beside a margin of this width, in which `first` stands on the first line."""
    margin = indent + width + len(_GAP)
    lines = [line[margin:] for line in fitted(spans, terminal, margin)] or [""]
    used = sum(cells(text) for _, text in first)
    begun = " " * indent + "".join(painted(style, text, terminal) for style, text in first)
    yield (begun + " " * (margin - indent - used) + lines[0]).rstrip()
    yield from (" " * margin + line for line in lines[1:])


_COLUMNS = ("commit", "day", "author", "duty", "cause")


def _facts(line: BlameLine, duty: str) -> tuple[str, ...]:
    """The columns before a text; one that is empty everywhere takes no room."""
    other = line.duty if line.duty != duty else ""
    return line.commit[:_SHORT], line.date[:_DAY], _cut(line.author), plain(other), _cut(why(line.cause or ""))


def _cut(text: str) -> str:
    shown = plain(text)
    if cells(shown) <= _WIDEST:
        return shown
    while cells(shown) >= _WIDEST:
        shown = shown[:-1]
    return f"{shown}…"


def _parts(
    lines: Sequence[BlameLine], rows: Sequence[tuple[str, ...]], widths: Sequence[int], terminal: Terminal
) -> Iterator[list[str]]:
    """The texts of each field below its title."""
    shown = [width for width in widths if width]
    margin = sum(shown) + len(_GAP) * (len(shown) - 1)
    block: list[str] = []
    title = ""
    for line, row in zip(lines, rows, strict=True):
        field = line.field.partition("[")[0].partition(".")[0]
        if FIELDS[field] != title:
            title = FIELDS[field]
            if block:
                yield block
            block = [painted(_BOLD, title, terminal)]
        columns = [text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True) if width]
        first = [(_COMMIT, columns[0]), ("", _GAP + _GAP.join(columns[1:]))]
        block += _behind(first, [("", _printed(line))], 0, margin, terminal)
    if block:
        yield block


def _printed(line: BlameLine) -> str:
    """A text with what is printed beside it: the number of a clause, the colon of a heading."""
    text = plain(line.text)
    if line.field.endswith((".department", ".topic")):
        return f"{text}："
    _, _, clause = line.field.partition(".clauses[")
    return f"{int(clause.rstrip(']')) + 1}. {text}" if clause else text


def _commits(lines: Sequence[BlameLine], terminal: Terminal) -> Iterator[str]:
    """The commits named above, newest first: what they said of themselves."""
    yield painted(_BOLD, "提交", terminal)
    commits = {line.commit: line for line in lines}
    for one in sorted(commits.values(), key=lambda line: line.date, reverse=True):
        cause = f"（依据：{why(one.cause)}）" if one.cause is not None else ""
        yield from _behind([(_COMMIT, one.commit[:_SHORT])], [("", plain(one.subject) + cause)], 0, _SHORT, terminal)
        consulted = (said for line in lines if line.commit == one.commit for said in _consulted(line))
        for said in dict.fromkeys(consulted):
            yield from _behind([], [("", said)], 0, _SHORT, terminal)
