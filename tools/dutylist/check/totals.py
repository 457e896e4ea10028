"""TO: double entry. What the preface says and declares, against what the duties add up to."""

from collections.abc import Iterator

from dutylist.check.rule import Hit, Rule, Scope, TownshipCase, rule
from dutylist.model.duty import Kind
from dutylist.model.finding import Severity, Spot
from dutylist.model.preface import enumerations, figures
from dutylist.model.text import one_line
from dutylist.model.township import Township

WHAT = {"duties": ("事项", "项"), "categories": ("类别", "个"), "departments": ("部门（单位）", "个")}


@rule("TO001", Severity.ERROR, "所报事项数与实际不符", Scope.TOWNSHIP)
def duties_per_kind(case: TownshipCase) -> Iterator[Hit]:
    """township.toml 所报的某张清单的事项数，与实际的事项数不同。

    总数是公开承诺的一部分；增减了事项而没有改总数，说明就不真实了。

    Bad:
        ```toml duties/示例镇/township.toml
        declared = { duties = 3, basic = { duties = 3 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }
        ```
    Good:
        ```toml duties/示例镇/township.toml
        declared = { duties = 1, basic = { duties = 1 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }
        ```
    """
    yield from _compare(case, "duties")


@rule("TO002", Severity.ERROR, "所报总数不等于三张清单之和", Scope.TOWNSHIP)
def overall_is_sum(case: TownshipCase) -> Iterator[Hit]:
    """township.toml 所报的总数，不等于它所报的三张清单之和。

    两个数对不上，读者不知道该信哪一个。

    Bad:
        ```toml duties/示例镇/township.toml
        declared = { duties = 2, basic = { duties = 1 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }
        ```
    Good:
        ```toml duties/示例镇/township.toml
        declared = { duties = 1, basic = { duties = 1 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }
        ```
    """
    if not case.township:
        return
    declared = case.township.declared
    parts = [declared.of(kind).duties for kind in Kind]
    if declared.duties != sum(parts):
        added = " + ".join(map(str, parts))
        message = f"所报总数是 {declared.duties} 项，三张清单所报之和是 {added} = {sum(parts)} 项；请核对改正。"
        yield case.hit(("declared", "duties"), message, str(declared.duties - sum(parts)))


@rule("TO003", Severity.ERROR, "所报类别数与实际不符", Scope.TOWNSHIP)
def categories_per_kind(case: TownshipCase) -> Iterator[Hit]:
    """township.toml 所报的某张清单的类别数，与实际涉及的类别数不同。

    类别数写在公开的说明里；错了，读者会以为漏了类别。

    Bad:
        ```toml duties/示例镇/township.toml
        [declared]
        duties = 1
        basic = { duties = 1, categories = 2 }
        supporting = { duties = 0 }
        reclaimed = { duties = 0 }
        ```
    Good:
        ```toml duties/示例镇/township.toml
        [declared]
        duties = 1
        basic = { duties = 1, categories = 1 }
        supporting = { duties = 0 }
        reclaimed = { duties = 0 }
        ```
    """
    yield from _compare(case, "categories")


@rule("TO004", Severity.ERROR, "所报部门数与实际不符", Scope.TOWNSHIP)
def departments_per_kind(case: TownshipCase) -> Iterator[Hit]:
    """township.toml 所报的某张清单涉及的部门数，与实际不同。

    同一部门的简称、错误写法和内设机构只计一次；数目不符，多半是漏了部门，或者同一部门有几种写法。

    Bad:
        ```toml duties/示例镇/township.toml
        [declared]
        duties = 1
        basic = { duties = 1 }
        supporting = { duties = 0, departments = 2 }
        reclaimed = { duties = 0 }
        ```
    Good:
        ```toml duties/示例镇/township.toml
        [declared]
        duties = 1
        basic = { duties = 1 }
        supporting = { duties = 0, departments = 0 }
        reclaimed = { duties = 0 }
        ```
    """
    yield from _compare(case, "departments")


def _compare(case: TownshipCase, what: str) -> Iterator[Hit]:
    """What is declared of each list, against what is there; not judged while files are missing a value."""
    unknown = what == "departments" and case.library.departments is None
    if not case.township or case.folder.unread or unknown:
        return
    for kind in Kind:
        declared = getattr(case.township.declared.of(kind), what)
        found = case.counted[kind][what]
        if declared is None or declared == len(found):
            continue
        words, unit = WHAT[what]
        note = "（同一部门的不同写法只计一次）" if what == "departments" else ""
        message = f"{kind.label}所报{words}数是 {declared} {unit}，实际是 {len(found)} {unit}{note}；请核对改正。"
        # The difference, not the numbers: a waiver still fits when both have moved on together.
        yield case.hit(("declared", kind.value, what), message, kind.value, what, str(declared - len(found)))


@rule("TO005", Severity.ERROR, "说明中的数与所报的数不符", Scope.TOWNSHIP)
def figures_in_prose(case: TownshipCase) -> Iterator[Hit]:
    """说明的文字里写的数，与 township.toml 所报的数不同。

    公开的是说明的文字；只改了一处，两处就各说各的。

    Bad:
        ```toml duties/示例镇/township.toml
        [[preface]]
        heading = "一、清单内容"
        paragraphs = ["共有履职事项 9 项。"]
        ```
    Good:
        ```toml duties/示例镇/township.toml
        [[preface]]
        heading = "一、清单内容"
        paragraphs = ["共有履职事项 1 项。"]
        ```
    """
    for figure in figures(case.township.preface if case.township else ()):
        declared = _declared(case, figure.kind, figure.what)
        if declared is None or declared == figure.number:
            continue
        words, unit = WHAT[figure.what]
        of = figure.kind.label if figure.kind else "履职"
        message = f"说明写的{of}{words}数是 {figure.number} {unit}，所报是 {declared} {unit}；请核对改正。"
        spot = Spot(case.folder.path, _paragraph(figure.section, figure.paragraph), figure.start, figure.end)
        yield Hit(spot, message, (of, figure.what, str(figure.number - declared)))


def _declared(case: TownshipCase, kind: Kind | None, what: str) -> int | None:
    assert isinstance(case.township, Township)
    if kind is None:
        return case.township.declared.duties if what == "duties" else None
    declared: int | None = getattr(case.township.declared.of(kind), what)
    return declared


def _paragraph(section: int, paragraph: int) -> tuple[str | int, ...]:
    return ("preface", section, "paragraphs", paragraph)


@rule("TO006", Severity.ERROR, "说明列举的类别与实际不符", Scope.TOWNSHIP)
def categories_in_prose(case: TownshipCase) -> Iterator[Hit]:
    """说明的文字列举的类别，与清单实际涉及的类别不同。

    读者照着列举找类别，会找不到，或者不知道还有别的类别。

    Bad:
        ```toml duties/示例镇/township.toml
        [[preface]]
        heading = "一、清单内容"
        paragraphs = ["基本履职事项清单是本镇负全责的事项。主要包括党的建设、经济发展，共有基本履职事项 1 项。"]
        ```
    Good:
        ```toml duties/示例镇/township.toml
        [[preface]]
        heading = "一、清单内容"
        paragraphs = ["基本履职事项清单是本镇负全责的事项。主要包括党的建设，共有基本履职事项 1 项。"]
        ```
    """
    if not case.township or case.folder.unread:
        return
    for listed in enumerations(case.township.preface):
        actual = case.counted[listed.kind]["categories"]
        extra = [name for name in listed.categories if name not in actual]
        lacking = sorted(actual - set(listed.categories), key=lambda name: case.library.category_order.get(name, 99))
        if extra or lacking:
            parts = [
                f"{words}：{one_line('、'.join(some))}" for words, some in (("多列", extra), ("漏列", lacking)) if some
            ]
            message = f"说明列举的{listed.kind.label}类别与实际不符，{'；'.join(parts)}；请核对改正。"
            spot = Spot(case.folder.path, _paragraph(listed.section, listed.paragraph), listed.start, listed.end)
            yield Hit(spot, message, (listed.kind.value, *extra, "/", *lacking))


RULES: tuple[Rule, ...] = (
    duties_per_kind,
    overall_is_sum,
    categories_per_kind,
    departments_per_kind,
    figures_in_prose,
    categories_in_prose,
)
