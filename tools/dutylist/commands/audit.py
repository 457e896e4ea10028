"""Proves every seal again from git alone."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from dutylist import __version__
from dutylist.commands.checking import THRESHOLDS, fail_on_option
from dutylist.commands.common import (
    emit,
    format_option,
    hint,
    library_option,
    output_option,
    quiet_option,
    revision_option,
)
from dutylist.consult.audit import (
    Witnesses,
    covered,
    head_known,
    head_unknown,
    in_chain_order,
    judge,
    not_remade,
    roots,
)
from dutylist.consult.audit_tags import loose_ends
from dutylist.consult.seal import content_digest, digest_of
from dutylist.errors import DutyListError, UsageError
from dutylist.model.changelog import CHANGELOG, REPORTS, LegFolder
from dutylist.model.library import Library
from dutylist.model.sealing import Witness
from dutylist.model.text import one_line
from dutylist.report.audit import as_json, audit_report, text
from dutylist.report.views import fails
from dutylist.store.leg_tags import tags
from dutylist.store.locate import find_library
from dutylist.store.recording import finish
from dutylist.store.revision import commit_of, repository_around
from dutylist.store.states import States
from dutylist.store.witness import Witnessing

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORTEST = 12


@click.command("audit")
@click.option("--since", metavar="LEG|DATE", help="只核对这个环节（如 2025/1-up）或这一天以来封存的。")
@click.option("--head", "held", metavar="DIGEST", help="所持的封存摘要（可以只写开头 12 位以上），核对链上有它。")
@fail_on_option()
@format_option("text", "json")
@output_option
@revision_option
@library_option
@quiet_option
def command(
    since: str | None,
    held: str | None,
    fail_on: str,
    form: str,
    output: Path | None,
    revision: str | None,
    library: Path | None,
    quiet: bool,
) -> None:
    """由 git 重新证明每个封存的环节：内容、文件、报告、链、标签和签名。

    不对的，说明是哪里、从何时起。有错误时退出码为 1。链整条被重新计算过，从里面看不出来：所以每份报告都印着封存摘要，
    请另外保存，用 --head 核对。
    """
    if held is not None and not re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", held):
        raise UsageError(f"不是封存摘要：{one_line(held)}", f"摘要是十六进制，至少写 {_SHORTEST} 位；报告上印着。")
    root = find_library(Path.cwd(), library)
    repository = repository_around(root)
    if repository.shallow:
        message = "这是浅克隆，较早的历史没有取来，无法证明封存。"
        raise DutyListError(message, "请运行 git fetch --unshallow 取来全部历史后重试。")
    if repository.git_dir != repository.place and (said := finish(root)):
        hint(said)
    head = commit_of(repository, revision or "HEAD")
    witnessing = Witnessing(States.of(repository), head, content_digest, tags(repository.place), revision is None)
    every = witnessing.witnesses()
    holder = head_known(held, every) if held else None
    proved_too = covered(holder, every) if holder else set()
    wanted = _since(since, every)
    chosen = [one for one in in_chain_order(every) if wanted(one.leg) or one.leg.title in proved_too]
    findings = [*loose_ends(witnessing.loose(every)), *(roots(every) if since is None else ())]
    legs = []
    for one in chosen:
        reports, wrong = _remade(root, witnessing, one)
        findings += [*judge(one, every), *not_remade(one, wrong)]
        legs.append((one, reports))
    findings += [head_unknown(held, CHANGELOG)] if held and holder is None else []
    view = audit_report(head, holder, legs, findings)
    emit(as_json(view) if form == "json" else text(view), output, quiet=quiet)
    raise SystemExit(1 if any(fails(one, THRESHOLDS[fail_on]) for one in findings) else 0)


def _since(wanted: str | None, every: Witnesses) -> Callable[[LegFolder], bool]:
    """A test for legs: sealed with, or behind, what the user named."""
    if wanted is None:
        return lambda _: True
    if _DAY.fullmatch(wanted):
        try:
            day = date.fromisoformat(wanted)
        except ValueError as error:
            raise UsageError(f"没有这一天：{wanted}", "请写 年-月-日，如 2025-03-15。") from error
        return lambda leg: leg.leg is not None and leg.leg.closed is not None and leg.leg.closed >= day
    titles = [one.leg.title for one in in_chain_order(every)]
    if wanted not in titles:
        listed = "、".join(map(one_line, titles)) or "（没有）"
        raise UsageError(f"没有封存的环节 {one_line(wanted)}。", f"封存的环节：{listed}；也可以写日期。")
    behind = set(titles[titles.index(wanted) :])
    return lambda leg: leg.title in behind


def _remade(root: Path, witnessing: Witnessing, one: Witness) -> tuple[str, list[str]]:
    """What became of making a leg's reports again, and the formats that come out otherwise."""
    from dutylist.contract import rules_version

    seal = one.seal
    if seal.reports is None or one.leg.leg is None:
        return "none", []
    if (seal.tool, seal.rules) != (__version__, rules_version()):
        return "stored", []
    if one.state is None or one.base is None:
        return "lost", []
    made = _reports(root, witnessing, one, one.base, one.state)
    wrong = [form for form in REPORTS if digest_of(made.get(form, b"")) != getattr(seal.reports, form)]
    return ("differ" if wrong else "remade"), wrong


def _reports(root: Path, witnessing: Witnessing, one: Witness, base: str, state: str) -> dict[str, bytes]:
    """The reports of a leg, made again from its two states and its records; none where these do not suffice."""
    from dutylist.commands.closing import remade
    from dutylist.commands.legs import sealed_side, standing

    leg = one.leg
    assert leg.leg is not None
    names = witnessing.names(state, (record.value.duty for record in leg.opinions))
    side = sealed_side(root, leg, state)
    try:
        found = standing(root, Library((), campaigns=(one.campaign,)), leg, base, side, leg.leg.causes, names)
    except DutyListError:
        return {}
    return remade(one.campaign, leg, one.seal.digest, found, one.seal.totals)
