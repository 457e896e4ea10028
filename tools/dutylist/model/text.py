"""Small facts about Chinese text that several pillars need."""

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WIDE_PUNCTUATION = "，。；：、？！（）《》“”‘’【】〔〕—…·"

# What an editing command writes where an editor must still write; a rule reports it until then.
PLACEHOLDER = "（待填写）"

_BRACKETS = str.maketrans("()", "（）")

# Characters that no keyboard types or that change how others are shown: controls, zero width, bidirectional.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def full_width_brackets(text: str) -> str:
    """`text` with both kinds of brackets written alike."""
    return text.translate(_BRACKETS)


def visible(text: str) -> str:
    """`text` for any output: hidden characters are named instead of taking effect (`⟨U+202E⟩`)."""
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def one_line(text: str) -> str:
    """`visible` text on one line, for messages."""
    return visible(text).replace("\r", "").replace("\n", "⏎").replace("\t", " ")


def shorten(text: str, width: int) -> str:
    """`text` cut to `width` characters, with an ellipsis where something is missing."""
    return text if len(text) <= width else text[: width - 1] + "…"


def cells(text: str) -> int:
    """How many terminal columns `text` takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
