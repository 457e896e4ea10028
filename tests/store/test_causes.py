"""`Cause:` trailers: which commit speaks for which duty, and what is no trailer."""

from pathlib import Path

import pytest

import build
import pasts
from dutylist.store.causes import Cause, causes
from dutylist.store.revision import repository_around
from repos import git

ONE, TWO = build.DUTY_PATH, "duties/示例镇/党的建设/ex-0002.toml"


def duty(number: int, name: str) -> str:
    return build.duty_text(id=f"ex-{number:04d}", position=10 * number, name=name)


def told(root: Path, before: str = "start", after: str = "HEAD") -> dict[str, str]:
    return {duty: cause.text for duty, cause in causes(repository_around(root), before, after).items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two duties, tagged `start`."""
    pasts.commit(tmp_path, 1, "起草", {ONE: duty(1, "统计"), TWO: duty(2, "普查")})
    git(tmp_path, "tag", "start")
    return tmp_path


MESSAGES = {
    "a cause": ("改\n\nCause: law: 统计法", "law: 统计法"),
    "in small letters": ("改\n\ncause: reform", "reform"),
    "among others": ("改\n\nReviewed-by: 乙\nCause: 更正\nSigned-off-by: 甲 <a@example.org>", "更正"),
    "two": ("改\n\nCause: 甲\nCause: 乙", "甲；乙"),
    "on two lines": ("改\n\nCause: law: 统计法\n 第三条", "law: 统计法 第三条"),
    "with colons": ("改\n\nCause: 县里：2025: 7", "县里：2025: 7"),
    "in the subject": ("Cause: law", None),
    "in the body": ("改\n\nCause: law\n\n又一段", None),
    "empty": ("改\n\nCause:", None),
    "another word": ("改\n\nBecause: law", None),
    "none": ("改", None),
}


@pytest.mark.parametrize(("message", "cause"), MESSAGES.values(), ids=MESSAGES)
def test_trailers(message: str, cause: str | None, root: Path) -> None:
    pasts.commit(root, 2, message, {ONE: duty(1, "统计调查")})
    assert told(root) == ({} if cause is None else {"ex-0001": cause})


def test_the_latest_that_says_a_cause_speaks(root: Path) -> None:
    pasts.commit(root, 2, "改\n\nCause: 一", {ONE: duty(1, "甲"), TWO: duty(2, "甲")}, author="甲")
    pasts.commit(root, 3, "改\n\nCause: 二", {ONE: duty(1, "乙")}, author="乙")
    pasts.commit(root, 4, "没有说", {ONE: duty(1, "丙"), TWO: duty(2, "丙")})
    assert causes(repository_around(root), "start", "HEAD") == {
        "ex-0001": Cause("二", "乙"),
        "ex-0002": Cause("一", "甲"),
    }
    assert told(root, "HEAD~2") == {"ex-0001": "二"}
    assert told(root, "HEAD", "start") == {}
    assert told(root, "start", "start") == {}


def test_moves_and_removals_are_caused_too(root: Path) -> None:
    pasts.commit(root, 2, "换类别\n\nCause: 类别", {ONE: None, "duties/示例镇/经济发展/ex-0001.toml": duty(1, "统计")})
    pasts.commit(root, 3, "废止\n\nCause: 废止", {TWO: None})
    assert told(root) == {"ex-0001": "类别", "ex-0002": "废止"}


def test_on_a_branch_that_was_merged(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "branch")
    pasts.commit(root, 2, "改\n\nCause: 分支", {ONE: duty(1, "甲")})
    git(root, "checkout", "--quiet", "main")
    pasts.commit(root, 3, "改\n\nCause: 主干", {TWO: duty(2, "乙")})
    pasts.merge_branch(root, "branch", 4, {ONE: duty(1, "甲")}, "并入\n\nCause: 合并时说的")
    # The merge brought the branch's duty to main; what it did not touch there keeps its own cause.
    assert told(root) == {"ex-0001": "合并时说的", "ex-0002": "主干"}


def test_in_a_subfolder_and_from_a_first_commit(tmp_path: Path) -> None:
    inside = tmp_path / "数据" / "清单库"
    inside.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    pasts.commit(inside, 1, "起", {"说明.txt": "一"})
    git(tmp_path, "tag", "start")
    pasts.commit(inside, 2, "改\n\nCause: 起草", {ONE: duty(1, "统计")})
    pasts.commit(tmp_path, 3, "别处\n\nCause: 不相干", {"duties/示例镇/党的建设/ex-0009.toml": duty(9, "别处")})
    assert told(inside) == {"ex-0001": "起草"}


def test_a_shallow_clone_tells_what_it_has(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    for day in (2, 3):
        pasts.commit(root, day, f"改\n\nCause: {day}", {ONE: duty(1, f"统计{day}")})
    cut = tmp_path_factory.mktemp("cut") / "cut"
    git(root, "clone", "--quiet", "--depth=2", f"file://{root}", str(cut))
    assert told(cut, "HEAD~1") == {"ex-0001": "3"}
