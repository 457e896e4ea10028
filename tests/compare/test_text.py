"""How two texts differ: what is layout, what is punctuation or a synonym, and pieces that read as phrases."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.compare.text import likeness, pieces, without_layout, without_punctuation, without_synonyms
from dutylist.compare.weight import weight_of
from dutylist.model.change import Pieces, Weight

LAYOUT = [
    ("做好 统计工作", "做好统计工作"),
    ("做好　统计\n工作", "做好统计工作"),
    ("防汛,抗旱;救灾", "防汛，抗旱；救灾"),
    ("（一）", "(一)"),
    ("“叫应”机制", '"叫应"机制'),
    ("‘叫应’机制", "'叫应'机制"),
    ("１５日内", "15日内"),
    ("ＡＰＰ", "APP"),
    ("⽔利局", "水利局"),
    ("使用 APP 上报", "使用APP上报"),
]
WORDING = [
    ("做好宣传。", "做好宣传；"),
    ("防汛、抗旱", "防汛抗旱"),
    ("防汛和抗旱", "防汛与抗旱"),
    ("防汛以及抗旱", "防汛和抗旱"),
    ("其它工作", "其他工作"),
    ("建立台帐", "建立台账"),
    ("（含防风）", "含防风"),
    ("open data", "opendata"),
]
SUBSTANTIVE = [
    ("协助开展", "负责开展"),
    ("15日内", "7日内"),
    ("1.5公里", "15公里"),
    ("10%", "10"),
    ("2-3次", "23次"),
    ("不得", "得"),
    ("3 5次", "35次"),
    ("", "做好宣传"),
    ("做好", "做"),
    ("≥5%", "<5%"),
    ("5℃", "5"),
]


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        *((*pair, Weight.LAYOUT) for pair in LAYOUT),
        *((*pair, Weight.WORDING) for pair in WORDING),
        *((*pair, Weight.SUBSTANTIVE) for pair in SUBSTANTIVE),
    ],
)
def test_weight(before: str, after: str, weight: Weight) -> None:
    assert weight_of(before, after) is weight_of(after, before) is weight


texts = st.text("做好防汛和及与以其它他，。；：（）()“”\"' a1.%-\n　⽔水Ａ", max_size=20) | st.text(max_size=12)


@given(texts)
def test_each_form_is_less_than_the_one_before_and_final(text: str) -> None:
    layout, punctuation, synonyms = without_layout(text), without_punctuation(text), without_synonyms(text)
    assert without_layout(layout) == layout
    assert without_punctuation(layout) == without_punctuation(punctuation) == punctuation
    assert without_synonyms(punctuation) == synonyms


PIECES: list[tuple[str, str, Pieces]] = [
    ("甲", "甲", (("=", "甲"),)),
    ("", "甲", (("+", "甲"),)),
    ("甲", "", (("-", "甲"),)),
    ("协助开展巡查", "负责开展巡查", (("-", "协助"), ("+", "负责"), ("=", "开展巡查"))),
    ("农村供水", "城乡供水", (("-", "农村"), ("+", "城乡"), ("=", "供水"))),
    ("每年2次", "每年4次", (("=", "每年"), ("-", "2"), ("+", "4"), ("=", "次"))),
    ("做好宣传。", "做好宣传；", (("=", "做好宣传"), ("-", "。"), ("+", "；"))),
    ("做好宣传", "做好宣传和培训", (("=", "做好宣传"), ("+", "和培训"))),
    # What is equal by chance within a phrase that is new does not break it up.
    (
        "制定方案的人员",
        "协助编写的预算",
        (("-", "制定方案的人员"), ("+", "协助编写的预算")),
    ),
    # A comma ends a phrase.
    (
        "组织巡查，上报",
        "开展检修，核实",
        (("-", "组织巡查"), ("+", "开展检修"), ("=", "，"), ("-", "上报"), ("+", "核实")),
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), PIECES)
def test_pieces(before: str, after: str, expected: Pieces) -> None:
    assert pieces(before, after) == expected


@given(texts, texts)
def test_pieces_say_both_texts_and_read_backwards(before: str, after: str) -> None:
    some = pieces(before, after)
    assert "".join(text for sign, text in some if sign != "+") == before
    assert "".join(text for sign, text in some if sign != "-") == after
    assert all(text for _, text in some)
    assert all(one[0] != other[0] for one, other in pairwise(some))
    turned = {"=": "=", "-": "+", "+": "-"}
    assert sorted((turned[sign], text) for sign, text in some) == sorted(pieces(after, before))


@given(texts, texts)
def test_likeness(one: str, other: str) -> None:
    score = likeness(one, other)
    assert 0 <= score <= 1
    assert score == likeness(other, one)
    assert (score == 1) == (one == other)
    assert likeness(one, other, 0.5) == (score if score >= 0.5 else 0)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("共262项", "共261项", "=共 -262 +261 =项"),
        ("2次", "12次", "-2 +12 =次"),
        ("1.5米", "2.5米", "-1.5 +2.5 =米"),
        ("共114项、45项", "共115项、44项", "=共 -114 +115 =项、 -45 +44 =项"),
    ],
)
def test_a_figure_is_told_as_a_whole(before: str, after: str, told: str) -> None:
    assert " ".join(sign + text for sign, text in pieces(before, after)) == told
