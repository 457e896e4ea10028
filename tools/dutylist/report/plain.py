"""Makes user text harmless for each carrier, before anything of the format's own is added."""

import re
from typing import Any

from dutylist.model.text import HIDDEN, one_line

# Halves of a surrogate pair (file names that are not UTF-8) cannot be encoded, U+FFFE and U+FFFF not stand in XML.
_UNENCODABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")
_FORMULA = tuple("=+-@＝＋－＠")


def plain(text: str) -> str:
    """`text` on one line; whatever is hidden or cannot be written is named."""
    return _UNENCODABLE.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", one_line(text))


def harmless(text: str) -> str:
    """`plain` text for a cell of a spreadsheet, which takes it for no formula."""
    shown = plain(text)
    return f"'{shown}" if shown.lstrip()[:1] in _FORMULA else shown


def json_text(value: Any) -> str:
    """`value` as JSON that keeps every character, the hidden ones as escapes, Chinese as it is."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    for pattern in (HIDDEN, _UNENCODABLE):
        text = pattern.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return text + "\n"
