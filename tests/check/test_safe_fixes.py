"""Law: a safe fix of the families ST, TX and OV silences its finding and raises no other."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import build
from dutylist.check import characters, numbering, overlap, punctuation, structure, wording
from dutylist.check.characters import usual
from dutylist.check.rule import DutyCase, Hit, Rule, Scope, TownshipCase, texts_of_duty
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.record import Record
from texts import edited

RULES = [
    *structure.RULES,
    *characters.RULES,
    *punctuation.RULES,
    *numbering.RULES,
    *wording.RULES,
    *overlap.RULES,
]
PATHS = [f"duties/示例镇/党的建设/ex-000{number}.toml" for number in (1, 2)]

# Bits that the rules look for, and their look-alikes of other width, so that nearly every string is at fault somewhere.
BITS = [
    *"做统计工作目的了与参和及或一二是市局",
    *"⼀⼆⾏⺠的了⺌Ａｂ１２",
    *"，,；;：:。.、？?！!（）()《》“”‘’—…．",
    *" \u3000\u00a0\t\n",
    *"12aB①②\ufffd\ue000",
    *("1.", "2、", "（1）", "(2)", "一、", "二、", "一是", "其它", "布署", "布 署", "台帐", "等相关工作", "开展开展"),
    *("市水利局", "示例市公安局", "12:30", "1,000", "3.5万亩", "：1.", "；2."),
]
strings = st.lists(st.sampled_from(BITS), max_size=9).map("".join)
duties = st.fixed_dictionaries(
    {
        "name": strings,
        "superior_responsibilities": st.lists(
            st.fixed_dictionaries(
                {"clauses": st.lists(strings, max_size=3)},
                optional={"department": strings, "topic": strings, "text": strings},
            ),
            min_size=1,
            max_size=3,
        ),
    }
)

Values = dict[str, Any]


@settings(max_examples=150)
@given(st.lists(duties, min_size=2, max_size=2))
def test_safe_fix_silences_its_finding_and_raises_none(values: list[Values]) -> None:
    before = list(findings(values))
    for rule, hit in before:
        if hit.fix and hit.fix.safe:
            after = Counter(rule.code for rule, _ in findings(mended(values, hit)))
            had = Counter(rule.code for rule, _ in before)
            assert after[rule.code] < had[rule.code], (rule.code, hit)
            assert after - had == Counter(), (rule.code, hit, after - had)


def findings(values: list[Values]) -> Iterator[tuple[Rule, Hit]]:
    """All hits of the three families in a township of these duties."""
    records = tuple(
        Record(path, build.duty(kind="supporting", id=f"ex-000{number}", **some))
        for number, (path, some) in enumerate(zip(PATHS, values, strict=True), 1)
    )
    folder = TownshipFolder("示例镇", None, None, records)
    library = Library((folder,))
    for rule in RULES:
        assert rule.find
        for record in records if rule.scope is Scope.DUTY else ():
            yield from ((rule, hit) for hit in rule.find(DutyCase(library, folder, record)))
        for record in records if rule.scope is Scope.TEXT else ():
            texts = [text for text in texts_of_duty(record) if rule.concerns(text.role, usual=usual(text.string))]
            yield from ((rule, hit) for text in texts for hit in rule.find(text))
        if rule.scope is Scope.TOWNSHIP:
            yield from ((rule, hit) for hit in rule.find(TownshipCase(library, folder)))


def mended(values: list[Values], hit: Hit) -> list[Values]:
    """The duties after a fix, whose edits all lie in one string."""
    assert hit.fix
    spot = hit.fix.edits[0].spot
    at = PATHS.index(spot.path)
    return [changed(some, spot.field or (), hit) if number == at else some for number, some in enumerate(values)]


def changed(value: Any, field: tuple[str | int, ...], hit: Hit) -> Any:
    """`value` with the string at `field` mended; nothing is changed in place."""
    if not field:
        assert hit.fix
        return edited(value, hit.fix.edits)
    step, *rest = field
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[step] = changed(value[step], tuple(rest), hit)
    return copy
