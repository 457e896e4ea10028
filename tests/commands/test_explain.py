"""`explain`: every rule, from the same documentation as `schema/rules.md`, in any folder."""

import json
from pathlib import Path

import jsonschema
import pytest

from command import Done, run
from dutylist.check.registry import FAMILIES, RULES
from dutylist.compare import burden
from dutylist.contract import burden_docs, rule_docs, schema_text
from dutylist.report.rulebook import page

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


BU001 = """\
BU001 新增事项（责任增减）

基本履职事项或配合履职事项多了一项；废止一项是减轻。

清单多一项，乡镇就多一份要落实、要考核的事。上级部门收回事项不由乡镇承担，增减都不算；由别的事项拆分、
合并而来的，事情本来就有，也不算。

- 加重：无 → 基本事项“做好防汛工作”
- 加重：无 → 配合事项“农村供水保障工作”
- 不算：无 → 收回事项“村镇建设规划许可”
- 不算：收回事项“村镇建设规划许可” → 无
- 不算：基本事项“做好防汛工作” → 基本事项“做好防汛抗旱工作”
"""
BURDENS = """\
责任增减
  BU001  新增事项
  BU002  换到责任更重的清单
  BU003  乡镇职责增加
  BU004  协助变为负责
  BU005  次数或数量提高
  BU006  期限缩短
  BU007  可以变为必须
"""


def test_one_rule(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "TO002") == Done(0, TO002, "")
    assert run(tmp_path, "explain", "to002") == Done(0, TO002, "")
    assert run(tmp_path, "explain", "bu001") == Done(0, BU001, "")


def test_a_family(tmp_path: Path) -> None:
    assert run(tmp_path, "explain", "OV") == Done(0, OVERLAP, "")
    assert run(tmp_path, "explain", "BU") == Done(0, BURDENS, "")


def test_all_rules_by_family(tmp_path: Path) -> None:
    done = run(tmp_path, "explain")
    lines = [f"  {rule.code}  {rule.severity.label}  {rule.title}" for rule in RULES]
    checks, burdens = done.out.split("\n\n责任增减\n")
    assert [line for line in checks.splitlines() if line.startswith(" ")] == lines
    assert [line for line in checks.splitlines() if line and not line.startswith(" ")] == list(FAMILIES.values())
    assert f"责任增减\n{burdens}" == BURDENS


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
    # What only git's history shows has no example in TOML.
    assert ("错误示例：\n    " in out) is not code.startswith("AU")
    assert ("正确示例：\n    " in out) is not code.startswith("AU")
    assert not any(mark in out for mark in ("```", "Bad:", "Good:"))


def test_markdown_of_all_is_the_published_page(tmp_path: Path) -> None:
    every = run(tmp_path, "explain", "--format", "markdown").out
    assert page(rule_docs()) == (SCHEMA / "rules.md").read_text("utf-8")
    assert every == page([*rule_docs(), *burden_docs()])
    assert BU001.partition("\n\n")[2] in every
    assert BU001.partition("\n\n")[2] in (SCHEMA / "changes.md").read_text("utf-8")
    one = run(tmp_path, "explain", "TO002", "--format", "markdown").out
    assert one.startswith("# TO002 所报总数不等于三张清单之和\n\n")
    assert one.count("```toml duties/示例镇/township.toml\n") == 2


def test_json(tmp_path: Path) -> None:
    entries = json.loads(run(tmp_path, "explain", "--format", "json").out)
    jsonschema.validate(entries, json.loads(schema_text("rules.schema.json")))
    assert [entry["code"] for entry in entries] == [rule.code for rule in RULES] + [rule.code for rule in burden.RULES]
    assert {entry["code"][:2] for entry in entries if entry["severity"] is None} == {"BU"}
    assert not any("加重：" in entry["doc"] for entry in entries)
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
