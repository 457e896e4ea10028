"""The report of a leg: whole outputs, its order and figures, and what holds whatever people write."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import legs
from comparisons import ATTACKS, account_row, change, texts
from dutylist.contract import schema_text
from dutylist.model.change import ChangeKind, Comparison
from dutylist.model.changelog import CampaignFolder
from dutylist.model.consultation import Verdict
from dutylist.model.duty import Kind
from dutylist.model.text import HIDDEN
from dutylist.report import leg_words as words
from dutylist.report.leg import LegReport, leg_report
from dutylist.report.leg_formats import FORMATS, write
from dutylist.report.leg_parts import KindCount, OpinionCounts, RemarkKind, UnitCounts
from dutylist.report.plain import plain

ENDINGS = {"markdown": "md", "html": "html", "json": "json"}
VIEWS: dict[str, Callable[[], LegReport]] = {
    "report": legs.report,
    "draft": lambda: legs.NOTHING,
    "hostile": legs.hostile,
}
SCHEMA = json.loads(schema_text("leg-report.schema.json"))


def remarks(view: LegReport) -> dict[RemarkKind, list[str]]:
    """What is told to the meeting, by kind."""
    return {group.kind: [one.text for one in group.remarks] for group in view.summary.remarks}


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("form", FORMATS)
def test_whole_output(golden: Callable[[str, str], None], form: str, name: str) -> None:
    golden(f"leg/{name}.{ENDINGS[form]}", write(form, VIEWS[name]()))


@pytest.mark.parametrize("form", FORMATS)
def test_there_are_three_formats_and_each_names_no_commit_and_comes_out_the_same(form: str) -> None:
    assert list(FORMATS) == list(ENDINGS)
    assert write(form, legs.report()) == write(form, legs.report())
    commit = legs.changes().before.commit
    assert commit
    assert commit not in write(form, legs.report())


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_order_is_title_summary_opinions_silence_changes(form: str) -> None:
    written = write(form, legs.report()).partition("</nav>")
    parts = [
        "示例镇履职事项清单编制",
        legs.DIGEST,
        "编制背景",
        "主要变化",
        "征求意见情况",
        "需要说明的事项",
        "意见采纳情况表",
        "无意见单位",
        "变化报告",
        "账目",
        "按部门",
    ]
    text = written[0].partition("<nav")[0] + written[2]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("name", VIEWS)
def test_json_fits_its_schema_and_keeps_every_character(name: str) -> None:
    view = VIEWS[name]()
    read = json.loads(write("json", view))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    assert list(read) == ["head", "summary", "opinions", "silent", "changes"]
    assert [one["text"] for one in read["opinions"]] == [row.text for row in view.opinions]
    assert read["head"]["digest"] == view.head.digest


def test_the_schema_takes_nothing_else() -> None:
    read = json.loads(write("json", legs.report()))
    read["opinions"][0]["verdict"] = "maybe"
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(read)


def test_opinions_stand_by_list_duty_and_author() -> None:
    rows = [(row.number, row.duty, row.list, row.author) for row in legs.report().opinions]
    assert rows == [
        (1, None, None, legs.CIVIL),
        (2, "ex-0001", Kind.BASIC, legs.WATER),
        (3, "ex-0002", Kind.SUPPORTING, legs.POLICE),
        (4, "ex-0002", Kind.SUPPORTING, legs.WATER),
        (5, "ex-0007", None, legs.POLICE),
        (6, "ex-0099", None, legs.CIVIL),
    ]


def test_the_order_of_the_files_does_not_matter() -> None:
    closed = date(2025, 3, 20)
    one = legs.report(legs.leg(*legs.OPINIONS, closed=closed))
    assert legs.report(legs.leg(*reversed(legs.OPINIONS), closed=closed)).opinions == one.opinions


def test_the_figures() -> None:
    summary = legs.report().summary
    assert summary.opinions == OpinionCounts(6, 2, 1, 1, 1, 1, 1)
    assert summary.units == UnitCounts(consulted=3, answered=3, silent=1, uninvited=1)
    assert summary.substantive == (KindCount(ChangeKind.RENAMED, 1), KindCount(ChangeKind.CLAUSE_REMOVED, 1))
    assert [(one.list, one.before, one.after) for one in summary.totals] == [
        (None, 13, 13),
        (Kind.BASIC, 3, 4),
        (Kind.SUPPORTING, 3, 2),
        (Kind.RECLAIMED, 7, 7),
    ]
    assert [words.difference(one) for one in summary.totals] == ["0", "＋1", "－1", "0"]


def test_the_commonest_kind_of_change_comes_first() -> None:
    some = [change(kind) for kind in (ChangeKind.ADDED, ChangeKind.CLAUSE_REVISED, ChangeKind.CLAUSE_REVISED)]
    made = legs.report(made=Comparison((*some, change(ChangeKind.REORDERED)), (), ())).summary
    assert made.substantive == (KindCount(ChangeKind.CLAUSE_REVISED, 2), KindCount(ChangeKind.ADDED, 1))


def test_an_answer_says_what_changed_and_one_from_elsewhere_says_so() -> None:
    row = legs.report().opinions[2]
    assert list(map(words.answer, row.changes)) == [
        f"删去条款 {legs.CAUSED[0].fingerprint}",
        "不在本环节 0123456789ab",
    ]
    named = legs.opinion(7, changes=(legs.CAUSED[1].fingerprint,), verdict=Verdict.ADOPTED)
    (alone,) = legs.report(legs.leg(named)).opinions
    assert [one.kind for one in alone.changes] == [ChangeKind.RENAMED]


def test_what_the_meeting_is_told() -> None:
    assert remarks(legs.report()) == {
        RemarkKind.DISPUTED: ["示例市水利局（ex-0001 做好统计工作）：建议转为配合事项；理由：等三定方案"],
        RemarkKind.UNANSWERED: ["示例市民政局（ex-0099）：建议增加经费"],
        RemarkKind.NOT_ADOPTED: ["示例市公安局（ex-0007 整修村组道路）：建议删去“水费征收”；理由：法律规定由乡镇负责"],
        RemarkKind.UNCAUSED: ["ex-0001 做好统计工作：改名称"],
        RemarkKind.LATE: ["示例市公安局（ex-0007 整修村组道路）：2025-03-18 收到，截止日期是 2025-03-15"],
        RemarkKind.NOTE: ["与机构改革同步进行。", "会议两次改期。"],
    }
    assert remarks(legs.NOTHING) == {}


def test_an_account_that_does_not_close_is_told_first_and_closing_early_too() -> None:
    wrong = Comparison((), (account_row(Kind.BASIC, None, 3, 1, 0, 0, 0, 0, 0, 3),), ())
    told = remarks(legs.report(legs.leg(closed=date(2025, 3, 14)), wrong))
    assert list(told) == [RemarkKind.UNCLOSED, RemarkKind.EARLY, RemarkKind.NOTE]
    assert told[RemarkKind.UNCLOSED] == ["示例镇 基本履职事项：原有 3 ＋ 新增 1 ≠ 现有 3"]
    assert told[RemarkKind.EARLY] == ["截止日期是 2025-03-15，2025-03-14 已经关闭"]
    assert RemarkKind.EARLY not in remarks(legs.report(legs.leg(closed=date(2025, 3, 15))))


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_summary_keeps_to_a_page_and_the_table_has_all(form: str) -> None:
    some = [
        legs.opinion(at, text=f"第{at}条意见。", verdict=Verdict.NOT_ADOPTED, reason="法律规定。")
        for at in range(1, words.MOST_REMARKS + 4)
    ]
    written = write(form, legs.report(legs.leg(*some)))
    summary = written.rpartition("无意见单位")[0].rpartition("意见采纳情况表")[0]
    assert "另有 3 条，见后文。" in written
    assert summary.count("理由：法律规定") == words.MOST_REMARKS
    assert all(f"第{at}条意见。" in written for at in range(1, words.MOST_REMARKS + 4))
    exact = legs.report(legs.leg(*some[: words.MOST_REMARKS]))
    assert "另有" not in write(form, exact)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_draft_says_that_it_is_not_sealed(form: str) -> None:
    assert words.DRAFT in write(form, legs.NOTHING)
    assert words.DRAFT not in write(form, legs.report())


def test_a_campaign_that_cannot_be_read_goes_by_its_folder() -> None:
    folder = legs.leg()
    made = leg_report(
        CampaignFolder("2025", None, (folder,)),
        folder,
        digest=None,
        changes=legs.changes(),
        answers={},
        before=legs.BEFORE,
        after=legs.AFTER,
    )
    assert (made.head.title, made.head.kind, made.head.townships) == ("2025", None, ())
    jsonschema.validate(json.loads(write("json", made)), SCHEMA)
    assert "- 种类" not in write("markdown", made)


def test_hostile_texts_make_no_markup_of_their_own_in_markdown() -> None:
    written = write("markdown", legs.hostile())
    seen = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(written)
    tags = {"h1", "h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br", "del", "ins"}
    assert set(re.findall(r"<([a-z0-9]+)", seen)) <= tags | {"details", "summary"}
    assert "\n::" not in written
    rows = [line for line in written.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == len(ATTACKS)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {len(words.COLUMNS) + 1}


@pytest.mark.parametrize("form", FORMATS)
@given(data=st.data())
@settings(max_examples=25)
def test_whatever_people_write_can_be_told_and_nothing_hidden_takes_effect(form: str, data: st.DataObject) -> None:
    def drawn() -> dict[str, Any]:
        some = ("author", "text", "field", "original", "proposed", "argument", "reason", "settled_by")
        return {name: data.draw(texts) for name in some}

    opinions = [
        legs.opinion(at, verdict=data.draw(st.sampled_from([None, *Verdict])), **drawn())
        for at in range(data.draw(st.integers(0, 3)))
    ]
    folder = legs.leg(*opinions, note=data.draw(texts), silent=(data.draw(texts),), sender=data.draw(texts))
    written = write(form, legs.report(folder))
    assert written.encode().decode() == written
    assert HIDDEN.search(written) is None
    if form == "json":
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(written))


def test_long_texts_of_opinions_are_told_whole() -> None:
    long = "".join(f"第{number}点，请予考虑；" for number in range(300))
    made = legs.report(legs.leg(legs.opinion(1, text=long, original=long, reason=long, verdict=Verdict.NOT_ADOPTED)))
    for form in FORMATS:
        assert write(form, made).count(long) == 3, form
    assert plain(long) == long


def test_an_opinion_of_the_last_day_is_not_late() -> None:
    days = (date(2025, 3, 15), date(2025, 3, 16))
    rows = legs.report(legs.leg(*(legs.opinion(at, received=day) for at, day in enumerate(days)))).opinions
    assert [row.late for row in rows] == [False, True]


def test_of_one_township_the_lists_come_before_the_numbers() -> None:
    late = {"name": "甲", "number_before": None, "number_after": 9, "list_kind": Kind.BASIC}
    early = {"name": "乙", "number_before": 3, "number_after": None, "list_kind": Kind.SUPPORTING}
    some = (change(ChangeKind.RENAMED, "ex-0008", **late), change(ChangeKind.RETIRED, "ex-0003", **early))
    folder = legs.leg(legs.opinion(1, duty="ex-0003"), legs.opinion(2, duty="ex-0008"))
    rows = legs.report(folder, Comparison(some, (), ())).opinions
    assert [(row.duty, row.duty_number) for row in rows] == [("ex-0008", 9), ("ex-0003", 3)]


def test_a_leg_without_a_due_date_has_no_late_opinions() -> None:
    made = legs.report(legs.leg(*legs.OPINIONS, due=None))
    assert (made.summary.opinions.late, made.head.due) == (0, None)
    assert "截止" not in words.dates(made.head)


def test_no_unit_is_uninvited_where_all_who_were_asked_spoke() -> None:
    folder = legs.leg(legs.opinion(1), legs.opinion(2), silent=(legs.POLICE, "示例市教育局"))
    assert legs.report(folder).summary.units == UnitCounts(3, 1, 2, 0)
    nobody = replace(legs.report(folder).summary.units, consulted=0, silent=0)
    assert words.units(nobody) == "征求 0 个单位，1 个单位提出意见，0 个无意见。"
