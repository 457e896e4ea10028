"""One file of a library read by itself: one side of a change, or a copy that git made elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, DUTIES, LEDGER_FILE, TOWNSHIP_FILE, Library
from dutylist.model.record import Record
from dutylist.store.place import locate
from dutylist.store.read import LARGEST, read
from dutylist.store.snapshot import Memory

UNKNOWN = "?"

_IN_LIBRARY = re.compile(rf"((?:.*/)?)((?:{DUTIES}/[^/]+(?:/[^/]+)?|schema/vocabulary)/[^/]+\.toml)", re.DOTALL)
# Where a line with a marker of a conflict leads, by where it stands.
_TURNS = {
    ("both", "<<<<<<<"): "ours",
    ("ours", "|||||||"): "base",
    ("ours", "======="): "theirs",
    ("base", "======="): "theirs",
    ("theirs", ">>>>>>>"): "both",
}
_SINGLE = {
    TOWNSHIP_FILE: f"{DUTIES}/{UNKNOWN}/{TOWNSHIP_FILE}",
    LEDGER_FILE: f"{DUTIES}/{UNKNOWN}/{LEDGER_FILE}",
    "categories.toml": CATEGORIES_FILE,
    "departments.toml": DEPARTMENTS_FILE,
}


@dataclass(frozen=True, slots=True)
class Lone:
    """A file on its own: its path, its bytes (None: there is none), a library that holds it, its record or why not.

    A file with comments has no record here: what a record says would leave them out.
    """

    path: str
    content: bytes | None
    library: Library
    record: Record[Any] | None = None
    problem: str = ""


def read_lone(path: str, content: bytes | None, beside: Mapping[str, bytes]) -> Lone:
    """What the file at `path` in its library says, with the files `beside` it there."""
    files = {name: text for name, text in beside.items() if name != path}
    library, findings = read(snapshot := Memory(files if content is None else {**files, path: content}))
    record = next((record for record in library.records() if record.path == path), None)
    if record is not None and record.commented:
        return Lone(path, content, library, problem="文件中有注释。")
    if record is not None or content is None:
        return Lone(path, content, library, record)
    # The last finding is the one that ended the reading; hidden files are not even looked at.
    last = locate([finding for finding in findings if finding.spot.path == path][-1:], snapshot)
    why = f"第 {last[0].place.line} 行：{last[0].message}" if last else "它不是清单库的文件。"
    return Lone(path, content, library, problem=f"读不出内容，{why}")


def place_in_library(path: str) -> tuple[str, str]:
    """Where the library lies (empty or ending in `/`), and the path in it; what the path does not say is `?`.

    Of a copy that git made, and below a folder that git was asked to count from, only the end of the path is left.
    """
    found = _IN_LIBRARY.fullmatch(path)
    if found:
        return found.group(1), found.group(2)
    name = PurePosixPath(path).name
    single = next((whole for file, whole in _SINGLE.items() if name.endswith(file)), None)
    return "", single or f"{DUTIES}/{UNKNOWN}/{UNKNOWN}/{name}"


def vocabularies(root: Path) -> dict[str, bytes]:
    """The vocabularies of the library at `root`, as far as there are any."""
    found = {}
    for path in (CATEGORIES_FILE, DEPARTMENTS_FILE):
        file = root / path
        if file.is_file() and file.stat().st_size <= LARGEST:
            found[path] = file.read_bytes()
    return found


@dataclass(frozen=True, slots=True)
class Conflict:
    """The two sides of a file that git could not merge, and what git calls them."""

    ours: bytes
    theirs: bytes
    labels: tuple[str, str]


def conflict_in(text: str) -> Conflict | None:
    """The sides that a text with conflict markers was made from; None where there are none."""
    lines: dict[str, list[str]] = {"ours": [], "base": [], "theirs": []}
    labels: dict[str, str] = {}
    where = "both"
    for line in text.split("\n"):
        turn = _TURNS.get((where, line[:7]))
        if turn:
            where = turn
            labels[turn] = line[7:].strip()
        else:
            for side in ("ours", "theirs") if where == "both" else (where,):
                lines[side].append(line)
    if where != "both" or not labels:
        return None
    ours, theirs = ("\n".join(lines[side]).encode() for side in ("ours", "theirs"))
    return Conflict(ours, theirs, (labels["ours"], labels["both"]))
