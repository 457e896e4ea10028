"""Judges the files of a sealed leg: each is what the seal says, or is named, with what became of it since when."""

from collections.abc import Iterator, Mapping

from dutylist.consult.seal import differs, from_list, is_own
from dutylist.model import consultation_faults as faults
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.model.finding import Finding, Spot
from dutylist.model.sealing import Touch, Witness
from dutylist.model.text import one_line

_REMOVED = "被删去"


def changed_files(one: Witness) -> Iterator[Finding]:
    """What in the leg's folder is not as it was sealed."""
    yield from _leg_file(one)
    for path, what in _compared(_expected(one), _own(one.files)).items():
        message = f"{one.leg.title} 已经封存，{one_line(path)} {what}{_since(one, path)}"
        yield _changed(one, path, what, message)
    for path, what in _compared(_expected_reports(one), _reports(one.files)).items():
        message = f"{one.leg.title} 封存的报告 {path} {what}{_since(one, path)}；请从 git 恢复。"
        yield faults.REPORT_DIFFERS.at(Spot(f"{one.leg.folder}/{path}"), message, path)


def sealed_otherwise(one: Witness) -> bool:
    """Whether the commit that brought the seal has itself other files than the seal lists."""
    return bool(_compared(_expected(one), _own(one.sealed_files)))


def _leg_file(one: Witness) -> Iterator[Finding]:
    if one.files.get(LEG_FILE) != one.sealed_files.get(LEG_FILE):
        lost = LEG_FILE in one.files and one.now is None
        what = "里的封存没有了，或者读不出来" if lost else "改动过" if LEG_FILE in one.files else _REMOVED
        yield _changed(one, LEG_FILE, what, f"{one.leg.title} 已经封存，{LEG_FILE} {what}{_since(one, LEG_FILE)}")


def _changed(one: Witness, path: str, what: str, message: str) -> Finding:
    spot = Spot(f"{one.leg.folder}/{path}")
    return faults.FILE_CHANGED.at(spot, f"{message}；请从 git 恢复，要更正的写在下一个环节。", path, what)


def _compared(expected: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    """What became of each file that is not as expected, by path."""
    found = {}
    for path in sorted(expected.keys() | there.keys()):
        if path not in there:
            found[path] = _REMOVED
        elif path not in expected:
            found[path] = "是封存之后增加的"
        elif differs(expected[path], there[path]):
            found[path] = "改动过"
    return found


def _expected(one: Witness) -> dict[str, str]:
    return from_list(one.seal.files)


def _own(files: Mapping[str, str]) -> dict[str, str]:
    return {path: digest for path, digest in files.items() if is_own(path)}


def _expected_reports(one: Witness) -> dict[str, str]:
    """The digests of the reports; a leg that must have them and says nothing of them has lost them."""
    if one.seal.reports:
        return {name: getattr(one.seal.reports, form) for form, name in REPORTS.items()}
    return {} if one.is_imported else dict.fromkeys(REPORTS.values(), "（没有摘要）")


def _reports(files: Mapping[str, str]) -> dict[str, str]:
    return {name: files[name] for name in REPORTS.values() if name in files}


def _since(one: Witness, path: str) -> str:
    early = {
        **_compared(_expected(one), _own(one.sealed_files)),
        **_compared(_expected_reports(one), _reports(one.sealed_files)),
    }
    touch = one.brought if path in early else one.touched.get(path)
    return f"（{_when(touch)}）" if touch else ""


def _when(touch: Touch) -> str:
    if touch.commit is None:
        return "当前文件，尚未提交"
    return f"自 {touch.date[:10]} {one_line(touch.author)} 的提交 {touch.commit[:10]} 起"
