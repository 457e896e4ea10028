"""The program as the system sees it: locks, signals, full disks, closed streams, odd locales, bugs."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import lay_out, tree


def start(where: Path, script: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A shell script in which `dutylist` is the program."""
    alias = f'dutylist() {{ "{sys.executable}" -m dutylist "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", alias + script],
        cwd=where,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


NEW = "dutylist new --kind basic --category 党的建设 --name 做好征兵工作"


def test_only_one_command_at_a_time_changes_a_library(tmp_path: Path) -> None:
    before = tree(lay_out(tmp_path))
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    done = start(tmp_path, NEW)
    assert (done.returncode, done.stderr.splitlines()[0]) == (3, "错误：清单库正被另一条命令修改；没有改动任何文件。")
    assert tree(tmp_path) == before
    assert start(tmp_path, "dutylist check").returncode == 0
    os.close(handle)
    assert start(tmp_path, NEW).returncode == 0


def test_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    lay_out(tmp_path)
    script = "for i in 1 2 3 4 5 6; do " + NEW + '$i && echo "成了 $i" & done; wait'
    done = start(tmp_path, script)
    succeeded = done.stdout.count("成了")
    assert succeeded >= 1
    assert len(list(tmp_path.glob("duties/*/*/*.toml"))) == 1 + succeeded
    assert start(tmp_path, "dutylist check").returncode == 0


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    done = start(lay_out(tmp_path), "dutylist list > /dev/full")
    assert done.returncode == 3
    assert done.stderr.startswith("错误：系统拒绝了读写：")
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    done = start(lay_out(tmp_path), "dutylist explain TX | head -1; dutylist list >&-")
    assert "Traceback" not in done.stderr


def test_a_locale_without_chinese(tmp_path: Path) -> None:
    done = start(lay_out(tmp_path), "dutylist check", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="POSIX")
    assert (done.returncode, done.stdout) == (0, "1 项事项，没有发现问题。\n")


@pytest.mark.parametrize("error", ["KeyboardInterrupt", "ZeroDivisionError"])
def test_a_bug_and_an_interruption_are_no_findings(error: str, tmp_path: Path) -> None:
    script = f"""
import dutylist.__main__ as program, dutylist.cli as door
def fail():
    raise {error}
door.run = fail
program.main()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = {"KeyboardInterrupt": (130, False), "ZeroDivisionError": (3, True)}
    assert (done.returncode, "Traceback" in done.stderr) == expected[error]


def test_a_document_without_end_is_not_read(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "清单.md").symlink_to("/dev/zero")
    done = start(tmp_path, "dutylist import 清单.md --prefix ab --code 123456789")
    assert (done.returncode, done.stderr.splitlines()[0]) == (3, "错误：清单.md 不是普通文件，或者超过 64 MiB。")


def test_a_report_that_has_no_place_changes_nothing(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    duty = next(root.glob("duties/*/*/*.toml"))
    duty.write_text(duty.read_text("utf-8").replace("\n", "\r\n"), "utf-8")
    before = tree(root)
    done = start(root, "dutylist check --fix -o 没有/报告.txt")
    assert (done.returncode, done.stderr.splitlines()[0]) == (3, "错误：没有这个文件夹：没有")
    assert tree(root) == before
