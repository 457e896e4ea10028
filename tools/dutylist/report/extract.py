"""A department's extract for programs."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from dutylist.model.duty import Kind
from dutylist.model.extract import Extract, ExtractedDuty
from dutylist.report.plain import json_text
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class PartEntry:
    """部分：事项中与这个部门有关的一处。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    field: str
    """字段：在哪个字段，如 township_responsibilities。"""
    text: str
    """文字：打印出来的样子，一段一行。"""


@dataclass(frozen=True, slots=True)
class ExtractEntry:
    """事项：涉及这个部门的一项。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    id: str
    """编号：终身不变。"""
    township: str
    """乡镇（街道）：所在的文件夹。"""
    kind: Kind
    """清单：basic 基本，supporting 配合，reclaimed 收回。"""
    category: str
    """类别：所在的文件夹。"""
    number: int
    """序号：打印时计算。"""
    name: str
    """事项名称。"""
    path: str
    """文件：相对清单库的路径。"""
    parts: tuple[PartEntry, ...]
    """部分：与这个部门有关的各处。"""


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """部门摘录：dutylist extract --format json 的输出。"""

    __pydantic_config__: ClassVar[dict[str, object]] = PUBLISHED

    department: str
    """部门：全称。"""
    townships: tuple[str, ...]
    """乡镇：查过哪些乡镇（街道）。"""
    counts: dict[str, int]
    """事项数：每张清单有多少项涉及这个部门。"""
    parts: int
    """处数：一共多少处。"""
    duties: tuple[ExtractEntry, ...]
    """事项：按乡镇、清单、序号。"""


def as_json(extracted: Extract) -> str:
    """The whole extract."""
    counts = {kind.value: count for kind, count in extracted.by_kind.items()}
    duties = tuple(map(_entry, extracted.duties))
    return json_text(asdict(ExtractReport(extracted.department, extracted.townships, counts, extracted.parts, duties)))


def _entry(one: ExtractedDuty) -> ExtractEntry:
    duty, numbered = one.numbered.duty, one.numbered
    return ExtractEntry(
        duty.id,
        one.township,
        duty.kind,
        numbered.category,
        numbered.number,
        duty.name,
        numbered.record.path,
        tuple(PartEntry(part.field, part.text) for part in one.parts),
    )
