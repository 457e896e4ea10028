"""What an import has to say: each piece of a document that was not taken as it stood."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What happened to a piece of the document."""

    NORMALISED = "normalised"
    GUESSED = "guessed"
    UNCLEAR = "unclear"
    HOMELESS = "homeless"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _LABELS[self]


_LABELS = {
    What.NORMALISED: "已规范",
    What.GUESSED: "推测",
    What.UNCLEAR: "未能理解",
    What.HOMELESS: "没有字段可放",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the import report: what happened, where (`配合 22 上级部门职责`), in words, how many times."""

    what: What
    where: str
    text: str
    count: int = 1
