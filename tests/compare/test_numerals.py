"""Numbers as people write them: every way of writing one number, and that whatever the pattern takes can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.compare.numerals import NUMBER, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("7", 7), ("１５", 15), ("1,000", 1000), ("1.5", 1.5), ("１．５", 1.5), ("半", 0.5), ("〇", 0)),
        *(("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("三十六", 36), ("一百", 100), ("一百零五", 105)),
        *(("两百一十", 210), ("三千零二十", 3020), ("两万", 20_000), ("十二万三千", 123_000), ("万", 10_000)),
        *(("二〇二五", 2025), ("一二三", 123)),
    ],
)
def test_number(text: str, value: float) -> None:
    assert re.fullmatch(NUMBER, text)
    assert number(text) == value


@given(st.from_regex(NUMBER, fullmatch=True))
def test_whatever_looks_like_a_number_can_be_read(text: str) -> None:
    assert number(text) >= 0


@given(st.integers(1, 9999))
def test_han_and_arabic_agree(value: int) -> None:
    assert number(han(value)) == number(str(value)) == value


def han(value: int) -> str:
    """`value` as it is read aloud."""
    digits = "零一二三四五六七八九"
    places = zip(f"{value:04}", ("千", "百", "十", ""), strict=True)
    parts = [digits[int(digit)] + unit if digit != "0" else "零" for digit, unit in places]
    return re.sub("零+", "零", "".join(parts)).strip("零")
