"""A repository with sealed legs over two campaigns, made by the commands that people use, and ways to harm it."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from build import DUTY_PATH, TOWNSHIP, duty_text
from command import Done, lay_out, run
from dutylist.consult.seal import Sealed as Sealing
from dutylist.consult.seal import digest_of, is_own, listed, seal_digest
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import LEG_FILE, leg_folder, opinion_path
from dutylist.model.consultation import Leg, Opinion, Verdict
from dutylist.store.read import read_record
from repos import WHO, git

PUBLISHED, UP, DOWN, APPLY = "2025/published", "2025/1-up", "2025/1-down", "2026/apply"
LEGS = (PUBLISHED, UP, DOWN, APPLY)
SECOND_PATH = f"duties/{TOWNSHIP}/党的建设/ex-0002.toml"
OPINION = "2025-1-up-0a1b2c3d"
ATTACHMENT = "会议纪要.txt"


@dataclass(frozen=True)
class Sealed:
    """A library in a repository, and the commands on it."""

    root: Path

    def run(self, *arguments: str, **env: str) -> Done:
        """A command, with fixed people and dates."""
        return run(self.root, *arguments, env={**WHO, **env})

    def do(self, *arguments: str) -> str:
        """What a command prints; it must succeed."""
        done = self.run(*arguments)
        assert done.code == 0, done.err
        return done.out

    def git(self, *arguments: str) -> str:
        """What a git command prints; it must succeed."""
        return git(self.root, *arguments).strip()

    def write(self, path: str, content: str | bytes) -> None:
        """Puts a file into the work tree."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def swap(self, path: str, old: str, new: str) -> None:
        """Puts one text in the place of another that the file has."""
        text = (self.root / path).read_text("utf-8")
        assert old in text, path
        self.write(path, text.replace(old, new, 1))

    def commit(self, message: str = "修改") -> str:
        """Commits everything; gives the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def amend(self) -> str:
        """Puts everything into the last commit; gives its new id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--amend", "--no-edit")
        return self.git("rev-parse", "HEAD")

    def open(self, leg: str, *options: str, day: str = "2025-03-01") -> None:
        """Opens a leg; an imported one has no due date."""
        due = () if "--imported" in options else ("--due", "2026-12-31")
        self.do("leg", "open", leg, "--from", "示例市编办", "--to", "示例镇", *due, *options, "--date", day)

    def close(self, leg: str, day: str = "2025-03-20") -> None:
        """Closes a leg."""
        self.do("leg", "close", leg, "--date", day)

    def rename(self, name: str, path: str = DUTY_PATH) -> None:
        """Gives a duty another name, for a stated reason, and commits that."""
        changed = {"id": Path(path).stem, "name": name, "position": int(Path(path).stem[-4:]) * 10}
        self.write(path, duty_text(**changed))
        self.commit(f"改名\n\nCause: law: {name}")

    def tag(self, leg: str, *options: str, commit: str = "HEAD") -> None:
        """Puts a tag where another was, as somebody would who rewrites history."""
        self.git("tag", "--force", *(options or ("--annotate", "--message", "x")), leg, commit)

    def leg(self, title: str) -> Leg:
        """What the file of a leg says in the work tree."""
        path = f"changelog/{title}/{LEG_FILE}"
        record: Any = read_record(path, (self.root / path).read_bytes(), [])
        value: Leg = record.value
        return value

    def reseal(self, title: str, seal: Mapping[str, Any] | None = None, **changes: Any) -> None:
        """Writes a leg otherwise, with a digest that fits, as somebody would who knows how a seal is made."""
        leg = replace(self.leg(title), **changes)
        assert leg.seal is not None
        fresh = replace(leg.seal, **(seal or {}))
        folder = self.root / "changelog" / title
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        own = {path: digest_of(content) for path, content in files.items() if is_own(path)}
        previous = {one: digest_of((self.root / f"changelog/{one}/{LEG_FILE}").read_bytes()) for one in fresh.previous}
        covered = Sealing(title, leg, fresh.content, own, fresh.totals, fresh.tool, fresh.rules, previous)
        fresh = replace(fresh, digest=seal_digest(covered), files=listed(own))
        self.write(f"changelog/{title}/{LEG_FILE}", canonical_text(replace(leg, seal=fresh)))

    def audit(self, *arguments: str) -> Any:
        """What `audit --format json` tells; it must have an answer."""
        done = self.run("audit", *arguments, "--format", "json")
        assert done.code in (0, 1), done.err
        return json.loads(done.out)

    def told(self, *arguments: str) -> list[str]:
        """The findings of `audit` but advice: code and path."""
        found = self.audit(*arguments)["findings"]
        return [f"{one['code']} {one['path']}" for one in found if one["severity"] != "advice"]

    def said(self, code: str, *arguments: str) -> str:
        """The message of the one finding with this code."""
        (message,) = [one["message"] for one in self.audit(*arguments)["findings"] if one["code"] == code]
        return str(message)

    def copy(self, root: Path) -> "Sealed":
        """A copy to harm."""
        shutil.copytree(self.root, root, symlinks=True, dirs_exist_ok=True)
        return Sealed(root)


def begun(root: Path, *campaign: str, top: Path | None = None, form: str = "sha1") -> Sealed:
    """A library of two duties with the campaign 2025, no leg opened yet; the repository may begin further up."""
    root.mkdir(parents=True, exist_ok=True)
    git(top or root, "init", "--quiet", "--initial-branch=main", f"--object-format={form}")
    lay_out(root, {SECOND_PATH: duty_text(id="ex-0002", position=20, name="整修村组道路")})
    made = Sealed(root)
    made.commit("第一稿")
    legs = [word for leg in (PUBLISHED, UP, DOWN) for word in ("--leg", leg.partition("/")[2])]
    made.do("campaign", "new", "2025", "--kind", "compilation", "--title", "示例镇清单编制", *legs, *campaign)
    made.commit("新建编制")
    return made


def sealed(root: Path, last: str = APPLY, *campaign: str, top: Path | None = None, form: str = "sha1") -> Sealed:
    """Sealed legs over two campaigns, up to the last wanted.

    One is imported, one has an opinion, an approval and an attachment.
    """
    made = begun(root, *campaign, top=top, form=form)
    for leg, make in _MAKING.items():
        make(made)
        if leg == last:
            break
    return made


def published(made: Sealed) -> None:
    """The imported leg."""
    made.open(PUBLISHED, "--imported", day="2025-01-01")
    made.close(PUBLISHED, "2025-01-02")


def first(made: Sealed) -> None:
    """The leg with all kinds of files."""
    made.open(UP, "--consult", "示例市水利局", "--consult", "示例市公安局")
    consulted(made)
    made.close(UP)


def second(made: Sealed) -> None:
    """A leg whose change has a cause and no opinion."""
    made.open(DOWN, day="2025-03-21")
    made.rename("整修村组道路和桥梁", SECOND_PATH)
    made.close(DOWN, "2025-04-20")


def adjusted(made: Sealed) -> None:
    """The first leg of another campaign."""
    made.do("campaign", "new", "2026", "--kind", "adjustment", "--title", "2026年动态调整")
    made.commit("新建动态调整")
    made.open(APPLY, day="2026-02-01")
    made.rename("开展统计工作")
    made.close(APPLY, "2026-02-20")


_MAKING = {PUBLISHED: published, UP: first, DOWN: second, APPLY: adjusted}


def consulted(made: Sealed) -> None:
    """An opinion that was followed, an attachment, and a change that somebody approved, in the first leg."""
    opinion = Opinion(
        id=OPINION,
        author="示例市水利局",
        duty="ex-0001",
        field="name",
        text="建议改为“组织统计工作”。",
        received=date(2025, 3, 11),
        verdict=Verdict.ADOPTED,
    )
    made.write(opinion_path("2025", "1-up", OPINION), canonical_text(opinion))
    made.write(f"{leg_folder('2025', '1-up')}/{ATTACHMENT}", "会议纪要：一致同意。\n")
    made.rename("组织统计工作")
    changes = json.loads(made.do("compare", "HEAD~1", "--format", "json"))["changes"]
    made.do("approve", changes[0]["fingerprint"], "--by", "示例市编办", "--date", "2025-03-12")
    made.commit("认可")


def flipped(content: bytes, at: int | None = None) -> bytes:
    """The same bytes but for one bit of one of them, in the middle if nothing is said."""
    changed = bytearray(content)
    changed[len(content) // 2 if at is None else at] ^= 1
    return bytes(changed)
