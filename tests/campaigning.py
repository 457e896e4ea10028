"""A small library with a campaign in a real repository, its legs opened and closed by the commands themselves."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import build
from build import DUTY_PATH, Files
from command import Done, lay_out, run, tree
from dutylist.model.canonical import canonical_text
from dutylist.model.consultation import Opinion
from dutylist.model.validation import validate
from repos import WHO, commit_all, git

LEG = "2025/1-up"
FOLDER = f"changelog/{LEG}"
OPENED, DUE, CLOSED = "2025-03-01", "2025-03-15", "2025-03-16"
ASKED = "示例市水利局"
OTHER_PATH = "duties/示例镇/经济发展/ex-0002.toml"
TWO: dict[str, str] = {OTHER_PATH: build.duty_text(id="ex-0002", name="开展经济普查")}
OPENING = ("--from", "示例县委编办", "--to", "县直各部门", "--due", DUE, "--date", OPENED)


@dataclass(frozen=True)
class Campaigning:
    """A library in a repository."""

    root: Path

    def run(self, *arguments: str, **env: str) -> Done:
        """A command, by someone whom git knows."""
        return run(self.root, *arguments, env={**WHO, **env})

    def do(self, *arguments: str) -> Done:
        """A command that must succeed."""
        done = self.run(*arguments)
        assert done.code == 0, done.err
        return done

    def git(self, *arguments: str) -> str:
        """What a git command says."""
        return git(self.root, *arguments)

    def write(self, path: str, text: str | bytes) -> None:
        """Puts a file into the work tree."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, message: str = "修改") -> str:
        """Commits everything."""
        return commit_all(self.root, message)

    def opinion(self, number: int = 1, leg: str = LEG, **facts: Any) -> str:
        """Writes an opinion about ex-0001 as its author would; gives its id."""
        name = f"{leg.replace('/', '-')}-{number:08x}"
        values = {"id": name, "author": ASKED, "duty": "ex-0001", "text": "建议改名。", "received": date(2025, 3, 11)}
        values |= facts
        given = {key: value for key, value in values.items() if value is not None}
        self.write(f"changelog/{leg}/opinions/{name}.toml", canonical_text(validate(Opinion, given)))
        return name

    def rename(self, name: str = "组织统计工作", message: str = "改名") -> str:
        """Gives ex-0001 another name and commits that."""
        self.write(DUTY_PATH, build.duty_text(name=name))
        return self.commit(message)

    def status(self, leg: str = LEG) -> Any:
        """What `leg status` says as json."""
        return json.loads(self.do("leg", "status", leg, "--format", "json", "--date", CLOSED).out)

    def codes(self, leg: str = LEG) -> list[str]:
        """The codes of all that `leg status` finds."""
        return [finding["code"] for finding in self.status(leg)["findings"]]

    def uncaused(self, leg: str = LEG) -> list[str]:
        """The fingerprints of the changes that have no cause, as the findings tell them."""
        found = (one["message"] for one in self.status(leg)["findings"] if one["code"] == "CS012")
        return [message.rpartition("approve ")[2].rstrip("。") for message in found]

    def without_digests(self, said: str) -> str:
        """What a command said, without the digests that change with the rules of the tool."""
        return re.sub(r"[0-9a-f]{12,64}", "…", said)

    def open(self, leg: str = LEG, *options: str) -> Done:
        """Opens a leg."""
        return self.run("leg", "open", leg, *OPENING, *options)

    def close(self, leg: str = LEG, *options: str) -> Done:
        """Closes a leg."""
        return self.run("leg", "close", leg, "--date", CLOSED, *options)

    def state(self) -> dict[str, Any]:
        """All that a command which is refused must leave as it was: files, index, branches, tags."""
        files = {path: text for path, text in tree(self.root).items() if not path.startswith(".git")}
        asked = {
            "HEAD": ("rev-parse", "--verify", "--quiet", "HEAD"),
            "refs": ("for-each-ref",),
            "index": ("ls-files", "--stage"),
            "status": ("status", "--porcelain"),
        }
        return {"files": files, **{name: self._asked(*words) for name, words in asked.items()}}

    def _asked(self, *arguments: str) -> str:
        call = {**os.environ, **WHO, "GIT_OPTIONAL_LOCKS": "0"}
        return subprocess.run(["git", *arguments], cwd=self.root, env=call, capture_output=True, text=True).stdout


def begun(root: Path, changes: Files | dict[str, str] | None = None, *townships: str) -> Campaigning:
    """The smallest library with a campaign, committed."""
    made = Campaigning(lay_out(root, changes))
    commit_all(root, "公开发布的清单")
    named = [word for name in townships for word in ("--township", name)]
    made.do("campaign", "new", "2025", "--kind", "compilation", "--title", "示例镇履职事项清单编制", *named)
    made.commit("新建编制")
    return made


def opened(root: Path, changes: Files | dict[str, str] | None = None, *options: str) -> Campaigning:
    """The smallest library with its first leg open."""
    made = begun(root, changes)
    done = made.open(LEG, "--consult", ASKED, *options)
    assert done.code == 0, done.err
    return made
