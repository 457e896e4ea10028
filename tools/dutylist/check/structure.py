"""ST: sections and clauses: each thing in a place of its own."""

import re
from collections.abc import Iterator

from dutylist.check.characters import mended
from dutylist.check.rule import DutyCase, Hit, Rule, Scope, Text, rule
from dutylist.model.duty import sections_of
from dutylist.model.finding import Severity
from dutylist.model.text import PLACEHOLDER, one_line, shorten

_COLONS = re.compile(r"(?<![\s：:])[\s：:]++\Z")
_FULL_STOPS = re.compile(r"(?<![\s。；;.．])[\s。；;.．]++\Z")

# What may come to stand at the end; before any other mark an editor has to look.
_CLOSED = "）》”’】〕"

_BLANK_LINE = re.compile(r"^\s*$", re.MULTILINE)


@rule("ST003", Severity.ERROR, "标题以冒号结尾", Scope.TEXT, roles=("department", "topic"))
def heading_ends_in_colon(text: Text) -> Iterator[Hit]:
    """部门或小标题的末尾写了冒号。

    冒号是打印时加的；写在文字里会印成两个，也会使部门名称对不上词表。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        department = "市水利局："
        text = "负责制定工作方案。"
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    """
    yield from _needless_end(text, _COLONS, "标题末尾的“{}”是打印时加的；请删去。")


@rule("ST004", Severity.ERROR, "文字是空的", Scope.TEXT, screen=_BLANK_LINE.search)
def empty_text(text: Text) -> Iterator[Hit]:
    """字段写了，里面却没有文字。

    空的条款会印出一个空的序号，读的人以为漏印了内容。

    Bad:
        ```toml
        name = " "
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    if not text.string or text.string.isspace():
        yield text.hit(0, len(text.string), "文字是空的；请填写，或删去这个字段。", text.role)


@rule("ST006", Severity.ERROR, "分段没有内容", Scope.DUTY)
def empty_section(case: DutyCase) -> Iterator[Hit]:
    """一个职责分段既没有正文，也没有条款。

    只有部门或标题，没有职责，等于点了名却没有说要做什么。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        department = "市水利局"
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    """
    for field, index, section in sections_of(case.duty):
        if section.text is None and not section.clauses:
            whose = one_line(shorten(section.department or section.topic or "", 30))
            message = f"这一段{f'（{whose}）' if whose else ''}没有正文，也没有条款；请补上，或删去这一段。"
            yield case.hit((field, index), message, field, whose)


@rule("ST007", Severity.ERROR, "不该有的换行", Scope.TEXT, about_unusual=True)
def line_break(text: Text) -> Iterator[Hit]:
    """名称、标题、部门或条款里有换行。

    这些内容印成一行；换行会把表格撑乱，按词搜索也会漏掉断开的词。

    Bad:
        ```toml
        name = "做好\\n统计工作"
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        text = "负责制定工作方案。\\n组织开展检查。"
        ```
    """
    if text.role == "text" or ("\n" not in text.string and "\r" not in text.string):
        return
    joined = "".join(line.strip() for line in text.string.splitlines())
    change = (0, len(text.string), joined)
    yield mended(text, [change], "有换行，应写在一行；多段的内容请拆成几条。", "连成一行", safe=False)


@rule("ST008", Severity.WARNING, "名称以句号结尾", Scope.TEXT, roles=("name",))
def name_ends_in_stop(text: Text) -> Iterator[Hit]:
    """事项名称的末尾有句号或分号。

    名称是标题；带不带句号两种写法，同名的事项就查不出来。

    Bad:
        ```toml
        name = "做好统计工作。"
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    yield from _needless_end(text, _FULL_STOPS, "名称末尾的“{}”多余；请删去。")


@rule("ST009", Severity.ERROR, "还没有填写", Scope.TEXT, screen=lambda joined: PLACEHOLDER in joined)
def placeholder(text: Text) -> Iterator[Hit]:
    """还留着新建事项时的“（待填写）”。

    工具不知道该写什么，先占了位置；带着它公开，就是公开了一项没有内容的职责。

    Bad:
        ```toml
        name = "（待填写）"
        ```
    Good:
        ```toml
        name = "做好统计工作"
        ```
    """
    start = text.string.find(PLACEHOLDER)
    if start >= 0:
        yield text.hit(start, start + len(PLACEHOLDER), "还没有填写；请写上内容。")


def _needless_end(text: Text, marks: re.Pattern[str], message: str) -> Iterator[Hit]:
    """A hit on the final `marks`, but not on blanks behind them; no fix where what is left would be at fault too."""
    string = text.string.rstrip()
    found = marks.search(string)
    if found:
        kept = string[: found.start()]
        put = "" if kept and (kept[-1].isalnum() or kept[-1] in _CLOSED) else None
        yield text.hit(*found.span(), message.format(string[-1]), put=put, safe=True)


RULES: tuple[Rule, ...] = (
    heading_ends_in_colon,
    empty_text,
    empty_section,
    line_break,
    name_ends_in_stop,
    placeholder,
)
