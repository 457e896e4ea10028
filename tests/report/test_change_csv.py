"""Changes for spreadsheets: a row each, and no formula."""

import csv
import io

from comparisons import ATTACKS, comparison, view
from dutylist.report.change_formats import write
from dutylist.report.plain import plain


def test_csv_has_a_row_for_each_change_and_no_formula() -> None:
    written = write("csv", view())
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert written.startswith("\ufeff")
    assert list(rows[0])[:2] == ["序号", "原序号"]
    assert [row["指纹"] for row in rows] == [one.fingerprint for one in comparison().changes]
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []
    assert [row["事项"].removeprefix("'") for row in rows[-len(ATTACKS) :]] == list(map(plain, ATTACKS))
