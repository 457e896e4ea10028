"""What is generated from the code is current, and says what the code says."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pydantic_core
import pytest
import toml_rs
from hypothesis import given
from hypothesis import strategies as st

import build
from dutylist import contract
from dutylist.model import compiled, validation
from dutylist.model.canonical import canonical_text
from dutylist.model.duty import AnyDuty
from editor import tombi
from strategies import duties

ROOT = Path(__file__).resolve().parents[1]
COMPILED = Path(compiled.__file__)


def test_the_generated_files_are_current() -> None:
    present = {path: (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else "" for path in contract.files()}
    assert contract.lagging(present) == [], "run `dutylist contract`"


def test_the_stored_validators_are_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        COMPILED.write_text(validation.source(), "utf-8")
    assert COMPILED.read_text("utf-8") == validation.source(), "run `pytest tests/test_contract.py --accept`"


def test_another_version_of_the_core_builds_its_own_validators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "VERSION", "0")
    monkeypatch.setattr(compiled, "SCHEMAS", {})
    validation.validator.cache_clear()
    assert validation.validate_duty(build.duty_values()) == build.duty()
    validation.validator.cache_clear()


def leaves(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of a plain value in a core schema."""
    if isinstance(schema, dict):
        if schema.get("type") in ("str", "int", "date", "float", "bool"):
            yield schema
        for part in schema.values():
            yield from leaves(part)
    if isinstance(schema, list | tuple):
        for part in schema:
            yield from leaves(part)


def test_nothing_is_converted() -> None:
    assert [leaf for leaf in leaves(compiled.SCHEMAS) if not leaf.get("strict")] == []
    assert len(list(leaves(compiled.SCHEMAS))) > 30


# Whatever TOML can say; it has no null.
plain = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(duties.map(canonical_text).map(toml_rs.loads), st.data())
def test_stored_and_published_schema_agree(values: dict[str, Any], data: st.DataObject) -> None:
    """A valid duty with one value replaced by anything: the validator and the JSON Schema both take it, or neither."""
    key = data.draw(st.sampled_from(sorted(values)))
    # TOML dates have no counterpart in JSON.
    values.pop("waivers", None)
    values[key] = data.draw(plain)
    try:
        validation.validate_duty(values)
        valid = True
    except pydantic_core.ValidationError:
        valid = False
    schema = json.loads(contract.schema_text("duty.schema.json"))
    whole = {path: value for path, value in values.items() if not isinstance(value, float) or not value.is_integer()}
    if whole == values:
        assert jsonschema.Draft202012Validator(schema).is_valid(values) == valid


def test_every_field_has_a_chinese_title_and_a_description() -> None:
    def bare(name: str, node: Any) -> Iterator[str]:
        for field, facts in node.get("properties", {}).items():
            if not {"title", "description"} <= set(facts) or facts["title"].isascii():
                yield f"{name}.{field}"

    for file in contract.SCHEMAS:
        schema = json.loads(contract.schema_text(file))
        parts = {file: schema, **schema.get("$defs", {})}
        assert [lacking for name, node in parts.items() for lacking in bare(name, node)] == []


def test_real_duties_fit_the_published_schemas() -> None:
    whole = json.loads(contract.schema_text("duty.schema.json"))
    validators = {"duty": jsonschema.Draft202012Validator(whole)}
    for kind in ("basic", "supporting", "reclaimed"):
        validators[kind] = jsonschema.Draft202012Validator(json.loads(contract.schema_text(f"{kind}-duty.schema.json")))
    for path in sorted((ROOT / "duties").glob("*/*/*.toml")):
        values = toml_rs.loads(path.read_text("utf-8"))
        fits = [name for name, validator in validators.items() if validator.is_valid(values)]
        assert fits == ["duty", values["kind"]]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], Path]:
    """A library with the generated files, whose one duty has this text."""

    def make(path: str, text: str) -> Path:
        for name, content in {**contract.files(), path: text}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, "utf-8")
        return tmp_path

    return make


def test_the_editor_finds_the_real_library_valid() -> None:
    done = tombi(ROOT, "lint", "duties", "schema/vocabulary", "changelog")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_editor_formats_nothing_of_the_real_library() -> None:
    done = tombi(ROOT, "format", "--check", "duties", "schema/vocabulary", "changelog")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_editor_marks_a_broken_duty(edited: Callable[[str, str], Path]) -> None:
    text = build.duty_text(kind="supporting").replace("position = 10", 'position = "10"').replace("name =", "nmae =")
    done = tombi(edited("duties/示例镇/党的建设/ex-0001.toml", text), "lint")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    for word in (
        "ex-0001.toml:3:12",
        "expected a value of type Integer",
        '"nmae" is not allowed',
        '"name" is required',
    ):
        assert word in said, said


def test_a_valid_duty_is_valid_in_the_editor(edited: Callable[[str, str], Path]) -> None:
    for kind in ("basic", "supporting", "reclaimed"):
        done = tombi(edited("duties/示例镇/党的建设/ex-0001.toml", build.duty_text(kind=kind)), "lint")
        assert done.returncode == 0, done.stdout + done.stderr


@given(duties)
def test_any_duty_fits_the_published_schema(duty: AnyDuty) -> None:
    values = toml_rs.loads(canonical_text(duty))
    values.pop("waivers", None)
    schema = json.loads(contract.schema_text("duty.schema.json"))
    assert jsonschema.Draft202012Validator(schema).is_valid(values)
