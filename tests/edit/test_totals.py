"""What a township declares, in figures and in prose, follows the duties by the difference."""

from typing import Any

from build import TOWNSHIP, duty
from dutylist.edit.totals import follow
from dutylist.model.canonical import values_of
from dutylist.model.duty import AnyDuty
from dutylist.model.library import CATEGORIES_FILE, Library, duty_path
from dutylist.model.record import Record
from dutylist.model.township import Township
from dutylist.model.validation import validate
from dutylist.model.vocabulary import Categories

LIBRARY = Library((), Record(CATEGORIES_FILE, Categories(categories=("党的建设", "经济发展", "民生服务"))))


def record(number: int, category: str, **more: Any) -> Record[AnyDuty]:
    duty_id = f"ex-{number:04d}"
    return Record(duty_path(TOWNSHIP, category, duty_id), duty(id=duty_id, **more))


def township(paragraph: str, **basic: int) -> Township:
    return validate(
        Township,
        {
            "name": TOWNSHIP,
            "code": "123456789",
            "prefix": "ex",
            "county": "示例市",
            "province": "示例省",
            "title": "示例市示例镇履职事项清单",
            "preface": [{"heading": "说明", "paragraphs": [paragraph]}],
            "declared": {
                "duties": basic["duties"],
                "basic": basic,
                "supporting": {"duties": 0},
                "reclaimed": {"duties": 0},
            },
        },
    )


def after(before: Township, was: list[Record[AnyDuty]], now: list[Record[AnyDuty]]) -> tuple[str, dict[str, Any]]:
    """The paragraph and the basic list's figures when the duties have changed."""
    result = follow(before, LIBRARY, was, now)
    return result.preface[0].paragraphs[0], values_of(result.declared.basic)


FIRST, LAST = record(1, "党的建设"), record(2, "民生服务")
MIDDLE = record(3, "经济发展")


def test_a_new_category_is_listed_in_its_order() -> None:
    text = "基本履职事项清单主要包括党的建设、民生服务2个类别，共有基本履职事项2项。"
    assert after(township(text, duties=2, categories=2), [FIRST, LAST], [FIRST, LAST, MIDDLE]) == (
        "基本履职事项清单主要包括党的建设、经济发展、民生服务3个类别，共有基本履职事项3项。",
        {"duties": 3, "categories": 3},
    )


def test_a_category_that_is_gone_is_no_longer_listed() -> None:
    text = "基本履职事项清单主要包括党的建设、民生服务2个类别，共有基本履职事项2项。"
    assert after(township(text, duties=2, categories=2), [FIRST, LAST], [LAST]) == (
        "基本履职事项清单主要包括民生服务1个类别，共有基本履职事项1项。",
        {"duties": 1, "categories": 1},
    )


def test_figures_that_were_published_wrong_stay_as_wrong() -> None:
    text = "基本履职事项清单主要包括党的建设、应急管理20个类别，共有基本履职事项7项。"
    assert after(township(text, duties=9, categories=20), [FIRST, LAST], [FIRST, LAST, MIDDLE]) == (
        "基本履职事项清单主要包括党的建设、应急管理、经济发展21个类别，共有基本履职事项7项。",
        {"duties": 10, "categories": 21},
    )


def test_other_numbers_in_the_prose_are_left_alone() -> None:
    text = "距市区2公里，下辖2个村，现有2个类别的企业。履职事项2项。"
    assert after(township(text, duties=2), [FIRST, LAST], [FIRST, LAST, MIDDLE]) == (
        "距市区2公里，下辖2个村，现有2个类别的企业。履职事项3项。",
        {"duties": 3},
    )


def test_where_nothing_counted_changes_the_township_is_the_same() -> None:
    before = township("履职事项2项。", duties=2, categories=2)
    moved = record(1, "党的建设", position=15)
    assert follow(before, LIBRARY, [FIRST, LAST], [moved, LAST]) is before
