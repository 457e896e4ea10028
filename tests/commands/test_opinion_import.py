"""`opinion import`: a filled table comes back row by row, nothing guessed, nothing lost, nothing written by halves."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from build import LEDGER_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from dutylist.contract import schema_text
from process import in_process
from repos import commit_all, git

PARTY, OTHER = "duties/示例镇/党的建设", "duties/范例乡/党的建设"
HOME = "changelog/2025/1-down"
LEG = 'from = "县委编办"\nto = "县直各部门"\nopened = 2025-03-01\ndue = 2025-03-15\n'
LEDGER = 'next = 6\n\n[[events]]\nkind = "retire"\nfrom = ["ex-0005"]\ninto = []\nreason = "法规已经废止"\n'
LIBRARY = {
    "changelog/2025/campaign.toml": (
        'title = "编制"\nkind = "compilation"\ntownships = [\n  "示例镇",\n  "范例乡",\n]\nlegs = [\n  "1-down",\n]\n'
    ),
    f"{HOME}/leg.toml": LEG,
    f"{PARTY}/ex-0002.toml": duty_text(id="ex-0002", kind="supporting", name="农村供水保障"),
    f"{PARTY}/ex-0003.toml": duty_text(id="ex-0003", kind="supporting", name="护林防火", position=20),
    f"{PARTY}/ex-0004.toml": duty_text(id="ex-0004", kind="reclaimed", name="河道执法"),
    LEDGER_PATH: LEDGER,
    f"{OTHER}/ab-0001.toml": duty_text(id="ab-0001", kind="supporting", name="护林防火"),
    "duties/范例乡/township.toml": township_text(name="范例乡", prefix="ab"),
    "duties/范例乡/ledger.toml": "next = 2\n",
    "duties/别的乡/township.toml": township_text(name="别的乡", prefix="cd"),
    "duties/别的乡/党的建设/cd-0001.toml": duty_text(id="cd-0001"),
}
IMPORT = ("opinion", "import", "意见.csv", "--date", "2025-03-11")
BY = ("--author", "水利局")
HEADER = ("序号", "编号", "乡镇", "清单", "事项", "栏目", "原文", "意见", "建议修改为", "理由", "提出单位")
NEXT = "下一步：运行 dutylist leg status 2025/1-down 查看。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with an open leg about two of its three townships."""
    return lay_out(tmp_path / "library", LIBRARY)


def table(root: Path, *rows: dict[str, str], header: Iterable[str] = HEADER, name: str = "意见.csv") -> None:
    """Writes a table; what a row does not say is empty."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, tuple(header), restval="")
    writer.writeheader()
    writer.writerows(rows)
    (root / name).write_text(buffer.getvalue(), "utf-8")


def imported(root: Path, *options: str) -> Any:
    """What an import tells, by its own schema, its counts in agreement."""
    done = run(root, *IMPORT, *BY, *options, "--format", "json")
    told = json.loads(done.out)
    jsonschema.validate(told, json.loads(schema_text("opinion-import.schema.json")))
    assert told["read"] == len(told["rows"])
    assert told["read"] == told["imported"] + told["present"] + told["unanswered"] + told["refused"]
    assert done.code == (1 if told["refused"] else 0)
    return told


def kept(root: Path) -> dict[str, str]:
    """The opinions by the end of their file names."""
    return {path.stem: path.read_text("utf-8") for path in sorted(root.glob(f"{HOME}/opinions/*"))}


def row(**cells: str) -> dict[str, str]:
    """A row in which somebody says something."""
    return {"意见": "建议删去", **cells}


MATCHED: dict[str, tuple[dict[str, str], str | None]] = {
    "id": ({"编号": "ex-0002"}, "ex-0002"),
    "id before all else": (
        {"编号": "ex-0002", "事项": "护林防火", "乡镇": "范例乡", "清单": "配合", "序号": "1"},
        "ex-0002",
    ),
    "number": ({"编号": "3"}, "ex-0003"),
    "list and 序号 and township": ({"乡镇": "示例镇", "清单": "配合履职事项清单", "序号": "2"}, "ex-0003"),
    "another township": ({"乡镇": "范例乡", "清单": "配合", "序号": "第1项"}, "ab-0001"),
    "the one township with such a list": ({"清单": "上级部门收回事项", "序号": "1."}, "ex-0004"),
    "序号 beside its name": ({"乡镇": "示例镇", "清单": "配合", "序号": "2", "事项": "护林防火"}, "ex-0003"),
    "序号 that moved": ({"乡镇": "示例镇", "清单": "配合", "序号": "1", "事项": "护林防火"}, "ex-0003"),
    "序号 of the sheet": ({"序号": "7", "事项": "农村供水保障"}, "ex-0002"),
    "name": ({"事项": " 农村 供水\n保障"}, "ex-0002"),
    "name in a township": ({"事项": "护林防火", "乡镇": "范例乡"}, "ab-0001"),
    "the whole list": ({"事项": "整个清单"}, None),
}


@pytest.mark.parametrize(("cells", "duty"), MATCHED.values(), ids=MATCHED)
def test_the_duty_of_a_row(root: Path, cells: dict[str, str], duty: str | None) -> None:
    table(root, row(**cells))
    told = imported(root)
    assert [(one["status"], one["duty"]) for one in told["rows"]] == [("imported", duty)]
    (text,) = kept(root).values()
    assert (f'duty = "{duty}"' if duty else 'text = "建议删去"') in text
    assert ("duty = " in text) == (duty is not None)


LIKE = "请核对下面的建议，把编号写进表里，或加上 --take 2="
REFUSED: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "unknown id": ({"编号": "ex-0022"}, "没有编号为 ex-0022 的事项。是不是 ex-0002", []),
    "retired": (
        {"编号": "ex-0005", "事项": "农村供水保障"},
        "没有编号为 ex-0005 的事项。编号台账记着它的去向：已经废止（法规已经废止）。",
        [],
    ),
    "not of this campaign": ({"编号": "cd-0001"}, "cd-0001 属于别的乡，不在 2025 所涉的乡镇之列。", []),
    "nearly the name": (
        {"事项": "农村供水"},
        f"没有写编号，也没有事项叫“农村供水”。{LIKE}ex-0002。",
        ["ex-0002 农村供水保障 0.8"],
    ),
    "nothing like it": (
        {"事项": "征兵"},
        "没有写编号，也没有事项叫“征兵”。请在表里写明编号（dutylist list）。",
        [],
    ),
    "one name twice": (
        {"事项": "护林防火"},
        f"叫“护林防火”的事项有 2 项。{LIKE}ex-0003。",
        ["ex-0003 护林防火 1.0", "ab-0001 护林防火 1.0"],
    ),
    "序号 of another name": (
        {"乡镇": "示例镇", "清单": "配合", "序号": "2", "事项": "供水保障"},
        f"没有写编号，也没有事项叫“供水保障”。{LIKE}ex-0002。",
        ["ex-0002 农村供水保障 0.8"],
    ),
    "only a text": (
        {"原文": "负责监管、立案、执行"},
        f"没有写是哪一项事项，只写了原文。{LIKE}ex-0004。",
        ["ex-0004 河道执法 0.95"],
    ),
    "序号 in two townships": ({"清单": "配合", "序号": "1"}, "配合履职事项 1 在几个乡镇都有。请写明乡镇或编号。", []),
    "unknown township": ({"乡镇": "示列镇", "事项": "护林防火"}, "没有乡镇 示列镇。是不是 示例镇？", []),
    "nothing": ({}, "没有写是哪一项事项。针对整个清单的，请在“事项”一栏写“整个清单”。", []),
    "序号 alone": ({"序号": "2"}, "没有写是哪一项事项。针对整个清单的，请在“事项”一栏写“整个清单”。", []),
    "unknown column": ({"编号": "ex-0001", "栏目": "承接部门"}, "ex-0001 没有字段 承接部门。可用：position、name", []),
    "hidden": ({"编号": "ex-0001", "理由": "甲\u202e"}, "提出理由含有看不见的字符 U+202E。请删去后重试。", []),
    "unit of two lines": ({"编号": "ex-0001", "提出单位": "水利局\n公安局"}, "单位只能写一行：水利局⏎公安局", []),
}


@pytest.mark.parametrize(("cells", "message", "proposals"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_is_refused(root: Path, cells: dict[str, str], message: str, proposals: list[str]) -> None:
    table(root, row(**cells))
    told = imported(root, "--partial")
    (one,) = told["rows"]
    assert (one["status"], one["opinion"], told["written"]) == ("refused", None, False)
    assert one["message"].startswith(message)
    assert [f"{near['duty']} {near['name']} {near['likeness']}" for near in one["proposals"]] == proposals
    assert kept(root) == {}


def test_what_a_row_says_is_kept(root: Path) -> None:
    cells = {"栏目": "乡镇（街道）配合职责", "建议修改为": "'=改", "理由": "有依据", "提出单位": "公安局"}
    table(
        root,
        row(编号="ex-0002", 意见="第一行\n第二行", **cells),
        {"编号": "ex-0003", "建议修改为": "改为甲", "原文": "做好宣传"},
    )
    imported(root)
    first, second = sorted(kept(root).values(), key=lambda text: "ex-0003" in text)
    assert first.split("\n", 1)[1] == (
        'author = "示例市公安局"\nduty = "ex-0002"\nfield = "township_responsibilities"\noriginal = "做好宣传工作。"\n'
        'text = "第一行\\n第二行"\nproposed = "=改"\nargument = "有依据"\nreceived = 2025-03-11\n'
    )
    assert second.split("\n", 1)[1] == (
        'author = "示例市水利局"\nduty = "ex-0003"\noriginal = "做好宣传"\ntext = "建议修改为：改为甲"\n'
        'proposed = "改为甲"\nreceived = 2025-03-11\n'
    )


MIXED = (
    row(编号="ex-0002", 栏目="事项名称"),
    {"编号": "ex-0003", "事项": "护林防火"},
    row(编号="ex-0003", 事项="森林防火"),
    row(事项="农村供水"),
    {"事项": "河道执法", "意见": "无意见"},
    {"事项": "河道执法", "理由": "已经移交"},
    row(编号="ex-0003", 事项="森林防火"),
    row(编号="ex-0009", 提出单位="公安局"),
)


def test_all_or_nothing(root: Path, golden: Callable[[str, str], None]) -> None:
    table(root, *MIXED, header=(*HEADER, "联系人"))
    before = tree(root)
    done = run(root, *IMPORT, *BY)
    assert (done.code, done.err) == (
        1, "有未导入的行，没有写任何文件；请改正后再导入，或加上 --partial 只导入其余各行。\n"
    )  # fmt: skip
    assert tree(root) == before
    golden("opinions/import-blocked.txt", done.out)


def test_the_other_rows_when_asked(root: Path, golden: Callable[[str, str], None]) -> None:
    table(root, *MIXED, header=(*HEADER, "联系人"))
    done = run(root, *IMPORT, *BY, "--partial")
    assert (done.code, done.err) == (1, f"已写入 2 个文件。{NEXT}")
    assert len(kept(root)) == 2
    golden("opinions/import-partial.txt", done.out)
    golden("opinions/import-again.json", run(root, *IMPORT, *BY, "--partial", "--format", "json").out)
    assert len(kept(root)) == 2


def test_a_proposal_is_taken_by_the_user(root: Path) -> None:
    table(root, *MIXED)
    told = imported(root, "--take", "5=ex-0002", "--take", "9=收回1")
    assert [(one["row"], one["duty"], one["message"]) for one in told["rows"] if one["row"] in (5, 9)] == [
        (5, "ex-0002", "请核对：ex-0002 现在叫“农村供水保障”"),
        (9, "ex-0004", None),
    ]
    assert (told["written"], told["imported"], len(kept(root))) == (True, 4, 4)


def test_the_same_table_again_adds_nothing(root: Path) -> None:
    table(root, row(编号="ex-0002"), row(编号="ex-0003"))
    assert imported(root)["imported"] == 2
    before = tree(root)
    again = imported(root, "--date", "2025-03-14")
    assert (again["present"], again["written"]) == (2, False)
    assert tree(root) == before
    assert run(root, *IMPORT, *BY).err == "没有新的意见，没有写文件。\n"
    assert run(root, "opinion", "add", "--author", "水利局", "--text", "建议删去", "--duty", "2").code == 0
    assert tree(root) == before


def test_the_extract_comes_back(root: Path) -> None:
    for form, name in (("csv", "表.csv"), ("markdown", "表.md")):
        assert run(root, "extract", "--department", "水利局", "--format", form, "-o", name).code == 0
    assert run(root, "opinion", "import", "表.md", "--date", "2025-03-11").out == (
        "表.md → 2025/1-down：读入 7 行：没有填写 7。\n"
    )
    rows = list(csv.reader(io.StringIO((root / "表.csv").read_text("utf-8-sig"), newline="")))
    for one in rows[1:]:
        one[7] = "建议删去"
    with (root / "意见.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    told = imported(root)
    assert (told["imported"], told["notes"][0]["text"]) == (7, "不是 UTF-8，按 GB18030 解码")
    listed = json.loads(run(root, "opinion", "list", "--format", "json").out)
    assert {(one["duty"], one["field"], one["author"]) for one in listed} == {
        *((duty, "superior_responsibilities", "示例市水利局") for duty in ("ex-0002", "ex-0003", "ab-0001")),
        *((duty, "township_responsibilities", "示例市水利局") for duty in ("ex-0002", "ex-0003", "ab-0001")),
        ("ex-0004", "takeover", "示例市水利局"),
    }


def test_a_dry_run_writes_nothing(root: Path) -> None:
    table(root, row(编号="ex-0002"))
    before = tree(root)
    done = run(root, *IMPORT, *BY, "--dry-run")
    assert (done.code, done.err) == (0, "没有写任何文件（--dry-run）。\n")
    assert "可导入（1）\n" in done.out
    assert tree(root) == before


def test_late_and_not_asked(tmp_path: Path) -> None:
    leg = f'{LEG}consulted = [\n  "示例市公安局",\n]\n'
    root = lay_out(tmp_path, {**LIBRARY, f"{HOME}/leg.toml": leg})
    table(root, row(编号="ex-0002"), row(编号="ex-0003"))
    done = run(root, *IMPORT, *BY, "--date", "2025-03-16")
    assert done.err == (
        "示例市水利局 不在 2025/1-down 征求意见的单位之中；照样登记。\n"
        f"逾期 1 天收到；照样登记，报告中会注明。\n已写入 2 个文件。{NEXT}"
    )


def test_a_row_without_a_unit(root: Path) -> None:
    table(root, row(编号="ex-0002"), row(编号="ex-0003", 提出单位="公安局"))
    done = run(root, *IMPORT, "--partial")
    assert "  第 2 行  ex-0002\n    没有写提出单位。请在表里写明，或加上 --author。\n" in done.out
    assert len(kept(root)) == 1


WRONG: dict[str, tuple[list[str], int, str]] = {
    "no such file": (["opinion", "import", "没有.csv"], 3, "错误：无法读取 没有.csv：没有这个文件或文件夹"),
    "a folder": (["opinion", "import", "夹.csv"], 3, "错误：夹.csv 不是普通文件，或者超过 16 MiB。"),
    "huge": (["opinion", "import", "大.csv"], 3, "错误：大.csv 不是普通文件，或者超过 16 MiB。"),
    "unknown format": (["opinion", "import", "意见.xlsx"], 2, "错误：不认识 意见.xlsx 的格式。"),
    "no header": (["opinion", "import", "空.csv"], 3, "错误：没有找到表头："),
    "take without id": ([*IMPORT, "--take", "2"], 2, "错误：--take 要写成 行=编号，如 4=azk-0139：2"),
    "take without row": (
        [*IMPORT, "--take", "二=ex-0001"],
        2,
        "错误：--take 要写成 行=编号，如 4=azk-0139：二=ex-0001",
    ),
    "take of no row": ([*IMPORT, "--take", "9=ex-0001"], 2, "错误：表里没有第 9 行，或者那一行是空的。"),
    "too early": ([*IMPORT, "--date", "2025-02-01"], 2, "错误：收到日期 2025-02-01 早于环节 2025/1-down 开始的日期"),
    "no such leg": ([*IMPORT, "--leg", "2025/1-up"], 2, "错误：2025 没有环节 1-up。"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG.values(), ids=WRONG)
def test_refused_as_a_whole(root: Path, arguments: list[str], code: int, message: str) -> None:
    table(root, row(编号="ex-0002"))
    (root / "夹.csv").mkdir()
    (root / "空.csv").write_text("", "utf-8")
    (root / "大.csv").write_bytes(b"," * ((16 << 20) + 1))
    before = tree(root)
    done = run(root, *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(message)
    assert done.err.count("\n") <= 2
    assert tree(root) == before


def test_a_closed_leg(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**LIBRARY, f"{HOME}/leg.toml": f"{LEG}closed = 2025-03-16\n"})
    table(root, row(编号="ex-0002"))
    done = run(root, *IMPORT, *BY, "--leg", "2025/1-down")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：环节 2025/1-down 已经关闭，封存后不能再改。")


def test_the_disk_says_no(root: Path) -> None:
    table(root, row(编号="ex-0002"), row(编号="ex-0003"))
    folder = root / HOME / "opinions"
    folder.mkdir()
    folder.chmod(0o555)
    before = tree(root)
    done = in_process(root, *IMPORT, *BY)
    folder.chmod(0o755)
    assert (done.code, tree(root)) == (3, before)
    assert "Traceback" not in done.err


def test_hostile_cells_are_shown_harmless(root: Path) -> None:
    table(root, row(编号="\x1b[31m", 事项="甲\u202e\x1b[2J", 提出单位="\x1b"), header=(*HEADER, "\x1b[1m"))
    for form in ("text", "json"):
        done = run(root, *IMPORT, "--format", form)
        assert (done.code, "\x1b" in done.out + done.err, "\u202e" in done.out + done.err) == (1, False, False)


def test_two_branches_that_import_merge(root: Path) -> None:
    commit_all(root, "环节开始")
    git(root, "branch", "另一支")
    table(root, row(编号="ex-0002"), row(编号="ex-0003"))
    assert run(root, *IMPORT, *BY).code == 0
    commit_all(root, "水利局的意见")
    git(root, "switch", "--quiet", "另一支")
    table(root, row(编号="ex-0002"), row(编号="ex-0003"), name="公安局.csv")
    assert run(root, "opinion", "import", "公安局.csv", "--author", "公安局", "--date", "2025-03-11").code == 0
    commit_all(root, "公安局的意见")
    git(root, "merge", "--quiet", "--no-edit", "main")
    assert len(kept(root)) == 4


def test_done(root: Path) -> None:
    table(root, row(编号="ex-0002"))
    done = run(root, *IMPORT, *BY)
    (name,) = kept(root)
    assert done == Done(
        0,
        f"意见.csv → 2025/1-down：读入 1 行：导入 1。\n\n导入（1）\n  第 2 行  ex-0002，示例市水利局 → {name}\n",
        f"已写入 1 个文件。{NEXT}",
    )
