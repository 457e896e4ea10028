"""A comparison with every kind of change, as plain values, for the tests of the change reports."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from dutylist.model.change import (
    AccountRow,
    Burden,
    Change,
    ChangeKind,
    ClauseFate,
    Comparison,
    Pair,
    Pieces,
    Renumbered,
    SideName,
    Site,
    Standing,
    Succession,
    Weight,
    fingerprint_of,
)
from dutylist.model.duty import Kind
from dutylist.model.finding import Place, Spot
from dutylist.model.township import EventKind
from dutylist.report.changes import ChangeReport, Places, Selection, changes_view
from dutylist.report.views import Terminal

HERE, THERE = "示例镇", "邻近乡"
PATH = f"duties/{HERE}/水利/ex-0002.toml"
WATER, POLICE = "示例市水利局", "示例市公安局"
LONG = "".join(f"第{number}步按照规定的时间和格式汇总上报；" for number in range(1, 300))[:5000]
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
ATTACKS = (
    SCRIPT,
    "a | b `c` **d** [e](https://example.org) @name #1 <!-- \\| ~~g~~ $h$ -->",
    "\n::error file=a::x%0A::add-mask::y\r\n##[group]z",
    '=cmd("calc")!A1',
    "转\u202e倒\u2066隔\u200b零\ufeff标\u2028行\x1b[31m红\x00空\udcb4\uffff",
    "[-不是删去-]{+不是增加+}&amp;</del></td>",
    "https://example.org/" + "long" * 60,
)
REVISED: Pieces = (
    ("=", "督促本辖区农业用水指标落实情况，并按照规定的时间和格式，每年"),
    ("-", "不少于 2 次"),
    ("+", "不少于 4 次"),
    ("=", "向市水利局报送，同时做好归档和保密工作，遇有重大情况随时报告，不得迟报、漏报、瞒报；"),
)
_K, _W = ChangeKind, Weight
_HEAVIER: dict[str, Any] = {"burden": Burden.HEAVIER, "rule": "BU003"}
_LIGHTER: dict[str, Any] = {"burden": Burden.LIGHTER, "rule": "BU001"}


def change(kind: ChangeKind, duty: str | None = "ex-0002", **facts: Any) -> Change:
    """A change of a supporting duty, with some facts of its own; `diff` says both texts."""
    path = f"duties/{facts.get('township', HERE)}/水利/{duty}.toml"
    diff: Pieces = facts.get("diff", ())
    made = Change(
        kind=kind,
        weight=kind.facts.weight,
        township=HERE,
        duty=duty,
        field="township_responsibilities[0].clauses[1]",
        before="".join(text for operation, text in diff if operation != "+") or None,
        after="".join(text for operation, text in diff if operation != "-") or None,
        sites=(Site(duty, Spot(path, (kind.value, 0)), Spot(path, (kind.value, 1))),),
        fingerprint="",
        name="农业用水管理" if duty else None,
        list_kind=Kind.SUPPORTING if duty else None,
        category="水利" if duty else None,
        number_before=1 if duty else None,
        number_after=2 if duty else None,
        departments=(WATER,) if duty else (),
    )
    made = replace(made, **facts)
    return replace(made, fingerprint=fingerprint_of(kind, duty, (made.before, made.after)))


def around() -> Iterator[Change]:
    """What is no duty's: vocabulary, a department in several duties, preface, totals, township."""
    words = Spot("schema/vocabulary/departments.toml", ("departments", 0, "short"))
    nothing: dict[str, Any] = {"duty": None, "field": None}
    sites = tuple(
        Site(duty, Spot(path, ("superior_departments", 0)), Spot(path, ("superior_departments", 0)))
        for duty, path in (
            ("ex-0002", f"duties/{HERE}/水利/ex-0002.toml"),
            ("ex-0003", f"duties/{HERE}/水利/ex-0003.toml"),
            ("lj-0001", f"duties/{THERE}/水利/lj-0001.toml"),
        )
    )
    yield change(
        _K.VOCABULARY_REVISED,
        **nothing,
        township=None,
        sites=(Site(None, words, words),),
        diff=(("=", WATER), ("+", "、水利局")),
    )
    respelt = (("=", "示例市水"), ("-", "力"), ("+", "利"), ("=", "局"))
    yield change(_K.DEPARTMENT_RESPELT, **nothing, township=None, sites=sites, diff=respelt, departments=(WATER,))
    preface = Spot(f"duties/{HERE}/township.toml", ("preface", 0, "paragraphs", 1))
    for kind, field, diff in (
        (_K.PREFACE_REVISED, "preface[0].paragraphs[1]", (("=", "共 "), ("-", "3"), ("+", "4"), ("=", " 项"))),
        (_K.DECLARED_REVISED, "declared.supporting.duties", (("-", "3"), ("+", "4"))),
        (_K.TOWNSHIP_REVISED, "events[0].reason", (("+", "职能调整"),)),
    ):
        yield change(kind, None, field=field, diff=diff, sites=(Site(None, preface, preface),))


def basic() -> Iterator[Change]:
    """Duties that the township bears itself."""
    own: dict[str, Any] = {"list_kind": Kind.BASIC, "category": "党的建设", "departments": (), "name": "做好统计工作"}
    renamed = (("=", "做好统计"), ("+", "和普查"), ("=", "工作"))
    yield change(
        _K.RENAMED, "ex-0001", **own, field="name", diff=renamed, cause="law: 统计法第六条", author="编辑", **_HEAVIER
    )
    yield change(_K.BASIS_ADDED, "ex-0001", **own, field="basis[0]", diff=(("+", "《中华人民共和国统计法》第六条"),))
    yield change(_K.BASIS_REMOVED, "ex-0001", **own, field="basis[1]", diff=(("-", "《某条例》第三条"),))
    article = (("=", "《某办法》第"), ("-", "三"), ("+", "四"), ("=", "条"))
    yield change(_K.BASIS_REVISED, "ex-0001", **own, field="basis[2].article", diff=article)
    yield change(_K.REORDERED, "ex-0005", **(own | {"name": "做好档案工作"}), field="position", before="ex-0001")
    gone = Site("ex-0010", Spot(f"duties/{HERE}/党的建设/ex-0010.toml"), None)
    facts = own | {"name": "订阅报刊", "number_after": None, "field": None, "sites": (gone,)}
    yield change(_K.RETIRED, "ex-0010", **facts, before="订阅报刊", cause="reform", **_LIGHTER)
    came = Site("ex-0012", None, Spot(f"duties/{HERE}/党的建设/ex-0012.toml"))
    facts = own | {"name": "开展走访", "number_before": None, "number_after": 4, "field": None, "sites": (came,)}
    yield change(_K.ADDED, "ex-0012", **facts, after="开展走访\n每月一次", burden=Burden.HEAVIER, rule="BU001")
    moved = own | {"name": "安全生产巡查", "number_before": 2, "number_after": 5, "field": "kind"}
    yield change(
        _K.RECLASSIFIED,
        "ex-0004",
        **moved,
        before="配合履职事项",
        after="基本履职事项",
        burden=Burden.HEAVIER,
        rule="BU002",
    )


def supporting() -> Iterator[Change]:
    """Duties that the township supports, every kind of part among them."""
    superior = "superior_responsibilities[0].clauses[0]"
    yield change(_K.CLAUSE_REVISED, diff=REVISED, cause="县水利局来函", author="编辑", **_HEAVIER)
    yield change(_K.CLAUSE_ADDED, field="township_responsibilities[0].clauses[2]", diff=(("+", LONG),), **_HEAVIER)
    yield change(_K.CLAUSE_REMOVED, field=superior, diff=(("-", "制定年度计划。"),))
    handed = Site("ex-0002", Spot(PATH, ("superior_responsibilities", 0, "clauses", 2)), Spot(PATH, ("x",)))
    yield change(_K.CLAUSE_MOVED, before="做好宣传工作。", after="做好宣传工作。", sites=(handed,))
    yield change(_K.TEXT_REVISED, field="township_responsibilities[1].text", diff=(("=", "配合"), ("+", "做好")))
    yield change(_K.SECTION_ADDED, field="township_responsibilities[1]", diff=(("+", f"{WATER}：负责监管。"),))
    yield change(
        _K.SECTION_REMOVED, field="superior_responsibilities[1]", diff=(("-", "市公安局：负责执行。"),), **_LIGHTER
    )
    turned = Site("ex-0002", Spot(PATH, ("superior_responsibilities", 1)), Spot(PATH, ("x",)))
    field = "superior_responsibilities[2]"
    yield change(_K.SECTION_MOVED, field=field, before="产地检疫", after="产地检疫", sites=(turned,))
    yield change(
        _K.DEPARTMENT_JOINED, field="superior_departments[1]", after=POLICE, departments=(WATER, POLICE), cause="reform"
    )
    yield change(_K.DEPARTMENT_LEFT, field="superior_departments[0]", before=POLICE, departments=(WATER, POLICE))
    yield change(
        _K.DEPARTMENT_REORDERED, field="superior_departments", before=f"{WATER}、{POLICE}", after=f"{POLICE}、{WATER}"
    )
    yield change(_K.RECATEGORISED, field=None, before="经济发展", after="水利")
    yield change(_K.ANNOTATION_REVISED, field="note", diff=(("-", "待核"), ("+", "已核")))
    yield change(_K.LAYOUT, field="name", before="农业用水(格式)", after="农业用水（格式）")
    merged = {"name": "灌溉用水", "number_before": 3, "number_after": None, "field": None}
    yield change(_K.MERGED, "ex-0003", **merged, before="灌溉用水\n1. 登记用水户。", after="ex-0002")
    split = {"name": "节约用水宣传", "number_before": None, "number_after": 3, "field": None}
    yield change(_K.SPLIT, "ex-0011", **split, before="ex-0002", after="节约用水宣传\n1. 开展节水宣传。", **_HEAVIER)


def hostile() -> Iterator[Change]:
    """Changes in which every text that a user can write is an attack."""
    for number, attack in enumerate(ATTACKS, 1):
        yield change(
            _K.CLAUSE_REVISED,
            f"lj-{number:04d}",
            township=THERE,
            name=attack,
            category=attack,
            list_kind=Kind.RECLAIMED,
            field=f"takeover[0].{attack}",
            diff=(("=", attack), ("-", attack), ("+", attack), ("=", attack)),
            departments=(attack,),
            cause=attack,
            author=attack,
            rule=attack,
            burden=Burden.HEAVIER,
        )


def account_row(kind: Kind, category: str | None, *numbers: int, township: str = HERE) -> AccountRow:
    """A row; the numbers are those of `AccountRow`, in order."""
    return AccountRow(township, kind, category, *numbers)


def comparison() -> Comparison:
    """Every kind of change in two townships, with an account that closes."""
    clauses = (
        ClauseFate(
            "ex-0003", "township_responsibilities[0].clauses[0]", "做好宣传工作。", _standing("做好宣传工作。", 1.0)
        ),
        ClauseFate(
            "ex-0003", "township_responsibilities[0].clauses[1]", "登记用水户。", _standing("登记用水大户。", 0.923)
        ),
        ClauseFate("ex-0003", "superior_responsibilities[0].text", SCRIPT, None),
    )
    return Comparison(
        changes=(*around(), *basic(), *supporting(), *hostile()),
        account=(
            account_row(Kind.BASIC, None, 3, 1, 0, 1, 1, 0, 0, 4),
            account_row(Kind.BASIC, "党的建设", 2, 1, 0, 1, 1, 0, 0, 3),
            account_row(Kind.BASIC, "经济发展", 1, 0, 0, 0, 0, 0, 0, 1),
            account_row(Kind.SUPPORTING, None, 3, 0, 1, 0, 0, 1, 1, 2),
            account_row(Kind.SUPPORTING, "水利", 2, 0, 1, 1, 0, 1, 1, 2),
            account_row(Kind.SUPPORTING, "经济发展", 1, 0, 0, 0, 0, 0, 1, 0),
            account_row(Kind.RECLAIMED, None, 7, 0, 0, 0, 0, 0, 0, 7, township=THERE),
        ),
        renumbering=(
            Renumbered(HERE, Kind.BASIC, None, 4, "ex-0012"),
            Renumbered(HERE, Kind.BASIC, 3, None, "ex-0010"),
            Renumbered(HERE, Kind.SUPPORTING, 1, 2, "ex-0002"),
            Renumbered(THERE, Kind.RECLAIMED, 1, 2, "lj-0001"),
        ),
        successions=(
            Succession(EventKind.MERGE, HERE, ("ex-0003",), ("ex-0002",), "职责相近", "2025/2-down", clauses),
            Succession(EventKind.SPLIT, HERE, ("ex-0002",), ("ex-0002", "ex-0011"), None, None, (), 0.87),
        ),
        pairs=(
            Pair(HERE, "ex-0001", "doc-0001", 1.0, True),
            Pair(HERE, "ex-0002", "doc-0002", 0.999, True),
            Pair(HERE, "ex-0005", "doc-0009", 0.58, False),
        ),
    )


def view(
    made: Comparison | None = None,
    *,
    selection: Selection | None = None,
    width: int = 80,
    colour: bool = False,
) -> ChangeReport:
    """The view of a comparison, by default the whole one."""
    return changes_view(
        comparison() if made is None else made,
        before=SideName("2025/1-up", "3f2a90c1d4e5b6a7980123456789abcdef012345"),
        after=SideName("当前文件"),
        places=Places({}, {Spot(f"duties/{HERE}/水利/ex-0002.toml", ("clause-revised", 1)): Place(12, 3, 12, 20)}),
        selection=selection or Selection(),
        terminal=Terminal(width, colour),
        rules=RULES,
        version="0.1.0",
    )


RULES = {"BU001": "新增事项", "BU002": "换到责任更重的清单", "BU003": "乡镇职责增加"}
EMPTY = Comparison((), (account_row(Kind.BASIC, None, 3, 0, 0, 0, 0, 0, 0, 3),), ())


def _standing(text: str, likeness: float) -> Standing:
    return Standing("ex-0002", "township_responsibilities[0].clauses[0]", text, likeness)


texts = st.text(st.characters() | st.sampled_from("：:[-]{+}<>&|`\n\t。，（"), max_size=40)
pieces = st.lists(st.tuples(st.sampled_from("=-+"), texts), max_size=5).map(tuple)


@st.composite
def changed(draw: st.DrawFn) -> Comparison:
    """A comparison in which everything that users write is anything."""
    some = [
        change(
            draw(st.sampled_from(ChangeKind)),
            draw(st.none() | texts),
            township=draw(st.none() | texts),
            name=draw(st.none() | texts),
            category=draw(st.none() | texts),
            list_kind=draw(st.none() | st.sampled_from(Kind)),
            field=draw(st.none() | texts),
            diff=draw(pieces),
            departments=tuple(draw(st.lists(texts, max_size=2))),
            cause=draw(st.none() | texts),
            author=draw(st.none() | texts),
            rule=draw(st.none() | texts),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return replace(comparison(), changes=tuple(some))
