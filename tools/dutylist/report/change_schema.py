"""The types of the JSON that changes are written as; the published schema is made from them."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from dutylist.model.base import key_of
from dutylist.model.change import Burden, ChangeKind, Weight
from dutylist.model.duty import Kind
from dutylist.model.township import EventKind
from dutylist.report.changes import ChangeSummary
from dutylist.report.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class SideEntry:
    """一边：用户所说的版本，以及它是哪次提交。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    name: str
    """名称：分支、标签、文件夹、文档，或当前文件。"""
    commit: str | None
    """提交：完整的提交号；不是 git 版本时为 null。"""


@dataclass(frozen=True, slots=True)
class SpotEntry:
    """位置：文件中的一处。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    path: str
    """文件：相对清单库的路径。"""
    line: int
    """行：从 1 起。"""
    column: int
    """列：从 1 起，按字符计。"""
    field: str | None
    """字段：如 superior_responsibilities[0].clauses[1]；null 表示整个文件。"""


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """一处：变化在修改前后的位置。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    duty: str | None
    """事项编号：这一处属于哪一项；不属于任何一项时为 null。"""
    before: SpotEntry | None
    """修改前：原来没有时为 null。"""
    after: SpotEntry | None
    """修改后：现在没有时为 null。"""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """变化：两个版本之间的一处不同。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    kind: ChangeKind
    """类型：发生了什么，如 clause-revised 修改条款。"""
    weight: Weight
    """轻重：substantive 实质，wording 文字，layout 格式。"""
    burden: Burden
    """责任增减：heavier 加重，lighter 减轻，neutral 不变；从乡镇看。"""
    burden_rule: str | None
    """规则：判定责任增减的规则代码；没有规则适用时为 null。"""
    township: str | None
    """乡镇（街道）：涉及多个乡镇或词表时为 null。"""
    duty: str | None
    """事项编号：不属于任何一项或涉及多项时为 null，各项见 places。"""
    name: str | None
    """事项名称：修改后的，没有则为修改前的。"""
    number_before: int | None
    """原序号：修改前不在清单中时为 null。"""
    number_after: int | None
    """序号：修改后不在清单中时为 null。"""
    list: Kind | None
    """清单：basic 基本，supporting 配合，reclaimed 收回；涉及多张时为 null。"""
    category: str | None
    """类别：事项所在的文件夹。"""
    field: str | None
    """字段：有修改后的写修改后的，如 township_responsibilities[0].clauses[1]。"""
    before: str | None
    """修改前：原来的文字；原来没有时为 null。"""
    after: str | None
    """修改后：现在的文字；现在没有时为 null。"""
    diff: tuple[tuple[Literal["=", "-", "+"], str], ...]
    """逐字对照：依次为两边都有（=）、只在修改前（-）、只在修改后（+）的文字；不逐字对照时为空。"""
    places: tuple[PlaceEntry, ...]
    """位置：变化所在的每一处。"""
    departments: tuple[str, ...]
    """部门：所涉事项写明的全部部门，用全称。"""
    cause: str | None
    """依据：为什么改；没有写明时为 null。"""
    author: str | None
    """提交人：依据出自谁的提交。"""
    fingerprint: str
    """指纹：重排序号、变基之后仍然相同，文字不同则不同。"""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """账目：一张清单或其中一个类别，原有、增减与现有。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    township: str
    """乡镇（街道）：所在的文件夹。"""
    kind: Kind
    """清单：basic 基本，supporting 配合，reclaimed 收回。"""
    category: str | None
    """类别：null 表示整张清单。"""
    before: int
    """原有：修改前的项数。"""
    added: int
    """新增：新列入的项数。"""
    split_gains: int
    """拆分增加：拆分使项数净增多少。"""
    moved_in: int
    """移入：从别的清单或类别移来的项数。"""
    retired: int
    """废止：不再列入的项数。"""
    merged_away: int
    """合并减少：合并使项数净减多少。"""
    moved_out: int
    """移出：移到别的清单或类别的项数。"""
    after: int
    """现有：修改后的项数。"""
    closes: bool
    """平：原有加增减是否等于现有。"""


@dataclass(frozen=True, slots=True)
class StandingEntry:
    """现处：一条现在的位置。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    duty: str
    """事项编号：现在属于哪一项。"""
    field: str
    """字段：现在是哪一条。"""
    text: str
    """文字：现在的写法。"""
    likeness: float
    """相似：0 到 1，1 表示文字相同。"""


@dataclass(frozen=True, slots=True)
class FateEntry:
    """条款去向：合并或拆分前的一条，现在在哪里。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    duty: str
    """事项编号：原来属于哪一项。"""
    field: str
    """字段：原来是哪一条。"""
    text: str
    """文字：原来的写法。"""
    standing: StandingEntry | None
    """现处：现无去处时为 null。"""


@dataclass(frozen=True, slots=True)
class SuccessionEntry:
    """合并与拆分：编号台账所记，或由文字推测的建议。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED | {"alias_generator": key_of}

    kind: EventKind
    """种类：merge 合并，split 拆分，retire 废止。"""
    township: str
    """乡镇（街道）：所在的文件夹。"""
    origin: tuple[str, ...]
    """原编号：合并或拆分之前的事项。"""
    into: tuple[str, ...]
    """现编号：合并或拆分之后的事项。"""
    reason: str | None
    """理由：台账所记；没有时为 null。"""
    leg: str | None
    """环节：台账所记；没有时为 null。"""
    likeness: float | None
    """相似：只是建议时的相似程度，0 到 1；台账已记的为 null。"""
    clauses: tuple[FateEntry, ...]
    """条款去向：原来的每一条现在在哪里。"""


@dataclass(frozen=True, slots=True)
class PairEntry:
    """配对：一边没有编号时，按相似对应的两项。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    township: str
    """乡镇（街道）：所在的文件夹。"""
    before: str
    """修改前：事项编号。"""
    after: str
    """修改后：事项编号。"""
    likeness: float
    """相似：0 到 1，1 表示文字相同。"""
    taken: bool
    """采用：false 表示只是建议，比较时没有当作同一项。"""


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """变化报告：dutylist compare --format json 的输出。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    before: SideEntry
    """修改前：与哪个版本比。"""
    after: SideEntry
    """修改后：哪个版本。"""
    summary: ChangeSummary
    """合计：列出的变化有多少处。"""
    changes: tuple[ChangeEntry, ...]
    """变化：按乡镇、清单、序号和事项内的先后排列，格式变化也在内。"""
    account: tuple[AccountEntry, ...]
    """账目：每张清单、每个类别各一行。"""
    renumbering: tuple[tuple[int | None, int | None, str], ...]
    """序号对照：原序号、新序号、事项编号；不在清单中的一边为 null。"""
    successions: tuple[SuccessionEntry, ...]
    """合并与拆分：台账所记和建议登记的。"""
    pairs: tuple[PairEntry, ...]
    """配对：一边没有编号时，哪项与哪项对应。"""
