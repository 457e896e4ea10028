"""Holds the architecture: who may import whom, as a table, and a few signs of order."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "tools" / "dutylist"

PILLARS = ("store", "edit", "check", "compare", "consult", "document", "report")

# What each part of the house may import of the others; `errors` and the part itself always.
MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"cli"},
    "__init__": set(),
    "cli": {"commands", "help", "store.environment", "model", "__init__"},
    "help": {"model"},
    "commands": {"contract", *PILLARS, "model", "__init__"},
    "contract": {*PILLARS, "model"},
    **{pillar: {"model"} for pillar in PILLARS},
    "model": set(),
    "errors": set(),
}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module as its dotted name inside the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), path


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "dutylist":
            inside = node.module.removeprefix("dutylist").removeprefix(".")
            yield from [inside] if inside else [alias.name for alias in node.names]
        if isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("dutylist.") for alias in node.names if alias.name.startswith("dutylist")
            )


def allowed(part: str, target: str) -> bool:
    """Whether a part may import a module."""
    if target == "__version__":
        target = "__init__"
    whole = target.split(".")[0]
    return whole in {part, "errors"} or bool({whole, target} & MAY_IMPORT[part])


@pytest.mark.parametrize(("name", "path"), list(modules()))
def test_imports_go_one_way(name: str, path: Path) -> None:
    part = name.split(".")[0]
    wrong = [target for target in imported(path) if not allowed(part, target)]
    assert wrong == [], f"{name} must not import {wrong}; the table is in {Path(__file__).name}"


def test_verbs_do_not_import_each_other() -> None:
    shared = {
        "commands.common",
        "commands.paths",
        "commands.past",
        "commands.editing",
        "commands.sides",
        "commands.checking",
        "commands.comparing",
        "commands.documents",
        "commands.consulting",
        "commands.opining",
        "commands.opinion_import",
        "commands.legs",
        "commands.closing",
    }
    wrong = [
        (name, target)
        for name, path in modules()
        if name.startswith("commands.")
        for target in imported(path)
        if target.startswith("commands.") and target not in shared
    ]
    assert wrong == []


def test_only_verbs_and_the_door_print() -> None:
    def prints(node: ast.AST) -> bool:
        called = node.func if isinstance(node, ast.Call) else None
        return (isinstance(called, ast.Name) and called.id == "print") or (
            isinstance(called, ast.Attribute) and called.attr in ("echo", "secho")
        )

    wrong = [
        name
        for name, path in modules()
        if name.split(".")[0] not in ("commands", "cli")
        and any(map(prints, ast.walk(ast.parse(path.read_text("utf-8")))))
    ]
    assert wrong == []


def test_the_model_opens_no_file() -> None:
    forbidden = {"os.path", "pathlib", "io", "subprocess", "shutil", "tempfile"}
    for name, path in modules():
        if name.startswith("model"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not forbidden & set(names), name


def test_every_file_says_what_it_is_for() -> None:
    silent = [name for name, path in modules() if not path.read_text("utf-8").startswith('"""')]
    assert silent == []


def test_the_table_names_every_part() -> None:
    assert {name.split(".")[0] for name, _ in modules()} == set(MAY_IMPORT)
