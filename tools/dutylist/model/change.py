"""What differs between two revisions as values: changes, the account, what became of numbers and of clauses."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dutylist.model.duty import Kind
from dutylist.model.finding import Spot
from dutylist.model.township import EventKind


class Weight(StrEnum):
    """How much a change means: who must do what, under whom, by when; other words; only the layout."""

    SUBSTANTIVE = "substantive"
    WORDING = "wording"
    LAYOUT = "layout"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _WEIGHT_LABELS[self]


class Burden(StrEnum):
    """What a change does to the township."""

    HEAVIER = "heavier"
    LIGHTER = "lighter"
    NEUTRAL = "neutral"

    @property
    def label(self) -> str:
        """The word that users read."""
        return _BURDEN_LABELS[self]

    @property
    def mirror(self) -> "Burden":
        """The burden of the same change read backwards."""
        return _BURDEN_MIRRORS[self]


_WEIGHT_LABELS = {Weight.SUBSTANTIVE: "实质", Weight.WORDING: "文字", Weight.LAYOUT: "格式"}
_BURDEN_LABELS = {Burden.HEAVIER: "加重", Burden.LIGHTER: "减轻", Burden.NEUTRAL: "不变"}
_BURDEN_MIRRORS = {
    Burden.HEAVIER: Burden.LIGHTER,
    Burden.LIGHTER: Burden.HEAVIER,
    Burden.NEUTRAL: Burden.NEUTRAL,
}


class ChangeKind(StrEnum):
    """What happened; each kind has a line in `KINDS`."""

    ADDED = "added"
    RETIRED = "retired"
    MERGED = "merged"
    SPLIT = "split"
    RECLASSIFIED = "reclassified"
    RECATEGORISED = "recategorised"
    RENAMED = "renamed"
    REORDERED = "reordered"
    DEPARTMENT_JOINED = "department-joined"
    DEPARTMENT_LEFT = "department-left"
    DEPARTMENT_RESPELT = "department-respelt"
    DEPARTMENT_REORDERED = "department-reordered"
    SECTION_ADDED = "section-added"
    SECTION_REMOVED = "section-removed"
    SECTION_MOVED = "section-moved"
    CLAUSE_ADDED = "clause-added"
    CLAUSE_REMOVED = "clause-removed"
    CLAUSE_REVISED = "clause-revised"
    CLAUSE_MOVED = "clause-moved"
    TEXT_REVISED = "text-revised"
    BASIS_ADDED = "basis-added"
    BASIS_REMOVED = "basis-removed"
    BASIS_REVISED = "basis-revised"
    ANNOTATION_REVISED = "annotation-revised"
    PREFACE_REVISED = "preface-revised"
    DECLARED_REVISED = "declared-revised"
    VOCABULARY_REVISED = "vocabulary-revised"
    TOWNSHIP_REVISED = "township-revised"
    LAYOUT = "layout"

    @property
    def facts(self) -> "KindFacts":
        """The kind's line in the table."""
        return KINDS[self]


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind of change: its Chinese name, default weight, what it is read backwards, its group, and what it tells."""

    label: str
    weight: Weight
    mirror: ChangeKind
    group: str
    doc: str


_DUTY, _DEPARTMENTS, _PARTS, _AROUND, _LAYOUT = "事项", "部门", "职责和承接", "其他", "格式"
_K, _W = ChangeKind, Weight

KINDS: dict[ChangeKind, KindFacts] = {
    _K.ADDED: KindFacts("新增", _W.SUBSTANTIVE, _K.RETIRED, _DUTY, "修改前没有这个编号，现在有了，也不是拆分出来的。"),
    _K.RETIRED: KindFacts(
        "废止", _W.SUBSTANTIVE, _K.ADDED, _DUTY, "修改前有这个编号，现在没有了，也没有并入别的事项。"
    ),
    _K.MERGED: KindFacts(
        "并入",
        _W.SUBSTANTIVE,
        _K.SPLIT,
        _DUTY,
        "按编号台账并入另一项；每个并走的编号一条，存续的那一项按其内容改动列出。",
    ),
    _K.SPLIT: KindFacts("拆出", _W.SUBSTANTIVE, _K.MERGED, _DUTY, "按编号台账从另一项拆分出来；每个拆出的编号一条。"),
    _K.RECLASSIFIED: KindFacts(
        "换清单", _W.SUBSTANTIVE, _K.RECLASSIFIED, _DUTY, "从一张清单移到另一张；只有其中一张清单才有的栏目不再另列。"
    ),
    _K.RECATEGORISED: KindFacts("换类别", _W.WORDING, _K.RECATEGORISED, _DUTY, "从一个类别文件夹移到另一个。"),
    _K.RENAMED: KindFacts(
        "改名称", _W.SUBSTANTIVE, _K.RENAMED, _DUTY, "事项名称改动；基本履职事项的名称就是它的职责。"
    ),
    _K.REORDERED: KindFacts(
        "调次序",
        _W.WORDING,
        _K.REORDERED,
        _DUTY,
        "同一清单、同一类别里，与两边都有的事项的先后变了；只是位次数字变了，算格式。",
    ),
    _K.DEPARTMENT_JOINED: KindFacts(
        "增加部门", _W.SUBSTANTIVE, _K.DEPARTMENT_LEFT, _DEPARTMENTS, "部门一栏多了一个部门。"
    ),
    _K.DEPARTMENT_LEFT: KindFacts(
        "减少部门", _W.SUBSTANTIVE, _K.DEPARTMENT_JOINED, _DEPARTMENTS, "部门一栏少了一个部门。"
    ),
    _K.DEPARTMENT_RESPELT: KindFacts(
        "部门改写法",
        _W.WORDING,
        _K.DEPARTMENT_RESPELT,
        _DEPARTMENTS,
        "同一个部门换了写法；各处合为一条，逐处列出位置。",
    ),
    _K.DEPARTMENT_REORDERED: KindFacts(
        "部门调次序", _W.WORDING, _K.DEPARTMENT_REORDERED, _DEPARTMENTS, "部门一栏里先后变了；一项事项一条。"
    ),
    _K.SECTION_ADDED: KindFacts(
        "增加分段", _W.SUBSTANTIVE, _K.SECTION_REMOVED, _PARTS, "多了一个部门或小标题下的一段。"
    ),
    _K.SECTION_REMOVED: KindFacts(
        "删去分段", _W.SUBSTANTIVE, _K.SECTION_ADDED, _PARTS, "少了一个部门或小标题下的一段。"
    ),
    _K.SECTION_MOVED: KindFacts("分段调次序", _W.WORDING, _K.SECTION_MOVED, _PARTS, "一段移到了另一段之前或之后。"),
    _K.CLAUSE_ADDED: KindFacts("增加条款", _W.SUBSTANTIVE, _K.CLAUSE_REMOVED, _PARTS, "多了一条。"),
    _K.CLAUSE_REMOVED: KindFacts("删去条款", _W.SUBSTANTIVE, _K.CLAUSE_ADDED, _PARTS, "少了一条。"),
    _K.CLAUSE_REVISED: KindFacts("修改条款", _W.SUBSTANTIVE, _K.CLAUSE_REVISED, _PARTS, "一条的文字变了。"),
    _K.CLAUSE_MOVED: KindFacts(
        "移动条款",
        _W.WORDING,
        _K.CLAUSE_MOVED,
        _PARTS,
        "一条换了先后，或移到另一段；移到另一个部门、另一方名下的算实质。",
    ),
    _K.TEXT_REVISED: KindFacts("修改正文", _W.SUBSTANTIVE, _K.TEXT_REVISED, _PARTS, "不编号的段落或段的标题变了。"),
    _K.BASIS_ADDED: KindFacts("增加依据", _W.SUBSTANTIVE, _K.BASIS_REMOVED, _AROUND, "多了一条法律依据。"),
    _K.BASIS_REMOVED: KindFacts("删去依据", _W.SUBSTANTIVE, _K.BASIS_ADDED, _AROUND, "少了一条法律依据。"),
    _K.BASIS_REVISED: KindFacts(
        "修改依据", _W.SUBSTANTIVE, _K.BASIS_REVISED, _AROUND, "同一部法律换了条款，或依据换了先后。"
    ),
    _K.ANNOTATION_REVISED: KindFacts(
        "修改备注豁免", _W.WORDING, _K.ANNOTATION_REVISED, _AROUND, "不打印的备注或豁免变了。"
    ),
    _K.PREFACE_REVISED: KindFacts("修改说明", _W.WORDING, _K.PREFACE_REVISED, _AROUND, "说明的标题或一段变了。"),
    _K.DECLARED_REVISED: KindFacts("修改所报总数", _W.WORDING, _K.DECLARED_REVISED, _AROUND, "说明所报的总数变了。"),
    _K.VOCABULARY_REVISED: KindFacts(
        "修改词表", _W.WORDING, _K.VOCABULARY_REVISED, _AROUND, "类别或部门词表的一个词条变了。"
    ),
    _K.TOWNSHIP_REVISED: KindFacts(
        "修改乡镇信息",
        _W.WORDING,
        _K.TOWNSHIP_REVISED,
        _AROUND,
        "乡镇信息、乡镇的豁免或编号台账变了，而不是随事项增减变的。",
    ),
    _K.LAYOUT: KindFacts(
        "格式", _W.LAYOUT, _K.LAYOUT, _LAYOUT, "只有空白、换行、标点的全角半角、位次数字或书写形式变了；报告只计数。"
    ),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One place of a change: where it stands before and after; one of them is None where there is nothing."""

    duty: str | None
    before: Spot | None
    after: Spot | None


Pieces = tuple[tuple[str, str], ...]
"""Text as pieces: `=` stands on both sides, `-` only before, `+` only after."""


_TURNED = {"=": "=", "-": "+", "+": "-"}


def turned(pieces: Pieces) -> Pieces:
    """Pieces read backwards: what came has gone."""
    return tuple((_TURNED[sign], text) for sign, text in pieces)


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `before` and `after` are texts as they are printed, None where there is nothing.

    `duty` is None where a change is about no duty or about several; each of `sites` names its own. `field` is the
    field as users write it (`township_responsibilities[0].clauses[1]`), on the side that has it, AFTER first.
    `departments` are the full names of all departments that the duties concerned name. `rule` is the burden rule that
    spoke, `author` who made the commit that `cause` comes from.
    """

    kind: ChangeKind
    weight: Weight
    township: str | None
    duty: str | None
    field: str | None
    before: str | None
    after: str | None
    sites: tuple[Site, ...]
    fingerprint: str
    name: str | None = None
    list_kind: Kind | None = None
    category: str | None = None
    number_before: int | None = None
    number_after: int | None = None
    diff: Pieces = ()
    departments: tuple[str, ...] = ()
    burden: Burden = Burden.NEUTRAL
    rule: str | None = None
    cause: str | None = None
    author: str | None = None


def fingerprint_of(kind: ChangeKind, duty: str | None, values: Iterable[str | None]) -> str:
    """A short name for a change that survives renumbering, reordering and rebasing, and dies when a text differs.

    Hashed are the kind, the duty's id and the values; not numbers, indices, paths or commits.
    """
    parts = (kind.value, duty or "", *("" if value is None else f"={value}" for value in values))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


_NOTHING = (0, 0, 0, 0, 0, 0)


class AccountRow(NamedTuple):
    """The account of a list (`category` None) or of one category in it; the gains of a split and the losses of a
    merge are net of the duties that came or went with them.
    """

    township: str
    kind: Kind
    category: str | None
    before: int
    added: int
    split_gains: int
    moved_in: int
    retired: int
    merged_away: int
    moved_out: int
    after: int

    @property
    def closes(self) -> bool:
        """Whether what came and went explains the difference."""
        if self.is_quiet:
            return True
        came = self.added + self.split_gains + self.moved_in
        return self.before + came - self.retired - self.merged_away - self.moved_out == self.after

    @property
    def is_quiet(self) -> bool:
        """Whether nothing came and nothing went, and as many stay as were there."""
        return self[4:10] == _NOTHING and self.before == self.after


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A duty whose 序号 differs; None on the side where its list does not have it."""

    township: str
    kind: Kind
    before: int | None
    after: int | None
    duty: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands now: in which duty and field, and how like (1.0: the same text)."""

    duty: str
    field: str
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class ClauseFate:
    """A clause of a duty that was merged or split, and where it stands now; None: nowhere."""

    duty: str
    field: str
    text: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Succession:
    """Duties that became others. From the ledger, or (`likeness` is given) only proposed, since the texts say so."""

    kind: EventKind
    township: str
    origin: tuple[str, ...]
    into: tuple[str, ...]
    reason: str | None
    leg: str | None
    clauses: tuple[ClauseFate, ...]
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two duties that were paired by likeness, since one side has no ids; `taken` is False where it is a proposal."""

    township: str
    before: str
    after: str
    likeness: float
    taken: bool


@dataclass(frozen=True, slots=True)
class SideName:
    """What users call a revision, and the commit that it is; None for a folder, a document or the work tree."""

    name: str
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two revisions; changes by township, list, 序号 and place in the duty."""

    changes: tuple[Change, ...]
    account: tuple[AccountRow, ...]
    renumbering: tuple[Renumbered, ...]
    successions: tuple[Succession, ...] = ()
    pairs: tuple[Pair, ...] = ()
