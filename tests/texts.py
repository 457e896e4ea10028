"""Asks the rules about single texts, and applies their fixes to the string."""

from build import DUTY_PATH
from dutylist.check.characters import plain, usual
from dutylist.check.rule import Hit, Rule, Scope, Text
from dutylist.model.finding import Edit


def text_of(string: str, role: str = "clause", is_last: bool = True) -> Text:
    """A text of the smallest duty."""
    return Text(DUTY_PATH, ("name",), role, string, is_last)


def hits(rule: Rule, string: str, role: str = "clause", *, is_last: bool = True) -> list[Hit]:
    """What a rule about texts finds in one, if it is asked about such texts at all."""
    assert rule.scope is Scope.TEXT
    assert rule.find
    asked = rule.concerns(role, usual=usual(string)) and (rule.screen is None or rule.screen(plain(string)))
    return list(rule.find(text_of(string, role, is_last))) if asked else []


def fixed(string: str, hit: Hit) -> str:
    """The string after the fix of a hit."""
    assert hit.fix
    return edited(string, hit.fix.edits)


def edited(string: str, edits: tuple[Edit, ...]) -> str:
    """The string after edits that do not overlap."""
    end = len(string)
    for edit in sorted(edits, key=lambda edit: edit.spot.start or 0, reverse=True):
        assert edit.spot.start is not None
        assert edit.spot.end is not None
        assert edit.spot.start <= edit.spot.end <= end
        string = string[: edit.spot.start] + edit.text + string[edit.spot.end :]
        end = edit.spot.start
    return string


def mend(rule: Rule, string: str, role: str = "clause", *, is_last: bool = True) -> str:
    """The string after all safe fixes that a rule offers."""
    for hit in hits(rule, string, role, is_last=is_last):
        if hit.fix and hit.fix.safe:
            string = fixed(string, hit)
    return string
