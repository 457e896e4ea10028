"""A loaded document as a library: ids in printed order, ledger, and vocabularies that know its words."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import ValidationError

from dutylist.document.loaded import Loaded, Row
from dutylist.document.naming import UNCATEGORISED, merged_categories, with_unknown
from dutylist.errors import DutyListError, UsageError
from dutylist.model.duty import AnyDuty, Kind, departments_of
from dutylist.model.library import CATEGORIES_FILE, DEPARTMENTS_FILE, Library, TownshipFolder, duty_path, make_id
from dutylist.model.record import Record
from dutylist.model.text import HIDDEN, one_line, shorten
from dutylist.model.township import Ledger, Township, last_entry
from dutylist.model.validation import validate, validate_duty
from dutylist.model.vocabulary import Categories, Departments

STEP = 10
LONGEST_FOLDER_NAME = 60


def to_library(loaded: Loaded, prefix: str, code: str, categories: Categories, departments: Departments) -> Library:
    """The document as a library of one township.

    Ids run from `prefix-0001` in printed order. `categories` and `departments` are what is known already: their entries
    stay, new words are put in beside them. Raises a `DutyListError` where the document does not name its township or a
    name cannot be a folder's, a `UsageError` for a malformed prefix or code.
    """
    township = _township(loaded, prefix, code)
    folder = _folder_name(loaded.name, "乡镇名称")
    duties = [*_duties(loaded.rows, folder, prefix)]
    last = duties[-1].value
    ledger = Ledger(next=len(duties) + 1, last=last_entry(last.id, last.name))
    bare = TownshipFolder(folder, None, None, ())
    names = (name for record in duties for name in departments_of(record.value))
    return Library(
        (
            TownshipFolder(
                folder,
                Record(bare.path, township),
                Record(bare.ledger_path, ledger),
                tuple(sorted(duties, key=lambda record: os.fsencode(record.path))),
            ),
        ),
        Record(CATEGORIES_FILE, merged_categories(categories, map(_categories, loaded.rows.values()))),
        Record(DEPARTMENTS_FILE, with_unknown(departments, names, loaded.county)),
    )


def _categories(rows: Sequence[Row]) -> list[str]:
    return [row.category or UNCATEGORISED for row in rows]


def _township(loaded: Loaded, prefix: str, code: str) -> Township:
    if not loaded.name or not loaded.county or not loaded.province:
        raise DutyListError("文档标题中没有写全省、县和乡镇的名称。", "请在标题中补上，或在导入时指明。")
    try:
        return validate(
            Township,
            {
                "name": loaded.name,
                "code": code,
                "prefix": prefix,
                "county": loaded.county,
                "prefecture": loaded.prefecture or None,
                "province": loaded.province,
                "title": loaded.title,
                "published": loaded.published or None,
                "preface": loaded.preface,
                "declared": loaded.declared,
            },
        )
    except ValidationError as error:
        message = f"编号前缀“{one_line(prefix)}”或区划代码“{one_line(code)}”不合要求。"
        raise UsageError(message, "前缀用 2 到 10 个小写字母或数字、以字母开头，如 azk；代码是九位数字。") from error


def _duties(rows: Mapping[Kind, Sequence[Row]], folder: str, prefix: str) -> Iterable[Record[AnyDuty]]:
    """The duties in printed order, with ids and positions."""
    number = 0
    for kind in Kind:
        places: Counter[str] = Counter()
        for row in rows.get(kind, ()):
            number += 1
            category = _folder_name(row.category or UNCATEGORISED, "事项类别")
            places[category] += STEP
            own = {"id": make_id(prefix, number), "kind": kind, "position": places[category]}
            duty = validate_duty(own | dict(row.fields))
            yield Record(duty_path(folder, category, duty.id), duty)


def _folder_name(text: str, what: str) -> str:
    """`text` if every system can have a folder of that name."""
    is_bad = set(text) & set('/\\<>:"|?*') or HIDDEN.search(text) or "\n" in text or text.strip(" .") != text
    if is_bad or len(text) > LONGEST_FOLDER_NAME:
        message = f"{what}“{shorten(one_line(text), 30)}”不能用作文件夹名。"
        raise DutyListError(message, f"请去掉其中的符号和首尾的空格，不超过 {LONGEST_FOLDER_NAME} 个字。")
    return text
