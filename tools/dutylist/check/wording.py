"""TX: words: written twice, cut off, wrong, or saying nothing."""

import re
from collections.abc import Iterator

from dutylist.check.characters import BLANK, plain
from dutylist.check.rule import Hit, Rule, Scope, Text, rule
from dutylist.model.finding import Severity
from dutylist.model.text import one_line, shorten

_GAP = f"{BLANK}*+"
_MARKS = "，,、；;：:。"

_OFTEN_DOUBLED = ("开展", "负责", "做好", "加强", "落实", "配合", "进行", "以及", "根据", "按照")

# In all these patterns each alternative begins with a character, so that the search can jump from one to the next.
# The guards keep what is right: 目的的, 的的确确, 为了了解, 参与与, 项目负责负责人.
_DOUBLED = re.compile(
    "|".join(
        [
            *(f"{mark}(?:{_GAP}[{_MARKS}])+" for mark in _MARKS),
            *(rf"\{mark}{_GAP}[？?]" for mark in "？?"),
            *(f"{mark}{_GAP}[！!]" for mark in "！!"),
            f"的(?<!目的){_GAP}的(?![确士])",
            f"了{_GAP}了(?![解结然])",
            f"与(?<![参赋给]与){_GAP}与",
            f"或{_GAP}或",
            *(f"{word}{_GAP}{word}(?!人)" for word in _OFTEN_DOUBLED),
        ]
    )
)

# A mark must end the line; behind a word there may be a stop. The guards keep 参与, 普及, 缓和.
_OPEN_MARKS = ("、", "，", ",")
_OPEN_WORDS = (
    *("（", r"\(", "或"),
    "与(?<![参赋给授付干]与)",
    "及(?<![普涉触危波顾提得遍惠累]及)",
    "和(?<![总饱缓调温平谐中共融]和)",
)
_CUT_OFF = re.compile(
    "|".join(
        [
            *(f"{mark}{_GAP}$" for mark in _OPEN_MARKS),
            *(f"{word}(?:[。；;.．：:]|{BLANK})*+$" for word in _OPEN_WORDS),
        ]
    ),
    re.MULTILINE,
)

# Wrong, right, characters that stand before and behind where the wrong one is right (一座标准化厂房, 自己经营).
_WORDS = (
    ("布署", "部署", "", "名"),
    ("其它", "其他", "", ""),
    ("截止目前", "截至目前", "", ""),
    ("帐目", "账目", "", ""),
    ("帐户", "账户", "", ""),
    ("帐号", "账号", "", ""),
    ("帐簿", "账簿", "", ""),
    ("台帐", "台账", "", "篷"),
    ("记帐", "记账", "", "篷"),
    ("座标", "坐标", "", "准志牌杆语"),
    ("座落", "坐落", "", "后"),
    ("做为", "作为", "", "民了群农企"),
    ("执付", "支付", "", ""),
    ("己经", "已经", "自知", ""),
    ("建立建全", "建立健全", "", ""),
    ("签定", "签订", "", ""),
    ("撤消", "撤销", "", "防"),
    ("注消", "注销", "关", "防费"),
    ("复盖", "覆盖", "", "章印"),
    ("防碍", "妨碍", "", ""),
    ("防讯", "防汛", "", "息"),
    ("贯切", "贯彻", "", "实合"),
    ("按装", "安装", "", ""),
    ("补帖", "补贴", "", ""),
    ("津帖", "津贴", "", ""),
    ("侯选", "候选", "", ""),
    ("成份", "成分", "完", "额"),
    ("拔付", "拨付", "", ""),
    ("拔款", "拨款", "", ""),
    ("末成年", "未成年", "", ""),
    ("末经", "未经", "年月期周季本", ""),
    ("隐患排察", "隐患排查", "", ""),
    ("反应问题", "反映问题", "", ""),
)
_RIGHT = {wrong: right for wrong, right, _, _ in _WORDS}


_VAGUE_PHRASES = (
    *("交办的其他", "交办其他", "安排的其他", "布置的其他", "其他交办", "其他临时性"),
    *("临时交办", "临时性工作", "临时性任务", "相关事宜", "有关事宜"),
    *("等相关工作", "等有关工作", "等相关事项", "等有关事项"),
)


def _spaced(phrase: str, before: str = "", behind: str = "") -> str:
    """A pattern for `phrase` with blanks anywhere in it; guards after the first character let the search jump to it."""
    not_behind = f"(?<![{before}]{phrase[0]})" if before else ""
    not_before = f"(?![{behind}])" if behind else ""
    return phrase[0] + not_behind + "".join(_GAP + character for character in phrase[1:]) + not_before


_WRONG = re.compile("|".join(_spaced(wrong, before, behind) for wrong, _, before, behind in _WORDS))
_VAGUE = re.compile("|".join(_spaced(phrase) for phrase in _VAGUE_PHRASES))


@rule("TX005", Severity.WARNING, "标点或字词重复", Scope.TEXT, screen=_DOUBLED.search)
def doubled(text: Text) -> Iterator[Hit]:
    """标点或字词写了两遍，如“，，”“的的”“开展开展”。

    多半是修改时留下的；读的人不知道中间是不是漏了字。

    Bad:
        ```toml
        name = "做好统计、、普查工作"
        ```
        ```toml
        name = "开展开展统计工作"
        ```
    Good:
        ```toml
        name = "以查清底数为目的的统计工作"
        ```
    """
    for found in _DOUBLED.finditer(plain(text.string)):
        message = f"“{one_line(shorten(found[0], 10))}”重复；请只留一个。"
        yield text.hit(*found.span(), message, put=_once("".join(found[0].split())))


def _once(twice: str) -> str | None:
    """What stands there twice, or None where two different marks stand together."""
    half = twice[: len(twice) // 2]
    if half * 2 == twice:
        return half
    return twice[0] if len(set(twice)) == 1 else None


@rule("TX006", Severity.WARNING, "文字中断", Scope.TEXT, screen=_CUT_OFF.search)
def cut_off(text: Text) -> Iterator[Hit]:
    """文字停在顿号、逗号、“和”“及”等处，后面的没有了。

    多半是跨页的单元格只录入了一半；漏掉的可能正是谁来负责。

    Bad:
        ```toml
        name = "做好统计、普查和"
        ```
    Good:
        ```toml
        name = "做好统计知识普及"
        ```
    """
    for found in _CUT_OFF.finditer(plain(text.string)):
        start = found.start()
        around = text.string[max(0, start - 8) : start + 1]
        yield text.hit(start, start + 1, f"“…{one_line(around)}”后面没有写完；请对照原文补全，或删去末尾。", around)


@rule("TX008", Severity.WARNING, "常见错别字", Scope.TEXT, screen=_WRONG.search)
def wrong_word(text: Text) -> Iterator[Hit]:
    """公文中常见的错别字，如“布署”“台帐”“其它”。

    清单要公开发布，错别字有损公信；同一个词两种写法，也会使搜索和统计漏项。

    Bad:
        ```toml
        name = "布署统计工作"
        ```
    Good:
        ```toml
        name = "部署统计工作，建设一座标准化厂房，支持农民自己经营"
        ```
    """
    for found in _WRONG.finditer(plain(text.string)):
        wrong = "".join(found[0].split())
        yield text.hit(*found.span(), f"“{wrong}”应为“{_RIGHT[wrong]}”。", put=_RIGHT[wrong])


@rule("TX010", Severity.ADVICE, "说法含糊", Scope.TEXT, screen=_VAGUE.search)
def vague(text: Text) -> Iterator[Hit]:
    """用“交办的其他工作”“等相关工作”之类的话代替具体职责。

    清单的用处是说清谁做什么；兜底的话什么都能装进去，等于没有清单。

    Bad:
        ```toml
        name = "完成上级交办的其他工作"
        ```
    Good:
        ```toml
        name = "完成上级交办的人口抽样调查工作"
        ```
    """
    for found in _VAGUE.finditer(plain(text.string)):
        phrase = "".join(found[0].split())
        yield text.hit(*found.span(), f"“{phrase}”没有说清做什么；请写明具体事项。", phrase)


RULES: tuple[Rule, ...] = (doubled, cut_off, wrong_word, vague)
