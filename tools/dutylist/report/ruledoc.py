"""A rule's documentation as a plain value: its explanation, and the whole as Markdown with both examples."""

import re
from dataclasses import dataclass
from inspect import cleandoc

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


def explanation(rule: RuleDoc) -> str:
    """What the rule finds and why that hurts, without the examples."""
    return _EXAMPLES.split(cleandoc(rule.doc))[0].strip()


def markdown(rule: RuleDoc) -> str:
    """The whole documentation, without a heading of its own."""
    from textwrap import dedent

    intro, *examples = _EXAMPLES.split(cleandoc(rule.doc))
    parts = [intro.strip()]
    for word, block in zip(examples[::2], examples[1::2], strict=True):
        parts += [f"**{_HEADINGS[word]}**", dedent(block).strip()]
    return "\n\n".join(parts) + "\n"
