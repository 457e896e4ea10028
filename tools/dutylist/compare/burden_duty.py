"""Burden rules about what the township was given or relieved of: whole duties, sections, clauses."""

from dutylist.compare.burden_case import SUPERIOR, TOWNSHIP, BurdenCase, Rule, rule
from dutylist.model.change import ChangeKind
from dutylist.model.duty import Kind

_LOADS = {Kind.RECLAIMED: 0, Kind.SUPPORTING: 1, Kind.BASIC: 2}


@rule("BU001", "新增事项", (ChangeKind.ADDED, ChangeKind.RETIRED))
def duty_added(case: BurdenCase) -> bool:
    """基本履职事项或配合履职事项多了一项；废止一项是减轻。

    清单多一项，乡镇就多一份要落实、要考核的事。上级部门收回事项不由乡镇承担，增减都不算；由别的事项拆分、
    合并而来的，事情本来就有，也不算。

    - 加重：无 → 基本事项“做好防汛工作”
    - 加重：无 → 配合事项“农村供水保障工作”
    - 不算：无 → 收回事项“村镇建设规划许可”
    - 不算：收回事项“村镇建设规划许可” → 无
    - 不算：基本事项“做好防汛工作” → 基本事项“做好防汛抗旱工作”
    """
    return case.kind is ChangeKind.ADDED and not case.carried and case.list_after in (Kind.BASIC, Kind.SUPPORTING)


@rule("BU002", "换到责任更重的清单", (ChangeKind.RECLASSIFIED,))
def reclassified_upward(case: BurdenCase) -> bool:
    """事项换了清单，责任更重：收回改为配合，收回或配合改为基本；反过来是减轻。

    基本履职事项由乡镇自己承担，配合履职事项由部门牵头，收回的事项乡镇不再承担；同一件事，列在哪张清单决定谁来负责。

    - 加重：配合事项“农村供水保障工作” → 基本事项“农村供水保障工作”
    - 加重：收回事项“村镇建设规划许可” → 配合事项“村镇建设规划许可”
    - 加重：收回事项“村镇建设规划许可” → 基本事项“村镇建设规划许可”
    - 不算：无 → 基本事项“农村供水保障工作”
    - 不算：配合事项“农村供水保障工作” → 配合事项“农村供水工作”
    - 不算：配合事项“农村供水保障工作” → 无
    """
    before, after = case.list_before, case.list_after
    return before is not None and after is not None and _LOADS[before] < _LOADS[after]


@rule(
    "BU003",
    "乡镇职责增加",
    (
        ChangeKind.CLAUSE_ADDED,
        ChangeKind.CLAUSE_REMOVED,
        ChangeKind.SECTION_ADDED,
        ChangeKind.SECTION_REMOVED,
        ChangeKind.CLAUSE_MOVED,
    ),
)
def responsibility_added(case: BurdenCase) -> bool:
    """乡镇（街道）配合职责多了一条或一段，或从上级部门职责移了过来；反过来是减轻。

    多一条就是多一件要做的事。只是从别的事项、别的段落移来的，事情本来就归乡镇，不算；上级部门职责、承接方式的增减
    不是乡镇的事，也不算。

    - 加重：无 → 乡镇职责“协助巡查河道；”
    - 加重：部门职责“组织巡查河道；” → 乡镇职责“组织巡查河道；”
    - 不算：无 → 部门职责“组织巡查河道；”
    - 不算：乡镇职责“巡查河道；” → 乡镇职责“巡查河道；”
    - 不算：部门职责“组织巡查河道；” → 部门职责“组织巡查河道；”
    """
    if case.kind is ChangeKind.CLAUSE_MOVED:
        return case.field_before == SUPERIOR and case.field_after == TOWNSHIP
    came = case.kind in (ChangeKind.CLAUSE_ADDED, ChangeKind.SECTION_ADDED)
    return came and case.field_after == TOWNSHIP and not case.carried


RULES: tuple[Rule, ...] = (duty_added, reclassified_upward, responsibility_added)
