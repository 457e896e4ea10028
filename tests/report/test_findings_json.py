"""JSON: the published schema fits what is printed, and every character comes back."""

import json

import jsonschema
import pytest
from pydantic import TypeAdapter

from dutylist.report import json_
from dutylist.report.json_ import FindingsReport
from dutylist.report.views import Checked
from findings import SAMPLES, finding, hostile_view, view

SCHEMA = TypeAdapter(FindingsReport).json_schema(mode="serialization")


@pytest.mark.parametrize("made", [view(), view(*SAMPLES, show_waived=True), hostile_view()])
def test_the_schema_made_from_the_types_fits_what_is_printed(made: Checked) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(json_.write(made)), SCHEMA)


def test_every_field_is_required_closed_and_explained_in_chinese() -> None:
    for record in [SCHEMA, *SCHEMA["$defs"].values()]:
        if record["type"] == "object":
            assert record["additionalProperties"] is False
            assert record["required"] == list(record["properties"])
            assert all("：" in field["description"] for field in record["properties"].values() if "$ref" not in field)


def test_every_character_comes_back() -> None:
    made = hostile_view()
    entries = json.loads(json_.write(made))["findings"]
    assert [(entry["path"], entry["message"], entry["waived_reason"]) for entry in entries] == [
        (one.spot.path, one.message, one.waived) for one in made.findings
    ]


def test_the_keys_are_fixed() -> None:
    entry = json.loads(json_.write(view(finding())))["findings"][0]
    assert list(entry) == [
        "code",
        "severity",
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "field",
        "message",
        "duty",
        "waived",
        "waived_reason",
        "fingerprint",
        "fix",
    ]
