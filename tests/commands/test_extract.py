"""`extract`: every duty that names a department, in every township, as a table to fill in."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from build import LEDGER_PATH, duty_text, township_text
from command import Done, lay_out, run
from dutylist.contract import schema_text
from dutylist.document.opinion_formats import load
from repos import commit_all

PARTY, OTHER = "duties/示例镇/党的建设", "duties/范例乡/党的建设"
WATER = duty_text(
    id="ex-0002",
    kind="supporting",
    name="农村供水",
    superior_departments=["示例市水利局", "示例市公安局"],
    superior_responsibilities=[
        {"text": "共同负责。"},
        {"department": "市水利局", "clauses": ["制定方案；", "开展监督。"]},
        {"topic": "巡查", "text": "做好巡查。"},
        {"department": "公安局", "text": "依法查处。"},
    ],
    township_responsibilities=[{"clauses": ["组织群众；", "上报情况。"]}],
)
# Named above a section only, together with another.
POLICE = duty_text(
    id="ex-0003",
    kind="supporting",
    name="社会治安",
    superior_departments=["示例市公安局"],
    superior_responsibilities=[
        {"department": "公安局", "text": "甲。"},
        {"department": "公安局、水利局", "text": "乙。"},
    ],
)
UNIT = duty_text(
    id="ab-0001",
    kind="reclaimed",
    name="河道执法",
    receiving_departments=["示例市水利局（水政监察大队）"],
    takeover=[{"text": "负责执法。"}],
)
LIBRARY = {
    f"{PARTY}/ex-0002.toml": WATER,
    f"{PARTY}/ex-0003.toml": POLICE,
    f"{PARTY}/ex-0004.toml": duty_text(
        id="ex-0004",
        kind="supporting",
        name="治安",
        superior_departments=["示例市公安局"],
        superior_responsibilities=[{"text": "与水利局联合巡查。"}],
    ),
    f"{OTHER}/ab-0001.toml": UNIT,
    "duties/范例乡/township.toml": township_text(name="范例乡", prefix="ab"),
    "duties/范例乡/ledger.toml": "next = 2\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two townships, four duties that are about departments."""
    return lay_out(tmp_path / "library", LIBRARY)


def parts(done: Done) -> list[str]:
    """Each part of a CSV on a line: id, column, text."""
    assert done.code == 0
    assert done.out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"), newline="")))
    assert {row["意见"] + row["建议修改为"] + row["理由"] for row in rows} <= {""}
    return [f"{row['编号']} {row['栏目']}：{row['原文']}" for row in rows]


def test_the_parts_of_a_department(root: Path, golden: Callable[[str, str], None]) -> None:
    done = run(root, "extract", "--department", "水利局")
    assert (done.code, done.err) == (0, "示例市水利局：3 项事项，5 处。\n")
    golden("opinions/extract.md", done.out)


@pytest.mark.parametrize("name", ["示例市水利局", "水利局", "水政监察大队", "示例市水力局"])
def test_every_spelling_means_the_department(root: Path, name: str) -> None:
    assert parts(run(root, "extract", "--department", name, "--format", "csv")) == [
        "ex-0002 上级部门职责：市水利局：\n1. 制定方案；\n2. 开展监督。\n巡查：\n做好巡查。",
        "ex-0002 乡镇（街道）配合职责：1. 组织群众；\n2. 上报情况。",
        "ex-0003 上级部门职责：公安局、水利局：\n乙。",
        "ex-0003 乡镇（街道）配合职责：做好宣传工作。",
        "ab-0001 承接部门及工作方式：负责执法。",
    ]


def test_all_parts(root: Path) -> None:
    done = run(root, "extract", "--department", "水利局", "--all", "--township", "示例镇", "--format", "csv")
    assert [part.replace("\n", "⏎") for part in parts(done)] == [
        "ex-0002 事项名称：农村供水",
        "ex-0002 对应上级部门：示例市水利局⏎示例市公安局",
        "ex-0002 上级部门职责：共同负责。⏎市水利局：⏎1. 制定方案；⏎2. 开展监督。⏎巡查：⏎做好巡查。⏎公安局：⏎依法查处。",
        "ex-0002 乡镇（街道）配合职责：1. 组织群众；⏎2. 上报情况。",
        "ex-0003 事项名称：社会治安",
        "ex-0003 对应上级部门：示例市公安局",
        "ex-0003 上级部门职责：公安局：⏎甲。⏎公安局、水利局：⏎乙。",
        "ex-0003 乡镇（街道）配合职责：做好宣传工作。",
    ]


def test_one_township(root: Path) -> None:
    one = run(root, "extract", "--department", "水利局", "--format", "csv", "--township", "范例乡")
    assert [part.split()[0] for part in parts(one)] == ["ab-0001"]
    both = ("--township", "示例镇", "--township", "范例乡")
    every = run(root, "extract", "--department", "水利局", "--format", "csv")
    assert run(root, "extract", "--department", "水利局", "--format", "csv", *both) == every


def test_json_fits_its_schema(root: Path) -> None:
    done = run(root, "extract", "--department", "公安局", "--format", "json")
    told: Any = json.loads(done.out)
    jsonschema.validate(told, json.loads(schema_text("extract.schema.json")))
    assert [told[key] for key in ("department", "townships", "counts", "parts")] == [
        "示例市公安局",
        ["示例镇", "范例乡"],
        {"basic": 0, "supporting": 3, "reclaimed": 0},
        6,
    ]
    assert told["duties"][2] == {
        "id": "ex-0004",
        "township": "示例镇",
        "kind": "supporting",
        "category": "党的建设",
        "number": 3,
        "name": "治安",
        "path": f"{PARTY}/ex-0004.toml",
        "parts": [
            {"field": "superior_responsibilities", "text": "与水利局联合巡查。"},
            {"field": "township_responsibilities", "text": "做好宣传工作。"},
        ],
    }


@pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("csv", ".csv")])
def test_nothing_concerns_it(tmp_path: Path, form: str, suffix: str) -> None:
    done = run(lay_out(tmp_path), "extract", "--department", "水利局", "--format", form)
    assert (done.code, done.err) == (0, "示例市水利局：0 项事项，0 处。\n")
    assert load(f"表{suffix}", done.out.encode()).rows == ()


REFUSED = {
    "unknown department": (["--department", "水力"], 2, "错误：词表中没有部门 水力。\n提示：是不是 示例市水利局？\n"),
    "unknown township": (
        ["--department", "水利局", "--township", "示列镇"],
        2,
        "错误：清单库里没有乡镇 示列镇。\n提示：可选：示例镇、范例乡\n",
    ),
    "no such folder": (
        ["--department", "水利局", "-o", "没有/表.csv"],
        3,
        "错误：没有这个文件夹：没有\n提示：请先新建文件夹，或换一个位置。\n",
    ),
}


@pytest.mark.parametrize(("arguments", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(root: Path, arguments: list[str], code: int, message: str) -> None:
    assert run(root, "extract", *arguments) == Done(code, "", message)


def test_a_file_that_cannot_be_read_is_told(root: Path) -> None:
    (root / f"{PARTY}/ex-0002.toml").write_text("id =", "utf-8")
    done = run(root, "extract", "--department", "水利局", "--quiet", "--format", "csv")
    assert (done.code, done.err) == (1, "注意：有 1 个文件读不出来，没有列入；运行 dutylist check 查看原因。\n")
    assert "ex-0003" in done.out
    assert run(root, "extract", "--department", "水利局", "--quiet", "--township", "范例乡").code == 0


def test_a_revision_and_a_file(root: Path) -> None:
    commit_all(root, "清单")
    before = run(root, "extract", "--department", "水利局", "--format", "csv")
    (root / f"{PARTY}/ex-0002.toml").unlink()
    (root / LEDGER_PATH).unlink()
    options = ("--revision", "HEAD", "--format", "csv", "-o", "表.csv")
    assert run(root, "extract", "--department", "水利局", *options) == Done(
        0, "", "已写入 表.csv\n示例市水利局：3 项事项，5 处。\n"
    )
    assert (root / "表.csv").read_bytes().decode() == before.out


def test_hostile_text_is_named_and_no_formula(tmp_path: Path) -> None:
    hostile = duty_text(
        id="ex-0002", kind="supporting", name="=1+1\u202e", township_responsibilities=[{"text": "-1|甲"}]
    )
    root = lay_out(tmp_path, {f"{PARTY}/ex-0002.toml": hostile})
    done = run(root, "extract", "--department", "水利局", "--format", "csv")
    assert "\n1,ex-0002,示例镇,配合,'=1+1⟨U+202E⟩,乡镇（街道）配合职责,'-1|甲,,,,示例市水利局\n" in done.out
    for form, suffix in (("csv", ".csv"), ("markdown", ".md")):
        told = run(root, "extract", "--department", "水利局", "--format", form).out
        row = load(f"表{suffix}", told.encode()).rows[1].cells
        assert (row.name, row.original) == ("=1+1⟨U+202E⟩", "-1|甲")
