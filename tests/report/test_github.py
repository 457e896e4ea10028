"""Workflow commands, read the way the runner reads them."""

from dutylist.model.finding import Place, Spot
from dutylist.report import github
from dutylist.report.plain import plain
from findings import DUTY, SAMPLES, finding, hostile_view, view

Command = tuple[str, dict[str, str], str]


def commands(written: str) -> list[Command]:
    """Every command as (name, properties, message): a line that begins with `::`; the next `::` ends its properties."""
    return [_command(line) for line in written.splitlines() if line.lstrip().startswith("::")]


def _command(line: str) -> Command:
    head, _, data = line.lstrip()[2:].partition("::")
    name, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return name, {key: _decoded(value) for key, value in pairs}, _decoded(data)


def _decoded(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_each_finding_is_exactly_one_command_whatever_it_says() -> None:
    view_of_attacks = hostile_view()
    written = github.write(view_of_attacks)
    read = commands(written)
    assert len(read) == len(view_of_attacks.findings) == written.count("\n") - 1
    assert {name for name, _, _ in read} == {"error", "notice"}
    for found, (_, properties, data) in zip(view_of_attacks.findings, read, strict=True):
        assert list(properties) == ["file", "line", "col", "endLine", "endColumn", "title"]
        assert properties["file"] == plain(found.spot.path)
        assert data.split("\n")[0] == plain(found.message)


def test_severities_waivers_and_titles() -> None:
    assert [(name, properties["title"]) for name, properties, _ in commands(github.write(view(*SAMPLES)))] == [
        ("warning", "TO001 总数不符"),
        ("error", "RF004 部门名称不标准"),
        ("notice", "TX001 半角标点"),
    ]
    name, properties, data = commands(github.write(view(*SAMPLES, show_waived=True)))[0]
    assert (name, properties["title"]) == ("notice", "TO002（已豁免）")
    assert data.endswith("\n豁免理由：公开发布的原文如此，待下一次动态调整更正。")


def test_columns_are_left_out_where_a_range_has_several_lines() -> None:
    several = finding(place=Place(2, 3, 4, 1))
    assert list(commands(github.write(view(several)))[0][1]) == ["file", "line", "endLine", "title"]


def test_paths_count_from_the_repository() -> None:
    written = github.write(view(finding(spot=Spot(DUTY, None)), root="清单/"))
    assert commands(written)[0][1]["file"] == f"清单/{DUTY}"
