"""Line and column of a finding, computed only for files that have one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import toml_rs

from dutylist.model.canonical import escaped
from dutylist.model.finding import FIRST_LINE, FieldPath, Finding, Place, Spot, sort_key
from dutylist.model.record import Record
from dutylist.store.read import LARGEST, text_of
from dutylist.store.snapshot import Snapshot

_HEADER = re.compile(r"^[ \t]*\[+[ \t]*([^\[\]\n]+?)[ \t]*\]+", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[ \t]*\r?\n\s*|.)", re.DOTALL)


def locate(findings: Iterable[Finding], snapshot: Snapshot) -> list[Finding]:
    """The same findings with their places, sorted as they are shown."""
    every = list(findings)
    return locate_in(every, sources(every, snapshot))


def sources(findings: Iterable[Finding], snapshot: Snapshot) -> "dict[str, Source]":
    """The text of each file that has a finding, those left out that are no readable files."""
    readable = {item.path for item in snapshot.items() if item.link is None and 0 <= item.size <= LARGEST}
    wanted = {finding.spot.path: None for finding in findings if finding.spot.path in readable}
    return {path: Source(text_of(content)) for path, content in snapshot.read(wanted)}


def locate_in(findings: Iterable[Finding], texts: "dict[str, Source]") -> list[Finding]:
    """The same findings with their places in these texts; without a text it is the first line."""

    def placed(finding: Finding) -> Finding:
        text = texts.get(finding.spot.path)
        return replace(finding, place=text.place(finding.spot)) if text else finding

    return sorted(map(placed, findings), key=sort_key)


def places_of(
    spots: Iterable[Spot], records: Mapping[str, Record[Any]], contents: Mapping[str, bytes]
) -> dict[Spot, Place]:
    """Where spots are in these files, whose records are given; files as they should be are not parsed for it."""
    texts: dict[str, str] = {}
    parsed: dict[str, Source] = {}
    found = {}
    for spot in spots:
        text = texts.get(spot.path) or texts.setdefault(spot.path, text_of(contents[spot.path]))
        place = _canonical_place(text, spot.field or (), records[spot.path].value)
        if place is None:
            source = parsed.get(spot.path) or parsed.setdefault(spot.path, Source(text))
            place = source.place(spot)
        found[spot] = place
    return found


def _canonical_place(text: str, field: FieldPath, value: Any) -> Place | None:
    """The place of a text as the canonical form has it, on a line of its own; None where that is not what is there."""
    if not field:
        return FIRST_LINE
    at = 0
    if len(field) > 2:
        table, index, *field_inside = field
        value = getattr(value, str(table))[index]
        for _ in range(int(index) + 1):
            at = text.find(f"\n[[{table}]]\n", at) + 1
        field = tuple(field_inside)
    key, *element = field
    value = getattr(value, str(key), None)
    at = text.find(f"\n{key} = ", at) + len(f"\n{key} = ")
    if element and isinstance(value, tuple):
        value = value[int(element[0])]
        for _ in range(int(element[0]) + 1):
            at = text.find("\n", at) + 1
        at += len("  ")
    shown = f'"{escaped(value)}"' if isinstance(value, str) else ""
    if not shown or not text.startswith(shown, at):
        return None
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Place(line, column, line, column + len(shown))


class Source:
    """One file's text, in which spots are found; its nodes are parsed once, when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._nodes: Any = None
        self._characters: dict[tuple[int, int], list[int]] = {}

    def place(self, spot: Spot) -> Place:
        """Where a spot is: a missing field falls back to its table, an unreadable text to the first line."""
        return self.place_of(*self.span(spot))

    def place_of(self, start: int, end: int) -> Place:
        """The place of two offsets into the text."""
        return Place(*self._position(start), *self._position(end))

    def span(self, spot: Spot) -> tuple[int, int]:
        """A spot as offsets into the text."""
        if spot.field is None:
            return spot.start or 0, spot.end or spot.start or 0
        for size in range(len(spot.field), 0, -1):
            found = self._find(spot.field[:size])
            if found and size == len(spot.field) and spot.start is not None:
                return self._inside(found, spot.start, spot.end if spot.end is not None else spot.start)
            if found:
                return found
        return 0, 0

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def _offset(self, line: int, byte_column: int) -> int:
        """toml-rs counts columns in bytes from 1; here they become characters."""
        start = self.starts[line - 1]
        stop = self.starts[line] if line < len(self.starts) else len(self.text)
        return start + len(self.text[start:stop].encode()[: byte_column - 1].decode("utf-8", "ignore"))

    def _find(self, path: FieldPath) -> tuple[int, int] | None:
        """The span of the value at a path; of the key or header for a table."""
        node = self._parsed()
        for step in path:
            inside = node.get("value") if _is_node(node) else node
            try:
                node = inside[step]
            except (KeyError, IndexError, TypeError):
                return None
        if _is_node(node):
            return self._span_of(node)
        return self._header(path)

    def _parsed(self) -> Any:
        if self._nodes is None:
            try:
                self._nodes = toml_rs.load_with_metadata(self.text).meta["nodes"]
            except (toml_rs.TOMLDecodeError, ValueError):
                self._nodes = {}
        return self._nodes

    def _span_of(self, node: dict[str, Any]) -> tuple[int, int]:
        line = node["value_line"] if "value_line" in node else node["key_line"]
        column = node["value_col"] if "value_col" in node else node["key_col"]
        start = self._offset(_first(line), _first(column))
        raw = node.get("value_raw", "")
        # Long arrays are marked by their key alone: a finding about all of them need not underline every line.
        if "\n" in raw and raw.startswith("[") and "key_line" in node:
            key = self._offset(_first(node["key_line"]), _first(node["key_col"]))
            return key, key + len(node["key_raw"])
        return start, start + len(raw)

    def _header(self, path: FieldPath) -> tuple[int, int] | None:
        """A `[table]` has no node of its own; its header is looked up in the text."""
        name = ".".join(str(step) for step in path)
        for found in _HEADER.finditer(self.text):
            if re.sub(r"[\s\"']", "", found.group(1)) == name:
                return found.span()
        return None

    def _inside(self, span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
        """Offsets of the characters `start` to `end` of the string value whose source is `span`."""
        if span not in self._characters:
            self._characters[span] = _characters(self.text, *span)
        offsets = self._characters[span]
        start, end = (min(at, len(offsets) - 1) for at in (start, end))
        if end <= start:
            return offsets[start], offsets[start]
        # Not where the next character begins: a line that goes on below stays as it is.
        return offsets[start], _behind(self.text, offsets[end - 1], self.text[span[0]])


def _characters(text: str, start: int, stop: int) -> list[int]:
    """Where each character of the string begins whose source lies between two offsets; last where it ends."""
    long = text[start : start + 3] in ('"""', "'''")
    at, end = (start + 3, stop - 3) if long else (start + 1, stop - 1)
    if long:
        at += text.startswith("\r", at)
        at += text.startswith("\n", at)
    offsets = []
    while at < end:
        behind = _behind(text, at, text[start])
        if not (text[at] == "\\" and text[at + 1 : behind].isspace()):
            offsets.append(at)
        at = behind
    return [*offsets, end]


def _behind(text: str, at: int, quote: str) -> int:
    """Where the character at an offset ends, or the escape that stands for it; `quote` begins the string."""
    escape = _ESCAPE.match(text, at) if quote == '"' and text[at] == "\\" else None
    if escape:
        return escape.end()
    return at + (2 if text.startswith("\r\n", at) else 1)


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and ("value_raw" in node or "key_raw" in node)


def _first(value: int | tuple[int, int]) -> int:
    return value if isinstance(value, int) else value[0]
