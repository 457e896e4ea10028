"""TX: punctuation: its width, its pairs, and how clauses end."""

import re
from collections import Counter
from collections.abc import Iterator

from dutylist.check.characters import BLANK, CHINESE, mended, plain, times
from dutylist.check.pattern import Lazy
from dutylist.check.rule import Hit, Rule, Scope, Text, rule
from dutylist.model.finding import Severity
from dutylist.model.text import HAN

_WIDE = str.maketrans(",;:?!().", "，；：？！（）。")
_RUN = re.compile(rf"(?:[,;:?!()，；：？！（）]|{BLANK})+")
_STOP = Lazy(rf"(?<=[{HAN}])\.(?={BLANK}*+$)", re.MULTILINE)
_IS_CHINESE = Lazy(f"[{CHINESE}]")

# What a clause may end in, by whether it is the last; a half-width mark is another rule's, a colon leads on.
_ENDS = {True: "。", False: "；;：:"}

_CLOSING = {"（": "）", "(": "）", "《": "》", "“": "”", "‘": "’", "【": "】", "〔": "〕"}
_BRACKET = re.compile("[（）()《》“”‘’【】〔〕]")
# `2）` and `a）` number something, and the apostrophe of a Latin word is no quotation mark.
_NO_PAIR = re.compile(r"(?:^|(?<=[\s，。；：、,;:（）()]))(?:[0-9]{1,2}|[A-Za-z])[）)]|(?<=[A-Za-z])’(?=[A-Za-z])")


@rule("TX001", Severity.WARNING, "中文里用了半角标点", Scope.TEXT, about_unusual=True)
def half_width(text: Text) -> Iterator[Hit]:
    """中文句子里用了半角（英文）的标点。

    半角、全角混用，同一句话就有了几种写法：搜索漏掉，比较时多出改动，印出来也不整齐。

    Bad:
        ```toml
        name = "做好统计(普查)工作,按时上报"
        ```
    Good:
        ```toml
        name = "做好统计（普查）工作，按时上报"
        ```
        ```toml
        name = "每日12:30前上报统计数据，误差不超过1,000元"
        ```
    """
    string = plain(text.string)
    places = _half_width(string)
    if places:
        marks = " ".join(dict.fromkeys(string[at] for at in sorted(places)))
        changes = list(_widened(string, places))
        yield mended(text, changes, f"有半角标点 {marks}{times(len(places))}；请改为全角。", "改为全角")


def _half_width(string: str) -> set[int]:
    """Where half-width marks stand next to Chinese, or end a line of Chinese; brackets in pairs."""
    places = {found.start() for found in _STOP.finditer(string)} if "." in string else set()
    runs = [found.span() for found in _RUN.finditer(string)]
    if not any(_is_half(string, *run) for run in runs) or not _IS_CHINESE.search(string):
        return places
    partners = _pairs(string)[0]
    for start, end in runs:
        if _touches_chinese(string, start, end):
            places |= {
                at for at in range(start, end) if string[at] in ",;:?!" or (string[at] in "()" and at in partners)
            }
    return places | {partners[at] for at in places if at in partners and string[partners[at]] in "()"}


def _is_half(string: str, start: int, end: int) -> bool:
    return any(mark in ",;:?!()" for mark in string[start:end])


def _touches_chinese(string: str, start: int, end: int) -> bool:
    before, after = string[start - 1 : start], string[end : end + 1]
    return after in ("", "\n") or any(_IS_CHINESE.match(neighbour) for neighbour in (before, after))


def _widened(string: str, places: set[int]) -> Iterator[tuple[int, int, str]]:
    """The changes that widen the marks at `places` and drop the blanks around them, but not those that end a line."""
    runs = [found.span() for found in _RUN.finditer(string)] + [found.span() for found in _STOP.finditer(string)]
    for start, end in sorted(runs):
        if any(at in places for at in range(start, end)):
            if start == 0 or string[start - 1] == "\n":
                start = end - len(string[start:end].lstrip())
            if string[end : end + 1] in ("", "\n"):
                end = start + len(string[start:end].rstrip())
            marks = (string[at].translate(_WIDE) if at in places else string[at] for at in range(start, end))
            yield start, end, "".join(mark for mark in marks if not mark.isspace())


def _pairs(string: str) -> tuple[dict[int, int], list[int]]:
    """The partner of each paired bracket or quotation mark, and the places of those that have none."""
    partners: dict[int, int] = {}
    alone: list[int] = []
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for found in _BRACKET.finditer(string):
        mark, at = found.group(), found.start()
        if mark in _CLOSING:
            stack.append((_CLOSING[mark], at))
            waiting[_CLOSING[mark]] += 1
            continue
        closing = "）" if mark == ")" else mark
        if not waiting[closing]:
            alone.append(at)
            continue
        while stack:
            kind, opened = stack.pop()
            waiting[kind] -= 1
            if kind == closing:
                partners |= {opened: at, at: opened}
                break
            alone.append(opened)
    return partners, sorted(alone + [at for _, at in stack])


@rule("TX003", Severity.WARNING, "括号或引号不成对", Scope.TEXT)
def unpaired(text: Text) -> Iterator[Hit]:
    """括号、书名号或引号只有一半。

    读的人不知道说明到哪里为止；多半是录入时漏了一半，或者连同后面的文字一起漏了。

    Bad:
        ```toml
        name = "落实河（湖长制"
        ```
    Good:
        ```toml
        name = "落实河（湖）长制"
        ```
    """
    string = text.string
    if not _BRACKET.search(string):
        return
    alone = _pairs(string)[1]
    if alone:
        spared = {found.end() - 1 for found in _NO_PAIR.finditer(plain(string))}
        alone = [at for at in alone if at not in spared]
    if alone:
        marks = "".join(dict.fromkeys(string[at] for at in alone))
        around = (string[max(0, at - 2) : at + 3] for at in alone)
        message = f"{marks} 没有配对{times(len(alone))}；请补上另一半，或删去。"
        yield text.hit(alone[0], alone[0] + 1, message, *around)


@rule("TX004", Severity.WARNING, "条款末尾的标点不合体例", Scope.TEXT, roles=("clause", "text"))
def clause_end(text: Text) -> Iterator[Hit]:
    """条款的末尾不合体例：中间各条用分号，最后一条用句号；不编号的一段末尾也不用分号。

    末尾是句号，读的人以为到此为止；末尾是分号，读的人会问下一条是不是漏了。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        text = "负责制定工作方案。"

        [[township_responsibilities]]
        clauses = ["做好宣传工作。", "做好统计工作；"]
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        text = "负责制定工作方案。"

        [[township_responsibilities]]
        clauses = ["做好宣传工作；", "做好统计工作。"]
        ```
    """
    string = text.string.rstrip()
    last = string[-1:]
    if text.role == "text" and not (text.is_last and last in ("；", ";")):
        return
    if last in _ENDS[text.is_last] or last in "、，,（(" or (last in "”’）》" and string[-2:-1] == "。"):
        return
    if last == "." and text.is_last and _STOP.match(plain(string), len(string) - 1):
        return
    wanted = "。" if text.is_last else "；"
    why = "后面没有条款了" if text.is_last else "后面还有条款"
    end = len(string)
    if last in "。.；;：:":
        message = f"末尾是“{last}”，{why}，应为“{wanted}”。"
        yield text.hit(end - 1, end, message, string[-8:], put=wanted)
    else:
        message = f"末尾没有标点，{why}，应为“{wanted}”。"
        yield mended(text, [(end - 1, end, last + wanted)], message, f"补上“{wanted}”", safe=False)


RULES: tuple[Rule, ...] = (half_width, unpaired, clause_end)
