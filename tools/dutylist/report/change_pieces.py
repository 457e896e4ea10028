"""The text of a change as pieces that stand on both sides, only before or only after, whole or shortened."""

from collections.abc import Iterator

from dutylist.model.change import Change, ChangeKind, Pieces
from dutylist.model.text import shorten
from dutylist.report.change_sides import in_words

_CONTEXT = 16
# Of a text that is the same on both sides as much as tells which one it is.
_SAME = 60
_WHOLE = (ChangeKind.ADDED, ChangeKind.RETIRED, ChangeKind.MERGED, ChangeKind.SPLIT)
# One side of these is a text that came or went, the other says in words where to or from.
_RELATED = {ChangeKind.MERGED: ("-", "="), ChangeKind.SPLIT: ("=", "+")}


def pieces(change: Change) -> Pieces:
    """All of the text; a change without a difference of characters is told as a whole."""
    if change.diff:
        return change.diff
    was, now = in_words(change.kind, change.before, change.after)
    return _piece("=", now) if was == now else _piece("-", was) + _piece("+", now)


def both_sides(change: Change) -> tuple[Pieces, Pieces]:
    """All of the text as it stood before and as it stands now; marked is what differs between versions of one text."""
    if change.diff:
        was = tuple(piece for piece in change.diff if piece[0] != "+")
        return was, tuple(piece for piece in change.diff if piece[0] != "-")
    before, after = in_words(change.kind, change.before, change.after)
    alone = before is None or after is None
    signs = _RELATED.get(change.kind, ("-", "+") if alone else ("=", "="))
    return _piece(signs[0], before), _piece(signs[1], after)


def is_alone(change: Change) -> bool:
    """Whether a whole duty came or went, of which the other side says nothing."""
    return change.kind in (ChangeKind.ADDED, ChangeKind.RETIRED)


def shortened(change: Change) -> Pieces:
    """The change in one run: what differs, with as much around it as a reader needs."""
    if change.diff:
        return tuple(_shortened(change.diff))
    was, now = both_sides(change)
    if was == now or change.kind is ChangeKind.SECTION_MOVED:
        return tuple((operation, shorten(text, _SAME)) for operation, text in now)
    if change.kind in _RELATED and was and now:
        told, text = (now, was) if change.kind is ChangeKind.MERGED else (was, now)
        return (*told, ("=", "\n"), *_beyond_name(change, text))
    return (*was, ("=", " → "), *now) if was and now else _beyond_name(change, was + now)


def lines(some: Pieces) -> Iterator[Pieces]:
    """The pieces of each line."""
    line: Pieces = ()
    for operation, text in some:
        first, *others = text.split("\n")
        line += _piece(operation, first)
        for other in others:
            yield line
            line = _piece(operation, other)
    yield line


def _piece(operation: str, text: str | None) -> Pieces:
    return ((operation, text),) if text else ()


def _beyond_name(change: Change, text: Pieces) -> Pieces:
    """The text of a whole duty without its name, which the title says; any other as it is."""
    if change.kind not in _WHOLE:
        return text
    parted = ((operation, said, *said.partition("\n")) for operation, said in text)
    left = ((operation, rest if name == change.name else said) for operation, said, name, _, rest in parted)
    return tuple(piece for piece in left if piece[1])


def _shortened(whole: Pieces) -> Iterator[tuple[str, str]]:
    for number, (operation, text) in enumerate(whole):
        head = _CONTEXT if number > 0 else 0
        tail = _CONTEXT if number < len(whole) - 1 else 0
        if operation == "=" and len(whole) > 1 and len(text) > head + tail + 1:
            text = text[:head] + "…" + text[len(text) - tail :]
        yield operation, text
