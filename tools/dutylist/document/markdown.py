"""The list as Markdown: load and dump of a whole document."""

import re
from collections.abc import Iterator

from dutylist.document.blocks import Block, Cell, Table
from dutylist.document.columns import Column, PrintedList, printed
from dutylist.document.loaded import Loaded, Notebook
from dutylist.document.markup import escape, read_cell, split_row, unescape, write_cell
from dutylist.document.reading import load_blocks
from dutylist.errors import DutyListError
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.township import Township
from dutylist.model.vocabulary import Departments

_DELIMITER = re.compile(r":?-+:?")
_HASHES = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"\*\*(.+)\*\*")
_LINE_MARK = re.compile(r"^([0-9]+)([.)])|^([#+-])")


def load(text: str, vocabulary: Departments) -> Loaded:
    """The document in a Markdown text. Raises a `DutyListError` as `load_blocks` does."""
    return load_blocks(_blocks(text.removeprefix("\ufeff").replace("\r\n", "\n")), vocabulary)


def _blocks(text: str) -> Iterator[Block]:
    """Every line outside a table is a paragraph; lines that begin with | are a table."""
    rows: list[tuple[Cell, ...]] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("|"):
            cells = split_row(line)
            start = start if rows else number
            if len(rows) != 1 or not all(map(_DELIMITER.fullmatch, cells)):
                rows.append(tuple(map(read_cell, cells)))
            continue
        if rows:
            yield Table(f"第 {start} 行起的表格", tuple(rows))
            rows = []
        if line.strip():
            yield _shown(line.strip())


def _shown(line: str) -> str:
    """A paragraph's text without the marks of a heading or of bold type."""
    line = _HASHES.sub("", line)
    bold = _BOLD.fullmatch(line)
    return unescape(bold[1] if bold else line)


def dump(library: Library, folder: TownshipFolder) -> str:
    """A township's document. Raises a `DutyListError` where `township.toml` could not be read."""
    if folder.township is None:
        raise DutyListError(f"{folder.path} 缺少或有错，无法导出。", "请先运行 dutylist check 并改正。")
    township, lists = folder.township.value, printed(library, folder)
    blocks = [*_front(township), _contents(lists)]
    for printed_list in lists:
        blocks += [printed_list.title, _table(printed_list)]
    return "\n\n".join(blocks) + "\n"


def _front(township: Township) -> Iterator[str]:
    """Title, date and 说明."""
    place = f"{township.county}{township.name}"
    title = township.title.removeprefix(place)
    lines = [f"{township.province}{township.prefecture or ''}", place if title != township.title else "", title]
    yield "\n".join(_paragraph(line) for line in lines if line)
    if township.published:
        year, month = township.published.split("-")
        yield f"{year}年{int(month)}月"
    yield "说 明"
    for section in township.preface:
        yield from (_paragraph(text) for text in (section.heading, *section.paragraphs) if text)


def _contents(lists: tuple[PrintedList, ...]) -> str:
    lines = [f"| {at}. {one.title} | {len(one.lines)}项 |" for at, one in enumerate(lists, 1)]
    return "\n".join(["目 录\n", "| | |", "|---|---|", *lines])


def _table(printed_list: PrintedList) -> str:
    header = f"| {' | '.join(printed_list.header)} |"
    delimiter = "|---" * len(printed_list.columns) + "|"
    rows = [f"| {' | '.join(map(_cell, printed_list.columns, line.cells))} |" for line in printed_list.lines]
    return "\n".join([header, delimiter, *rows])


def _cell(column: Column, text: str) -> str:
    """A cell's source; text that reading would mend is marked to be taken as it stands."""
    return write_cell(text, exact=column.shape.tidy(text, Notebook()) != text)


def _paragraph(text: str) -> str:
    return _LINE_MARK.sub(r"\1\\\2\3", escape(text.replace("\n", " ")))
