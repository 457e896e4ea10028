"""The canonical text: a fixed point of reading, of itself, and of the editor's formatter."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import toml_rs
from hypothesis import given

import build
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import AnyDuty
from dutylist.model.township import Ledger, Township
from dutylist.model.validation import validate, validate_duty
from dutylist.model.vocabulary import Departments
from strategies import departments, duties, ledgers, townships


@given(duties)
def test_a_duty_reads_back(duty: AnyDuty) -> None:
    assert validate_duty(toml_rs.loads(canonical_text(duty))) == duty


@given(townships)
def test_a_township_reads_back(township: Township) -> None:
    assert validate(Township, toml_rs.loads(canonical_text(township))) == township


@given(ledgers)
def test_a_ledger_reads_back(ledger: Ledger) -> None:
    assert validate(Ledger, toml_rs.loads(canonical_text(ledger))) == ledger


@given(departments)
def test_a_vocabulary_reads_back(vocabulary: Departments) -> None:
    assert validate(Departments, toml_rs.loads(canonical_text(vocabulary))) == vocabulary


DUTY = """\
id = "ex-0001"
kind = "supporting"
position = 80
name = "农村供水“保障”工作"
note = "写作\\"双引号\\"和\\\\反斜杠\\n两行\\u202E"
superior_departments = [
  "示例市水利局",
  "示例市公安局",
]

[[basis]]
title = "《中华人民共和国水法》"
article = "第三十条"

[[superior_responsibilities]]
department = "市水利局"
topic = "日常管理"
text = "统筹供水："
clauses = [
  "制定计划；",
  "监督落实。",
]

[[township_responsibilities]]
text = "做好宣传。"

[[waivers]]
code = "RF004"
reason = "公开发布的原文如此"
until = 2026-12-31
"""


def test_a_duty_as_it_is_written() -> None:
    duty = build.duty(**toml_rs.loads(DUTY))
    assert canonical_text(duty) == DUTY


LEDGER = """\
next = 263
last = "azk-0262 对食品小作坊、小餐饮店、小食杂店和食品摊"

[[events]]
kind = "merge"
from = ["azk-0012", "azk-0013"]
into = ["azk-0012"]
reason = "两项工作同属一个流程"
leg = "2025/2-down"

[[events]]
kind = "retire"
from = ["azk-0014"]
into = []
reason = "法律已经修订"
"""


def test_a_ledger_as_it_is_written() -> None:
    assert canonical_text(validate(Ledger, toml_rs.loads(LEDGER))) == LEDGER


LONG_LEDGER = LEDGER.replace('"azk-0013"', '"azk-0013", ' * 30 + '"azk-0013"')


def long_lines() -> str:
    """A duty whose lines are far longer than a formatter likes."""
    clause = "加强对从事液化石油气运输的危险货物道路运输企业和车辆的监管，督促整改；" * 20
    return build.duty_text(
        kind="supporting",
        name=clause.rstrip("；"),
        superior_responsibilities=[{"clauses": [clause, clause]}],
        basis=[{"title": clause, "article": clause}],
    )


@pytest.mark.parametrize(
    "text",
    [
        DUTY,
        LEDGER,
        LEDGER.replace('"azk-0013"', '"azk-0013", ' * 30 + '"azk-0013"'),
        build.township_text(),
        long_lines(),
    ],
    ids=["duty", "ledger", "long event", "township", "long duty"],
)
def test_the_editor_formats_nothing_away(text: str, tmp_path: Path) -> None:
    tombi = shutil.which("tombi") or str(Path(sys.executable).parent / "tombi")
    file = tmp_path / "file.toml"
    file.write_text(text, "utf-8")
    subprocess.run([tombi, "format", "--offline", str(file)], check=True, capture_output=True, cwd=tmp_path)
    assert file.read_text("utf-8") == text
