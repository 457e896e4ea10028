"""Tables of rules: what is changed in the smallest library, and where a rule then finds something, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build import LEDGER_PATH, TOWNSHIP_PATH, duty_text, files, findings_of, township_text
from dutylist.check.rule import Rule
from dutylist.model.finding import field_name
from dutylist.store.snapshot import Link

Changes = Mapping[str, str | bytes | Link | None]
# Path, field (empty: any) and a word of the message of each finding.
Found = list[tuple[str, str, str]]
Case = tuple[str, Changes, Found]

HOME = "duties/示例镇/党的建设"
SECOND = f"{HOME}/ex-0002.toml"
ECONOMY = "duties/示例镇/经济发展/ex-0002.toml"
OTHER = "duties/另一镇"
NEIGHBOUR = {f"{OTHER}/township.toml": township_text(name="另一镇", prefix="ot"), f"{OTHER}/ledger.toml": "next = 2\n"}
NONE, ONE = {"duties": 0}, {"duties": 1}


def verify(code: str, changes: Changes, expected: Found) -> None:
    """Fails unless the rule finds exactly what is expected."""
    made = [one for one in findings_of(files(changes)) if one.code == code]
    shown = sorted((one.spot.path, field_name(one.spot.field), one.message) for one in made)
    fits = [
        [path == there and field in ("", name) and word in message for there, name, message in shown]
        for path, field, word in expected
    ]
    assert len(shown) == len(expected), shown
    assert all(map(any, fits)), (expected, shown)
    assert all(map(any, zip(*fits, strict=True))), (expected, shown)


def ids(cases: Iterable[Case]) -> list[str]:
    """A name for each case: the rule, how much it finds, and which case of the table it is."""
    return [f"{code}-{len(expected)}-{number}" for number, (code, _, expected) in enumerate(cases)]


def one_sided(rules: Iterable[Rule], cases: Sequence[Case]) -> set[str]:
    """The rules that the table does not show in both directions, and codes that are none of theirs."""
    own = {rule.code for rule in rules}
    told = {code for code, _, expected in cases if expected} & {code for code, _, expected in cases if not expected}
    return own ^ told | {code for code, _, _ in cases} - own


def supporting(duty_id: str = "ex-0001", **changes: Any) -> str:
    """A supporting duty's text, changed."""
    return duty_text(kind="supporting", id=duty_id, **changes)


def declared(basic: Mapping[str, int], supporting: Mapping[str, int], reclaimed: Mapping[str, int]) -> dict[str, Any]:
    """Declared figures by list, with their sum."""
    kinds = {"basic": dict(basic), "supporting": dict(supporting), "reclaimed": dict(reclaimed)}
    return {"duties": sum(kind["duties"] for kind in kinds.values()), **kinds}


def township(*paragraphs: str, **changes: Any) -> dict[str, str]:
    """`township.toml` with these paragraphs in its preface, changed."""
    preface = [{"heading": "一、清单内容", "paragraphs": list(paragraphs)}] if paragraphs else []
    return {TOWNSHIP_PATH: township_text(preface=preface, **changes)}


def ledger(next_number: int, *events: str, last: str = "") -> dict[str, str]:
    """`ledger.toml` with these events."""
    head = f"next = {next_number}\n" + (f'last = "{last}"\n' if last else "")
    return {LEDGER_PATH: head + "".join(f"\n[[events]]\n{event}" for event in events)}
