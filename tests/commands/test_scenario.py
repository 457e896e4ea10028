"""One change to the real library at a time: `compare` tells exactly that change, forwards and backwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command import run
from dutylist.model.change import Burden, ChangeKind
from stages import CHANNELS, CLAUSES, LEDGER, OLD_AGE, RESCUE, TOWNSHIP, WATER, Stage, base, copied, told

TOWN = "township_responsibilities"
SUPERIOR = "superior_responsibilities"
WATERWORKS, POLICE = "阿图什市水利局", "阿图什市公安局"
NEXT = "azk-0263"
VOCABULARY = "schema/vocabulary"
WORKS = {"department": "市水利局", "clauses": ["制定工程管护机制；", "监督水费征收工作；", "公布水质监测结果。"]}
GUARD = {"department": "市公安局", "text": "依法查处破坏供水设施的行为。"}
LAW = {"title": "《中华人民共和国突发事件应对法》", "article": "第二十六条"}


def works(*clauses: str, **changes: Any) -> dict[str, Any]:
    return WORKS | {"clauses": list(clauses)} | changes


def town(*clauses: str) -> Callable[[Stage], object]:
    """The township's part of the known duty, rewritten."""
    return water(**{TOWN: [{"clauses": list(clauses)}]})


def superior(*sections: dict[str, Any]) -> Callable[[Stage], object]:
    return water(**{SUPERIOR: list(sections)})


def water(**changes: Any) -> Callable[[Stage], object]:
    return lambda stage: stage.edit(WATER, **changes)


def rescue(**changes: Any) -> Callable[[Stage], object]:
    return lambda stage: stage.edit(RESCUE, **changes)


def revised(at: int, old: str, new: str) -> Callable[[Stage], object]:
    """One clause of the township, one word of it replaced."""
    assert old in CLAUSES[at]
    return town(*CLAUSES[:at], CLAUSES[at].replace(old, new), *CLAUSES[at + 1 :])


def command(*arguments: str) -> Callable[[Stage], object]:
    return lambda stage: stage.do(*arguments)


def swap(path: str, old: str, new: str) -> Callable[[Stage], object]:
    return lambda stage: stage.swap(path, old, new)


def into_folder(name: str) -> Callable[[Stage], object]:
    def move(stage: Stage) -> None:
        path = stage.path(WATER)
        path.rename(path.parents[1] / name / path.name)

    return move


def windows(stage: Stage) -> None:
    path = stage.path(WATER)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def as_first(stage: Stage) -> None:
    stage.edit(WATER, position=1)


def reclaim(stage: Stage) -> None:
    """The duty's file written anew as one of the other list, at the same position."""
    text = stage.path(WATER).read_text("utf-8")
    position = next(line for line in text.splitlines() if line.startswith("position"))
    stage.path(WATER).write_text(
        f'id = "{WATER}"\nkind = "reclaimed"\n{position}\nname = "农村供水保障工作"\n'
        f'receiving_departments = [\n  "{WATERWORKS}",\n]\n\n[[takeover]]\ntext = "负责供水。"\n',
        "utf-8",
    )


def declares(stage: Stage) -> None:
    stage.swap(TOWNSHIP, "supporting = { duties = ", "supporting = { duties = 9")


def kept(at: int) -> tuple[str, ...]:
    return CLAUSES[:at] + CLAUSES[at + 1 :]


def books(*paragraphs: int) -> list[str]:
    """What a command puts right in the preface, by the paragraphs of its last section, and in the totals."""
    lists = [f"preface-revised wording preface[2].paragraphs[{at}]" for at in paragraphs]
    return ["preface-revised wording preface[1].paragraphs[0]", *lists, "declared-revised wording declared"]


NEW_DUTY = ("new", "--kind", "basic", "--category", "应急管理及消防", "--name", "做好避难场所管护")

SCENES: dict[str, tuple[Callable[[Stage], object], list[str]]] = {
    "a clause put first": (
        town("开展河道清淤；", *CLAUSES),
        [f"clause-added substantive {WATER} {TOWN}[0].clauses[0] heavier BU003"],
    ),
    "a clause appended": (
        town(*CLAUSES[:4], "做好节约用水宣传；", "开展河道清淤。"),
        [
            f"clause-revised wording {WATER} {TOWN}[0].clauses[4]",
            f"clause-added substantive {WATER} {TOWN}[0].clauses[5] heavier BU003",
        ],
    ),
    "a clause removed": (
        town(*kept(3)),
        [f"clause-removed substantive {WATER} {TOWN}[0].clauses[3] lighter BU003"],
    ),
    "a clause moved in its section": (
        town(*CLAUSES[1:4], CLAUSES[0], CLAUSES[4]),
        [f"clause-moved wording {WATER} {TOWN}[0].clauses[3]"],
    ),
    "a clause moved to another department": (
        superior(
            works("制定工程管护机制；", "公布水质监测结果。"),
            GUARD | {"clauses": ["监督水费征收工作；"]},
        ),
        [f"clause-moved substantive {WATER} {SUPERIOR}[1].clauses[0]"],
    ),
    "a clause handed to the township": (
        water(
            **{
                SUPERIOR: [works("制定工程管护机制；", "公布水质监测结果。"), GUARD],
                TOWN: [{"clauses": ["监督水费征收工作；", *CLAUSES]}],
            }
        ),
        [f"clause-moved substantive {WATER} {TOWN}[0].clauses[0] heavier BU003"],
    ),
    "helps becomes bears": (
        revised(0, "协助", "负责"),
        [f"clause-revised substantive {WATER} {TOWN}[0].clauses[0] heavier BU004"],
    ),
    "a deadline shortened": (
        revised(1, "15日内", "7日内"),
        [f"clause-revised substantive {WATER} {TOWN}[0].clauses[1] heavier BU006"],
    ),
    "more often": (
        revised(2, "2次", "4次"),
        [f"clause-revised substantive {WATER} {TOWN}[0].clauses[2] heavier BU005"],
    ),
    "a clause of a department revised": (
        superior(works("制定供水工程管护机制；", *WORKS["clauses"][1:]), GUARD),
        [f"clause-revised substantive {WATER} {SUPERIOR}[0].clauses[0]"],
    ),
    "a text revised": (
        superior(WORKS, GUARD | {"text": "依法查处破坏供水管道的行为。"}),
        [f"text-revised substantive {WATER} {SUPERIOR}[1].text"],
    ),
    "a section added": (
        superior(WORKS, GUARD, {"department": "市财政局", "text": "保障维修经费。"}),
        [f"section-added substantive {WATER} {SUPERIOR}[2]"],
    ),
    "a section removed": (superior(WORKS), [f"section-removed substantive {WATER} {SUPERIOR}[1]"]),
    "a section moved": (superior(GUARD, WORKS), [f"section-moved wording {WATER} {SUPERIOR}[0]"]),
    "two departments swapped": (
        water(superior_departments=[POLICE, WATERWORKS]),
        [f"department-reordered wording {WATER} superior_departments"],
    ),
    "a department joined": (
        water(superior_departments=[WATERWORKS, POLICE, "阿图什市财政局"]),
        [f"department-joined substantive {WATER} superior_departments[2]"],
    ),
    "a department left": (
        water(superior_departments=[WATERWORKS]),
        [f"department-left substantive {WATER} superior_departments[1]"],
    ),
    "a department respelt": (
        water(superior_departments=["市水利局", POLICE]),
        [f"department-respelt wording {WATER} superior_departments[0]"],
    ),
    "reclassified by hand": (reclaim, [f"reclassified substantive {WATER} kind lighter BU002"]),
    "reclassified by command": (
        command("move", WATER, "--kind", "reclaimed", "--department", WATERWORKS),
        [
            *books(1, 2),
            f"reclassified substantive {WATER} kind lighter BU002",
        ],
    ),
    "handed down": (
        command("move", OLD_AGE, "--kind", "supporting", "--support", "协助追缴高龄津贴。"),
        [
            *books(1, 2),
            f"reclassified substantive {OLD_AGE} kind heavier BU002",
        ],
    ),
    "now borne by the township alone": (
        command("move", WATER, "--kind", "basic"),
        [
            *books(0, 1),
            f"reclassified substantive {WATER} kind heavier BU002",
        ],
    ),
    "another folder": (into_folder("自然资源"), [f"recategorised wording {WATER}"]),
    "put first": (as_first, [f"reordered wording {WATER} position"]),
    "renamed": (water(name="城乡供水保障工作"), [f"renamed substantive {WATER} name"]),
    "a basis added": (
        rescue(basis=[LAW, {"title": "《生产安全事故应急条例》"}]),
        [f"basis-added substantive {RESCUE} basis[1]"],
    ),
    "a basis removed": (rescue(basis=[]), [f"basis-removed substantive {RESCUE} basis[0]"]),
    "a basis revised": (
        rescue(basis=[LAW | {"article": "第三十九条"}]),
        [f"basis-revised substantive {RESCUE} basis[0]"],
    ),
    "a note": (rescue(note="待核"), [f"annotation-revised wording {RESCUE} note"]),
    "a waiver": (
        rescue(waivers=[{"code": "TX001", "reason": "原文如此"}]),
        [f"annotation-revised wording {RESCUE} waivers"],
    ),
    "the preface": (
        swap(TOWNSHIP, "逐项整合凝练", "逐项整合"),
        ["preface-revised wording preface[1].paragraphs[0]"],
    ),
    "the declared totals": (declares, ["declared-revised wording declared"]),
    "who the township is": (
        swap(TOWNSHIP, 'published = "2025-07"', 'published = "2025-08"'),
        ["township-revised wording published"],
    ),
    "the last number given out": (
        swap(LEDGER, "next = ", "next = 9"),
        ["township-revised wording next"],
    ),
    "a department of the vocabulary": (
        swap(f"{VOCABULARY}/departments.toml", '  "市供电公司",\n', ""),
        ["vocabulary-revised wording departments"],
    ),
    "a category of the vocabulary": (
        swap(f"{VOCABULARY}/categories.toml", "categories = [\n", 'categories = [\n  "民族宗教",\n'),
        ["vocabulary-revised wording categories"],
    ),
    "Windows line ends": (windows, [f"layout layout {WATER}"]),
    "the last position is another number": (
        lambda stage: stage.edit("azk-0095", position=99999),
        ["layout layout azk-0095 position"],
    ),
    "half-width punctuation": (
        revised(3, "，", ","),
        [f"layout layout {WATER} {TOWN}[0].clauses[3]"],
    ),
    "a new duty": (command(*NEW_DUTY), [*books(0), f"added substantive {NEXT} heavier BU001"]),
    "a retired duty": (
        command("retire", RESCUE, "--reason", "职能划转"),
        [*books(0), f"retired substantive {RESCUE} lighter BU001"],
    ),
    "two duties merged": (
        command("merge", WATER, CHANNELS, "--into", CHANNELS, "--reason", "同属供水"),
        [
            *books(1),
            f"merged substantive {WATER}",
            f"department-joined substantive {CHANNELS} superior_departments[1]",
            f"section-added substantive {CHANNELS} {SUPERIOR}[1]",
            f"section-added substantive {CHANNELS} {SUPERIOR}[2]",
            f"section-added substantive {CHANNELS} {TOWN}[1]",
        ],
    ),
    "a duty split": (
        command("split", WATER, "--keep", "--into", "水费征收", "--reason", "分别考核"),
        [*books(1), f"split substantive {NEXT}"],
    ),
}


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The library before anything happens."""
    return base(tmp_path_factory.mktemp("start"))


@pytest.fixture
def stage(start: Stage, tmp_path: Path) -> Stage:
    """A copy of it to change."""
    return copied(start, tmp_path)


def test_every_kind_is_played() -> None:
    assert {line.split()[0] for _, lines in SCENES.values() for line in lines} == {kind.value for kind in ChangeKind}


def mirrored(line: str) -> tuple[str, ...]:
    """Kind, weight, duty and burden of a line of `told`, read backwards; the field is that of the other side."""
    kind, weight, *others = line.split()
    at = next((at for at, word in enumerate(others) if word in set(Burden)), len(others))
    burden = (Burden(others[at]).mirror.value, others[at + 1]) if at < len(others) else ()
    return ChangeKind(kind).facts.mirror.value, weight, *others[: min(at, 1)], *burden


def without_field(line: str) -> tuple[str, ...]:
    return mirrored(" ".join(mirrored(line)))


@pytest.mark.parametrize("name", SCENES)
def test_scene(name: str, stage: Stage) -> None:
    act, expected = SCENES[name]
    act(stage)
    uncommitted = stage.compare()
    assert told(uncommitted) == expected
    stage.commit()
    forwards, backwards = stage.compare("HEAD~1", "HEAD"), stage.compare("HEAD..HEAD~1")
    assert without_sides(forwards) == without_sides(uncommitted)
    assert sorted(map(mirrored, expected)) == sorted(map(without_field, told(backwards)))
    for compared in (forwards, backwards):
        assert all(row["closes"] for row in compared["account"])
    assert stage.compare("HEAD")["changes"] == []
    rules = {words[-1] for line in expected if (words := line.split())[-2] == "heavier"}
    for form in ("text", "markdown", "html") if rules else ():
        done = run(stage.root, "compare", "HEAD~1", "--format", form)
        assert done.code == 0
        assert all(rule in done.out for rule in rules), form


def without_sides(compared: Any) -> Any:
    """All but what the sides are called and where the lines are found."""
    return {key: value for key, value in compared.items() if key not in ("before", "after")}
