"""What a schema error means, in Chinese, at the field it is about."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import ValidationError

from dutylist.model import faults
from dutylist.model.base import Stored, key_of
from dutylist.model.canonical import fields_of
from dutylist.model.consultation import CampaignKind, Verdict
from dutylist.model.finding import FieldPath, Finding, Spot, field_name
from dutylist.model.text import one_line, shorten
from dutylist.model.township import EventKind

_TYPES = {
    "string_type": "文字（加引号）",
    "int_type": "整数（不加引号）",
    "int_from_float": "整数",
    "tuple_type": "方括号中的列表",
    "dataclass_type": "一张表",
    "bool_type": "true 或 false（不加引号）",
    "date_type": "日期（不加引号，如 2026-12-31）",
    "date_from_datetime_inexact": "日期（不带时间，如 2026-12-31）",
}
_PATTERNS = {
    "id": "前缀加四位数字，如 azk-0001",
    "from": "前缀加四位数字，如 azk-0001",
    "into": "前缀加四位数字，如 azk-0001",
    "code": "九位数字",
    "prefix": "小写字母开头，只含小写字母和数字，2 至 10 个字符",
    "published": "年-月，如 2025-07",
    "reason": "一句写明原因的话",
    "legs": "字母、数字、汉字、- 和 _ 组成的名称，如 1-up",
    "base": "64 位十六进制的内容摘要",
    "digest": "64 位十六进制的摘要",
    "content": "64 位十六进制的摘要",
    "fingerprint": "12 位十六进制的指纹",
    "changes": "12 位十六进制的指纹",
    "duty": "前缀加四位数字，如 azk-0001",
}
_CHOICES: dict[str, str] = {
    choice.value: choice.label for choices in (EventKind, CampaignKind, Verdict) for choice in choices
}
_KINDS = "kind 只能是 basic（基本）、supporting（配合）或 reclaimed（收回）"


def describe(
    path: str, values: dict[str, Any], error: ValidationError, models: Iterable[type[Stored]]
) -> list[Finding]:
    """The findings for one file that does not fit its schema; `models` are those whose keys may be meant."""
    known = [key_of(name) for model in models for name in fields_of(model)]
    errors = error.errors(include_url=False, include_input=True)
    places = [_field_path(problem["loc"], values) for problem in errors]
    findings = []
    for problem, field in zip(errors, places, strict=True):
        # A list whose elements are all wrong is also told to be too short; the elements say it better.
        echoed = problem["type"] == "too_short" and any(
            len(at) > len(field) and at[: len(field)] == field for at in places
        )
        if not echoed:
            findings.append(_finding(path, field, dict(problem), known))
    return findings


def _field_path(loc: tuple[int | str, ...], values: dict[str, Any]) -> FieldPath:
    """pydantic's path without the name of the union's member, which stands first in a duty's."""
    return loc[1:] if loc and isinstance(values.get("kind"), str) and loc[0] == values["kind"] else loc


def _finding(path: str, field: FieldPath, problem: dict[str, Any], known: list[str]) -> Finding:
    kind, name = problem["type"], field_name(field)
    if kind == "missing":
        return faults.MISSING.at(Spot(path, field), f"缺少必填字段 {name}；请补上。", name)
    if kind == "union_tag_not_found":
        return faults.MISSING.at(Spot(path, ("kind",)), f"缺少必填字段 kind；{_KINDS}。", "kind")
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return faults.UNKNOWN_KEY.at(Spot(path, field), _unknown(str(field[-1]), known), name)
    if kind == "union_tag_invalid":
        given = _shown(problem["ctx"]["tag"])
        return faults.VALUE.at(Spot(path, ("kind",)), f"{_KINDS}，现为 {given}。", "kind")
    return faults.VALUE.at(Spot(path, field), f"{name} {_wrong(kind, field, problem)}", name, _shown(problem["input"]))


def _unknown(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    advice = f"是否要写 {near[0]}？" if near else "请删去，或把内容移到 note。"
    return f"没有 {one_line(key)} 这个字段；{advice}"


def _wrong(kind: str, field: FieldPath, problem: dict[str, Any]) -> str:
    given = _shown(problem["input"])
    if kind in _TYPES:
        return f"应为{_TYPES[kind]}，现为 {given}。"
    if kind == "too_short":
        return "至少要有一项。"
    if kind == "less_than_equal":
        return f"不能大于 {problem['ctx']['le']}，现为 {given}。"
    if kind == "greater_than_equal":
        return f"不能小于 {problem['ctx']['ge']}，现为 {given}。"
    key = next((step for step in reversed(field) if isinstance(step, str)), "")
    if kind == "enum":
        choices = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        words = (f"{choice}（{label}）" if (label := _CHOICES.get(choice)) else choice for choice in choices)
        return f"只能是 {'、'.join(words)}，现为 {given}。"
    if kind == "string_pattern_mismatch" and problem["ctx"]["pattern"] == r"\S" and key != "reason":
        return "不能是空的。"
    if kind == "string_pattern_mismatch" and key in _PATTERNS:
        return f"应为{_PATTERNS[key]}，现为 {given}。"
    return f"的值不合要求，现为 {given}。"


def _shown(value: Any) -> str:
    """A value as given, short and harmless; Python refuses to spell out the longest numbers."""
    try:
        return one_line(shorten(str(value), 20))
    except ValueError:
        return "一个过长的数字"
