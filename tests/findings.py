"""Findings of every kind as plain values, and views of them, for the tests of the reports."""

from dutylist.model.finding import Edit, Finding, Fix, Place, Severity, Spot, fingerprint
from dutylist.report.ruledoc import RuleDoc
from dutylist.report.views import Checked, PlacedEdit, Terminal, checked

DUTY = "duties/示例镇/党的建设/ex-0001.toml"
TOWNSHIP = "duties/示例镇/township.toml"

LINES = {
    DUTY: [
        'id = "ex-0001"',
        'kind = "supporting"',
        "position = 10",
        'name = "做好统计工作"',
        "superior_departments = [",
        '  "示例市水力局",',
        "]",
        "",
        "[[township_responsibilities]]",
        "clauses = [",
        '  "督促本辖区农业用水指标落实情况,并报送市水利局，同时按照规定的时间和格式汇总上报，做好归档和保密工作；",',
        "]",
    ],
    TOWNSHIP: ['name = "示例镇"', 'code = "123456789"', "", "[declared]", "duties = 3"],
}
DOC = """部门名称不是词表中的标准名称。

    名称不一，按部门汇总就会漏掉这一项。

    Bad:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水力局"]
        ```
    Good:
        ```toml
        kind = "supporting"
        superior_departments = ["示例市水利局"]
        ```
    """
RULES = (
    RuleDoc("RF004", Severity.ERROR, "部门名称不标准", DOC, "引用"),
    RuleDoc("TO001", Severity.WARNING, "总数不符", "说明中的总数与实际不符。\n", "总数"),
    RuleDoc("TX001", Severity.ADVICE, "半角标点", "汉字之间用了半角标点。\n", "文字"),
)
RENAME = Edit(Spot(DUTY, ("superior_departments", 0), 0, 6), "示例市水利局")
COMMA = Edit(Spot(DUTY, ("township_responsibilities", 0, "clauses", 0), 15, 16), "，")
EDITS = {
    RENAME: PlacedEdit(DUTY, Place(6, 4, 6, 10), "示例市水利局"),
    COMMA: PlacedEdit(DUTY, Place(11, 19, 11, 20), "，"),
}


def finding(
    code: str = "RF004",
    message: str = "“示例市水力局”不是标准名称，标准名称是“示例市水利局”。",
    *,
    severity: Severity = Severity.ERROR,
    spot: Spot = RENAME.spot,
    place: Place = EDITS[RENAME].place,
    fix: Fix | None = None,
    waived: str | None = None,
) -> Finding:
    """A finding about the department's name, changed."""
    mark = fingerprint(code, spot.path, [message])
    return Finding(code, severity, spot, message, mark, "ex-0001" if spot.path == DUTY else None, fix, place, waived)


SAMPLES = (
    finding(fix=Fix("改为 示例市水利局", (RENAME,), safe=True)),
    finding(
        "TX001",
        "两个汉字之间用了半角的“,”。",
        severity=Severity.ADVICE,
        spot=COMMA.spot,
        place=EDITS[COMMA].place,
        fix=Fix("改为 ，", (COMMA,)),
    ),
    finding(
        "TO001",
        "declared.duties 是 3，实际有 1 项。",
        severity=Severity.WARNING,
        spot=Spot(TOWNSHIP, ("declared", "duties")),
        place=Place(5, 10, 5, 11),
    ),
    finding(
        "TO002",
        "说明中的类别数是 20，实际有 18 个。",
        severity=Severity.WARNING,
        spot=Spot(TOWNSHIP, None),
        place=Place(1, 1, 2, 5),
        waived="公开发布的原文如此，待下一次动态调整更正。",
    ),
)

# What user text may try: to end a command, a tag, a cell, a span, a line; to hide, to turn round, to be long.
ATTACKS = (
    "\n::error file=a::x%0A::add-mask::y\r\n##[group]z",
    '</failure><script>alert("1")</script>&amp;]]>',
    "a | b `c` **d** [e](https://example.org) @f #1 <!-- \\| ~~g~~ $h$",
    "空\x00铃\x07退\x1b[31m红\x7f转\u202e倒\u2066隔\u200b零\ufeff标\u2028行\x85末",
    "😀👨‍👩‍👧e\u0301 \ud83d \uffff \udcb4",
    "很长" * 300,
)


def hostile() -> list[Finding]:
    """Findings in which every text that a user can write is an attack."""
    return [
        finding(
            "RF004",
            attack,
            spot=Spot(f"duties/示例镇/{attack[:60]}/ex-{number:04d}.toml", ("name",)),
            place=Place(1, 9, 1, 9 + len(attack)),
            fix=Fix(f"改为 {attack}", (RENAME,), safe=number % 2 == 0),
            waived=attack if number % 3 == 2 else None,
        )
        for number, attack in enumerate(ATTACKS)
    ]


def hostile_view() -> Checked:
    """The view of `hostile`; the first line of each file is its attack."""
    found = hostile()
    lines = {one.spot.path: [f'name = "{one.message}"'.replace("\n", "")] for one in found}
    edits = {RENAME: PlacedEdit("duties/转\u202e\udcb4.toml", Place(1, 9, 1, 10), "<&\u202e\x00")}
    return view(*found, lines=lines, edits=edits, show_waived=True)


def view(
    *findings: Finding,
    show_waived: bool = False,
    fail_on: Severity | None = Severity.ERROR,
    lines: dict[str, list[str]] | None = None,
    edits: dict[Edit, PlacedEdit] | None = None,
    width: int = 80,
    colour: bool = False,
    root: str = "",
) -> Checked:
    """A view of these findings in a library of 262 duties."""
    return checked(
        findings,
        duties=262,
        files=265,
        profile="consultation",
        fail_on=fail_on,
        show_waived=show_waived,
        rules=RULES,
        lines=LINES if lines is None else lines,
        edits=EDITS if edits is None else edits,
        terminal=Terminal(width, colour),
        root=root,
        version="0.1.0",
    )
