"""OV: duties that say the same thing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dutylist.check.characters import plain
from dutylist.check.numbering import without_number
from dutylist.check.rule import DutyCase, Hit, Rule, Scope, TownshipCase, rule
from dutylist.model.duty import AnyDuty, Kind, sections_of
from dutylist.model.finding import FieldPath, Severity
from dutylist.model.record import Record
from dutylist.model.text import full_width_brackets, one_line, shorten

_NO_WORD = re.compile(r"[\W_]+")
_NO_NAME = re.compile(r"[^\w（）]+")

# Two names are near duplicates when at least this percentage of their pairs of neighbouring characters is common
# (Dice's coefficient), leaving aside the words that only say that something is done.
_LIKE = 80
_VERBS = re.compile("(?:依法|积极|认真|做好|抓好|开展|负责|推进|加强|落实|配合|协助|组织|实施|完成)*+")
_TAILS = ("工作", "相关", "有关", "等")


@rule("OV001", Severity.WARNING, "同一清单内名称重复", Scope.TOWNSHIP)
def same_name(case: TownshipCase) -> Iterator[Hit]:
    """同一乡镇的同一张清单里，两个事项名称相同。

    同一件事数了两遍，总数就不真；以后改了一处，另一处还是旧的。

    Bad:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "做好统计工作"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "做好统计工作。"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "做好统计工作"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "做好人口普查"
        ```
    """
    for some in _by_name(case).values():
        for first, *others in _by_kind(some):
            for record in others:
                message = f"与同一清单的 {first.value.id} 名称相同；请合并，或改名以示区别。"
                yield _pair_hit(case, record, first, message)


@rule("OV002", Severity.WARNING, "名称相近", Scope.TOWNSHIP)
def like_names(case: TownshipCase) -> Iterator[Hit]:
    """同一乡镇里，两个事项名称只差几个字。

    多半是同一件事由两个部门各报了一遍；不合并，乡镇就要做两遍、报两遍。

    Bad:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "做好农村人居环境整治提升工作"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "推进农村人居环境整治提升"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "加强基层工会组织建设，维护职工合法权益"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        name = "加强基层妇联组织建设，维护妇女儿童合法权益"
        ```
    """
    named = [(some[0], _pairs(_core(key))) for key, some in _by_name(case).items()]
    for one, other in like([pairs for _, pairs in named]):
        first, second = named[one][0], named[other][0]
        name = one_line(shorten(first.value.name, 30))
        yield _pair_hit(case, second, first, f"与 {first.value.id}“{name}”名称相近；如是一件事，请合并。")


@rule("OV003", Severity.WARNING, "同一条款写给两个部门", Scope.DUTY)
def same_clause_for_two_departments(case: DutyCase) -> Iterator[Hit]:
    """同一事项中，同一条款一字不差地写给了两个部门。

    两家都写就是两家都可以不管；应当明确谁牵头，或者注明“会同”。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]

        [[superior_responsibilities]]
        department = "市公安局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局", "示例市公安局"]

        [[superior_responsibilities]]
        department = "市水利局"
        clauses = ["督促企业对存在的安全隐患进行整改。"]

        [[superior_responsibilities]]
        department = "市公安局"
        clauses = ["依法查处违法行为。"]
        ```
    """
    for (_, clause), places in _by_clause(case.duty).items():
        held: dict[str, tuple[FieldPath, str]] = {}
        for field, department in places:
            name = _NO_NAME.sub("", full_width_brackets(plain(department)))
            held.setdefault(case.library.vocabulary.canonical(name), (field, department))
        if clause and len(held) > 1:
            departments = [department for _, department in held.values()]
            shown = "、".join(one_line(shorten(department, 30)) for department in departments)
            message = f"这一条同时写给 {shown}；请写明谁牵头、谁配合。"
            yield case.hit(list(held.values())[1][0], message, clause, *departments)


def _by_clause(duty: AnyDuty) -> dict[tuple[str, str], list[tuple[FieldPath, str]]]:
    """For each field and clause the places where it stands, each with the department that it is given to."""
    places: defaultdict[tuple[str, str], list[tuple[FieldPath, str]]] = defaultdict(list)
    department: str | None = None
    for field, index, section in sections_of(duty):
        department = section.department or (department if index else None)
        if department:
            for number, clause in enumerate(section.clauses):
                key = field, _key(without_number(plain(clause)))
                places[key].append(((field, index, "clauses", number), department))
    return places


@rule("OV004", Severity.WARNING, "一个事项列入两张清单", Scope.TOWNSHIP)
def in_two_lists(case: TownshipCase) -> Iterator[Hit]:
    """同一个事项名称出现在两张清单里。

    既由乡镇负全责，又只是配合，或者已经收回：谁来做，说不清了。

    Bad:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "做好统计工作"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        kind = "supporting"
        name = "做好统计工作"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "做好统计工作"
        ```
        ```toml duties/示例镇/经济发展/ex-0002.toml
        kind = "supporting"
        name = "开展人口普查"
        ```
    """
    for some in _by_name(case).values():
        first, *others = [records[0] for records in _by_kind(some)]
        for record in others:
            message = f"{first.value.id} 已将同名事项列入{first.value.kind.label}清单；请只保留一处，或改名以示区别。"
            yield _pair_hit(case, record, first, message)


@lru_cache(maxsize=1)
def _by_name(case: TownshipCase) -> dict[str, list[Record[AnyDuty]]]:
    """The duties by name, apart from punctuation and white space, in order of their ids."""
    groups: defaultdict[str, list[Record[AnyDuty]]] = defaultdict(list)
    for record in sorted(case.folder.duties, key=lambda record: record.value.id):
        groups[_key(record.value.name)].append(record)
    groups.pop("", None)
    return dict(groups)


def _by_kind(some: list[Record[AnyDuty]]) -> list[list[Record[AnyDuty]]]:
    """The duties list by list, in printed order."""
    lists = ([record for record in some if record.value.kind is kind] for kind in Kind)
    return [records for records in lists if records]


def _pair_hit(case: TownshipCase, record: Record[AnyDuty], first: Record[AnyDuty], message: str) -> Hit:
    return case.hit(("name",), message, first.value.id, path=record.path)


def _key(text: str) -> str:
    return _NO_WORD.sub("", plain(text))


def _core(key: str) -> str:
    """What a name is about: without the verbs that it begins with and the 工作 that it ends in."""
    verbs = _VERBS.match(key)
    core = key[verbs.end() :] if verbs else key
    for tail in _TAILS:
        core = core.removesuffix(tail)
    return core


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def like(sets: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The places of every two sets that are alike, the earlier first.

    Two sets that have so much in common must meet in one of their rarest elements, so only few are compared.
    """
    frequency = Counter(element for some in sets for element in some)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(sets):
        common = -(-len(some) * _LIKE // (200 - _LIKE))
        rare = sorted(some, key=lambda element: (frequency[element], element))[: len(some) - common + 1]
        for other in sorted({other for element in rare for other in holders[element]}):
            if 200 * len(some & sets[other]) >= _LIKE * (len(some) + len(sets[other])):
                yield other, place
        for element in rare:
            holders[element].append(place)


RULES: tuple[Rule, ...] = (same_name, like_names, same_clause_for_two_departments, in_two_lists)
