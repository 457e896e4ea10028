"""Campaigns and how far their legs have come: whole outputs, what has not begun, hostile text."""

import json
from collections.abc import Callable
from datetime import date

import jsonschema

import legs
from comparisons import ATTACKS
from dutylist.contract import schema_text
from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import CampaignKind
from dutylist.model.text import HIDDEN, cells
from dutylist.report.leg_list import NOTHING, LegState, as_json, campaign_list, text
from dutylist.report.views import Terminal

SCHEMA = json.loads(schema_text("campaigns.schema.json"))
FIRST = legs.leg(legs.opinion(1), name="1-up", closed=date(2025, 2, 28))
FOLDERS = (
    legs.campaign(legs.leg(*legs.OPINIONS), FIRST, LegFolder("2025", "补充", None)),
    CampaignFolder("2026", None, ()),
)
ENTRIES = campaign_list(FOLDERS)


def test_whole_output(golden: Callable[[str, str], None]) -> None:
    golden("leg/campaigns.txt", text(ENTRIES, Terminal(80)))
    golden("leg/campaigns-colour.txt", text(ENTRIES, Terminal(40, True)))
    golden("leg/campaigns.json", as_json(ENTRIES))


def test_legs_stand_as_declared_and_those_that_have_not_begun_too() -> None:
    assert [(one.leg, one.state) for one in ENTRIES[0].legs] == [
        ("2025/1-up", LegState.CLOSED),
        ("2025/1-down", LegState.OPEN),
        ("2025/2-up", LegState.WAITING),
        ("2025/补充", LegState.WAITING),
    ]
    assert [one.opinions for one in ENTRIES[0].legs] == [1, 6, 0, 0]


def test_json_fits_its_schema() -> None:
    read = json.loads(as_json(ENTRIES))
    jsonschema.Draft202012Validator(SCHEMA).validate(read)
    assert (read[1]["title"], read[1]["kind"], read[1]["legs"]) == (None, None, [])
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid([{**read[0], "kind": "other"}])


def test_no_campaigns() -> None:
    assert text((), Terminal()) == f"{NOTHING}\n"
    assert as_json(()) == "[]\n"


def test_hostile_text_stays_text_and_fits() -> None:
    entries = campaign_list(
        [legs.campaign(title=one, townships=(one,), kind=CampaignKind.ADMISSION) for one in ATTACKS]
    )
    said = text(entries, Terminal(50))
    assert HIDDEN.search(said) is None
    assert max(map(cells, said.splitlines())) <= 50
    assert [one["title"] for one in json.loads(as_json(entries))] == list(ATTACKS)
