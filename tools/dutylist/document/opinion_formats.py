"""The formats of the table of opinions, and how its files are decoded."""

import codecs

from dutylist.document import opinion_csv, opinion_markdown
from dutylist.document.loaded import Notebook
from dutylist.document.opinions import Sheet, TableFormat, sheet_of
from dutylist.errors import DutyListError, UsageError
from dutylist.model.note import What
from dutylist.model.text import one_line

FORMATS = {
    "markdown": TableFormat(".md", opinion_markdown.dump, opinion_markdown.grids),
    "csv": TableFormat(".csv", opinion_csv.dump, opinion_csv.grids),
}


def format_of(name: str) -> TableFormat:
    """The format of a file, by how its name ends."""
    chosen = next((form for form in FORMATS.values() if name.lower().endswith(form.suffix)), None)
    if chosen is None:
        known = "、".join(form.suffix for form in FORMATS.values())
        raise UsageError(f"不认识 {one_line(name)} 的格式。", f"现在能导入的意见表以 {known} 结尾。")
    return chosen


def load(name: str, content: bytes) -> Sheet:
    """The table in a file. Raises a `DutyListError` where it is no text, or has no table of opinions."""
    chosen = format_of(name)
    notebook = Notebook()
    return sheet_of(chosen.grids(_decoded(name, content, notebook), notebook), notebook)


def _decoded(name: str, content: bytes, notebook: Notebook) -> str:
    """The text of a file: UTF-8, else as spreadsheets in China save it, which is noted."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide or b"\0" not in content:
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding != "utf-8-sig":
                notebook.at(one_line(name)).add(What.GUESSED, f"不是 UTF-8，按 {encoding.upper()} 解码")
            return text
    raise DutyListError(f"{one_line(name)} 不是文字文件，或者编码不认识。", "请另存为 CSV UTF-8 后再导入。")
