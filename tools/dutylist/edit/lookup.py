"""What the user's words mean in a library: texts, ids, categories, departments; the nearest where there is none."""

from collections.abc import Callable, Iterable

from dutylist.errors import DutyListError, UsageError
from dutylist.model.duty import SHORT_LABELS, AnyDuty, Kind
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, Numbered, TownshipFolder, number_of
from dutylist.model.record import Record
from dutylist.model.text import HIDDEN, one_line

_MOST_DIGITS = 6
_NOT_IN_FOLDER_NAMES = frozenset('/\\:*?"<>|')


def clean(what: str, text: str, *, lines: bool = False) -> str:
    """`text` without white space around it; refused where it is empty, holds what nobody sees, or breaks its line."""
    text = text.strip()
    if not text:
        raise UsageError(f"{what}不能是空的。", "请写明内容。")
    for character in text:
        if HIDDEN.match(character) or "\ud800" <= character <= "\udfff":
            raise UsageError(f"{what}含有看不见的字符 U+{ord(character):04X}。", "请删去后重试。")
    if not lines and len(text.splitlines()) > 1:
        raise UsageError(f"{what}只能写一行：{one_line(text)}", "请删去换行。")
    return text


def nearest(
    word: str, known: Iterable[str], otherwise: str, *, likeness: float = 0.5, meaning: Callable[[str], str] = str
) -> str:
    """A question about what the nearest known words mean, up to three of them, or else what to do."""
    from difflib import get_close_matches

    near = dict.fromkeys(map(meaning, get_close_matches(word, list(known), 3, likeness)))
    return f"是不是 {'、'.join(map(one_line, near))}？" if near else otherwise


def find_duties(
    library: Library, folders: Iterable[TownshipFolder], ids: Iterable[str]
) -> tuple[TownshipFolder, list[Record[AnyDuty]]]:
    """The duties with these ids, each once, and the one of `folders` that they are all in."""
    found = [_find(library, tuple(folders), duty_id) for duty_id in dict.fromkeys(ids)]
    names = list(dict.fromkeys(one_line(folder.name) for folder, _ in found))
    if len(names) > 1:
        raise UsageError(f"这几项分属不同的乡镇：{'、'.join(names)}。", "一次只能编辑一个乡镇的事项。")
    return found[0][0], [record for _, record in found]


def _find(
    library: Library, folders: tuple[TownshipFolder, ...], duty_id: str
) -> tuple[TownshipFolder, Record[AnyDuty]]:
    found = [(folder, record) for folder in folders for record in folder.duties if record.value.id == duty_id]
    if not found:
        lists = ((folder, library.numbered(folder, kind)) for folder in folders for kind in Kind)
        found = [(folder, one.record) for folder, some in lists for one in some if means(duty_id, one)]
    if len(found) > 1:
        paths = "、".join(one_line(record.path) for _, record in found)
        raise DutyListError(
            f"编号 {one_line(duty_id)} 有 {len(found)} 个文件：{paths}。", "请先改正重复的编号（dutylist check）。"
        )
    if not found:
        raise UsageError(f"没有编号为 {one_line(duty_id)} 的事项。", _whereabouts(library, duty_id))
    return found[0]


def means(wanted: str, numbered: Numbered) -> bool:
    """Whether a user's words mean a duty: its id (azk-0139), its number alone (139), its list and 序号 (配合36)."""
    duty = numbered.duty
    prefix, _, digits = wanted.rpartition("-")
    if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return number_of(duty.id) == int(digits) and prefix in ("", duty.id.rpartition("-")[0])
    return wanted == f"{SHORT_LABELS[duty.kind]}{numbered.number}"


def _whereabouts(library: Library, duty_id: str) -> str:
    """What became of an id that has no file, or else the nearest one."""
    for folder in library.townships:
        for event in reversed(folder.ledger.value.events if folder.ledger else ()):
            if duty_id in event.origin:
                what = f"现编号 {'、'.join(event.into)}" if event.into else "已经废止"
                return f"编号台账记着它的去向：{what}（{one_line(event.reason)}）。"
    ids = (record.value.id for _, record in library.duties())
    return nearest(duty_id, ids, "运行 dutylist list 查看全部编号。", likeness=0.8)


def known_category(library: Library, name: str) -> str:
    """A category of the vocabulary that can be a folder's name."""
    category = clean("类别", name)
    if category not in library.category_order:
        otherwise = f"类别见 {CATEGORIES_FILE}；新的类别请先加入。"
        raise UsageError(f"没有类别 {one_line(category)}。", nearest(category, library.category_order, otherwise))
    if category.startswith(".") or _NOT_IN_FOLDER_NAMES & set(category):
        raise UsageError(f"类别 {one_line(category)} 不能用作文件夹的名称。", f"请先改正 {CATEGORIES_FILE}。")
    return category


def known_departments(library: Library, names: Iterable[str]) -> tuple[str, ...]:
    """The full names of departments, each once; an inner unit in brackets behind its department."""
    full = []
    for name in names:
        given = clean("部门", name)
        match = library.vocabulary.match(given)
        if match is None:
            otherwise = f"部门见 {DEPARTMENTS_FILE}；新的部门请先加入。"
            vocabulary = library.vocabulary
            hint = nearest(given, vocabulary.spellings, otherwise, meaning=vocabulary.canonical)
            raise UsageError(f"词表中没有部门 {one_line(given)}。", hint)
        full.append(f"{match.name}（{match.unit}）" if match.unit else match.name)
    return tuple(dict.fromkeys(full))


def require_editable(library: Library, folder: TownshipFolder) -> None:
    """Refuses a township of which something could not be read: its numbers and totals could not be kept right."""
    needed = {
        CATEGORIES_FILE: library.categories,
        DEPARTMENTS_FILE: library.departments,
        folder.path: folder.township,
        folder.ledger_path: folder.ledger,
    }
    for path, record in needed.items():
        if record is None:
            raise DutyListError(f"缺少 {one_line(path)}，或者读不出来。", "请先运行 dutylist check，按提示改正。")
    if folder.unread:
        paths = "、".join(map(one_line, folder.unread))
        message = f"{one_line(folder.name)}有 {len(folder.unread)} 个事项文件读不出来：{paths}。"
        raise DutyListError(message, "编号和总数无法保证正确；请先运行 dutylist check，按提示改正。")
