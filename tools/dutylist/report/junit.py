"""Findings as JUnit XML: a test case a file, failed where a finding reaches the threshold."""

from dataclasses import dataclass

from dutylist.model.finding import Finding
from dutylist.report.plain import plain
from dutylist.report.template import render
from dutylist.report.views import Checked, FileFindings
from dutylist.report.words import headline, notes, weight


@dataclass(frozen=True, slots=True)
class Case:
    """One file: `failures` make it red, `remarks` are only told."""

    folder: str
    name: str
    path: str
    failures: list[str]
    remarks: list[str]

    @property
    def message(self) -> str:
        """What a list of failed cases shows of this one."""
        count = len(self.failures)
        return self.failures[0] if count == 1 else f"{count} 个问题，第一个：{self.failures[0]}"


def write(view: Checked) -> str:
    """One suite; where nothing is shown, one case that passes and says how much was checked."""
    cases = [_case(view, file) for file in view.files]
    return render(
        "junit.xml.j2",
        cases=cases or [Case("duties", headline(view.summary), "", [], [])],
        tests=max(1, len(cases)),
        failed=sum(bool(case.failures) for case in cases),
    )


def _case(view: Checked, file: FileFindings) -> Case:
    path = plain(view.root + file.path)
    folder, _, name = path.rpartition("/")
    failing = [finding for finding in file.findings if view.fails(finding)]
    others = [finding for finding in file.findings if not view.fails(finding)]
    return Case(folder, name, path, [_told(finding) for finding in failing], [_told(finding) for finding in others])


def _told(finding: Finding) -> str:
    """A finding on one line; what is to be done follows the message."""
    place = finding.place
    said = "　".join([plain(finding.message), *notes(finding)])
    return f"{place.line}:{place.column} {weight(finding)} {plain(finding.code)} {said}"
