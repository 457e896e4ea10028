"""RF: words that must be known: categories, departments, and which department does what."""

import re
from collections import defaultdict
from collections.abc import Iterator

from dutylist.check.rule import DutyCase, Hit, Rule, Scope, TownshipCase, rule
from dutylist.model.duty import department_field, departments_of, sections_of
from dutylist.model.finding import FieldPath, Severity, Spot
from dutylist.model.library import Library, category_of
from dutylist.model.text import full_width_brackets, one_line
from dutylist.model.vocabulary import Match, Spelling

# The fields whose sections say what the departments do; the township's own responsibilities mention them in passing.
_THEIRS = ("superior_responsibilities", "takeover")


@rule("RF001", Severity.ERROR, "类别不在词表中", Scope.TOWNSHIP, in_draft=True)
def unknown_category(case: TownshipCase) -> Iterator[Hit]:
    """事项放在一个词表里没有的类别文件夹中。

    类别名差一个字就成了另一个类别，排序、总数和查找都会错。

    Bad:
        ```toml duties/示例镇/党建/ex-0002.toml
        name = "加强基层党组织建设"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0002.toml
        position = 20
        name = "加强基层党组织建设"
        ```
    """
    known = case.library.category_order
    if case.library.categories is None:
        return
    folders = defaultdict(list)
    for record in case.folder.duties:
        folders[category_of(record.path)].append(record.path)
    for category, paths in folders.items():
        if category not in known:
            message = f"类别 {one_line(category)} 不在词表中（{len(paths)} 项事项）；{_nearest(category, list(known))}"
            yield case.hit((), message, category, path=paths[0])


def _nearest(word: str, known: list[str]) -> str:
    """What to do about an unknown word: the nearest known one, or an entry in the vocabulary."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, 0.5)
    return f"是不是 {one_line(near[0])}？" if near else "请改正，或加入 schema/vocabulary。"


@rule("RF002", Severity.ERROR, "部门不在词表中", Scope.DUTY, in_draft=True)
def unknown_department(case: DutyCase) -> Iterator[Hit]:
    """部门一栏或职责分段中的部门，词表里没有。

    认不出的部门既不计入部门数，也不会出现在给该部门的摘录里。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水务局"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局"]
        ```
    """
    vocabulary = case.library.vocabulary
    if case.library.departments is None:
        return
    right = [text for text, match in vocabulary.spellings.items() if match.spelling is not Spelling.WRONG]
    for field, heading in _departments_written(case):
        for name, match in vocabulary.parts(heading):
            if match is None:
                message = f"部门 {one_line(name)} 不在词表中；{_nearest(name, right)}"
                yield case.hit(field, message, name)


def _departments_written(case: DutyCase) -> Iterator[tuple[FieldPath, str]]:
    """Every department that a duty writes, in its list and in its sections, with the field."""
    yield from _listed(case)
    for field, index, section in sections_of(case.duty):
        if section.department is not None:
            yield (field, index, "department"), section.department


def _listed(case: DutyCase) -> Iterator[tuple[FieldPath, str]]:
    field = department_field(case.duty)
    for index, name in enumerate(departments_of(case.duty)):
        if field is not None:
            yield (field, index), name


@rule("RF003", Severity.WARNING, "部门名称不规范", Scope.DUTY)
def department_respelt(case: DutyCase) -> Iterator[Hit]:
    """部门一栏没有用全称，或者部门的名称写错了。

    同一部门有几种写法，公布的部门数就会多出来；职责分段中可以用词表里的简称。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["市水利局"]
        ```
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水力局"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局"]

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    """
    vocabulary = case.library.vocabulary
    for field, name in _listed(case):
        match = vocabulary.match(name)
        if match and (match.spelling is not Spelling.FULL or name != full_width_brackets(name)):
            yield _respelt(case, field, name, match)
    for part, index, section in sections_of(case.duty):
        match = vocabulary.match(section.department) if section.department is not None else None
        if match and match.spelling is Spelling.WRONG and section.department is not None:
            yield _respelt(case, (part, index, "department"), section.department, match)


def _respelt(case: DutyCase, field: FieldPath, name: str, match: Match) -> Hit:
    standard = f"{match.name}（{match.unit}）" if match.unit else match.name
    what = {Spelling.WRONG: "写法有误", Spelling.FULL: "用了半角括号"}.get(match.spelling, "不是全称")
    return case.hit(field, f"部门 {one_line(name)} {what}，应为 {one_line(standard)}。", name, put=standard, safe=True)


@rule("RF004", Severity.WARNING, "列出的部门没有职责", Scope.DUTY)
def department_without_part(case: DutyCase) -> Iterator[Hit]:
    """部门一栏列出的部门，在职责分段里没有分到职责。

    列了名却没有事做，出了问题找不到人；只在职责分了部门时才报告。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"

        [[superior_responsibilities]]
        department = "市公安局"
        text = "负责维护秩序。"
        ```
    """
    if case.library.departments is None:
        return
    parts = {match.name for _, _, match in _parts(case)}
    named = any(section.department is not None for field, _, section in sections_of(case.duty) if field in _THEIRS)
    canonical = case.library.vocabulary.canonical
    for field, name in _listed(case) if named else ():
        if canonical(name) not in parts:
            message = f"部门 {one_line(name)} 列在部门一栏，却没有分到职责；请补写它的职责，或从部门一栏删去。"
            yield case.hit(field, message, name)


def _parts(case: DutyCase) -> Iterator[tuple[FieldPath, str, Match]]:
    """Every heading among the departments' sections that is a department, inner units among the topics too."""
    for field, index, section in sections_of(case.duty):
        if field not in _THEIRS:
            continue
        for key, heading in (("department", section.department), ("topic", section.topic)):
            for name, match in case.library.vocabulary.parts(heading) if heading is not None else ():
                if match and (key == "department" or match.unit):
                    yield (field, index, key), name, match


@rule("RF005", Severity.WARNING, "有职责的部门没有列出", Scope.DUTY)
def part_for_unlisted_department(case: DutyCase) -> Iterator[Hit]:
    """职责分段写了一个部门的职责，部门一栏却没有列出它。

    按部门查找、摘录、征求意见都以部门一栏为准，没有列出的部门会被漏掉。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局"]

        [[superior_responsibilities]]
        department = "市公安局"
        text = "负责维护秩序。"
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局"]

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    """
    canonical = case.library.vocabulary.canonical
    listed = {canonical(name) for name in departments_of(case.duty)}
    for field, heading, match in _parts(case):
        if match.name not in listed:
            full = "" if match.name == heading else f"（{match.name}）"
            message = f"部门 {one_line(heading)}{full} 有职责，却没有列在部门一栏；请补列，或改正名称。"
            yield case.hit(field, message, heading)


@rule("RF006", Severity.WARNING, "小标题像是部门", Scope.DUTY)
def topic_is_department(case: DutyCase) -> Iterator[Hit]:
    """小标题其实是一个部门的名称。

    写在 topic 里的部门不会被当作部门核对，它的职责会算到上一个部门头上。

    Bad:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        topic = "市水利局"
        text = "负责制定工作方案。"
        ```
    Good:
        ```toml
        kind = "supporting"

        [[superior_responsibilities]]
        department = "市水利局"
        text = "负责制定工作方案。"
        ```
    """
    for field, index, section in sections_of(case.duty):
        if section.topic is None:
            continue
        match = case.library.vocabulary.match(section.topic)
        if (match and not match.unit) or (match is None and _LOOKS_LIKE_DEPARTMENT.match(section.topic)):
            message = f"小标题 {one_line(section.topic)} 像是部门；是部门请写在 department，不在词表中的请先加入词表。"
            yield case.hit((field, index, "topic"), message, section.topic)


_LOOKS_LIKE_DEPARTMENT = re.compile(
    r"^(?!.*(?:工作|管理|监管|建设|防治)$)(?:\w{0,6}[市县区州])?\w{2,14}(?:局|委员会|办公室|委|联合会|分局|公司)$"
)


@rule("RF007", Severity.WARNING, "市县称谓不符", Scope.TOWNSHIP)
def county_called_city(case: TownshipCase) -> Iterator[Hit]:
    """所属的是市，文字里却写成县；或者相反。

    多半是套用别处的清单时没有改干净，公开后一眼就能看出来。

    Bad:
        ```toml
        name = "收集资料报送县水利局"
        ```
    Good:
        ```toml
        name = "收集资料报送市水利局"
        ```
    """
    pattern = _other_level(case) if case.township else None
    if pattern is None or case.township is None:
        return
    right = case.township.county[-1]
    for text in (text for texts in case.texts for text in texts):
        # One look for the character spares the search in nearly all texts.
        for found in pattern.finditer(text.string) if _OTHER[right] in text.string else ():
            put = right + found.group()[1:]
            message = f"{found.group()} 应为 {put}：{case.folder.name}属于{case.township.county}。"
            yield text.hit(found.start(), found.end(), message, found.group(), put=put)


_OTHER = {"市": "县", "县": "市"}


def _other_level(case: TownshipCase) -> re.Pattern[str] | None:
    """What a department of the other level would be called here: 县水利局 where the county is a 市."""
    township = case.township
    if township is None or township.county[-1:] not in _OTHER:
        return None
    other = _OTHER[township.county[-1]]
    if other == "市" and (township.prefecture or "").endswith("市"):
        return None
    tails = {
        spelling[1:]
        for spelling in case.library.vocabulary.spellings
        if spelling.startswith(township.county[-1]) and len(spelling) > 2
    }
    words = "|".join(sorted(map(re.escape, tails | {"委", "政府", "人民政府", "直部门"}), key=len, reverse=True))
    # Behind another name it is a neighbour: 乌恰县水利局.
    return re.compile(rf"(?:(?<!\w)|(?<=[报送向由经给到至与和及合])){other}(?:{words})")


@rule("RF008", Severity.WARNING, "部门重复列出", Scope.DUTY)
def department_twice(case: DutyCase) -> Iterator[Hit]:
    """部门一栏把同一个部门列了两次，或者用两种写法列了两次。

    公开的表里一格写两遍同一个部门，部门数也会算错。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市水利局"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]
        ```
    """
    seen: dict[str, str] = {}
    for field, name in _listed(case):
        canonical = case.library.vocabulary.canonical(name)
        if canonical in seen:
            message = f"部门 {one_line(name)} 与前面的 {one_line(seen[canonical])} 是同一部门；请只保留一个。"
            yield case.hit(field, message, name)
        seen.setdefault(canonical, name)


@rule("RF009", Severity.ERROR, "词表中一种写法属于两个部门", Scope.LIBRARY, in_draft=True)
def ambiguous_spelling(library: Library) -> Iterator[Hit]:
    """部门词表里，同一种写法写在两个部门名下。

    照词表认部门时只能认成一个，另一个部门的事项就会算错。

    Bad:
        ```toml schema/vocabulary/departments.toml
        [[departments]]
        name = "示例市水利局"
        short = [
          "市局",
        ]

        [[departments]]
        name = "示例市公安局"
        short = [
          "市局",
        ]
        ```
    Good:
        ```toml schema/vocabulary/departments.toml
        [[departments]]
        name = "示例市水利局"
        short = [
          "市水利局",
        ]
        ```
    """
    if not library.departments:
        return
    order = {entry.name: index for index, entry in reversed(list(enumerate(library.vocabulary.departments)))}
    for _, spelling, name in library.vocabulary.claims():
        winner = library.vocabulary.canonical(spelling)
        if winner != name:
            message = (
                f"写法 {one_line(spelling)} 已经属于 {one_line(winner)}，又写在 {one_line(name)} 名下；请只保留一处。"
            )
            yield Hit(Spot(library.departments.path, ("departments", order[name])), message, (spelling, winner, name))


RULES: tuple[Rule, ...] = (
    unknown_category,
    unknown_department,
    department_respelt,
    department_without_part,
    part_for_unlisted_department,
    topic_is_department,
    county_called_city,
    department_twice,
    ambiguous_spelling,
)
