"""`compare` on the real library: one cause is one change, successions, causes, fingerprints, filters, whole reports."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from command import Done, run
from dutylist.contract import schema_text
from dutylist.model.change import ChangeKind
from dutylist.report.change_formats import FORMATS
from repos import git
from stages import CHANNELS, CLAUSES, HOME, LEDGER, OLD_AGE, RESCUE, WATER, Stage, base, copied, told

Golden = Callable[[str, str], None]
SCHEMA = json.loads(schema_text("changes.schema.json"))
TOWN = "township_responsibilities"
WORKS = "阿图什市水利局"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The library before anything happens."""
    return base(tmp_path_factory.mktemp("start"))


@pytest.fixture
def stage(start: Stage, tmp_path: Path) -> Stage:
    """A copy of it to change."""
    return copied(start, tmp_path)


def supporting(stage: Stage, number: int) -> list[str]:
    """The first supporting duties by id."""
    ids = sorted(path.stem for path in stage.root.glob(f"{HOME}/*/*.toml"))
    return [duty for duty in ids if stage.duty(duty).kind.value == "supporting"][:number]


def test_a_department_respelt_in_forty_duties_is_one_change(stage: Stage) -> None:
    duties = supporting(stage, 40)
    for duty in duties:
        stage.edit(duty, superior_departments=[WORKS])
    stage.commit()
    for duty in duties:
        stage.edit(duty, superior_departments=["市水利局"])
    compared = stage.compare()
    assert told(compared) == ["department-respelt wording superior_departments[0]"]
    (change,) = compared["changes"]
    assert (change["duty"], change["before"], change["after"]) == (None, WORKS, "市水利局")
    assert sorted(place["duty"] for place in change["places"]) == duties
    # Whoever asks for the department or the list still finds it, on its line.
    found = stage.compare("HEAD", "--department", "市水利局", "--kind", "supporting", "--kind", "department-respelt")
    assert found["changes"] == [change]
    assert {place["after"]["line"] for place in change["places"]} == {6}


def test_a_whole_category_respaced_is_layout(stage: Stage) -> None:
    duties = [path.stem for path in (stage.root / HOME / "应急管理及消防").glob("*.toml")]
    for duty in duties:
        position = stage.duty(duty).position
        stage.swap(stage.path(duty), f"position = {position}", f"position = {position * 7 + 1}")
    compared = stage.compare()
    assert sorted(told(compared)) == sorted(f"layout layout {duty} position" for duty in duties)
    assert compared["renumbering"] == []


def successions(compared: Any) -> Any:
    return [(one["kind"], one["from"], one["into"], one["reason"]) for one in compared["successions"]]


def clauses_of(stage: Stage, duty: str) -> list[str]:
    """Every text of a supporting duty, in printed order."""
    value: Any = stage.duty(duty)
    sections = (*value.superior_responsibilities, *value.township_responsibilities)
    return [text for section in sections for text in (*filter(None, [section.text]), *section.clauses)]


def test_every_clause_of_a_merged_duty_is_accounted_for(stage: Stage) -> None:
    every = clauses_of(stage, WATER) + clauses_of(stage, CHANNELS)
    stage.do("merge", WATER, CHANNELS, "--into", CHANNELS, "--reason", "同属供水", "--leg", "2025/2-down")
    gone, rewritten = CLAUSES[4], CLAUSES[3]
    stage.swap(stage.path(CHANNELS), f'  "{gone}",\n', "")
    stage.swap(stage.path(CHANNELS), rewritten, rewritten.replace("督促", "督导"))
    compared = stage.compare()
    assert successions(compared) == [("merge", [WATER, CHANNELS], [CHANNELS], "同属供水")]
    fates = {fate["text"]: fate["standing"] for fate in compared["successions"][0]["clauses"]}
    assert list(fates) == every
    assert [text for text, standing in fates.items() if standing is None] == [gone]
    assert 0.8 < fates[rewritten]["likeness"] < 1
    assert {standing["likeness"] for text, standing in fates.items() if standing and text != rewritten} == {1.0}
    assert {standing["duty"] for standing in fates.values() if standing} == {CHANNELS}
    merged = next(change for change in compared["changes"] if change["kind"] == "merged")
    assert (merged["duty"], merged["after"], merged["cause"]) == (WATER, CHANNELS, "同属供水")


def test_every_clause_of_a_split_duty_is_accounted_for(stage: Stage) -> None:
    every = clauses_of(stage, WATER)
    stage.do("split", WATER, "--into", "供水工程管护", "--into", "水费征收", "--reason", "分别考核")
    one, other = "azk-0263", "azk-0264"
    stage.edit(one, **{TOWN: [{"clauses": list(CLAUSES[:2])}]})
    stage.edit(other, **{TOWN: [{"clauses": list(CLAUSES[2:4])}]})
    compared = stage.compare()
    assert [line for line in told(compared) if line.startswith("split")] == [
        f"split substantive {one}",
        f"split substantive {other}",
    ]
    assert successions(compared) == [("split", [WATER], [one, other], "分别考核")]
    fates = {fate["text"]: fate["standing"] for fate in compared["successions"][0]["clauses"]}
    assert list(fates) == every
    stands = {text: standing and standing["duty"] for text, standing in fates.items() if text in CLAUSES}
    assert stands == dict(zip(CLAUSES, (one, one, other, other, None), strict=True))


def test_a_merger_that_no_ledger_tells_of_is_proposed(stage: Stage) -> None:
    old: Any = stage.duty(WATER)
    into: Any = stage.duty(CHANNELS)
    stage.path(WATER).unlink()
    joined = {
        field: [{"clauses": [*getattr(into, field)[0].clauses, *getattr(old, field)[0].clauses]}]
        for field in ("superior_responsibilities", TOWN)
    }
    stage.edit(CHANNELS, **joined)
    compared = stage.compare()
    (proposal,) = compared["successions"]
    assert (proposal["kind"], proposal["from"], proposal["into"]) == ("merge", [WATER], [CHANNELS])
    assert 0.6 <= proposal["likeness"] < 1
    # It stays a proposal: the account and the changes go by the ledger.
    assert f"retired substantive {WATER} lighter BU001" in told(compared)
    for form in ("text", "markdown", "html"):
        assert WATER in run(stage.root, "compare", "--format", form).out


def caused(stage: Stage, *arguments: str) -> dict[str, tuple[str | None, str | None]]:
    changes = stage.compare(*arguments)["changes"]
    return {change["duty"]: (change["cause"], change["author"]) for change in changes}


def test_causes_come_from_commit_messages(stage: Stage) -> None:
    stage.edit(WATER, name="城乡供水保障工作")
    stage.commit("改名\n\n正文里说 Cause 不算。\n\nCause: law: 农村供水条例：第三条\n")
    stage.edit(RESCUE, note="待核")
    stage.commit("没有依据的提交")
    assert caused(stage, "HEAD~2") == {WATER: ("law: 农村供水条例：第三条", "编辑"), RESCUE: (None, None)}
    stage.edit(WATER, name="城乡供水和节水保障工作")
    stage.commit("再改\n\nCause: 县水利局来函〔2025〕7号\nReviewed-by: 乙\n")
    stage.edit(WATER, note="没有写依据，不抹掉前面的")
    stage.commit("又改")
    # The latest commit with a trailer speaks, whatever word it begins with; both duties that it touched.
    assert caused(stage, "HEAD~4..HEAD") == {WATER: ("县水利局来函〔2025〕7号", "编辑"), RESCUE: (None, None)}
    assert caused(stage, "HEAD~4", "HEAD~3") == {WATER: ("law: 农村供水条例：第三条", "编辑")}
    assert caused(stage, "HEAD", "HEAD~4") == {WATER: (None, None), RESCUE: (None, None)}
    report = run(stage.root, "compare", "HEAD~4").out
    assert "县水利局来函〔2025〕7号" in report


def test_several_trailers_and_several_duties(stage: Stage) -> None:
    stage.edit(WATER, note="一")
    stage.edit(RESCUE, note="二")
    stage.commit("改\n\ncause: reform\nCAUSE: 会议纪要第3号\n")
    assert caused(stage, "HEAD~1") == dict.fromkeys((WATER, RESCUE), ("reform；会议纪要第3号", "编辑"))


def fingerprints(stage: Stage, *arguments: str) -> dict[str, str]:
    changes = stage.compare(*arguments)["changes"]
    return {line: change["fingerprint"] for line, change in zip(told({"changes": changes}), changes, strict=True)}


def test_fingerprints_survive_what_is_no_change_of_theirs(stage: Stage) -> None:
    sooner = CLAUSES[1].replace("15日", "7日")
    stage.edit(WATER, **{TOWN: [{"clauses": ["开展河道清淤；", CLAUSES[0], sooner, *CLAUSES[2:]]}]})
    stage.commit("改供水")
    mine = fingerprints(stage, "HEAD~1")
    assert len(mine) == 2
    # Another duty comes before it, its position changes, and the commit stands on another one.
    git(stage.root, "checkout", "--quiet", "-b", "other", "HEAD~1")
    stage.do("new", "--kind", "supporting", "--category", "党的建设", "--name", "新增", "--department", WORKS)
    number = stage.duty(WATER).position
    stage.swap(stage.path(WATER), f"position = {number}\n", f"position = {number + 1}\n")
    stage.commit("先插一项")
    git(stage.root, "checkout", "--quiet", "main")
    git(stage.root, "rebase", "--quiet", "other")
    assert fingerprints(stage, "HEAD~1") == mine
    # With one more clause before it the index in its field is another.
    value: Any = stage.duty(WATER)
    longer = [{"clauses": ["新的第一条；", *value.township_responsibilities[0].clauses]}]
    stage.edit(WATER, **{TOWN: longer})
    stage.commit("又一条")
    assert set(mine.values()) <= set(fingerprints(stage, "HEAD~2").values())
    # Another text is another change.
    stage.swap(stage.path(WATER), "开展河道清淤；", "开展河道疏浚；")
    added, revised = (mine[line] for line in sorted(mine))
    now = fingerprints(stage, "HEAD~2").values()
    assert added not in now
    assert revised in now


def many(stage: Stage) -> None:
    """A commit with changes of all sorts, and one more with layout alone."""
    stage.do("retire", RESCUE, "--reason", "职能划转")
    stage.do("new", "--kind", "basic", "--category", "应急管理及消防", "--name", "做好避难场所管护")
    clauses = ["负责开展防汛巡查；", *CLAUSES[1:4], "做好节约用水宣传；", "开展河道清淤。"]
    stage.edit(WATER, name="城乡供水保障工作", **{TOWN: [{"clauses": clauses}]})
    stage.edit(CHANNELS, superior_departments=["市水利局"], note="待核")
    stage.swap("schema/vocabulary/categories.toml", "categories = [\n", 'categories = [\n  "民族宗教",\n')
    stage.commit("县水利局意见\n\nCause: 县水利局来函\n")
    stage.path(OLD_AGE).write_bytes(stage.path(OLD_AGE).read_bytes().replace(b"\n", b"\r\n"))
    stage.commit("换行")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The known duties alone, with two commits more; tests only look at it."""
    made = base(tmp_path_factory.mktemp("changed"), whole=False)
    many(made)
    return made


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md")])
def test_a_whole_report(form: str, suffix: str, changed: Stage, golden: Golden) -> None:
    done = run(changed.root, "compare", "HEAD~2", "HEAD", "--format", form)
    assert (done.code, done.err) == (0, "")
    # The commits' ids say what the real vocabularies are, which is not for this test.
    golden(f"commands/compare.{suffix}", re.sub("（[0-9a-f]{10}）", "（0123456789）", done.out))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_into_a_file(form: str, changed: Stage, tmp_path: Path) -> None:
    target = tmp_path / "报告"
    shown = run(changed.root, "compare", "HEAD~2..HEAD", "--format", form)
    assert run(changed.root, "compare", "HEAD~2..HEAD", "--format", form, "-o", str(target)) == Done(
        0, "", f"已写入 {target}\n"
    )
    assert target.read_text("utf-8") == shown.out
    assert run(changed.root, "compare", "HEAD~2..HEAD", "--format", form, "--quiet", "-o", str(target)).err == ""
    if form == "json":
        jsonschema.validate(json.loads(shown.out), SCHEMA)


def kinds(stage: Stage, *options: str) -> list[str]:
    return [line.split()[0] for line in told(stage.compare("HEAD~2", "HEAD", *options))]


def test_filters(changed: Stage) -> None:
    every = kinds(changed)
    assert kinds(changed, "--kind", "added", "--kind", "retired") == ["retired", "added"]
    assert kinds(changed, "--kind", "basic") == ["retired", "added"]
    assert kinds(changed, "--kind", "supporting", "--kind", "renamed") == ["renamed"]
    assert kinds(changed, "--weight", "layout") == ["layout"]
    assert kinds(changed, "--burden", "lighter") == ["retired"]
    assert kinds(changed, "--burden", "heavier", "--kind", "supporting") == ["clause-revised", "clause-added"]
    assert kinds(changed, "--department", "水利局", "--weight", "wording") == [
        "clause-revised",
        "annotation-revised",
        "department-respelt",
    ]
    assert kinds(changed, "--department", "阿图什市财政局") == []
    # A vocabulary is no township's.
    assert kinds(changed, "--township", "阿扎克镇") == [kind for kind in every if kind != "vocabulary-revised"]


MISSPELT = {
    "kind": (("--kind", "renamd"), "错误：没有这种变化或清单：renamd\n提示：是不是 renamed、reclaimed？\n"),
    "kind in Chinese": (("--kind", "改名称"), f"错误：没有这种变化或清单：改名称\n提示：可用：{'、'.join(ChangeKind)}"),
    "department": (("--department", "市水力局"), "错误：词表中没有部门 市水力局。\n提示：是不是 市水利局"),
    "department unlike any": (
        ("--department", "\x1b[31m"),
        "错误：词表中没有部门 ⟨U+001B⟩[31m。\n提示：部门见 schema/vocabulary/departments.toml。\n",
    ),
    "township": (("--township", "阿扎克乡"), "错误：两边都没有乡镇 阿扎克乡。\n提示：可选：阿扎克镇\n"),
}


@pytest.mark.parametrize(("options", "line"), MISSPELT.values(), ids=MISSPELT)
def test_what_is_misspelt_is_answered_with_the_nearest(options: tuple[str, ...], line: str, changed: Stage) -> None:
    done = run(changed.root, "compare", "HEAD~2", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(line)


@pytest.mark.parametrize("options", [("--weight", "wordng"), ("--burden", "heavy"), ("--format", "pdf")])
def test_a_choice_that_there_is_not(options: tuple[str, ...], changed: Stage) -> None:
    done = run(changed.root, "compare", "HEAD~2", *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err
    assert "Traceback" not in done.err


def test_the_same_commits_give_the_same_bytes(changed: Stage) -> None:
    for form in FORMATS:
        first, second = (run(changed.root, "compare", "HEAD~2..HEAD", "--format", form).out for _ in range(2))
        assert first == second


def test_a_ledger_changed_by_hand_is_told(stage: Stage) -> None:
    stage.do("retire", RESCUE, "--reason", "职能划转")
    stage.commit()
    stage.swap(LEDGER, "职能划转", "职能调整")
    assert told(stage.compare()) == ["township-revised wording events"]
