"""`list` and `show`: the duties in printed order with computed numbers, one duty in full, safe for every reader."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from build import DUTY_PATH, duty_text, township_text
from command import Done, lay_out, run
from dutylist.contract import schema_text
from dutylist.model.text import HIDDEN, cells
from process import on_terminal
from repos import commit_all

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "duties.schema.json").read_text("utf-8"))

PARTY, ECONOMY = "duties/示例镇/党的建设", "duties/示例镇/经济发展"
WATER = duty_text(
    id="ex-0003",
    kind="supporting",
    position=20,
    name="农村供水",
    superior_departments=["示例市水利局（水政监察大队）", "市公安局"],
    superior_responsibilities=[
        {"department": "市水利局", "clauses": ["制定方案；", "开展监督。"]},
        {"topic": "巡查", "text": "做好巡查。"},
    ],
    basis=[{"title": "《统计法》", "article": "第三条"}, {"title": "《水法》"}],
    note="待核实\n再议",
    waivers=[{"code": "RF004", "reason": "原文如此"}],
)
DUTIES = {
    # Neither the order of files nor that of ids is the printed one.
    f"{PARTY}/ex-0002.toml": duty_text(id="ex-0002", position=5, name="做好普查工作"),
    f"{ECONOMY}/ex-0003.toml": WATER,
    f"{ECONOMY}/ex-0004.toml": duty_text(id="ex-0004", kind="supporting", position=10, name="安全生产"),
    f"{ECONOMY}/ex-0005.toml": duty_text(id="ex-0005", kind="supporting", position=20, name="护林防火"),
    f"{PARTY}/ex-0006.toml": duty_text(id="ex-0006", kind="supporting", position=90, name="征兵"),
    "duties/示例镇/上面没有的类别/ex-0007.toml": duty_text(id="ex-0007", position=1, name="其他"),
    f"{PARTY}/ex-0008.toml": duty_text(id="ex-0008", kind="reclaimed", name="河道执法"),
}
TABLE = """\
ex-0002  基本  党的建设        1  做好普查工作
ex-0001  基本  党的建设        2  做好统计工作
ex-0007  基本  上面没有的类别  3  其他
ex-0006  配合  党的建设        1  征兵
ex-0004  配合  经济发展        2  安全生产
ex-0003  配合  经济发展        3  农村供水
ex-0005  配合  经济发展        4  护林防火
ex-0008  收回  党的建设        1  河道执法
"""
HOSTILE = {
    f"{PARTY}/ex-0002.toml": duty_text(id="ex-0002", position=20, name='=HYPERLINK("http://example.org")'),
    f"{PARTY}/ex-0003.toml": duty_text(id="ex-0003", position=30, name="  +1"),
    f"{PARTY}/ex-0004.toml": duty_text(id="ex-0004", position=40, name="-1"),
    f"{PARTY}/ex-0005.toml": duty_text(id="ex-0005", position=50, name="\t@SUM(A1)"),
    f"{PARTY}/ex-0006.toml": duty_text(id="ex-0006", position=60, name="＝1"),
    f"{PARTY}/ex-0007.toml": duty_text(id="ex-0007", position=70, name="防\u202e汛\x1b[31m抗\n旱"),
    "duties/示例镇/=类\u202e别/ex-0008.toml": duty_text(
        id="ex-0008", kind="reclaimed", receiving_departments=["=1", "示例市水利局"]
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library whose printed order is none of the obvious ones."""
    return lay_out(tmp_path / "library", DUTIES)


def listed(done: Done) -> list[str]:
    """The ids that a table shows."""
    return [line.split()[0] for line in done.out.splitlines()]


def test_numbers_are_computed_by_category_position_and_id(root: Path) -> None:
    assert run(root, "list") == Done(0, TABLE, "共 8 项。\n")
    assert run(root, "list", "-q") == Done(0, TABLE, "")


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--kind", "reclaimed"], ["ex-0008"]),
        (["--category", "党的建设"], ["ex-0002", "ex-0001", "ex-0006", "ex-0008"]),
        (["--category", "上面没有的类别"], ["ex-0007"]),
        (["--department", "水利局"], ["ex-0006", "ex-0004", "ex-0003", "ex-0005", "ex-0008"]),
        (["--department", "水政监察大队", "--kind", "reclaimed"], ["ex-0008"]),
        (["--department", "示例市公安局"], ["ex-0003"]),
        (["--search", "工作"], ["ex-0002", "ex-0001"]),
        (["--kind", "supporting", "--category", "经济发展", "--search", "安全"], ["ex-0004"]),
        (["--search", "没有的字"], []),
    ],
)
def test_filters_keep_the_numbers(root: Path, arguments: list[str], ids: list[str]) -> None:
    done = run(root, "list", *arguments)
    assert listed(done) == ids
    assert (done.code, done.err) == (0, f"共 8 项，列出 {len(ids)} 项。\n")
    rows = json.loads(run(root, "list", *arguments, "--format", "json").out)
    numbers = {row["id"]: row["number"] for row in json.loads(run(root, "list", "--format", "json").out)}
    assert {row["id"]: row["number"] for row in rows} == {duty_id: numbers[duty_id] for duty_id in ids}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--department", "市水利部"], "词表中没有部门 市水利部。", "是不是 示例市水利局？"),
        (["--category", "党建"], "没有类别 党建。", "是不是 党的建设？"),
        (["--township", "别的镇"], "清单库里没有乡镇 别的镇。", "可选：示例镇"),
        (["--library", "nix"], "没有这个文件夹：nix", "请检查 --library 后面的路径。"),
        (
            ["--revision", "HEAD"],
            "清单库不在 git 仓库中，没有历史版本。",
            "请先运行 git init 并提交，再看历史版本。",
        ),
    ],
)
def test_what_is_not_there(root: Path, arguments: list[str], message: str, hint: str) -> None:
    code = 3 if arguments[0] in ("--library", "--revision") else 2
    assert run(root, "list", *arguments) == Done(code, "", f"错误：{message}\n提示：{hint}\n")


def test_json_has_this_shape(root: Path) -> None:
    rows = json.loads(run(root, "list", "--format", "json").out)
    jsonschema.validate(rows, SCHEMA)
    assert rows[5] == {
        "id": "ex-0003",
        "kind": "supporting",
        "category": "经济发展",
        "number": 3,
        "name": "农村供水",
        "township": "示例镇",
        "path": f"{ECONOMY}/ex-0003.toml",
        "departments": ["示例市水利局（水政监察大队）", "市公安局"],
    }
    assert [row["id"] for row in rows] == listed(run(root, "list"))


def test_csv(root: Path) -> None:
    text = run(root, "list", "--kind", "supporting", "--category", "经济发展", "--format", "csv").out
    assert text == (
        "\ufeff编号,清单,事项类别,序号,事项名称,乡镇（街道）,部门,文件\n"
        f"ex-0004,配合,经济发展,2,安全生产,示例镇,示例市水利局,{ECONOMY}/ex-0004.toml\n"
        f"ex-0003,配合,经济发展,3,农村供水,示例镇,示例市水利局（水政监察大队）、市公安局,{ECONOMY}/ex-0003.toml\n"
        f"ex-0005,配合,经济发展,4,护林防火,示例镇,示例市水利局,{ECONOMY}/ex-0005.toml\n"
    )


def test_csv_has_no_cell_that_a_spreadsheet_takes_for_a_formula(tmp_path: Path) -> None:
    root = lay_out(tmp_path, HOSTILE)
    rows = list(csv.reader(io.StringIO(run(root, "list", "--format", "csv").out)))
    assert [row[4] for row in rows[2:]] == [
        '\'=HYPERLINK("http://example.org")',
        "'  +1",
        "'-1",
        "' @SUM(A1)",
        "'＝1",
        "防⟨U+202E⟩汛⟨U+001B⟩[31m抗⏎旱",
        "做好统计工作",
    ]
    assert (rows[-1][2], rows[-1][6]) == ("'=类⟨U+202E⟩别", "'=1、示例市水利局")


def test_nothing_hidden_is_printed(tmp_path: Path) -> None:
    root = lay_out(tmp_path, HOSTILE)
    for form in ("text", "json", "csv"):
        assert HIDDEN.findall(run(root, "list", "--format", form).out.removeprefix("\ufeff")) == []
    for wanted in ("ex-0007", "ex-0008"):
        for form in ("text", "json", "toml"):
            assert HIDDEN.findall(run(root, "show", wanted, "--format", form).out) == []


def test_json_keeps_every_character(tmp_path: Path) -> None:
    rows = json.loads(run(lay_out(tmp_path, HOSTILE), "list", "--format", "json").out)
    jsonschema.validate(rows, SCHEMA)
    assert [row["name"] for row in rows][-2] == "防\u202e汛\x1b[31m抗\n旱"


def test_into_a_file(root: Path) -> None:
    done = run(root, "list", "--format", "csv", "-o", "list.csv")
    assert done == Done(0, "", "已写入 list.csv\n共 8 项。\n")
    assert (root / "list.csv").read_text("utf-8") == run(root, "list", "--format", "csv").out


def test_files_that_cannot_be_read_are_mentioned(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {f"{PARTY}/ex-0002.toml": 'name = "'})
    assert run(root, "list") == Done(
        0,
        "ex-0001  基本  党的建设  1  做好统计工作\n",
        "共 1 项。\n另有 1 个文件读不出来；运行 dutylist check 查看原因。\n",
    )


def test_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    assert run(tmp_path, "list") == Done(0, "", "共 0 项。\n")
    assert run(tmp_path, "list", "--format", "json").out == "[]\n"


def test_a_narrow_terminal(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {DUTY_PATH: duty_text(name="做好统计工作" * 20)})
    shown = on_terminal(root, 60, "list", "-q")
    assert max(cells(line) for line in shown.splitlines()) <= 60
    assert shown.endswith("…\n")
    # A pipe gets every character.
    assert run(root, "list").out.endswith("做好统计工作" * 20 + "\n")


def test_a_revision_is_listed_and_shown_as_it_was(root: Path) -> None:
    commit_all(root, "起草")
    (root / DUTY_PATH).unlink()
    assert run(root, "list", "--revision", "HEAD").out == TABLE
    assert run(root, "show", "ex-0001", "--revision", "HEAD", "--format", "toml").out == duty_text()
    assert run(root, "show", "ex-0001").code == 2


SHOWN = f"""\
农村供水

ex-0003 · 配合履职事项 3 · 经济发展 · 示例镇

对应上级部门
  示例市水利局（水政监察大队）
  市公安局

上级部门职责
  市水利局：
  1. 制定方案；
  2. 开展监督。
  巡查：
  做好巡查。

乡镇（街道）配合职责
  做好宣传工作。

法律依据
  《统计法》第三条

法律依据
  《水法》

备注
  待核实
  再议

豁免 RF004
  原文如此

文件 {ECONOMY}/ex-0003.toml
"""


@pytest.mark.parametrize("wanted", ["ex-0003", "ex-3", "3", "0003", "配合3"])
def test_a_duty_by_id_digits_or_list_and_number(root: Path, wanted: str) -> None:
    assert run(root, "show", wanted) == Done(0, SHOWN, "")


def test_other_kinds(root: Path) -> None:
    assert run(root, "show", "基本2").out == (
        f"做好统计工作\n\nex-0001 · 基本履职事项 2 · 党的建设 · 示例镇\n\n文件 {DUTY_PATH}\n"
    )
    assert run(root, "show", "收回1").out == (
        "河道执法\n\nex-0008 · 上级部门收回事项 1 · 党的建设 · 示例镇\n\n"
        "承接部门及工作方式\n  示例市水利局：\n  负责监管、立案、执行。\n\n"
        f"文件 {PARTY}/ex-0008.toml\n"
    )


def test_toml_is_the_file(root: Path) -> None:
    assert run(root, "show", "3", "--format", "toml").out == WATER


def test_json_is_what_is_stored_and_what_is_computed(root: Path) -> None:
    made: dict[str, Any] = json.loads(run(root, "show", "3", "--format", "json").out)
    jsonschema.validate(made, json.loads(schema_text("shown-duty.schema.json")))
    duty = made.pop("duty")
    assert (duty["id"], duty["position"], duty["note"]) == ("ex-0003", 20, "待核实\n再议")
    assert {key: made[key] for key in ("number", "category", "township", "path")} == {
        "number": 3,
        "category": "经济发展",
        "township": "示例镇",
        "path": f"{ECONOMY}/ex-0003.toml",
    }
    assert duty["superior_responsibilities"] == [
        {"department": "市水利局", "clauses": ["制定方案；", "开展监督。"]},
        {"topic": "巡查", "text": "做好巡查。"},
    ]


def test_one_duty_into_a_file(root: Path) -> None:
    assert run(root, "show", "3", "-o", "3.txt") == Done(0, "", "已写入 3.txt\n")
    assert (root / "3.txt").read_text("utf-8") == SHOWN
    assert run(root, "show", "3", "-q", "-o", "3.txt") == Done(0, "", "")


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("ex-0030", "是不是 ex-0008、ex-0007、ex-0006？"),
        ("xe-0003", "是不是 ex-0003、ex-0008、ex-0007？"),
        ("配合9", "运行 dutylist list 查看全部编号。"),
        ("9" * 5000, "运行 dutylist list 查看全部编号。"),
        ("²", "运行 dutylist list 查看全部编号。"),
        ("\x1b[2J", "运行 dutylist list 查看全部编号。"),
    ],
)
def test_an_unknown_duty_is_answered_with_the_nearest(root: Path, wanted: str, hint: str) -> None:
    shown = wanted.replace("\x1b", "⟨U+001B⟩")
    assert run(root, "show", wanted) == Done(2, "", f"错误：没有编号为 {shown} 的事项。\n提示：{hint}\n")


def other_township(prefix: str) -> Iterator[tuple[str, str]]:
    yield f"duties/另一镇/党的建设/{prefix}-0001.toml", duty_text(id=f"{prefix}-0001", name="开展普查")
    yield "duties/另一镇/township.toml", township_text(name="另一镇", prefix=prefix)
    yield "duties/另一镇/ledger.toml", "next = 2\n"


def test_numbers_are_those_of_a_township(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**DUTIES, **dict(other_township("ot"))})
    assert run(root, "list", "--township", "另一镇") == Done(
        0, "ot-0001  基本  党的建设  1  开展普查\n", "共 9 项，列出 1 项。\n"
    )
    assert run(root, "show", "基本1") == Done(
        2,
        "",
        f"错误：基本1 可以指几项事项：duties/另一镇/党的建设/ot-0001.toml、{PARTY}/ex-0002.toml。\n"
        "提示：请把编号写全；编号重复的，先运行 dutylist check 改正。\n",
    )
    assert run(root, "show", "基本1", "--township", "另一镇").out.startswith("开展普查\n")
    assert run(root, "show", "基本1", "--township", "另\n镇").err.endswith("可选：另一镇、示例镇\n")


def test_an_id_that_two_files_claim_is_not_shown_by_halves(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {f"{ECONOMY}/ex-0001.toml": duty_text()})
    done = run(root, "show", "ex-0001")
    assert done.err.startswith(f"错误：ex-0001 可以指几项事项：{DUTY_PATH}、{ECONOMY}/ex-0001.toml。\n")
