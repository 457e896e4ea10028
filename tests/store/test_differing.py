"""Reading only what differs tells the same as reading everything, wherever the two sides lie."""

import shutil
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import build
from dutylist.commands.comparing import Compared, compared
from dutylist.commands.sides import sides_of
from dutylist.compare.runner import compare
from dutylist.model.change import Comparison
from dutylist.model.finding import Place
from dutylist.model.library import Library
from dutylist.store.cache import FOLDER, Cache
from dutylist.store.differing import Differing, differing
from dutylist.store.read import read
from dutylist.store.revision import revision
from dutylist.store.snapshot import Folder, Memory, Snapshot
from dutylist.store.write import write
from repos import commit_all, git
from revisions import revisions

NO_CACHE = Cache(None)
OTHER = "duties/示例镇/经济发展/ex-0002.toml"
SECOND = build.duty_text(id="ex-0002", position=20, name="开展经济普查")


def told(found: Differing) -> Comparison:
    return compare(found.before.library, found.after.library, found.same, found.touched)


def whole(before: Snapshot, after: Snapshot) -> Comparison:
    """The same from everything that both sides say."""
    touched = {path for path, _ in before.ids().items() ^ after.ids().items()}
    return compare(read(before)[0], read(after)[0], None, touched)


@given(revisions())
def test_of_files(pair: tuple[Library, Library]) -> None:
    before, after = map(write, pair)
    assert told(differing(before, after, NO_CACHE)) == whole(before, after)


def lay(root: Path, files: Memory) -> None:
    """Puts these files in the place of all others."""
    for part in ("duties", "schema"):
        shutil.rmtree(root / part, ignore_errors=True)
    for path, content in files.files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(content, bytes)
        (root / path).write_bytes(content)


# Every example is a repository: making a failing one smaller would take many minutes.
@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.data())
def test_of_commits_and_work_tree_with_and_without_a_cache(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One cache serves all pairs of a history, in any order, and the work tree too."""
    root = tmp_path_factory.mktemp("history")
    drawn = [side for _ in range(2) for side in data.draw(revisions())]
    for number, library in enumerate(drawn):
        lay(root, write(library))
        git(root, "init", "--quiet", "--initial-branch=main")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--allow-empty", "--message", str(number))
    names = [f"HEAD~{back}" for back in range(len(drawn))]
    for _ in range(6):
        one, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from([*names, None]))
        sides = sides_of(root, one, other)
        assert sides[0].snapshot
        assert sides[1].snapshot
        expected = whole(sides[0].snapshot, sides[1].snapshot)
        # Twice: once told anew or from an older state, once from what was kept of it.
        first, second = compared(root, *sides), compared(root, *sides)
        shutil.move(root / ".git" / FOLDER, root / ".git" / "aside")
        anew = compared(root, *sides)
        shutil.rmtree(root / ".git" / FOLDER)
        shutil.move(root / ".git" / "aside", root / ".git" / FOLDER)
        assert first.comparison == second.comparison == anew.comparison == expected
        assert places(first) == places(second) == places(anew)


def places(found: Compared) -> list[tuple[Place | None, Place | None]]:
    """Line and column of every place of every change."""
    return [found.places.of(site) for change in found.comparison.changes for site in change.sites]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A commit with one duty, another with two."""
    lay(tmp_path, Memory(build.files()))
    commit_all(tmp_path, "一")
    lay(tmp_path, Memory(build.files({OTHER: SECOND})))
    commit_all(tmp_path, "二")
    return tmp_path


def test_only_what_differs_is_read(root: Path) -> None:
    found = differing(revision(root, "HEAD~1"), revision(root, "HEAD"), NO_CACHE)
    assert set(found.touched) == {OTHER, build.LEDGER_PATH, build.TOWNSHIP_PATH}
    assert build.DUTY_PATH not in {*found.before.records, *found.after.records}
    assert {home: ranks for home, ranks in found.same.items() if ranks} == {("示例镇", "党的建设"): ["b0000010ex-0001"]}


def test_duties_that_new_events_name_are_read_too(root: Path) -> None:
    ledger = (
        'next = 3\n\n[[events]]\nkind = "merge"\nfrom = ["ex-0001", "ex-0002"]\ninto = ["ex-0001"]\nreason = "一"\n'
    )
    lay(root, Memory(build.files({build.LEDGER_PATH: ledger})))
    commit_all(root, "三")
    for before, after in (
        (revision(root, "HEAD~1"), revision(root, "HEAD")),
        (revision(root, "HEAD"), revision(root, "HEAD~1")),
        (revision(root, "HEAD~1"), Folder(root)),
    ):
        found = differing(before, after, NO_CACHE)
        assert build.DUTY_PATH in found.before.records
        assert build.DUTY_PATH in found.after.records
        assert told(found) == whole(before, after)


@pytest.mark.parametrize("content", ["name = ", "", 'id = "ex-0002"\n', "\0", "id = 1\n"])
@pytest.mark.parametrize("later", [False, True])
def test_a_file_without_a_value_is_one_fault_whether_it_differs_or_not(content: str, later: bool, root: Path) -> None:
    (root / OTHER).write_text(content, "utf-8")
    commit_all(root, "坏了")
    if later:
        (root / build.DUTY_PATH).write_text(build.duty_text(name="做好普查工作"), "utf-8")
        commit_all(root, "好的")
    cache = Cache.of(root / ".git")
    for after in (revision(root, "HEAD"), Folder(root)):
        for _ in range(2):
            found = differing(revision(root, "HEAD~1"), after, cache)
            assert {fault.spot.path for fault in found.after.faults + found.before.faults} == {OTHER}
            files = [fault.spot.path for fault in found.after.faults]
            assert len(files) == len({(fault.code, fault.spot, fault.message) for fault in found.after.faults})


@pytest.mark.parametrize("path", ["duties/示例镇/经济发展/ex-0001.toml", "duties/示例镇/党的建设/ex-0009.toml"])
@pytest.mark.parametrize("position", [10, 90])
def test_an_id_in_two_files_is_found_where_one_of_them_differs(path: str, position: int, root: Path) -> None:
    (root / path).write_text(build.duty_text(position=position, name="同号的另一项"), "utf-8")
    commit_all(root, "重号")
    cache = Cache.of(root / ".git")
    for before, after in (
        (revision(root, "HEAD~1"), revision(root, "HEAD")),
        (revision(root, "HEAD~1"), Folder(root)),
        (revision(root, "HEAD"), revision(root, "HEAD~1")),
    ):
        found = differing(before, after, cache)
        sides = (found.before, found.after)
        doubles = [(duty, sorted(paths)) for side in sides for duty, paths in found.doubles(side)]
        assert doubles == [("ex-0001", sorted([build.DUTY_PATH, path]))]


def test_two_repositories_and_two_algorithms(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    lay(other, Memory(build.files({build.DUTY_PATH: build.duty_text(name="做好普查工作")})))
    git(other, "init", "--quiet", "--object-format=sha256", "--initial-branch=main")
    commit_all(other, "一")
    there, folder = revision(other, "HEAD"), Folder(other)
    assert told(differing(there, folder, NO_CACHE)) == whole(folder, folder)
    assert told(differing(folder, there, NO_CACHE)).changes == ()
    assert told(differing(Folder(root), folder, NO_CACHE)) == whole(Folder(root), folder)
