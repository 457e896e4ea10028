"""A duty's life and origins as text and JSON: columns, what is said where there is little to say, hostile text."""

import json
from dataclasses import replace

import jsonschema

from dutylist.contract import schema_text
from dutylist.model.change import Burden, ChangeKind, Weight
from dutylist.model.consultation import Verdict
from dutylist.model.duty import Kind
from dutylist.model.history import Chapter, Commit, History
from dutylist.model.township import EventKind
from dutylist.report.history import (
    BlameLine,
    BlameReport,
    DutyHead,
    LogChange,
    LogEntry,
    LogEvent,
    LogReport,
    LogUnread,
    OpinionNote,
    as_json,
    blame_report,
    log_report,
)
from dutylist.report.history_text import blame_text, log_text
from dutylist.report.views import Terminal

PATH = "duties/示例镇/党的建设/ex-0001.toml"
HEAD = DutyHead("ex-0001", True, "做好统计工作", Kind.BASIC, PATH)
ENTRY = LogEntry("a" * 40, "2025-01-02T03:04:05+08:00", "编辑甲", "改", None, None, (), False, (), (), (), None)
CHANGE = LogChange(
    ChangeKind.CLAUSE_REVISED,
    Weight.SUBSTANTIVE,
    Burden.HEAVIER,
    "ex-0001",
    "takeover[0].clauses[1]",
    "旧文。",
    "新文。",
    (("-", "旧"), ("+", "新"), ("=", "文。")),
)
LINE = BlameLine("takeover[0].clauses[1]", "旧文。", "ex-0001", "a" * 40, "2025-01-02", "编辑甲", "改", None, None, ())


def told(*entries: LogEntry, terminal: Terminal | None = None) -> str:
    """The text of these entries without the head."""
    return log_text(LogReport("f" * 40, HEAD, entries), terminal or Terminal()).split("\n\n", 1)[1]


def test_a_change_says_what_and_where_then_both_texts() -> None:
    assert told(replace(ENTRY, changes=(CHANGE,))) == (
        "aaaaaaaaaa  2025-01-02  编辑甲  改\n"
        "    [实质] 修改条款  承接部门及工作方式第 1 段第 2 条  责任加重\n"
        "      修改前  [-旧-]文。\n"
        "      修改后  {+新+}文。\n"
    )


NOTE = OpinionNote("2025-1-down-0a1b2c3d", "市水利局", Verdict.PARTLY_ADOPTED, "建议\n删去")


def test_a_commit_says_in_which_leg_and_on_whose_word() -> None:
    assert told(replace(ENTRY, changes=(CHANGE,), leg="2025/1-down", opinions=(NOTE,))).splitlines()[1:3] == [
        "    环节：2025/1-down",
        "    意见：市水利局（部分采纳）建议⏎删去  2025-1-down-0a1b2c3d",
    ]


def test_blame_says_it_once_for_each_commit() -> None:
    line = replace(LINE, leg="2025/1-down", opinions=(NOTE,))
    text = blame_text(BlameReport("f" * 40, HEAD, (line, replace(line, text="又一条。"))), Terminal())
    assert text.rsplit("提交\n", 1)[1].splitlines() == [
        "aaaaaaaaaa  改",
        "            环节：2025/1-down",
        "            意见：市水利局（部分采纳）建议⏎删去  2025-1-down-0a1b2c3d",
    ]


def test_colour_stands_for_the_marks() -> None:
    text = told(replace(ENTRY, changes=(CHANGE,)), terminal=Terminal(80, True))
    assert "\x1b[9;31m旧\x1b[0m文。" in text
    assert "\x1b[32m新\x1b[0m文。" in text
    assert "[-" not in text


def test_authors_are_aligned() -> None:
    lines = told(ENTRY, replace(ENTRY, author="An Editor")).splitlines()
    assert [line for line in lines if line.startswith("a")] == [
        "aaaaaaaaaa  2025-01-02  编辑甲     改",
        "aaaaaaaaaa  2025-01-02  An Editor  改",
    ]


def test_what_is_not_a_change() -> None:
    event = LogEvent(EventKind.RETIRE, ("ex-0001",), (), "过时", None)
    whole = replace(
        ENTRY,
        merge=True,
        cause="law: 甲；reform；别的: 话",
        events=(event,),
        unread=(LogUnread(PATH, "坏了。"),),
        moved=("duties/甲乡/x/ex-0001.toml", PATH),
    )
    assert told(whole).splitlines()[1:] == [
        "    合并分支时的改动",
        "    依据：法律法规变化：甲；机构改革；别的: 话",
        "    废止 ex-0001  理由：过时",
        f"    读不出来  {PATH}：坏了。",
        f"    移动文件  duties/甲乡/x/ex-0001.toml → {PATH}",
    ]
    assert told(ENTRY).splitlines()[1:] == ["    只是文件的书写形式变了"]


def test_of_another_duty_its_id_is_said() -> None:
    other = replace(CHANGE, duty="ex-0002", field=None, before=None, diff=(), burden=Burden.NEUTRAL)
    assert told(replace(ENTRY, changes=(other,))).splitlines()[1:] == [
        "    [实质] 修改条款  ex-0002",
        "      修改后  新文。",
    ]


def test_hostile_text_stays_text() -> None:
    evil = "\x1b[2J\u202e\n\ud800"
    entry = replace(
        ENTRY, author=evil, subject=evil, cause=evil, changes=(replace(CHANGE, before=evil, after=evil, diff=()),)
    )
    assert not {"\x1b", "\u202e", "\ud800"} & set(told(entry))
    line = replace(LINE, text=evil, author=evil, subject=evil, cause=evil)
    assert not {"\x1b", "\u202e", "\ud800"} & set(blame_text(BlameReport("f" * 40, HEAD, (line,)), Terminal()))
    as_json(LogReport("f" * 40, HEAD, (entry,))).encode()


def test_blame_has_only_the_columns_it_needs() -> None:
    other = replace(LINE, text="别的。", duty="ex-0002", cause="application: 一二三四五六七八九十")
    text = blame_text(BlameReport("f" * 40, HEAD, (LINE, other)), Terminal())
    assert text.split("\n\n")[1] == (
        "承接部门及工作方式\n"
        "aaaaaaaaaa  2025-01-02  编辑甲                            2. 旧文。\n"
        "aaaaaaaaaa  2025-01-02  编辑甲  ex-0002  乡镇申请：一二…  2. 别的。"
    )
    alone = blame_text(BlameReport("f" * 40, HEAD, (LINE,)), Terminal())
    assert "aaaaaaaaaa  2025-01-02  编辑甲  2. 旧文。\n" in alone


def test_long_text_hangs_behind_the_columns() -> None:
    text = blame_text(BlameReport("f" * 40, HEAD, (replace(LINE, text="文" * 30),)), Terminal(60))
    lines = text.split("\n\n")[1].splitlines()[1:]
    assert len(lines) > 1
    assert all(line.startswith(" " * 32 + "文") for line in lines[1:])


def test_a_history_without_a_value_still_has_a_view() -> None:
    commit = Commit("a" * 40, (), "编辑甲", "2025-01-02T03:04:05+08:00", "改", None)
    nothing = History("ex-0001", (), ())
    report = log_report("f" * 40, nothing, [(Chapter(commit, (), (), ()), None)])
    jsonschema.validate(json.loads(as_json(report)), json.loads(schema_text("log.schema.json")))
    assert report.duty == DutyHead("ex-0001", False, None, None, None)
    empty = blame_report("f" * 40, nothing, ())
    jsonschema.validate(json.loads(as_json(empty)), json.loads(schema_text("blame.schema.json")))
