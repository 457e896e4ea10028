"""Saving: all files change or none, whatever fails and whenever; names from data lead nowhere else."""

import errno
import os
import resource
import signal
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from command import tree
from dutylist.errors import DutyListError
from dutylist.model.library import Library
from dutylist.store.read import read
from dutylist.store.write import save, save_file, write
from strategies import libraries

BEFORE = {"a/x.toml": b"old x", "a/y.toml": b"old y", "b/z.toml": b"old z"}
CHANGES = {"a/x.toml": b"new x", "c/d/new.toml": b"new", "b/z.toml": None, "a/y.toml": b"new y"}
AFTER = {"a/x.toml": b"new x", "a/y.toml": b"new y", "c/d/new.toml": b"new"}

# What python asks the system for, as its audit events name it, and the argument that is the path.
STEPS = {"open": 0, "os.chmod": 0, "os.mkdir": 0, "os.remove": 0, "os.rename": 1, "os.rmdir": 0}
MANY = 60


def lay_out(root: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def visible(root: Path) -> dict[str, bytes]:
    """The files that a snapshot would see."""
    return {path: content for path, content in tree(root).items() if "/." not in f"/{path}"}


def folders(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_dir()}


def in_child(work: Callable[[], object]) -> tuple[int, str]:
    """Runs `work` in a process of its own: its exit code (or minus the signal), and the message it failed with."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 9
        try:
            work()
            code = 0
        except DutyListError as error:
            os.write(writer, error.message.encode())
            code = error.exit_code
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        message = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), message


def at_step(root: Path, step: int, act: Callable[[int], None]) -> None:
    """From now on calls `act` with 0, 1, 2 … at the step with this number below `root` and at each one after it."""
    seen = -step

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in STEPS and str(arguments[STEPS[event]]).startswith(str(root)):
            seen += 1
            if seen > 0:
                act(seen - 1)

    sys.addaudithook(hook)


def fail_once(later: int) -> None:
    if later == 0:
        raise OSError(errno.ENOSPC, "No space left on device")


def fail_for_good(_later: int) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def die(_later: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def save_with(root: Path, step: int, act: Callable[[int], None]) -> tuple[int, str]:
    def work() -> None:
        at_step(root, step, act)
        save(root, CHANGES)

    return in_child(work)


@given(libraries())
def test_what_was_written_is_read_again(library: Library) -> None:
    again, _ = read(write(library))
    assert write(again).files == write(library).files


def test_all_changes_are_made(tmp_path: Path) -> None:
    lay_out(tmp_path, BEFORE)
    save(tmp_path, CHANGES)
    assert tree(tmp_path) == AFTER
    assert folders(tmp_path) == {"a", "c", "c/d"}


def test_who_is_reading_a_file_keeps_the_old_one_whole(tmp_path: Path) -> None:
    lay_out(tmp_path, BEFORE)
    with open(tmp_path / "a/x.toml", "rb") as reader:
        save(tmp_path, CHANGES)
        assert reader.read() == b"old x"


def test_a_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    lay_out(tmp_path, BEFORE)
    (tmp_path / "a/x.toml").chmod(0o640)
    mask = os.umask(0o027)
    try:
        save(tmp_path, CHANGES)
    finally:
        os.umask(mask)
    modes = {path: stat.S_IMODE((tmp_path / path).stat().st_mode) for path in ("a/x.toml", "c/d/new.toml")}
    assert modes == {"a/x.toml": 0o640, "c/d/new.toml": 0o640}


def test_whichever_step_fails_nothing_or_everything_is_changed(tmp_path: Path) -> None:
    outcomes = set()
    for step in range(MANY):
        root = lay_out(tmp_path / str(step), BEFORE)
        code, message = save_with(root, step, fail_once)
        outcomes.add(code)
        if code == 3:
            assert tree(root) == BEFORE
            assert folders(root) == {"a", "b"}
            assert message.startswith("无法写入 ")
            assert message.endswith("：磁盘已满；没有改动任何文件。")
        else:
            # The new state is complete; what failed was clearing away, which may leave one hidden file or folder.
            assert (code, visible(root)) == (0, AFTER)
            assert len(tree(root)) <= len(AFTER) + 1
    assert outcomes == {0, 3}
    assert tree(tmp_path / str(MANY - 1)) == AFTER, "not every step was reached"


def test_killed_at_any_step_every_file_is_whole(tmp_path: Path) -> None:
    codes = []
    for step in range(MANY):
        root = lay_out(tmp_path / str(step), BEFORE)
        codes.append(save_with(root, step, die)[0])
        found = visible(root)
        for path in BEFORE.keys() | AFTER.keys():
            assert found.get(path) in (BEFORE.get(path), AFTER.get(path)), (step, path)
    assert codes[0] == -signal.SIGKILL
    assert codes[-1] == 0


def test_where_nothing_can_be_put_back_the_copies_are_named(tmp_path: Path) -> None:
    stuck = 0
    for step in range(MANY):
        root = lay_out(tmp_path / str(step), BEFORE)
        code, message = save_with(root, step, fail_for_good)
        if "未能恢复" in message:
            stuck += 1
            copies = message.partition("原内容在 ")[2].removesuffix("。").split("、")
            lost = {content for path, content in BEFORE.items() if tree(root).get(path) != content}
            assert code == 3
            assert {Path(copy).read_bytes() for copy in copies} == lost
    assert stuck > 0


def test_a_limit_of_the_system_changes_nothing(tmp_path: Path) -> None:
    lay_out(tmp_path, BEFORE)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        save(tmp_path, CHANGES | {"a/large.toml": b"x" * 9000})

    assert in_child(work) == (3, "无法写入 a/large.toml：超出文件大小的限制；没有改动任何文件。")
    assert tree(tmp_path) == BEFORE
    assert folders(tmp_path) == {"a", "b"}


def test_an_interrupt_changes_nothing(tmp_path: Path) -> None:
    def interrupt(later: int) -> None:
        if later == 0:
            raise KeyboardInterrupt

    for step in range(10, 20):
        root = lay_out(tmp_path / str(step), BEFORE)
        code, _ = save_with(root, step, interrupt)
        assert code == 9
        assert tree(root) in (BEFORE, AFTER)


def test_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    lay_out(tmp_path, {**BEFORE, "c/d/new.toml/inner": b"kept"})
    with pytest.raises(DutyListError, match=r"无法写入 c/d/new\.toml：这是一个文件夹；没有改动任何文件。"):
        save(tmp_path, CHANGES)
    assert tree(tmp_path) == {**BEFORE, "c/d/new.toml/inner": b"kept"}


def test_a_file_where_a_folder_is_needed_is_refused(tmp_path: Path) -> None:
    lay_out(tmp_path, {**BEFORE, "c": b"a file"})
    with pytest.raises(DutyListError, match=r"没有改动任何文件。"):
        save(tmp_path, CHANGES)
    assert tree(tmp_path) == {**BEFORE, "c": b"a file"}


@pytest.mark.parametrize("path", ["../x.toml", "/x.toml", "a/../../x.toml", ""])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    root = lay_out(tmp_path / "library", BEFORE)
    with pytest.raises(DutyListError, match="不在清单库内；没有改动任何文件。"):
        save(root, {**CHANGES, path: b"out"})
    assert tree(tmp_path) == {f"library/{path}": content for path, content in BEFORE.items()}


@pytest.mark.parametrize("path", ["a/link.toml", "linked/x.toml"])
def test_nothing_is_written_through_a_link(tmp_path: Path, path: str) -> None:
    root = lay_out(tmp_path / "library", BEFORE)
    outside = lay_out(tmp_path / "outside", {"x.toml": b"theirs"})
    (root / "a/link.toml").symlink_to(outside / "x.toml")
    (root / "linked").symlink_to(outside)
    with pytest.raises(DutyListError, match="是符号链接；没有改动任何文件。"):
        save(root, {**CHANGES, path: b"out"})
    assert tree(outside) == {"x.toml": b"theirs"}
    assert (root / "a/x.toml").read_bytes() == b"old x"


def test_hidden_files_of_others_are_left_alone(tmp_path: Path) -> None:
    lay_out(tmp_path, {**BEFORE, "b/.z.toml.old": b"theirs"})
    save(tmp_path, CHANGES)
    assert tree(tmp_path) == {**AFTER, "b/.z.toml.old": b"theirs"}


def test_one_file_is_written_whole_beside_others(tmp_path: Path) -> None:
    lay_out(tmp_path, {"other": b"kept"})
    save_file(tmp_path / "report.txt", b"first")
    save_file(tmp_path / "report.txt", b"second")
    assert tree(tmp_path) == {"other": b"kept", "report.txt": b"second"}


def test_output_through_a_link_goes_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"


def test_a_pipe_and_a_device_are_written_into_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    save_file(pipe, b"through")
    reader.join(10)
    assert got == [b"through"]
    assert pipe.is_fifo()
    save_file(Path("/dev/null"), b"gone")
    assert Path("/dev/null").is_char_device()


def test_output_into_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DutyListError, match="没有这个文件夹："):
        save_file(tmp_path / "none" / "report.txt", b"x")
