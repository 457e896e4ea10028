"""Every format: whole outputs, and what holds whatever the data say."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dutylist.model.finding import Edit, Finding, Fix, Place, Severity, Spot
from dutylist.model.text import HIDDEN
from dutylist.report.formats import FORMATS, write
from dutylist.report.markdown import LONGEST
from dutylist.report.views import Checked, PlacedEdit, Terminal, checked
from findings import RULES, SAMPLES, hostile_view, view

VIEWS: dict[str, Callable[[], Checked]] = {
    "clean": lambda: view(),
    "findings": lambda: view(*SAMPLES, show_waived=True),
    "hostile": hostile_view,
}
ENDINGS = {"text": "txt", "json": "json", "sarif": "sarif", "github": "github", "gitlab": "gitlab", "junit": "xml"}

texts = st.text(st.characters(), max_size=60)
numbers = st.integers(1, 12)
places = st.builds(Place, numbers, numbers, numbers, numbers)
fields = st.none() | st.lists(texts | st.integers(0, 9), max_size=3).map(tuple)
spots = st.builds(Spot, texts, fields)
edits = st.builds(Edit, spots, texts)
findings = st.builds(
    Finding,
    code=st.sampled_from([rule.code for rule in RULES]) | texts,
    severity=st.sampled_from(Severity),
    spot=spots,
    message=texts,
    fingerprint=st.sampled_from(["0a", "0b"]) | texts,
    duty=st.none() | texts,
    fix=st.none() | st.builds(Fix, texts, st.lists(edits, max_size=3).map(tuple), st.booleans()),
    place=places,
    waived=st.none() | texts,
)


@st.composite
def views(draw: st.DrawFn) -> Checked:
    """A view of any findings with any source lines and edits."""
    found = draw(st.lists(findings, max_size=5))
    known = [edit for one in found if one.fix for edit in one.fix.edits if draw(st.booleans())]
    return checked(
        found,
        duties=draw(st.integers(0, 300)),
        files=draw(st.integers(0, 300)),
        profile="final",
        fail_on=draw(st.none() | st.sampled_from(Severity)),
        show_waived=draw(st.booleans()),
        rules=RULES,
        lines={one.spot.path: draw(st.lists(texts, max_size=4)) for one in found},
        edits={edit: PlacedEdit(edit.spot.path, draw(places), edit.text) for edit in known},
        terminal=Terminal(draw(st.integers(0, 60))),
        root=draw(st.sampled_from(["", "清单/"])),
    )


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("form", FORMATS)
def test_whole_output(golden: Callable[[str, str], None], form: str, name: str) -> None:
    golden(f"report/{name}.{ENDINGS.get(form, 'md')}", write(form, VIEWS[name]()))


def test_the_design_names_seven_formats() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "github", "gitlab", "junit", "markdown"]


def test_a_check_in_a_terminal_loads_no_templates() -> None:
    script = "import sys, findings; from dutylist.report.formats import write; write('text', findings.view()); "
    loaded = script + "print([name for name in ('jinja2', 'rich') if name in sys.modules])"
    paths = os.pathsep.join(path for path in sys.path if path)
    ran = subprocess.run([sys.executable, "-c", loaded], env={**os.environ, "PYTHONPATH": paths}, capture_output=True)
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, "[]"), ran.stderr.decode()


@pytest.mark.parametrize("form", FORMATS)
@given(any_view=views())
@settings(max_examples=60)
def test_any_findings_can_be_written_and_nothing_hidden_takes_effect(form: str, any_view: Checked) -> None:
    written = write(form, any_view)
    assert written.encode().decode() == written
    assert HIDDEN.search(written) is None
    assert written.endswith("\n")


@given(any_view=views())
def test_any_json_and_xml_can_be_read_back(any_view: Checked) -> None:
    for form in ("json", "sarif", "gitlab"):
        json.loads(write(form, any_view))
    cases = ET.fromstring(write("junit", any_view)).iter("testcase")
    assert len(list(cases)) == max(1, len(any_view.files))


@given(any_view=views())
def test_any_markdown_has_a_line_for_each_finding_and_fits(any_view: Checked) -> None:
    written = write("markdown", any_view)
    tables = [line for line in written.splitlines() if line.startswith("| ")]
    heads = 2 * written.count("\n### ")
    assert len(tables) == heads + len(any_view.findings)
    assert len(written) <= LONGEST
