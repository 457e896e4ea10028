"""Changes as JSON, one a line: made of plain dicts, since there may be thousands; `change_schema` has their types."""

import json
import re
from collections.abc import Iterable
from typing import Any

from dutylist.model.change import AccountRow, Change, ClauseFate, Pair, SideName, Site, Succession
from dutylist.model.finding import Place, Spot, field_name
from dutylist.model.text import HIDDEN
from dutylist.report.changes import ChangeReport, Places

_ENCODER = json.JSONEncoder(ensure_ascii=False)
# U+FFFE and U+FFFF are no characters.
_ESCAPED = re.compile(rf"{HIDDEN.pattern}|[\ufffe\uffff]")


def write(view: ChangeReport) -> str:
    """The whole comparison as far as it was selected, layout and all pairs too."""
    made = view.comparison
    parts = {
        "before": _encoded(_side(view.before)),
        "after": _encoded(_side(view.after)),
        "summary": _encoded({name: getattr(view.summary, name) for name in view.summary.__slots__}),
        "changes": _rows(_change(change, view.places) for change in made.changes),
        "account": _accounts(made.account),
        "renumbering": _rows((row.before, row.after, row.duty) for row in made.renumbering),
        "successions": _rows(map(_succession, made.successions)),
        "pairs": _rows(map(_pair, made.pairs)),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def _rows(values: Iterable[Any]) -> str:
    """A list, each value on a line of its own."""
    every = list(values)
    if not every or not isinstance(every[0], dict):
        return _lines([_encoded(value) for value in every])
    # All at once, and then apart where an object begins: within a text no quotation mark stands by itself.
    start = f'{{"{next(iter(every[0]))}": '
    return _lines([_encoded(every)[1:-1].replace(f"}}, {start}", f"}},\n{start}")])


def _lines(encoded: list[str]) -> str:
    """Encoded values as a list, each on a line of its own."""
    return "[\n" + ",\n".join(encoded) + "\n]" if encoded else "[]"


def _encoded(value: Any) -> str:
    """One value; every character is kept, the hidden ones as escapes."""
    text = _ENCODER.encode(value)
    # Printable text, which is nearly all, holds nothing hidden; asking is much faster than searching.
    return text if text.isprintable() else _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _side(name: SideName) -> dict[str, Any]:
    return {"name": name.name, "commit": name.commit}


def _change(change: Change, places: Places) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "weight": change.weight,
        "burden": change.burden,
        "burden_rule": change.rule,
        "township": change.township,
        "duty": change.duty,
        "name": change.name,
        "number_before": change.number_before,
        "number_after": change.number_after,
        "list": change.list_kind,
        "category": change.category,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "diff": change.diff,
        "places": [_site(site, places) for site in change.sites],
        "departments": change.departments,
        "cause": change.cause,
        "author": change.author,
        "fingerprint": change.fingerprint,
    }


def _site(site: Site, places: Places) -> dict[str, Any]:
    before, after = places.of(site)
    return {"duty": site.duty, "before": _spot(site.before, before), "after": _spot(site.after, after)}


def _spot(spot: Spot | None, place: Place | None) -> dict[str, Any] | None:
    if spot is None or place is None:
        return None
    return {"path": spot.path, "line": place.line, "column": place.column, "field": field_name(spot.field) or None}


def _accounts(rows: Iterable[AccountRow]) -> str:
    """The account; there are rows for every category of every township, and nothing in them but names and figures."""
    names: dict[str | None, str] = {}
    return _lines([_account(row, _once(row.township, names), _once(row.category, names)) for row in rows])


def _account(row: AccountRow, township: str, category: str) -> str:
    start = f'{{"township": {township}, "kind": "{row.kind}", "category": {category}, "before": {row.before}, '
    if row.is_quiet:
        return f'{start}{_QUIET} "after": {row.after}, "closes": true}}'
    counts = ", ".join(f'"{name}": {getattr(row, name)}' for name in _COUNTS)
    return f'{start}{counts}, "after": {row.after}, "closes": {"true" if row.closes else "false"}}}'


_COUNTS = AccountRow._fields[4:10]
_QUIET = "".join(f'"{name}": 0, ' for name in _COUNTS).rstrip()


def _once(name: str | None, known: dict[str | None, str]) -> str:
    """A name encoded, which is done once for all rows."""
    text = known.get(name)
    if text is None:
        text = known[name] = _encoded(name)
    return text


def _succession(one: Succession) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "township": one.township,
        "from": one.origin,
        "into": one.into,
        "reason": one.reason,
        "leg": one.leg,
        "likeness": one.likeness,
        "clauses": [_fate(fate) for fate in one.clauses],
    }


def _fate(fate: ClauseFate) -> dict[str, Any]:
    now = fate.standing
    standing = now and {"duty": now.duty, "field": now.field, "text": now.text, "likeness": now.likeness}
    return {"duty": fate.duty, "field": fate.field, "text": fate.text, "standing": standing}


def _pair(pair: Pair) -> dict[str, Any]:
    return {name: getattr(pair, name) for name in pair.__slots__}
