"""How much a revised text means: the text of a duty is the law here, so it is substantive unless shown to be less."""

from dutylist.compare.text import without_layout, without_synonyms
from dutylist.model.change import Weight


def weight_of(before: str, after: str) -> Weight:
    """Layout where both read the same, wording where only punctuation or a synonym differs, else substantive."""
    if without_layout(before) == without_layout(after):
        return Weight.LAYOUT
    same = without_synonyms(before) == without_synonyms(after)
    return Weight.WORDING if same else Weight.SUBSTANTIVE
