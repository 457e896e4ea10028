"""The figures in a text that say how often, how much and how soon."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from dutylist.compare.numerals import DIGITS, NUMBER, number

OFTEN, PERIOD, DEADLINE = "often", "period", "deadline"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: of what `kind`, and how much; `least` and `most` differ where the words leave it open (一个月)."""

    kind: str
    least: float
    most: float

    def exceeds(self, other: "Figure") -> bool:
        """Whether it is more, however both are read."""
        return self.least >= other.least and self.most >= other.most and self != other

    def is_stricter_than(self, other: "Figure") -> bool:
        """Whether it asks more of the township: more often, more, sooner."""
        return other.exceeds(self) if self.kind == DEADLINE else self.exceeds(other)


# How often in a year.
_PERIODS: dict[str, float] = {
    "年": 1,
    "学期": 2,
    "季": 4,
    "月": 12,
    "旬": 36,
    "星期": 52,
    "周": 52,
    "日": 365,
    "天": 365,
}

# In minutes. A working day is at least a day, and with weekends and holidays at most about two; months differ.
_DAY = 24 * 60
_TIMES: dict[str, tuple[float, float]] = {
    "工作日": (_DAY, 2 * _DAY),
    **dict.fromkeys(("自然日", "日", "天"), (_DAY, _DAY)),
    **dict.fromkeys(("星期", "周"), (7 * _DAY, 7 * _DAY)),
    "小时": (60, 60),
    "分钟": (1, 1),
    "月": (28 * _DAY, 31 * _DAY),
}
_ACTS = ("次", "场次", "场")


@lru_cache(maxsize=64)
def figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text, in their order."""
    segments = filter(_compiled(_SIGN).search, _compiled("[，。；\n;]").split(text))
    return tuple(figure for segment in segments for figure in _in_segment(segment))


def _in_segment(segment: str) -> Iterator[Figure]:
    """A frequency is how often in a period (每年检查2次、演练1次), or the period alone (每季度)."""
    period: float | None = None
    is_counted = False
    for found in _compiled(_FIGURE).finditer(segment):
        if found["period"]:
            if period and not is_counted:
                yield _exactly(PERIOD, period)
            period, is_counted = _per_year(found["every"], found["period"]), False
        elif period and (found["acts"] or found["thing"] in _ACTS):
            is_counted = True
            yield _exactly(OFTEN, period * number(found["acts"] or found["amount"]))
        elif not found["acts"]:
            yield _lone(found)
    if period and not is_counted:
        yield _exactly(PERIOD, period)


def _lone(found: re.Match[str]) -> Figure:
    """A figure that needs no period."""
    if found["share"]:
        return _exactly("%", number(found["share"]))
    if found["amount"]:
        return _exactly(found["thing"].replace("％", "%"), number(found["amount"]))
    least, most = _TIMES[found["unit"] or found["limit"]]
    count = number(found["within"] or found["limited"])
    return Figure(DEADLINE, count * least, count * most)


def _exactly(kind: str, value: float) -> Figure:
    return Figure(kind, value, value)


def _per_year(every: str | None, period: str) -> float:
    count = number(every) if every else 1
    return _PERIODS[period] / count if count else 0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# The guards keep 按年龄, 每月饼, 周边, 日常, 季节, 天然.
_PERIOD = (
    rf"(?:每(?P<every>{NUMBER})?个?|[按逐])"
    "(?P<period>年(?![龄级限轻代货])|学期|季(?!节)|月(?![饼租薪])|旬|星期|周(?![边围岁转年期密])|日(?![常期照])|天(?![然气]))"
)
_SIGN = rf"[每{DIGITS}]|[按逐][年学季月旬星周日天]"
_UNIT = "工作日|自然日|日|天|星期|周|小时|分钟|(?<=个)月"
_THING = (
    "人次|场次|小时|学时|课时|公里|[人名次场户家件份篇条亩米支处]|%|％"
    "|个(?!月|工作|自然|小时|学时|课时|星期)[^，。；、]{0,2}"
)
_FLOOR = "不(?:得)?(?:少于|低于|小于)|达到?|至少[^\\d]{0,6}?"

_FIGURE = "|".join(
    (
        _PERIOD,
        rf"(?:{_FLOOR})百分之(?P<share>{NUMBER})",
        # 不少于30人的村 says which villages, not how many people.
        rf"(?:{_FLOOR})\s*(?P<amount>{NUMBER})\s*(?P<thing>{_THING})"
        "(?!及?(?:以上)?的?(?:企业|单位|村|场所|项目|公司|农户|家庭|建筑|工程|活动|情形))",
        # 第3次, 不超过2次 and 一次性 ask nothing.
        rf"(?<![第.．{DIGITS}])(?<!超过|多于|高于|至多|最多)(?P<acts>{NUMBER})\s*(?:场次|次|场(?![所地馆镇]))(?![性日要生序数级])",
        # 近3个月内, 到期前30日内, 24小时内的 are times looked at, no deadlines; 6月5日 is a date.
        rf"(?<![第近去续前每满月年.．{DIGITS}])(?P<within>{NUMBER})\s*个?(?P<unit>{_UNIT})(?:之内|以内|内)(?![的部外容设存])",
        rf"(?:限期|时限)[为在是于：]?\s*(?P<limited>{NUMBER})\s*个?(?P<limit>{_UNIT})(?!前|之前|以前)",
    )
)
