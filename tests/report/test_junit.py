"""JUnit: a case a file, red exactly where the check fails."""

import xml.etree.ElementTree as ET

import pytest

from dutylist.model.finding import Severity
from dutylist.report import junit
from findings import SAMPLES, finding, hostile_view, view


def suite(written: str) -> ET.Element:
    """The one suite."""
    (found,) = ET.fromstring(written)
    return found


@pytest.mark.parametrize(
    ("fail_on", "red"),
    [(None, []), (Severity.ERROR, ["ex-0001.toml"]), (Severity.WARNING, ["township.toml", "ex-0001.toml"])],
)
def test_a_file_is_red_where_a_finding_reaches_the_threshold(fail_on: Severity | None, red: list[str]) -> None:
    found = suite(junit.write(view(*SAMPLES, fail_on=fail_on, show_waived=True)))
    assert [case.get("name") for case in found if case.find("failure") is not None] == red
    assert (found.get("tests"), found.get("failures")) == ("2", str(len(red)))


def test_a_failure_tells_every_finding_that_caused_it() -> None:
    again = finding("RF002", "“示例市水力局”不在词表中。")
    failure = suite(junit.write(view(SAMPLES[0], again))).find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "2 个问题，第一个：6:4 错误 RF002 “示例市水力局”不在词表中。"
    assert (failure.text or "").splitlines() == [
        "6:4 错误 RF002 “示例市水力局”不在词表中。",
        "6:4 错误 RF004 “示例市水力局”不是标准名称，标准名称是“示例市水利局”。　可自动修复（--fix）：改为 示例市水利局",
    ]


def test_a_clean_library_is_one_case_that_passes() -> None:
    (case,) = suite(junit.write(view()))
    assert (case.get("name"), len(case)) == ("262 项事项，没有发现问题。", 0)


def test_hostile_texts_add_no_element() -> None:
    found = suite(junit.write(hostile_view()))
    assert len(found) == 6
    assert {element.tag for element in found.iter()} == {"testsuite", "testcase", "failure", "system-out"}
