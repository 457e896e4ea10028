"""Applies the fixes of findings to the text of files, edit by edit, so that all else stays as it was."""

from collections.abc import Iterable

from dutylist.model import faults
from dutylist.model.canonical import escaped
from dutylist.model.finding import Edit, Finding
from dutylist.store.place import Source
from dutylist.store.read import text_of
from dutylist.store.snapshot import Snapshot

Span = tuple[int, int, str]


def fixed(snapshot: Snapshot, findings: Iterable[Finding], *, unsafe: bool = False) -> dict[str, bytes]:
    """The new contents of the files that the findings' fixes change; `unsafe` takes those too that change meaning.

    Edits that overlap an earlier one wait for the next round: callers check again and apply until nothing changes.
    """
    wanted = [finding for finding in findings if finding.fix and (finding.fix.safe or unsafe)]
    commented = {finding.spot.path for finding in findings if finding.code == faults.COMMENT.code}
    by_path: dict[str, list[Edit]] = {}
    for finding in wanted:
        for edit in finding.fix.edits if finding.fix else ():
            # Writing a whole file anew would lose its comments.
            if not (edit.whole and edit.spot.path in commented):
                by_path.setdefault(edit.spot.path, []).append(edit)
    contents = snapshot.read(by_path)
    return {path: _edited(text_of(content), by_path[path]).encode() for path, content in contents}


def span_and_text(source: Source, edit: Edit) -> Span:
    """An edit as offsets into the file's text and what is written there, escaped where it stands in a basic string."""
    if edit.whole:
        return 0, len(source.text), edit.text
    start, end = source.span(edit.spot)
    if edit.spot.field is None:
        return start, end, edit.text
    if edit.spot.start is not None:
        return start, end, escaped(edit.text)
    quote = source.text[start : start + 1]
    return (start + 1, end - 1, escaped(edit.text)) if quote in ('"', "'") else (start, end, edit.text)


def _edited(text: str, edits: list[Edit]) -> str:
    source = Source(text)
    parts = [edit for edit in edits if not edit.whole]
    spans = sorted(span_and_text(source, edit) for edit in parts or edits[:1])
    result, at = "", 0
    for start, end, new in spans:
        if start >= at:
            result += text[at:start] + new
            at = end
    return result + text[at:]
