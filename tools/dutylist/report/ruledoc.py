"""A rule's documentation as a plain value: its explanation, and the whole as Markdown with both examples."""

import re
from dataclasses import dataclass
from inspect import cleandoc
from typing import ClassVar

from dutylist.model.finding import Severity

_EXAMPLES = re.compile(r"^(Bad|Good):\n", re.MULTILINE)
_HEADINGS = {"Bad": "错误示例", "Good": "正确示例"}


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """What users may read of a rule; `doc` has the form of a docstring, `family` is the family's Chinese name."""

    code: str
    severity: Severity
    title: str
    doc: str
    family: str
    in_draft: bool = False


@dataclass(frozen=True, slots=True)
class BurdenDoc:
    """What users may read of a burden rule, which finds no fault and so has no severity."""

    severity: ClassVar[None] = None
    in_draft: ClassVar[bool] = False

    code: str
    title: str
    doc: str
    family: str


Doc = RuleDoc | BurdenDoc


def explanation(rule: Doc) -> str:
    """What the rule finds and why that hurts, without the examples."""
    return _EXAMPLES.split(cleandoc(rule.doc))[0].partition("\n- 加重：")[0].strip()


def markdown(rule: Doc) -> str:
    """The whole documentation, without a heading of its own."""
    from textwrap import dedent

    intro, *examples = _EXAMPLES.split(cleandoc(rule.doc))
    parts = [intro.strip()]
    for word, block in zip(examples[::2], examples[1::2], strict=True):
        parts += [f"**{_HEADINGS[word]}**", dedent(block).strip()]
    return "\n\n".join(parts) + "\n"
