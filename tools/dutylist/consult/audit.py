"""Proves seals again: what git says of each sealed leg against what the seal says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dutylist.consult.audit_files import changed_files, sealed_otherwise
from dutylist.consult.audit_tags import judged_tag
from dutylist.consult.seal import Sealed, digest_of, is_own, seal_digest
from dutylist.model import consultation_faults as faults
from dutylist.model.canonical import canonical_text
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.model.finding import Finding, Spot
from dutylist.model.sealing import Witness
from dutylist.model.text import one_line

Witnesses = Mapping[str, Witness]
"""The witnesses of all sealed legs by the title of the leg."""

_MOST_NAMED = 5


def in_chain_order(witnesses: Witnesses) -> list[Witness]:
    """Each leg behind those that its seal covers; what goes round in a circle comes last."""
    done: dict[str, Witness] = {}
    left = dict(sorted(witnesses.items()))
    while left:
        ready = [title for title, one in left.items() if not any(name in left for name in one.seal.previous)]
        for title in ready or list(left):
            done[title] = left.pop(title)
    return list(done.values())


def covered(title: str, witnesses: Witnesses) -> set[str]:
    """A leg and all those that its seal covers, in any number of steps."""
    found: set[str] = set()
    left = [title]
    while left:
        one = left.pop()
        if one in witnesses and one not in found:
            found.add(one)
            left += witnesses[one].seal.previous
    return found


def judge(one: Witness, witnesses: Witnesses) -> list[Finding]:
    """All that is wrong with one seal."""
    return [
        *changed_files(one),
        *_digest(one, witnesses),
        *_state(one),
        *_base(one),
        *_chain(one, witnesses),
        *judged_tag(one),
        *_vanished(one, witnesses),
    ]


def roots(witnesses: Witnesses) -> list[Finding]:
    """Seals that cover no other although there was one: each begins a chain of its own."""
    found = [one for one in in_chain_order(witnesses) if not one.seal.previous]
    why = "的封存没有接在之前的环节之后，另起了一条链。"
    return [
        faults.CHAIN_BROKEN.at(one.spot("seal", "previous"), f"{one.leg.title} {why}", one.leg.title, "root")
        for one in found[1:]
    ]


def head_known(head: str, witnesses: Witnesses) -> str | None:
    """The title of the leg whose seal has a digest, or begins with it."""
    return next((title for title, one in witnesses.items() if one.seal.digest.startswith(head)), None)


def head_unknown(head: str, path: str) -> Finding:
    """The finding that no seal has the digest that somebody holds."""
    message = f"没有一个环节的封存摘要是 {one_line(head)}；请与别的持有人核对，整条链可能被重新计算过。"
    return faults.HEAD_UNKNOWN.at(Spot(path), message, head)


def not_remade(one: Witness, forms: Iterable[str]) -> Iterator[Finding]:
    """The finding for reports that come out otherwise when they are made again."""
    for form in forms:
        name = REPORTS[form]
        message = f"{one.leg.title} 的 {name} 由封存的内容重新生成，与封存的不同；请核对是谁改的。"
        yield faults.REPORT_NOT_REMADE.at(Spot(f"{one.leg.folder}/{name}"), message, form)


def _digest(one: Witness, witnesses: Witnesses) -> Iterator[Finding]:
    """Whether the digest comes out again of all that the seal covers.

    What was told by name is not told once more: files that the commit of the seal has otherwise, legs that are gone.
    """
    seal, leg = one.seal, one.leg.leg
    if leg is None or sealed_otherwise(one) or any(title not in witnesses for title in seal.previous):
        return
    if one.sealed_files[LEG_FILE] != digest_of(canonical_text(leg).encode()):
        message = f"{one.leg.title} 的 leg.toml 不是封存时的写法：空格、换行或标点被改过；请从 git 恢复。"
        yield faults.DIGEST_DIFFERS.at(one.spot(), message, one.leg.title, "layout")
    files = {path: digest for path, digest in one.sealed_files.items() if is_own(path)}
    previous = {title: witnesses[title].sealed_files[LEG_FILE] for title in seal.previous}
    made = Sealed(one.leg.title, leg, seal.content, files, seal.totals, seal.tool, seal.rules, previous)
    if seal_digest(made) != seal.digest:
        before = "、".join(map(one_line, seal.previous)) or "无"
        message = (
            f"{one.leg.title} 的封存摘要重新计算不出来：leg.toml 里的日期、单位、总数、版本等，"
            f"或者之前环节（{before}）的 leg.toml 被改过；请与持有旧克隆或旧报告的人核对。"
        )
        yield faults.DIGEST_DIFFERS.at(one.spot("seal", "digest"), message, one.leg.title)


def _state(one: Witness) -> Iterator[Finding]:
    spot, commit = one.spot("seal", "content"), str(one.brought.commit)[:10]
    if one.state is None:
        digest = one.seal.content[:12]
        message = f"{one.leg.title} 封存的内容（{digest}…）在提交 {commit} 和它的上一个提交里都找不到。"
        yield faults.STATE_LOST.at(spot, message + _named("与标签所指的相比，", one.strayed), one.leg.title)
    elif one.strayed:
        message = f"{one.leg.title} 封存的提交 {commit} 自己改动了内容。"
        yield faults.CONTENT_DIFFERS.at(spot, message + _named("", one.strayed), one.leg.title)


def _named(against: str, paths: Sequence[str]) -> str:
    if not paths:
        return ""
    more = f" 等 {len(paths)} 个文件" if len(paths) > _MOST_NAMED else ""
    return f"{against}不同的是：{'、'.join(map(one_line, paths[:_MOST_NAMED]))}{more}。"


def _base(one: Witness) -> Iterator[Finding]:
    if one.base is None and not one.is_imported:
        message = f"{one.leg.title} 开始时的状态在历史中找不到；历史被改写过，或者 base 被改过。"
        yield faults.BASE_LOST.at(one.spot("base"), message, one.leg.title)


def _chain(one: Witness, witnesses: Witnesses) -> Iterator[Finding]:
    spot = one.spot("seal", "previous")
    for title in one.seal.previous:
        if title not in witnesses:
            message = f"{one.leg.title} 的封存接在 {one_line(title)} 之后，而它不存在或没有封存。"
            yield faults.CHAIN_BROKEN.at(spot, message, one.leg.title, title)
        elif one.leg.title in covered(title, witnesses):
            message = f"{one.leg.title} 与 {one_line(title)} 的封存互相接在对方之后。"
            yield faults.CHAIN_BROKEN.at(spot, message, one.leg.title, title)


def _vanished(one: Witness, witnesses: Witnesses) -> Iterator[Finding]:
    for title in one.seal.previous:
        before = witnesses.get(title)
        if before is None or before.state is None or one.state is None:
            continue
        for duty in sorted(before.ids - one.ids - one.explained):
            message = f"{one_line(duty)} 在 {title} 封存时还在，到 {one.leg.title} 封存时没有文件，台账里也没有去向。"
            yield faults.DUTY_VANISHED.at(one.spot("seal", "content"), message, one.leg.title, duty)
