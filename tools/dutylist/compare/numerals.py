"""Numbers as people write them: 15, １５, 1.5, 1,000, 十五, 两, 一百零五, 二〇二五, 半."""

_HAN = "零〇一二两三四五六七八九十百千万"

DIGITS = rf"\d{_HAN}半"
"""What a number consists of, for a class in a pattern."""

# Longer ones count nothing.
NUMBER = rf"(?:\d{{1,9}}(?:,\d{{3}})*+(?:[.．]\d{{1,4}})?|[{_HAN}]{{1,9}}+|半)"
"""A pattern for what `number` reads."""

_VALUES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000


def number(text: str) -> float:
    """The value of what `NUMBER` matches."""
    if text == "半":
        return 0.5
    if text[0] in _HAN:
        return _han(text)
    return float(text.replace(",", "").replace("．", "."))


def _han(text: str) -> int:
    if all(character in _VALUES for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    whole = part = digit = 0
    for character in text:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in _UNITS:
            part += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            whole, part, digit = (whole + part + digit or 1) * _MYRIAD, 0, 0
    return whole + part + digit
