"""A leg with every kind of opinion, as plain values, for the tests of its reports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from comparisons import ATTACKS, EMPTY, RULES, account_row, change, comparison, view
from dutylist.model.change import Change, ChangeKind, Comparison, SideName
from dutylist.model.changelog import CampaignFolder, LegFolder, campaign_path, leg_folder, opinion_path
from dutylist.model.consultation import Campaign, CampaignKind, Leg, Opinion, Totals, Verdict
from dutylist.model.duty import Kind
from dutylist.model.record import Record
from dutylist.report.changes import ChangeReport
from dutylist.report.leg import LegReport, leg_report

CAMPAIGN, LEG = "2025", "1-down"
DIGEST = "9f31c2a7b04e" * 5 + "abcd"
WATER, POLICE, CIVIL = "示例市水利局", "示例市公安局", "示例市民政局"
DAY = date(2025, 3, 11)
NAMES = {"ex-0001": "做好统计工作", "ex-0002": "农业用水管理", "ex-0007": "整修村组道路"}
BEFORE = Totals(duties=13, basic=3, supporting=3, reclaimed=7)
AFTER = Totals(duties=13, basic=4, supporting=2, reclaimed=7)


def opinion(number: int, author: str = WATER, **facts: Any) -> Opinion:
    """An opinion about 农业用水管理, changed."""
    values: dict[str, Any] = {
        "id": f"{CAMPAIGN}-{LEG}-{number:08x}",
        "author": author,
        "duty": "ex-0002",
        "text": "建议删去“水费征收”。",
        "received": DAY,
    }
    return Opinion(**(values | facts))


CAUSED = (
    change(
        ChangeKind.CLAUSE_REMOVED,
        field="township_responsibilities[0].clauses[2]",
        diff=(("-", "协助征收水费；"),),
        cause="opinion: 示例市水利局（采纳）2025-1-down-00000001；law: 水法第三条",
        author="编辑",
    ),
    change(ChangeKind.RENAMED, "ex-0001", name="做好统计工作", list_kind=Kind.BASIC, category="党的建设", field="name"),
)
OPINIONS = (
    opinion(
        1,
        field="township_responsibilities",
        original="协助征收水费；",
        proposed="（删去）",
        argument="乡镇没有执法权。\n征收是水利部门的职责。",
        verdict=Verdict.ADOPTED,
        settled_by="专题协调会 2025-03-15",
    ),
    opinion(2, POLICE, verdict=Verdict.PARTLY_ADOPTED, reason="保留宣传。", text="建议全部收回。"),
    opinion(
        3,
        POLICE,
        duty="ex-0007",
        field="township_responsibilities[0].clauses[1]",
        verdict=Verdict.NOT_ADOPTED,
        reason="法律规定由乡镇负责。",
        received=date(2025, 3, 18),
    ),
    opinion(4, duty="ex-0001", verdict=Verdict.DISPUTED, reason="等三定方案。", text="建议转为配合事项。"),
    opinion(5, CIVIL, duty=None, text="建议统一“群众”与“居民”的用法。", verdict=Verdict.ADOPTED),
    opinion(6, CIVIL, duty="ex-0099", text="建议增加经费。"),
)
ANSWERS: Mapping[str, Sequence[str]] = {
    OPINIONS[0].id: (CAUSED[0].fingerprint,),
    OPINIONS[1].id: (CAUSED[0].fingerprint, "0123456789ab"),
}
FEW = Comparison(
    (CAUSED[0], replace(CAUSED[1], before="做好统计", after="做好统计工作")),
    (
        account_row(Kind.BASIC, None, 3, 1, 0, 0, 0, 0, 0, 4),
        account_row(Kind.SUPPORTING, None, 3, 0, 0, 0, 0, 1, 0, 2),
        account_row(Kind.RECLAIMED, None, 7, 0, 0, 0, 0, 0, 0, 7),
    ),
    (),
)


def campaign(*legs: LegFolder, **facts: Any) -> CampaignFolder:
    """A campaign of three legs, changed."""
    values: dict[str, Any] = {
        "title": "示例镇履职事项清单编制",
        "kind": CampaignKind.COMPILATION,
        "townships": ("示例镇",),
        "legs": ("1-up", "1-down", "2-up"),
        "note": "与机构改革同步进行。",
    }
    return CampaignFolder(CAMPAIGN, Record(campaign_path(CAMPAIGN), Campaign(**(values | facts))), legs)


def leg(*opinions: Opinion, name: str = LEG, **facts: Any) -> LegFolder:
    """An open leg with these opinions, changed."""
    values: dict[str, Any] = {
        "sender": "示例县委编办",
        "to": "县直各部门",
        "opened": date(2025, 3, 1),
        "due": date(2025, 3, 15),
        "base": "ab12" * 16,
        "consulted": (WATER, POLICE, "示例市教育局"),
        "silent": ("示例市教育局",),
    }
    record = Record(f"{leg_folder(CAMPAIGN, name)}/leg.toml", Leg(**(values | facts)))
    records = tuple(Record(opinion_path(CAMPAIGN, name, one.id), one) for one in opinions)
    return LegFolder(CAMPAIGN, name, record, records)


def changes(made: Comparison = FEW) -> ChangeReport:
    """The view of what changed in a leg."""
    return replace(
        view(made),
        before=SideName(f"{CAMPAIGN}/{LEG} 基准", "f" * 40),
        after=SideName("当前文件"),
        version="",
        rules=RULES,
    )


def report(folder: LegFolder | None = None, made: Comparison = FEW, **facts: Any) -> LegReport:
    """The report of a leg, by default one with every kind of opinion."""
    folder = folder or leg(*OPINIONS, closed=date(2025, 3, 20), note="会议两次改期。")
    values: dict[str, Any] = {
        "digest": DIGEST,
        "changes": changes(made),
        "answers": ANSWERS,
        "before": BEFORE,
        "after": AFTER,
        "names": NAMES,
    }
    return leg_report(campaign(folder), folder, **(values | facts))


def hostile() -> LegReport:
    """A report in which every text that a user can write is an attack."""
    attacked = [
        opinion(
            at,
            attack,
            duty=f"lj-{at:04d}",
            field=attack,
            original=attack,
            text=attack,
            proposed=attack,
            argument=attack,
            reason=attack,
            settled_by=attack,
            verdict=(Verdict.NOT_ADOPTED, Verdict.DISPUTED, None)[at % 3],
        )
        for at, attack in enumerate(ATTACKS, 1)
    ]
    whole = "".join(ATTACKS)
    folder = leg(*attacked, sender=whole, to=whole, silent=ATTACKS, note=whole)
    facts: dict[str, Any] = {"title": whole, "townships": (whole,), "note": whole}
    answers: dict[str, Any] = {one.id: [told.fingerprint] for one, told in zip(attacked, _attacked(), strict=True)}
    return leg_report(
        campaign(folder, **facts),
        folder,
        digest=None,
        changes=changes(comparison()),
        answers=answers,
        before=BEFORE,
        after=AFTER,
        names=dict.fromkeys((one.duty or "" for one in attacked), whole),
    )


def _attacked() -> list[Change]:
    return [one for one in comparison().changes if one.duty and one.duty.startswith("lj-")]


NOTHING = leg_report(
    campaign(note=None),
    leg(silent=(WATER, POLICE, "示例市教育局")),
    digest=None,
    changes=changes(EMPTY),
    answers={},
    before=BEFORE,
    after=BEFORE,
)
