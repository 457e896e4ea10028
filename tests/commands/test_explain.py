"""`explain`: every rule, from the same documentation as `schema/rules.md`, in any folder."""

import json
from pathlib import Path

import jsonschema
import pytest

from command import Done, run
from dutylist.check.registry import FAMILIES, RULES
from dutylist.contract import schema_text

SCHEMA = Path(__file__).parents[2] / "schema"

TO002 = """\
TO002 所报总数不等于三张清单之和（错误，总数）

township.toml 所报的总数，不等于它所报的三张清单之和。

两个数对不上，读者不知道该信哪一个。

错误示例：
    # duties/示例镇/township.toml
    declared = { duties = 2, basic = { duties = 1 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }

正确示例：
    # duties/示例镇/township.toml
    declared = { duties = 1, basic = { duties = 1 }, supporting = { duties = 0 }, reclaimed = { duties = 0 } }
"""
OVERLAP = """\
重叠
  OV001  警告  同一清单内名称重复
  OV002  警告  名称相近
  OV003  警告  同一条款写给两个部门
  OV004  警告  一个事项列入两张清单
"""


def test_one_rule(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "TO002") == Done(0, TO002, "")
    assert run(tmp_path, "explain", "to002") == Done(0, TO002, "")


def test_a_family(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "OV") == Done(0, OVERLAP, "")


def test_all_rules_by_family(tmp_path: Path) -> None:
    done = run(tmp_path, "explain")
    lines = [f"  {rule.code}  {rule.severity.label}  {rule.title}" for rule in RULES]
    assert [line for line in done.out.splitlines() if line.startswith(" ")] == lines
    assert [line for line in done.out.splitlines() if line and not line.startswith(" ")] == list(FAMILIES.values())


def test_several_codes_are_all_in_full_in_the_order_asked_for(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "TX001", "TO002")
    assert done.out.startswith("TX001 ")
    assert done.out.endswith(f"\n\n{TO002}")
    whole = run(tmp_path, "explain", "TO", "TX001").out
    assert TO002 in whole
    assert whole.index("TO006 ") < whole.index("TX001 ")


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_in_full_shows_no_marks_of_its_docstring(tmp_path: Path, code: str) -> None:
    out = run(tmp_path, "explain", code).out
    assert out.startswith(f"{code} ")
    assert "错误示例：\n    " in out
    assert "正确示例：\n    " in out
    assert not any(mark in out for mark in ("```", "Bad:", "Good:"))


def test_markdown_of_all_is_the_published_page(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "--format", "markdown").out == (SCHEMA / "rules.md").read_text("utf-8")
    one = run(tmp_path, "explain", "TO002", "--format", "markdown").out
    assert one.startswith("# TO002 所报总数不等于三张清单之和\n\n")
    assert one.count("```toml duties/示例镇/township.toml\n") == 2


def test_json(tmp_path: Path) -> None:
    entries = json.loads(run(tmp_path, "explain", "--format", "json").out)
    jsonschema.validate(entries, json.loads(schema_text("rules.schema.json")))
    assert [entry["code"] for entry in entries] == [rule.code for rule in RULES]
    (entry,) = json.loads(run(tmp_path, "explain", "TO002", "--format", "json").out)
    doc = entry.pop("doc")
    assert entry == {"code": "TO002", "severity": "error", "title": "所报总数不等于三张清单之和", "family": "总数"}
    assert "**错误示例**" in doc


def test_into_a_file(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "TO002", "-o", "rule.txt") == Done(0, "", "已写入 rule.txt\n")
    assert (tmp_path / "rule.txt").read_text("utf-8") == TO002
    assert run(tmp_path, "explain", "OV", "-o", "rule.txt", "-q") == Done(0, "", "")
    assert (tmp_path / "rule.txt").read_text("utf-8") == OVERLAP


@pytest.mark.parametrize(
    ("code", "shown", "hint"),
    [
        ("QQ", "QQ", "运行 dutylist explain 查看全部代码。"),
        ("", "", "运行 dutylist explain 查看全部代码。"),
        ("\x1b[31m", "⟨U+001B⟩[31M", "运行 dutylist explain 查看全部代码。"),
    ],
)
def test_unknown_codes(tmp_path: Path, code: str, shown: str, hint: str) -> None:
    assert run(tmp_path, "explain", "TO002", code) == Done(2, "", f"错误：没有规则 {shown}。\n提示：{hint}\n")


def test_a_misspelt_code_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "to02")
    assert done.code == 2
    assert done.err.startswith("错误：没有规则 TO02。\n提示：是不是 TO002、")
