"""What git says of sealed legs: who brought the seal, which states hold its content, what was touched since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dutylist.errors import DutyListError
from dutylist.model.changelog import CHANGELOG, LEG_FILE, CampaignFolder, LegFolder
from dutylist.model.consultation import Leg
from dutylist.model.duty import AnyDuty
from dutylist.model.library import DUTIES, LEDGER_FILE
from dutylist.model.record import Record
from dutylist.model.sealing import Signature, TagWitness, Touch, Witness
from dutylist.model.township import Ledger
from dutylist.store.git import blobs, git, said
from dutylist.store.read import assemble_campaigns, read_quickly, role_of
from dutylist.store.revision import Repository
from dutylist.store.states import Digest, Passing, States, passings

_SIGNED = (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN SIGNED MESSAGE-----")
# What git says where it lacks the means to verify, as against a signature that does not fit.
_CANNOT = ("allowedSignersFile", "NO_PUBKEY", "No public key", "cannot run", "No principal", "Couldn't find")


@dataclass(frozen=True)
class Witnessing:
    """Gathers what git says; `digest` makes a content digest of (path, digest) pairs."""

    states: States
    head: str
    digest: Digest

    @property
    def repository(self) -> Repository:
        """The repository."""
        return self.states.repository

    def witnesses(self) -> dict[str, Witness]:
        """The witness of each leg that was ever sealed, by title."""
        history = passings(self.repository, self.head, CHANGELOG, LEG_FILE)
        tags = self._tags()
        found = {}
        for path, some in history.items():
            sealing = self._sealing(path, some)
            if sealing is None:
                continue
            leg = self.leg_at(sealing.commit, path)
            if leg:
                found[leg.title] = self._witness(leg, sealing, history, tags.get(leg.title))
        return found

    def leg_at(self, commit: str, path: str) -> LegFolder | None:
        """A leg as a commit has it, with its opinions and approvals."""
        folder = path.rpartition("/")[0]
        records = self.records(commit, folder)
        campaigns = assemble_campaigns(sorted(self.states.files(commit, folder)), records)
        return next((leg for campaign in campaigns for leg in campaign.legs if leg.path == path), None)

    def campaigns(self, commit: str) -> tuple[CampaignFolder, ...]:
        """All campaigns as a commit has them."""
        return assemble_campaigns(sorted(self.states.files(commit, CHANGELOG)), self.records(commit, CHANGELOG))

    def records(self, commit: str, folder: str) -> dict[str, Record[Any]]:
        """The records below a folder in a commit, by path."""
        files = {path: blob for path, blob in self.states.files(commit, folder).items() if role_of(path)}
        contents = blobs(self.repository.place, files.values())
        read = ((path, read_quickly(path, content)) for path, content in zip(files, contents, strict=True))
        return {path: record for path, record in read if record}

    def names(self, commit: str, ids: Iterable[str | None]) -> dict[str, str]:
        """What duties are called in a commit, as far as it has them."""
        wanted = {one for one in ids if one}
        files = {path: blob for path, blob in self.states.files(commit, DUTIES).items() if _stem(path) in wanted}
        contents = zip(files, blobs(self.repository.place, files.values()), strict=True) if files else ()
        read = (read_quickly(path, content) for path, content in contents)
        return {record.value.id: record.value.name for record in read if record and isinstance(record.value, AnyDuty)}

    def _sealing(self, path: str, some: Sequence[Passing]) -> Passing | None:
        """The commit that brought the seal: the earliest that has one."""
        return next((one for one in reversed(some) if (leg := self._leg(one.commit, path)) and leg.seal), None)

    def _leg(self, commit: str, path: str) -> Leg | None:
        """What `leg.toml` says in a commit."""
        folder = path.rpartition("/")[0]
        blob = self.states.files(commit, folder).get(path)
        if blob is None:
            return None
        record = read_quickly(path, next(iter(blobs(self.repository.place, [blob]))))
        return record.value if record else None

    def _witness(
        self, leg: LegFolder, sealing: Passing, history: Mapping[str, Sequence[Passing]], tag: tuple[str, str] | None
    ) -> Witness:
        assert leg.leg is not None
        assert leg.seal is not None
        own = [state for one in history[leg.path] for state in one.states]
        state = self._state((*sealing.states, *own), leg.seal.content)
        every = (state for some in history.values() for one in some for state in one.states)
        opening = [state for one in reversed(history[leg.path]) for state in reversed(one.states)]
        now = self._leg(self.head, leg.path)
        files, sealed_files = (self.states.below(commit, leg.folder) for commit in (self.head, sealing.commit))
        uncommitted = self._uncommitted(leg.folder)
        differing = {path for path, digest in files.items() if sealed_files.get(path) != digest}
        differing |= sealed_files.keys() - files.keys()
        touched = {path: self._touch(sealing.commit, f"{leg.folder}/{path}") for path in sorted(differing)}
        return Witness(
            leg,
            leg.seal,
            now.seal if now else None,
            sealing.commit,
            files | dict.fromkeys(uncommitted, "?"),
            sealed_files,
            state,
            tuple(self._strayed(sealing, state)),
            self._state((*opening, *every), leg.leg.base) if leg.leg.base else None,
            self._tag(leg, tag) if tag else None,
            frozenset(self._ids(state)) if state else frozenset(),
            frozenset(self._explained(state)) if state else frozenset(),
            touched | dict.fromkeys(uncommitted, Touch()),
        )

    def _state(self, candidates: Iterable[str], wanted: str) -> str | None:
        return next((one for one in dict.fromkeys(candidates) if self._content(one) == wanted), None)

    def _content(self, commit: str) -> str:
        return self.digest(self.states.content(commit).items())

    def _strayed(self, sealing: Passing, state: str | None) -> Iterator[str]:
        """The paths that the commit of the seal has otherwise than the sealed state, or than its parent without one."""
        other = state or next(iter(sealing.parents), None)
        if other is None:
            return
        here, there = self.states.content(sealing.commit), self.states.content(other)
        yield from sorted({path for path, _ in here.items() ^ there.items()})

    def _ids(self, commit: str) -> Iterator[str]:
        """The ids of the duties in a commit, by the names of their files."""
        for path in self.states.content(commit):
            if role_of(path) == "duty":
                yield _stem(path)

    def _explained(self, commit: str) -> Iterator[str]:
        """The ids that the ledgers in a commit say something of."""
        files = {path: blob for path, blob in self.states.files(commit, DUTIES).items() if role_of(path) == LEDGER_FILE}
        for path, content in zip(files, blobs(self.repository.place, files.values()), strict=True):
            record = read_quickly(path, content)
            if record and isinstance(record.value, Ledger):
                for event in record.value.events:
                    yield from event.origin

    def _touch(self, since: str, path: str) -> Touch:
        """The first commit behind `since` that touched a file."""
        top = f"{self.repository.subfolder}/" if self.repository.subfolder else ""
        asked = ("log", "--reverse", "--format=%H%x00%aI%x00%an", "--no-show-signature", "--full-history")
        output = git(self.repository.place, *asked, f"{since}..{self.head}", "--", f":(top,literal){top}{path}")
        line = output.decode("utf-8", "replace").partition("\n")[0]
        return Touch(*line.split("\0")) if line else Touch()

    def _uncommitted(self, folder: str) -> list[str]:
        """The files of a folder that the work tree has otherwise, or not at all, by path in the folder."""
        if self.repository.git_dir == self.repository.place:
            return []
        top = f"{self.repository.subfolder}/" if self.repository.subfolder else ""
        asked = ("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--")
        output = git(self.repository.place, *asked, f":(top,literal){top}{folder}").decode("utf-8", "surrogateescape")
        start = 3 + len(top) + len(folder) + 1
        return [line[start:] for line in output.split("\0") if line]

    def _tags(self) -> dict[str, tuple[str, str]]:
        """Of each tag, the kind of object that it names and the commit behind it."""
        form = "--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)"
        output = git(self.repository.place, "for-each-ref", form, "refs/tags").decode("utf-8", "surrogateescape")
        lines = (line.split("\0") for line in output.split("\n") if line)
        return {name: (kind, object_id) for name, kind, object_id in lines}

    def _tag(self, leg: LegFolder, tag: tuple[str, str]) -> TagWitness:
        kind, object_id = tag
        commit = said(self.repository.place, "rev-parse", "--verify", "--quiet", f"{object_id}^{{commit}}")
        there = self._leg(commit, leg.path) if commit else None
        return TagWitness(
            kind == "tag",
            there.seal.digest if there and there.seal else None,
            self._content(commit) if commit else None,
            self._signature(object_id) if kind == "tag" else Signature.ABSENT,
        )

    def _signature(self, tag: str) -> Signature:
        if not any(mark in git(self.repository.place, "cat-file", "tag", tag) for mark in _SIGNED):
            return Signature.ABSENT
        try:
            git(self.repository.place, "verify-tag", tag)
        except DutyListError:
            return self._why_not(tag)
        return Signature.GOOD

    def _why_not(self, tag: str) -> Signature:
        from dutylist.store.git import complaint

        told = complaint(self.repository.place, "verify-tag", "--raw", tag)
        return Signature.UNKNOWN if any(word in told for word in _CANNOT) else Signature.BAD


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".toml")
