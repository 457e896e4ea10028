"""A small library with a history, for the tests of which sides can be compared."""

import json
from pathlib import Path

import build
from build import DUTY_PATH
from command import Done, lay_out, run
from repos import commit_all, git

HOME = "duties/示例镇/党的建设"
OTHER, THIRD = f"{HOME}/ex-0002.toml", f"{HOME}/ex-0003.toml"
NAMES = ("做好统计工作", "开展人口普查", "办好农家书屋", "整修村组道路")


def duty(number: int, name: str) -> str:
    """The text of a basic duty."""
    return build.duty_text(id=f"ex-{number:04d}", position=10 * number, name=name)


def grown(root: Path) -> Path:
    """Three commits: a duty, one more (tag v1), and the first one renamed; a branch parted after the second."""
    commit_all(lay_out(root), "一")
    commit_all(lay_out(root, {OTHER: duty(2, NAMES[1])}), "二")
    git(root, "tag", "-a", "v1", "-m", "一版")
    git(root, "checkout", "--quiet", "-b", "征求意见/一上")
    commit_all(lay_out(root, {OTHER: duty(2, NAMES[1]), THIRD: duty(3, NAMES[2])}), "分支")
    git(root, "checkout", "--quiet", "main")
    (root / DUTY_PATH).write_text(duty(1, "做好统计调查工作"), "utf-8")
    commit_all(root, "三")
    return root


def compare(root: Path, *arguments: str) -> Done:
    """`dutylist compare … --format json` in `root`."""
    return run(root, "compare", *arguments, "--format", "json")


def told(done: Done) -> list[str]:
    """Kind and duty of each change of a duty; the comparison must have succeeded without a word."""
    assert (done.code, done.err) == (0, "")
    return [f"{one['kind']} {one['duty']}" for one in json.loads(done.out)["changes"] if one["duty"]]


def refused(message: str, hint: str, code: int = 3) -> Done:
    """A line, the next step, and nothing else."""
    return Done(code, "", f"错误：{message}\n提示：{hint}\n")
