"""What closing a leg writes: its opinions with the changes that answer them, its seal, its reports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dutylist import __version__
from dutylist.commands.common import Opened, hint
from dutylist.commands.legs import Standing, causes_since, findings_of, require_base, sealed_side, standing
from dutylist.consult import scope
from dutylist.consult.legs import campaign_of, last_sealed, townships_of
from dutylist.consult.seal import Sealed, content_digest, digest_of, is_own, listed, seal_digest
from dutylist.contract import rules_version
from dutylist.errors import DutyListError
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import LEG_FILE, REPORTS, CampaignFolder, LegFolder
from dutylist.model.consultation import Campaign, Leg, ReportDigests, Seal, Totals
from dutylist.model.record import Record
from dutylist.model.text import one_line
from dutylist.report.leg import leg_report
from dutylist.report.leg_formats import write
from dutylist.store.place import locate
from dutylist.store.recording import Place
from dutylist.store.states import States


@dataclass(frozen=True, slots=True)
class Closed:
    """A leg that is ready to be recorded: its files by path in the library, `leg.toml` last."""

    title: str
    campaign: Campaign
    leg: Leg
    digest: str
    files: Mapping[str, bytes]


def closed(opened: Opened, place: Place, leg: LegFolder, strictest: int) -> Closed:
    """Closes a leg, which is given as it will be; refused where something blocks that.

    `strictest` is the rank of the mildest findings that block: 0 for errors alone.
    """
    campaign = campaign_of(opened.library, leg)
    assert campaign.campaign is not None
    found = _standing(opened, place, leg)
    _refuse_blocked(opened, leg, found, strictest)
    fresh = _answered(leg, found) if found else leg
    states = States.of(place.repository)
    files = {one.path: canonical_text(one.value).encode() for one in fresh.opinions if one not in leg.opinions}
    own = {path: digest for path, digest in states.below(place.head, leg.folder).items() if is_own(path)}
    own |= {path.removeprefix(f"{leg.folder}/"): digest_of(text) for path, text in files.items()}
    assert fresh.leg is not None
    sealed = Sealed(
        title=leg.title,
        leg=fresh.leg,
        content=content_digest(states.content(place.head).items()),
        files=own,
        totals=found.totals[1] if found else scope.totals(opened.library, townships_of(campaign)),
        tool=__version__,
        rules=rules_version(),
        previous={one.title: _file_digest(states, place.head, one) for one in last_sealed(opened.library)},
    )
    digest = seal_digest(sealed)
    reports = remade(campaign, fresh, digest, found, sealed.totals) if found else {}
    files |= {f"{leg.folder}/{REPORTS[form]}": text for form, text in reports.items()}
    digests = ReportDigests(**{form: digest_of(text) for form, text in reports.items()}) if reports else None
    seal = Seal(
        digest=digest,
        content=sealed.content,
        tool=sealed.tool,
        rules=sealed.rules,
        previous=tuple(sorted(sealed.previous)),
        files=listed(own),
        totals=sealed.totals,
        reports=digests,
    )
    whole = replace(fresh.leg, seal=seal)
    files[leg.path] = canonical_text(whole).encode()
    return Closed(leg.label, campaign.campaign, whole, digest, files)


def remade(campaign: CampaignFolder, leg: LegFolder, digest: str, found: Standing, totals: Totals) -> dict[str, bytes]:
    """The three reports of a leg by format, out of what it stands at: the same content gives the same bytes."""
    view = leg_report(
        campaign,
        replace(leg, record=_unsealed(leg)),
        digest=digest,
        changes=found.view,
        answers=found.reconciled.answers,
        before=found.totals[0],
        after=totals,
        names=found.names,
    )
    return {form: write(form, view).encode() for form in REPORTS}


def _standing(opened: Opened, place: Place, leg: LegFolder) -> Standing | None:
    """How the leg stands at the tip of the branch; None for an imported one, which is sealed by content alone."""
    if leg.leg is None or leg.leg.base is None:
        return None
    base = require_base(opened.root, leg, place.head)
    known = causes_since(place.repository, base, place.head)
    return standing(opened.root, opened.library, leg, base, sealed_side(opened.root, leg, place.head), known)


def _refuse_blocked(opened: Opened, leg: LegFolder, found: Standing | None, strictest: int) -> None:
    """Tells what blocks closing, and refuses."""
    findings = findings_of(opened.library, opened.faults, leg, found.reconciled if found else None)
    blocking = [one for one in findings if one.severity.rank <= strictest]
    for one in locate(blocking, opened.snapshot):
        place = f"{one_line(one.spot.path)}:{one.place.line}:{one.place.column}"
        hint(f"{place}  {one.severity.label} {one.code}  {one_line(one.message)}")
    unclosed = found.view.unclosed if found else ()
    if blocking or unclosed:
        what = f"有 {len(blocking)} 个问题妨碍关闭" if blocking else f"有 {len(unclosed)} 行账目不平"
        message = f"环节 {leg.title} {what}；没有改动任何文件。"
        raise DutyListError(message, f"请先了结上面的问题；随时用 dutylist leg status {leg.title} 查看。")


def _answered(leg: LegFolder, found: Standing) -> LegFolder:
    """The leg with its causes, and each adopted opinion with the changes that answer it."""
    assert leg.record is not None
    opinions = []
    for record in leg.opinions:
        adopted = record.value.verdict is not None and record.value.verdict.asks_for_change
        answers = found.reconciled.answers[record.value.id] if adopted else record.value.changes
        value = replace(record.value, changes=tuple(dict.fromkeys(answers)))
        opinions.append(record if value == record.value else replace(record, value=value))
    own = replace(leg.record, value=replace(leg.record.value, causes=found.causes))
    return replace(leg, record=own, opinions=tuple(opinions))


def _unsealed(leg: LegFolder) -> Record[Leg] | None:
    return leg.record and replace(leg.record, value=replace(leg.record.value, seal=None))


def _file_digest(states: States, head: str, leg: LegFolder) -> str:
    """The digest of the whole `leg.toml` of a leg that is sealed."""
    return states.below(head, leg.folder)[LEG_FILE]
