"""Every format of changes: whole outputs, and what holds whatever the data say."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons import EMPTY, HERE, LONG, POLICE, account_row, changed, comparison, view
from dutylist.model.change import ChangeKind, Comparison, Weight
from dutylist.model.duty import Kind
from dutylist.model.text import HIDDEN
from dutylist.report import change_words as words
from dutylist.report.change_formats import FORMATS, write
from dutylist.report.changes import ChangeReport, Selection

ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json", "csv": "csv"}
UNCLOSED = replace(EMPTY, account=(*EMPTY.account, account_row(Kind.BASIC, "党的建设", 3, 1, 0, 0, 0, 0, 0, 3)))
CHOSEN = Selection(HERE, POLICE, lists=frozenset({Kind.SUPPORTING}), weights=frozenset({Weight.SUBSTANTIVE}))
VIEWS: dict[str, Callable[[], ChangeReport]] = {
    "changes": view,
    "empty": lambda: view(EMPTY),
    "unclosed": lambda: view(UNCLOSED),
    "selected": lambda: view(selection=CHOSEN),
}


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("form", FORMATS)
def test_whole_output(golden: Callable[[str, str], None], form: str, name: str) -> None:
    golden(f"changes/{name}.{ENDINGS[form]}", write(form, VIEWS[name]()))


def test_whole_output_in_colour(golden: Callable[[str, str], None]) -> None:
    golden("changes/colour.txt", write("text", view(width=60, colour=True)))


def test_the_design_names_five_formats() -> None:
    assert list(FORMATS) == ["text", "markdown", "html", "json", "csv"]


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_what_is_asked_for_most_loads_no_templates(form: str) -> None:
    script = "import sys, comparisons; from dutylist.report.change_formats import write; "
    script += f"write({form!r}, comparisons.view()); print('jinja2' in sys.modules)"
    paths = os.pathsep.join(path for path in sys.path if path)
    ran = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": paths}, capture_output=True)
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, "False"), ran.stderr.decode()


@pytest.mark.parametrize("form", FORMATS)
@given(made=changed(), colour=st.booleans())
@settings(max_examples=40)
def test_any_changes_can_be_written_and_nothing_hidden_takes_effect(form: str, made: Comparison, colour: bool) -> None:
    written = write(form, view(made, colour=colour))
    assert written.encode().decode() == written
    assert HIDDEN.search(re.sub(r"\x1b\[[\d;]+m", "", written).removeprefix("\ufeff")) is None
    assert written.endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
def test_when_nothing_changed_one_line_says_so(form: str) -> None:
    if form in ("json", "csv"):
        return
    assert words.NOTHING in write(form, view(EMPTY))
    assert words.NOTHING_SELECTED in write(form, view(selection=Selection(department="没有的部门")))
    assert words.NOTHING not in write(form, view())


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_account_that_does_not_close_is_said_before_all_else(form: str) -> None:
    written = write(form, view(UNCLOSED))
    assert written.index(words.UNCLOSED) < written.index("没有变化")
    assert "原有 3 ＋ 新增 1 ≠ 现有 3" in written


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_layout_is_a_count_for_people_and_listed_for_programs(form: str) -> None:
    layout = next(one for one in comparison().changes if one.kind is ChangeKind.LAYOUT)
    assert "另有 1 处格式变化" in write(form, view())
    assert f"{layout.before}" not in write(form, view())
    assert layout.fingerprint in write("json", view())
    assert layout.fingerprint in write("csv", view())


@pytest.mark.parametrize("form", ["text", "html", "csv"])
def test_long_texts_are_told_whole(form: str) -> None:
    written = write(form, view(width=200))
    assert LONG.replace("；", "") in re.sub(r"\s+|；", "", written)
