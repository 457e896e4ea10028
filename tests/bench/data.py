"""Makes a repository of many duties out of the real ones, with a second commit that changes some of them."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE

ROOT = Path(__file__).resolve().parents[2]
SHARE = 0.04
_WHO = "编辑 <editor@example.org> {} +0800"
_START = 1_750_000_000
# What is put into a text to change it: a word that weighs nothing, two that make the duty heavier or lighter.
_WORDS = ("统筹", "负责", "协助")


def repository(folder: Path, duties: int) -> Path:
    """A bare repository with this many duties and two commits, made once and found again."""
    made = folder / f"duties-{duties}.git"
    if not made.exists():
        fresh = folder / f".making-{duties}.git"
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", fresh], check=True)
        subprocess.run(
            ["git", "fast-import", "--quiet"], cwd=fresh, input="".join(_stream(duties)).encode(), check=True
        )
        fresh.rename(made)
    return made


def _stream(duties: int) -> Iterator[str]:
    """The two commits as `git fast-import` reads them."""
    chance = random.Random(duties)
    files = dict(_files(duties))
    yield _commit(0, "第一稿")
    for path in (CATEGORIES_FILE, DEPARTMENTS_FILE):
        yield _file(path, (ROOT / path).read_text("utf-8"))
    yield from (_file(path, text) for path, text in files.items())
    yield _commit(1, "第二稿")
    every = [path for path in files if path.count("/") == 3]
    yield from (_file(path, _changed(files[path], chance)) for path in chance.sample(every, int(duties * SHARE)))


def _files(duties: int) -> Iterator[tuple[str, str]]:
    """Townships with the real duties under ids of their own, until there are enough of them."""
    (real,) = (ROOT / "duties").iterdir()
    texts = {path.relative_to(real): path.read_text("utf-8") for path in sorted(real.rglob("*.toml"))}
    own = {path: text for path, text in texts.items() if len(path.parts) == 2}
    for number in range(-(-duties // len(own))):
        prefix, name = f"t{number:04d}", f"{number:04d}号镇"
        for path, text in texts.items():
            if len(path.parts) == 1:
                yield f"duties/{name}/{path}", text.replace("azk", prefix).replace(real.name, name)
        for path, text in list(own.items())[: duties - number * len(own)]:
            yield f"duties/{name}/{path.parent}/{path.name.replace('azk', prefix)}", text.replace("azk-", f"{prefix}-")


def _changed(text: str, chance: random.Random) -> str:
    """The text of a duty with a word put into one clause, or into the name where there is none."""
    lines = text.split("\n")
    clauses = [at for at, line in enumerate(lines) if line.startswith('  "') and line.endswith(('；",', '。",'))]
    at = chance.choice(clauses or [at for at, line in enumerate(lines) if line.startswith("name = ")])
    middle = (lines[at].index('"') + len(lines[at])) // 2
    lines[at] = lines[at][:middle] + chance.choice(_WORDS) + lines[at][middle:]
    return "\n".join(lines)


def _commit(number: int, message: str) -> str:
    size = len(message.encode())
    return f"commit refs/heads/main\ncommitter {_WHO.format(_START + number)}\ndata {size}\n{message}\n"


def _file(path: str, text: str) -> str:
    return f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"
