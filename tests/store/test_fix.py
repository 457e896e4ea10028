"""Fixes: a safe one silences its finding and raises none; nothing else in the file changes, no comment is lost."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import DUTY_PATH, LEDGER_PATH, Files, duty_text, files, findings_of, with_files
from command import lay_out, run, tree
from dutylist.model.finding import Edit, Finding, Fix, Severity, Spot
from dutylist.store.fix import fixed, span_and_text
from dutylist.store.place import Source
from dutylist.store.snapshot import Memory

SECOND = "duties/示例镇/党的建设/ex-0002.toml"


def supporting(**changes: Any) -> str:
    return duty_text(kind="supporting", **changes)


# One finding whose fix is safe, in a library that has others of other codes, too.
SAFE: dict[str, Mapping[str, str]] = {
    "ID001 duty": {DUTY_PATH: duty_text().replace(" = ", "=")},
    "ID001 ledger": {LEDGER_PATH: "next   =   2\n"},
    "ID001 hidden": {DUTY_PATH: duty_text(name="做\u202e好").replace("\\u202E", "\u202e")},
    "RD002": {DUTY_PATH: "\ufeff" + duty_text()},
    "RD003": {DUTY_PATH: duty_text().replace("\n", "\r\n")},
    "RD003 mixed": {DUTY_PATH: duty_text().replace("\n", "\r\n", 2)},
    "RD003 unread": {DUTY_PATH: duty_text().replace("\n", "\r\n") + "nmae = 1\r\n"},
    "RF003 short": {DUTY_PATH: supporting(superior_departments=["市水利局"])},
    "RF003 unit": {DUTY_PATH: supporting(superior_departments=["水政监察大队"])},
    "RF003 wrong in a section": {
        DUTY_PATH: supporting(superior_responsibilities=[{"department": "示例市水力局", "text": "甲。"}])
    },
    "RF003 escaped": {DUTY_PATH: supporting(superior_departments=["市水利局"]).replace("水利", "\\u6c34利")},
    "ST001": {DUTY_PATH: supporting(township_responsibilities=[{"clauses": ["1.宣传；", "巡查。"]}])},
    "ST003": {DUTY_PATH: supporting(township_responsibilities=[{"topic": "巡查：", "text": "做好巡查。"}])},
    "ST008": {DUTY_PATH: duty_text(name="做好统计工作。")},
    "TX001": {DUTY_PATH: duty_text(name="统计(普查),上报")},
    "TX001 in a text of lines": {DUTY_PATH: supporting(township_responsibilities=[{"text": "甲,乙。\n丙,丁。"}])},
    "TX002": {DUTY_PATH: duty_text(name="做好 统计 工作")},
    "TX009": {DUTY_PATH: duty_text(name="⼈⼝普查")},
    "TX011": {DUTY_PATH: duty_text(name=" 做好统计工作 ")},
}


def of_code(findings: list[Finding], code: str) -> list[Finding]:
    return [one for one in findings if one.code == code]


def applied(made: Files, some: list[Finding], *, unsafe: bool = False) -> Files:
    """The files after the fixes of some findings."""
    return with_files(made, fixed(Memory(made), some, unsafe=unsafe))


@pytest.mark.parametrize("name", SAFE)
def test_a_safe_fix_silences_its_finding_and_raises_none(name: str) -> None:
    code, made = name[:5], files(SAFE[name])
    before = findings_of(made)
    (one,) = of_code(before, code)
    assert one.fix is not None
    assert one.fix.safe
    after = findings_of(applied(made, [one]))
    assert of_code(after, code) == []
    assert codes(after) - codes(before) == Counter()


def codes(findings: list[Finding]) -> Counter[str]:
    return Counter(one.code for one in findings)


@pytest.mark.parametrize("name", SAFE)
def test_check_fix_does_the_same_and_then_has_nothing_to_do(tmp_path: Path, name: str) -> None:
    root = lay_out(tmp_path, SAFE[name])
    run(root, "check", "--fix")
    after = dict(tree(root))
    left = findings_of(dict(after))
    assert [one for one in left if one.fix and one.fix.safe] == []
    assert run(root, "check", "--fix").err == "没有可以自动修复的问题。\n"
    assert tree(root) == after


def test_nothing_else_changes() -> None:
    text = supporting(
        superior_departments=["市水利局"],
        note='“原样”，\\ 与 " 和 , 都不动',
        township_responsibilities=[{"clauses": ["宣传,巡查；", "上报。"]}],
    )
    made = files({DUTY_PATH: text})
    after = applied(made, findings_of(made))
    assert after == {**made, DUTY_PATH: text.replace('"市水', '"示例市水').replace("宣传,", "宣传，").encode()}


def test_unsafe_fixes_only_when_asked_for() -> None:
    made = files({DUTY_PATH: duty_text(name="布署统计工作")})
    (one,) = findings_of(made)
    assert one.fix is not None
    assert not one.fix.safe
    assert fixed(Memory(made), [one]) == {}
    assert b"\xe9\x83\xa8\xe7\xbd\xb2" in fixed(Memory(made), [one], unsafe=True)[DUTY_PATH]


COMMENTED: dict[str, str] = {
    "at the top": "# 待核实\n" + duty_text(name="统计,普查").replace(" = ", "="),
    "behind a value": duty_text(name="统计,普查").replace("\nposition", " # 待核实\nposition").replace(" = ", "="),
    "Windows": ("# 待核实\n" + duty_text(name="统计,普查")).replace("\n", "\r\n"),
    "byte-order mark": "\ufeff# 待核实\n" + duty_text(name="统计,普查"),
    "waived": "# 待核实\n" + duty_text(name="统计,普查", waivers=[{"code": "RD010", "reason": "留着"}]),
    "in an array": supporting(name="统计,普查").replace("[\n", "[ # 待核实\n", 1),
}


@pytest.mark.parametrize("text", COMMENTED.values(), ids=COMMENTED)
def test_comments_are_never_lost(tmp_path: Path, text: str) -> None:
    root = lay_out(tmp_path, {DUTY_PATH: text})
    for arguments in ([], ["--unsafe-fixes"], ["--profile", "draft"], ["--profile", "final"]):
        run(root, "check", "--fix", *arguments)
        assert "# 待核实" in (root / DUTY_PATH).read_text("utf-8")
    left = {one.code for one in findings_of(dict(tree(root)))}
    # What can be mended beside the comment is.
    assert left <= {"RD010", "ID001", "ID010"}
    assert "RD010" in left


def test_a_number_sign_in_a_string_is_no_comment(tmp_path: Path) -> None:
    text = duty_text(name="3#井,4#井").replace(" = ", "=")
    root = lay_out(tmp_path, {DUTY_PATH: text})
    run(root, "check", "--fix")
    assert (root / DUTY_PATH).read_text("utf-8") == duty_text(name="3#井，4#井")


def edits(*changes: tuple[int, int, str], safe: bool = True, path: str = DUTY_PATH) -> Finding:
    """A finding whose fix changes characters of the name."""
    some = tuple(Edit(Spot(path, ("name",), start, end), text) for start, end, text in changes)
    return Finding("TX001", Severity.WARNING, some[0].spot, "", "", fix=Fix("", some, safe))


def name_after(*findings: Finding, name: str = "0123456789") -> str:
    """The name in the file after the fixes of some findings."""
    made = files({DUTY_PATH: duty_text(name=name)})
    content = applied(made, list(findings))[DUTY_PATH]
    assert isinstance(content, bytes)
    return Source(content.decode()).text.splitlines()[3].removeprefix("name = ").strip('"')


OVERLAPPING: dict[str, tuple[list[Finding], str]] = {
    "apart": ([edits((0, 1, "a")), edits((5, 6, "b"))], "a1234b6789"),
    "in any order": ([edits((5, 6, "b")), edits((0, 1, "a"))], "a1234b6789"),
    "side by side": ([edits((0, 2, "a")), edits((2, 4, "b"))], "ab456789"),
    "the same twice": ([edits((0, 2, "a")), edits((0, 2, "a"))], "a23456789"),
    "one in another": ([edits((0, 5, "a")), edits((2, 3, "b"))], "a56789"),
    "half in another": ([edits((2, 5, "a")), edits((0, 3, "b"))], "01a56789"),
    "two insertions at one place": ([edits((3, 3, "a")), edits((3, 3, "b"))], "012a3456789"),
    "an insertion where another begins": ([edits((3, 3, "a")), edits((3, 4, "b"))], "012a3456789"),
    "an insertion behind another": ([edits((1, 3, "a")), edits((3, 3, "b"))], "0ab3456789"),
    "all or nothing": ([edits((4, 5, "a")), edits((0, 1, "b"), (4, 6, "c"))], "0123a56789"),
    "all of it": ([edits((0, 1, "b"), (4, 6, "c")), edits((8, 9, "a"))], "b123c67a9"),
}


@pytest.mark.parametrize(("findings", "expected"), OVERLAPPING.values(), ids=OVERLAPPING)
def test_overlapping_fixes_wait(findings: list[Finding], expected: str) -> None:
    assert name_after(*findings) == expected


def test_overlapping_fixes_settle_in_rounds(tmp_path: Path) -> None:
    """Layout, line ends, spelling and punctuation of one file, all at once."""
    text = supporting(
        name=" 统计 (普查),上报 ",
        superior_departments=["示例市水力局"],
        township_responsibilities=[{"clauses": ["1.⼈⼝普查,上报；", "2、 宣传。"]}],
    )
    messy = "\ufeff" + text.replace('"', "'").replace(" = ", "=").replace("\n", "\r\n")
    root = lay_out(tmp_path, {DUTY_PATH: messy, LEDGER_PATH: "next=2\n"})
    assert run(root, "check", "--fix", "--fail-on", "advice").err == "已修复 2 个文件。\n"
    assert (root / DUTY_PATH).read_text("utf-8") == supporting(
        name="统计（普查），上报",
        superior_departments=["示例市水利局"],
        township_responsibilities=[{"clauses": ["人口普查，上报；", "宣传。"]}],
    )
    assert run(root, "check", "--fail-on", "advice").code == 0


STRINGS: dict[str, tuple[str, tuple[int, int, str], str]] = {
    "basic": ('"甲,乙"', (1, 2, "，"), '"甲，乙"'),
    "behind escapes": ('"\\t\\u7532\\\\,乙"', (3, 4, "，"), '"\\t\\u7532\\\\，乙"'),
    "a quote into a basic string": ('"甲,乙"', (1, 2, '"'), '"甲\\"乙"'),
    "a backslash into a basic string": ('"甲,乙"', (1, 2, "\\"), '"甲\\\\乙"'),
    "a control character": ('"甲,乙"', (1, 2, "\x1b"), '"甲\\u001B乙"'),
    "literal": ("'甲\\,乙'", (2, 3, "，"), "'甲\\，乙'"),
    "a quote into a literal string": ("'甲,乙'", (1, 2, '"'), "'甲\"乙'"),
    "a backslash into a literal string": ("'甲,乙'", (1, 2, "\\"), "'甲\\乙'"),
    "its own quote into a literal string": ("'甲\\,乙'", (2, 3, "'"), '"甲\\\\\'乙"'),
    "a line break into a literal string": ("'甲,乙'", (1, 2, "\n"), '"甲\\n乙"'),
    "long": ('"""\n甲,\\\n  乙"""', (1, 2, "，"), '"""\n甲，\\\n  乙"""'),
    "long literal": ("'''\n甲,\n乙'''", (1, 2, "，"), "'''\n甲，\n乙'''"),
    "its own quote into a long literal string": ("'''\n甲,\n乙'''", (1, 2, "'"), '"甲\'\\n乙"'),
    "Windows lines": ('"""\r\n甲\r\n乙,丙"""', (3, 4, "，"), '"""\r\n甲\r\n乙，丙"""'),
    "deleted": ('"甲,乙"', (1, 2, ""), '"甲乙"'),
    "inserted at the end": ('"甲乙"', (2, 2, "。"), '"甲乙。"'),
}


@pytest.mark.parametrize(("raw", "change", "expected"), STRINGS.values(), ids=STRINGS)
def test_characters_in_every_kind_of_string(raw: str, change: tuple[int, int, str], expected: str) -> None:
    start, end, text = change
    assert written(raw, Edit(Spot("x", ("a",), start, end), text)) == expected


WHOLE: dict[str, tuple[str, str, str]] = {
    "basic": ('"甲"', '乙"\\', '"乙\\"\\\\"'),
    "literal": ("'甲'", "乙'\"", '"乙\'\\""'),
    "long": ('"""\n甲"""', "乙", '"乙"'),
    "long literal": ("'''甲'''", "乙", '"乙"'),
    "a number": ("2", "3", "3"),
}


@pytest.mark.parametrize(("raw", "text", "expected"), WHOLE.values(), ids=WHOLE)
def test_whole_values_of_every_kind(raw: str, text: str, expected: str) -> None:
    assert written(raw, Edit(Spot("x", ("a",)), text)) == expected


def written(raw: str, edit: Edit) -> str:
    """How a value stands in the file after an edit; the fields around it must not change."""
    source = Source(f'before = "x"\na = {raw}\nafter = "y"\n')
    start, end, new = span_and_text(source, edit)
    text = source.text[:start] + new + source.text[end:]
    assert text.startswith('before = "x"\na = ')
    assert text.endswith('\nafter = "y"\n')
    return text.removeprefix('before = "x"\na = ').removesuffix('\nafter = "y"\n')


QUOTES = {"basic": '"{}"', "literal": "'{}'", "long": '"""{}"""', "long literal": "'''{}'''"}
words = st.text("做好，,。 ab\\", max_size=8)


@settings(max_examples=100)
@given(st.data())
def test_the_value_after_an_edit_is_the_edited_value(data: st.DataObject) -> None:
    """Whatever the string and what is put into it: decoding gives the old value with the new characters in it."""
    import toml_rs

    quote = data.draw(st.sampled_from(list(QUOTES.values())))
    old = data.draw(words)
    raw = quote.format(old.replace("\\", "\\\\") if '"' in quote else old)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    put = data.draw(st.text("中,'\"\\\n\x1b", max_size=4))
    made = written(raw, Edit(Spot("x", ("a",), start, end), put))
    assert toml_rs.loads(f"a = {made}")["a"] == old[:start] + put + old[end:]
    whole = written(raw, Edit(Spot("x", ("a",)), put))
    assert toml_rs.loads(f"a = {whole}")["a"] == put


def test_fixes_in_several_files_are_one_round(tmp_path: Path) -> None:
    other = {SECOND: duty_text(id="ex-0002", position=20, name="征兵,优抚")}
    root = lay_out(tmp_path, {DUTY_PATH: duty_text(name="供水,排水"), **other})
    assert run(root, "check", "--fix").err == "已修复 2 个文件。\n"


def test_inline_tables_and_dotted_keys_are_found_too(tmp_path: Path) -> None:
    text = (
        'id = "ex-0001"\nkind = "supporting"\nposition = 10\nname = "农村供水" # 待核实\n'
        "superior_departments = ['市水利局']\n"
        'superior_responsibilities = [{ department = "示例市水力局", clauses = ["甲,乙；", "丙。"] }]\n'
        'township_responsibilities = [{ text = "宣传,巡查。" }]\n'
    )
    root = lay_out(tmp_path, {DUTY_PATH: text})
    run(root, "check", "--fix")
    expected = text.replace("'市水利局'", '"示例市水利局"').replace("水力", "水利").replace("甲,", "甲，")
    assert (root / DUTY_PATH).read_text("utf-8") == expected.replace("宣传,", "宣传，")
