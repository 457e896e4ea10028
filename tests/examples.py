"""Makes libraries of the examples in rule documentation: a fence is a file, or a fragment laid over a valid one."""

import re
import textwrap
from collections.abc import Callable, Mapping

import toml_rs

import build
from build import DUTY_PATH, Files
from dutylist.store.snapshot import Link

_BLOCK = re.compile(r"^(Bad|Good):\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"```toml ?([^\n]*)\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"⟨链接 (.*?)⟩")
_WHOLE = re.compile(r"^\ufeff?id = |\udcb4", re.MULTILINE)
_MARKS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    ("⟨BOM⟩", "\ufeff"),
    ("⟨CR⟩", "\r"),
    (r"⟨U\+([0-9A-F]{4})⟩", lambda found: chr(int(found.group(1), 16))),
    (r"⟨重复 (\d+) 次 (.)⟩", lambda found: found.group(2) * int(found.group(1))),
    (r"⟨字节 ([0-9A-F]{2})⟩", lambda found: chr(0xDC00 + int(found.group(1), 16))),
)

Example = dict[str, str]


def examples(doc: str) -> dict[str, list[Example]]:
    """The examples as `{"Bad": [{path: text}], "Good": […]}`.

    A fence without a path is the duty; a path that is met again begins a new example.
    """
    found: dict[str, list[Example]] = {"Bad": [], "Good": []}
    for block in _BLOCK.finditer(textwrap.dedent(" " * 4 + doc)):
        current: Example = {}
        for path, body in _FENCE.findall(textwrap.dedent(block.group(2))):
            if (path or DUTY_PATH) in current:
                found[block.group(1)].append(current)
                current = {}
            current = current | {path or DUTY_PATH: body}
        found[block.group(1)].append(current)
    return found


def example_files(example: Mapping[str, str]) -> Files:
    """An example as a whole library whose declared totals and ledger fit, unless it brings its own."""
    if "⟨没有文件⟩" in example.get(DUTY_PATH, ""):
        return {path: content for path, content in build.files().items() if not path.startswith("duties/")}
    return build.files({path: _content(path, body) for path, body in example.items()})


def _content(path: str, body: str) -> str | bytes | Link:
    link = _LINK.search(body)
    if link:
        return Link(link.group(1))
    for pattern, replacement in _MARKS:
        body = re.sub(pattern, replacement, body)
    if path.startswith("duties/") and path.count("/") == 3 and not _WHOLE.search(body):
        return build.duty_text(**({"id": path.split("/")[-1].removesuffix(".toml")} | toml_rs.loads(body)))
    if path == build.TOWNSHIP_PATH and "code = " not in body:
        return build.township_text(**toml_rs.loads(body))
    return body.encode("utf-8", "surrogateescape")
