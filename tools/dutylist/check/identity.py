"""ID: one duty, one file, one id."""

from collections import defaultdict
from collections.abc import Iterator

from dutylist.check.rule import DutyCase, Hit, Rule, Scope, TownshipCase, rule
from dutylist.model.canonical import canonical_text
from dutylist.model.finding import Edit, Fix, Severity, Spot
from dutylist.model.library import Library, category_of
from dutylist.model.text import one_line


@rule("ID001", Severity.ERROR, "不是规范写法", Scope.LIBRARY)
def not_canonical(library: Library) -> Iterator[Hit]:
    """文件的写法与规范不同：字段次序、缩进、空行或引号。

    内容没有变，比较时却会多出许多行改动，真正的改动反而看不清。用 dutylist fmt 整理即可。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        name = "做好统计工作"
        position = 10
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """
    for record in library.records():
        if not record.canonical:
            whole = Spot(record.path, None)
            fix = Fix("整理为规范写法", (Edit(whole, canonical_text(record.value), whole=True),), safe=True)
            message = "不是规范写法（字段次序、缩进或空行）；运行 dutylist fmt 整理。"
            # Written anew the file would lose its comments, which are a finding of their own.
            yield Hit(whole, message, (), None if record.commented else fix)


@rule("ID002", Severity.ERROR, "编号重复", Scope.LIBRARY, in_draft=True)
def duplicate_id(library: Library) -> Iterator[Hit]:
    """两个文件用了同一个编号。

    编号是事项终身的身份；重复之后，意见和历史不知道说的是哪一项。

    Bad:
        ```toml duties/示例镇/经济发展/ex-0001.toml
        name = "开展经济普查"
        ```
    Good:
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "开展经济普查"
        ```
    """
    paths = defaultdict(list)
    for _, record in library.duties():
        paths[record.value.id].append(record.path)
    for duty_id, some in paths.items():
        for path in some[1:]:
            message = f"编号 {duty_id} 已经用于 {one_line(some[0])}；请为其中一项另取编号（dutylist new）。"
            yield Hit(Spot(path, ("id",)), message, (some[0],))


@rule("ID003", Severity.ERROR, "文件名与编号不同", Scope.DUTY, in_draft=True)
def file_name_differs(case: DutyCase) -> Iterator[Hit]:
    """文件名不是事项的编号。

    事项的历史按文件名查找；文件名不对，就查不到这一项以前的改动。

    Bad:
        ```toml duties/示例镇/经济发展/普查.toml
        id = "ex-0002"
        kind = "basic"
        position = 10
        name = "开展经济普查"
        ```
    Good:
        ```toml duties/示例镇/经济发展/ex-0002.toml
        id = "ex-0002"
        kind = "basic"
        position = 10
        name = "开展经济普查"
        ```
    """
    name = case.record.path.rpartition("/")[2]
    if name != f"{case.duty.id}.toml":
        message = f"文件名是 {one_line(name)}，编号是 {case.duty.id}；请把文件改名为 {case.duty.id}.toml。"
        yield case.hit(("id",), message, name, case.duty.id)


@rule("ID004", Severity.ERROR, "编号前缀不是本乡镇的", Scope.DUTY, in_draft=True)
def foreign_prefix(case: DutyCase) -> Iterator[Hit]:
    """编号的前缀与乡镇信息中的前缀不同。

    多半是从别的乡镇复制来的文件；前缀不改，两个乡镇会争用同一个编号。

    Bad:
        ```toml duties/示例镇/经济发展/other-0002.toml
        name = "开展经济普查"
        ```
    Good:
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "开展经济普查"
        ```
    """
    township = case.folder.township
    prefix = case.duty.id.rpartition("-")[0]
    if township and prefix != township.value.prefix:
        own = township.value.prefix
        message = f"编号前缀是 {prefix}，{case.folder.name}的前缀是 {own}；请改用本乡镇的编号。"
        yield case.hit(("id",), message, prefix, own)


@rule("ID008", Severity.ERROR, "两个乡镇用同一前缀", Scope.LIBRARY, in_draft=True)
def shared_prefix(library: Library) -> Iterator[Hit]:
    """两个乡镇的编号前缀相同。

    两边都会给出同一个编号，合到一起就分不清是谁的事项。

    Bad:
        ```toml duties/示例镇/township.toml
        prefix = "ex"
        ```
        ```toml duties/另一镇/township.toml
        name = "另一镇"
        code = "123456788"
        prefix = "ex"
        county = "示例市"
        province = "示例省"
        title = "示例市另一镇履职事项清单"

        [declared]
        duties = 0
        basic = { duties = 0 }
        supporting = { duties = 0 }
        reclaimed = { duties = 0 }
        ```
    Good:
        ```toml duties/示例镇/township.toml
        prefix = "ex"
        ```
    """
    first: dict[str, str] = {}
    # The township with more duties keeps what it has.
    for folder in sorted(library.townships, key=lambda folder: -len(folder.duties)):
        if not folder.township:
            continue
        prefix = folder.township.value.prefix
        if prefix in first:
            message = f"前缀 {prefix} 已经由{first[prefix]}使用；请为{folder.name}换一个前缀。"
            yield Hit(Spot(folder.path, ("prefix",)), message, (prefix, first[prefix]))
        first.setdefault(prefix, folder.name)


@rule("ID009", Severity.ERROR, "位次相同", Scope.TOWNSHIP)
def equal_positions(case: TownshipCase) -> Iterator[Hit]:
    """同一清单、同一类别里，两项事项的位次相同。

    打印时谁先谁后就没有了依据；两个分支各自插入新事项时最容易发生。

    Bad:
        ```toml
        position = 10
        ```
        ```toml duties/示例镇/党的建设/ex-0002.toml
        position = 10
        name = "加强基层党组织建设"
        ```
    Good:
        ```toml
        position = 10
        ```
        ```toml duties/示例镇/党的建设/ex-0002.toml
        position = 20
        name = "加强基层党组织建设"
        ```
    """
    first: dict[tuple[str, str, int], str] = {}
    for record in sorted(case.folder.duties, key=lambda record: record.value.id):
        duty = record.value
        key = (duty.kind, category_of(record.path), duty.position)
        if key in first:
            command = f"dutylist move {duty.id} --after {first[key]}"
            message = f"位次 {duty.position} 与 {first[key]} 相同；请用 {command} 排出先后。"
            yield case.hit(("position",), message, str(duty.position), first[key], path=record.path)
        first.setdefault(key, duty.id)


@rule("ID014", Severity.ERROR, "乡镇文件夹与名称不同", Scope.TOWNSHIP)
def folder_name_differs(case: TownshipCase) -> Iterator[Hit]:
    """乡镇文件夹的名字不是乡镇的名称。

    报告和命令都用文件夹的名字称呼乡镇；两个名字会使人找错地方。

    Bad:
        ```toml duties/示例镇/township.toml
        name = "另一镇"
        ```
    Good:
        ```toml duties/示例镇/township.toml
        name = "示例镇"
        ```
    """
    if case.township and case.township.name != case.folder.name:
        message = f"文件夹叫 {one_line(case.folder.name)}，名称是 {one_line(case.township.name)}；请改成一致。"
        yield case.hit(("name",), message, case.folder.name, case.township.name)


RULES: tuple[Rule, ...] = (
    not_canonical,
    duplicate_id,
    file_name_differs,
    foreign_prefix,
    shared_prefix,
    equal_positions,
    folder_name_differs,
)
