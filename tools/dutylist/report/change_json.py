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
        "account": _rows(map(_account, made.account)),
        "renumbering": _rows((row.before, row.after, row.duty) for row in made.renumbering),
        "successions": _rows(map(_succession, made.successions)),
        "pairs": _rows(map(_pair, made.pairs)),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts.items()) + "\n}\n"


def _rows(values: Iterable[Any]) -> str:
    """A list, each value on a line of its own."""
    every = list(values)
    if not every:
        return "[]"
    text = _encoded(every)
    if isinstance(every[0], dict):
        # All at once, and then apart where an object begins: within a text no quotation mark stands by itself.
        start = f'{{"{next(iter(every[0]))}": '
        lines = text[1:-1].replace(f"}}, {start}", f"}},\n{start}")
    else:
        lines = ",\n".join(map(_encoded, every))
    return f"[\n{lines}\n]"


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


def _account(row: AccountRow) -> dict[str, Any]:
    return row._asdict() | {"closes": row.closes}


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
