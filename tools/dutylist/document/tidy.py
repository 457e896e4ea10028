"""Messy text of a cell to clean text: one paragraph a line, clauses numbered from 1, headings ending in ：."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dutylist.document.cells import is_heading
from dutylist.document.loaded import Notebook
from dutylist.model.note import What
from dutylist.model.text import HAN, HIDDEN, WIDE_PUNCTUATION, shorten

LONGEST_BARE_HEADING = 20

_WIDE = re.compile(rf"[{HAN}{WIDE_PUNCTUATION}]")
_SPACE = re.compile(r"\s")
_ANY_WHITE = re.compile(r"\s+")
_WHITE = re.compile(r"[^\S\n]+")
_RUN = re.compile(r"[,;:?() ]+")
_FULL_WIDTH = str.maketrans(",;:?()", "，；：？（）", " ")
_HALF_OPEN = re.compile(r"\(([^()（）]*)）")
_HALF_CLOSED = re.compile(r"（([^()（）]*)\)")
_NUMBER = re.compile(r"([0-9]{1,3})[.．、](?![0-9]) ?(?=.)")
_NUMBER_AHEAD = re.compile(r"(?<=[ ；;。：:])(?=[0-9]{1,2}[.．、](?![0-9]))")
_STOP_AND_SPACE = re.compile(r"[。；;：:] ")
_HEADING_AHEAD = re.compile(r"[^，。；：！？,;:!?\s]{2,30}[：:](?: |$)")
_NAME = re.compile(r"(?:[（(][^()（）]*[)）]|[^\s、，,；;])+")
_LINE_END = re.compile(r"[。；：，、！？.;:,!?…]$")


def tidy_line(text: str, notes: Notebook) -> str:
    """One line: without hidden characters and white space next to Han, with full-width punctuation next to Han."""
    visible = HIDDEN.sub("", text)
    notes.add(What.NORMALISED, "删去看不见的控制字符", len(text) - len(visible))
    line = _ANY_WHITE.sub(" ", visible.strip())
    clean = _HALF_CLOSED.sub(r"（\1）", _HALF_OPEN.sub(r"（\1）", _RUN.sub(_widen, line)))
    notes.add(What.NORMALISED, "删去多余的空格和换行", len(_SPACE.findall(visible.strip())) - clean.count(" "))
    notes.add(What.NORMALISED, "半角标点改为全角", _half_width(line) - _half_width(clean))
    return clean


def tidy_names(text: str, notes: Notebook) -> str:
    """Departments, one a line, whatever stood between them."""
    return "\n".join(tidy_line(name, notes) for name in _NAME.findall(text))


def tidy_sections(text: str, notes: Notebook) -> str:
    """The paragraphs of a cell: what was run together is parted, numbers run from 1 below each heading."""
    pieces = [piece for line in text.split("\n") for piece in _pieces(_WHITE.sub(" ", line).strip())]
    notes.add(What.NORMALISED, "连写的段落分行", len(pieces) - sum(1 for line in text.split("\n") if line.strip()))
    return "\n".join(_numbered([_segment(piece, notes) for piece in pieces], notes))


def _widen(found: re.Match[str]) -> str:
    """A run of half-width punctuation and spaces: made full width where Han or wide punctuation stands beside it."""
    beside = found.string[found.start() - 1 : found.start()] + found.string[found.end() : found.end() + 1]
    return found.group().translate(_FULL_WIDTH) if _WIDE.search(beside) else found.group()


def _half_width(text: str) -> int:
    return sum(map(text.count, ",;:?()"))


def _pieces(line: str) -> Iterator[str]:
    """Cuts a line before clause numbers, after headings, before headings and after sentences."""
    for numbered in _NUMBER_AHEAD.split(line):
        start = 0
        for stop in _STOP_AND_SPACE.finditer(numbered):
            if _is_cut(numbered, start, stop):
                yield numbered[start : stop.end()].strip()
                start = stop.end()
        if numbered[start:].strip():
            yield numbered[start:].strip()


def _is_cut(line: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a paragraph ends at a stop with white space behind it; behind ； only another heading begins one."""
    mark = stop.group()[0]
    if mark in "：:":
        return stop.start() - start <= 60 and is_heading(line[start : stop.start()].replace(" ", ""))
    return mark == "。" or _HEADING_AHEAD.match(line, stop.end()) is not None


@dataclass(frozen=True, slots=True)
class _Segment:
    """A paragraph and the clause number that it is printed with."""

    number: int | None
    body: str

    @property
    def is_heading(self) -> bool:
        return self.number is None and self.body.endswith("：") and is_heading(self.body[:-1])

    @property
    def is_bare(self) -> bool:
        """Whether it might be a heading whose colon is missing."""
        is_short = self.number is None and len(self.body) <= LONGEST_BARE_HEADING
        return is_short and is_heading(self.body) and not _LINE_END.search(self.body)


def _segment(piece: str, notes: Notebook) -> _Segment:
    number = _NUMBER.match(piece)
    body = tidy_line(piece[number.end() :] if number else piece, notes)
    return _Segment(int(number[1]), body) if number else _Segment(None, body)


def _numbered(segments: list[_Segment], notes: Notebook) -> list[str]:
    """The lines of a cell, clauses numbered anew."""
    lines: list[str] = []
    due = 1
    coming = _upcoming(segments)
    for at, segment in enumerate(segments):
        if segment.number is not None:
            due = 1 if segment.number == 1 else due
            if segment.number != due:
                notes.add(What.NORMALISED, f"第 {due} 条的序号印作 {segment.number}：{_start(segment.body)}")
            lines.append(f"{due}. {segment.body}")
            due += 1
        elif due > 1 and coming[at] == due and not segment.is_heading:
            notes.add(What.GUESSED, f"没有序号的一段并入第 {due - 1} 条：{_start(segment.body)}")
            lines[-1] += segment.body
        else:
            following = segments[at + 1] if at + 1 < len(segments) else None
            lines.append(_unnumbered(segment, following, notes))
            due = 1
    return lines


def _upcoming(segments: list[_Segment]) -> list[int | None]:
    """For each segment the next clause number behind it and before any heading."""
    numbers: list[int | None] = []
    upcoming: int | None = None
    for segment in reversed(segments):
        numbers.append(upcoming)
        if segment.number is not None or segment.is_heading:
            upcoming = segment.number
    return numbers[::-1]


def _unnumbered(segment: _Segment, following: _Segment | None, notes: Notebook) -> str:
    if not segment.is_bare or following is None or following.is_heading:
        return segment.body
    if following.number == 1 or (following.number is None and following.body.endswith(("。", "；"))):
        notes.add(What.GUESSED, f"没有冒号的一段作小标题：{_start(segment.body)}")
        return f"{segment.body}："
    return segment.body


def _start(text: str) -> str:
    return shorten(text, 20)
