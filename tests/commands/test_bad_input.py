"""Hostile and broken libraries at the command line: named, survived, never printed raw, never damaged."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest

from build import DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from dutylist.model.text import HIDDEN
from dutylist.report.formats import FORMATS
from dutylist.store.snapshot import Link
from process import closed, in_process

Files = Mapping[str, str | bytes | Link | None]

HOME = "duties/示例镇/党的建设"
OTHER = f"{HOME}/ex-0002.toml"
GOOD = duty_text(id="ex-0002", position=20, name="做好普查工作")
# The books fit two duties, and the first of them has a fault that must not be hidden by the second.
BOOKS: Files = {
    DUTY_PATH: duty_text(name="做好统计工作。"),
    LEDGER_PATH: "next = 3\n",
    TOWNSHIP_PATH: township_text(
        declared={"duties": 2, "basic": {"duties": 2}, "supporting": {"duties": 0}, "reclaimed": {"duties": 0}}
    ),
}
PLANTED = f"{DUTY_PATH}:4:15  警告 ST008"

UNREADABLE: dict[str, tuple[str | bytes | Link, str]] = {
    "syntax": ('id = "ex-0002"\nname = "供水\n', ":2:11  错误 RD004"),
    "unclosed array": ("a = [\n", ":2:1  错误 RD004"),
    "wrong type": (GOOD.replace("position = 20", 'position = "20"'), ":3:12  错误 RD008"),
    "wrong kind": (GOOD.replace('"basic"', '"basis"'), ":2:8  错误 RD008"),
    "no number": (GOOD.replace("position = 20", "position = nan"), ":3:12  错误 RD008"),
    "unknown key": (GOOD + 'nmae = "供水"\n', ":5:8  错误 RD006"),
    "missing key": (GOOD.replace('name = "做好普查工作"\n', ""), ":1:1  错误 RD007"),
    "empty": ("", ":1:1  错误 RD007"),
    "not UTF-8": (GOOD.encode("gbk"), ":4:9  错误 RD001"),
    "UTF-16": (GOOD.encode("utf-16"), ":1:1  错误 RD001"),
    "half a surrogate pair": (GOOD.replace("普查", "\\ud800"), ":4:17  错误 RD004"),
    "conflict markers": (GOOD.replace("name", "<<<<<<< HEAD\nname"), ":4:1  错误 RD005"),
    "NUL": (GOOD.replace("普查", "普\0查"), ":4:12  错误 RD013"),
    "terminal escape": (GOOD.replace("普查", "普\x1b[2J查"), ":4:12  错误 RD013"),
    "old Macintosh lines": (GOOD.replace("\n", "\r"), ":1:15  错误 RD004"),
    "ten megabytes": (b"a" * (10 << 20), ":1:1  错误 RD011"),
    "brackets": ("id = " + "[" * 200_000, ":1:106  错误 RD014"),
    "braces": ("id = " + "{a=" * 200_000, ":1:306  错误 RD014"),
    "dots": ("a" + ".a" * 200_000 + " = 1", ":1:1  错误 RD014"),
    "link out of the library": (Link("/etc/passwd"), ":1:1  错误 RD012"),
    "link to nowhere": (Link("\x1b[31m\u202e"), ":1:1  错误 RD012"),
}


@pytest.mark.parametrize(("content", "place"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: str | bytes | Link, place: str) -> None:
    root = lay_out(tmp_path, {**BOOKS, OTHER: content})
    before = tree(root)
    done = run(root, "check")
    assert (done.code, done.err) == (1, "")
    # One bad file hides no other, and raises no alarm elsewhere.
    assert {PLANTED, f"{OTHER}{place}"} <= heads(done)
    assert [head for head in heads(done) if not head.startswith(f"{OTHER}:")] == [PLANTED]
    refused = run(root, "new", "--kind", "basic", "--category", "党的建设", "--name", "防汛")
    assert (refused.code, refused.err.splitlines()[0]) == (3, f"错误：示例镇有 1 个事项文件读不出来：{OTHER}。")
    fmt = run(root, "fmt")
    assert (fmt.code, fmt.out) == (1, "")
    assert f"保持原样 {OTHER}:" in fmt.err
    run(root, "waive", OTHER, "--reason", "原文如此")
    run(root, "check", "--fix", "--unsafe-fixes", OTHER)
    assert nothing_hidden(done, refused, fmt)
    after = tree(root)
    if "RD013" in place:
        # What hides in the text goes when it is asked for, and then the file can be read.
        assert HIDDEN.findall(after.pop(OTHER).decode()) == []
        assert run(root, "list").err == "共 2 项。\n"
        before.pop(OTHER)
    assert after == before


def heads(done: Done) -> set[str]:
    """Path, line, column, severity and code of everything found."""
    return set(re.findall(r"^(\S+:\d+:\d+  \S+ [A-Z]{2}\d{3})  ", done.out, re.MULTILINE))


def nothing_hidden(*done: Done) -> bool:
    """Whether no output has control or bidirectional characters, nor a traceback."""
    shown = "".join(one.out + one.err for one in done)
    return not HIDDEN.search(shown) and "\r" not in shown and "Traceback" not in shown


READABLE: dict[str, tuple[Files, int, list[str]]] = {
    "byte-order mark": ({OTHER: "\ufeff" + GOOD}, 0, [f"{OTHER}:1:1  警告 RD002"]),
    "Windows line ends": ({OTHER: GOOD.replace("\n", "\r\n")}, 0, [f"{OTHER}:1:15  警告 RD003"]),
    "comment": (
        {OTHER: GOOD.replace("\nkind", " # x\nkind")},
        1,
        [f"{OTHER}:1:16  错误 RD010", f"{OTHER}:1:1  错误 ID001"],
    ),
    "bidirectional override": (
        {OTHER: GOOD.replace("普查", "普\u202e查")},
        1,
        [f"{OTHER}:4:12  错误 RD013", f"{OTHER}:1:1  错误 ID001"],
    ),
    "escaped terminal code": ({OTHER: GOOD.replace("普查", "普\\u001B查")}, 1, [f"{OTHER}:4:12  错误 RD013"]),
    "stray file": (
        {OTHER: GOOD, "duties/示例镇/说明.txt": "x", "duties/ex-0009.toml": GOOD, f"{HOME}/深/ex-0009.toml": GOOD},
        1,
        [
            "duties/ex-0009.toml:1:1  错误 RD009",
            "duties/示例镇/说明.txt:1:1  错误 RD009",
            f"{HOME}/深/ex-0009.toml:1:1  错误 RD009",
        ],
    ),
    "duplicate number": (
        {"duties/示例镇/经济发展/ex-0001.toml": duty_text(name="开展经济普查"), LEDGER_PATH: "next = 2\n"},
        1,
        ["duties/示例镇/经济发展/ex-0001.toml:1:6  错误 ID002"],
    ),
    "missing number": (
        {OTHER: None},
        1,
        [f"{LEDGER_PATH}:1:8  错误 ID005", f"{TOWNSHIP_PATH}:11:20  错误 TO001"],
    ),
    "odd category": (
        {"duties/示例镇/党\u202e\x1b[31m的\n建设/ex-0002.toml": GOOD},
        1,
        ["duties/示例镇/党⟨U+202E⟩⟨U+001B⟩[31m的⏎建设/ex-0002.toml:1:1  错误 RF001"],
    ),
    "odd township": (
        {OTHER: GOOD, "duties/第\n二\x1b[2J镇/township.toml": township_text(name="第二镇", prefix="ot")},
        1,
        [
            "duties/第⏎二⟨U+001B⟩[2J镇/ledger.toml:1:1  错误 RD015",
            "duties/第⏎二⟨U+001B⟩[2J镇/township.toml:1:8  错误 ID014",
            "duties/第⏎二⟨U+001B⟩[2J镇/township.toml:11:20  错误 TO001",
        ],
    ),
    "odd file name": (
        {f"{HOME}/ex\n\x1b[2J0002.toml": GOOD},
        1,
        [f"{HOME}/ex⏎⟨U+001B⟩[2J0002.toml:1:6  错误 ID003"],
    ),
    "broken vocabulary": (
        {OTHER: GOOD, "schema/vocabulary/departments.toml": "[[departments]\n"},
        1,
        ["schema/vocabulary/departments.toml:1:14  错误 RD004"],
    ),
    "broken township": ({OTHER: GOOD, TOWNSHIP_PATH: 'name = "示例镇"\n'}, 1, [f"{TOWNSHIP_PATH}:1:1  错误 RD007"]),
    "broken ledger": ({OTHER: GOOD, LEDGER_PATH: 'next = "3"\n'}, 1, [f"{LEDGER_PATH}:1:8  错误 RD008"]),
}


@pytest.mark.parametrize(("changes", "code", "expected"), READABLE.values(), ids=READABLE)
def test_faults_beside_the_files(tmp_path: Path, changes: Files, code: int, expected: list[str]) -> None:
    root = lay_out(tmp_path, {**BOOKS, **changes})
    done = run(root, "check")
    assert (done.code, done.err) == (code, "")
    assert heads(done) == {PLANTED, *expected}
    before = tree(root)
    new = run(root, "new", "--kind", "basic", "--category", "党的建设", "--name", "防汛", "--township", "示例镇")
    books = {LEDGER_PATH, TOWNSHIP_PATH} if new.code == 0 else set()
    after = tree(root)
    assert {path for path in before if after[path] != before[path]} == books
    assert nothing_hidden(
        done, new, run(root, "list"), run(root, "fmt", "--check"), run(root, "export", "--township", "镇")
    )


@pytest.mark.parametrize("name", ["bidirectional override", "odd category", "odd township", "odd file name"])
def test_no_format_prints_what_is_hidden(tmp_path: Path, name: str) -> None:
    changes, code, _ = READABLE[name]
    root = lay_out(tmp_path, {**BOOKS, **changes})
    for form in FORMATS:
        done = run(root, "check", "--format", form)
        assert done.code == code
        assert nothing_hidden(done), form


def test_names_that_are_not_utf_8(tmp_path: Path) -> None:
    root = lay_out(tmp_path, BOOKS)
    folder = os.fsencode(root / "duties/示例镇") + b"/\xb5\xb3"
    os.mkdir(folder)
    Path(os.fsdecode(folder + b"/ex-0002.toml")).write_text(GOOD, "utf-8")
    done = run(root, "check")
    assert (done.code, done.out.count("类别 ⟨U+DCB5⟩⟨U+DCB3⟩ 不在词表中")) == (1, 1)
    for form in FORMATS:
        assert run(root, "check", "--format", form, "-o", "report").code == 1
    for form in ("text", "json", "csv"):
        assert run(root, "list", "--format", form, "-o", "list") == Done(0, "", "已写入 list\n共 2 项。\n")
    assert run(root, "show", "2", "-o", "duty").code == 0


def test_a_pipe_among_the_files_does_not_hang(tmp_path: Path) -> None:
    root = lay_out(tmp_path, BOOKS)
    os.mkfifo(root / OTHER)
    done = in_process(root, "check")
    assert (done.code, done.err) == (1, "")
    assert f"{OTHER}:1:1  错误 RD009  ex-0002.toml 不是普通文件；请移走。\n" in done.out
    assert PLANTED in done.out
    for verb in (["fmt"], ["list"], ["check", "--fix"], ["export"], ["waive", "--reason", "原文如此", OTHER]):
        in_process(root, *verb)
    document = Path(__file__).parents[1] / "document" / "small.md"
    assert in_process(root, "import", str(document), "--prefix", "ab", "--code", "123456789").code == 0


def test_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    done = run(tmp_path, "check", "--format", "json")
    assert done.code == 1
    assert [(one["path"], one["line"], one["code"]) for one in json.loads(done.out)["findings"]] == [
        ("duties", 1, "RD016"),
        ("schema/vocabulary/categories.toml", 1, "RD015"),
        ("schema/vocabulary/departments.toml", 1, "RD015"),
    ]


def test_a_folder_without_its_files(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**BOOKS, OTHER: GOOD, TOWNSHIP_PATH: None, LEDGER_PATH: None})
    done = run(root, "check")
    assert done.code == 1
    assert f"{LEDGER_PATH}:1:1  错误 RD015  缺少 ledger.toml" in done.out
    assert f"{TOWNSHIP_PATH}:1:1  错误 RD015  缺少 township.toml" in done.out
    assert PLANTED in done.out


@pytest.mark.parametrize("path", [DUTY_PATH, HOME, "duties", "schema/vocabulary/categories.toml"])
def test_without_permission_to_read(tmp_path: Path, path: str) -> None:
    root = lay_out(tmp_path, BOOKS)
    with closed(root / path, 0):
        done = in_process(root, "check")
    assert done == Done(3, "", f"错误：无法读取 {path}：没有权限\n提示：请检查文件权限，或请管理员处理。\n")


def test_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {**BOOKS, OTHER: GOOD})
    before = tree(root)
    with closed(root), closed(root / "duties"), closed(root / "duties/示例镇"), closed(root / HOME):
        assert in_process(root, "check").out.startswith(PLANTED)
        assert in_process(root, "list").code == 0
        assert in_process(root, "fmt", "--check").code == 0
        for verb in (
            ["check", "--fix"],
            ["waive", "--reason", "原文如此"],
            ["retire", "ex-0002", "--reason", "不再需要"],
        ):
            done = in_process(root, *verb)
            assert (done.code, done.out) == (3, "")
            assert re.match(r"错误：无法写入 duties/\S+：没有权限；没有改动任何文件。\n", done.err)
    assert tree(root) == before


def test_many_findings_in_one_string(tmp_path: Path) -> None:
    # Places are counted once a string; counted anew for each finding this would take minutes.
    root = lay_out(tmp_path, {**BOOKS, OTHER: duty_text(id="ex-0002", position=20, name="防汛,抗旱" * 5000)})
    before = process_time()
    assert run(root, "check").code == 0
    assert run(root, "check", "--fix").err == "已修复 2 个文件。\n"
    assert process_time() - before < 20
