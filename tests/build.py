"""Makes the smallest valid things, changed by keyword."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dutylist.check.runner import check
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import AnyDuty, Kind
from dutylist.model.finding import Finding
from dutylist.model.library import Library, number_of
from dutylist.model.township import Declared, DeclaredKind, Township
from dutylist.model.validation import validate, validate_duty
from dutylist.store.place import locate
from dutylist.store.read import read
from dutylist.store.snapshot import Link, Memory

TOWNSHIP = "示例镇"
CATEGORY = "党的建设"
DUTY_PATH = f"duties/{TOWNSHIP}/{CATEGORY}/ex-0001.toml"
TOWNSHIP_PATH = f"duties/{TOWNSHIP}/township.toml"
LEDGER_PATH = f"duties/{TOWNSHIP}/ledger.toml"

Files = dict[str, bytes | Link]


def duty_values(**changes: Any) -> dict[str, Any]:
    """A valid duty's values; `kind` brings the fields that its list needs."""
    values: dict[str, Any] = {"id": "ex-0001", "kind": "basic", "position": 10, "name": "做好统计工作"}
    if changes.get("kind") == "supporting":
        values |= {
            "superior_departments": ["示例市水利局"],
            "superior_responsibilities": [{"text": "负责制定工作方案。"}],
            "township_responsibilities": [{"text": "做好宣传工作。"}],
        }
    if changes.get("kind") == "reclaimed":
        values |= {
            "receiving_departments": ["示例市水利局"],
            "takeover": [{"department": "示例市水利局", "text": "负责监管、立案、执行。"}],
        }
    return values | changes


def duty(**changes: Any) -> AnyDuty:
    """A valid duty, changed."""
    return validate_duty(duty_values(**changes))


def duty_text(**changes: Any) -> str:
    """A valid duty's canonical text, changed."""
    return canonical_text(duty(**changes))


def township_text(**changes: Any) -> str:
    """A valid `township.toml` that declares one basic duty, changed."""
    values: dict[str, Any] = {
        "name": TOWNSHIP,
        "code": "123456789",
        "prefix": "ex",
        "county": "示例市",
        "prefecture": "示例州",
        "province": "示例省",
        "title": "示例市示例镇履职事项清单",
        "declared": {
            "duties": 1,
            "basic": {"duties": 1},
            "supporting": {"duties": 0},
            "reclaimed": {"duties": 0},
        },
    }
    return canonical_text(validate(Township, values | changes))


CATEGORIES = 'categories = [\n  "党的建设",\n  "经济发展",\n]\n'
DEPARTMENTS = """[[departments]]
name = "示例市水利局"
short = [
  "市水利局",
  "水利局",
]
units = [
  "水政监察大队",
]
wrong = [
  "示例市水力局",
]

[[departments]]
name = "示例市公安局"
short = [
  "市公安局",
  "公安局",
]
"""


def files(changes: Mapping[str, str | bytes | Link | None] | None = None) -> Files:
    """The smallest valid library, changed: None removes a file; declared totals and the ledger follow the duties."""
    made: Files = {
        DUTY_PATH: duty_text().encode(),
        TOWNSHIP_PATH: township_text().encode(),
        LEDGER_PATH: b"next = 2\n",
        "schema/vocabulary/categories.toml": CATEGORIES.encode(),
        "schema/vocabulary/departments.toml": DEPARTMENTS.encode(),
    }
    changed = with_files(made, changes or {})
    return with_files(changed, {path: text for path, text in _books(changed).items() if path not in (changes or {})})


def with_files(made: Files, changes: Mapping[str, str | bytes | Link | None]) -> Files:
    """`made` with some files written anew; None removes one."""
    result = dict(made)
    for path, content in changes.items():
        if content is None:
            result.pop(path, None)
        else:
            result[path] = content.encode() if isinstance(content, str) else content
    return result


def library_of(made: Files) -> tuple[Library, list[Finding]]:
    """The library in these files, and what reading found."""
    return read(Memory(made))


def findings_of(made: Files, **options: Any) -> list[Finding]:
    """Everything that `check` finds in these files, with places."""
    library, faults = library_of(made)
    return locate(check(library, faults, **options), Memory(made))


def _books(made: Files) -> dict[str, str]:
    """`township.toml` and `ledger.toml` that fit the duties in `made`."""
    library, _ = library_of(made)
    texts = {}
    for folder in library.townships:
        counts = {kind.value: DeclaredKind(duties=len(library.numbered(folder, kind))) for kind in Kind}
        if folder.township:
            declared = Declared(duties=len(folder.duties), **counts)
            texts[folder.path] = canonical_text(replace(folder.township.value, declared=declared))
        if folder.ledger:
            last = max((number_of(record.value.id) for record in folder.duties), default=0)
            texts[folder.ledger_path] = f"next = {last + 1}\n"
    return texts
