"""Changes as JSON: the published schema fits what is printed, and every character comes back."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from comparisons import EMPTY, HERE, changed, comparison, view
from dutylist.model.change import Comparison
from dutylist.model.validation import schema_adapter
from dutylist.report.change_formats import write
from dutylist.report.change_schema import ChangesReport
from dutylist.report.changes import ChangeReport, Selection

SCHEMA = schema_adapter(ChangesReport).json_schema(mode="validation", by_alias=True)


@given(made=changed())
@settings(max_examples=40)
def test_any_json_fits_the_schema_and_every_character_comes_back(made: Comparison) -> None:
    read = json.loads(write("json", view(made)))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    assert [(one["name"], one["before"], one["after"], one["cause"]) for one in read["changes"]] == [
        (one.name, one.before, one.after, one.cause) for one in made.changes
    ]


@pytest.mark.parametrize("made", [view(), view(EMPTY), view(selection=Selection(HERE))])
def test_json_is_the_whole_view(made: ChangeReport) -> None:
    read = json.loads(write("json", made))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    whole = made.comparison
    assert {name: len(read[name]) for name in ("changes", "account", "renumbering", "successions", "pairs")} == {
        "changes": len(whole.changes),
        "account": len(whole.account),
        "renumbering": len(whole.renumbering),
        "successions": len(whole.successions),
        "pairs": len(whole.pairs),
    }


def test_every_field_of_the_schema_is_required_closed_and_explained_in_chinese() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for record in [SCHEMA, *SCHEMA["$defs"].values()]:
        if record["type"] == "object":
            assert record["additionalProperties"] is False
            assert record["required"] == list(record["properties"])
            assert all("：" in field["description"] for field in record["properties"].values())


def test_each_change_stands_on_a_line_of_its_own() -> None:
    lines = write("json", view()).splitlines()
    rows = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"kind": ')]
    assert len([row for row in rows if "fingerprint" in row]) == len(comparison().changes)


def test_places_are_those_of_the_spots() -> None:
    revised: Any = next(
        one
        for one in json.loads(write("json", view()))["changes"]
        if (one["kind"], one["duty"]) == ("clause-revised", "ex-0002")
    )
    path = f"duties/{HERE}/水利/ex-0002.toml"
    assert revised["places"] == [
        {
            "duty": "ex-0002",
            "before": {"path": path, "line": 1, "column": 1, "field": "clause-revised[0]"},
            "after": {"path": path, "line": 12, "column": 3, "field": "clause-revised[1]"},
        }
    ]
