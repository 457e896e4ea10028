"""What stood on each side of a change, in words where a text alone would not say what it is."""

from dutylist.model.change import ChangeKind

Sides = tuple[str | None, str | None]


def in_words(kind: ChangeKind, before: str | None, after: str | None) -> Sides:
    """Both sides as a reader understands them; ids of neighbours, heirs and origins are said with their part."""
    if kind is ChangeKind.REORDERED:
        return _behind("原", before), _behind("现", after)
    if kind is ChangeKind.MERGED and after is not None:
        return before, f"并入 {after}"
    if kind is ChangeKind.SPLIT and before is not None:
        return f"从 {before} 拆出", after
    return before, after


def _behind(when: str, neighbour: str | None) -> str:
    return f"{when}排在最前" if neighbour is None else f"{when}在 {neighbour} 之后"
