"""What commits hold of a library, by content: the same whatever git, platform or folder it lies in."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from build import DUTY_PATH, duty_text
from command import lay_out
from dutylist.store.revision import Repository, commit_of, repository_around
from dutylist.store.states import States, find_state, passings
from repos import commit_all, git

Made = Callable[[Path], Path]


def plain(root: Path) -> Path:
    """A repository as most are."""
    lay_out(root)
    commit_all(root, "第一稿")
    return root


def with_sha256(root: Path) -> Path:
    """A repository with longer ids."""
    root.mkdir(exist_ok=True)
    git(root, "init", "--quiet", "--object-format=sha256")
    return plain(root)


def inside(root: Path) -> Path:
    """A library in a folder whose name means something in a pattern."""
    library = root / "清单 [1]*" / "?"
    lay_out(library)
    commit_all(root, "第一稿")
    return library


def bare(root: Path) -> Path:
    """A repository without a work tree."""
    plain(root / "work")
    git(root, "clone", "--quiet", "--bare", "work", "bare.git")
    return root / "bare.git"


def executable(root: Path) -> Path:
    """Files that are to be executed."""
    plain(root)
    (root / DUTY_PATH).chmod(0o755)
    commit_all(root, "能运行")
    return root


EVERYWHERE: list[Made] = [plain, with_sha256, inside, bare, executable]


def states_of(library: Path) -> tuple[States, str]:
    """The states of a library, and its last commit."""
    repository = repository_around(library)
    return States.of(repository), commit_of(repository, "HEAD")


@pytest.mark.parametrize("make", EVERYWHERE, ids=lambda one: one.__name__)
def test_content_is_known_by_its_bytes_everywhere(tmp_path: Path, make: Made) -> None:
    states, head = states_of(make(tmp_path / "library"))
    expected = lay_out(tmp_path / "expected")
    files = [path for path in expected.rglob("*") if path.is_file()]
    assert states.content(head) == {
        str(path.relative_to(expected)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_what_is_no_content_is_left_out(tmp_path: Path) -> None:
    plain(tmp_path)
    before, old = states_of(tmp_path)
    (tmp_path / "README.md").write_text("说明")
    (tmp_path / "duties" / ".hidden").write_text("x")
    (tmp_path / "duties" / ".git-folder").mkdir()
    (tmp_path / "duties" / ".git-folder" / "x.toml").write_text("x")
    (tmp_path / "duties" / "链接.toml").symlink_to("x")
    commit_all(tmp_path, "别的")
    after, new = states_of(tmp_path)
    assert after.content(new) == before.content(old)
    assert after.odd(new, "duties") == {"链接.toml"}
    (tmp_path / DUTY_PATH).write_text(duty_text(name="组织统计工作"))
    commit_all(tmp_path, "改名")
    later, newest = states_of(tmp_path)
    assert {path for path, _ in later.content(newest).items() ^ before.content(old).items()} == {DUTY_PATH}


def test_a_part_of_a_listing_is_what_git_lists_there(tmp_path: Path) -> None:
    plain(tmp_path)
    folder = tmp_path / "duties" / "示例镇"
    (folder / "链接").symlink_to("x")
    (tmp_path / "duties" / "示例镇2").mkdir()
    (tmp_path / "duties" / "示例镇2" / "x.toml").write_text("x")
    commit_all(tmp_path, "别的")
    (one, head), (other, _) = states_of(tmp_path), states_of(tmp_path)
    assert one.files(head, "duties")
    for states in (one, other):
        assert set(states.files(head, "duties/示例镇")) == {
            "duties/示例镇/township.toml",
            "duties/示例镇/ledger.toml",
            DUTY_PATH,
        }
        assert states.odd(head, "duties/示例镇") == {"链接"}
        assert set(states.below(head, "duties/示例镇")) == {"township.toml", "ledger.toml", "党的建设/ex-0001.toml"}
    assert one.files(head, "changelog") == {}


def told(repository: Repository, name: str = "township.toml") -> dict[str, list[str]]:
    """The subjects of the commits that touched each file, the latest first; of removals with a cross."""
    found = passings(repository, commit_of(repository, "HEAD"), "duties", name)
    subjects = dict(line.split(" ", 1) for line in git(repository.place, "log", "--format=%H %s").splitlines())
    return {path: [f"{subjects[one.commit]}{'' if one.blob else ' ✗'}" for one in some] for path, some in found.items()}


@pytest.mark.parametrize("make", EVERYWHERE, ids=lambda one: one.__name__)
def test_a_file_is_known_by_the_commits_that_touched_it(tmp_path: Path, make: Made) -> None:
    library = make(tmp_path / "library")
    assert told(repository_around(library)) == {"duties/示例镇/township.toml": ["第一稿"]}


def test_every_commit_that_touched_a_file_is_told_whatever_became_of_it(tmp_path: Path) -> None:
    path = plain(tmp_path) / "duties" / "示例镇" / "township.toml"
    text = path.read_bytes()
    path.write_bytes(text + b"\n")
    commit_all(tmp_path, "改")
    path.unlink()
    commit_all(tmp_path, "删")
    path.symlink_to("x")
    commit_all(tmp_path, "链接")
    path.unlink()
    path.write_bytes(text)
    commit_all(tmp_path, "恢复")
    (tmp_path / "README.md").write_text("说明")
    commit_all(tmp_path, "别的")
    repository = repository_around(tmp_path)
    assert told(repository) == {"duties/示例镇/township.toml": ["恢复", "链接 ✗", "删 ✗", "改", "第一稿"]}
    (some,) = passings(repository, "HEAD", "duties", "township.toml").values()
    assert some[-1].parents == ()
    assert some[0].parents == (git(tmp_path, "rev-parse", "HEAD~2").strip(),)
    assert some[0].states == (some[0].commit, *some[0].parents)


def test_a_merge_that_takes_one_side_is_told_too(tmp_path: Path) -> None:
    path = plain(tmp_path) / "duties" / "示例镇" / "township.toml"
    git(tmp_path, "checkout", "--quiet", "-b", "一")
    path.write_bytes(path.read_bytes() + b"\n")
    commit_all(tmp_path, "一")
    git(tmp_path, "checkout", "--quiet", "main")
    (tmp_path / "README.md").write_text("说明")
    commit_all(tmp_path, "二")
    git(tmp_path, "merge", "--quiet", "--no-ff", "-m", "合并", "一")
    (some,) = told(repository_around(tmp_path)).values()
    assert some == ["合并", "一", "第一稿"]


def test_a_merge_that_takes_neither_side_is_told_once(tmp_path: Path) -> None:
    path = plain(tmp_path) / "duties" / "示例镇" / "township.toml"
    text = path.read_bytes()
    git(tmp_path, "checkout", "--quiet", "-b", "一")
    path.write_bytes(text + b"\n")
    commit_all(tmp_path, "一")
    git(tmp_path, "checkout", "--quiet", "main")
    git(tmp_path, "merge", "--quiet", "--no-ff", "--no-commit", "--strategy=ours", "一")
    path.write_bytes(text + b"\n\n")
    commit_all(tmp_path, "合并")
    (some,) = told(repository_around(tmp_path)).values()
    assert some == ["合并", "一", "第一稿"]


def test_settings_of_git_change_nothing(tmp_path: Path) -> None:
    plain(tmp_path)
    for name, value in (("log.showRoot", "false"), ("log.showSignature", "true"), ("diff.renames", "copies")):
        git(tmp_path, "config", name, value)
    assert told(repository_around(tmp_path)) == {"duties/示例镇/township.toml": ["第一稿"]}


def test_names_that_look_like_what_git_says(tmp_path: Path) -> None:
    plain(tmp_path)
    for name in ("\x01" + "0" * 40, ":100644 x", "a\nb", "a\x02b", " "):
        (tmp_path / "duties" / name).mkdir()
        (tmp_path / "duties" / name / "township.toml").write_text(name)
    commit_all(tmp_path, "怪名")
    found = told(repository_around(tmp_path))
    assert found.pop("duties/示例镇/township.toml") == ["第一稿"]
    assert len(found) == 5
    assert all(some == ["怪名"] for some in found.values())


def test_a_state_is_found_by_its_content(tmp_path: Path) -> None:
    plain(tmp_path)
    states, first = states_of(tmp_path)
    (tmp_path / DUTY_PATH).write_text(duty_text(name="组织统计工作"))
    second = commit_all(tmp_path, "改名")

    def digest(files: Iterable[tuple[str, str]]) -> str:
        return hashlib.sha256(repr(sorted(files)).encode()).hexdigest()

    for commit in (first, second):
        wanted = digest(states.content(commit).items())
        assert find_state(states, [second, first], wanted, digest) == commit
    assert find_state(states, [second, first], "0" * 64, digest) is None


def test_damage_to_what_was_remembered_is_noticed(tmp_path: Path) -> None:
    plain(tmp_path)
    states, head = states_of(tmp_path)
    good = states.content(head)
    remembered = tmp_path / ".git" / "dutylist" / "digests"
    assert good[DUTY_PATH].encode() in remembered.read_bytes()
    remembered.write_bytes(remembered.read_bytes().replace(good[DUTY_PATH].encode(), b"0" * 64))
    assert states_of(tmp_path)[0].content(head) == good
