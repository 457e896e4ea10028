"""What is shown of a change's two sides, kind by kind, beside each other and in one run."""

import pytest

from comparisons import change
from dutylist.model.change import ChangeKind, Pieces
from dutylist.report.change_pieces import both_sides, lines, shortened

_K = ChangeKind
_MARKS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}


def marked(some: Pieces) -> str:
    """Pieces as one text with marks."""
    return "".join(f"{_MARKS[operation][0]}{text}{_MARKS[operation][1]}" for operation, text in some)


@pytest.mark.parametrize(
    ("kind", "before", "after", "was", "now", "run"),
    [
        (_K.ADDED, None, "农业用水管理\n水利局", "", "{+农业用水管理\n水利局+}", "{+水利局+}"),
        (_K.ADDED, None, "农业用水管理", "", "{+农业用水管理+}", ""),
        (_K.RETIRED, "农业用水管理处", None, "[-农业用水管理处-]", "", "[-农业用水管理处-]"),
        (_K.MERGED, "农业用水管理", "x-2", "[-农业用水管理-]", "并入 x-2", "并入 x-2\n"),
        (_K.MERGED, "农业用水管理\n文", "x-2、x-3", "[-农业用水管理\n文-]", "并入 x-2、x-3", "并入 x-2、x-3\n[-文-]"),
        (_K.SPLIT, "x-1", "农业用水管理\n文", "从 x-1 拆出", "{+农业用水管理\n文+}", "从 x-1 拆出\n{+文+}"),
        (_K.REORDERED, "x-3", "x-1", "原在 x-3 之后", "现在 x-1 之后", "原在 x-3 之后 → 现在 x-1 之后"),
        (_K.REORDERED, None, "x-1", "原排在最前", "现在 x-1 之后", "原排在最前 → 现在 x-1 之后"),
        (_K.REORDERED, "x-3", None, "原在 x-3 之后", "现排在最前", "原在 x-3 之后 → 现排在最前"),
        (_K.RECLASSIFIED, "配合", "收回", "配合", "收回", "配合 → 收回"),
        (_K.RECATEGORISED, "水利", "农业", "水利", "农业", "水利 → 农业"),
        (_K.DECLARED_REVISED, "合计 3 项", "合计 4 项", "合计 3 项", "合计 4 项", "合计 3 项 → 合计 4 项"),
        (_K.DEPARTMENT_RESPELT, "市水力局", "市水利局", "市水力局", "市水利局", "市水力局 → 市水利局"),
        (_K.DEPARTMENT_REORDERED, "甲、乙", "乙、甲", "甲、乙", "乙、甲", "甲、乙 → 乙、甲"),
        (_K.DEPARTMENT_JOINED, None, "甲", "", "{+甲+}", "{+甲+}"),
        (_K.DEPARTMENT_LEFT, "甲", None, "[-甲-]", "", "[-甲-]"),
        (_K.CLAUSE_MOVED, "文" * 90, "文" * 90, "文" * 90, "文" * 90, "文" * 59 + "…"),
        (_K.SECTION_MOVED, "1. 甲", "1. 乙", "1. 甲", "1. 乙", "1. 乙"),
        (_K.TOWNSHIP_REVISED, "2025-07", "2026-01", "2025-07", "2026-01", "2025-07 → 2026-01"),
    ],
)
def test_sides(kind: ChangeKind, before: str | None, after: str | None, was: str, now: str, run: str) -> None:
    one = change(kind, before=before, after=after)
    assert tuple(map(marked, both_sides(one))) == (was, now)
    assert marked(shortened(one)) == run


def test_versions_of_one_text_are_marked_where_they_differ() -> None:
    one = change(_K.CLAUSE_REVISED, diff=(("=", "每年"), ("-", "2"), ("+", "4"), ("=", "次")))
    assert tuple(map(marked, both_sides(one))) == ("每年[-2-]次", "每年{+4+}次")
    assert marked(shortened(one)) == "每年[-2-]{+4+}次"


@pytest.mark.parametrize(
    ("some", "expected"),
    [
        ((("=", "甲\n乙"), ("+", "丙\n丁\n")), ["甲", "乙{+丙+}", "{+丁+}", ""]),
        ((("-", "甲"),), ["[-甲-]"]),
        ((), [""]),
    ],
)
def test_lines_keep_their_marks(some: Pieces, expected: list[str]) -> None:
    assert list(map(marked, lines(some))) == expected
