"""ST and TX: numbers written into texts: those that printing gives out, and those of the second level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dutylist.check.characters import BLANK, plain, usual
from dutylist.check.pattern import Lazy
from dutylist.check.rule import DutyCase, Hit, Rule, Scope, Text, rule
from dutylist.model.duty import Section, sections_of
from dutylist.model.finding import FieldPath, Severity
from dutylist.model.text import one_line, shorten

_HAN_DIGITS = "一二三四五六七八九十"
# `3.5万亩`, `3、5年` and `一、二级` are no numbers of clauses; `1.2025年` is one.
_DIGITS = r"[0-9]{1,2}\s*[.．、](?![0-9](?![0-9]{3}年))"
_WORDS = rf"[{_HAN_DIGITS}](?:\s*[{_HAN_DIGITS}]){{0,2}}\s*、(?!\s*[{_HAN_DIGITS}])"
_FIRST = re.compile(rf"\s*+(?P<number>(?:(?:{_DIGITS}|{_WORDS})\s*+)++)")
_STOPS = "。；：，！？）;!?)"
_INNER = re.compile(rf"(?:(?<=[{_STOPS}])|(?<=[^0-9][,:]))\s*+{_DIGITS}|(?<=\s){_DIGITS}|(?<=[{_STOPS},:])\s*+{_WORDS}")
_ONE = re.compile(r"\s*(?:1[^0-9]|一\s*、)")

# A number begins a sentence or stands behind punctuation: 第（一）项 and 附件（1） are none.
_NO_BEGIN = r"\w》”\t \u00a0\u3000"
_MARK = Lazy(
    rf"(?:^|(?<=[^{_NO_BEGIN}])){BLANK}*+"
    rf"(?:[（(]\s*(?:(?P<digit>[0-9]{{1,2}})|(?P<han>[{_HAN_DIGITS}]))\s*[）)]"
    rf"|(?P<circled>[①-⑳])|(?P<phrase>[{_HAN_DIGITS}])\s*是)"
    rf"|(?:^|(?<=[^{_NO_BEGIN}（(])){BLANK}*+(?:(?P<half>[0-9]{{1,2}})\s*[）)]|(?P<letter>[a-h])\s*[.．)）])"
)


@rule("ST001", Severity.ERROR, "条款以序号开头", Scope.TEXT, roles=("clause",))
def starts_with_number(text: Text) -> Iterator[Hit]:
    """条款的开头写了序号。

    序号是打印时编的；写在文字里会印成“1. 1.”，插入一条之后还会跟着错下去。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = ["1.负责制定工作方案。"]
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = ["（1）制定工作方案，（2）新建3.5万亩林地。"]
        ```
    """
    found = _FIRST.match(plain(text.string))
    if found:
        start, end = found.span("number")
        number = one_line(shorten(found["number"].strip(), 10))
        message = f"条款以序号“{number}”开头，打印时会重复编号；请删去。"
        yield text.hit(start, end, message, put="" if text.string[end:] else None, safe=True)


@rule("ST002", Severity.ERROR, "几条连在一起", Scope.TEXT, roles=("clause",))
def glued_clauses(text: Text) -> Iterator[Hit]:
    """一条里还有后面几条的序号：几条连成了一条。

    引用“第2条”时找不到，按条比较时一处小改就成了整段改动。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = ["负责制定工作方案；2.组织开展检查。"]
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = ["负责制定工作方案；", "组织开展检查。"]
        ```
    """
    numbers = _inner_numbers(text)
    if numbers and not _is_list(numbers):
        message = f"一条里还有序号 {_shown(numbers)}；请拆成几条，并删去序号。"
        yield text.hit(*numbers[0].span(), message, *(number[0] for number in numbers))


@rule("ST005", Severity.WARNING, "编号列表没有拆成条款", Scope.TEXT, roles=("clause", "text"))
def list_in_text(text: Text) -> Iterator[Hit]:
    """一段正文或一条条款里，整张编号列表写成了一段。

    列表里的每一条都是一项职责；不拆成条款，就不能逐条比较、逐条提意见。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        text = "1.负责制定工作方案；2.组织开展检查。"
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = ["负责制定工作方案；", "组织开展检查。"]
        ```
    """
    numbers = _inner_numbers(text)
    if text.role == "text":
        first = _FIRST.match(plain(text.string))
        numbers = [first, *numbers] if first else numbers
    if numbers and (text.role == "text" or _is_list(numbers)):
        message = f"这一段里有编号列表（{_shown(numbers)}）；请拆成条款，不写序号。"
        yield text.hit(*numbers[0].span(), message, *(number[0] for number in numbers))


def without_number(string: str) -> str:
    """A clause without the number that it should not begin with."""
    found = _FIRST.match(string)
    return string[found.end() :] if found else string


def _inner_numbers(text: Text) -> list[re.Match[str]]:
    """The numbers of clauses inside a text, without the one that it begins with."""
    if usual(text.string) and "二、" not in text.string:
        return []
    string = plain(text.string)
    first = _FIRST.match(string)
    return list(_INNER.finditer(string, first.end() if first else 0))


def _is_list(numbers: list[re.Match[str]]) -> bool:
    """Whether the numbers begin anew from 1 and go on."""
    return len(numbers) > 1 and _ONE.match(numbers[0][0]) is not None


def _shown(numbers: list[re.Match[str]]) -> str:
    return one_line(" ".join("".join(number[0].split()) for number in numbers[:5]))


@rule("TX007", Severity.WARNING, "条款内的编号不统一", Scope.DUTY)
def mixed_numbers(case: DutyCase) -> Iterator[Hit]:
    """同一部分里，条款内的第二层编号用了几种写法，例如（1）和①。

    读的人会以为层次不同；引用“第（2）项”时也不知道是哪一项。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = [
          "制定方案：（1）开展调查，（2）征求意见；",
          "开展检查：①查台账，②查现场。",
        ]
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        clauses = [
          "制定方案：（1）开展调查，（2）征求意见；",
          "开展检查：（1）查台账，（2）查现场。",
        ]
        ```
    """
    part, first = "", None
    for field, index, section in sections_of(case.duty):
        if section.department or section.topic or part != field:
            part, first = field, None
        for place, string in _strings(section):
            numbers = _numbers(string)
            # A paragraph may say 一是 where the clauses below it are numbered: only clauses are compared.
            is_clause = place[0] == "clauses"
            for earlier, odd in _breaks(numbers, first if is_clause else None):
                text = Text(case.record.path, (field, index, *place), "", string)
                message = f"编号“{odd.shown}”与前面的“{earlier.shown}”写法不同；同一层请统一写法。"
                yield text.hit(odd.start, odd.end, message, earlier.shown, odd.shown)
            first = (first or _begun(numbers)) if is_clause else first


def _strings(section: Section) -> Iterator[tuple[FieldPath, str]]:
    if section.text:
        yield ("text",), section.text
    for number, clause in enumerate(section.clauses):
        yield ("clauses", number), clause


@dataclass(frozen=True, slots=True)
class _Number:
    """A second-level number: its style, its value, its characters in the text."""

    style: str
    value: int
    start: int
    end: int
    shown: str


def _numbers(string: str) -> list[_Number]:
    if "一是" not in string and "（一" not in string and usual(string):
        return []
    return [_number(found) for found in _MARK.finditer(plain(string))]


def _number(found: re.Match[str]) -> _Number:
    style = found.lastgroup or ""
    word = found[style]
    if style in ("han", "phrase"):
        value = _HAN_DIGITS.index(word) + 1
    else:
        value = int(word) if style in ("digit", "half") else ord(word) - ord("①" if style == "circled" else "a") + 1
    shown = "".join(found.group().split())
    return _Number(style, value, found.end() - len(found.group().lstrip()), found.end(), shown)


def _begun(numbers: list[_Number]) -> _Number | None:
    return next((number for number in numbers if number.value == 1), None)


def _breaks(numbers: list[_Number], first: _Number | None) -> Iterator[tuple[_Number, _Number]]:
    """The numbers of a text that begin in another style than `first`, or go on where another style stopped.

    Each comes behind the number that it does not go with.
    """
    begun = _begun(numbers)
    if begun and first and begun.style != first.style:
        yield first, begun
    last: dict[str, _Number] = {}
    for number in numbers:
        before = [one for one in last.values() if one.value == number.value - 1]
        if before and all(one.style != number.style for one in before):
            yield before[0], number
        last[number.style] = number


RULES: tuple[Rule, ...] = (starts_with_number, glued_clauses, list_in_text, mixed_numbers)
