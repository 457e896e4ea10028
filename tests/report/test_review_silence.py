"""Which waivers are new or changed between two libraries, and how many findings each waives."""

from typing import Any

import pytest

import build
from build import DUTY_PATH, duty_text
from dutylist.check.runner import check
from dutylist.report.review_silence import waivers_since

HOME = "duties/示例镇/党的建设"
MOVED = "duties/示例镇/经济发展/ex-0002.toml"
Waivers = list[dict[str, Any]]


def waiver(code: str = "TX001", reason: str = "原文如此", **facts: str) -> dict[str, Any]:
    """A waiver."""
    return {"code": code, "reason": reason} | facts


def files(*waivers: Waivers, path: str = f"{HOME}/ex-0002.toml") -> build.Files:
    """Two duties that both have TX001, with these waivers."""
    first, second = (*waivers, [], [])[:2]
    return build.files(
        {
            DUTY_PATH: duty_text(name="做好统计,上报", waivers=first),
            path: duty_text(id="ex-0002", position=20, name="做好普查,上报", waivers=second),
        }
    )


def told(before: build.Files, after: build.Files) -> list[tuple[str | None, str, bool, int]]:
    """Of each waiver: the duty, the reason, whether it was there otherwise, how many findings it waives."""
    (old, _), (new, faults) = build.library_of(before), build.library_of(after)
    some = waivers_since(old, new, check(new, faults))
    return [(one.duty, one.reason, one.revised, one.waives) for one in some]


ONE, OTHER = waiver(), waiver(reason="另有理由")
CASES: dict[str, tuple[build.Files, build.Files, list[tuple[str | None, str, bool, int]]]] = {
    "none": (files(), files(), []),
    "as before": (files([ONE]), files([ONE]), []),
    "taken away": (files([ONE]), files(), []),
    "new": (files(), files([ONE]), [("ex-0001", "原文如此", False, 1)]),
    "in both duties": (
        files(),
        files([ONE], [ONE]),
        [("ex-0001", "原文如此", False, 1), ("ex-0002", "原文如此", False, 1)],
    ),
    "another reason": (files([ONE]), files([OTHER]), [("ex-0001", "另有理由", True, 1)]),
    "for another code": (files([ONE]), files([waiver("TX002")]), [("ex-0001", "原文如此", False, 0)]),
    "from one duty to the other": (files([ONE]), files([], [ONE]), [("ex-0002", "原文如此", False, 1)]),
    "twice": (files([ONE]), files([ONE, ONE]), [("ex-0001", "原文如此", False, 1)]),
    "behind one that waives": (files([ONE]), files([ONE, OTHER]), [("ex-0001", "另有理由", False, 0)]),
    "of a duty that moved": (files([], [ONE]), files([], [ONE], path=MOVED), []),
    "for one finding": (files(), files([waiver(fingerprint="0" * 12)]), [("ex-0001", "原文如此", False, 0)]),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_waivers_that_are_new_or_changed(
    before: build.Files, after: build.Files, expected: list[tuple[str | None, str, bool, int]]
) -> None:
    assert told(before, after) == expected
