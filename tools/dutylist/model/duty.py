"""One duty, in three kinds: what the township bears itself, what it supports, what superiors took back."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from dutylist.model.base import Count, Date, DutyId, Limit, Reason, SomeTexts, Stored, Text, Texts, stored


class Kind(StrEnum):
    """The list that a duty stands in, in printed order."""

    BASIC = "basic"
    SUPPORTING = "supporting"
    RECLAIMED = "reclaimed"

    @property
    def label(self) -> str:
        """The list's Chinese name without 清单."""
        return KIND_LABELS[self]


KIND_LABELS = {Kind.BASIC: "基本履职事项", Kind.SUPPORTING: "配合履职事项", Kind.RECLAIMED: "上级部门收回事项"}
SHORT_LABELS = {Kind.BASIC: "基本", Kind.SUPPORTING: "配合", Kind.RECLAIMED: "收回"}


@stored
class Section(Stored):
    """职责分段：一个部门或一个小标题下的一组职责；不写部门时，承接上一段的部门。"""

    department: Text | None = None
    """部门：这一段是谁的职责，按原文书写，可以用词表中的简称；不带冒号。"""
    topic: Text | None = None
    """小标题：不是部门的标题，如“产地检疫”；不带冒号。"""
    text: Text | None = None
    """正文：不编号的段落，多段时一段一行。"""
    clauses: Texts = ()
    """条款：逐条书写，不带序号，不换行；打印时从 1 起编号。"""


Sections = Annotated[tuple[Section, ...], Limit(min_length=1)]


@stored
class Basis(Stored):
    """法律依据：一部法律法规的一条。"""

    title: Text
    """名称：带书名号，如“《中华人民共和国水法》”。"""
    article: Text | None = None
    """条款：如“第三十条第二款”。"""


@stored
class Waiver(Stored):
    """豁免：认可一个问题暂不更正，须写明理由。"""

    code: Text
    """规则代码：如 RF004。"""
    reason: Reason
    """理由：为什么认可，不能是空的。"""
    owner: Text | None = None
    """责任人：谁负责了结。"""
    until: Date | None = None
    """期限：到这一天为止有效，过期即报告。"""
    fingerprint: Text | None = None
    """指纹：只豁免这一个问题；不写则豁免本事项内该代码的全部问题。"""


@stored
class BaseDuty(Stored):
    """What the three kinds share; the subclasses repeat the order of the canonical text."""

    id: DutyId
    """编号：前缀加四位数字，与文件名相同，一经给出终身不变，也不再用于别的事项。"""
    kind: Kind
    """清单：basic 基本，supporting 配合，reclaimed 上级部门收回。"""
    position: Count
    """位次：在同一清单、同一类别内的先后，从 10 起每次加 10，新事项插在中间。"""
    name: Text
    """事项名称：一行，末尾不加句号。"""
    note: Text | None = None
    """备注：写给同事看，从不打印。"""


@stored
class BasicDuty(BaseDuty):
    """基本履职事项：乡镇必须承担、负全责的事项。"""

    kind: Literal[Kind.BASIC]
    """清单：固定为 basic。"""
    basis: tuple[Basis, ...] = ()
    """法律依据：可以没有。"""
    waivers: tuple[Waiver, ...] = ()
    """豁免：本事项认可的问题。"""


@stored
class SupportingDuty(BaseDuty):
    """配合履职事项：上级部门为主、乡镇配合的事项。"""

    kind: Literal[Kind.SUPPORTING]
    """清单：固定为 supporting。"""
    superior_departments: SomeTexts
    """对应上级部门：至少一个，用全称，按打印的先后。"""
    basis: tuple[Basis, ...] = ()
    """法律依据：可以没有。"""
    superior_responsibilities: Sections
    """上级部门职责：至少一段。"""
    township_responsibilities: Sections
    """乡镇（街道）配合职责：至少一段。"""
    waivers: tuple[Waiver, ...] = ()
    """豁免：本事项认可的问题。"""


@stored
class ReclaimedDuty(BaseDuty):
    """上级部门收回事项：不再由乡镇承担的事项。"""

    kind: Literal[Kind.RECLAIMED]
    """清单：固定为 reclaimed。"""
    receiving_departments: SomeTexts
    """承接部门：至少一个，即打印单元格开头的部门。"""
    basis: tuple[Basis, ...] = ()
    """法律依据：可以没有。"""
    takeover: Sections
    """承接部门及工作方式：至少一段。"""
    waivers: tuple[Waiver, ...] = ()
    """豁免：本事项认可的问题。"""


AnyDuty = BasicDuty | SupportingDuty | ReclaimedDuty
DUTY_KINDS: dict[Kind, type[AnyDuty]] = {
    Kind.BASIC: BasicDuty,
    Kind.SUPPORTING: SupportingDuty,
    Kind.RECLAIMED: ReclaimedDuty,
}
SECTION_FIELDS = ("superior_responsibilities", "township_responsibilities", "takeover")


def departments_of(duty: AnyDuty) -> tuple[str, ...]:
    """The departments a duty lists, in printed order; none for a basic duty."""
    if isinstance(duty, SupportingDuty):
        return duty.superior_departments
    return duty.receiving_departments if isinstance(duty, ReclaimedDuty) else ()


def department_field(duty: AnyDuty) -> str | None:
    """The name of the field that lists a duty's departments."""
    if isinstance(duty, SupportingDuty):
        return "superior_departments"
    return "receiving_departments" if isinstance(duty, ReclaimedDuty) else None


def sections_of(duty: AnyDuty) -> Iterator[tuple[str, int, Section]]:
    """Each section of a duty as (field name, index, section), in printed order."""
    for field in SECTION_FIELDS:
        for index, section in enumerate(getattr(duty, field, ())):
            yield field, index, section
