"""A git revision is a snapshot like any other: subfolders, bare repositories, Chinese paths, hooks."""

import sys
from pathlib import Path

import pytest

import build
from command import lay_out, run
from dutylist.errors import DutyListError
from dutylist.store.read import read
from dutylist.store.revision import revision
from dutylist.store.snapshot import Folder, Link, Memory
from repos import commit_all, git

OTHER = "duties/示例镇/经济发展/ex-0002.toml"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in a repository of its own, with two commits: the second adds a duty."""
    lay_out(tmp_path)
    commit_all(tmp_path, "第一版")
    lay_out(tmp_path, {OTHER: build.duty_text(id="ex-0002", name="开展经济普查")})
    commit_all(tmp_path, "第二版")
    return tmp_path


def test_the_commit_reads_as_the_folder_did(library: Path) -> None:
    assert read(revision(library, "HEAD")) == read(Folder(library))


def test_an_older_revision(library: Path) -> None:
    ids = [record.value.id for _, record in read(revision(library, "HEAD~1"))[0].duties()]
    assert ids == ["ex-0001"]


def test_blob_ids_are_the_same_on_disk_and_in_git(library: Path) -> None:
    there, here = revision(library, "HEAD"), Folder(library)
    assert {item.path: there.blob_id(item.path) for item in there.items()} == {
        item.path: here.blob_id(item.path) for item in here.items()
    }


def test_all_snapshots_list_the_same_items(library: Path) -> None:
    contents = dict(Folder(library).read([item.path for item in Folder(library).items()]))
    assert revision(library, "HEAD").items() == Folder(library).items() == Memory(contents).items()


def test_in_a_subfolder_of_a_larger_repository(tmp_path: Path) -> None:
    inside = lay_out(tmp_path / "数据" / "清单库")
    (tmp_path / "说明.txt").write_text("与清单无关", "utf-8")
    commit_all(tmp_path, "第一版")
    assert read(revision(inside, "main")) == read(Folder(inside))


def test_in_a_bare_repository(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = tmp_path_factory.mktemp("bare") / "清单.git"
    git(library, "clone", "--quiet", "--bare", str(library), str(bare))
    assert read(revision(bare, "main")) == read(Folder(library))
    done = run(bare, "check", "--library", str(bare), "--revision", "main")
    assert (done.code, done.out) == (0, "2 项事项，没有发现问题。\n")
    assert run(bare, "check", "--library", str(bare)).err.startswith("错误：")


def test_a_symbolic_link_in_git_is_a_finding(library: Path) -> None:
    (library / "duties/示例镇/党的建设/ex-0003.toml").symlink_to("../../../LICENSE")
    commit_all(library, "链接")
    found = read(revision(library, "HEAD"))[1]
    assert [(one.code, one.message) for one in found] == [
        ("RD012", "这是符号链接（指向 ../../../LICENSE），清单库只认普通文件；请把文件本身放进来。")
    ]
    assert Memory({"duties/a/b/c.toml": Link("../x")}).items()[0].link == "../x"


def test_a_hook_does_not_lead_to_another_repository(library: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    commit_all(lay_out(other, {build.DUTY_PATH: build.duty_text(name="别处的事项")}), "别处")
    hook = library / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    python = sys.executable
    told = other / "told"
    hook.write_text(f'#!/bin/sh\n"{python}" -m dutylist list --library "{other}" --revision HEAD > "{told}"\n')
    hook.chmod(0o755)
    (library / "新文件").touch()
    git(library, "add", "--all")
    git(library, "-c", "core.hooksPath=.git/hooks", "commit", "--quiet", "--message", "触发钩子")
    assert told.read_text("utf-8") == "ex-0001  基本  党的建设  1  别处的事项\n"


@pytest.mark.parametrize("name", ["nowhere", "HEAD~99", "--all", "", "HEAD:duties"])
def test_an_unknown_revision(library: Path, name: str) -> None:
    with pytest.raises(DutyListError) as caught:
        revision(library, name)
    assert caught.value.message == f"没有这个版本：{name}"


def test_no_repository(tmp_path: Path) -> None:
    done = run(lay_out(tmp_path), "check", "--revision", "HEAD")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：清单库不在 git 仓库中，没有历史版本。")


def test_no_commit_yet(tmp_path: Path) -> None:
    git(lay_out(tmp_path), "init", "--quiet")
    done = run(tmp_path, "check", "--revision", "HEAD")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：没有这个版本：HEAD；当前分支还没有提交。")


def test_a_revision_without_a_library(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("还没有清单", "utf-8")
    commit_all(tmp_path, "第一版")
    lay_out(tmp_path)
    done = run(tmp_path, "check", "--revision", "HEAD")
    assert (done.code, done.err.splitlines()[0]) == (3, "错误：版本 HEAD 中没有清单库。")
