"""Called by git: tells the change of one file of a library, or what the file says, in the words of the domain."""

import os
import subprocess
from pathlib import Path

import click

from dutylist.commands.common import colour, emit
from dutylist.errors import UsageError
from dutylist.report.described import described, in_conflict
from dutylist.report.plain import plain
from dutylist.store.lone import Lone, conflict_in, place_in_library, read_lone, vocabularies
from dutylist.store.read import LARGEST, text_of

_NO_FILE = "/dev/null"
_NO_MODE = "."


@click.command("diff-driver")
@click.option("--textconv", is_flag=True, help="把一个文件写成逐条的文字，供 git log -p、git show、git blame 使用。")
@click.argument("arguments", nargs=-1, required=True, metavar="git给出的参数...")
def command(textconv: bool, arguments: tuple[str, ...]) -> None:
    """由 git 调用：按事项显示一个文件的差别。

    用 dutylist init --git 设置后，git diff 按事项显示差别，git log -p、git show、git blame 按条显示。
    读不出内容的文件照原样对比。

    撤销：git config --remove-section diff.dutylist
    """
    if textconv and len(arguments) == 1:
        click.echo(_in_lines(Path(arguments[0])), nl=False)
    elif not textconv and len(arguments) == 1:
        emit(f"{_gap()}{plain(arguments[0])}\n有冲突，尚未解决。\n")
    elif not textconv and len(arguments) in (7, 9):
        # Not `emit`: what goes to git's pager would lose its colours.
        click.echo(_gap() + _change(*arguments), nl=False, color=True)
    else:
        raise UsageError("diff-driver 由 git 调用，参数个数不对。", "请运行 dutylist init --git，让 git 调用它。")


def _gap() -> str:
    """An empty line between files; git counts them from 1."""
    return "" if os.environ.get("GIT_DIFF_PATH_COUNTER", "1") == "1" else "\n"


def _in_lines(file: Path) -> bytes:
    """A file as lines in the words of the domain, a conflict with both sides; what has no record stays as it is."""
    content = file.read_bytes()
    _, path = place_in_library(file.as_posix())
    conflict = conflict_in(text_of(content)) if len(content) <= LARGEST else None
    texts = (conflict.ours, conflict.theirs) if conflict else (content,)
    records = [read_lone(path, text, {}).record for text in texts]
    lines = [described(record.value) for record in records if record]
    if len(lines) < len(texts):
        return content
    return (in_conflict(lines[0], lines[1], conflict.labels) if conflict else lines[0]).encode()


def _change(
    was: str, old_file: str, _old_id: str, old_mode: str, new_file: str, _new_id: str, new_mode: str, *renamed: str
) -> str:
    """What git tells of one file: where it is on each side; behind that its new path where it changed, and how."""
    # Not at the top: what git asks most often, a file as lines, does without them.
    from dutylist.compare.runner import compare
    from dutylist.report.driver import FileChange, write

    now, how = renamed or (was, "")
    place, path = place_in_library(now)
    beside = vocabularies(Path(place))
    # A copy leaves the file that it was made from as it is.
    old_content = None if "\ncopy from " in how else _content(old_file)
    old = read_lone(place_in_library(was)[1], old_content, beside)
    new = read_lone(path, _content(new_file), beside)
    problem = _problem("修改前", old) or _problem("修改后", new)
    return write(
        FileChange(
            was,
            now,
            "" if old_mode == new_mode or _NO_MODE in (old_mode, new_mode) else f"文件权限 {old_mode} → {new_mode}",
            (_text(old), _text(new)),
            old.record.value if old.record else None,
            new.record.value if new.record else None,
            problem,
            () if problem else compare(old.library, new.library).changes,
        ),
        colour=_colour(),
    )


def _content(file: str) -> bytes | None:
    return None if file == _NO_FILE else Path(file).read_bytes()


def _problem(side: str, lone: Lone) -> str:
    return f"{side}{lone.problem}照原样对比：" if lone.problem else ""


def _text(lone: Lone) -> str:
    """The text to compare line by line; none of a file so large that it would take too long."""
    content = lone.content or b""
    return text_of(content) if len(content) <= LARGEST else ""


def _colour() -> bool:
    """Whether git shows colours here: on a terminal, or to a pager on one, unless the user does not want them."""
    paged = os.environ.get("GIT_PAGER_IN_USE") == "1" and "NO_COLOR" not in os.environ
    if not (colour() or paged):
        return False
    done = subprocess.run(["git", "config", "--get-colorbool", "color.diff", "true"], capture_output=True, check=False)
    return done.stdout == b"true\n"
