"""Who a township is, what its preface says and declares, and the numbers it has given out."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from dutylist.model.base import CONFIG, Count, Ids, Limit, Reason, SomeIds, Stored, Text, Texts, key_of, stored
from dutylist.model.duty import Kind, Waiver


@stored
class PrefaceSection(Stored):
    """说明的一节。"""

    heading: Text
    """标题：如“一、基本情况”。"""
    paragraphs: Texts = ()
    """段落：一段一个元素。"""


@stored
class DeclaredKind(Stored):
    """说明中对一张清单所报的数。"""

    duties: Count
    """事项数：这张清单有多少项。"""
    categories: Count | None = None
    """类别数：涉及多少个类别；说明没有写就不填。"""
    departments: Count | None = None
    """部门数：涉及多少个部门（单位）；说明没有写就不填。"""


@stored
class Declared(Stored):
    """说明中所报的总数，与事项逐一核对：有意记两遍。"""

    duties: Count
    """总数：履职事项合计。"""
    basic: DeclaredKind
    """基本：基本履职事项所报的数。"""
    supporting: DeclaredKind
    """配合：配合履职事项所报的数。"""
    reclaimed: DeclaredKind
    """收回：上级部门收回事项所报的数。"""

    def of(self, kind: Kind) -> DeclaredKind:
        """What is declared of one list."""
        declared: DeclaredKind = getattr(self, kind.value)
        return declared


@stored
class TownshipWaiver(Waiver):
    """豁免：在乡镇一级必须写明指纹，否则会连以后的问题一起掩盖。"""

    fingerprint: Text
    """指纹：只豁免这一个问题。"""


@stored
class Township(Stored):
    """乡镇：是谁，说明写了什么、报了什么数。"""

    name: Text
    """名称：乡镇（街道）名，与文件夹同名。"""
    code: Annotated[str, Limit(strict=True, pattern=r"^[0-9]{9}$")]
    """区划代码：统计用区划代码，九位数字。"""
    prefix: Annotated[str, Limit(strict=True, pattern=r"^[a-z][a-z0-9]{1,9}$")]
    """编号前缀：小写字母开头，本乡镇全部事项编号以此开头。"""
    county: Text
    """所属县（市、区）：如“阿图什市”。"""
    prefecture: Text | None = None
    """所属地（州、市）：直辖市可以没有。"""
    province: Text
    """所属省（区、市）：如“新疆维吾尔自治区”。"""
    title: Text
    """标题：公开发布时的标题。"""
    published: Annotated[str, Limit(strict=True, pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    """发布年月：如“2025-07”；尚未发布则不填。"""
    preface: tuple[PrefaceSection, ...] = ()
    """说明：逐节书写。"""
    declared: Declared
    """所报总数：与事项核对。"""
    waivers: tuple[TownshipWaiver, ...] = ()
    """豁免：涉及整个乡镇的问题，必须写明指纹。"""


class EventKind(StrEnum):
    """What became of a number."""

    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _EVENT_LABELS[self]


_EVENT_LABELS = {EventKind.MERGE: "合并", EventKind.SPLIT: "拆分", EventKind.RETIRE: "废止"}


@stored
class Event(Stored):
    """编号的去向：合并、拆分或废止。"""

    __pydantic_config__: ClassVar[Any] = CONFIG | {"alias_generator": key_of}

    kind: EventKind
    """种类：merge 合并，split 拆分，retire 废止。"""
    origin: SomeIds
    """原编号：有文件的继续使用，没有文件的就此废止。"""
    into: Ids
    """现编号：并入或拆出的事项；废止时为空。"""
    reason: Reason
    """理由：为什么这样处理，不能是空的。"""
    leg: Text | None = None
    """环节：在哪一次征求意见中发生，如“2025/2-down”。"""


@stored
class Ledger(Stored):
    """编号台账：给出过的编号，以及每一次合并、拆分和废止。"""

    next: Annotated[int, Limit(strict=True, ge=1, le=1_000_000)]
    """下一个编号：比它小的每个编号，要么是文件，要么见于下列记录。"""
    last: Text | None = None
    """最近一项：最后给出的编号和名称前二十个字，使两个分支同时取号时在 git 中冲突。"""
    events: tuple[Event, ...] = ()
    """记录：按发生的先后。"""


def last_entry(duty_id: Text, name: Text) -> str:
    """The text of `last` in a ledger: the id and the first 20 characters of the name."""
    return f"{duty_id} {name[:20]}"
