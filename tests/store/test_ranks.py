"""The caches in the git directory change no result: absent, damaged, outdated, not writable, written by several."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import build
from command import run
from dutylist.model.duty import Kind
from dutylist.model.rank import id_in, packed
from dutylist.store.cache import Cache
from dutylist.store.ranks import State, load, rank_in, save
from process import DUTYLIST, ENVIRONMENT, closed, in_process
from repos import commit_all, git

HOMES = ("党的建设", "经济发展", "经济 发展", "民生\t服\n务")


def duty(number: int, name: str = "") -> str:
    return build.duty_text(id=f"ex-{number:04d}", position=10 * number, name=name or f"第{number}项")


def path_of(root: Path, number: int) -> Path:
    return root / "duties" / "示例镇" / HOMES[number % len(HOMES)] / f"ex-{number:04d}.toml"


def put(root: Path, number: int, name: str = "") -> None:
    path = path_of(root, number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(duty(number, name), "utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Twelve duties in folders of odd names, over three commits and a branch."""
    for path, content in build.files({build.DUTY_PATH: None}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(content, bytes)
        (tmp_path / path).write_bytes(content)
    for number in range(1, 11):
        put(tmp_path, number)
    commit_all(tmp_path, "一")
    put(tmp_path, 3, "改了的")
    put(tmp_path, 11)
    commit_all(tmp_path, "二")
    git(tmp_path, "checkout", "--quiet", "-b", "other", "HEAD~1")
    path_of(tmp_path, 5).unlink()
    commit_all(tmp_path, "分支")
    git(tmp_path, "checkout", "--quiet", "main")
    path_of(tmp_path, 4).unlink()
    put(tmp_path, 6, "也改了的")
    put(tmp_path, 12)
    commit_all(tmp_path, "三")
    return tmp_path


def cache_of(root: Path) -> Path:
    """The folder of the caches."""
    folder = Cache.of(root / ".git").folder
    assert folder
    return folder


def caches(root: Path) -> list[Path]:
    return sorted(cache_of(root).iterdir()) if cache_of(root).is_dir() else []


def forget(root: Path) -> None:
    shutil.rmtree(cache_of(root), ignore_errors=True)


PAIRS = (("HEAD~2", "HEAD"), ("HEAD", "HEAD~1"), ("HEAD~1..other",), ("HEAD",), ("other", "HEAD~2"), ("HEAD~1",))


def results(root: Path) -> list[Any]:
    """What `compare` tells of every pair; it must succeed without a word."""
    found = []
    for pair in PAIRS:
        done = run(root, "compare", *pair, "--format", "json")
        assert (done.code, done.err) == (0, "")
        found.append(json.loads(done.out))
    return found


@pytest.fixture
def right(root: Path) -> list[Any]:
    """The results of a repository without a cache, each found on its own."""
    found = []
    for pair in PAIRS:
        forget(root)
        found.append(json.loads(run(root, "compare", *pair, "--format", "json").out))
    return found


def test_it_is_kept_in_the_git_directory_and_used(root: Path, right: list[Any]) -> None:
    for _ in range(2):
        assert results(root) == right
    assert [path.name for path in caches(root)] == ["pairs", "ranks"]
    assert git(root, "status", "--porcelain") == ""


def flipped(at: float) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[int(at * (len(content) - 1))] ^= 0x11
        path.write_bytes(content)

    return damage


def cut(share: float) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


def another_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"dutylist ", b"dutylist+", 1))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere/at/all")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "empty": cut(0),
    "cut in the head": lambda path: os.truncate(path, 7),
    "cut in half": cut(0.5),
    "cut near the end": lambda path: os.truncate(path, path.stat().st_size - 1),
    **{f"a byte flipped at {at}": flipped(at) for at in (0, 0.05, 0.2, 0.5, 0.8, 1)},
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "of another version": another_version,
    "a folder": a_folder,
    "a dead link": a_dead_link,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged(damage: Callable[[Path], object], root: Path, right: list[Any]) -> None:
    """Both caches are damaged in one way before each comparison."""
    for pair, expected in zip(PAIRS, right, strict=True):
        forget(root)
        run(root, "compare", "HEAD~1", "HEAD")
        assert len(caches(root)) == 2
        for path in caches(root):
            damage(path)
        done = run(root, "compare", *pair, "--format", "json")
        assert (done.code, done.err) == (0, "")
        assert json.loads(done.out) == expected


def test_of_a_tree_that_is_gone(root: Path, right: list[Any]) -> None:
    """As after a history was rewritten and what it left behind was swept away."""
    cache = Cache.of(root / ".git")
    for pair, expected in zip(PAIRS, right, strict=True):
        save(cache, State("0123456789" * 4, {"示例镇/党的建设": [packed(Kind.BASIC, 10, "ex-0099")]}))
        assert load(cache)
        done = run(root, "compare", *pair, "--format", "json")
        assert (done.code, done.err) == (0, "")
        assert json.loads(done.out) == expected


def test_from_any_revision_to_any_other(root: Path, right: list[Any]) -> None:
    """Whatever revision it was made for last."""
    for last in ("HEAD", "HEAD~1", "HEAD~2", "other"):
        for pair, expected in zip(PAIRS, right, strict=True):
            run(root, "compare", last, last)
            assert json.loads(run(root, "compare", *pair, "--format", "json").out) == expected


def test_where_nothing_may_be_written(root: Path, right: list[Any]) -> None:
    forget(root)
    with closed(root / ".git"):
        done = in_process(root, "compare", *PAIRS[0], "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == right[0]
    assert not cache_of(root).exists()


def test_what_may_not_be_read(root: Path, right: list[Any]) -> None:
    results(root)
    for path in (*caches(root), cache_of(root)):
        with closed(path, 0):
            done = in_process(root, "compare", *PAIRS[0], "--format", "json")
        assert (done.code, json.loads(done.out)) == (0, right[0])


def test_three_processes_at_once(root: Path, right: list[Any]) -> None:
    environment = {**os.environ, **ENVIRONMENT}
    for _ in range(3):
        forget(root)
        running = [
            subprocess.Popen(
                [*DUTYLIST, "compare", *pair, "--format", "json"], cwd=root, env=environment, stdout=subprocess.PIPE
            )
            for pair in PAIRS[:3]
        ]
        told = [json.loads(process.communicate()[0]) for process in running]
        assert told == right[:3]
    assert [path.name for path in caches(root)] == ["pairs", "ranks"]
    assert results(root) == right


def test_after_a_history_was_rewritten_and_swept(root: Path) -> None:
    run(root, "compare", "HEAD", "HEAD")
    put(root, 7, "改写的")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--amend", "--message", "改写")
    git(root, "reflog", "expire", "--expire=now", "--all")
    git(root, "gc", "--quiet", "--prune=now")
    with_cache = run(root, "compare", "HEAD~1..HEAD", "--format", "json")
    forget(root)
    assert run(root, "compare", "HEAD~1..HEAD", "--format", "json") == with_cache
    assert (with_cache.code, with_cache.err) == (0, "")


RANKS: dict[str, tuple[str, str | None]] = {
    "canonical": (duty(7), "b0000070ex-0007"),
    "largest": (build.duty_text(id="ex-999999", position=1_000_000), "b1000000ex-999999"),
    "in another order": ('name = "甲"\nposition = 3\nkind = "basic"\nid = "ex-0007"\n', "b0000003ex-0007"),
    "without what its list needs": ('name = "甲"\nposition = 3\nkind = "reclaimed"\nid = "ex-0007"\n', None),
    "a comment first": ("# 说明\n" + duty(7), "b0000070ex-0007"),
    "Windows line ends": (duty(7).replace("\n", "\r\n"), "b0000070ex-0007"),
    "spaced": (duty(7).replace(" = ", "="), "b0000070ex-0007"),
    "with a note first": (duty(7).replace('kind = "basic"', 'kind = "basic" # 基本'), "b0000070ex-0007"),
    "no value": ("name = ", None),
    "empty": ("", None),
    "the wrong type": (duty(7).replace("= 70", '= "70"'), None),
}


@pytest.mark.parametrize(("text", "rank"), RANKS.values(), ids=RANKS)
def test_rank_in_a_file(text: str, rank: str | None) -> None:
    assert rank_in(text.encode()) == rank
    assert rank is None or id_in(rank) in text
