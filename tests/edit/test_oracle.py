"""deepdiff as an independent witness: a verb tells of every file that it changes, and of no other."""

from collections.abc import Callable
from typing import Any

import pytest
from deepdiff import DeepDiff

from build import duty_text, files, library_of
from dutylist.edit.duties import Edited, Why, merge, move, new, retire, split
from dutylist.edit.positions import Slot
from dutylist.model.canonical import canonical_text, values_of
from dutylist.model.duty import Kind
from dutylist.model.library import Library, TownshipFolder
from dutylist.store.read import read
from dutylist.store.snapshot import Memory
from dutylist.store.write import write

HOME = "duties/示例镇/党的建设"
WHY = Why("同属一个流程", None)


def library() -> Library:
    """Three duties, the last one supporting."""
    some = {
        f"{HOME}/ex-0002.toml": duty_text(id="ex-0002", position=20, name="做好普查工作"),
        f"{HOME}/ex-0003.toml": duty_text(id="ex-0003", kind="supporting", name="农村供水"),
    }
    return library_of(files(some))[0]


def values(of: Library) -> dict[str, Any]:
    """Every file's values by its path."""
    return {record.path: values_of(record.value) for record in of.records()}


VERBS: dict[str, Callable[[Library, TownshipFolder], Edited]] = {
    "new": lambda of, here: new(of, here, Kind.BASIC, "经济发展", {"name": "做好招商工作"}, {}, Slot()),
    "new between": lambda of, here: new(of, here, Kind.BASIC, "党的建设", {"name": "甲"}, {}, Slot(after="ex-0001")),
    "move": lambda of, here: move(of, here, here.by_id["ex-0003"], "经济发展", Kind.RECLAIMED, {}),
    "merge": lambda of, here: merge(
        of, here, [here.by_id["ex-0001"], here.by_id["ex-0002"]], here.by_id["ex-0001"], None, WHY
    ),
    "split": lambda of, here: split(of, here, here.by_id["ex-0003"], ["甲事项", "乙事项"], False, WHY),
    "retire": lambda of, here: retire(of, here, [here.by_id["ex-0002"]], WHY),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_every_difference_is_told(verb: Callable[[Library, TownshipFolder], Edited]) -> None:
    before = library()
    edited = verb(before, before.townships[0])
    contents = dict(write(before).files)
    for path, (_, now) in edited.changes().items():
        if now is None:
            contents.pop(path)
        else:
            contents[path] = canonical_text(now).encode()
    after = read(Memory(contents))[0]
    seen = DeepDiff(values(before), values(after), threshold_to_diff_deeper=0, view="tree")
    paths = {level.path(output_format="list")[0] for kind in seen.values() for level in kind}
    assert paths == set(edited.changes())
