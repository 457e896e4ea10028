"""The formats of `check` as a table: to add one, write a file beside the others and a line here."""

from collections.abc import Callable

from dutylist.report import github, gitlab, json_, junit, markdown, sarif, text
from dutylist.report.views import Checked

FORMATS: dict[str, Callable[[Checked], str]] = {
    "text": text.write,
    "json": json_.write,
    "sarif": sarif.write,
    "github": github.write,
    "gitlab": gitlab.write,
    "junit": junit.write,
    "markdown": markdown.write,
}
