"""SARIF: closed and complete as the standard has it; rules, places, fixes and waivers where consumers look for them."""

import json
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from dutylist.model.finding import Edit, Fix, Place, Spot
from dutylist.report import sarif
from dutylist.report.ruledoc import explanation, markdown
from dutylist.report.views import Checked, PlacedEdit
from findings import DOC, DUTY, RULES, SAMPLES, TOWNSHIP, finding, hostile_view, view
from sarif_log import LOG


def run_of(made: Checked) -> Any:
    """The only run of a valid log."""
    log = json.loads(sarif.write(made))
    jsonschema.Draft202012Validator(LOG, format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    return run


@pytest.mark.parametrize("made", [view(), view(*SAMPLES, show_waived=True), hostile_view()])
def test_results_point_at_their_rule_file_and_region(made: Checked) -> None:
    run = run_of(made)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for found, result in zip(made.findings, run["results"], strict=True):
        assert "ruleIndex" not in result or rules[result["ruleIndex"]]["id"] == result["ruleId"] == found.code
        location = result["locations"][0]["physicalLocation"]
        uri = location["artifactLocation"]["uri"]
        assert uri.isascii()
        assert unquote(uri, errors="surrogatepass") == found.spot.path
        assert tuple(location["region"].values()) == (
            found.place.line,
            found.place.column,
            found.place.end_line,
            found.place.end_column,
        )
        assert result["partialFingerprints"] == {"dutylist/v1": found.fingerprint}


def test_levels_and_waivers() -> None:
    results = run_of(view(*SAMPLES, show_waived=True))["results"]
    reason = "公开发布的原文如此，待下一次动态调整更正。"
    suppressed = [{"kind": "external", "status": "accepted", "justification": reason}]
    assert [(result["ruleId"], result["level"], result["suppressions"]) for result in results] == [
        ("TO002", "warning", suppressed),
        ("TO001", "warning", []),
        ("RF004", "error", []),
        ("TX001", "note", []),
    ]


def test_a_fix_in_two_files_is_one_fix_with_its_replacements_in_order() -> None:
    later, elsewhere, first = (Edit(Spot(path, (key,)), key) for path, key in zip("aba", "xyz", strict=True))
    edits = {
        later: PlacedEdit(DUTY, Place(4, 1, 4, 2), '"乙"'),
        elsewhere: PlacedEdit(TOWNSHIP, Place(5, 1, 5, 2), "1"),
        first: PlacedEdit(DUTY, Place(2, 1, 2, 1), '"甲"'),
    }
    made = view(finding(fix=Fix("改三处", (later, elsewhere, first))), edits=edits, root="清单/")
    (fix,) = run_of(made)["results"][0]["fixes"]
    assert fix["description"] == {"text": "改三处"}
    assert [
        (
            unquote(change["artifactLocation"]["uri"]),
            [(part["deletedRegion"]["startLine"], part["insertedContent"]["text"]) for part in change["replacements"]],
        )
        for change in fix["artifactChanges"]
    ] == [(f"清单/{TOWNSHIP}", [(5, "1")]), (f"清单/{DUTY}", [(2, '"甲"'), (4, '"乙"')])]
    unknown = view(finding(fix=Fix("改三处", (later, elsewhere, first))), edits={})
    assert "fixes" not in run_of(unknown)["results"][0]


def test_help_shows_the_examples() -> None:
    rule = run_of(view())["tool"]["driver"]["rules"][0]
    assert (
        rule["help"]["text"]
        == explanation(RULES[0])
        == "部门名称不是词表中的标准名称。\n\n名称不一，按部门汇总就会漏掉这一项。"
    )
    assert rule["help"]["markdown"] == markdown(RULES[0])
    assert markdown(RULES[0]) == (
        "部门名称不是词表中的标准名称。\n"
        "\n"
        "名称不一，按部门汇总就会漏掉这一项。\n"
        "\n"
        "**错误示例**\n"
        "\n"
        "```toml\n"
        'kind = "supporting"\n'
        'superior_departments = ["示例市水力局"]\n'
        "```\n"
        "\n"
        "**正确示例**\n"
        "\n"
        "```toml\n"
        'kind = "supporting"\n'
        'superior_departments = ["示例市水利局"]\n'
        "```\n"
    )
    assert DOC.count("```") == markdown(RULES[0]).count("```")
