"""A seal is over content: whatever becomes of commits, checkouts and repositories, it is proved, reports and all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dutylist.model.changelog import LEG_FILE
from repos import git
from sealed import APPLY, DOWN, LEGS, UP, Sealed, sealed

Change = Callable[[Sealed, Path], Sealed]


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Four sealed legs; nobody may change them."""
    return sealed(tmp_path_factory.mktemp("audit") / "library")


def rebased(made: Sealed, _: Path) -> Sealed:
    """All commits on top of another first one; the tags point to the commits that were left behind."""
    made.git("checkout", "--quiet", "-b", "新基础", made.git("rev-list", "--max-parents=0", "main"))
    made.write("README.md", "说明\n")
    made.commit("先有说明")
    made.git("rebase", "--quiet", "新基础", "main")
    assert made.git("rev-parse", "HEAD") != made.git("rev-parse", f"{APPLY}^{{commit}}")
    return made


def merged(made: Sealed, _: Path) -> Sealed:
    """All legs on a branch that another one merges, which went on meanwhile."""
    made.git("branch", "--move", "编制")
    made.git("checkout", "--quiet", "-b", "main", made.git("rev-list", "--max-parents=0", "编制"))
    made.write("README.md", "说明\n")
    made.commit("说明")
    made.git("merge", "--quiet", "--no-ff", "--no-edit", "编制")
    made.git("branch", "--delete", "--force", "编制")
    return made


def squashed(made: Sealed, _: Path) -> Sealed:
    """The last leg, opened, worked and closed on a branch, as one commit."""
    made.git("branch", "--move", "编制")
    made.git("checkout", "--quiet", "-b", "main", f"{DOWN}^{{commit}}")
    made.git("merge", "--quiet", "--squash", "编制")
    made.git("commit", "--quiet", "--message", "一次动态调整")
    made.git("branch", "--delete", "--force", "编制")
    return made


def with_windows_lines(made: Sealed, root: Path) -> Sealed:
    """A clone whose work tree has other line ends."""
    git(made.root, "clone", "--quiet", "--config", "core.autocrlf=true", str(made.root), str(root))
    assert b"\r\n" in (root / "changelog" / UP / LEG_FILE).read_bytes()
    return Sealed(root)


def bare(made: Sealed, root: Path) -> Sealed:
    """A repository without a work tree."""
    git(made.root, "clone", "--quiet", "--bare", str(made.root), str(root))
    return Sealed(root)


def in_a_linked_work_tree(made: Sealed, root: Path) -> Sealed:
    """Another work tree of the same repository."""
    made.git("worktree", "add", "--quiet", str(root), "-b", "另一处")
    return Sealed(root)


def executable(made: Sealed, _: Path) -> Sealed:
    """Files that are to be executed, as some file systems say of all: in a commit, and not."""
    made.git("config", "core.fileMode", "true")
    (made.root / "changelog" / UP / "report.md").chmod(0o755)
    made.commit("能运行")
    (made.root / "changelog" / UP / LEG_FILE).chmod(0o755)
    return made


def detached(made: Sealed, _: Path) -> Sealed:
    """A commit checked out without a branch, as continuous integration does."""
    made.git("checkout", "--quiet", "--detach", "main")
    made.git("branch", "--delete", "--force", "main")
    return made


def packed(made: Sealed, _: Path) -> Sealed:
    """Objects and refs in packs, with settings that change what git prints."""
    made.git("gc", "--quiet")
    for key, value in (("log.showSignature", "true"), ("log.showRoot", "false"), ("color.ui", "always")):
        made.git("config", key, value)
    for key, value in (("diff.renames", "copies"), ("log.diffMerges", "off"), ("status.relativePaths", "false")):
        made.git("config", key, value)
    return made


CHANGES: list[Change] = [
    rebased,
    merged,
    squashed,
    with_windows_lines,
    bare,
    in_a_linked_work_tree,
    executable,
    detached,
    packed,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_a_seal_does_not_depend_on(proved: Sealed, tmp_path: Path, change: Change) -> None:
    made = change(proved.copy(tmp_path / "copy"), tmp_path / "other")
    assert is_proved(made)


def is_proved(made: Sealed) -> bool:
    """Whether nothing is wrong anywhere, all reports come out again, and the seals are those that were made."""
    read = made.audit()
    assert [one for one in read["findings"] if one["severity"] != "advice"] == []
    assert [leg["leg"] for leg in read["legs"]] == list(LEGS)
    assert [leg["reports"] for leg in read["legs"]] == ["none", "remade", "remade", "remade"]
    return True


def test_the_same_content_has_the_same_seals_everywhere(proved: Sealed, tmp_path: Path) -> None:
    other = sealed(tmp_path / "sha256", form="sha256")
    top = tmp_path / "仓库"
    inside = sealed(top / "清单 [1]*" / "library", top=top)
    assert len(other.git("rev-parse", "HEAD")) == 64
    assert (top / ".git").is_dir()
    for made in (other, inside):
        assert is_proved(made)
        assert [leg["digest"] for leg in made.audit()["legs"]] == [leg["digest"] for leg in proved.audit()["legs"]]
    inside.swap(f"changelog/{UP}/{LEG_FILE}", "示例市编办", "示例市纪委")
    assert inside.told() == [f"AU003 changelog/{UP}/{LEG_FILE}"]
    inside.commit()
    assert "编辑 的提交" in inside.said("AU003")
    assert inside.told() == [f"AU003 changelog/{UP}/{LEG_FILE}"]


def test_an_earlier_state_is_audited_without_the_work_tree(proved: Sealed, tmp_path: Path) -> None:
    made = proved.copy(tmp_path / "copy")
    made.write(f"changelog/{UP}/{LEG_FILE}", "改动")
    read = made.audit("--revision", f"{UP}^{{commit}}")
    assert [leg["leg"] for leg in read["legs"]] == list(LEGS[:2])
    assert {one["code"] for one in read["findings"]} == {"AU010"}


def test_a_shallow_clone_says_which_fetch_it_needs(proved: Sealed, tmp_path: Path) -> None:
    git(proved.root, "clone", "--quiet", "--depth=1", f"file://{proved.root}", str(tmp_path / "shallow"))
    made = Sealed(tmp_path / "shallow")
    done = made.run("audit")
    assert (done.code, done.out) == (3, "")
    assert "git fetch --unshallow" in done.err
    made.git("fetch", "--quiet", "--unshallow", "--tags")
    assert is_proved(made)


def test_hidden_files_are_no_part_of_a_leg(proved: Sealed, tmp_path: Path) -> None:
    made = proved.copy(tmp_path / "copy")
    made.write(f"changelog/{UP}/.DS_Store", "x")
    assert made.told() == []
    made.commit()
    assert made.told() == []


def test_damaged_objects_are_one_clear_line(proved: Sealed, tmp_path: Path) -> None:
    made = proved.copy(tmp_path / "copy")
    blob = made.git("rev-parse", f"HEAD:changelog/{UP}/report.html")
    path = made.root / ".git" / "objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"")
    (made.root / ".git" / "dutylist" / "digests").unlink(missing_ok=True)
    done = made.run("audit")
    assert done.code == 3
    assert "git fsck" in done.err
