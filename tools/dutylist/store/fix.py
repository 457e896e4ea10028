"""Applies the fixes of findings to the text of files, edit by edit, so that all else stays as it was."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace

import toml_rs

from dutylist.model.canonical import escaped
from dutylist.model.finding import Edit, Finding, Fix
from dutylist.store.place import Source
from dutylist.store.read import text_of
from dutylist.store.snapshot import Snapshot

Span = tuple[int, int, str]

_NOT_IN_LITERALS = re.compile(r"['\x00-\x1f\x7f]")


def fixed(snapshot: Snapshot, findings: Iterable[Finding], *, unsafe: bool = False) -> dict[str, bytes]:
    """The new contents of the files that the findings' fixes change; `unsafe` takes those too that change meaning.

    A fix is applied with all its edits or not at all. One that overlaps an earlier one is left out: callers check again
    and apply until nothing changes.
    """
    fixes = [finding.fix for finding in findings if finding.fix and (finding.fix.safe or unsafe)]
    sources = _sources(snapshot, fixes)
    taken: dict[str, list[Span]] = {path: [] for path in sources}
    # Edits of single places go first: what writes a whole file anew knows nothing of them.
    for fix in sorted(fixes, key=lambda fix: any(edit.whole for edit in fix.edits)):
        _take(fix, sources, taken)
    return {path: _edited(sources[path].text, spans).encode() for path, spans in taken.items() if spans}


def span_and_text(source: Source, edit: Edit) -> Span:
    """An edit as offsets into the file's text and what is written there, quoted and escaped as the place needs it."""
    if edit.whole:
        return 0, len(source.text), edit.text
    start, end = source.span(edit.spot)
    if edit.spot.field is None:
        return start, end, edit.text
    value = source.span(replace(edit.spot, start=None, end=None))
    raw = source.text[slice(*value)]
    if edit.spot.start is None:
        return _in_place_of(raw, start, end, edit.text)
    if not raw.startswith("'"):
        return start, end, escaped(edit.text)
    if not _NOT_IN_LITERALS.search(edit.text):
        return start, end, edit.text
    old = toml_rs.loads(f"value = {raw}")["value"]
    return _in_place_of(raw, *value, old[: edit.spot.start] + edit.text + old[edit.spot.end :])


def _in_place_of(raw: str, start: int, end: int, text: str) -> Span:
    """`text` instead of a whole value, which is a string in quotes of any kind, or bare."""
    if raw.startswith(('"""', "'")):
        return start, end, f'"{escaped(text)}"'
    return (start + 1, end - 1, escaped(text)) if raw.startswith('"') else (start, end, text)


def _sources(snapshot: Snapshot, fixes: Iterable[Fix]) -> dict[str, Source]:
    paths = dict.fromkeys(edit.spot.path for fix in fixes for edit in fix.edits)
    return {path: Source(text_of(content)) for path, content in snapshot.read(paths)}


def _take(fix: Fix, sources: Mapping[str, Source], taken: Mapping[str, list[Span]]) -> None:
    """Adds the edits of a fix to those of their files, sorted, unless one of them overlaps another."""
    mine = [(edit.spot.path, span_and_text(sources[edit.spot.path], edit)) for edit in fix.edits]
    if all(_is_free(taken[path], span) for path, span in mine):
        for path, span in mine:
            taken[path].insert(bisect_left(taken[path], span), span)


def _is_free(spans: list[Span], new: Span) -> bool:
    at = bisect_left(spans, new)
    ends_before = at == 0 or (spans[at - 1][1] <= new[0] and spans[at - 1][0] < new[0])
    return ends_before and (at == len(spans) or (new[1] <= spans[at][0] and new[0] < spans[at][0]))


def _edited(text: str, spans: Iterable[Span]) -> str:
    result, at = "", 0
    for start, end, new in spans:
        result += text[at:start] + new
        at = end
    return result + text[at:]
