"""Each seal covers the one before: what becomes of the chain, and what only a digest held outside can show."""

from pathlib import Path

import pytest

from dutylist.model.changelog import LEG_FILE
from sealed import APPLY, DOWN, LEGS, OPINION, PUBLISHED, UP, Sealed, adjusted, sealed, second

_FILES = {leg: f"changelog/{leg}/{LEG_FILE}" for leg in LEGS}


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Four sealed legs; nobody may change them."""
    return sealed(tmp_path_factory.mktemp("audit") / "library")


@pytest.fixture
def made(proved: Sealed, tmp_path: Path) -> Sealed:
    """A copy of the four sealed legs, to be harmed."""
    return proved.copy(tmp_path / "copy")


def digest(made: Sealed, leg: str) -> str:
    """The digest that a leg's seal has."""
    seal = made.leg(leg).seal
    assert seal is not None
    return seal.digest


def rewritten(made: Sealed, leg: str) -> None:
    """Goes back to where a leg was closed, to write it otherwise; `replayed` brings back what came behind."""
    made.git("branch", "--quiet", "原来")
    made.git("reset", "--quiet", "--hard", f"{leg}^{{commit}}")


def replayed(made: Sealed, leg: str) -> None:
    """Commits what was made of a closed leg, and puts all that came behind it on top, tags too."""
    made.amend()
    made.tag(leg)
    made.git("cherry-pick", f"原来~{behind(made, leg)}..原来")
    for title, steps in ((DOWN, 4), (APPLY, 0)):
        made.tag(title, commit=f"HEAD~{steps}")
    made.git("branch", "--quiet", "-D", "原来")


def behind(made: Sealed, leg: str) -> int:
    """How many commits lie behind the closing of a leg."""
    closing = made.git("log", "--format=%H", "--fixed-strings", f"--grep=关闭环节 {leg}", "原来")
    return int(made.git("rev-list", "--count", f"{closing}..原来"))


def test_a_previous_leg_changed_on_top_is_named_alone(made: Sealed) -> None:
    made.swap(_FILES[UP], "示例市编办", "示例市纪委")
    made.commit()
    assert made.told() == [f"AU003 {_FILES[UP]}"]


def test_one_link_recomputed_and_the_later_ones_kept(made: Sealed) -> None:
    rewritten(made, UP)
    made.reseal(UP, note="后来加的")
    replayed(made, UP)
    told = made.told()
    assert f"AU004 {_FILES[DOWN]}" in told
    assert f"AU004 {_FILES[UP]}" not in told
    assert "之前环节（2025/1-up）" in made.said("AU004")


def test_a_previous_leg_that_never_was(made: Sealed) -> None:
    rewritten(made, UP)
    made.git("rm", "-r", "--quiet", f"changelog/{UP}")
    replayed(made, UP)
    made.git("tag", "--delete", UP)
    assert f"AU005 {_FILES[DOWN]}" in made.told()
    assert "2025/1-up 之后，而它不存在或没有封存" in made.said("AU005")


def test_a_leg_called_otherwise(made: Sealed) -> None:
    made.git("mv", "changelog/2026/apply", "changelog/2026/confer")
    made.amend()
    made.git("tag", "--delete", APPLY)
    made.tag("2026/confer")
    told = made.told()
    assert f"AU004 changelog/2026/confer/{LEG_FILE}" in told
    made.git("mv", "changelog/2025/1-up", "changelog/2025/0-up")
    made.commit()
    assert {f"AU003 {_FILES[UP]}", f"AU004 changelog/2025/0-up/{LEG_FILE}"} <= set(made.told())


def test_two_legs_swapped(made: Sealed) -> None:
    for source, target in ((UP, "2025/x"), (DOWN, UP), ("2025/x", DOWN)):
        made.git("mv", f"changelog/{source}", f"changelog/{target}")
    made.commit()
    assert {f"AU003 {_FILES[UP]}", f"AU003 {_FILES[DOWN]}"} <= set(made.told())


def test_two_legs_that_were_always_swapped(made: Sealed) -> None:
    texts = {leg: (made.root / _FILES[leg]).read_text("utf-8") for leg in (UP, DOWN)}
    made.git("rm", "-r", "--quiet", f"changelog/{UP}", f"changelog/{DOWN}")
    made.git("checkout", "--quiet", "--orphan", "平")
    made.write(_FILES[UP], texts[DOWN])
    made.write(_FILES[DOWN], texts[UP])
    made.commit("全部")
    told = made.told()
    assert {f"AU005 {_FILES[UP]}"} <= set(told)


def test_a_second_root(made: Sealed) -> None:
    made.reseal(APPLY, seal={"previous": ()})
    made.amend()
    made.tag(APPLY)
    assert f"AU005 {_FILES[APPLY]}" in made.told()
    assert "另起了一条链" in made.said("AU005")


def test_a_base_that_no_history_has(made: Sealed) -> None:
    good = made.leg(APPLY).base
    assert good is not None
    made.swap(_FILES[APPLY], good, "0" * 64)
    made.amend()
    made.tag(APPLY)
    assert f"AU004 {_FILES[APPLY]}" in made.told()
    made.reseal(APPLY)
    made.amend()
    made.tag(APPLY)
    assert made.told() == [f"AU006 {_FILES[APPLY]}"]


@pytest.mark.parametrize("digits", [12, 40, 64])
@pytest.mark.parametrize("leg", [PUBLISHED, UP, APPLY])
def test_a_digest_held_outside_is_found_in_the_chain(proved: Sealed, leg: str, digits: int) -> None:
    done = proved.run("audit", "--head", digest(proved, leg)[:digits])
    assert done.code == 0
    assert f"到 {leg} 为止的链与所持的摘要一致" in done.out
    assert proved.audit("--head", digest(proved, leg)[:digits])["held"] == leg


def test_a_digest_that_no_seal_has(proved: Sealed) -> None:
    assert proved.told("--head", "0" * 64) == ["AU015 changelog"]
    assert proved.run("audit", "--head", "0" * 12).code == 1
    assert proved.audit("--head", "0" * 12)["held"] is None


@pytest.mark.parametrize("wrong", ["abc", "0" * 11, "g" * 12, "0" * 65, "A" * 64, ""])
def test_what_is_no_digest(proved: Sealed, wrong: str) -> None:
    done = proved.run("audit", "--head", wrong)
    assert done.code == 2
    assert "不是封存摘要" in done.err


def test_a_held_digest_is_not_told_as_proved_beside_errors(made: Sealed) -> None:
    made.swap(_FILES[UP], "示例市编办", "示例市纪委")
    made.commit()
    # The leg that was changed lies before those asked for, and behind the digest that is held.
    done = made.run("audit", "--since", APPLY, "--head", digest(made, APPLY)[:12])
    assert done.code == 1
    assert "有错误就没有证实" in done.out
    assert made.run("audit", "--since", APPLY).code == 0


def test_a_chain_recomputed_as_a_whole_is_found_by_a_held_digest_alone(proved: Sealed, tmp_path: Path) -> None:
    forged = proved.copy(tmp_path / "forged")
    forged.git("reset", "--quiet", "--hard", f"{UP}^{{commit}}~1")
    forged.git("tag", "--delete", UP, DOWN, APPLY)
    forged.swap(f"changelog/{UP}/opinions/{OPINION}.toml", "建议改为", "要求改为")
    forged.amend()
    forged.close(UP)
    second(forged)
    adjusted(forged)
    assert forged.told() == []
    assert digest(forged, APPLY) != digest(proved, APPLY)
    assert forged.told("--head", digest(proved, APPLY)) == ["AU015 changelog"]
    assert forged.told("--head", digest(proved, PUBLISHED)) == []
