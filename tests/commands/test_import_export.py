"""`import` and `export`: a document in, the same list out; nothing lost, nothing written over."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from build import DUTY_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from dutylist.model.duty import Kind
from dutylist.model.text import HIDDEN
from dutylist.store.read import read
from dutylist.store.snapshot import Folder
from process import closed, in_process
from repos import commit_all

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "document" / "small.md"
PUBLISHED = TESTS / "source" / "阿扎克镇履职事项清单.md"
VOCABULARY = TESTS.parent / "schema" / "vocabulary"
SMALL_AS = (str(SMALL), "--prefix", "ab", "--code", "123456789")
PUBLISHED_AS = (str(PUBLISHED), "--prefix", "azk", "--code", "653001102")

COUNTED = "丁镇：读入 3 项事项（基本 1、配合 1、收回 1），2 个类别。\n"
TOLD = """
推测（6 处）
  部门词表：词表中没有的部门：丙丙县水利局
  部门词表：词表中没有的部门：丙丙县公安局
  部门词表：词表中没有的部门：县水利局
  说明：说明没有写配合履职事项的项数，按实有 1 项填写
  说明：说明没有写上级部门收回事项的项数，按实有 1 项填写
  说明：说明没有写履职事项总数，按实有 3 项填写

没有字段可放（3 处）
  第 17 行起的表格：1.基本履职事项清单 1项
  第 17 行起的表格：2.配合履职事项清单 1项
  第 17 行起的表格：3.上级部门收回事项清单 1项
"""
SUMMED = "\n已规范（4 处）\n  删去多余的空格和换行（2 处）\n  去掉标签（2 处）\n"
ONE_BY_ONE = """
已规范（4 处）
  标题：删去多余的空格和换行
  说明：删去多余的空格和换行
  配合 1 对应上级部门：去掉标签
  收回 1 承接部门及工作方式：去掉标签
"""
WRITTEN = [
    "duties/丁镇/ledger.toml",
    "duties/丁镇/township.toml",
    "duties/丁镇/党的建设/ab-0001.toml",
    "duties/丁镇/党的建设/ab-0002.toml",
    "duties/丁镇/经济发展/ab-0003.toml",
    "schema/vocabulary/categories.toml",
    "schema/vocabulary/departments.toml",
]
SUPPORTING = """\
id = "ab-0002"
kind = "supporting"
position = 10
name = "做好统计工作"
superior_departments = [
  "丙丙县水利局",
  "丙丙县公安局",
]

[[superior_responsibilities]]
department = "县水利局"
clauses = [
  "制定方案；",
  "2. 监督。",
]

[[superior_responsibilities]]
department = "丙丙县公安局"
topic = "巡查"
text = "做好巡查。"

[[township_responsibilities]]
text = "做好宣传。"
"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A library without townships."""
    run(tmp_path, "init", "library", "-q")
    return tmp_path / "library"


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def test_a_small_document(empty: Path) -> None:
    before = tree(empty)
    done = run(empty, "import", *SMALL_AS)
    assert done == Done(
        0, COUNTED + SUMMED + TOLD, "已写入 7 个文件。下一步：核对上面的推测，再运行 dutylist check。\n"
    )
    after = tree(empty)
    assert changed(before, after) == WRITTEN
    assert after["duties/丁镇/党的建设/ab-0002.toml"].decode() == SUPPORTING
    assert after["duties/丁镇/ledger.toml"].decode() == 'next = 4\nlast = "ab-0003 做好统计工作"\n'
    assert run(empty, "fmt", "--check").code == 0
    assert not any(f" {family}0" in run(empty, "check").out for family in ("RD", "ID", "TO"))


def test_dry_run_says_the_same_and_writes_nothing(empty: Path) -> None:
    before = tree(empty)
    assert run(empty, "import", *SMALL_AS, "--dry-run") == Done(
        0, COUNTED + SUMMED + TOLD, "将写入 7 个文件。下一步：核对上面的推测，再运行 dutylist check。\n"
    )
    assert tree(empty) == before


def test_verbose_and_quiet(empty: Path) -> None:
    done = run(empty, "import", *SMALL_AS, "--verbose", "--quiet")
    assert done == Done(0, COUNTED + ONE_BY_ONE + TOLD, "")


def test_json_and_a_file_for_it(empty: Path) -> None:
    done = run(empty, "import", *SMALL_AS, "--format", "json", "-o", "report.json")
    assert (done.code, done.out, done.err.splitlines()[0]) == (0, "", "已写入 report.json")
    report = json.loads((empty / "report.json").read_text("utf-8"))
    notes = report.pop("notes")
    assert report == {
        "township": "丁镇",
        "duties": {"basic": 1, "supporting": 1, "reclaimed": 1},
        "categories": 2,
        "written": report["written"],
    }
    assert sorted(report["written"]) == WRITTEN
    assert notes[0] == {"what": "homeless", "where": "第 17 行起的表格", "text": "1.基本履职事项清单 1项", "count": 1}
    assert {note["what"] for note in notes} == {"homeless", "normalised", "guessed"}


def test_the_same_document_again_writes_nothing(empty: Path) -> None:
    run(empty, "import", *SMALL_AS)
    before = tree(empty)
    done = run(empty, "import", *SMALL_AS)
    assert (done.code, done.out.splitlines()[0], done.err) == (
        0,
        COUNTED.rstrip("\n"),
        "与清单库中的内容一致，没有写文件。\n",
    )
    assert tree(empty) == before


@pytest.mark.parametrize(("old", "new"), [("做好巡查", "加强巡查"), ("一段", "两段"), ("\\*统计\\*", "普查")])
def test_a_document_that_says_something_else_is_refused(empty: Path, old: str, new: str) -> None:
    run(empty, "import", *SMALL_AS)
    other = empty.parent / "other.md"
    other.write_text(SMALL.read_text("utf-8").replace(old, new), "utf-8")
    before = tree(empty)
    assert run(empty, "import", str(other), *SMALL_AS[1:]) == Done(
        3,
        "",
        "错误：清单库里已经有丁镇（3 项），内容与文档不同。\n"
        "提示：请用编辑命令逐项修改；要整个重来，先删去它的文件夹再导入。\n",
    )
    assert tree(empty) == before


def test_a_second_township_needs_a_prefix_of_its_own(empty: Path) -> None:
    run(empty, "import", *SMALL_AS)
    before = tree(empty)
    assert run(empty, "import", *SMALL_AS, "--name", "己镇") == Done(
        2, "", "错误：编号前缀 ab 已经由丁镇使用。\n提示：请用 --prefix 另取一个前缀。\n"
    )
    assert tree(empty) == before
    done = run(
        empty, "import", str(SMALL), "--prefix", "cd", "--code", "123456780", "--name", "己镇", "--county", "戊县"
    )
    assert (done.code, done.out.splitlines()[0]) == (0, COUNTED.replace("丁镇", "己镇").rstrip("\n"))
    assert 'county = "戊县"' in (empty / "duties/己镇/township.toml").read_text("utf-8")
    assert [path for path in changed(before, tree(empty)) if not path.startswith("duties/己镇/")] == []


def test_a_township_that_init_made_is_filled(empty: Path) -> None:
    run(
        empty, "init", "-q", "--township", "丁镇", "--prefix", "ab", "--code", "123456789",
        "--county", "丙丙县", "--province", "甲甲省",
    )  # fmt: skip
    assert run(empty, "import", *SMALL_AS).code == 0
    assert "duties = 3" in (empty / "duties/丁镇/township.toml").read_text("utf-8")


VOCABULARIES = {
    "syntax": ("departments.toml", "[[departments]\n"),
    "a comment": ("departments.toml", '# 自己的\n[[departments]]\nname = "丙丙县水利局"\n'),
    "a wrong type": ("categories.toml", 'categories = "党的建设"\n'),
    "not UTF-8": ("categories.toml", 'categories = ["党的建设"]\n'.encode("gbk")),
}


@pytest.mark.parametrize(("name", "content"), VOCABULARIES.values(), ids=VOCABULARIES)
def test_a_broken_vocabulary_is_not_written_anew(empty: Path, name: str, content: str | bytes) -> None:
    path = f"schema/vocabulary/{name}"
    (empty / path).write_bytes(content.encode() if isinstance(content, str) else content)
    before = tree(empty)
    done = run(empty, "import", *SMALL_AS)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"错误：{path} 有错：")
    assert done.err.endswith("\n提示：请先改正词表，再导入。\n")
    assert tree(empty) == before


LIST = "| 序号 | 事项类别 | 事项名称 |\n|---|---|---|\n| 1 | 党的建设 | 统计 |\n"
NO_TABLE = (
    3,
    "文档中没有履职事项表格。",
    "请检查文件：表格第一行应有“序号”“事项类别”“事项名称”等栏。",
)
DOCUMENTS: dict[str, tuple[bytes, tuple[int, str, str]]] = {
    "empty": (b"", NO_TABLE),
    "no table": ("履职事项清单\n".encode(), NO_TABLE),
    "NUL": (b"\0" * 1000, NO_TABLE),
    "no title": (
        LIST.encode(),
        (3, "文档标题中没有写全省、县和乡镇的名称。", "请在标题中补上，或在导入时指明。"),
    ),
    "not UTF-8": (
        SMALL.read_text("utf-8").encode("gbk"),
        (3, "document.md 不是 UTF-8 编码（第 1 个字节）。", "请用 UTF-8 另存后再导入。"),
    ),
}


@pytest.mark.parametrize(("content", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_bad_documents(empty: Path, content: bytes, expected: tuple[int, str, str]) -> None:
    code, message, hint = expected
    (empty.parent / "document.md").write_bytes(content)
    before = tree(empty)
    assert run(empty, "import", "../document.md", *SMALL_AS[1:]) == Done(code, "", f"错误：{message}\n提示：{hint}\n")
    assert tree(empty) == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nix.md", *SMALL_AS[1:]], 3, "无法读取 nix.md：没有这个文件或文件夹"),
        (["duties", *SMALL_AS[1:]], 2, "不认识 duties 的格式。"),
        (["list.pages", *SMALL_AS[1:]], 2, "不认识 list.pages 的格式。"),
        ([str(SMALL), "--prefix", "AB", "--code", "123456789"], 2, "编号前缀“AB”或区划代码“123456789”不合要求。"),
        ([str(SMALL), "--prefix", "ab", "--code", "12"], 2, "编号前缀“ab”或区划代码“12”不合要求。"),
        ([*SMALL_AS, "--name", "../外面"], 3, "乡镇名称“../外面”不能用作文件夹名。"),
        ([*SMALL_AS, "--name", "镇\n村"], 3, "乡镇名称“镇⏎村”不能用作文件夹名。"),
    ],
)
def test_what_cannot_be_meant_is_refused(empty: Path, arguments: list[str], code: int, message: str) -> None:
    before = tree(empty.parent)
    done = run(empty, "import", *arguments)
    assert (done.code, done.out, done.err.splitlines()[0]) == (code, "", f"错误：{message}")
    assert tree(empty.parent) == before


def test_options_that_are_needed(empty: Path) -> None:
    done = run(empty, "import", str(SMALL))
    assert (done.code, "缺少选项 '--prefix'" in done.err) == (2, True)


def test_outside_any_library(tmp_path: Path) -> None:
    for verb in (["import", *SMALL_AS], ["export"]):
        assert run(tmp_path, *verb).code == 3


@pytest.mark.parametrize("ends", ["\r\n", "\n\n"])
def test_documents_from_elsewhere(empty: Path, ends: str) -> None:
    text = SMALL.read_text("utf-8")
    content = text.replace("\n", ends) if ends == "\r\n" else f"\ufeff{text}"
    (empty.parent / "document.md").write_bytes(content.encode())
    run(empty, "import", *SMALL_AS)
    before = tree(empty)
    done = run(empty, "import", "../document.md", *SMALL_AS[1:])
    assert done.err == "与清单库中的内容一致，没有写文件。\n"
    assert tree(empty) == before


def test_hidden_characters_come_in_and_are_found_and_never_printed(empty: Path) -> None:
    text = (
        SMALL.read_text("utf-8")
        .replace("做好巡查", "做好\x1b[31m巡\u202e查")
        .replace("清单 | 1项", "\x1b[2J清单 | 1项")
    )
    (empty.parent / "document.md").write_text(text, "utf-8")
    for form in (["--verbose"], ["--format", "json"]):
        done = run(empty, "import", "../document.md", *SMALL_AS[1:], *form)
        assert done.code == 0
        assert HIDDEN.findall(done.out + done.err) == []
    assert "RD013" in run(empty, "check").out


def test_where_the_system_says_no_nothing_is_changed(empty: Path) -> None:
    before = tree(empty)
    with closed(empty / "schema/vocabulary"):
        done = in_process(empty, "import", *SMALL_AS)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("错误：无法写入 schema/vocabulary/")
    assert tree(empty) == before
    assert [path.name for path in (empty / "duties").iterdir()] == [".gitkeep"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The published list in a library with this repository's vocabularies, and what importing it said."""
    root = tmp_path_factory.mktemp("published")
    run(root, "init", "-q")
    shutil.copytree(VOCABULARY, root / "schema" / "vocabulary", dirs_exist_ok=True)
    return root, run(root, "import", *PUBLISHED_AS)


def test_the_published_list_comes_in_whole(published: tuple[Path, Done]) -> None:
    root, done = published
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        "阿扎克镇：读入 262 项事项（基本 103、配合 114、收回 45），19 个类别。",
    )
    assert done.err == "已写入 264 个文件。下一步：核对上面的推测，再运行 dutylist check。\n"
    assert run(root, "list").err == "共 262 项。\n"
    # The vocabularies know every word of it.
    assert {path.name: path.read_bytes() for path in (root / "schema/vocabulary").iterdir()} == {
        path.name: path.read_bytes() for path in VOCABULARY.iterdir()
    }


def test_the_published_list_a_second_time(published: tuple[Path, Done]) -> None:
    root, _ = published
    before = tree(root)
    assert run(root, "import", *PUBLISHED_AS).err == "与清单库中的内容一致，没有写文件。\n"
    assert tree(root) == before


def test_check_finds_the_faults_that_the_published_list_has(published: tuple[Path, Done]) -> None:
    root, _ = published
    findings = json.loads(run(root, "check", "--format", "json").out)["findings"]
    library, faults = read(Folder(root))
    assert faults == []
    (folder,) = library.townships
    numbered = {one.number: one for one in library.numbered(folder, Kind.SUPPORTING)}
    expected = {
        ("TO003", folder.path): ("basic = { duties = 103, categories = ", "20", " }"),
        ("TO004", folder.path): ("supporting = { duties = 114, departments = ", "51", " }"),
        ("RF004", numbered[84].record.path): ("  ", '"阿图什市水利局"', ","),
        ("RF005", numbered[105].record.path): ("department = ", '"市应急管理局"', ""),
    }
    found = {(one["code"], one["path"]): one for one in findings if (one["code"], one["path"]) in expected}
    assert found.keys() == expected.keys()
    for place, one in found.items():
        line = (root / one["path"]).read_text("utf-8").splitlines()[one["line"] - 1]
        start, end = one["column"] - 1, one["end_column"] - 1
        assert one["line"] == one["end_line"]
        assert (line[:start], line[start:end], line[end:]) == expected[place]
    assert [one["code"] for one in findings if one["severity"] == "error"] == ["TO003", "TO004"]


def test_export_then_import_gives_the_same_files(published: tuple[Path, Done], tmp_path: Path) -> None:
    root, _ = published
    assert run(root, "export", "-o", str(tmp_path / "list.md")) == Done(0, "", f"已写入 {tmp_path / 'list.md'}\n")
    again = tmp_path / "again"
    run(tmp_path, "init", "again", "-q")
    shutil.copytree(VOCABULARY, again / "schema" / "vocabulary", dirs_exist_ok=True)
    assert run(again, "import", "../list.md", *PUBLISHED_AS[1:]).code == 0
    assert tree(again) == tree(root)
    assert run(again, "export").out == (tmp_path / "list.md").read_text("utf-8")


def test_a_small_list_survives_too(empty: Path) -> None:
    run(empty, "import", *SMALL_AS)
    run(empty, "export", "-o", "../list.md", "-q")
    run(empty.parent, "init", "again", "-q")
    again = empty.parent / "again"
    assert run(again, "import", "../list.md", *SMALL_AS[1:]).code == 0
    assert tree(again) == tree(empty)


DOCUMENT = """\
示例省示例州
示例市示例镇
履职事项清单

说 明

目 录

| | |
|---|---|
| 1. 基本履职事项清单 | 1项 |
| 2. 配合履职事项清单 | 0项 |
| 3. 上级部门收回事项清单 | 0项 |

基本履职事项清单

| 序号 | 事项类别 | 事项名称 |
|---|---|---|
| 1 | 党的建设 | 做好统计工作 |

配合履职事项清单

| 序号 | 事项类别 | 事项名称 | 对应上级部门 | 上级部门职责 | 乡镇（街道）配合职责 |
|---|---|---|---|---|---|

上级部门收回事项清单

| 序号 | 事项类别 | 事项名称 | 承接部门及工作方式 |
|---|---|---|---|
"""


def test_export(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "library")
    assert run(root, "export") == Done(0, DOCUMENT, "")
    assert run(root, "export", "-o", "list.md", "--quiet") == Done(0, "", "")
    assert (root / "list.md").read_text("utf-8") == DOCUMENT


def test_export_of_a_revision(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    commit_all(root, "起草")
    (root / DUTY_PATH).write_text(duty_text(name="开展经济普查"), "utf-8")
    assert run(root, "export", "--revision", "HEAD").out == DOCUMENT
    assert run(root, "export").out == DOCUMENT.replace("做好统计工作", "开展经济普查")
    assert run(root, "export", "--revision", "nix").code == 3


def test_export_says_what_it_leaves_out(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"duties/示例镇/党的建设/ex-0002.toml": 'name = "'})
    assert run(root, "export") == Done(
        1, DOCUMENT, "注意：有 1 个文件读不出来，没有导出；运行 dutylist check 查看原因。\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message", "hint"),
    [
        (["--township", "别的镇"], 2, "清单库里没有乡镇 别的镇。", "可选：示例镇、第⏎二⟨U+202E⟩镇"),
        ([], 2, "清单库有 2 个乡镇，请用 --township 指定一个。", "可选：示例镇、第⏎二⟨U+202E⟩镇"),
        (
            ["--township", "示例镇", "-o", "nix/list.md"],
            3,
            "没有这个文件夹：nix",
            "请先新建文件夹，或换一个位置。",
        ),
    ],
)
def test_export_of_what_is_not_there(tmp_path: Path, arguments: list[str], code: int, message: str, hint: str) -> None:
    root = lay_out(tmp_path, {"duties/第\n二\u202e镇/township.toml": township_text(name="第二镇", prefix="ot")})
    assert run(root, "export", *arguments) == Done(code, "", f"错误：{message}\n提示：{hint}\n")


def test_export_of_an_empty_library(empty: Path) -> None:
    assert run(empty, "export") == Done(
        3, "", "错误：清单库里没有乡镇。\n提示：请用 dutylist import 导入清单，或用 dutylist init 新建乡镇。\n"
    )
