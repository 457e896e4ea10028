"""The document formats, as a table that one can see."""

from collections.abc import Callable
from dataclasses import dataclass

from dutylist.document import markdown
from dutylist.document.loaded import Loaded
from dutylist.model.library import Library, TownshipFolder
from dutylist.model.vocabulary import Departments


@dataclass(frozen=True, slots=True)
class Format:
    """A way to put a list on paper and to read it back; `suffix` is how its files end."""

    suffix: str
    load: Callable[[str, Departments], Loaded]
    dump: Callable[[Library, TownshipFolder], str]


FORMATS = {"markdown": Format(".md", markdown.load, markdown.dump)}
