"""What holds of any two revisions: backwards is the mirror, the account closes, nothing is left untold."""

import random
from dataclasses import replace
from typing import Any

from deepdiff import DeepDiff
from hypothesis import given
from hypothesis import strategies as st

from dutylist.compare.runner import compare
from dutylist.model.canonical import values_of
from dutylist.model.change import Change, ChangeKind, Comparison, Site, Weight
from dutylist.model.library import Library, category_of
from dutylist.model.rank import rank_of
from revisions import revisions
from strategies import libraries

TURNED = {"=": "=", "-": "+", "+": "-"}
# What a duty's place says, its number does not tell again.
PLACED = {ChangeKind.RECATEGORISED, ChangeKind.RECLASSIFIED, ChangeKind.REORDERED}


@given(st.one_of(libraries(), revisions().map(lambda pair: pair[0])))
def test_a_library_does_not_differ_from_itself(library: Library) -> None:
    compared = compare(library, library)
    assert (compared.changes, compared.renumbering, compared.successions) == ((), (), ())


def told(change: Change) -> tuple[Any, ...]:
    """What a change says, whichever order its pieces were found in."""
    sites = sorted(change.sites, key=repr)
    return (
        change.kind,
        change.weight,
        change.burden,
        change.rule,
        change.duty,
        change.before,
        change.after,
        sites,
        sorted(change.diff),
        change.number_before,
        change.number_after,
    )


def turned(change: Change) -> Change:
    """The change as it is told of the sides the other way round."""
    return replace(
        change,
        kind=change.kind.facts.mirror,
        burden=change.burden.mirror,
        before=change.after,
        after=change.before,
        sites=tuple(Site(site.duty, site.after, site.before) for site in change.sites),
        diff=tuple((TURNED[sign], text) for sign, text in change.diff),
        number_before=change.number_after,
        number_after=change.number_before,
    )


def every(changes: Any) -> list[str]:
    return sorted(repr(told(change)) for change in changes)


@given(revisions())
def test_backwards_is_the_mirror(pair: tuple[Library, Library]) -> None:
    before, after = pair
    forwards, backwards = compare(before, after), compare(after, before)
    assert every(map(turned, forwards.changes)) == every(backwards.changes)


@given(revisions())
def test_the_account_closes(pair: tuple[Library, Library]) -> None:
    before, after = pair
    compared = compare(before, after)
    assert [row for row in compared.account if not row.closes] == []
    for column, library in (("before", before), ("after", after)):
        for row in compared.account:
            records = [
                record
                for _, record in library.duties()
                if record.value.kind is row.kind and row.category in (None, category_of(record.path))
            ]
            assert getattr(row, column) == len(records), row


@given(revisions())
def test_the_account_says_what_the_changes_say(pair: tuple[Library, Library]) -> None:
    """The columns that no event nets count the changes of their kind, list by list."""
    compared = compare(*pair)
    for column, kind in (("added", ChangeKind.ADDED), ("retired", ChangeKind.RETIRED)):
        booked = sum(getattr(row, column) for row in compared.account if row.category is None)
        assert booked == sum(change.kind is kind for change in compared.changes)


def covers(change: Change, field: str) -> bool:
    """Whether a change tells of a difference in a field of its duty."""
    if change.kind is ChangeKind.RECLASSIFIED:
        return field not in ("name", "note", "basis", "waivers")
    fields = {str(spot.field[0]) for site in change.sites for spot in (site.before, site.after) if spot and spot.field}
    return field in fields or (field == "position" and change.kind in PLACED)


@given(revisions())
def test_no_difference_is_left_untold(pair: tuple[Library, Library]) -> None:
    """An independent comparison of the values sees nothing in a duty that no change tells."""
    before, after = ({record.value.id: record.value for _, record in library.duties()} for library in pair)
    compared = compare(*pair)
    for duty in before.keys() & after.keys():
        own = [change for change in compared.changes if any(site.duty == duty for site in change.sites)]
        seen = DeepDiff(values_of(before[duty]), values_of(after[duty]), view="tree", threshold_to_diff_deeper=0)
        for level in (level for some in seen.values() for level in some):
            field = level.path(output_format="list")[0]
            assert any(covers(change, field) for change in own), (duty, level)
    heard = {site.duty for change in compared.changes for site in change.sites if site.duty}
    heard |= {duty for succession in compared.successions for duty in (*succession.origin, *succession.into)}
    assert before.keys() ^ after.keys() <= heard


@given(revisions())
def test_no_difference_around_the_duties_is_left_untold(pair: tuple[Library, Library]) -> None:
    before, after = pair
    kinds = {change.kind for change in compare(before, after).changes}
    old, new = before.townships[0].township, after.townships[0].township
    assert old
    assert new
    seen = DeepDiff(values_of(old.value), values_of(new.value), view="tree", threshold_to_diff_deeper=0)
    fields = {level.path(output_format="list")[0] for some in seen.values() for level in some}
    if "declared" in fields:
        assert ChangeKind.DECLARED_REVISED in kinds
    if "preface" in fields:
        assert kinds & {ChangeKind.PREFACE_REVISED, ChangeKind.LAYOUT}
    if fields - {"declared", "preface", "waivers"}:
        assert ChangeKind.TOWNSHIP_REVISED in kinds
    if before.categories != after.categories or before.departments != after.departments:
        assert ChangeKind.VOCABULARY_REVISED in kinds


@given(revisions(), st.integers())
def test_the_order_of_files_does_not_matter(pair: tuple[Library, Library], seed: int) -> None:
    def shuffled(library: Library) -> Library:
        folders = [
            replace(folder, duties=tuple(random.Random(seed).sample(folder.duties, len(folder.duties))))
            for folder in library.townships
        ]
        return replace(library, townships=tuple(folders))

    before, after = pair
    assert compare(shuffled(before), shuffled(after)) == compare(before, after)


@given(revisions())
def test_what_both_sides_have_alike_may_be_left_out(pair: tuple[Library, Library]) -> None:
    """With only the ranks of the duties that are alike the comparison is the same."""
    before, after = pair
    alike = set(before.townships[0].duties) & set(after.townships[0].duties)
    named = {duty for folder in (*before.townships, *after.townships) for duty in named_in(folder.ledger)}
    alike = {record for record in alike if record.value.id not in named}
    same: dict[tuple[str, str], list[str]] = {}
    for record in sorted(alike, key=lambda record: record.path):
        same.setdefault((before.townships[0].name, category_of(record.path)), []).append(rank_of(record.value))
    same = {home: sorted(ranks) for home, ranks in same.items()}

    def without(library: Library) -> Library:
        folders = [
            replace(folder, duties=tuple(record for record in folder.duties if record not in alike))
            for folder in library.townships
        ]
        return replace(library, townships=tuple(folders))

    assert compare(without(before), without(after), same) == compare(before, after)


def named_in(ledger: Any) -> set[str]:
    return {duty for event in (ledger.value.events if ledger else ()) for duty in (*event.origin, *event.into)}


def fingerprints(compared: Comparison) -> list[str]:
    return sorted(change.fingerprint for change in compared.changes if change.weight is not Weight.LAYOUT)
