"""How far a text binds the township itself: soft words (协助, 可以), firm ones (负责, 应当), and whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

# How far before a word its doer can stand: farther than anyone writes, and a bound to the work on hostile texts.
_REACH = 60


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """A pattern for words that bind: of what it matches, `aids` may just be left out, `soft` not, all else is firm."""

    pattern: str
    aids: frozenset[str]
    soft: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bond:
    """How many soft and firm words bind the township; `unaided` are the segments that lost their soft word."""

    soft: int
    firm: int
    segments: frozenset[str]
    unaided: frozenset[str]

    def is_firmer_than(self, other: "Bond") -> bool:
        """Whether soft words became firm ones, or one is gone and what it softened stands as it was."""
        if self.soft >= other.soft or self.firm < other.firm:
            return False
        return self.firm > other.firm or bool(other.unaided & self.segments - other.segments)


@lru_cache(maxsize=64)
def bond(text: str, words: Words) -> Bond:
    """Reads a text, sentence by sentence; who was named as the doer stays it until the sentence ends."""
    soft = firm = 0
    unaided = set()
    sentences = [_compiled("[，,：:]").split(sentence) for sentence in _compiled("[。；;\n]").split(text)]
    for sentence in sentences:
        for segment, found in _bound(sentence, words):
            if found[0] in words.aids:
                unaided.add(segment[: found.start()] + _alone(segment[found.end() :]))
            if found[0] in words.aids or found[0] in words.soft:
                soft += 1
            else:
                firm += 1
    return Bond(soft, firm, frozenset(segment for sentence in sentences for segment in sentence), frozenset(unaided))


def _bound(sentence: list[str], words: Words) -> Iterator[tuple[str, re.Match[str]]]:
    """The words that bind the township, each with its segment."""
    is_other = False
    for segment in sentence:
        for found in _compiled(words.pattern).finditer(segment):
            lead = segment[max(0, found.start() - _REACH) : found.start()]
            is_other = _is_other(lead, is_other)
            if is_other or _compiled(_UNBOUND).search(lead):
                continue
            yield segment, found
            if found[0] in words.aids or found[0] in words.soft:
                break  # What follows is what the soft word softens: 配合落实, 协助县局牵头.
        if ended := _compiled(_ASSIGNED).search(segment):
            is_other = _is_other(segment[max(0, ended.start() - _REACH) : ended.start()], is_other)


def _is_other(lead: str, before: bool) -> bool:
    if _compiled(_TOWNSHIP).search(lead):
        return False
    return before or bool(_compiled(_OTHER).search(lead))


def _alone(rest: str) -> str:
    """What the township does once it no longer helps whoever is named first."""
    helped = _compiled(_HELPED).match(rest)
    return rest[helped.end() :] if helped else rest


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# 由县水利局负责，乡镇配合。
_ASSIGNED = "(?:负责|牵头|承担|落实|实施|主办|承办|主管)$"
_ADVERBS = "(?:统一|具体|共同|主要|全面|积极|主动|依法|全程|分别|直接|应当|必须|应|要|须|可以|可)*+"
_TOWNSHIP = f"(?:乡镇?|镇|街道)(?:（街道）|办)?(?:人民政府|政府|党委|办事处)*+{_ADVERBS}$"
_BODIES = "(?<!辖)区|公司|企业|学校|中心|单位|部门|机构|社会组织|合作社|代表|主体|政府|社区|残联|妇联"
# 对群众协助办理 names whom it is done for.
_OTHER = f"(?<![自理缘事])由|^(?![对为向给]).*(?:[局厅委办部院站所室会队方户者人员民众居市县村]|{_BODIES}){_ADVERBS}$"

# 督促企业落实 is the enterprise's part, 推动落实 the township's; then 不再负责, 提供必要的支持.
_UNBOUND = "|".join(
    (
        "(?:督促|监督|指导|引导|鼓励|动员|(?<!按)要求|帮助|提醒|倡导)[^、并和及下]*+$",
        "(?:组织|推动|协调|支持|教育|通知|发动|请)[^、并和及]++$",
        "(?:不|不再|无需|无须|不必|不用|不得|免予|免于|未|没有|的)$",
    )
)

_ACTIONS = "开展|做好|制定|办理|完成|组织|推进|推动|加强|建立|落实|核实|检查|排查|巡查|调查|处理|查处|管理|走访|摸排|对"
_NAME = f"(?!{_ACTIONS})[^、]{{0,12}}?(?:[局厅]|{_BODIES}|村民|居民|农户|群众|委员会|组织部|宣传部|法院)"
_HELPED = f"{_NAME}(?:[、和及与]{_NAME})*+"
