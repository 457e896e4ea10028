"""The rules' documentation: a list, one rule in full, the page `schema/rules.md`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from inspect import cleandoc
from itertools import groupby
from typing import Any, ClassVar

from dutylist.model.finding import Severity
from dutylist.report.plain import json_text
from dutylist.report.ruledoc import Doc, explanation, markdown
from dutylist.report.views import PUBLISHED

_FENCE = re.compile(r"^[ ]*```toml ?(.*)\n", re.MULTILINE)
_FENCE_END = re.compile(r"^[ ]*```\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """规则：dutylist explain --format json 的输出中的一条。"""

    __pydantic_config__: ClassVar[Any] = PUBLISHED

    code: str
    """规则代码：如 RF004。"""
    severity: Severity | None
    """等级：error 错误，warning 警告，advice 建议；责任增减的规则不是找问题，没有等级，为 null。"""
    title: str
    """名称：查什么。"""
    family: str
    """族：属于哪一类规则。"""
    doc: str
    """说明：查什么、为什么；写了代码时连同错误和正确的示例，为 Markdown。"""


def page(rules: Sequence[Doc]) -> str:
    """All rules as one Markdown page, by family, with a table of contents."""
    from dutylist.report.template import render

    families = [(name, list(some)) for name, some in groupby(rules, key=lambda rule: rule.family)]
    return render("rules.md.j2", families=families, body=markdown)


def text(rules: Sequence[Doc], *, whole: bool) -> str:
    """For a terminal: a line a rule, or each rule in full."""
    if whole:
        return "\n".join(_full(rule) for rule in rules)
    families = groupby(rules, key=lambda rule: rule.family)
    return "\n".join(f"{family}\n" + "".join(_line(rule) for rule in some) for family, some in families)


def as_markdown(rules: Sequence[Doc], *, whole: bool) -> str:
    """As Markdown; a list of rules is the page of them."""
    return "\n".join(f"# {rule.code} {rule.title}\n\n{markdown(rule)}" for rule in rules) if whole else page(rules)


def as_json(rules: Sequence[Doc], *, whole: bool) -> str:
    """The rules with their documentation; `whole` adds the examples."""
    return json_text([_entry(rule, whole) for rule in rules])


FORMATS: dict[str, Callable[..., str]] = {"text": text, "markdown": as_markdown, "json": as_json}


def _entry(rule: Doc, whole: bool) -> dict[str, Any]:
    doc = markdown(rule) if whole else explanation(rule)
    return asdict(RuleEntry(rule.code, rule.severity, rule.title, rule.family, doc))


def _line(rule: Doc) -> str:
    return "  ".join(["", rule.code, *([rule.severity.label] if rule.severity else []), rule.title]) + "\n"


def _full(rule: Doc) -> str:
    """The docstring as it stands, its fences replaced by the file's name."""
    body = cleandoc(rule.doc).replace("Bad:\n", "错误示例：\n").replace("Good:\n", "正确示例：\n")
    body = _FENCE.sub(lambda found: f"    # {found.group(1)}\n" if found.group(1) else "", body)
    body = re.sub(r"\n{3,}", "\n\n", _FENCE_END.sub("\n", body)).strip()
    kind = f"{rule.severity.label}，{rule.family}" if rule.severity else rule.family
    return f"{rule.code} {rule.title}（{kind}）\n\n{body}\n"
