"""Values into records: strict, by pydantic's core, with schemas stored ahead where they fit the installed version."""

from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, TypeVar, cast

import pydantic_core
from pydantic_core import SchemaValidator

from dutylist.model import compiled
from dutylist.model.consultation import Campaign, Decision, Leg, Opinion
from dutylist.model.duty import AnyDuty
from dutylist.model.township import Ledger, Township
from dutylist.model.vocabulary import Categories, Departments

R = TypeVar("R")

DUTY = "duty"
RECORDS: dict[str, Any] = {
    DUTY: AnyDuty,
    "township": Township,
    "ledger": Ledger,
    "categories": Categories,
    "departments": Departments,
    "campaign": Campaign,
    "leg": Leg,
    "opinion": Opinion,
    "decision": Decision,
}


def validate(record: type[R], values: Any) -> R:
    """`values`, as TOML gives them, as a record of this type; raises pydantic's `ValidationError`."""
    name = next(name for name, some in RECORDS.items() if some is record)
    return cast(R, validator(name).validate_python(values))


def validate_duty(values: Any) -> AnyDuty:
    """`values` as the kind of duty that their `kind` says; raises pydantic's `ValidationError`."""
    return cast(AnyDuty, validator(DUTY).validate_python(values))


@cache
def validator(name: str) -> SchemaValidator:
    """The validator of a record; another version of pydantic's core than the stored one costs a slower start."""
    fits = pydantic_core.__version__ == compiled.VERSION
    return SchemaValidator(compiled.SCHEMAS[name] if fits else core_schema(name))


def core_schema(name: str) -> Any:
    """The core schema as pydantic builds it, without what only pydantic itself needs."""
    return _bare(schema_adapter(RECORDS[name]).core_schema)


def schema_adapter(record: Any) -> Any:
    """pydantic's own adapter of a type; duties are told apart by their `kind`."""
    from pydantic import Field, TypeAdapter

    form: Any = Annotated[AnyDuty, Field(discriminator="kind")] if record is AnyDuty else record
    return TypeAdapter(form)


def descriptions(record: Any) -> dict[str, str]:
    """What the string below each field says, those of the bases too: pydantic reads a class's own alone."""
    found: dict[str, str] = {}
    for base in reversed(record.__mro__):
        if is_dataclass(base):
            fields = schema_adapter(base).json_schema()["properties"]
            found |= {name: facts["description"] for name, facts in fields.items() if "description" in facts}
    return found


def _bare(node: Any) -> Any:
    """A schema without metadata, its references named by class alone: pydantic adds addresses of this process."""
    if isinstance(node, dict):
        kept = {key: _bare(value) for key, value in node.items() if key != "metadata"}
        for key in ("ref", "schema_ref"):
            if key in kept:
                kept[key] = kept[key].partition(":")[0]
        return kept
    if isinstance(node, list | tuple):
        return type(node)(_bare(part) for part in node)
    return node


def source() -> str:
    """The text of `compiled.py`."""
    classes: set[type] = set()
    schemas = {name: _literal(core_schema(name), classes) for name in RECORDS}
    imports = "".join(
        f"from {module} import {', '.join(sorted(some.__name__ for some in classes if some.__module__ == module))}\n"
        for module in sorted({some.__module__ for some in classes})
    )
    body = "".join(f"    {name!r}: {text},\n" for name, text in schemas.items())
    head = '"""Core schemas stored ahead, made by `pytest tests/test_contract.py --accept`; never edited."""\n\n'
    version = f"VERSION = {pydantic_core.__version__!r}\n"
    return f"{head}from typing import Any\n\n{imports}\n{version}SCHEMAS: dict[str, Any] = {{\n{body}}}\n"


def _literal(node: Any, classes: set[type]) -> str:
    """A schema as Python source; collects the classes that it names."""
    if isinstance(node, Enum):
        classes.add(type(node))
        return f"{type(node).__name__}.{node.name}"
    if isinstance(node, dict):
        pairs = [f"{_literal(key, classes)}: {_literal(value, classes)}" for key, value in node.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(_literal(part, classes) for part in node) + "]"
    if isinstance(node, tuple):
        return "(" + "".join(f"{_literal(part, classes)}, " for part in node) + ")"
    if isinstance(node, type):
        classes.add(node)
        return node.__name__
    return repr(node)
