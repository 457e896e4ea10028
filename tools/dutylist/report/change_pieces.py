"""The text of a change as pieces that stand on both sides, only before or only after, whole or shortened."""

from collections.abc import Iterator

from dutylist.model.change import Change, Pieces

_CONTEXT = 16


def pieces(change: Change) -> Pieces:
    """All of the text; a change without a difference of characters is told as a whole."""
    if change.diff:
        return change.diff
    if change.before == change.after:
        return _piece("=", change.after)
    return _piece("-", change.before) + _piece("+", change.after)


def shortened(change: Change) -> Pieces:
    """What differs, with as much around it as a reader needs."""
    whole = pieces(change)
    return tuple(_shortened(whole)) if len(whole) > 1 else whole


def _piece(operation: str, text: str | None) -> Pieces:
    return ((operation, text),) if text else ()


def _shortened(whole: Pieces) -> Iterator[tuple[str, str]]:
    for number, (operation, text) in enumerate(whole):
        head = _CONTEXT if number > 0 else 0
        tail = _CONTEXT if number < len(whole) - 1 else 0
        if operation == "=" and len(text) > head + tail + 1:
            text = text[:head] + "…" + text[len(text) - tail :]
        yield operation, text


def both_sides(change: Change) -> tuple[Pieces, Pieces]:
    """All of the text as it stood before and as it stands now."""
    whole = pieces(change)
    was = tuple(piece for piece in whole if piece[0] != "+")
    return was, tuple(piece for piece in whole if piece[0] != "-")
