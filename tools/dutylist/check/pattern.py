"""A regular expression that is compiled when it is first used."""

import re
from collections.abc import Iterator
from functools import cached_property


class Lazy:
    """A pattern over all Han characters takes a millisecond to compile, and most texts never need it."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    def search(self, string: str) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(string)

    def match(self, string: str, start: int = 0) -> re.Match[str] | None:
        """A match that begins at `start`."""
        return self.compiled.match(string, start)

    def finditer(self, string: str) -> Iterator[re.Match[str]]:
        """All matches."""
        return self.compiled.finditer(string)
