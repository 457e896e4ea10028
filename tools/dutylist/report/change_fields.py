"""The fields of records as people call them, harmless for each carrier."""

from dutylist.model import field_words as words
from dutylist.report.plain import plain

FIELDS = words.FIELDS


def field_words(name: str | None) -> str:
    """A field as people call it: 乡镇（街道）配合职责第 1 段第 2 条."""
    return plain(words.field_words(name))
