"""Line and column of a key, an element, a character; what is missing falls back to its surroundings."""

import pytest

from dutylist.model.finding import FieldPath, Place, Spot
from dutylist.store.place import Source

TEXT = '''\
id = "ex-0001"
name = "做好“供水”\\t\\u4e2d保障"
superior_departments = [
  "示例市水利局",
  '示例市"公安"局',
]
note = """
第一行
第二行 \\
   接着"""

[declared]
duties = 3
basic = { duties = 1, categories = 2 }

[[superior_responsibilities]]
department = "市水利局"

[[superior_responsibilities]]
clauses = [
  "甲；",
  "乙。",
]
'''

PLACES: dict[str, tuple[FieldPath | None, int | None, int | None, tuple[int, int, int, int]]] = {
    "a value": (("name",), None, None, (2, 8, 2, 26)),
    "a number": (("declared", "duties"), None, None, (13, 10, 13, 11)),
    "in an inline table": (("declared", "basic", "categories"), None, None, (14, 36, 14, 37)),
    "a plain table": (("declared",), None, None, (12, 1, 12, 11)),
    "a table of an array": (("superior_responsibilities", 1), None, None, (19, 1, 19, 30)),
    "an element": (("superior_departments", 1), None, None, (5, 3, 5, 13)),
    "a long array is its key": (("superior_departments",), None, None, (3, 1, 3, 21)),
    "an element of a section": (("superior_responsibilities", 1, "clauses", 1), None, None, (22, 3, 22, 7)),
    "characters": (("name",), 2, 6, (2, 11, 2, 15)),
    "behind escapes": (("name",), 7, 9, (2, 17, 2, 24)),
    "in a literal string": (("superior_departments", 1), 3, 7, (5, 7, 5, 11)),
    "in a long string": (("note",), 4, 7, (9, 1, 9, 4)),
    "behind a line that goes on": (("note",), 8, 10, (10, 4, 10, 6)),
    "missing in a table": (("superior_responsibilities", 0, "text"), None, None, (16, 1, 16, 30)),
    "missing at the top": (("kind",), None, None, (1, 1, 1, 1)),
    "the whole file": ((), None, None, (1, 1, 1, 1)),
    "offsets into the text": (None, 15, 19, (2, 1, 2, 5)),
}


@pytest.mark.parametrize(("field", "start", "end", "expected"), PLACES.values(), ids=PLACES.keys())
def test_place(
    field: FieldPath | None, start: int | None, end: int | None, expected: tuple[int, int, int, int]
) -> None:
    assert Source(TEXT).place(Spot("x", field, start, end)) == Place(*expected)


def test_windows_line_ends_do_not_move_columns() -> None:
    there = Source(TEXT.replace("\n", "\r\n"))
    for field, start, end, expected in PLACES.values():
        if field is not None:
            assert there.place(Spot("x", field, start, end)) == Place(*expected)


def test_an_unparsable_text_has_a_first_line() -> None:
    assert Source('name = "').place(Spot("x", ("name",))) == Place(1, 1, 1, 1)
