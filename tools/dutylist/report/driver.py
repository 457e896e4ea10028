"""The change of one file as git shows it: whose it is, then each change with 修改前 and 修改后, or line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from dutylist.model.base import Stored
from dutylist.model.change import Burden, Change, ChangeKind
from dutylist.model.duty import BaseDuty
from dutylist.model.township import Ledger, Township
from dutylist.model.vocabulary import Categories, Departments
from dutylist.report.change_fields import field_words
from dutylist.report.change_pieces import pieces
from dutylist.report.change_words import burden
from dutylist.report.described import described
from dutylist.report.plain import plain

_BOLD, _RED, _GREEN, _CYAN = "1", "31", "32", "36"
_MARKS = {"-": ("[-", "-]", _RED), "+": ("{+", "+}", _GREEN), "=": ("", "", "")}
_BURDENS = {Burden.HEAVIER: "1;31", Burden.LIGHTER: "1;32", Burden.NEUTRAL: ""}
_WHOLE = {"+": (ChangeKind.ADDED, "新增文件"), "-": (ChangeKind.RETIRED, "删去文件")}
_SINGLE: dict[type[Stored], str] = {
    Township: "乡镇信息",
    Ledger: "编号台账",
    Categories: "类别词表",
    Departments: "部门词表",
}


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file on both sides: its paths, what git says of it besides, its texts and records; None where it is not.

    `problem` says why a side has no record though it has a text.
    """

    was: str
    now: str
    note: str
    texts: tuple[str, str]
    old: Stored | None
    new: Stored | None
    problem: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours text, or leaves it as it is."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if style and text and self.colour else text


def write(view: FileChange, *, colour: bool) -> str:
    """The path of the file on both sides, then what changed in it."""
    ink = Ink(colour)
    path = plain(view.now) if view.was == view.now else f"{plain(view.was)} → {plain(view.now)}"
    return "".join(f"{line}\n" for line in (ink(_BOLD, path), *filter(None, [view.note]), *_body(view, ink)))


def _body(view: FileChange, ink: Ink) -> Iterator[str]:
    before, after = view.texts
    if view.problem:
        yield plain(view.problem)
        yield from _line_by_line(before, after, ink)
    elif view.old is None or view.new is None or _name(view.old) != _name(view.new):
        yield from _whole(view, view.old, "-", ink)
        yield from _whole(view, view.new, "+", ink)
    elif view.changes:
        yield _title(view.new)
        yield from (line for change in view.changes for line in (_what(change, ink), *_sides(change, ink)))
    elif before != after:
        yield _title(view.new)
        yield "  内容没有变化，只是书写形式不同："
        yield from _line_by_line(before, after, ink)


def _name(value: Stored) -> str:
    """What is the same in one record at two times: git takes a file that is gone and one like it for a rename."""
    return value.id if isinstance(value, BaseDuty) else type(value).__name__


def _title(value: Stored) -> str:
    """What a file is about: a duty's id, name and list, or which of the single files it is."""
    if isinstance(value, BaseDuty):
        return f"{value.id} {plain(value.name)} · {value.kind.label}"
    return _SINGLE[type(value)]


def _whole(view: FileChange, value: Stored | None, sign: str, ink: Ink) -> Iterator[str]:
    """A file that is new (`+`) or gone (`-`): what that means, then all that it says or said."""
    if value is None:
        return
    kind, otherwise = _WHOLE[sign]
    mine = [change for change in view.changes if change.kind is kind]
    yield _title(value)
    yield from [_what(change, ink) for change in mine] or [f"  {ink(_BOLD, otherwise)}"]
    yield from (ink(_MARKS[sign][2], f"{sign} {line}") for line in described(value).splitlines())


def _what(change: Change, ink: Ink) -> str:
    """What happened, how much it means, what it does to the township, and where."""
    kind, weight = change.kind.facts.label, change.weight.label
    said = [ink(_BOLD, kind), "" if weight == kind else weight, ink(_BURDENS[change.burden], burden(change))]
    return "  " + "  ".join(filter(None, [*said, field_words(change.field)]))


def _sides(change: Change, ink: Ink) -> Iterator[str]:
    """The text before and after, each with its own marks."""
    for label, sign, text in (("修改前", "-", change.before), ("修改后", "+", change.after)):
        if text is not None:
            marked = (_marked(*piece, ink) for piece in pieces(change) if piece[0] in ("=", sign))
            first, *others = "".join(marked).split("\n")
            yield f"    {label}  {first}"
            yield from (f"            {line}" for line in others)


def _marked(sign: str, text: str, ink: Ink) -> str:
    """A piece with its marks; those of several lines stand on each of them, since pagers forget colours at its end."""
    opening, closing, style = _MARKS[sign]
    lines = (plain(line) for line in text.split("\n"))
    return "\n".join(ink(style, f"{opening}{line}{closing}") if line else "" for line in lines)


def _line_by_line(before: str, after: str, ink: Ink) -> Iterator[str]:
    """The two texts as an ordinary difference."""
    styles = {"-": _RED, "+": _GREEN, "@": _CYAN}
    lines = unified_diff(_shown(before), _shown(after), "修改前", "修改后", lineterm="")
    for number, line in enumerate(lines):
        yield ink(_BOLD if number < 2 else styles.get(line[0], ""), line)


def _shown(text: str) -> list[str]:
    """The lines of a text; what ends one otherwise than usual, or not at all, is named."""
    lines = [plain(line.replace("\r", "⟨CR⟩")) for line in text.split("\n")]
    return lines[:-1] if not lines[-1] else [*lines[:-1], f"{lines[-1]}⟨文件末尾没有换行⟩"]
