"""CS: what the records of a consultation say by themselves; what they say of changes is reconciled in `consult`."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dutylist.check.rule import Hit, Rule, Scope, rule
from dutylist.model.canonical import fields_of
from dutylist.model.changelog import CampaignFolder, LegFolder
from dutylist.model.consultation import Opinion, Verdict
from dutylist.model.consultation_faults import AUDITED, RECONCILED
from dutylist.model.finding import Severity, Spot
from dutylist.model.library import Library
from dutylist.model.record import Record
from dutylist.model.text import one_line


@rule("CS001", Severity.ERROR, "意见提到不存在的事项", Scope.LIBRARY)
def unknown_duty(library: Library) -> Iterator[Hit]:
    """意见所针对的事项编号从来没有给出过。

    找不到事项，意见就落了空，提意见的单位也得不到答复。已经合并、拆分、废止的编号仍算有。

    Bad:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0009"
        text = "建议删去"
        received = 2025-03-11
        ```
    Good:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        text = "建议删去"
        received = 2025-03-11
        ```
    """
    opinions = list(_opinions(library))
    known = _ids_given_out(library) if opinions else set()
    for _, record in opinions:
        duty = record.value.duty
        if duty is not None and duty not in known:
            message = f"意见针对的事项 {duty} 从未给出；请核对编号（dutylist list）。"
            yield Hit(Spot(record.path, ("duty",)), message, (duty,))


def _ids_given_out(library: Library) -> set[str]:
    """The ids of all duties that are, were, or lie in files that could not be read."""
    ids = {record.value.id for _, record in library.duties()}
    for folder in library.townships:
        ids |= {path.rpartition("/")[2].removesuffix(".toml") for path in folder.unread}
        for event in folder.ledger.value.events if folder.ledger else ():
            ids |= {*event.origin, *event.into}
    return ids


@rule("CS002", Severity.ERROR, "答复没有理由", Scope.LIBRARY)
def verdict_without_reason(library: Library) -> Iterator[Hit]:
    """意见没有（全部）采纳，却没有写理由。

    不采纳的意见要有说法，否则提意见的单位会在下一轮再提一次。

    Bad:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        verdict = "not-adopted"
        ```
    Good:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        verdict = "not-adopted"
        reason = "法律规定由乡镇负责"
        ```
    """
    for _, record in _opinions(library):
        opinion = record.value
        if opinion.verdict not in (None, Verdict.ADOPTED) and not (opinion.reason or "").strip():
            message = f"{_who(opinion)}的意见{opinion.verdict.label}，没有写理由；请用 dutylist settle 写明。"
            yield Hit(Spot(record.path, ("verdict",)), message, (opinion.id,))


@rule("CS003", Severity.ERROR, "环节关闭时意见没有了结", Scope.LIBRARY)
def unsettled_when_closed(library: Library) -> Iterator[Hit]:
    """环节已经关闭，还有意见没有答复，或者仍待研判。

    封存之后不能再改；没有了结的意见从此没有下文。

    Bad:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        closed = 2025-03-20
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        ```
    Good:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        closed = 2025-03-20
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        verdict = "adopted"
        ```
    """
    for leg, record in _opinions(library):
        opinion = record.value
        if leg.leg is None or leg.is_open or opinion.verdict not in (None, Verdict.DISPUTED):
            continue
        state = "还没有答复" if opinion.verdict is None else "仍待研判"
        message = f"{_who(opinion)}的意见 {opinion.id} {state}；请用 dutylist settle 了结后再关闭环节。"
        yield Hit(Spot(record.path, ("verdict",)), message, (opinion.id,))


@rule("CS004", Severity.ADVICE, "逾期答复", Scope.LIBRARY)
def late_reply(library: Library) -> Iterator[Hit]:
    """意见在截止日期之后才收到。

    照样办理，报告中注明逾期；经常逾期的单位，下一轮要早些提醒。

    Bad:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-16
        ```
    Good:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-15
        ```
    """
    for leg, record in _opinions(library):
        due = leg.leg.due if leg.leg else None
        if due and record.value.received > due:
            days = (record.value.received - due).days
            message = f"{_who(record.value)}的意见 {record.value.received} 收到，比截止日期 {due} 晚 {days} 天。"
            yield Hit(Spot(record.path, ("received",)), message, (record.value.id,))


@rule("CS005", Severity.ERROR, "日期先后不对", Scope.LIBRARY)
def dates_out_of_order(library: Library) -> Iterator[Hit]:
    """环节的开始、截止、关闭日期，或意见、认可的日期，先后颠倒。

    日期是程序合不合规的依据；多半是年月写错了。

    Bad:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-02-15
        ```
    Good:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        ```
    """
    for leg in library.legs():
        if leg.record is None or leg.leg is None:
            continue
        opened, closed = leg.leg.opened, leg.leg.closed
        for key, what, day in (("due", "截止", leg.leg.due), ("closed", "关闭", closed)):
            if day and day < opened:
                yield _too_early(leg.record.path, key, f"{what}日期 {day} 早于开始日期 {opened}", day)
        records = [
            *((one.path, "received", "收到意见", one.value.received) for one in leg.opinions),
            *((one.path, "on", "认可", one.value.on) for one in leg.decisions),
        ]
        for path, key, what, day in records:
            if day < opened:
                yield _too_early(path, key, f"{what}的日期 {day} 早于环节开始的日期 {opened}", day)
            elif closed and day > closed:
                yield _too_early(path, key, f"{what}的日期 {day} 晚于环节关闭的日期 {closed}", day)


def _too_early(path: str, key: str, what: str, day: date) -> Hit:
    return Hit(Spot(path, (key,)), f"{what}；请核对年月日。", (key, day.isoformat()))


@rule("CS006", Severity.ERROR, "记录与文件名或环节不符", Scope.LIBRARY)
def misplaced_record(library: Library) -> Iterator[Hit]:
    """意见的编号与文件名不同，或者属于别的环节；认可的指纹与文件名不同。

    按编号找不到文件，答复就会写到别处。

    Bad:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-2-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        ```
    Good:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        ```
    """
    for leg in library.legs():
        prefix = f"{leg.campaign}-{leg.name}-"
        for opinion in leg.opinions:
            if opinion.value.id != _stem(opinion.path):
                yield _misnamed(opinion.path, "id", opinion.value.id, "意见编号")
            elif opinion.value.id != prefix + opinion.value.id.rpartition("-")[2]:
                message = f"意见编号 {one_line(opinion.value.id)} 不属于环节 {leg.title}；请移到它所属的环节。"
                yield Hit(Spot(opinion.path, ("id",)), message, (opinion.value.id,))
        for decision in leg.decisions:
            if decision.value.fingerprint != _stem(decision.path):
                yield _misnamed(decision.path, "fingerprint", decision.value.fingerprint, "指纹")


def _misnamed(path: str, key: str, value: str, what: str) -> Hit:
    message = (
        f"文件名是 {one_line(_stem(path))}.toml，{what}是 {one_line(value)}；请把文件改名为 {one_line(value)}.toml。"
    )
    return Hit(Spot(path, (key,)), message, (value,))


@rule("CS007", Severity.ERROR, "环节不合程序", Scope.LIBRARY)
def out_of_procedure(library: Library) -> Iterator[Hit]:
    """环节没有列入 campaign.toml，或者前一个环节还没有关闭就开始了，或者缺少 campaign.toml、leg.toml。

    三上三下一步接一步；跳过一步，后面的意见就不知道针对哪一稿。

    Bad:
        ```toml changelog/2025/campaign.toml
        title = "示例镇履职事项清单编制"
        kind = "compilation"
        townships = [
          "示例镇",
        ]
        legs = [
          "1-up",
        ]
        ```
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        ```
    Good:
        ```toml changelog/2025/campaign.toml
        title = "示例镇履职事项清单编制"
        kind = "compilation"
        townships = [
          "示例镇",
        ]
        legs = [
          "1-down",
        ]
        ```
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        ```
    """
    for campaign in library.campaigns:
        if campaign.campaign is None:
            message = "缺少 campaign.toml 或它读不出来；请用 dutylist campaign new 新建，或从 git 恢复。"
            yield Hit(Spot(campaign.path), message, (campaign.name,))
        for leg in campaign.legs:
            if leg.record is None:
                message = (
                    f"环节 {leg.title} 缺少 leg.toml 或它读不出来；请用 dutylist leg open 开始环节，或从 git 恢复。"
                )
                yield Hit(Spot(leg.path), message, (leg.title,))
            elif campaign.campaign and leg.name not in campaign.campaign.legs:
                listed = "、".join(campaign.campaign.legs)
                message = f"{leg.title} 没有列入 campaign.toml 的环节（{listed}）；请改名或补列。"
                yield Hit(Spot(leg.path), message, (leg.title,))
        yield from _unclosed_before_others(campaign)


def _unclosed_before_others(campaign: CampaignFolder) -> Iterator[Hit]:
    there = [leg for leg in campaign.in_order if leg.record]
    for earlier, later in pairwise(there):
        if earlier.is_open:
            message = f"{later.title} 已经开始，而前一个环节 {earlier.title} 还没有关闭；请先关闭。"
            yield Hit(Spot(later.path, ("opened",)), message, (earlier.title, later.title))


@rule("CS008", Severity.ERROR, "涉及的乡镇不在清单库中", Scope.LIBRARY)
def unknown_township(library: Library) -> Iterator[Hit]:
    """campaign.toml 写的乡镇（街道）没有文件夹。

    写错了名称，这个乡镇的变化和意见就不会进入报告。

    Bad:
        ```toml changelog/2025/campaign.toml
        title = "示例镇履职事项清单编制"
        kind = "compilation"
        townships = [
          "示列镇",
        ]
        legs = [
          "1-up",
        ]
        ```
    Good:
        ```toml changelog/2025/campaign.toml
        title = "示例镇履职事项清单编制"
        kind = "compilation"
        townships = [
          "示例镇",
        ]
        legs = [
          "1-up",
        ]
        ```
    """
    known = {folder.name for folder in library.townships}
    for campaign in library.campaigns:
        for at, name in enumerate(campaign.campaign.townships if campaign.campaign else ()):
            if name not in known:
                message = f"清单库里没有乡镇 {one_line(name)}；请核对名称，与 duties 下的文件夹同名。"
                yield Hit(Spot(campaign.path, ("townships", at)), message, (name,))


@rule("CS009", Severity.ADVICE, "提出单位不在征求意见之列", Scope.LIBRARY)
def not_consulted(library: Library) -> Iterator[Hit]:
    """提意见的单位不在这个环节征求意见的单位之中。

    多半是单位的写法不一致，这样它还会被记为无意见；确是主动提出的，可以补入征求意见单位。

    Bad:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        consulted = [
          "示例市公安局",
        ]
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "建议删去"
        received = 2025-03-11
        ```
    Good:
        ```toml changelog/2025/1-down/leg.toml
        from = "县委编办"
        to = "县直各部门"
        opened = 2025-03-01
        due = 2025-03-15
        consulted = [
          "示例市水利局",
        ]
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "市水利局"
        text = "建议删去"
        received = 2025-03-11
        ```
    """
    canonical = library.vocabulary.canonical
    for leg in library.legs():
        asked = set(map(canonical, leg.leg.consulted)) if leg.leg else set()
        for record in leg.opinions if asked else ():
            author = record.value.author
            if canonical(author) not in asked:
                message = f"{one_line(author)} 不在 {leg.title} 征求意见的单位之中；请核对写法，或补入 consulted。"
                yield Hit(Spot(record.path, ("author",)), message, (author,))


@rule("CS010", Severity.WARNING, "意见提到不存在的字段", Scope.LIBRARY)
def unknown_field(library: Library) -> Iterator[Hit]:
    """意见的 field 不是所针对事项的字段。

    对不上字段，采纳之后就找不到对应的变化。

    Bad:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        field = "takeover"
        text = "建议删去"
        received = 2025-03-11
        ```
    Good:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        field = "name"
        text = "建议删去"
        received = 2025-03-11
        ```
    """
    asked = [record for _, record in _opinions(library) if record.value.field and record.value.duty]
    duties = {record.value.id: record.value for _, record in library.duties()} if asked else {}
    for record in asked:
        duty, field = duties.get(record.value.duty or ""), record.value.field or ""
        if duty and field.partition("[")[0] not in fields_of(type(duty)):
            known = "、".join(name for name in fields_of(type(duty)) if name not in ("id", "kind", "waivers"))
            message = f"{duty.id} 没有字段 {one_line(field)}；可用：{known}。"
            yield Hit(Spot(record.path, ("field",)), message, (field,))


def _opinions(library: Library) -> Iterator[tuple[LegFolder, Record[Opinion]]]:
    for leg in library.legs():
        for record in leg.opinions:
            yield leg, record


def _who(opinion: Opinion) -> str:
    about = f"对 {opinion.duty} " if opinion.duty else ""
    return f"{one_line(opinion.author)} {about}"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".toml")


RULES: tuple[Rule, ...] = (
    unknown_duty,
    verdict_without_reason,
    unsettled_when_closed,
    late_reply,
    dates_out_of_order,
    misplaced_record,
    out_of_procedure,
    unknown_township,
    not_consulted,
    unknown_field,
    *(Rule(one.code, one.severity, one.title, Scope.COMPARISON, one.doc, None) for one in RECONCILED),
    *(Rule(one.code, one.severity, one.title, Scope.HISTORY, one.doc, None) for one in AUDITED),
)
