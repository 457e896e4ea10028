"""Reading: every fault is a finding at its place, and none hides the other files."""

import pytest
from hypothesis import given

from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, Files, duty_text, files, library_of
from dutylist.model.library import Library
from dutylist.store.place import locate
from dutylist.store.read import read
from dutylist.store.snapshot import Link, Memory
from dutylist.store.write import write
from strategies import libraries

OTHER = "duties/示例镇/党的建设/ex-0002.toml"
GOOD = duty_text(id="ex-0002", position=20)


def faults(made: Files) -> list[tuple[str, int, int, str]]:
    """What reading finds as (code, line, column, message)."""
    _, found = library_of(made)
    placed = locate(found, Memory(made))
    return [(one.code, one.place.line, one.place.column, one.message) for one in placed]


def broken(content: str | bytes | Link) -> list[tuple[str, int, int, str]]:
    """What reading finds where one more duty file has this content; the first duty is still read."""
    made = files({OTHER: content})
    library, _ = library_of(made)
    assert DUTY_PATH in [record.path for _, record in library.duties()]
    return faults(made)


BROKEN = {
    "not UTF-8": (
        'name = "供水'.encode("gbk"),
        [("RD001", 1, 9, "不是 UTF-8 编码（第 9 个字节是 0xB9）；请用 UTF-8 另存。")],
    ),
    "byte-order mark": (
        "\ufeff" + GOOD,
        [("RD002", 1, 1, "文件开头有字节顺序标记（BOM）；请另存为不带 BOM 的 UTF-8。")],
    ),
    "CRLF": (GOOD.replace("\n", "\r\n"), [("RD003", 1, 15, "换行是 Windows 格式（CRLF）；请改为 LF。")]),
    "open string": (
        'id = "ex-0002"\nname = "供水保障\n',
        [("RD004", 2, 13, "TOML 语法错误：一行文字的引号没有闭合；请在行末补上引号。")],
    ),
    "open array": (
        'id = "ex-0002"\nsuperior_departments = [\n  "示例市水利局",\n',
        [("RD004", 4, 1, "TOML 语法错误：文件到这里就断了；请检查引号、逗号和括号是否成对。")],
    ),
    "key twice": (
        'id = "ex-0002"\nname = "供水"\nname = "保障"\n',
        [("RD004", 3, 1, "TOML 语法错误：同一个字段写了两次；请只保留一个。")],
    ),
    "conflict markers": (
        GOOD.replace("name", "<<<<<<< HEAD\nname"),
        [("RD005", 4, 1, "留有 git 冲突标记 <<<<<<<；请选定一方，删去标记后再提交。")],
    ),
    "unknown and missing": (
        'id = "ex-0002"\nkind = "basic"\nposition = 20\nnmae = "供水"\n',
        [
            ("RD007", 1, 1, "缺少必填字段 name；请补上。"),
            ("RD006", 4, 8, "没有 nmae 这个字段；是否要写 name？"),
        ],
    ),
    "wrong types": (
        'id = "ex-0002"\nkind = "basic"\nposition = "20"\nname = ["供水"]\n',
        [
            ("RD008", 3, 12, "position 应为整数（不加引号），现为 20。"),
            ("RD008", 4, 8, "name 应为文字（加引号），现为 ['供水']。"),
        ],
    ),
    "inside a section": (
        duty_text(kind="supporting", id="ex-0002").replace('text = "做好宣传工作。"', "clauses = [\n  3,\n]"),
        [("RD008", 14, 3, "township_responsibilities[0].clauses[0] 应为文字（加引号），现为 3。")],
    ),
    "unknown kind": (
        GOOD.replace('"basic"', '"bsaic"'),
        [("RD008", 2, 8, "kind 只能是 basic（基本）、supporting（配合）或 reclaimed（收回），现为 bsaic。")],
    ),
    "no kind": (
        GOOD.replace('kind = "basic"\n', ""),
        [("RD007", 1, 1, "缺少必填字段 kind；kind 只能是 basic（基本）、supporting（配合）或 reclaimed（收回）。")],
    ),
    "comment": (
        GOOD.replace("\n", " # 待核实\n", 1),
        [("RD010", 1, 16, "数据文件中的注释在整理时会丢失；请把内容移到 note 字段（乡镇文件中请删去）。")],
    ),
    "NUL": (
        GOOD.replace("统计", "统\0计"),
        [
            ("RD004", 4, 12, "TOML 语法错误：含有不允许的控制字符；请删去。"),
            ("RD013", 4, 12, "含有看不见的控制字符 U+0000，会改变文字的显示；请删去。"),
        ],
    ),
    "bidirectional": (
        GOOD.replace("统计", "统\u202e计"),
        [("RD013", 4, 12, "含有看不见的控制字符 U+202E，会改变文字的显示；请删去。")],
    ),
    "bidirectional, escaped": (
        GOOD.replace("统计", "统\\u202e计"),
        [("RD013", 4, 12, "以转义写法含有控制字符 U+202E，会改变文字的显示；请删去。")],
    ),
    "10 MB": (
        b"x" * 10_000_000,
        [("RD011", 1, 1, "文件有 10,000,000 字节，超过上限 1,048,576 字节；请确认是否放错了文件。")],
    ),
    "200,000 brackets": (
        "id = " + "[" * 200_000,
        [("RD014", 1, 106, "括号或点号嵌套超过 100 层；清单文件不需要嵌套，请检查是否粘贴错了内容。")],
    ),
    "200,000 dots": (
        "a" + ".a" * 200_000 + " = 1",
        [("RD014", 1, 1, "括号或点号嵌套超过 100 层；清单文件不需要嵌套，请检查是否粘贴错了内容。")],
    ),
    "symbolic link": (
        Link("../../../../etc/passwd"),
        [("RD012", 1, 1, "这是符号链接（指向 ../../../../etc/passwd），清单库只认普通文件；请把文件本身放进来。")],
    ),
    "empty file": (
        "",
        [("RD007", 1, 1, "缺少必填字段 kind；kind 只能是 basic（基本）、supporting（配合）或 reclaimed（收回）。")],
    ),
}


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_duty(content: str | bytes | Link, expected: list[tuple[str, int, int, str]]) -> None:
    assert broken(content) == expected


DEPTH = "事项文件应放在 duties/乡镇/类别/编号.toml，请移到类别文件夹中。"
STRAY = {
    "too high": ("duties/示例镇/ex-0002.toml", f"ex-0002.toml 放在第 3 层；{DEPTH}"),
    "too deep": ("duties/示例镇/党的建设/附/ex-0002.toml", f"ex-0002.toml 放在第 5 层；{DEPTH}"),
    "no duty": (
        "duties/示例镇/党的建设/说明.docx",
        "说明.docx 不是事项文件（.toml）；清单库中不放其他文件，请移走。",
    ),
    "vocabulary": (
        "schema/vocabulary/old.toml",
        "词表文件夹中只放 categories.toml 和 departments.toml，old.toml 不属于这里；请移走。",
    ),
}


@pytest.mark.parametrize(("path", "message"), STRAY.values(), ids=STRAY.keys())
def test_stray_file(path: str, message: str) -> None:
    assert faults(files({path: GOOD})) == [("RD009", 1, 1, message)]


def test_hidden_files_are_left_alone() -> None:
    assert faults(files({"duties/示例镇/.DS_Store": b"\0", "duties/.gitkeep": ""})) == []


def test_absent_files() -> None:
    made = {path: content for path, content in files().items() if path not in (TOWNSHIP_PATH, LEDGER_PATH)}
    assert faults(made) == [
        ("RD015", 1, 1, "缺少 ledger.toml（编号台账）；请从 git 恢复，新建的可用 dutylist init 生成。"),
        ("RD015", 1, 1, "缺少 township.toml（乡镇信息和所报总数）；请从 git 恢复，新建的可用 dutylist init 生成。"),
    ]


def test_an_empty_library_is_no_good_library() -> None:
    made = {path: content for path, content in files().items() if not path.startswith("duties/")}
    message = "清单库里没有乡镇；请用 dutylist import 导入清单，或用 dutylist init 新建乡镇。"
    assert faults(made) == [("RD016", 1, 1, message)]


DEEP = {
    "behind closing brackets in comments": "a = " + ("[" * 90 + " #" + "]" * 90 + "\n") * 100,
    "behind an odd quotation mark": 'a = [""" " """, ' + "[" * 9000 + ', "x"' + "]" * 9000 + "]\n",
    "in quoted keys": '"a b".' * 5000 + "c = 1\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_nesting_cannot_be_hidden(text: str) -> None:
    assert [code for code, *_ in broken(text)][-1] == "RD014"


def test_nesting_is_looked_for_in_linear_time() -> None:
    text = duty_text(id="ex-0002", position=20, name="长" * 100_000 + "." * 200)
    assert faults(files({OTHER: text})) == []
    assert broken("长" * 300_000 + "." * 200)[0][0] == "RD004"


def test_a_comment_behind_any_string_is_seen() -> None:
    base = 'id = "ex-0002"\nkind = "basic"\nposition = 20\nname = "供水"\n'
    for note in ('"""x"""" # 他说"重要"', "'''x' ''' # 重要", '"\\"" # 重要'):
        assert [code for code, *_ in broken(f"{base}note = {note}\n")] == ["RD010"]
    for note in ('"""a\\""" #b"""', "'# 重要'", '"# 重要"'):
        assert broken(f"{base}note = {note}\n") == []


def test_numbers_too_long_to_read_are_findings() -> None:
    for number in ("9" * 5000, "0x" + "f" * 5000):
        ((code, _, _, message),) = broken(GOOD.replace("position = 20", f"position = {number}"))
        assert code in ("RD004", "RD008")
        assert len(message) < 80


def test_a_conflict_marker_inside_a_long_string_is_text() -> None:
    text = 'id = "ex-0002"\nkind = "basic"\nposition = 20\nname = "供水"\nnote = """\n=======\n"""\n'
    assert faults(files({OTHER: text})) == []


def test_brackets_in_text_do_not_nest() -> None:
    assert faults(files({OTHER: duty_text(id="ex-0002", position=20, name="[" * 300)})) == []


def test_an_unread_file_is_remembered() -> None:
    library, _ = library_of(files({OTHER: "x"}))
    assert library.townships[0].unread == (OTHER,)


@given(libraries())
def test_what_is_written_reads_back(library: Library) -> None:
    again, found = read(write(library))
    assert again == library
    assert {one.code for one in found} <= {"RD013"}


@given(libraries())
def test_writing_again_changes_nothing(library: Library) -> None:
    once = write(library)
    assert write(read(once)[0]).files == once.files
