"""A duty's life in a real repository: written, moved, merged, split, put in another list, broken, mended, retired."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import build
from repos import git

PARTY, ECONOMY = "duties/示例镇/党的建设", "duties/示例镇/经济发展"
LEDGER = build.LEDGER_PATH
MERGE = """
[[events]]
kind = "merge"
from = ["ex-0012", "ex-0013"]
into = ["ex-0013"]
reason = "同属供水"
leg = "2025/2-down"
"""
SPLIT = """
[[events]]
kind = "split"
from = ["ex-0013"]
into = ["ex-0013", "ex-0014"]
reason = "水费另行办理"
"""
RETIRE = """
[[events]]
kind = "retire"
from = ["ex-0014"]
into = []
reason = "水费不再由乡镇代收"
"""


def water(*clauses: str, **changes: Any) -> str:
    """The text of a supporting duty, ex-0013, whose superior part has these clauses."""
    values = {
        "id": "ex-0013",
        "kind": "supporting",
        "name": "农村供水",
        "superior_responsibilities": [{"department": "市水利局", "clauses": list(clauses)}],
        "township_responsibilities": [{"clauses": ["做好宣传。"]}],
    }
    return build.duty_text(**(values | changes))


def reclaimed(*clauses: str) -> str:
    """The same duty taken back: its superior part is what is taken over."""
    takeover = [{"department": "市水利局", "clauses": list(clauses)}]
    return build.duty_text(id="ex-0013", kind="reclaimed", name="农村供水", takeover=takeover)


def ledger(*events: str) -> str:
    """A ledger with these events."""
    return "next = 20\n" + "".join(events)


def commit(
    root: Path, day: int, message: str, files: Mapping[str, str | bytes | None], author: str = "编辑甲", month: int = 1
) -> str:
    """Writes files (None removes one) and commits everything on that day of 2025; gives the commit's id."""
    for path, content in files.items():
        target = root / path
        if content is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    who = (f"--author={author} <editor@example.org>", f"--date=2025-{month:02d}-{day:02d}T09:00:00+08:00")
    git(root, "commit", "--quiet", "--allow-empty", *who, "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


def merge_branch(root: Path, name: str, day: int, files: Mapping[str, str], message: str) -> str:
    """A true merge commit of a branch into the present one, with these files as its result."""
    git(root, "merge", "--quiet", "--no-ff", "--no-commit", "--strategy=ours", name)
    return commit(root, day, message, files)


def story(root: Path) -> dict[str, str]:
    """The life of ex-0012, ex-0013 and ex-0014; the commits by a word for each."""
    for path, content in build.files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content if isinstance(content, bytes) else b"")
    here, there = f"{PARTY}/ex-0013.toml", f"{ECONOMY}/ex-0013.toml"
    other, part = f"{PARTY}/ex-0012.toml", f"{ECONOMY}/ex-0014.toml"
    made: dict[str, str] = {}

    def step(word: str, message: str, files: Mapping[str, str | bytes | None], author: str = "编辑甲") -> None:
        made[word] = commit(root, len(made) + 1, message, files, author)

    step("start", "起草", {LEDGER: ledger(), here: water("制定方案；", "开展监督。")})
    step("other", "另起一项", {other: water("收取水费。", id="ex-0012", name="水费征收", position=20)}, "编辑乙")
    step(
        "edit",
        "按新规定修改\n\n详见会议纪要。\n\nCause: law: 农村供水条例\n",
        {here: water("制定方案；", "每年开展两次监督。")},
    )
    step("bystander", "与它无关的提交", {build.DUTY_PATH: build.duty_text(name="做好普查工作")})
    step("fee", "改水费", {other: water("按月收取水费。", id="ex-0012", name="水费征收", position=20)}, "编辑乙")
    step(
        "move",
        "换类别\n\nCause: correction\n",
        {here: None, there: water("制定方案；", "每年开展两次监督。")},
        "编辑乙",
    )
    whole = ("制定方案；", "每年开展两次监督。", "按月收取水费。")
    step("merge", "合并两项", {other: None, there: water(*whole), LEDGER: ledger(MERGE)})
    step(
        "split",
        "拆出水费",
        {
            there: water(*whole[:2]),
            part: water(whole[2], id="ex-0014", name="水费", position=30),
            LEDGER: ledger(MERGE, SPLIT),
        },
    )
    step("reclaim", "上级收回\n\nCause: reform\n", {there: reclaimed(*whole[:2])}, "编辑乙")
    step("break", "改坏了", {there: reclaimed(*whole[:2]).replace("name =", "<<<<<<< HEAD\nname =")})
    step("mend", "改好了", {there: reclaimed("制定方案；", "每年开展四次监督。")})
    step("revert", "改回来", {there: reclaimed(*whole[:2])}, "编辑乙")
    step("retire", "水费不再代收", {part: None, LEDGER: ledger(MERGE, SPLIT, RETIRE)})
    git(root, "checkout", "--quiet", "-b", "branch")
    step("branch", "分支上改方案", {there: reclaimed("制定并公布方案；", whole[1])}, "编辑丙")
    git(root, "checkout", "--quiet", "main")
    step("main", "主干上加一条", {there: reclaimed(*whole[:2], "公布结果。")})
    text = reclaimed("制定并公布方案；", whole[1], "及时公布结果。")
    made["join"] = merge_branch(root, "branch", len(made) + 1, {there: text}, "并入分支")
    return made
