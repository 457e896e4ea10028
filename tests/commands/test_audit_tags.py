"""The tags of sealed legs: missing, moved, replaced, and signed by whom; real keys of ssh."""

import subprocess
from pathlib import Path

import pytest

from dutylist.model.changelog import LEG_FILE
from sealed import PUBLISHED, UP, Sealed, begun, published, sealed

UP_PATH = f"changelog/{UP}/{LEG_FILE}"


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Two sealed legs without signatures; nobody may change them."""
    return sealed(tmp_path_factory.mktemp("audit") / "library", UP)


@pytest.fixture
def made(proved: Sealed, tmp_path: Path) -> Sealed:
    """A copy of the two sealed legs, to be harmed."""
    return proved.copy(tmp_path / "copy")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """A campaign that asks for signatures, with a leg signed by ssh; nobody may change it."""
    made = begun(tmp_path_factory.mktemp("signed") / "library", "--signed")
    keys = made.root.parent
    for name in ("good", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", keys / name], check=True)
    allow(made, keys / "good")
    use(made, keys / "good")
    published(made)
    made.open(UP)
    made.close(UP)
    return made


@pytest.fixture
def copied(signed: Sealed, tmp_path: Path) -> Sealed:
    """A copy of the signed leg, to be harmed."""
    return signed.copy(tmp_path / "copy")


def use(made: Sealed, key: Path) -> None:
    """Has git sign with a key."""
    for name, value in (("gpg.format", "ssh"), ("user.name", "编辑"), ("user.email", "editor@example.org")):
        made.git("config", name, value)
    made.git("config", "user.signingKey", str(key.with_suffix(".pub")))


def allow(made: Sealed, *keys: Path) -> None:
    """Has git know these keys, and no other."""
    path = made.root.parent / f"allowed-{len(keys)}"
    path.write_text("".join(f"editor@example.org {key.with_suffix('.pub').read_text()}" for key in keys))
    made.git("config", "gpg.ssh.allowedSignersFile", str(path))


def severities(made: Sealed) -> dict[str, str]:
    """The severity of each finding by its code."""
    return {one["code"]: one["severity"] for one in made.audit()["findings"]}


def test_a_missing_tag_is_a_warning(made: Sealed) -> None:
    made.git("tag", "--delete", UP)
    assert severities(made) == {"AU008": "warning"}
    assert made.run("audit").code == 0
    assert "git fetch --tags" in made.said("AU008")


@pytest.mark.parametrize("target", [PUBLISHED, "HEAD~1", "HEAD:README.md"])
def test_a_tag_on_something_else_was_moved(made: Sealed, target: str) -> None:
    if target == "HEAD:README.md":
        made.write("README.md", "说明")
        made.commit()
    commit = made.git("log", "--format=%H", f"--grep=关闭环节 {target}") if target == PUBLISHED else target
    made.tag(UP, commit=commit)
    assert severities(made)["AU007"] == "error"
    assert "移动了标签" in made.said("AU007")


def test_a_tag_on_the_same_content_elsewhere_was_not_moved(made: Sealed) -> None:
    made.write("README.md", "说明")
    made.commit()
    made.tag(UP)
    assert severities(made) == {"AU010": "advice"}


def test_a_lightweight_tag_is_not_the_one_that_was_made(made: Sealed) -> None:
    made.git("tag", "--delete", UP)
    made.git("tag", UP, "HEAD")
    assert severities(made) == {"AU007": "error", "AU010": "advice"}
    assert "不是附注标签" in made.said("AU007")


def test_a_tag_of_a_tag_leads_to_the_same_commit(made: Sealed) -> None:
    made.tag(UP, commit=UP)
    assert severities(made) == {"AU010": "advice"}


def test_a_tag_that_still_knows_what_history_lost(made: Sealed) -> None:
    made.reseal(UP, note="后来加的")
    made.amend()
    assert severities(made)["AU007"] == "error"
    assert "改写了历史" in made.said("AU007")


def test_tags_that_only_look_like_legs(made: Sealed) -> None:
    for name in ("v1.0", "release/1", "2025/2-up", "发布/一-稿", "三/级/标签"):
        made.git("tag", name)
    assert made.told() == []


def test_a_good_signature(signed: Sealed) -> None:
    assert signed.audit()["findings"] == []


def test_a_signature_that_cannot_be_verified_here(copied: Sealed, signed: Sealed) -> None:
    copied.git("config", "--unset", "gpg.ssh.allowedSignersFile")
    assert severities(copied) == {"AU011": "error"}
    assert "allowedSignersFile" in copied.said("AU011")
    keys = signed.root.parent
    allow(copied, keys / "other")
    assert severities(copied) == {"AU011": "error"}
    allow(copied, keys / "good", keys / "other")
    assert severities(copied) == {}


def test_a_key_that_nobody_knows_is_a_warning_where_no_signature_is_asked_for(made: Sealed, signed: Sealed) -> None:
    keys = signed.root.parent
    use(made, keys / "other")
    made.git("config", "gpg.ssh.allowedSignersFile", str(keys / "allowed-1"))
    made.tag(UP, "--sign", "--message", "x")
    assert severities(made) == {"AU011": "warning"}
    assert made.run("audit").code == 0


@pytest.mark.parametrize("known", [True, False])
def test_a_tag_object_that_was_tampered_with(copied: Sealed, signed: Sealed, known: bool) -> None:
    text = copied.git("cat-file", "tag", UP)
    copied.write("../object", f"{text.replace('封存摘要', '封存的摘要')}\n")
    fresh = copied.git("hash-object", "-t", "tag", "-w", "../object")
    copied.git("update-ref", f"refs/tags/{UP}", fresh)
    allow(copied, *([signed.root.parent / "good"] if known else []))
    assert severities(copied) == {"AU009": "error"}
    assert f"git verify-tag {UP}" in copied.said("AU009")


def test_a_campaign_that_asks_for_signatures(copied: Sealed) -> None:
    copied.tag(UP)
    assert severities(copied) == {"AU010": "error"}
    assert copied.run("audit").code == 1
    assert "要求每个环节的标签都有签名" in copied.said("AU010")
    copied.git("tag", "--delete", UP)
    assert severities(copied) == {"AU008": "error"}
    copied.swap("changelog/2025/campaign.toml", "signed = true\n", "")
    copied.commit("不再要求")
    assert severities(copied) == {"AU008": "error"}


def test_a_campaign_may_ask_for_signatures_later(made: Sealed) -> None:
    text = (made.root / "changelog/2025/campaign.toml").read_text("utf-8")
    made.write("changelog/2025/campaign.toml", f"{text}signed = true\n")
    made.commit("要求签名")
    assert severities(made) == {"AU010": "error"}
