"""Code quality: what GitLab needs of each issue, and fingerprints that it can tell apart."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dutylist.model.finding import Severity
from dutylist.report import gitlab
from findings import DUTY, SAMPLES, TOWNSHIP, finding, view


def test_issues() -> None:
    issues = json.loads(gitlab.write(view(*SAMPLES, show_waived=True, root="清单/")))
    assert [(issue["check_name"], issue["severity"], issue["location"]) for issue in issues] == [
        ("TO002", "info", {"path": f"清单/{TOWNSHIP}", "lines": {"begin": 1, "end": 2}}),
        ("TO001", "minor", {"path": f"清单/{TOWNSHIP}", "lines": {"begin": 5, "end": 5}}),
        ("RF004", "major", {"path": f"清单/{DUTY}", "lines": {"begin": 6, "end": 6}}),
        ("TX001", "info", {"path": f"清单/{DUTY}", "lines": {"begin": 11, "end": 11}}),
    ]
    assert issues[0]["description"].endswith("（已豁免：公开发布的原文如此，待下一次动态调整更正。）")


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"]), max_size=12))
def test_fingerprints_are_unique(marks: list[str]) -> None:
    found = [replace(finding(str(number)), fingerprint=mark) for number, mark in enumerate(marks)]
    written = [issue["fingerprint"] for issue in json.loads(gitlab.write(view(*found)))]
    assert len(set(written)) == len(marks)


def test_fingerprints_do_not_depend_on_the_place_or_on_other_findings() -> None:
    before = {issue["check_name"]: issue["fingerprint"] for issue in json.loads(gitlab.write(view(*SAMPLES)))}
    moved = [replace(one, place=replace(one.place, line=one.place.line + 7)) for one in SAMPLES]
    more = finding("XX001", "别的问题", severity=Severity.ADVICE)
    after = {issue["check_name"]: issue["fingerprint"] for issue in json.loads(gitlab.write(view(more, *moved)))}
    assert before.items() <= after.items()
