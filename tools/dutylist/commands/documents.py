"""Documents from the user's disk: read as they are, and as one side of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dutylist.compare.likeness import matches
from dutylist.document.assemble import to_library
from dutylist.document.columns import printed
from dutylist.document.formats import FORMATS, Format
from dutylist.document.loaded import Loaded
from dutylist.errors import DutyListError, UsageError
from dutylist.model.change import Pair
from dutylist.model.duty import SHORT_LABELS, AnyDuty
from dutylist.model.library import Library, TownshipFolder, category_of, duty_path, make_id, number_of
from dutylist.model.record import Record
from dutylist.model.text import one_line
from dutylist.model.vocabulary import Categories, Departments
from dutylist.store.snapshot import unreadable

LARGEST_DOCUMENT = 64 << 20
# A document prints neither prefix nor code; where no library lends its own, any will do.
_PREFIX, _CODE = "doc", "000000000"


def format_of(file: Path) -> Format:
    """The format of a document, by how its name ends."""
    chosen = next((form for form in FORMATS.values() if file.suffix == form.suffix), None)
    if chosen is None:
        known = "、".join(form.suffix for form in FORMATS.values())
        raise UsageError(f"不认识 {one_line(file.name)} 的格式。", f"现在能导入的文件以 {known} 结尾。")
    return chosen


def load_document(file: Path, vocabulary: Departments) -> Loaded:
    """The document in a file."""
    chosen = format_of(file)
    try:
        if file.exists() and (not file.is_file() or file.stat().st_size > LARGEST_DOCUMENT):
            message = f"{one_line(file.name)} 不是普通文件，或者超过 {LARGEST_DOCUMENT >> 20} MiB。"
            raise DutyListError(message, "请确认是否选错了文件。")
        content = file.read_bytes()
    except OSError as error:
        raise unreadable(str(file), error) from error
    try:
        return chosen.load(content.decode("utf-8"), vocabulary)
    except UnicodeDecodeError as error:
        message = f"{one_line(file.name)} 不是 UTF-8 编码（第 {error.start + 1} 个字节）。"
        raise DutyListError(message, "请用 UTF-8 另存后再导入。") from error


@dataclass(frozen=True, slots=True)
class Paper:
    """A township's list as it is on paper; `ids` are those of its duties in printed order, where they are known."""

    loaded: Loaded
    ids: tuple[str, ...] | None = None
    prefix: str = _PREFIX
    code: str = _CODE


def on_paper(library: Library, folder: TownshipFolder, form: Format) -> Paper:
    """What a document of this format keeps of a township: put on paper and read back, with its ids."""
    loaded = form.load(form.dump(library, folder), library.vocabulary)
    ids = tuple(line.id for one in printed(library, folder) for line in one.lines)
    known = folder.township.value if folder.township else None
    return Paper(loaded, ids, *((known.prefix, known.code) if known else ()))


def libraries(before: Paper, after: Paper, words: Library) -> tuple[Library, Library, tuple[Pair, ...]]:
    """Two papers as libraries in which the same duty has the same id, and which duties were paired by likeness."""
    ours = after if before.ids is None else before
    categories = words.categories.value if words.categories else Categories()
    made = [to_library(paper.loaded, ours.prefix, ours.code, categories, words.vocabulary) for paper in (before, after)]
    orders = [_in_printed_order(library) for library in made]
    ids, pairs = _ids(orders, (before.ids, after.ids), ours.prefix, made[1].townships[0].name)
    # What the documents name beyond the vocabulary is known to both sides, so that it is no change by itself.
    every = max(
        (library.categories for library in made if library.categories), key=lambda one: len(one.value.categories)
    )
    old, new = (
        Library((_with_ids(library.townships[0], order, some),), every, words.departments)
        for library, order, some in zip(made, orders, ids, strict=True)
    )
    return old, new, pairs


def _in_printed_order(library: Library) -> list[Record[AnyDuty]]:
    """The duties of an assembled document; it numbers them as they are printed."""
    return sorted(library.townships[0].duties, key=lambda record: number_of(record.value.id))


def _ids(
    orders: Sequence[Sequence[Record[AnyDuty]]],
    known: tuple[tuple[str, ...] | None, tuple[str, ...] | None],
    prefix: str,
    township: str,
) -> tuple[tuple[list[str], list[str]], tuple[Pair, ...]]:
    """The ids of both sides in printed order, and the pairs that are not certain."""
    old, new = ([record.value for record in order] for order in orders)
    found = matches(old, new)
    turned = known[0] is None and known[1] is not None
    lent = list((known[1] if turned else known[0]) or (duty.id for duty in old))
    fresh = max(map(number_of, lent), default=0) + 1
    given = [make_id(prefix, fresh + at) for at in range(len(old if turned else new))]
    for match in (match for match in found if match.taken):
        mine, theirs = (match.after, match.before) if turned else (match.before, match.after)
        given[theirs] = lent[mine]
    ids = (given, lent) if turned else (lent, given)
    labels = [[_label(duty, order) for duty in order] for order in (old, new)]
    pairs = tuple(
        Pair(township, labels[0][match.before], labels[1][match.after], match.likeness, match.taken)
        for match in found
        if match.likeness < 1
    )
    return ids, pairs


def _label(duty: AnyDuty, order: Sequence[AnyDuty]) -> str:
    """A duty as its document calls it: list, 序号 and name."""
    number = 1 + sum(other.kind is duty.kind for other in order[: order.index(duty)])
    return f"{SHORT_LABELS[duty.kind]}{number} {duty.name}"


def _with_ids(folder: TownshipFolder, order: Sequence[Record[AnyDuty]], ids: Sequence[str]) -> TownshipFolder:
    """The township with these ids, and without the ledger, which no document prints."""
    duties = [
        Record(duty_path(folder.name, category_of(record.path), one), replace(record.value, id=one))
        for record, one in zip(order, ids, strict=True)
    ]
    return TownshipFolder(folder.name, folder.township, None, tuple(duties))
