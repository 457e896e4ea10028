"""Plain text ↔ Markdown: escapes, table cells, and the HTML that published lists have in them."""

import re
from dataclasses import dataclass, field
from html.entities import html5

from dutylist.document.blocks import Cell
from dutylist.model.note import What
from dutylist.model.text import shorten

# Written before a cell that is to be read back as it stands: no numbering, spacing or punctuation is mended in it.
EXACT = "<!--原样-->"

_SPECIAL = re.compile(r"[\\`*_\[\]~|$]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|&(#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,30});")
_COLUMN = re.compile(r"((?:\\.|[^|])*)(?:\||$)")
_TAG = re.compile(r"\\.|<(!--[^<>]*--|/?[A-Za-z][^<>]*)>")
_ENTRY_END = re.compile(r"(?<=[；;。]) ")
_NUMBERED = re.compile(r"[0-9]{1,3}[.．、]")
_CLOSED = ("p", "ol", "ul", "li")


def escape(text: str) -> str:
    """One line of text, written so that Markdown shows it and `unescape` gives it back."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = "".join(c if c == " " or c.isprintable() else f"&#{ord(c)};" for c in _SPECIAL.sub(r"\\\g<0>", text))
    return re.sub(r"^ | $", "&#32;", text)


def unescape(text: str) -> str:
    """The text that Markdown shows."""
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    mark, entity = found.groups()
    if mark:
        return str(mark)
    if entity.startswith("#"):
        code = int(entity[1:])
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found.group()
    return html5.get(f"{entity};", found.group())


def split_row(line: str) -> list[str]:
    """The source of each cell in a table row."""
    inner = line.strip().removeprefix("|")
    cells = [found[1].strip() for found in _COLUMN.finditer(inner)]
    # Behind the closing | nothing stands, which the pattern sees as one more cell.
    return cells[:-1] if cells and not cells[-1] else cells


def write_cell(text: str, *, exact: bool) -> str:
    """A cell's source: paragraphs with `<br>` between them."""
    return (EXACT if exact else "") + "<br>".join(map(escape, text.split("\n")))


def read_cell(source: str) -> Cell:
    """A cell's text out of its source."""
    if source.startswith(EXACT):
        lines = source.removeprefix(EXACT).split("<br>")
        return Cell("\n".join(map(unescape, lines)), exact=True)
    if "<" not in source:
        return Cell(unescape(source))
    return _Html().cell(source)


@dataclass
class _Html:
    """Reads the tags of one cell in the order in which they stand; none needs to be closed."""

    lines: list[str] = field(default_factory=list)
    remarks: list[tuple[What, str, int]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    waiting: str = ""
    in_list: str = ""
    entries: int | None = None
    """How many `<li>` the list had so far; None where it writes its clauses without."""

    def cell(self, source: str) -> Cell:
        """The cell."""
        end = tags = 0
        for found in _TAG.finditer(source):
            if found[1] is None:
                continue
            self.waiting += source[end : found.start()]
            end = found.end()
            tags += 1
            self._tag(found[1])
        self.waiting += source[end:]
        self._flush()
        if tags:
            self.remarks.append((What.NORMALISED, "去掉标签", tags))
        unclosed = len(self.opened)
        if unclosed:
            names = "、".join(f"<{name}>" for name in dict.fromkeys(self.opened))
            self.remarks.append((What.NORMALISED, f"标签没有闭合：{names}", unclosed))
        return Cell("\n".join(self.lines), remarks=tuple(self.remarks))

    def _tag(self, tag: str) -> None:
        if tag.startswith("!"):
            self.remarks.append((What.HOMELESS, f"注释：{_shown(tag[3:-2])}", 1))
            return
        closing, name = tag.startswith("/"), re.split(r"[\s/]", tag.removeprefix("/"))[0].lower()
        if name not in (*_CLOSED, "br", "div"):
            self.remarks.append((What.UNCLEAR, f"不认识的标签：<{_shown(tag)}>", 1))
            return
        self._flush()
        if closing:
            self._close(name)
        elif name in _CLOSED:
            self._open(name)

    def _open(self, name: str) -> None:
        self.opened.append(name)
        if name in ("ol", "ul"):
            self.in_list, self.entries = name, None
        elif name == "li":
            self.entries = (self.entries or 0) + 1
        elif self.entries is None:
            # A paragraph ends the list before it, unless it stands in an entry: published lists never close theirs.
            self.in_list = ""

    def _close(self, name: str) -> None:
        if name in self.opened:
            self.opened.remove(name)
        if name in ("ol", "ul"):
            self.in_list, self.entries = "", None

    def _flush(self) -> None:
        text, self.waiting = unescape(self.waiting).strip(), ""
        if not text:
            return
        if self.in_list != "ol" or _NUMBERED.match(text):
            self.lines.append(text)
        elif self.entries is None:
            clauses = _ENTRY_END.split(re.sub(r"\s+", " ", text))
            self.lines += [f"{number}. {clause}" for number, clause in enumerate(clauses, 1)]
            self.remarks.append((What.GUESSED, "列表没有序号，按分号和句号后的空格分条", len(clauses)))
        else:
            self.lines.append(f"{self.entries}. {text}")


def _shown(text: str) -> str:
    return shorten(text.strip(), 40)
