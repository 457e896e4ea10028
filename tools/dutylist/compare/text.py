"""How two texts differ: in characters, cleaned into phrases; and whether only in layout or in punctuation."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dutylist.model.change import Pieces, turned

# What looks alike and means the same in print: full-width forms, the ideographic space, straight and curly quotes.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "“”„‟"), '"')
_WIDTHS |= dict.fromkeys(map(ord, "‘’"), "'")
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SPACE = re.compile(r"\s+")
_BESIDE_NO_WORD = re.compile(r"(?<![0-9A-Za-z\s])\s+|\s+(?![0-9A-Za-z\s])")

# Neither letters nor figures, nor signs that mean something by themselves, nor what nobody sees.
_MARK = r"(?:[^\w\s%+<=>$￥￡€℃°㎡²³×÷\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|_)"
_PUNCTUATION = re.compile(rf"(?<![0-9]){_MARK}|{_MARK}(?![0-9])|(?<![0-9])%|(?<![0-9])\s+|\s+(?![0-9])")

# Spellings of one word; what is on the left is read as what is on the right.
SYNONYMS = (
    ("以及", "和"),
    ("及其", "和"),
    ("及", "和"),
    ("与", "和"),
    ("其它", "其他"),
    ("帐", "账"),
    ("布署", "部署"),
    ("做好", "作好"),
    ("登陆", "登录"),
)

_SHORTEST_ISLAND = 2
_DIGITS_AT_START, _DIGITS_AT_END = re.compile(r"[0-9.]+"), re.compile(r"[0-9.]+$")

Run = tuple[str, str, str]
"""What both texts say, or else what only the first says and what only the second says."""


@lru_cache(maxsize=1 << 14)
def without_layout(text: str) -> str:
    """`text` as it reads: no white space but between Latin words, one width of punctuation, no look-alikes."""
    if _RADICALS.search(text):
        text = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    plain = text.translate(_WIDTHS)
    if _SPACE.search(plain) is None:
        return plain
    return _SPACE.sub(" ", _BESIDE_NO_WORD.sub("", plain))


@lru_cache(maxsize=1 << 14)
def without_punctuation(text: str) -> str:
    """`text` without layout and punctuation, but for signs within figures (1.5, 10%, 2-3)."""
    return _PUNCTUATION.sub("", without_layout(text))


def without_synonyms(text: str) -> str:
    """`text` without punctuation, each word of `SYNONYMS` in one spelling."""
    plain = without_punctuation(text)
    for spelling, word in SYNONYMS:
        plain = plain.replace(spelling, word)
    return plain


def likeness(before: str, after: str, at_least: float = 0.0) -> float:
    """How like two texts are, from 0 to 1; 0 where they are less like than `at_least`."""
    from rapidfuzz.fuzz import ratio

    return ratio(before, after, score_cutoff=at_least * 100) / 100


def pieces(before: str, after: str) -> Pieces:
    """`before` and `after` as pieces; read backwards they are the pieces of `after` and `before`."""
    if before <= after:
        return _cleaned(_runs(before, after))
    return turned(_sorted_signs(_cleaned(_runs(after, before))))


def _sorted_signs(some: Pieces) -> Pieces:
    """The pieces with what comes before what goes, so that swapping the signs puts what goes first."""
    ordered = list(some)
    for at in range(len(ordered) - 1):
        if ordered[at][0] == "-" and ordered[at + 1][0] == "+":
            ordered[at], ordered[at + 1] = ordered[at + 1], ordered[at]
    return tuple(ordered)


def _runs(before: str, after: str) -> Iterator[Run]:
    """The runs of two texts, in their order."""
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(before, after):
        was, now = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        yield (was, "", "") if step.tag == "equal" else ("", was, now)


def _cleaned(runs: Iterable[Run]) -> Pieces:
    """The runs as pieces; what is equal for a character or two between two differences counts as changed."""
    every = _with_whole_figures(_grouped(runs))
    told = _grouped(
        ("", run[0], run[0]) if run[0] and _is_island(run[0], every, at) else run for at, run in enumerate(every)
    )
    return tuple((sign, text) for run in told for sign, text in zip("=-+", run, strict=True) if text)


def _grouped(runs: Iterable[Run]) -> list[Run]:
    """The runs with neighbours of one nature joined, so that equal and changed take turns."""
    result: list[Run] = []
    for run in filter(any, runs):
        if result and bool(result[-1][0]) == bool(run[0]):
            last = result[-1]
            result[-1] = (last[0] + run[0], last[1] + run[1], last[2] + run[2])
        else:
            result.append(run)
    return result


def _with_whole_figures(runs: list[Run]) -> list[Run]:
    """The runs, a figure that differs in one digit being told as a whole: 262 and 261, not 26 and then 2 or 1."""
    whole = list(runs)
    for at, (equal, gone, come) in enumerate(runs):
        if equal:
            continue
        if at and (gone[:1] + come[:1]).isdecimal() and (shared := _DIGITS_AT_END.search(whole[at - 1][0])):
            whole[at - 1] = (whole[at - 1][0][: shared.start()], "", "")
            gone, come = shared.group() + gone, shared.group() + come
        if at + 1 < len(runs) and (gone[-1:] + come[-1:]).isdecimal():
            shared = _DIGITS_AT_START.match(whole[at + 1][0])
            if shared:
                whole[at + 1] = (whole[at + 1][0][shared.end() :], "", "")
                gone, come = gone + shared.group(), come + shared.group()
        whole[at] = ("", gone, come)
    return _grouped(whole)


def _is_island(equal: str, every: list[Run], at: int) -> bool:
    """Whether a character or two stand in a sea of changes larger than themselves; a comma ends a phrase."""
    if not 0 < at < len(every) - 1 or len(equal) > _SHORTEST_ISLAND:
        return False
    around = sum(len(gone) + len(come) for _, gone, come in (every[at - 1], every[at + 1]))
    return around > 2 * len(equal) and not any(unicodedata.category(character)[0] == "P" for character in equal)
