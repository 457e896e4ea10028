"""TX: single characters and white space, and the plain view of a text that the other rules search."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from dutylist.check.pattern import Lazy
from dutylist.check.rule import Hit, Rule, Scope, Text, rule
from dutylist.model.finding import Edit, Fix, Severity, Spot
from dutylist.model.text import HAN, WIDE_PUNCTUATION

BLANK = r"[^\S\n]"
CHINESE = HAN + WIDE_PUNCTUATION

# Radicals that Unicode gives no decomposition, though fonts draw them as the character and PDF files are full of them.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_RANGES = "\u2e80-\u2fd5\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0002f800-\U0002fa1f"
_COMPATIBLE = re.compile(f"[{_RANGES}]")
_LOST = re.compile("[\ufffd\u2e80-\u2fdf\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_UNUSUAL = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff，。；：、（）《》“”]")
_WHITE = re.compile(r"\s+")
_GAP = Lazy(f"(?<=[{CHINESE}]){BLANK}++(?=[{CHINESE}])")

# The last character of an organisation's name: a blank behind it may stand for the comma of a list.
_NAME_ENDS = frozenset("局委办部院会所站队司组")


@lru_cache(maxsize=1)
def usual(string: str) -> bool:
    """Whether `string` holds common Han characters and Chinese punctuation only, as nine in ten do."""
    return not _UNUSUAL.search(string)


@lru_cache(maxsize=1)
def plain(string: str) -> str:
    """`string` with every look-alike as the character it stands for; all places stay the same."""
    return string if usual(string) or not _COMPATIBLE.search(string) else string.translate(_lookalikes())


@cache
def _lookalikes() -> dict[int, str]:
    """Look-alike → the character it stands for."""
    table = {ord(radical): character for radical, character in _RADICALS.items()}
    for first, last in re.findall("(.)-(.)", _RANGES):
        for code in range(ord(first), ord(last) + 1):
            character = unicodedata.normalize("NFKC", chr(code))
            if character != chr(code):
                table[code] = character
    return table


def mended(text: Text, changes: Sequence[tuple[int, int, str]], message: str, label: str, *, safe: bool = True) -> Hit:
    """One hit for all `changes` (start, end, what should stand there), shown at the first of them."""
    spots = [Spot(text.path, text.field, start, end) for start, end, _ in changes]
    edits = tuple(Edit(spot, put) for spot, (_, _, put) in zip(spots, changes, strict=True))
    values = tuple(text.string[max(0, start - 2) : end + 2] for start, end, _ in changes)
    return Hit(spots[0], message, values, Fix(label, edits, safe))


@rule("TX002", Severity.WARNING, "汉字之间有空格", Scope.TEXT, about_unusual=True)
def gap(text: Text) -> Iterator[Hit]:
    """汉字或中文标点之间有空格。

    空格多是从 Word 或 PDF 带来的；按词搜索会漏掉这一句，与别的版本比较会多出改动。

    Bad:
        ```toml
        name = "做好统计 工作"
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    if not _WHITE.search(text.string):
        return
    changes = [(*found.span(), "") for found in _GAP.finditer(plain(text.string))]
    if changes:
        # Between two names a blank may separate them: somebody has to decide.
        safe = not any(text.string[at - 1] in _NAME_ENDS and text.string[to].isalpha() for at, to, _ in changes)
        message = f"汉字或中文标点之间有空格{times(len(changes))}；请删去。"
        yield mended(text, changes, message, "删去空格", safe=safe)


@rule("TX009", Severity.WARNING, "乱码或兼容字符", Scope.TEXT, about_unusual=True)
def odd_character(text: Text) -> Iterator[Hit]:
    """有乱码、自造字，或者看似普通汉字、编码却不同的兼容字符。

    从 PDF 复制的文字常把“行”变成部首“⾏”：看不出差别，却搜索不到，打印时还可能变成方框。

    Bad:
        ```toml
        name = "依法开展⾏政执法"
        ```
        ```toml
        name = "做好统⟨U+FFFD⟩工作"
        ```
    Good:
        ```toml
        name = "依法开展行政执法"
        ```
    """
    string, right = text.string, plain(text.string)
    changes = [(at, at + 1, new) for at, (old, new) in enumerate(zip(string, right, strict=True)) if old != new]
    if changes:
        shown = "、".join(dict.fromkeys(f"{string[at]}（应为 {new}）" for at, _, new in changes[:5]))
        message = f"有兼容字符{times(len(changes))}：{shown}；请换成普通字符。"
        yield mended(text, changes, message, "换成普通字符")
    lost = [found.span() for found in _LOST.finditer(right)]
    if lost:
        shown = "、".join(dict.fromkeys(f"U+{ord(right[at]):04X}" for at, _ in lost[:5]))
        yield text.hit(*lost[0], f"有无法辨认的字符{times(len(lost))}：{shown}；请对照原文更正。")


@rule("TX011", Severity.WARNING, "首尾有空白", Scope.TEXT, about_unusual=True)
def outer_blank(text: Text) -> Iterator[Hit]:
    """文字的开头或末尾有空格或空行。

    屏幕上看不见，却使两段相同的文字比较起来不同，打印时也会错位。

    Bad:
        ```toml
        name = "做好统计工作 "
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    if not text.string.strip():
        return
    changes = list(_outer_blanks(text.string, many_lines=text.role == "text"))
    if changes:
        yield mended(text, changes, f"首尾有空白{times(len(changes))}；请删去。", "删去空白")


def _outer_blanks(string: str, *, many_lines: bool) -> Iterator[tuple[int, int, str]]:
    """White space at either end, and around line breaks, where one break stays."""
    for found in _WHITE.finditer(string):
        start, end = found.span()
        if start == 0 or end == len(string):
            yield start, end, ""
        elif many_lines and "\n" in found.group() and end - start > 1:
            yield start, end, "\n"


def times(count: int) -> str:
    """How many places, where there is more than one."""
    return f"（共 {count} 处）" if count > 1 else ""


RULES: tuple[Rule, ...] = (gap, odd_character, outer_blank)
