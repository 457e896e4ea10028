"""One duty in full: for a terminal as it is printed, for programs with all its fields."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from dutylist.model.canonical import values_of
from dutylist.model.duty import AnyDuty, departments_of
from dutylist.model.library import Numbered, TownshipFolder
from dutylist.model.text import visible
from dutylist.report.plain import json_text, plain
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """一项事项：dutylist show --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    duty: AnyDuty
    """事项：文件中的全部字段。"""
    township: str
    """乡镇（街道）：所在的文件夹。"""
    category: str
    """类别：所在的文件夹。"""
    number: int
    """序号：打印时计算。"""
    path: str
    """文件：相对清单库的路径。"""
    departments: tuple[str, ...]
    """部门：对应上级部门或承接部门，按原文。"""


def as_text(folder: TownshipFolder, numbered: Numbered, cells: Iterable[tuple[str, str]]) -> str:
    """Name, place in the lists, then each printed cell below its title; `cells` are (title, text) pairs."""
    duty = numbered.duty
    head = f"{plain(duty.name)}\n\n{duty.id} · {duty.kind.label} {numbered.number} · {plain(numbered.category)}"
    parts = [f"{head} · {plain(folder.name)}\n"]
    parts += [f"{title}\n" + _indented(text) for title, text in cells]
    parts += [f"法律依据\n{_indented(one.title + (one.article or ''))}" for one in duty.basis]
    if duty.note:
        parts.append(f"备注\n{_indented(duty.note)}")
    parts += [f"豁免 {plain(one.code)}\n{_indented(one.reason)}" for one in duty.waivers]
    return "\n".join([*parts, f"文件 {plain(numbered.record.path)}\n"])


def as_json(folder: TownshipFolder, numbered: Numbered) -> str:
    """The stored fields, and what is computed: number, category, township, path, departments."""
    duty = numbered.duty
    path = numbered.record.path
    shown = ShownDuty(duty, folder.name, numbered.category, numbered.number, path, departments_of(duty))
    names = (field.name for field in fields(shown) if field.name != "duty")
    return json_text({"duty": values_of(duty), **{name: getattr(shown, name) for name in names}})


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in visible(text).split("\n"))
