"""What git says of sealed legs: who brought the seal, which states hold its content, what was touched since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dutylist.model.changelog import CHANGELOG, LEG_FILE, CampaignFolder, LegFolder
from dutylist.model.consultation import Leg
from dutylist.model.duty import AnyDuty
from dutylist.model.library import DUTIES, LEDGER_FILE
from dutylist.model.record import Record
from dutylist.model.sealing import Loose, Signature, TagWitness, Touch, Why, Witness
from dutylist.model.township import Ledger
from dutylist.store.git import blobs
from dutylist.store.leg_commits import leg_histories, legs_said, sealing
from dutylist.store.leg_tags import Tag, is_on_branch, signatures, unknown_tags
from dutylist.store.read import assemble_campaigns, read_quickly, role_of
from dutylist.store.revision import Repository
from dutylist.store.snapshot import CONTENT
from dutylist.store.states import Digest, Passing, States
from dutylist.store.touches import commits, touches, uncommitted

_NO_FILE = "?"


@dataclass(frozen=True)
class Witnessing:
    """Gathers what git says up to `head`, and the work tree where that is asked; `digest` makes a content digest."""

    states: States
    head: str
    digest: Digest
    tags: Mapping[str, Tag]
    work_tree: bool = False
    _digests: dict[str, str] = field(default_factory=dict)
    _records: dict[tuple[str, str], Record[Any] | None] = field(default_factory=dict)

    @property
    def repository(self) -> Repository:
        """The repository."""
        return self.states.repository

    def witnesses(self) -> dict[str, Witness]:
        """The witness of each leg that was ever sealed, by title."""
        seals = {path: one for path, some in self._history.items() if (one := sealing(some, self._legs))}
        self._read_at_once(seals)
        brought = commits(self.repository.place, (one.commit for one in seals.values()))
        verified = self._signatures(seals)
        found = (self._witness(path, one, brought[one.commit], verified) for path, one in seals.items())
        return {one.leg.title: one for one in found}

    def loose(self, known: Mapping[str, Witness]) -> Iterator[Loose]:
        """The legs without a seal in history that seem to have been closed all the same."""
        here = self.states.files(self.head, CHANGELOG)
        seen = set()
        for path in sorted(path for path in here if role_of(path) == LEG_FILE):
            _, campaign, name, _ = path.split("/")
            leg = self._legs.get(here[path])
            why = Why.UNREADABLE if leg is None else Why.UNSEALED if leg.closed else None
            if why and f"{campaign}/{name}" not in known:
                seen.add(f"{campaign}/{name}")
                yield Loose(campaign, name, why)
        for title, commit, path, blob in unknown_tags(self.repository, self.tags, {*known, *seen}):
            record = self._read({path: blob}).get(path)
            if record and record.value.seal and not is_on_branch(self.repository.place, commit):
                campaign, _, name = title.partition("/")
                yield Loose(campaign, name, Why.GONE)

    def names(self, commit: str, ids: Iterable[str | None]) -> dict[str, str]:
        """What duties are called in a commit, as far as it has them."""
        wanted = {one for one in ids if one}
        if not wanted:
            return {}
        files = {path: blob for path, blob in self.states.files(commit, DUTIES).items() if _stem(path) in wanted}
        values = (record.value for record in self._read(files).values())
        return {value.id: value.name for value in values if isinstance(value, AnyDuty)}

    @cached_property
    def _history(self) -> dict[str, list[Passing]]:
        """The commits that touched the `leg.toml` of each leg."""
        return leg_histories(self.repository, self.head)

    @cached_property
    def _legs(self) -> dict[str, Leg | None]:
        """What every `leg.toml` ever said, by the id of its blob."""
        return legs_said(self.repository, self._history)

    def _read_at_once(self, brought: Mapping[str, Passing]) -> None:
        """Has all digests made that will be asked for, so that each blob is read once and in one go."""
        wanted = set(self.states.files(self.head, CHANGELOG).values())
        for path, one in brought.items():
            for folder in (*CONTENT, _campaign_folder(path)):
                wanted.update(self.states.files(one.commit, folder).values())
        self.states.blobs.digests(wanted)

    def _signatures(self, sealing: Mapping[str, Passing]) -> dict[str, Signature]:
        titles = (path.removeprefix(f"{CHANGELOG}/").rpartition("/")[0] for path in sealing)
        return signatures(self.repository.place, (self.tags[title] for title in titles if title in self.tags))

    def _witness(self, path: str, sealing: Passing, brought: Touch, verified: Mapping[str, Signature]) -> Witness:
        campaign = self._campaign(sealing.commit, _campaign_folder(path))
        leg = next(leg for leg in campaign.legs if leg.path == path)
        assert leg.leg is not None
        assert leg.seal is not None
        history = self._history[path]
        state = self._state((*sealing.states, *(state for one in history for state in one.states)), leg.seal.content)
        tag = self.tags.get(leg.title)
        tagged = self._tag(leg, tag, verified) if tag else None
        other = tag.commit if tag and tagged and tagged.content == leg.seal.content else None
        blob = self.states.files(self.head, leg.folder).get(path)
        now = self._legs.get(blob) if blob else None
        files, sealed_files, touched = self._folder(leg.folder, sealing.commit)
        return Witness(
            campaign=campaign,
            leg=leg,
            seal=leg.seal,
            now=now.seal if now else None,
            brought=brought,
            files=files,
            sealed_files=sealed_files,
            state=state,
            strayed=self._strayed(sealing.commit, state or other),
            base=self._base(history, leg.leg.base),
            tag=tagged,
            ids=self._ids(state) if state else frozenset(),
            explained=frozenset(self._explained(state)) if state else frozenset(),
            touched=touched,
            signed=self._is_signed(campaign),
        )

    def _folder(self, folder: str, sealing: str) -> tuple[dict[str, str], dict[str, str], dict[str, Touch]]:
        """The digests of a leg's files today and as they were sealed, and since when they differ."""
        files, sealed = (self._digests_below(commit, folder) for commit in (self.head, sealing))
        differs = files != sealed
        since = touches(self.repository, sealing, self.head, folder) if differs else {}
        start = len(folder) + 1
        for path, there in self._uncommitted.items():
            if path.startswith(f"{folder}/"):
                since.setdefault(path[start:], Touch())
                files.pop(path[start:], None)
                files |= {path[start:]: _NO_FILE} if there else {}
        return files, sealed, since

    def _digests_below(self, commit: str, folder: str) -> dict[str, str]:
        self.states.files(commit, folder.rpartition("/")[0])
        return self.states.below(commit, folder) | dict.fromkeys(self.states.odd(commit, folder), _NO_FILE)

    @cached_property
    def _uncommitted(self) -> dict[str, bool]:
        bare = self.repository.git_dir == self.repository.place
        return {} if bare or not self.work_tree else uncommitted(self.repository, CHANGELOG)

    def _base(self, history: Sequence[Passing], wanted: str | None) -> str | None:
        if wanted is None:
            return None
        opening = [state for one in reversed(history) for state in reversed(one.states)]
        every = (state for some in self._history.values() for one in some for state in one.states)
        return self._state((*opening, *every), wanted)

    def _state(self, candidates: Iterable[str], wanted: str) -> str | None:
        return next((one for one in dict.fromkeys(candidates) if self._content(one) == wanted), None)

    def _content(self, commit: str) -> str:
        trees = self.states.trees(commit)
        if trees not in self._digests:
            self._digests[trees] = self.digest(self.states.content(commit).items())
        return self._digests[trees]

    def _strayed(self, sealing: str, state: str | None) -> tuple[str, ...]:
        """The paths that the commit of the seal has otherwise than a commit with the sealed content."""
        if state is None or self.states.trees(sealing) == self.states.trees(state):
            return ()
        differing = self.states.content(sealing).items() ^ self.states.content(state).items()
        return tuple(sorted({path for path, _ in differing}))

    def _ids(self, commit: str) -> frozenset[str]:
        """The ids of the duties in a commit, by the names of their files."""
        return frozenset(_stem(path) for path in self.states.content(commit) if role_of(path) == "duty")

    def _explained(self, commit: str) -> Iterator[str]:
        """The ids that the ledgers in a commit say something of."""
        files = self.states.files(commit, DUTIES).items()
        ledgers = {path: blob for path, blob in files if path.endswith(LEDGER_FILE) and role_of(path) == LEDGER_FILE}
        for record in self._read(ledgers).values():
            if isinstance(record.value, Ledger):
                for event in record.value.events:
                    yield from event.origin

    def _campaign(self, commit: str, folder: str) -> CampaignFolder:
        """A campaign as a commit has it."""
        files = {path: blob for path, blob in self.states.files(commit, folder).items() if role_of(path)}
        (found,) = assemble_campaigns(sorted(files), self._read(files))
        return found

    def _is_signed(self, campaign: CampaignFolder) -> bool:
        """Whether a campaign asks for signatures: as it was sealed, or today."""
        path = campaign.path
        here = {one: blob for one, blob in self.states.files(self.head, CHANGELOG).items() if one == path}
        today = [record.value for record in self._read(here).values()]
        return any(one.signed for one in (campaign.campaign, *today) if one)

    def _read(self, files: Mapping[str, str]) -> dict[str, Record[Any]]:
        """The records of some files by path, each read once however many commits have it."""
        missing = [item for item in files.items() if item not in self._records]
        contents = blobs(self.repository.place, [blob for _, blob in missing]) if missing else ()
        for item, content in zip(missing, contents, strict=True):
            self._records[item] = read_quickly(item[0], content)
        return {path: record for path, blob in files.items() if (record := self._records[path, blob])}

    def _tag(self, leg: LegFolder, tag: Tag, verified: Mapping[str, Signature]) -> TagWitness:
        there = self.states.below(tag.commit, leg.folder).get(LEG_FILE) if tag.commit else None
        content = self._content(tag.commit) if tag.commit else None
        return TagWitness(tag.annotated, there, content, verified.get(tag.object_id, Signature.ABSENT))


def _campaign_folder(path: str) -> str:
    """The folder of the campaign that a `leg.toml` belongs to."""
    return path.rsplit("/", 2)[0]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".toml")
