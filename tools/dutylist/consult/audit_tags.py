"""Judges the tags of legs: whether each still names what was sealed, and is signed where it must be."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dutylist.model import consultation_faults as faults
from dutylist.model.changelog import LEG_FILE
from dutylist.model.finding import Finding, Severity, Spot
from dutylist.model.sealing import Loose, Signature, Why, Witness
from dutylist.model.text import one_line

_LOOSE = {
    Why.UNREADABLE: (
        faults.DIGEST_DIFFERS,
        "{title} 的 leg.toml 读不出来，看不出有没有封存；请运行 dutylist check，或从 git 恢复。",
    ),
    Why.UNSEALED: (
        faults.DIGEST_DIFFERS,
        "{title} 写着已经关闭，却没有封存：封存被删去，或者不是用 dutylist leg close 关闭的。",
    ),
    Why.GONE: (
        faults.TAG_MOVED,
        "标签 {title} 所指的提交封存了这个环节，历史中却没有它：环节被整个删去，或历史被改写过；"
        "作废的环节，请删去标签（git tag -d）。",
    ),
}


def judged_tag(one: Witness) -> Iterator[Finding]:
    """What is wrong with the tag of a leg; an imported leg has none."""
    if one.is_imported:
        return
    title, tag = one_line(one.leg.title), one.tag
    if tag is None:
        message = f"{title} 没有标签；运行 git fetch --tags，或请持有标签的人推送。"
        yield _required(one, faults.TAG_MISSING.at(one.spot("seal"), message, one.leg.title))
        return
    if not tag.annotated:
        message = f"标签 {title} 不是附注标签，不是 dutylist leg close 打的；请核对是谁换掉的。"
        yield faults.TAG_MOVED.at(one.spot("seal", "digest"), message, one.leg.title)
    elif (tag.leg, tag.content) != (one.sealed_files.get(LEG_FILE), one.seal.content):
        message = f"标签 {title} 所指的提交，与历史中的封存不是同一个；请核对是谁移动了标签，或改写了历史。"
        yield faults.TAG_MOVED.at(one.spot("seal", "digest"), message, one.leg.title)
    yield from _signature(one, title, tag.signature)


def _signature(one: Witness, title: str, signature: Signature) -> Iterator[Finding]:
    spot = one.spot("seal")
    if signature is Signature.BAD:
        message = f"标签 {title} 的签名核实不通过；运行 git verify-tag {title} 查看，并核对是谁改的。"
        yield faults.SIGNATURE_BAD.at(spot, message, one.leg.title)
    elif signature is Signature.UNKNOWN:
        message = f"标签 {title} 的签名在这台电脑上无法核实；请导入公钥，或设置 gpg.ssh.allowedSignersFile。"
        yield _required(one, faults.SIGNATURE_UNKNOWN.at(spot, message, one.leg.title))
    elif signature is Signature.ABSENT:
        yield _required(one, faults.SIGNATURE_ABSENT.at(spot, f"标签 {title} 没有签名。", one.leg.title))


def _required(one: Witness, finding: Finding) -> Finding:
    """What a campaign that asks for signatures must not let pass."""
    if not one.signed:
        return finding
    message = f"{finding.message.rstrip('。')}；{one_line(one.leg.campaign)} 要求每个环节的标签都有签名。"
    return replace(finding, severity=Severity.ERROR, message=message)


def loose_ends(found: Iterable[Loose]) -> Iterator[Finding]:
    """The findings for legs that no seal proves, although they seem to have been closed."""
    for one in found:
        fault, message = _LOOSE[one.why]
        yield fault.at(Spot(f"{one.folder}/{LEG_FILE}"), message.format(title=one_line(one.title)), one.title, one.why)
