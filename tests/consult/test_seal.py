"""A seal covers all that it says it covers, and nothing that may differ from place to place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.consult.seal import (
    Sealed,
    content_digest,
    differs,
    digest_of,
    from_list,
    is_own,
    listed,
    seal_digest,
)
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.model.consultation import Cause, Leg, ReportDigests, Seal, Source, Totals

A, B, C = (digest_of(text) for text in (b"a", b"b", b"c"))
LEG = Leg(
    sender="示例市编办",
    to="示例镇",
    opened=date(2025, 3, 1),
    due=date(2025, 3, 15),
    closed=date(2025, 3, 20),
    base=A,
    consulted=("示例市水利局", "示例市公安局"),
    silent=("示例市公安局",),
)
TOTALS = Totals(duties=4, basic=2, supporting=1, reclaimed=1)
SEALED = Sealed(
    title="2025/1-up",
    leg=LEG,
    content=A,
    files={"opinions/2025-1-up-0a1b2c3d.toml": B, "会议纪要.txt": C},
    totals=TOTALS,
    tool="0.1.0",
    rules=C,
    previous={"2025/published": B},
)
PATHS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1, max_size=8)
DIGESTS = st.sampled_from([A, B, C])


def leg(**changes: Any) -> Sealed:
    """What is sealed, with another `leg.toml`."""
    return replace(SEALED, leg=replace(LEG, **changes))


OTHERWISE = [
    replace(SEALED, title="2025/1-down"),
    replace(SEALED, content=B),
    replace(SEALED, files={}),
    replace(SEALED, files={**SEALED.files, "会议纪要.txt": B}),
    replace(SEALED, files={**SEALED.files, "会议纪要2.txt": C}),
    replace(SEALED, files={"会议纪要.txt": B, "opinions/2025-1-up-0a1b2c3d.toml": C}),
    *(replace(SEALED, totals=replace(TOTALS, **{name: 9})) for name in ("duties", "basic", "supporting", "reclaimed")),
    replace(SEALED, totals=Totals(duties=4, basic=1, supporting=2, reclaimed=1)),
    replace(SEALED, tool="0.1.1"),
    replace(SEALED, rules=B),
    replace(SEALED, previous={}),
    replace(SEALED, previous={"2025/published": A}),
    replace(SEALED, previous={"2025/1-down": B}),
    replace(SEALED, files={**SEALED.files, "2025/published": B}, previous={}),
    leg(sender="示例市纪委"),
    leg(to="示例街道"),
    leg(opened=date(2025, 3, 2)),
    leg(due=None),
    leg(closed=date(2025, 3, 21)),
    leg(source=Source.IMPORTED),
    leg(base=B),
    leg(consulted=("示例市公安局", "示例市水利局")),
    leg(silent=()),
    leg(note="备注"),
    leg(causes=(Cause(duty="ex-0001", text="law: 统计法", author="编辑"),)),
]


def test_all_that_is_sealed_makes_a_digest_of_its_own() -> None:
    digests = {seal_digest(one) for one in (SEALED, *OTHERWISE)}
    assert len(digests) == len(OTHERWISE) + 1


def test_the_order_of_files_does_not_matter() -> None:
    turned = replace(SEALED, files=dict(reversed(list(SEALED.files.items()))))
    assert seal_digest(turned) == seal_digest(SEALED)


def test_the_seal_is_not_sealed() -> None:
    seal = Seal(
        digest=A,
        content=A,
        tool="0.1.0",
        rules=C,
        totals=TOTALS,
        reports=ReportDigests(markdown=A, json=B, html=C),
    )
    assert seal_digest(leg(seal=seal)) == seal_digest(SEALED)


def test_the_digest_is_fixed_for_good() -> None:
    """Whoever changes what is hashed gives the seal a new version: old seals must be proved for ever."""
    assert seal_digest(SEALED) == "294c295b0dd167432ce9862a2751f214de3d6a484982f519af9d697711508648"
    assert (
        content_digest([("duties/示例镇/township.toml", A)])
        == "da22c64dac987c2bd4238b66a1ca75e927676d1bf118531eda7883222126cb71"
    )


@given(st.dictionaries(PATHS, DIGESTS, max_size=4), st.dictionaries(PATHS, DIGESTS, max_size=4))
def test_two_states_have_one_digest_only_if_they_are_one(one: dict[str, str], other: dict[str, str]) -> None:
    assert (content_digest(one.items()) == content_digest(other.items())) == (one == other)


@given(st.permutations([("a", A), ("b", B), ("c", C)]))
def test_the_order_of_a_state_does_not_matter(files: list[tuple[str, str]]) -> None:
    assert content_digest(files) == content_digest(sorted(files))


@pytest.mark.parametrize("digest", [content_digest, lambda files: seal_digest(replace(SEALED, files=dict(files)))])
def test_a_name_cannot_make_two_files_of_one(digest: Callable[[list[tuple[str, str]]], str]) -> None:
    for end in ("\n", "\r\n", " "):
        assert digest([("a", A), ("b", B)]) != digest([(f"a{end}{B} b", A)])
        assert digest([("a", A), ("b", B)]) != digest([(f"a{end}file {B} b", A)])


def test_a_list_names_files_and_the_beginning_of_their_digests() -> None:
    files = {"会议 纪要.txt": A, "opinions/x.toml": B}
    lines = listed(files)
    assert lines == (f"opinions/x.toml {B[:16]}", f"会议 纪要.txt {A[:16]}")
    read = from_list(lines)
    assert read.keys() == files.keys()
    assert not any(differs(read[path], files[path]) for path in files)
    assert differs(read["opinions/x.toml"], A)


@pytest.mark.parametrize(
    ("path", "own"),
    [
        (LEG_FILE, False),
        *((name, False) for name in REPORTS.values()),
        ("会议纪要.txt", True),
        ("opinions/x.toml", True),
        ("opinions/leg.toml", True),
        ("附件/report.md", True),
        ("Report.md", True),
    ],
)
def test_what_a_leg_has_of_its_own(path: str, own: bool) -> None:
    assert is_own(path) is own
