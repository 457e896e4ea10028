"""Seals are proved again from git alone; whatever is not as it was sealed is named, and since when."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from build import DUTY_PATH, LEDGER_PATH
from dutylist.contract import schema_text
from dutylist.model.changelog import LEG_FILE
from dutylist.model.validation import schema_adapter
from dutylist.report.audit import AuditReport
from sealed import APPLY, DOWN, LEGS, OPINION, PUBLISHED, UP, Sealed, flipped, sealed

UP_FOLDER, APPLY_FOLDER = f"changelog/{UP}", f"changelog/{APPLY}"
Copy = Callable[[], Sealed]


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Four sealed legs; nobody may change them."""
    return sealed(tmp_path_factory.mktemp("audit") / "library")


@pytest.fixture
def made(proved: Sealed, tmp_path: Path) -> Sealed:
    """A copy of the four sealed legs, to be harmed."""
    return proved.copy(tmp_path / "copy")


def masked(text: str) -> str:
    """A text without what differs from one version of the rules to the next."""
    return re.sub(r"\b[0-9a-f]{10,64}\b", lambda found: "0" * len(found.group()), text)


def files_of(made: Sealed, leg: str) -> list[str]:
    """The files of a leg's folder, by path in the library."""
    folder = made.root / "changelog" / leg
    return sorted(str(path.relative_to(made.root)) for path in folder.rglob("*") if path.is_file())


def test_a_clean_chain_is_proved(proved: Sealed, golden: Callable[[str, str], None]) -> None:
    done = proved.run("audit")
    assert (done.code, done.err) == (0, "")
    golden("commands/audit.txt", masked(done.out))


def test_the_report_fits_its_schema(proved: Sealed) -> None:
    read = proved.audit()
    jsonschema.Draft202012Validator(json.loads(schema_text("audit.schema.json"))).validate(read)
    assert schema_adapter(AuditReport).validate_json(json.dumps(read))
    assert [leg["leg"] for leg in read["legs"]] == list(LEGS)
    assert [leg["reports"] for leg in read["legs"]] == ["none", "remade", "remade", "remade"]
    assert all(leg["proved"] for leg in read["legs"])
    assert {one["code"] for one in read["findings"]} == {"AU010"}


def test_one_byte_in_any_file_is_found_and_named(made: Sealed) -> None:
    paths = files_of(made, UP)
    assert len(paths) == 7
    for path in paths:
        good = (made.root / path).read_bytes()
        code = "AU012" if "/report." in path else "AU003"
        made.write(path, flipped(good))
        assert f"{code} {path}" in made.told(), path
        assert "当前文件，尚未提交" in made.said(code)
        commit = made.commit("悄悄改动")
        assert f"{code} {path}" in made.told(), path
        assert f"自 2025-07-01 编辑 的提交 {commit[:10]} 起" in made.said(code)
        made.write(path, b"")
        made.commit("再次改动")
        assert f"的提交 {commit[:10]} 起" in made.said(code)
        made.git("reset", "--quiet", "--hard", "HEAD~2")


def test_one_byte_in_any_file_of_the_closing_commit_is_found(tmp_path: Path) -> None:
    made = sealed(tmp_path / "library", UP)
    good = made.git("rev-parse", "HEAD")
    for path in files_of(made, UP):
        made.write(path, flipped((made.root / path).read_bytes()))
        commit = made.amend()
        told = made.told()
        # A flipped leg.toml says either other values or nothing at all; then its tag tells of it.
        assert any(one.endswith(f" {path}") for one in told), (path, told)
        if not path.endswith(LEG_FILE):
            assert f"的提交 {commit[:10]} 起" in made.said("AU012" if "/report." in path else "AU003")
        made.git("reset", "--quiet", "--hard", good)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from = ", "from  = "),
        ("\n\n[seal]", "\n\n\n[seal]"),
        ('tool = "', "tool = '"),
        ("to = ", "note = '换了'\nto = "),
        ("totals = { duties = 2, basic = 2", "totals = { duties = 1, basic = 1"),
        ("[seal]", "[sea1]"),
    ],
)
def test_the_seal_itself_cannot_be_touched_up(made: Sealed, old: str, new: str) -> None:
    path = f"{APPLY_FOLDER}/{LEG_FILE}"
    made.swap(path, old, new.replace("'", '"') if "note" in new else new)
    made.amend()
    # Whoever rewrites history moves the tag, too.
    made.git("tag", "--force", "--annotate", "--message", "x", APPLY)
    assert f"AU004 {path}" in made.told()


@pytest.mark.parametrize("commit", [False, True])
def test_files_added_and_removed_are_named(made: Sealed, commit: bool) -> None:
    opinion = f"{UP_FOLDER}/opinions/{OPINION}.toml"
    (made.root / opinion).unlink()
    (made.root / UP_FOLDER / "report.md").unlink()
    made.write(f"{UP_FOLDER}/补充.txt", "后来的")
    made.write(f"changelog/{PUBLISHED}/report.md", "没有过的报告")
    made.root.joinpath(UP_FOLDER, "链接").symlink_to("补充.txt")
    if commit:
        made.commit("悄悄改动")
    assert set(made.told()) == {
        f"AU003 {opinion}",
        f"AU003 {UP_FOLDER}/补充.txt",
        f"AU003 {UP_FOLDER}/链接",
        f"AU012 {UP_FOLDER}/report.md",
        f"AU012 changelog/{PUBLISHED}/report.md",
    }
    messages = {one["path"]: one["message"] for one in made.audit()["findings"]}
    assert "被删去" in messages[opinion]
    assert "封存之后增加的" in messages[f"{UP_FOLDER}/补充.txt"]


def test_a_seal_that_is_removed_is_named(made: Sealed) -> None:
    path = f"{UP_FOLDER}/{LEG_FILE}"
    text = (made.root / path).read_text("utf-8")
    made.write(path, text[: text.index("\n[seal]")])
    made.commit("不再封存")
    assert made.told() == [f"AU003 {path}"]
    assert "封存没有了" in made.said("AU003")


def test_a_leg_that_is_removed_is_named_with_its_files(made: Sealed) -> None:
    paths = files_of(made, UP)
    made.git("rm", "-r", "--quiet", UP_FOLDER)
    made.commit("删去")
    assert {one.partition(" ")[2] for one in made.told()} == set(paths)
    assert not any(leg["proved"] for leg in made.audit()["legs"] if leg["leg"] == UP)


def test_a_last_leg_that_never_was_is_found_by_its_tag(made: Sealed) -> None:
    made.git("reset", "--quiet", "--hard", f"{DOWN}^{{commit}}")
    assert made.told() == [f"AU007 {APPLY_FOLDER}/{LEG_FILE}"]
    made.git("branch", "别处", APPLY)
    assert made.told() == []


def test_a_leg_closed_by_hand_or_unreadable_is_told(made: Sealed) -> None:
    made.do("campaign", "new", "2027", "--kind", "adjustment", "--title", "2027年动态调整")
    made.commit()
    made.open("2027/apply", day="2026-03-01")
    path = f"changelog/2027/apply/{LEG_FILE}"
    assert made.told() == []
    made.swap(path, "base = ", "closed = 2026-03-02\nbase = ")
    made.commit()
    assert made.told() == [f"AU004 {path}"]
    assert "没有封存" in made.said("AU004")
    made.write(path, "没有写完 [")
    made.commit()
    assert made.told() == [f"AU004 {path}"]
    assert "读不出来" in made.said("AU004")


def test_an_unreadable_sealed_leg_is_named(made: Sealed) -> None:
    path = f"{UP_FOLDER}/{LEG_FILE}"
    made.write(path, b"\xff\xfe [")
    made.commit()
    assert made.told() == [f"AU003 {path}"]


def test_a_duty_changed_by_the_closing_commit_is_named(made: Sealed) -> None:
    made.swap(DUTY_PATH, "开展", "开始")
    made.amend()
    assert made.told() == [f"AU002 {APPLY_FOLDER}/{LEG_FILE}"]
    assert DUTY_PATH in made.said("AU002")


def test_a_rewritten_state_is_lost_and_the_tag_knows_the_duty(made: Sealed) -> None:
    made.git("reset", "--quiet", "--soft", "HEAD~2")
    made.swap(DUTY_PATH, "开展", "开始")
    made.commit("合并成一次提交")
    lost = f"AU001 {APPLY_FOLDER}/{LEG_FILE}"
    assert lost in made.told()
    assert DUTY_PATH in made.said("AU001")
    made.git("tag", "--force", "--annotate", "--message", "x", APPLY)
    assert lost in made.told()


def test_a_history_flattened_into_one_commit_is_found(made: Sealed) -> None:
    made.git("checkout", "--quiet", "--orphan", "平")
    made.commit("全部")
    made.git("branch", "-D", "main")
    lost = [one for one in made.told() if one.startswith(("AU001", "AU006"))]
    assert {one.rpartition("/")[0].removeprefix("AU001 changelog/") for one in lost} >= {PUBLISHED, UP, DOWN}


@pytest.mark.parametrize(("accounted", "told"), [(True, []), (False, ["AU014 changelog/2026/confer/leg.toml"])])
def test_a_duty_gone_between_two_seals_has_an_event(made: Sealed, accounted: bool, told: list[str]) -> None:
    made.open("2026/confer", day="2026-03-01")
    made.do("retire", "ex-0002", "--reason", "不再需要")
    if not accounted:
        text = (made.root / LEDGER_PATH).read_text("utf-8")
        made.write(LEDGER_PATH, text[: text.index("\n[[events]]")])
    made.commit("废止\n\nCause: law: 废止")
    made.close("2026/confer", "2026-03-20")
    assert made.told() == told
    if told:
        assert made.said("AU014").startswith("ex-0002 在 2026/apply 封存时还在，到 2026/confer 封存时没有文件")
