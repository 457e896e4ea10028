"""What `audit` is asked, where there is little to prove, other versions of the tool, and what it costs."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build import DUTY_PATH
from command import lay_out, run
from dutylist.consult.seal import digest_of
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.store import states
from dutylist.store.git import blobs_in_parallel
from repos import WHO, commit_all, git
from sealed import APPLY, DOWN, LEGS, UP, Sealed, begun, sealed

APPLY_FOLDER = f"changelog/{APPLY}"


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Four sealed legs; nobody may change them."""
    return sealed(tmp_path_factory.mktemp("audit") / "library")


@pytest.fixture
def made(proved: Sealed, tmp_path: Path) -> Sealed:
    """A copy of the four sealed legs, to be harmed."""
    return proved.copy(tmp_path / "copy")


@pytest.mark.parametrize(
    ("since", "legs"),
    [
        (LEGS[0], LEGS),
        (DOWN, (DOWN, APPLY)),
        (APPLY, (APPLY,)),
        ("2025-03-20", (UP, DOWN, APPLY)),
        ("2025-03-21", (DOWN, APPLY)),
        ("2026-02-21", ()),
    ],
)
def test_only_some_legs(proved: Sealed, since: str, legs: tuple[str, ...]) -> None:
    assert [leg["leg"] for leg in proved.audit("--since", since)["legs"]] == list(legs)


@pytest.mark.parametrize("since", ["2025", "2025/2-up", "1-up", "2025-02-30", "昨天", ""])
def test_what_is_neither_leg_nor_day(proved: Sealed, since: str) -> None:
    done = proved.run("audit", "--since", since)
    assert (done.code, done.out) == (2, "")
    assert "2025/1-up" in done.err or "如 2025-03-15" in done.err


def test_what_is_wrong_before_is_not_asked_for(made: Sealed) -> None:
    made.write(f"changelog/{UP}/report.md", "改动")
    made.commit()
    assert made.run("audit").code == 1
    assert made.run("audit", "--since", DOWN).code == 0


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("advice", 1), ("never", 0)])
def test_how_bad_it_must_be_to_fail(made: Sealed, level: str, code: int) -> None:
    made.git("tag", "--delete", APPLY)
    assert made.run("audit", "--fail-on", level).code == code
    made.write(f"{APPLY_FOLDER}/report.md", "改动")
    assert made.run("audit", "--fail-on", level).code == (0 if level == "never" else 1)


def test_another_version_of_the_tool_proves_the_bytes(made: Sealed) -> None:
    made.reseal(APPLY, seal={"tool": "0.0.9"})
    made.amend()
    made.tag(APPLY)
    done = made.run("audit")
    assert done.code == 0
    assert "报告由别的版本生成，只核对了存着的字节，没有重新生成" in done.out
    assert made.audit()["legs"][-1]["reports"] == "stored"
    for name in REPORTS.values():
        path = f"{APPLY_FOLDER}/{name}"
        made.write(path, (made.root / path).read_bytes() + b"\n")
        assert made.told() == [f"AU012 {path}"]
        made.git("checkout", "--quiet", path)


@pytest.mark.parametrize("name", REPORTS.values())
def test_a_report_that_does_not_come_out_the_same(made: Sealed, name: str) -> None:
    path = f"{APPLY_FOLDER}/{name}"
    text = (made.root / path).read_text("utf-8").replace("开展统计工作", "开展普查工作")
    made.write(path, text)
    seal = made.leg(APPLY).seal
    assert seal is not None
    assert seal.reports is not None
    form = next(form for form, one in REPORTS.items() if one == name)
    made.reseal(APPLY, seal={"reports": replace(seal.reports, **{form: digest_of(text.encode())})})
    made.amend()
    made.tag(APPLY)
    assert made.told() == [f"AU013 {path}"]
    assert made.audit()["legs"][-1]["reports"] == "differ"


@pytest.mark.parametrize("there", [True, False])
def test_reports_that_the_seal_says_nothing_of(made: Sealed, there: bool) -> None:
    for name in () if there else REPORTS.values():
        (made.root / APPLY_FOLDER / name).unlink()
    made.reseal(APPLY, seal={"reports": None})
    made.amend()
    made.tag(APPLY)
    assert made.told() == [f"AU012 {APPLY_FOLDER}/{name}" for name in sorted(REPORTS.values())]


@pytest.mark.parametrize("content", [None, b"[", b""])
def test_a_campaign_that_cannot_be_read(made: Sealed, content: bytes | None) -> None:
    path = "changelog/2026/campaign.toml"
    if content is None:
        (made.root / path).unlink()
    else:
        made.write(path, content)
    made.amend()
    made.tag(APPLY)
    assert made.told() == [f"AU013 {APPLY_FOLDER}/{name}" for name in sorted(REPORTS.values())]


def test_a_campaign_that_is_called_otherwise_later(made: Sealed) -> None:
    made.swap("changelog/2026/campaign.toml", "2026年动态调整", "另一个名称")
    made.commit()
    assert made.told() == []


def test_files_that_are_no_records(made: Sealed) -> None:
    made.write("changelog/说明.md", "说明")
    text = (made.root / APPLY_FOLDER / LEG_FILE).read_bytes()
    for folder in ("changelog", "changelog/2026", f"{APPLY_FOLDER}/opinions/x", "changelog/2027/x/y"):
        made.write(f"{folder}/{LEG_FILE}", text)
    made.commit()
    assert made.told() == [f"AU003 {APPLY_FOLDER}/opinions/x/leg.toml"]


def test_names_that_would_change_the_terminal(made: Sealed) -> None:
    for name in ("x\x1b[31m", "y\nz", "\u202e环节"):
        shutil.copytree(made.root / APPLY_FOLDER, made.root / "changelog" / "2026" / name)
    made.commit()
    done = made.run("audit")
    assert done.code == 1
    assert not {"\x1b", "\u202e"} & set(done.out)
    assert "\nz" not in done.out
    assert {one["code"] for one in made.audit()["findings"]} >= {"AU004"}


def test_no_campaigns(tmp_path: Path) -> None:
    lay_out(tmp_path)
    commit_all(tmp_path, "第一稿")
    done = run(tmp_path, "audit", env=WHO)
    assert (done.code, done.out) == (0, "没有封存的环节。\n")


def test_an_open_leg_is_no_seal(tmp_path: Path) -> None:
    made = begun(tmp_path / "library")
    made.open(LEGS[0], "--imported", day="2025-01-01")
    assert made.run("audit").out == "没有封存的环节。\n"


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert run(tmp_path, "audit", env=WHO).code == 3
    git(tmp_path, "init", "--quiet")
    done = run(tmp_path, "audit", env=WHO)
    assert (done.code, done.out) == (3, "")
    assert "还没有提交" in done.err


def test_no_such_revision(proved: Sealed) -> None:
    assert proved.run("audit", "--revision", "没有").code == 3


def test_a_report_on_file(proved: Sealed, tmp_path: Path) -> None:
    done = proved.run("audit", "--output", str(tmp_path / "audit.txt"))
    assert done.out == ""
    assert "全部证实" in (tmp_path / "audit.txt").read_text("utf-8")


def test_no_blob_is_read_twice(made: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counting(repository: Path, ids: list[str]) -> Iterator[tuple[int, bytes]]:
        read.extend(ids)
        return blobs_in_parallel(repository, ids)

    monkeypatch.setattr(states, "blobs_in_parallel", counting)
    (made.root / ".git" / "dutylist" / "digests").unlink()
    assert made.told() == []
    assert made.git("rev-parse", f"{UP}:{DUTY_PATH}") in read
    assert made.git("rev-parse", f"HEAD:{APPLY_FOLDER}/{LEG_FILE}") in read
    assert len(read) == len(set(read))
    read.clear()
    assert made.told() == []
    assert read == []
