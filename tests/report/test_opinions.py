"""Opinions as a list: whole outputs, what the entries say, hostile text."""

import json
import re
from collections.abc import Callable

import jsonschema
import pytest

import legs
from comparisons import ATTACKS
from dutylist.contract import schema_text
from dutylist.model.text import HIDDEN, cells
from dutylist.report.opinions import NOTHING, as_json, opinion_list, text
from dutylist.report.views import Terminal

LEG = legs.leg(*legs.OPINIONS)
ENTRIES = opinion_list([LEG], legs.ANSWERS)
SCHEMA = json.loads(schema_text("opinions.schema.json"))


def test_whole_output(golden: Callable[[str, str], None]) -> None:
    golden("leg/opinions.txt", text(ENTRIES, Terminal(80)))
    golden("leg/opinions-colour.txt", text(ENTRIES, Terminal(40, True)))
    golden("leg/opinions.json", as_json(ENTRIES))


def test_json_has_the_fields_that_were_promised() -> None:
    read = json.loads(as_json(ENTRIES))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    fields = ["id", "leg", "author", "duty", "field", "text", "proposed", "verdict", "reason", "changes"]
    assert [list(one) for one in read] == [fields] * len(legs.OPINIONS)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid([{**read[0], "more": 1}])


def test_what_an_opinion_names_itself_counts_before_what_was_matched() -> None:
    own = legs.opinion(1, changes=("aaaaaaaaaaaa",))
    (entry,) = opinion_list([legs.leg(own)], {own.id: ("bbbbbbbbbbbb",)})
    assert entry.changes == ("aaaaaaaaaaaa",)
    (entry,) = opinion_list([legs.leg(legs.opinion(1))], {own.id: ["bbbbbbbbbbbb"]})
    assert entry.changes == ("bbbbbbbbbbbb",)


def test_several_legs_follow_each_other() -> None:
    other = legs.leg(legs.opinion(9), name="2-up")
    assert [entry.leg for entry in opinion_list([LEG, other], {})] == [*["2025/1-down"] * 6, "2025/2-up"]


def test_no_opinions() -> None:
    assert text((), Terminal()) == f"{NOTHING}\n"
    assert as_json(()) == "[]\n"


@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_stays_text_and_fits(colour: bool) -> None:
    some = [legs.opinion(at, one, text=one, reason=one, field=one, proposed=one) for at, one in enumerate(ATTACKS)]
    entries = opinion_list([legs.leg(*some)], {})
    said = re.sub(r"\x1b\[[\d;]*m", "", text(entries, Terminal(50, colour)))
    assert HIDDEN.search(said) is None
    assert max(map(cells, said.splitlines())) <= 50
    assert not [line for line in said.splitlines() if line.lstrip().startswith("::")]
    read = json.loads(as_json(entries))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    assert [one["text"] for one in read] == list(ATTACKS)
