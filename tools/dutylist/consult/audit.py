"""Proves seals again: what git says of each sealed leg against what the seal says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dutylist.consult.seal import Sealed, differs, from_list, is_own, seal_digest
from dutylist.model import consultation_faults as faults
from dutylist.model.changelog import LEG_FILE, REPORTS
from dutylist.model.consultation import Source
from dutylist.model.faults import Fault
from dutylist.model.finding import Finding, Severity, Spot
from dutylist.model.sealing import Signature, Touch, Witness
from dutylist.model.text import one_line

Witnesses = Mapping[str, Witness]
"""The witnesses of all sealed legs by the title of the leg."""

_MOST_NAMED = 5


def in_chain_order(witnesses: Witnesses) -> list[Witness]:
    """Each leg behind those that its seal covers; what goes round in a circle comes last."""
    done: dict[str, Witness] = {}
    left = dict(sorted(witnesses.items()))
    while left:
        ready = [
            title for title, one in left.items() if all(name in done or name not in left for name in one.seal.previous)
        ]
        for title in ready or list(left):
            done[title] = left.pop(title)
    return list(done.values())


def judge(one: Witness, witnesses: Witnesses, *, signed: bool) -> list[Finding]:
    """All that is wrong with one seal; `signed` where its campaign asks for signatures."""
    changed = list(_files(one))
    return [
        *changed,
        *_digest(one, witnesses, told=bool(changed)),
        *_state(one),
        *_chain(one, witnesses),
        *_tag(one, signed=signed),
        *_vanished(one, witnesses),
    ]


def roots(witnesses: Witnesses) -> list[Finding]:
    """Seals that cover no other although there was one: each begins a chain of its own."""
    found = [one for one in in_chain_order(witnesses) if not one.seal.previous]
    why = "的封存没有接在之前的环节之后，另起了一条链。"
    return [
        _finding(faults.CHAIN_BROKEN, one, ("seal", "previous"), f"{one.leg.title} {why}", "root") for one in found[1:]
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
        message = f"{one.leg.title} 的 {name} 由封存的内容重新生成，与封存的不同。"
        yield faults.REPORT_NOT_REMADE.at(Spot(f"{one.leg.folder}/{name}"), message, form)


def _files(one: Witness) -> Iterator[Finding]:
    """What in the leg's folder is not as it was sealed."""
    if one.now is None:
        yield _changed(one, LEG_FILE, "封存被删去")
    elif one.files.get(LEG_FILE) != one.sealed_files.get(LEG_FILE) and one.files.get(LEG_FILE):
        yield _changed(one, LEG_FILE, "改动过")
    listed = from_list(one.seal.files)
    for path, digest in sorted(one.files.items()):
        if is_own(path) and path not in listed:
            yield _changed(one, path, "是封存之后增加的")
        elif is_own(path) and differs(listed[path], digest):
            yield _changed(one, path, "改动过")
    for path in sorted(listed.keys() - one.files.keys()):
        yield _changed(one, path, "被删去")
    for form, name in REPORTS.items() if one.seal.reports else ():
        if one.files.get(name) != getattr(one.seal.reports, form):
            what = "改动过" if name in one.files else "被删去"
            message = f"{one.leg.title} 封存的报告 {name} {what}{_since(one, name)}；请从 git 恢复。"
            yield faults.REPORT_DIFFERS.at(Spot(f"{one.leg.folder}/{name}"), message, name)


def _changed(one: Witness, path: str, what: str) -> Finding:
    happened = f"{one.leg.title} 已经封存，{one_line(path)} {what}{_since(one, path)}"
    message = f"{happened}；请从 git 恢复，要更正的写在下一个环节。"
    return faults.FILE_CHANGED.at(Spot(f"{one.leg.folder}/{path}"), message, path, what)


def _since(one: Witness, path: str) -> str:
    touch = one.touched.get(path)
    if touch is None:
        return ""
    return f"（{_when(touch)}）"


def _when(touch: Touch) -> str:
    if touch.commit is None:
        return "当前文件，尚未提交"
    return f"自 {touch.date[:10]} {one_line(touch.author)} 的提交 {touch.commit[:10]} 起"


def _digest(one: Witness, witnesses: Witnesses, *, told: bool) -> Iterator[Finding]:
    """Whether the digest comes out again of all that the seal covers; files that differ are told by their names."""
    previous = {title: witnesses[title].files.get(LEG_FILE, "") for title in one.seal.previous if title in witnesses}
    seal = one.seal
    leg = one.leg.leg
    if leg is None or told:
        return
    files = {path: digest for path, digest in one.files.items() if is_own(path)}
    made = seal_digest(Sealed(leg, seal.content, files, seal.totals, seal.tool, seal.rules, previous))
    if made != seal.digest:
        message = (
            f"{one.leg.title} 的封存摘要重新计算不出来：总数、日期、版本，"
            f"或之前环节（{'、'.join(map(one_line, seal.previous)) or '无'}）的 leg.toml 被改过。"
        )
        yield _finding(faults.DIGEST_DIFFERS, one, ("seal", "digest"), message)


def _state(one: Witness) -> Iterator[Finding]:
    if one.state is None:
        digest = one.seal.content[:12]
        message = f"{one.leg.title} 封存的内容（{digest}…）在提交 {one.commit[:10]} 和它的上一个提交里都找不到。"
        yield _finding(faults.STATE_LOST, one, ("seal", "content"), message + _named(one.strayed))
    elif one.strayed:
        message = f"{one.leg.title} 封存的提交 {one.commit[:10]} 自己改动了内容。"
        yield _finding(faults.CONTENT_DIFFERS, one, ("seal", "content"), message + _named(one.strayed))
    imported = one.leg.leg is not None and one.leg.leg.source is Source.IMPORTED
    if one.base is None and not imported:
        message = f"{one.leg.title} 开始时的状态在历史中找不到；历史被改写过，或者 base 被改过。"
        yield _finding(faults.BASE_LOST, one, ("base",), message)


def _named(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    more = f" 等 {len(paths)} 个文件" if len(paths) > _MOST_NAMED else ""
    return f"不同的是：{'、'.join(map(one_line, paths[:_MOST_NAMED]))}{more}。"


def _chain(one: Witness, witnesses: Witnesses) -> Iterator[Finding]:
    for title in one.seal.previous:
        if title not in witnesses:
            message = f"{one.leg.title} 的封存接在 {one_line(title)} 之后，而它不存在或没有封存。"
            yield _finding(faults.CHAIN_BROKEN, one, ("seal", "previous"), message, title)
        elif _reaches(title, one.leg.title, witnesses, set()):
            message = f"{one.leg.title} 与 {one_line(title)} 的封存互相接在对方之后。"
            yield _finding(faults.CHAIN_BROKEN, one, ("seal", "previous"), message, title)


def _reaches(start: str, wanted: str, witnesses: Witnesses, seen: set[str]) -> bool:
    if start == wanted:
        return True
    if start in seen or start not in witnesses:
        return False
    seen.add(start)
    return any(_reaches(title, wanted, witnesses, seen) for title in witnesses[start].seal.previous)


def _tag(one: Witness, *, signed: bool) -> Iterator[Finding]:
    if one.leg.leg is None or one.leg.leg.source is Source.IMPORTED:
        return
    tag = one.tag
    if tag is None:
        message = f"{one.leg.title} 没有标签；运行 git fetch --tags，或请持有标签的人推送。"
        yield _finding(faults.TAG_MISSING, one, ("seal",), message)
        return
    if not tag.annotated or tag.seal != one.seal.digest or tag.content != one.seal.content:
        why = "不是附注标签" if not tag.annotated else "所指的提交不是封存的那一个"
        message = f"标签 {one.leg.title} {why}；请核对是谁移动的。"
        yield _finding(faults.TAG_MOVED, one, ("seal", "digest"), message)
    yield from _signature(one, tag.signature, signed=signed)


def _signature(one: Witness, signature: Signature, *, signed: bool) -> Iterator[Finding]:
    if signature is Signature.BAD:
        message = f"标签 {one.leg.title} 的签名核实不通过（git verify-tag）。"
        yield _finding(faults.SIGNATURE_BAD, one, ("seal",), message)
    elif signature is Signature.UNKNOWN:
        message = f"标签 {one.leg.title} 的签名在这台电脑上无法核实；请导入公钥，或设置 gpg.ssh.allowedSignersFile。"
        yield _finding(faults.SIGNATURE_UNKNOWN, one, ("seal",), message)
    elif signature is Signature.ABSENT:
        found = _finding(faults.SIGNATURE_ABSENT, one, ("seal",), f"标签 {one.leg.title} 没有签名。")
        yield _as_error(found) if signed else found


def _as_error(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR, message=finding.message.rstrip("。") + "，而这次编制要求签名。")


def _vanished(one: Witness, witnesses: Witnesses) -> Iterator[Finding]:
    for title in one.seal.previous:
        before = witnesses.get(title)
        if before is None or before.state is None or one.state is None:
            continue
        for duty in sorted(before.ids - one.ids - one.explained):
            message = f"{duty} 在 {title} 封存时还在，到 {one.leg.title} 封存时没有文件，台账里也没有去向。"
            yield _finding(faults.DUTY_VANISHED, one, ("seal", "content"), message, duty)


def _finding(fault: Fault, one: Witness, field: tuple[str, ...], message: str, *values: str) -> Finding:
    return fault.at(Spot(one.leg.path, field), message, one.leg.title, *values)
