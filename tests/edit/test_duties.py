"""The editing verbs: whatever is done in whatever order, the books stay true and nobody's text is lost unseen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import CATEGORY, DUTY_PATH, LEDGER_PATH, TOWNSHIP, TOWNSHIP_PATH, duty_text, files, library_of, township_text
from dutylist.check.runner import check
from dutylist.edit.duties import Edited, Why, merge, move, new, retire, split
from dutylist.edit.positions import Slot
from dutylist.errors import DutyListError, UsageError
from dutylist.model.base import Stored
from dutylist.model.canonical import fields_of, values_of
from dutylist.model.duty import AnyDuty, Kind, Section, departments_of, sections_of
from dutylist.model.library import Library, TownshipFolder, category_of, make_id, number_of
from dutylist.model.preface import enumerations, figures
from dutylist.model.record import Record
from dutylist.model.text import PLACEHOLDER
from dutylist.model.township import Event, EventKind
from dutylist.store.read import read
from dutylist.store.snapshot import Memory
from dutylist.store.write import write

CATEGORIES = ("党的建设", "经济发展", "民生服务")
DEPARTMENTS = ("示例市水利局", "示例市公安局", "市水利局")
WHY = Why("同属一个流程", "2025/2-down")
PREFACE = [
    {"heading": "一、概况", "paragraphs": ["位于县城东5公里。共有履职事项{all}项，其中基本履职事项{basic}项。"]},
    {
        "heading": "二、内容",
        "paragraphs": [
            "基本履职事项清单主要包括党的建设{basic_categories}个类别，共有基本履职事项{basic}项。",
            "配合履职事项清单主要包括党的建设、经济发展，共有配合履职事项2项，涉及2个部门（单位）。",
            "收回事项清单包括经济发展1个类别，共有上级部门收回事项1项，涉及1个部门（单位）。",
        ],
    },
]
DUTIES: list[tuple[str, dict[str, Any]]] = [
    ("党的建设", {"id": "ex-0001", "name": "做好统计工作"}),
    ("党的建设", {"id": "ex-0002", "name": "做好普查工作", "position": 20}),
    ("党的建设", {"id": "ex-0003", "name": "农村供水", "kind": "supporting"}),
    ("经济发展", {"id": "ex-0004", "name": "治安巡查", "kind": "supporting", "superior_departments": ["示例市公安局"]}),
    ("经济发展", {"id": "ex-0005", "name": "河道执法", "kind": "reclaimed"}),
]


def library(wrong_by: int = 0) -> Library:
    """Five duties in three lists; what is declared, and the prose with it, is too high by `wrong_by`."""
    basic = {"duties": 2 + wrong_by, "categories": 1 + wrong_by}
    numbers = {"all": 5 + wrong_by, "basic": 2 + wrong_by, "basic_categories": 1 + wrong_by}
    preface = [{**part, "paragraphs": [str(text).format(**numbers) for text in part["paragraphs"]]} for part in PREFACE]
    declared = {
        "duties": 5 + wrong_by,
        "basic": basic,
        "supporting": {"duties": 2, "categories": 2, "departments": 2},
        "reclaimed": {"duties": 1, "categories": 1, "departments": 1},
    }
    made = files(
        {
            DUTY_PATH: None,
            "schema/vocabulary/categories.toml": "categories = [\n"
            + "".join(f'  "{c}",\n' for c in CATEGORIES)
            + "]\n",
            TOWNSHIP_PATH: township_text(preface=preface, declared=declared),
            LEDGER_PATH: "next = 6\n",
            **{f"duties/{TOWNSHIP}/{home}/{duty['id']}.toml": duty_text(**duty) for home, duty in DUTIES},
        }
    )
    read_library, faults = library_of(made)
    assert faults == []
    return read_library


def applied(before: Library, edited: Edited) -> Library:
    """The library after an edit, as it is read from the files that the edit makes of the files before."""
    contents = dict(write(before).files)
    after = replace(before, townships=(edited.after,))
    for path, (old, _) in edited.changes().items():
        assert (old is None) == (path not in contents)
        contents.pop(path, None)
    contents |= {path: text for path, text in write(after).files.items() if path not in contents}
    assert contents == write(after).files
    again, faults = read(Memory(contents))
    assert faults == []
    return again


def township(of: Library) -> TownshipFolder:
    (folder,) = of.townships
    return folder


def record(of: Library, duty_id: str) -> Record[AnyDuty]:
    return township(of).by_id[duty_id]


def duty(of: Library, duty_id: str) -> AnyDuty:
    return record(of, duty_id).value


def events(of: Library) -> tuple[Event, ...]:
    ledger = township(of).ledger
    assert ledger
    return ledger.value.events


def order(of: Library, kind: Kind) -> list[tuple[str, str]]:
    """One list as it is printed: category and id."""
    return [(one.category, one.duty.id) for one in of.numbered(township(of), kind)]


def errors_of_declaring(of: Library) -> dict[str, int]:
    """By how much each declared figure differs from what is there."""
    folder = township(of)
    assert folder.township
    declared = folder.township.value.declared
    off = {"all": declared.duties - len(folder.duties)}
    for kind in Kind:
        some = [one for one in folder.duties if one.value.kind is kind]
        counts = {
            "duties": len(some),
            "categories": len({category_of(one.path) for one in some}),
            "departments": len({of.vocabulary.canonical(name) for one in some for name in departments_of(one.value)}),
        }
        off |= {f"{kind} {what}": value - counts[what] for what, value in values_of(declared.of(kind)).items()}
    return off


def findings(of: Library) -> set[tuple[str, str]]:
    """What is found about reading, identity and totals."""
    return {(one.code, one.message) for one in check(of) if one.code[:2] in ("RD", "ID", "TO")}


slots = st.sampled_from(["last", "first", "after", "before"])


@st.composite
def edits(draw: st.DrawFn, of: Library) -> Edited:
    """Any verb that can be applied to what is there, with any of its options."""
    folder = township(of)
    verbs = {"new": True, "move": bool(folder.duties), "retire": bool(folder.duties), "split": bool(folder.duties)}
    lists = [[one for one in folder.duties if one.value.kind is kind] for kind in Kind]
    mergeable = [some for some in lists if len(some) > 1]
    verb = draw(st.sampled_from([name for name, can in verbs.items() if can] + ["merge"] * bool(mergeable)))
    if verb == "new":
        kind, category = draw(st.sampled_from(Kind)), draw(st.sampled_from(CATEGORIES))
        shared = {"name": draw(st.sampled_from(["做好防汛工作", "开展消防检查"])), "note": None}
        place = slot(draw(slots), draw(st.integers(0, 9)), folder, kind, category)
        return new(of, folder, kind, category, shared, parts(draw, kind), place)
    if verb == "merge":
        some = draw(st.lists(st.sampled_from(draw(st.sampled_from(mergeable))), min_size=2, max_size=3, unique_by=id))
        return merge(of, folder, some, draw(st.sampled_from(some)), draw(st.none() | st.just("合并后的名称")), WHY)
    if verb == "retire":
        return retire(
            of, folder, draw(st.lists(st.sampled_from(folder.duties), min_size=1, max_size=2, unique_by=id)), WHY
        )
    one = draw(st.sampled_from(folder.duties))
    if verb == "split":
        return split(
            of, folder, one, ["甲事项", "乙事项", "丙事项"][: draw(st.integers(1, 3))], draw(st.booleans()), WHY
        )
    kind, category = draw(st.sampled_from(Kind)), draw(st.sampled_from(CATEGORIES))
    others = replace(folder, duties=tuple(other for other in folder.duties if other is not one))
    place = slot(draw(slots), draw(st.integers(0, 9)), others, kind, category)
    return move(of, folder, one, category, kind, parts(draw, kind), draw(st.none() | st.just(place)))


def parts(draw: st.DrawFn, kind: Kind) -> dict[str, tuple[Any, ...]]:
    some = tuple(draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=2, unique=True)))
    field = {
        Kind.BASIC: {},
        Kind.SUPPORTING: {"superior_departments": some},
        Kind.RECLAIMED: {"receiving_departments": some},
    }
    return dict(field[kind])


def slot(where: str, which: int, folder: TownshipFolder, kind: Kind, category: str) -> Slot:
    home = [one.value.id for one in folder.duties if (one.value.kind, category_of(one.path)) == (kind, category)]
    if where in ("last", "first") or not home:
        return Slot(first=where == "first")
    neighbour = home[which % len(home)]
    return Slot(after=neighbour) if where == "after" else Slot(before=neighbour)


@settings(max_examples=150)
@given(st.data(), st.sampled_from([0, 3]))
def test_the_books_stay_true_through_any_verbs(data: st.DataObject, wrong_by: int) -> None:
    now = library(wrong_by)
    off = errors_of_declaring(now)
    codes = {code for code, _ in findings(now)}
    assert bool(codes) == bool(wrong_by)
    for _ in range(data.draw(st.integers(1, 6))):
        now = applied(now, data.draw(edits(now)))
        assert errors_of_declaring(now) == off
        assert {code for code, _ in findings(now)} <= codes
        assert_every_number_is_accounted_for(now)
        assert_the_prose_says_what_is_declared(now)


def assert_every_number_is_accounted_for(of: Library) -> None:
    folder = township(of)
    assert folder.ledger
    ledger = folder.ledger.value
    there = {number_of(one.value.id) for one in folder.duties}
    gone = {number_of(duty_id) for event in ledger.events for duty_id in event.origin}
    assert there | gone == set(range(1, ledger.next))
    into = {duty_id for event in ledger.events for duty_id in event.into}
    assert into <= {make_id("ex", number) for number in range(1, ledger.next)}
    assert ledger.next == 6 or (ledger.last or "").startswith(make_id("ex", ledger.next - 1) + " ")


def assert_the_prose_says_what_is_declared(of: Library) -> None:
    folder = township(of)
    assert folder.township
    value = folder.township.value
    for figure in figures(value.preface):
        said = value.declared.duties if figure.kind is None else getattr(value.declared.of(figure.kind), figure.what)
        assert figure.number == said
    for listed in enumerations(value.preface):
        assert set(listed.categories) == {category for category, _ in order(of, listed.kind)}
    assert "县城东5公里" in value.preface[0].paragraphs[0]


@settings(max_examples=100)
@given(st.data())
def test_no_text_vanishes_unseen(data: st.DataObject) -> None:
    """What an edit takes from the files it either removes whole, by retiring or splitting, or gives back as dropped."""
    before = library()
    edited = data.draw(edits(before))
    after = applied(before, edited)
    retired = {duty_id for event in events(after) if not event.into for duty_id in event.origin}
    kept = texts(after) | {text for one in edited.dropped for text in strings(one.value)}
    lost = {text for one in township(before).duties if one.value.id not in retired for text in strings(one.value)}
    assert lost - kept - {text for text in lost if text.startswith("ex-")} == set()


def texts(of: Library) -> set[str]:
    return {text for one in township(of).duties for text in strings(one.value)}


def strings(value: Any) -> set[str]:
    """Every word that people wrote in a value."""
    if isinstance(value, str):
        return set() if isinstance(value, Kind) else {value}
    if isinstance(value, tuple):
        return {text for part in value for text in strings(part)}
    parts = [getattr(value, name) for name in fields_of(type(value))] if isinstance(value, Stored) else []
    return {text for part in parts for text in strings(part)}


def test_new_takes_the_next_number_and_stands_last() -> None:
    edited = new(library(), township(library()), Kind.BASIC, "党的建设", {"name": "做好防汛工作"}, {}, Slot())
    after = applied(library(), edited)
    assert values_of(duty(after, "ex-0006")) == {
        "id": "ex-0006",
        "kind": "basic",
        "position": 30,
        "name": "做好防汛工作",
    }
    assert list(edited.changes()) == [f"duties/{TOWNSHIP}/党的建设/ex-0006.toml", LEDGER_PATH, TOWNSHIP_PATH]


@pytest.mark.parametrize(
    ("slot", "ids"),
    [
        (Slot(), ["ex-0001", "ex-0002", "ex-0006"]),
        (Slot(after="ex-0001"), ["ex-0001", "ex-0006", "ex-0002"]),
        (Slot(before="ex-0001"), ["ex-0006", "ex-0001", "ex-0002"]),
        (Slot(first=True), ["ex-0006", "ex-0001", "ex-0002"]),
    ],
)
def test_a_new_duty_stands_where_it_was_put(slot: Slot, ids: Sequence[str]) -> None:
    edited = new(library(), township(library()), Kind.BASIC, "党的建设", {"name": "做好防汛工作"}, {}, slot)
    after = applied(library(), edited)
    assert [duty_id for _, duty_id in order(after, Kind.BASIC)] == ids
    assert len(edited.changes()) == 3, "no other duty changes"


def test_the_category_is_respaced_only_where_there_is_no_room() -> None:
    now = library()
    touched = []
    for _ in range(5):
        edited = new(now, township(now), Kind.BASIC, "党的建设", {"name": "新"}, {}, Slot(after="ex-0001"))
        touched.append(len(edited.changes()))
        now = applied(now, edited)
    assert touched == [3, 3, 3, 7, 3]
    line = [duty_id for _, duty_id in order(now, Kind.BASIC)]
    assert line == ["ex-0001", "ex-0010", "ex-0009", "ex-0008", "ex-0007", "ex-0006", "ex-0002"]


def test_what_is_not_given_is_to_be_filled_in() -> None:
    given_parts = {"superior_departments": ("示例市水利局",), "superior_responsibilities": (Section(text="负责。"),)}
    after = applied(
        library(),
        new(library(), township(library()), Kind.SUPPORTING, "民生服务", {"name": "新"}, given_parts, Slot()),
    )
    said = [(field, section.text) for field, _, section in sections_of(duty(after, "ex-0006"))]
    assert said == [("superior_responsibilities", "负责。"), ("township_responsibilities", PLACEHOLDER)]


def test_departments_have_no_placeholder() -> None:
    with pytest.raises(UsageError, match="配合履职事项要写明部门。"):
        new(library(), township(library()), Kind.SUPPORTING, "民生服务", {"name": "新"}, {}, Slot())


RETIRED = '[[events]]\nkind = "retire"\nfrom = ["ex-0007"]\ninto = []\nreason = "不再需要"\n'


@pytest.mark.parametrize(
    ("ledger", "message"),
    [
        ("next = 1\n", "下一个编号是 1，而 ex-0001 已经用过。"),
        (f"next = 3\n\n{RETIRED}", "下一个编号是 3，而 ex-0007 已经用过。"),
        ("next = 1000000\n", "编号最多六位。"),
    ],
)
def test_a_number_that_was_used_is_not_given_again(ledger: str, message: str) -> None:
    low = library_of(files({LEDGER_PATH: ledger}))[0]
    with pytest.raises(DutyListError, match=message):
        new(low, township(low), Kind.BASIC, CATEGORY, {"name": "新"}, {}, Slot())


def test_a_file_of_that_name_is_not_overwritten() -> None:
    crossed = library_of(files({f"duties/{TOWNSHIP}/{CATEGORY}/ex-0003.toml": duty_text(id="ex-0002", position=20)}))[0]
    with pytest.raises(DutyListError, match=r"ex-0003\.toml 已经有文件"):
        new(crossed, township(crossed), Kind.BASIC, CATEGORY, {"name": "新"}, {}, Slot())


def test_moving_to_another_category_moves_the_file() -> None:
    now = library()
    edited = move(now, township(now), record(now, "ex-0002"), "民生服务", Kind.BASIC, {})
    assert list(edited.changes()) == [
        f"duties/{TOWNSHIP}/民生服务/ex-0002.toml",
        f"duties/{TOWNSHIP}/党的建设/ex-0002.toml",
        TOWNSHIP_PATH,
    ]
    assert order(applied(now, edited), Kind.BASIC) == [("党的建设", "ex-0001"), ("民生服务", "ex-0002")]


@pytest.mark.parametrize("slot", [None, Slot(first=True), Slot(before="ex-0002")])
def test_moving_to_where_it_is_changes_nothing(slot: Slot | None) -> None:
    now = library()
    assert move(now, township(now), record(now, "ex-0001"), "党的建设", Kind.BASIC, {}, slot).changes() == {}


def test_equal_positions_are_put_in_order() -> None:
    equal = library_of(files({f"duties/{TOWNSHIP}/{CATEGORY}/ex-0002.toml": duty_text(id="ex-0002")}))[0]
    assert {code for code, _ in findings(equal)} == {"ID009"}
    edited = move(equal, township(equal), record(equal, "ex-0002"), CATEGORY, Kind.BASIC, {}, Slot(after="ex-0001"))
    assert findings(applied(equal, edited)) == set()


def test_from_supporting_to_reclaimed_and_back() -> None:
    now = library()
    old = duty(now, "ex-0003")
    edited = move(now, township(now), record(now, "ex-0003"), "党的建设", Kind.RECLAIMED, {})
    assert [(one.field, one.value) for one in edited.dropped] == [
        ("township_responsibilities", (Section(text="做好宣传工作。"),))
    ]
    there = applied(now, edited)
    reclaimed = values_of(duty(there, "ex-0003"))
    assert (reclaimed["receiving_departments"], reclaimed["takeover"]) == (
        ["示例市水利局"],
        [{"text": "负责制定工作方案。"}],
    )
    support = {"township_responsibilities": (Section(text="做好宣传工作。"),)}
    back = move(there, township(there), record(there, "ex-0003"), "党的建设", Kind.SUPPORTING, support)
    assert back.dropped == ()
    assert duty(applied(there, back), "ex-0003") == old


def test_a_merge_is_recorded_as_it_was_asked_for() -> None:
    now = library()
    some = [record(now, "ex-0002"), record(now, "ex-0001")]
    after = applied(now, merge(now, township(now), some, record(now, "ex-0001"), None, WHY))
    assert events(after) == (
        Event(
            kind=EventKind.MERGE,
            origin=("ex-0002", "ex-0001"),
            into=("ex-0001",),
            reason="同属一个流程",
            leg="2025/2-down",
        ),
    )
    assert order(after, Kind.BASIC) == [("党的建设", "ex-0001")]


def test_only_one_list_can_be_merged() -> None:
    now = library()
    with pytest.raises(UsageError, match="不能合并：这几项分属基本履职事项、配合履职事项。"):
        merge(now, township(now), [record(now, "ex-0001"), record(now, "ex-0003")], record(now, "ex-0001"), None, WHY)


@pytest.mark.parametrize(
    ("keep", "line", "into"),
    [
        (False, ["ex-0006", "ex-0007", "ex-0002"], ("ex-0006", "ex-0007")),
        (True, ["ex-0001", "ex-0006", "ex-0007", "ex-0002"], ("ex-0001", "ex-0006", "ex-0007")),
    ],
)
def test_a_split_stands_where_the_duty_stood(keep: bool, line: Sequence[str], into: Sequence[str]) -> None:
    now = library()
    after = applied(now, split(now, township(now), record(now, "ex-0001"), ["甲事项", "乙事项"], keep, WHY))
    assert [duty_id for _, duty_id in order(after, Kind.BASIC)] == line
    assert [(event.kind, event.origin, event.into) for event in events(after)] == [("split", ("ex-0001",), into)]


def test_split_duties_start_as_copies() -> None:
    now = library()
    after = applied(now, split(now, township(now), record(now, "ex-0003"), ["甲事项", "乙事项"], False, WHY))
    old = duty(now, "ex-0003")
    for duty_id, name in (("ex-0006", "甲事项"), ("ex-0007", "乙事项")):
        copy = duty(after, duty_id)
        assert copy == replace(old, id=duty_id, name=name, position=copy.position)


def test_retiring_all_leaves_the_books() -> None:
    now = library()
    after = applied(now, retire(now, township(now), township(now).duties, WHY))
    assert township(after).duties == ()
    assert [(event.kind, len(event.origin), event.into) for event in events(after)] == [("retire", 5, ())]


def test_a_total_does_not_fall_below_nothing() -> None:
    low = library(wrong_by=-1)
    with pytest.raises(DutyListError, match="再减就成了负数"):
        retire(low, township(low), [record(low, "ex-0001"), record(low, "ex-0002")], WHY)
