"""Since when each text stands: through edits that leave it alone, other lists, merges, splits and branches."""

from collections.abc import Iterable
from typing import Any

import build
from dutylist.compare.origin import origins, pieces_of
from dutylist.model.duty import AnyDuty
from dutylist.model.finding import field_name
from dutylist.model.history import Commit, History, Moment, Version
from dutylist.model.township import Event, EventKind

ID, OTHER = "ex-0013", "ex-0012"
MERGE = Event(kind=EventKind.MERGE, origin=(OTHER, ID), into=(ID,), reason="同属供水")
SPLIT = Event(kind=EventKind.SPLIT, origin=(OTHER,), into=(OTHER, ID), reason="分开办理")


def duty(*clauses: str, **changes: Any) -> AnyDuty:
    """A supporting duty whose superior part has these clauses."""
    values = {"superior_responsibilities": [{"department": "市水利局", "clauses": list(clauses)}]}
    return build.duty(**({"id": ID, "kind": "supporting"} | values | changes))


def moment(name: str, parents: Iterable[str], *duties: AnyDuty) -> Moment:
    """A commit of this name, and the duties that it holds."""
    commit = Commit(name, tuple(parents), "编辑", "2025-01-01T00:00:00+08:00", name, None)
    return Moment(commit, {one.id: Version(f"duties/示例镇/党的建设/{one.id}.toml", repr(one), one) for one in duties})


def history(*moments: Moment, events: tuple[Event, ...] = ()) -> History:
    """The history of ex-0013; the moments from the newest."""
    return History(ID, moments, events)


def line(*versions: AnyDuty) -> History:
    """One commit after another, the last version given being the newest; they are called 1, 2, 3 …"""
    moments = [moment(str(at), [str(at - 1)] if at > 1 else [], one) for at, one in enumerate(versions, 1)]
    return history(*reversed(moments))


def told(past: History) -> dict[str, str]:
    """The commit of each clause and paragraph by its text."""
    return {
        origin.piece.text: origin.commit.id for origin in origins(past) if origin.piece.at[-1] in ("text", 0, 1, 2, 3)
    }


def clauses(past: History) -> list[tuple[str, str, str]]:
    """Each numbered clause: its text, whose history it is in, which commit."""
    found = [origin for origin in origins(past) if len(origin.piece.at) > 3]
    return [(origin.piece.text, origin.duty, origin.commit.id) for origin in found]


def test_every_text_that_is_printed_is_a_piece() -> None:
    whole = duty(
        "制定方案；",
        superior_departments=["示例市水利局", "示例市公安局"],
        superior_responsibilities=[
            {"department": "市水利局", "topic": "巡查", "text": "一段。\n又一段。", "clauses": ["甲；", "乙。"]},
            {"topic": "检疫", "text": "丙。"},
        ],
        basis=[{"title": "《水法》", "article": "第三条"}],
        note="不打印",
    )
    assert [(field_name(piece.at), piece.text, piece.owner) for piece in pieces_of(whole)] == [
        ("name", "做好统计工作", None),
        ("superior_departments[0]", "示例市水利局", None),
        ("superior_departments[1]", "示例市公安局", None),
        ("superior_responsibilities[0].department", "市水利局", "市水利局"),
        ("superior_responsibilities[0].topic", "巡查", "市水利局"),
        ("superior_responsibilities[0].text", "一段。", "市水利局"),
        ("superior_responsibilities[0].text", "又一段。", "市水利局"),
        ("superior_responsibilities[0].clauses[0]", "甲；", "市水利局"),
        ("superior_responsibilities[0].clauses[1]", "乙。", "市水利局"),
        ("superior_responsibilities[1].topic", "检疫", "市水利局"),
        ("superior_responsibilities[1].text", "丙。", "市水利局"),
        ("township_responsibilities[0].text", "做好宣传工作。", None),
        ("basis[0]", "《水法》第三条", None),
    ]


def test_a_text_is_as_old_as_its_words() -> None:
    past = line(duty("甲；", "乙。"), duty("甲；", "乙二。"), duty("新；", "甲；", "乙二。"))
    assert clauses(past) == [("新；", ID, "3"), ("甲；", ID, "1"), ("乙二。", ID, "2")]


def test_a_text_that_left_and_came_back_is_as_old_as_its_return() -> None:
    assert clauses(line(duty("甲。"), duty("乙。"), duty("甲。"))) == [("甲。", ID, "3")]


def test_a_text_that_moved_within_the_duty_keeps_its_age() -> None:
    here = {"department": "市水利局", "clauses": ["甲；"]}
    there = {"department": "市公安局", "clauses": ["甲；"]}
    past = line(duty(superior_responsibilities=[here]), duty(superior_responsibilities=[there]))
    assert clauses(past) == [("甲；", ID, "1")]
    assert told(line(duty("甲；"), duty(superior_responsibilities=[{"text": "乙。\n甲；"}]))) == {
        "示例市水利局": "1",
        "乙。": "2",
        "甲；": "1",
        "做好宣传工作。": "1",
    }


def test_the_same_words_twice_are_two_texts() -> None:
    one = [{"department": "市公安局", "clauses": ["甲；"]}]
    two = [{"department": "市水利局", "clauses": ["甲；"]}, *one]
    past = line(duty(superior_responsibilities=one), duty(superior_responsibilities=two))
    assert [commit for _, _, commit in clauses(past)] == ["2", "1"]


def test_only_a_text_in_the_same_role_is_the_same() -> None:
    # 市水利局 was a heading and a clause, but no name; then a heading and a name, but no clause.
    named = line(duty("市水利局"), duty("甲。", name="市水利局"))
    assert [origin.commit.id for origin in origins(named) if origin.piece.at == ("name",)] == ["2"]
    assert clauses(line(duty("甲。", name="市水利局"), duty("市水利局"))) == [("市水利局", ID, "2")]


def test_in_another_list_a_text_keeps_its_age() -> None:
    taken_over = [{"department": "市水利局", "clauses": ["甲；", "丙。"]}]
    after = build.duty(id=ID, kind="reclaimed", receiving_departments=["示例市水利局"], takeover=taken_over)
    past = line(duty("甲；", "乙。"), after)
    assert [(origin.piece.text, origin.commit.id) for origin in origins(past)] == [
        ("做好统计工作", "1"),
        ("示例市水利局", "1"),
        ("市水利局", "1"),
        ("甲；", "1"),
        ("丙。", "2"),
    ]


def test_what_came_by_a_merge_has_the_history_of_the_other_duty() -> None:
    past = history(
        moment("4", ["3"], duty("甲；", "乙二。", "丙。")),
        moment("3", ["2"], duty("甲；"), duty("乙二。", id=OTHER)),
        moment("2", ["1"], duty("甲；"), duty("乙。", "甲；", id=OTHER)),
        moment("1", [], duty("甲；")),
        events=(MERGE,),
    )
    assert clauses(past) == [("甲；", ID, "1"), ("乙二。", OTHER, "3"), ("丙。", ID, "4")]


def test_without_an_event_nothing_comes_from_another_duty() -> None:
    past = history(moment("2", ["1"], duty("甲；", "乙。")), moment("1", [], duty("甲；"), duty("乙。", id=OTHER)))
    assert clauses(past) == [("甲；", ID, "1"), ("乙。", ID, "2")]


def test_what_came_by_a_split_has_the_history_of_the_whole_duty() -> None:
    past = history(
        moment("3", ["2"], duty("乙。", "丙。", id=ID), duty("甲；", id=OTHER)),
        moment("2", ["1"], duty("甲；", "乙。", id=OTHER)),
        moment("1", [], duty("甲；", id=OTHER)),
        events=(SPLIT,),
    )
    assert clauses(past) == [("乙。", OTHER, "2"), ("丙。", ID, "3")]


def test_what_both_merged_duties_said_has_the_history_of_the_survivor() -> None:
    past = history(
        moment("3", ["2"], duty("甲；")),
        moment("2", ["1"], duty("甲；"), duty("甲；", id=OTHER)),
        moment("1", [], duty("乙；"), duty("甲；", id=OTHER)),
        events=(MERGE,),
    )
    assert clauses(past) == [("甲；", ID, "2")]


def branches(joined: AnyDuty) -> History:
    """Two branches that changed another clause each, and what a merge commit made of them."""
    return history(
        moment("join", ["left", "right"], joined),
        moment("right", ["base"], duty("甲；", "乙二。")),
        moment("left", ["base"], duty("甲一；", "乙。")),
        moment("base", [], duty("甲；", "乙。")),
    )


def test_a_merge_commit_has_only_what_none_of_its_parents_has() -> None:
    assert [commit for _, _, commit in clauses(branches(duty("甲一；", "乙二。", "丙。")))] == ["left", "right", "join"]


def test_a_branch_that_a_merge_took_whole_is_followed() -> None:
    past = history(
        moment("join", ["back", "right"], duty("甲；", "丙。")),
        moment("right", ["base"], duty("甲；", "丙。")),
        moment("back", ["left"], duty("甲；")),
        moment("left", ["base"], duty("乙；")),
        moment("base", [], duty("甲；")),
    )
    assert clauses(past) == [("甲；", ID, "base"), ("丙。", ID, "right")]


def test_a_duty_that_is_gone_is_told_as_it_was() -> None:
    past = history(moment("2", ["1"]), moment("1", [], duty("甲；")))
    assert clauses(past) == [("甲；", ID, "1")]
    assert origins(history(moment("1", []))) == ()
    assert origins(history()) == ()
