"""Bytes to values: a library out of a snapshot, every fault on the way a finding."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import toml_rs
from pydantic_core import ValidationError

from dutylist.model import faults
from dutylist.model.base import Stored
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import (
    CAMPAIGN_FILE,
    CHANGELOG,
    DECISIONS,
    LEG_FILE,
    OPINIONS,
    CampaignFolder,
    LegFolder,
    campaign_path,
)
from dutylist.model.consultation import Campaign, Decision, Leg, Opinion
from dutylist.model.duty import DUTY_KINDS, Basis, Section, Waiver
from dutylist.model.finding import Edit, FieldPath, Finding, Fix, Spot
from dutylist.model.library import (
    CATEGORIES_FILE,
    DEPARTMENTS_FILE,
    DUTIES,
    LEDGER_FILE,
    TOWNSHIP_FILE,
    Library,
    TownshipFolder,
)
from dutylist.model.record import Record
from dutylist.model.text import HIDDEN, one_line
from dutylist.model.township import Ledger, Township
from dutylist.model.validation import validate, validate_duty
from dutylist.model.vocabulary import Categories, Departments
from dutylist.store.schema import describe
from dutylist.store.snapshot import Item, Snapshot

LARGEST = 1 << 20
DEEPEST = 100
BOM = "\ufeff"

_CONFLICT = re.compile(r"^(<{7}( |$)|={7}$|>{7}( |$)|\|{7}( |$))", re.MULTILINE)
# A string in any of TOML's four forms, or else a comment; in this order nothing inside one is taken for the other.
_TOKEN = re.compile(
    r'"""(?:\\.|(?!""")[^\\])*+"{3,5}|\'\'\'(?:(?!\'\'\').)*+\'{3,5}|"(?:\\.|[^"\\\n])*+"|\'[^\'\n]*+\'|(#[^\n]*)',
    re.DOTALL,
)
_DOTTED = re.compile(rf"(?<![\w.-])(?:[\w-]++\s*+\.\s*+){{{DEEPEST}}}")
_ESCAPED = ("\\u", "\\U", "\\b", "\\x", "\\e")


@dataclass
class Reading:
    """What has been read so far."""

    findings: list[Finding] = field(default_factory=list)
    records: dict[str, Record[Any]] = field(default_factory=dict)


def read(snapshot: Snapshot) -> tuple[Library, list[Finding]]:
    """The library in a snapshot, and a finding for all that could not be read or is not where it belongs.

    A file that yields no value never hides the others; the township remembers its path as `unread`.
    """
    reading = Reading()
    items = snapshot.items()
    wanted = [item.path for item in items if is_readable(item, reading.findings)]
    for path, content in snapshot.read(wanted):
        record = read_record(path, content, reading.findings)
        if record is not None:
            reading.records[path] = record
    return _assemble([item.path for item in items if role_of(item.path)], reading), reading.findings


def read_record(path: str, content: bytes, findings: list[Finding]) -> Record[Any] | None:
    """One file's record, or None; what is wrong with it goes to `findings`."""
    text = _decode(path, content, findings)
    if text is None or not _is_parsable(path, text, findings):
        return None
    values = _parse(path, text, findings)
    if values is None:
        return None
    commented = _look_for_comments(path, text, findings)
    if any(mark in text for mark in _ESCAPED):
        _look_for_hidden_values(path, values, (), findings)
    try:
        value = _validate(path, values)
    except ValidationError as error:
        findings += describe(path, values, error, _models(path))
        return None
    return Record(path, value, canonical_text(value) == text.replace("\r\n", "\n"), commented)


def read_quickly(path: str, content: bytes) -> Record[Any] | None:
    """The record of a file as `read_record` gives it, without looking for what is wrong.

    None where it yields no value, and where only `read_record` can say whether it does; nothing is said of its layout.
    """
    try:
        text = content.decode("utf-8")
        if len(content) > LARGEST or _too_deep(text) is not None:
            return None
        return Record(path, _validate(path, toml_rs.loads(text)))
    except ValueError:
        return None


def text_of(content: bytes) -> str:
    """The text that spots count in: decoded, without a byte-order mark; bytes that are not UTF-8 become U+FFFD."""
    return content.decode("utf-8", "replace").removeprefix(BOM)


def is_readable(item: Item, findings: list[Finding]) -> bool:
    """Whether a file belongs where it lies and may be read; says why not."""
    spot = Spot(item.path, None)
    if item.link is not None:
        message = f"这是符号链接（指向 {one_line(item.link)}），清单库只认普通文件；请把文件本身放进来。"
        findings.append(faults.LINK.at(spot, message, item.link))
        return False
    if item.size < 0:
        findings.append(faults.STRAY.at(spot, f"{one_line(item.path.split('/')[-1])} 不是普通文件；请移走。"))
        return False
    if role_of(item.path) is None:
        if item.path.startswith(_CHANGELOG) and not item.path.endswith(".toml"):
            # Reports, and what people put beside their opinions.
            return False
        findings.append(faults.STRAY.at(spot, _why_stray(item.path)))
        return False
    if item.size > LARGEST:
        message = f"文件有 {item.size:,} 字节，超过上限 {LARGEST:,} 字节；请确认是否放错了文件。"
        findings.append(faults.LARGE.at(spot, message))
        return False
    return True


def role_of(path: str) -> str | None:
    """What a file is by its path: duty, or the name of its record in `RECORDS`; None where nothing is known."""
    depth, inside = path.count("/"), path.startswith(f"{DUTIES}/")
    if depth == 3 and inside and path.endswith(".toml"):
        return "duty"
    if path.startswith(_CHANGELOG):
        return _role_in_changelog(path)
    name = path.rpartition("/")[2]
    known = (TOWNSHIP_FILE, LEDGER_FILE) if depth == 2 and inside else ()
    return name if name in known or path in (CATEGORIES_FILE, DEPARTMENTS_FILE) else None


def _role_in_changelog(path: str) -> str | None:
    _, *folders, name = path.split("/")
    if len(folders) == 3 and name.endswith(".toml"):
        return _IN_LEG.get(folders[2])
    return name if _BOOKS.get(name) == len(folders) else None


def _why_stray(path: str) -> str:
    parts = path.split("/")
    name = one_line(parts[-1])
    if parts[0] == CHANGELOG:
        return f"{name} 不是环节的文件；意见放在 opinions，认可放在 decisions，文件名就是编号，请移走。"
    if parts[0] != DUTIES:
        return f"词表文件夹中只放 categories.toml 和 departments.toml，{name} 不属于这里；请移走。"
    if not name.endswith(".toml"):
        return f"{name} 不是事项文件（.toml）；清单库中不放其他文件，请移走。"
    return f"{name} 放在第 {len(parts)} 层；事项文件应放在 duties/乡镇/类别/编号.toml，请移到类别文件夹中。"


_CHANGELOG = f"{CHANGELOG}/"
_BOOKS = {CAMPAIGN_FILE: 1, LEG_FILE: 2}
_IN_LEG = {OPINIONS: "opinion", DECISIONS: "decision"}

RECORDS: dict[str, type[Stored]] = {
    TOWNSHIP_FILE: Township,
    LEDGER_FILE: Ledger,
    "categories.toml": Categories,
    "departments.toml": Departments,
    CAMPAIGN_FILE: Campaign,
    LEG_FILE: Leg,
    "opinion": Opinion,
    "decision": Decision,
}


def _validate(path: str, values: dict[str, Any]) -> Stored:
    record = RECORDS.get(role_of(path) or "")
    return validate(record, values) if record else validate_duty(values)


def _models(path: str) -> tuple[type[Stored], ...]:
    """The records whose fields may stand in a file, for suggestions."""
    record = RECORDS.get(role_of(path) or "")
    return (record,) if record else (*DUTY_KINDS.values(), Section, Basis, Waiver)


def _decode(path: str, content: bytes, findings: list[Finding]) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(text_of(content[: error.start]))
        message = f"不是 UTF-8 编码（第 {error.start + 1} 个字节是 0x{content[error.start]:02X}）；请用 UTF-8 另存。"
        findings.append(faults.ENCODING.at(Spot(path, None, start, start + 1), message))
        return None
    clean = text.removeprefix(BOM)
    if clean != text:
        findings.append(
            faults.MARK.at(
                Spot(path, None),
                "文件开头有字节顺序标记（BOM）；请另存为不带 BOM 的 UTF-8。",
                fix=_whole(path, clean, "去掉 BOM"),
            )
        )
    if "\r\n" in clean:
        spot = Spot(path, None, at := clean.index("\r\n"), at)
        fixed = clean.replace("\r\n", "\n")
        findings.append(
            faults.LINE_ENDS.at(
                spot, "换行是 Windows 格式（CRLF）；请改为 LF。", fix=_whole(path, fixed, "换行改为 LF")
            )
        )
    return clean


def _whole(path: str, text: str, label: str) -> Fix:
    return Fix(label, (Edit(Spot(path, None), text, whole=True),), safe=True)


def _is_parsable(path: str, text: str, findings: list[Finding]) -> bool:
    """Whether the text can be given to the parser; a parser must not be trusted with what would end the process."""
    conflict = _CONFLICT.search(text)
    if conflict and not _inside_string(text, conflict.start()):
        spot = Spot(path, None, conflict.start(), conflict.end())
        message = f"留有 git 冲突标记 {conflict.group().strip()}；请选定一方，删去标记后再提交。"
        findings.append(faults.CONFLICT.at(spot, message))
        return False
    deep = _too_deep(text)
    if deep is not None:
        message = f"括号或点号嵌套超过 {DEEPEST} 层；清单文件不需要嵌套，请检查是否粘贴错了内容。"
        findings.append(faults.NESTING.at(Spot(path, None, deep, deep + 1), message))
        return False
    for found in HIDDEN.finditer(text):
        message = f"含有看不见的控制字符 U+{ord(found.group()):04X}，会改变文字的显示；请删去。"
        findings.append(
            faults.HIDDEN.at(
                Spot(path, None, found.start(), found.end()), message, found.group(), fix=_remove(path, found)
            )
        )
    return True


def _remove(path: str, found: re.Match[str]) -> Fix:
    return Fix("删去该字符", (Edit(Spot(path, None, found.start(), found.end()), ""),))


def _inside_string(text: str, at: int) -> bool:
    return text.count('"""', 0, at) % 2 == 1 or text.count("'''", 0, at) % 2 == 1


def _too_deep(text: str) -> int | None:
    """The offset at which brackets nest too deep, counted only where there are enough of them to do so."""
    if text.count(".") < DEEPEST and text.count("[") + text.count("{") <= DEEPEST:
        return None
    blank = _TOKEN.sub(lambda found: (" " if found.group(1) else "_") * len(found.group()), text)
    dotted = _DOTTED.search(blank)
    if dotted:
        return dotted.start()
    depth = 0
    for found in re.finditer(r"[\[{\]}]", blank):
        depth = depth + 1 if found.group() in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            return found.start()
    return None


def _parse(path: str, text: str, findings: list[Finding]) -> dict[str, Any] | None:
    try:
        return toml_rs.loads(text)
    except toml_rs.TOMLDecodeError:
        pass
    # The position in toml-rs's message is wrong behind Chinese text; tomli's is right.
    import tomli

    from dutylist.store.syntax import explain

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message, start = explain(error.msg, text, error.pos)
        findings.append(faults.SYNTAX.at(Spot(path, None, start, error.pos), message))
    except ValueError:
        findings.append(faults.SYNTAX.at(Spot(path, None), "TOML 语法错误：有一个数字长得无法读取；请改正。"))
    return None


def _look_for_comments(path: str, text: str, findings: list[Finding]) -> bool:
    """Whether there are comments; each is a finding."""
    comments = [found for found in _TOKEN.finditer(text) if found.group(1)] if "#" in text else []
    for found in comments:
        message = "数据文件中的注释在整理时会丢失；请把内容移到 note 字段（乡镇文件中请删去）。"
        findings.append(faults.COMMENT.at(Spot(path, None, *found.span(1)), message, found.group(1)))
    return bool(comments)


def _look_for_hidden_values(path: str, value: Any, at: FieldPath, findings: list[Finding]) -> None:
    """Hidden characters that were written as escapes, which the text itself does not show."""
    if isinstance(value, dict):
        for key, part in value.items():
            _look_for_hidden_values(path, part, (*at, key), findings)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _look_for_hidden_values(path, part, (*at, index), findings)
    elif isinstance(value, str):
        for found in HIDDEN.finditer(value):
            message = f"以转义写法含有控制字符 U+{ord(found.group()):04X}，会改变文字的显示；请删去。"
            spot = Spot(path, at, found.start(), found.end())
            findings.append(faults.HIDDEN.at(spot, message, found.group()))


def _assemble(paths: list[str], reading: Reading) -> Library:
    """The records by township; a township is any folder of `duties/` that holds a file of its own."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        if path.startswith(f"{DUTIES}/"):
            folders.setdefault(path.split("/")[1], []).append(path)
    _look_for_absent({CATEGORIES_FILE: "类别词表", DEPARTMENTS_FILE: "部门词表"}, paths, reading.findings)
    if not folders:
        message = "清单库里没有乡镇；请用 dutylist import 导入清单，或用 dutylist init 新建乡镇。"
        reading.findings.append(faults.EMPTY.at(Spot(DUTIES), message))
    records = reading.records
    townships = tuple(_township(name, inside, records, reading.findings) for name, inside in folders.items())
    return Library(
        townships, records.get(CATEGORIES_FILE), records.get(DEPARTMENTS_FILE), assemble_campaigns(paths, records)
    )


def assemble_campaigns(paths: Iterable[str], records: Mapping[str, Record[Any]]) -> tuple[CampaignFolder, ...]:
    """The campaigns, each with its legs; a leg is any folder that holds a record."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        if path.startswith(_CHANGELOG):
            _, campaign, leg, *_ = path.split("/")
            of = found.setdefault(campaign, {})
            if leg != CAMPAIGN_FILE:
                of.setdefault(leg, []).append(path)
    return tuple(
        CampaignFolder(
            name, records.get(campaign_path(name)), tuple(_leg(name, leg, some, records) for leg, some in legs.items())
        )
        for name, legs in found.items()
    )


def _leg(campaign: str, name: str, paths: list[str], records: Mapping[str, Record[Any]]) -> LegFolder:
    of = {role: [path for path in paths if role_of(path) == role] for role in (LEG_FILE, *_IN_LEG.values())}
    own, opinions, decisions = (tuple(records[path] for path in some if path in records) for some in of.values())
    unread = tuple(path for path in paths if path not in records)
    return LegFolder(campaign, name, own[0] if own else None, opinions, decisions, unread)


def _township(name: str, paths: list[str], records: dict[str, Record[Any]], findings: list[Finding]) -> TownshipFolder:
    duty_paths = [path for path in paths if role_of(path) == "duty"]
    folder = TownshipFolder(
        name,
        records.get(f"{DUTIES}/{name}/{TOWNSHIP_FILE}"),
        records.get(f"{DUTIES}/{name}/{LEDGER_FILE}"),
        tuple(records[path] for path in duty_paths if path in records),
        tuple(path for path in duty_paths if path not in records),
    )
    _look_for_absent({folder.path: "乡镇信息和所报总数", folder.ledger_path: "编号台账"}, paths, findings)
    return folder


def _look_for_absent(needed: dict[str, str], paths: Iterable[str], findings: list[Finding]) -> None:
    for path, what in needed.items():
        if path not in paths:
            message = f"缺少 {path.split('/')[-1]}（{what}）；请从 git 恢复，新建的可用 dutylist init 生成。"
            findings.append(faults.ABSENT.at(Spot(path), message))
