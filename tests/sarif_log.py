"""The part of SARIF 2.1.0 that our reports use, as a schema of our own: closed, so that a misspelt property is seen."""

from typing import Any

Json = dict[str, Any]


def closed(required: Json, optional: Json | None = None) -> Json:
    """An object with these properties and no others."""
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def many(items: Json, least: int = 0, *, unique: bool = False) -> Json:
    """An array of at least so many."""
    return {"type": "array", "items": items, "minItems": least, "uniqueItems": unique}


TEXT: Json = {"type": "string"}
LEVEL: Json = {"enum": ["none", "note", "warning", "error"]}
FROM_ONE: Json = {"type": "integer", "minimum": 1}
MESSAGE = closed({"text": TEXT}, {"markdown": TEXT})
ARTIFACT = closed({"uri": {"type": "string", "pattern": "^[!-~]*$"}, "uriBaseId": TEXT})
REGION = closed(dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), FROM_ONE))
RULE = closed(
    {
        "id": TEXT,
        "name": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": closed({"level": LEVEL}),
        "properties": closed({"tags": many(TEXT, unique=True)}),
    }
)
REPLACEMENT = closed({"deletedRegion": REGION}, {"insertedContent": closed({"text": TEXT})})
CHANGE = closed({"artifactLocation": ARTIFACT, "replacements": many(REPLACEMENT, 1)})
SUPPRESSION = closed(
    {"kind": {"enum": ["inSource", "external"]}},
    {"status": {"enum": ["accepted", "underReview", "rejected"]}, "justification": TEXT},
)
RESULT = closed(
    {
        "ruleId": TEXT,
        "level": LEVEL,
        "message": MESSAGE,
        "locations": many(closed({"physicalLocation": closed({"artifactLocation": ARTIFACT, "region": REGION})}), 1),
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
        "suppressions": many(SUPPRESSION, unique=True),
    },
    {
        "ruleIndex": {"type": "integer", "minimum": 0},
        "fixes": many(closed({"artifactChanges": many(CHANGE, 1)}, {"description": MESSAGE}), 1),
    },
)
DRIVER = closed({"name": TEXT, "rules": many(RULE, unique=True)}, {"version": TEXT})
RUN = closed(
    {
        "tool": closed({"driver": DRIVER}),
        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {"type": "object", "additionalProperties": closed({"description": MESSAGE})},
        "results": many(RESULT),
    }
)
LOG = closed({"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}, "runs": many(RUN, 1)})
