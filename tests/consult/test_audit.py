"""The chain that seals make, by witnesses that no history needs to give."""

from datetime import date

import pytest

from dutylist.consult.audit import covered, head_known, in_chain_order, judge, roots
from dutylist.consult.audit_tags import loose_ends
from dutylist.consult.seal import digest_of
from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import Leg, Seal, Totals
from dutylist.model.record import Record
from dutylist.model.sealing import Loose, Signature, TagWitness, Touch, Why, Witness

ZERO = Totals(duties=0, basic=0, supporting=0, reclaimed=0)


def witness(
    title: str, *previous: str, ids: frozenset[str] = frozenset(), explained: frozenset[str] = frozenset()
) -> Witness:
    """A witness whose seal covers these legs."""
    campaign, _, name = title.partition("/")
    seal = Seal(
        digest=digest_of(title.encode()), content="0" * 64, tool="0", rules="0" * 64, totals=ZERO, previous=previous
    )
    value = Leg(sender="甲", to="乙", opened=date(2025, 3, 1), closed=date(2025, 3, 2), seal=seal)
    folder = LegFolder(campaign, name, Record(f"changelog/{title}/leg.toml", value))
    leg = digest_of(b"leg")
    return Witness(
        campaign=CampaignFolder(campaign, None, (folder,)),
        leg=folder,
        seal=seal,
        now=seal,
        brought=Touch("c" * 40, "2025-03-02T00:00:00+08:00", "编辑"),
        files={"leg.toml": leg},
        sealed_files={"leg.toml": leg},
        state="s",
        strayed=(),
        base="b",
        tag=TagWitness(True, leg, seal.content, Signature.GOOD),
        ids=ids,
        explained=explained,
    )


def chain(*links: str) -> dict[str, Witness]:
    """Witnesses out of links: `c/b<c/a` is a leg that covers another."""
    made = (link.split("<") for link in links)
    return {title: witness(title, *previous) for title, *previous in made}


@pytest.mark.parametrize(
    ("links", "order"),
    [
        (["c/z", "c/m<c/z", "c/a<c/m"], "c/z c/m c/a"),
        (["c/b", "c/a"], "c/a c/b"),
        (["c/d<c/b<c/c", "c/c<c/a", "c/b<c/a", "c/a"], "c/a c/b c/c c/d"),
        (["c/b<c/gone", "c/a<c/b"], "c/b c/a"),
        (["c/a<c/b", "c/b<c/a", "c/c"], "c/c c/a c/b"),
        (["c/a<c/a"], "c/a"),
        ([], ""),
    ],
)
def test_legs_come_behind_those_that_they_cover(links: list[str], order: str) -> None:
    assert " ".join(one.leg.title for one in in_chain_order(chain(*links))) == order


@pytest.mark.parametrize(
    ("title", "all_of_them"),
    [("c/d", "c/a c/b c/c c/d"), ("c/b", "c/a c/b"), ("c/a", "c/a"), ("c/none", "")],
)
def test_what_a_seal_covers_in_any_number_of_steps(title: str, all_of_them: str) -> None:
    links = chain("c/d<c/b<c/c", "c/c<c/a", "c/b<c/a", "c/a<c/gone")
    assert " ".join(sorted(covered(title, links))) == all_of_them


def codes(links: dict[str, Witness], title: str) -> set[str]:
    """What is wrong with the chain at one leg."""
    return {one.code for one in judge(links[title], links)} & {"AU005", "AU014"}


@pytest.mark.parametrize(
    ("links", "broken"),
    [
        (["c/a", "c/b<c/a"], []),
        (["c/b<c/a"], ["c/b"]),
        (["c/a<c/b", "c/b<c/a"], ["c/a", "c/b"]),
        (["c/a<c/c", "c/b<c/a", "c/c<c/b"], ["c/a", "c/b", "c/c"]),
        (["c/a<c/a"], ["c/a"]),
        (["c/x", "c/a<c/x<c/b", "c/b<c/a"], ["c/a", "c/b"]),
    ],
)
def test_a_chain_leads_to_its_beginning_and_nowhere_else(links: list[str], broken: list[str]) -> None:
    made = chain(*links)
    assert sorted(title for title in made if codes(made, title) == {"AU005"}) == broken


def test_one_chain_has_one_beginning() -> None:
    assert roots(chain("c/a", "c/b<c/a")) == []
    assert [one.spot.path for one in roots(chain("c/a", "d/b", "d/c<d/b"))] == ["changelog/d/b/leg.toml"]


@pytest.mark.parametrize(
    ("ids", "explained", "told"),
    [({"ex-0001"}, set(), {"AU014"}), ({"ex-0001"}, {"ex-0002"}, set()), ({"ex-0001", "ex-0002"}, set(), set())],
)
def test_a_duty_goes_with_an_event_or_stays(ids: set[str], explained: set[str], told: set[str]) -> None:
    before = witness("c/a", ids=frozenset({"ex-0001", "ex-0002"}))
    after = witness("c/b", "c/a", ids=frozenset(ids), explained=frozenset(explained))
    assert codes({"c/a": before, "c/b": after}, "c/b") == told


def test_a_head_is_known_by_its_beginning() -> None:
    links = chain("c/a", "c/b<c/a")
    digest = links["c/b"].seal.digest
    assert [head_known(digest[:size], links) for size in (12, 64)] == ["c/b", "c/b"]
    assert head_known(digest[1:], links) is None


def test_each_loose_end_is_told_apart() -> None:
    found = list(loose_ends(Loose("c", why.value, why) for why in Why))
    assert [one.code for one in found] == ["AU004", "AU004", "AU007"]
    assert len({one.fingerprint for one in found}) == len({one.message for one in found}) == 3
