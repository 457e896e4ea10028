"""What a side of `compare` may be: revisions of every spelling, bare and nested repositories, folders, documents."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from build import DUTY_PATH
from command import lay_out, run
from repos import commit_all, git
from sides import HOME, NAMES, OTHER, THIRD, compare, duty, grown, refused, told


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library with its history."""
    return grown(tmp_path / "library")


SIDES = {
    "nothing": ((), []),
    "one before": (("HEAD~1",), ["renamed ex-0001"]),
    "caret": (("HEAD^",), ["renamed ex-0001"]),
    "tag": (("v1",), ["renamed ex-0001"]),
    "two": (("HEAD~2", "v1"), ["added ex-0002"]),
    "range": (("HEAD~2..v1",), ["added ex-0002"]),
    "range backwards": (("v1..HEAD~2",), ["retired ex-0002"]),
    "range without an end": (("v1..",), ["renamed ex-0001"]),
    "range without a beginning": (("..v1",), ["renamed ex-0001"]),
    "branches": (("main..征求意见/一上",), ["renamed ex-0001", "added ex-0003"]),
    "since they parted": (("main...征求意见/一上",), ["added ex-0003"]),
    "since they parted, without an end": (("征求意见/一上...",), ["renamed ex-0001"]),
    "reflog": (("main@{0}",), []),
}


@pytest.mark.parametrize(("sides", "expected"), SIDES.values(), ids=SIDES)
def test_revisions(sides: tuple[str, ...], expected: list[str], library: Path) -> None:
    assert told(compare(library, *sides)) == expected


def test_a_short_id_and_a_detached_head(library: Path) -> None:
    short = git(library, "rev-parse", "--short", "HEAD~1").strip()
    git(library, "checkout", "--quiet", "--detach", "HEAD~1")
    assert told(compare(library, "HEAD", "main")) == ["renamed ex-0001"]
    assert told(compare(library, short)) == []
    assert json.loads(compare(library, short, "main").out)["before"] == {
        "name": short,
        "commit": git(library, "rev-parse", "HEAD").strip(),
    }


def test_uncommitted_and_untracked_files_count(library: Path) -> None:
    (library / OTHER).unlink()
    (library / THIRD).write_text(duty(3, NAMES[2]), "utf-8")
    assert told(compare(library)) == ["retired ex-0002", "added ex-0003"]


def test_a_bare_repository(library: Path, tmp_path: Path) -> None:
    bare = tmp_path / "清单.git"
    git(library, "clone", "--quiet", "--bare", str(library), str(bare))
    assert told(compare(bare, "v1", "main")) == ["renamed ex-0001"]
    assert told(compare(tmp_path, "v1..main", "--library", str(bare))) == ["renamed ex-0001"]
    done = compare(bare, "v1")
    assert done == refused(f"{bare} 是裸仓库，没有工作文件。", "请写出两个版本，如 HEAD~1 HEAD。")


def test_a_library_in_a_subfolder(tmp_path: Path) -> None:
    root = tmp_path / "数据" / "清单库"
    lay_out(root)
    commit_all(tmp_path, "一")
    lay_out(root, {OTHER: duty(2, NAMES[1])})
    (tmp_path / "说明.txt").write_text("与清单无关", "utf-8")
    assert told(compare(root)) == ["added ex-0002"]
    commit_all(tmp_path, "二")
    assert told(compare(root / HOME, "HEAD~1..HEAD")) == ["added ex-0002"]
    assert told(compare(tmp_path, "HEAD~1", "--library", str(root))) == ["added ex-0002"]


def test_a_repository_inside_a_repository(library: Path) -> None:
    inner = library / "别的" / "清单库"
    commit_all(lay_out(inner), "里面的")
    lay_out(inner, {THIRD: duty(3, NAMES[2])})
    assert told(compare(inner)) == ["added ex-0003"]
    assert compare(inner, "v1") == refused("没有这个版本：v1", "请用 git log --oneline 或 git tag 查看有哪些版本。")
    assert told(compare(library)) == []


def test_another_folder_outside_any_repository(library: Path, tmp_path: Path) -> None:
    other = lay_out(tmp_path / "别处", {DUTY_PATH: duty(1, "做好统计调查工作"), THIRD: duty(3, NAMES[2])})
    assert told(compare(library, str(other))) == ["retired ex-0003", "added ex-0002"]
    assert told(compare(library, "HEAD", str(other))) == ["retired ex-0002", "added ex-0003"]
    assert told(compare(other, str(library), ".")) == ["retired ex-0002", "added ex-0003"]
    assert told(compare(library, "../别处", "v1")) == ["renamed ex-0001", "retired ex-0003", "added ex-0002"]


def test_a_repository_with_longer_ids(tmp_path: Path) -> None:
    git(lay_out(tmp_path), "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    commit_all(tmp_path, "一")
    assert told(compare(tmp_path)) == []
    lay_out(tmp_path, {OTHER: duty(2, NAMES[1])})
    commit_all(tmp_path, "二")
    lay_out(tmp_path, {THIRD: duty(3, NAMES[2])})
    assert told(compare(tmp_path, "HEAD~1..HEAD")) == ["added ex-0002"]
    assert told(compare(tmp_path, "HEAD~1")) == ["added ex-0002", "added ex-0003"]


def test_a_revision_named_like_a_folder(library: Path) -> None:
    git(library, "tag", "duties", "v1")
    git(library, "tag", "schema", "v1")
    # Folders are not taken for libraries by name alone; a library folder is, and git can be told apart.
    assert told(compare(library, "duties")) == ["renamed ex-0001"]
    assert told(compare(library, "schema")) == ["renamed ex-0001"]
    lay_out(library / "v1")
    assert told(compare(library, "v1")) == ["renamed ex-0001", "added ex-0002"]
    assert told(compare(library, "refs/tags/v1")) == ["renamed ex-0001"]


def export(root: Path) -> Path:
    path = root.parent / "清单.md"
    assert run(root, "export", "--output", str(path), "--quiet").code == 0
    return path


def test_a_document_fresh_from_export_tells_nothing(library: Path) -> None:
    path = export(library)
    for sides in (("HEAD", str(path)), (str(path),), (str(path), str(path)), (str(path), "HEAD")):
        found = json.loads(compare(library, *sides).out)
        assert (found["changes"], found["renumbering"], found["pairs"]) == ([], [], [])
        assert all(row["closes"] for row in found["account"])


def test_an_edited_document_tells_its_edits(library: Path) -> None:
    path = export(library)
    text = path.read_text("utf-8")
    (row,) = (line for line in text.splitlines() if NAMES[1] in line and line.startswith("|"))

    def edited(new: str) -> Any:
        path.write_text(text.replace(row + "\n", new), "utf-8")
        done = compare(library, "HEAD", str(path))
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)

    inserted = edited(row.replace(NAMES[1], NAMES[3]) + "\n" + row + "\n")
    assert [(one["kind"], one["name"]) for one in inserted["changes"]] == [("added", NAMES[3])]
    assert [number for *number, one in inserted["renumbering"] if one == "ex-0002"] == [[2, 3]]
    deleted = edited("")
    assert [(one["kind"], one["duty"]) for one in deleted["changes"]] == [("retired", "ex-0002")]
    renamed = edited(row.replace(NAMES[1], "开展全国人口普查") + "\n")
    assert [(one["kind"], one["duty"]) for one in renamed["changes"]] == [("renamed", "ex-0002")]
    (pair,) = renamed["pairs"]
    assert (pair["before"], pair["after"], pair["taken"]) == (f"基本2 {NAMES[1]}", "基本2 开展全国人口普查", True)
    assert 0.6 < pair["likeness"] < 1
    for form in ("text", "markdown", "html"):
        assert re.search(r"\b0\.\d|\d\d(\.\d)? ?%", run(library, "compare", "HEAD", str(path), "--format", form).out)
    replaced = edited(row.replace(NAMES[1], "订阅报刊杂志") + "\n")
    assert [one["kind"] for one in replaced["changes"]] == ["retired", "added"]


def test_hidden_files_are_no_duties(library: Path) -> None:
    hidden = library / HOME / ".旧稿" / "ex-0009.toml"
    hidden.parent.mkdir()
    hidden.write_text(duty(9, "旧的"), "utf-8")
    commit_all(library, "隐藏的")
    for sides in (["HEAD~1", "HEAD"], ["HEAD~1"], ["HEAD"]):
        done = compare(library, *sides)
        assert told(done) == []
        assert sum(row["after"] for row in json.loads(done.out)["account"] if row["category"] is None) == 2
