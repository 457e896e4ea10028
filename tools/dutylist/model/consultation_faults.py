"""What only two revisions, or git's history, can show to be wrong: opinions against changes (CS), seals (AU)."""

from dutylist.model.faults import Fault
from dutylist.model.finding import Severity

UNFULFILLED = Fault(
    "CS011",
    Severity.ERROR,
    "采纳的意见没有对应变化",
    """意见已经采纳，所针对的事项和字段却没有改动。

    答复说采纳了，清单里却看不到，提意见的单位下一轮会再问。要么照意见改，要么改答复；
    改在别处的，用 settle --change 指明。

    Bad:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        text = "建议改为“组织统计工作”"
        received = 2025-03-11
        verdict = "adopted"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "组织统计工作"
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        text = "建议改为“组织统计工作”"
        received = 2025-03-11
        verdict = "adopted"
        ```
    """,
)
UNCAUSED = Fault(
    "CS012",
    Severity.WARNING,
    "实质变化没有依据",
    """实质变化既没有采纳的意见，提交说明中也没有 Cause，也没有人认可。

    以后没有人说得清为什么改。补上意见或 Cause；审核过的，用 dutylist approve 认可。

    Bad:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "组织统计工作"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        name = "组织统计工作"
        ```
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        duty = "ex-0001"
        text = "建议改为“组织统计工作”"
        received = 2025-03-11
        verdict = "adopted"
        ```
    """,
)
LAPSED = Fault(
    "CS013",
    Severity.WARNING,
    "认可已经失效",
    """认可过的变化现在没有了：文字又改过，或者改了回去。

    认可的是那时的文字，不是以后的任何文字。重新核对后用 dutylist approve 再认可，或删去这个文件。

    Bad:
        ```toml changelog/2025/1-down/decisions/0a1b2c3d4e5f.toml
        fingerprint = "0a1b2c3d4e5f"
        duty = "ex-0001"
        change = "改名称：做好统计工作 → 组织统计工作"
        by = "县委编办"
        on = 2025-03-12
        ```
    Good:
        ```toml changelog/2025/1-down/opinions/2025-1-down-0a1b2c3d.toml
        id = "2025-1-down-0a1b2c3d"
        author = "示例市水利局"
        text = "无意见"
        received = 2025-03-11
        verdict = "adopted"
        ```
    """,
)
RECONCILED = (UNFULFILLED, UNCAUSED, LAPSED)


def _audited(number: int, severity: Severity, title: str, doc: str) -> Fault:
    return Fault(f"AU{number:03d}", severity, title, doc)


_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

STATE_LOST = _audited(
    1,
    _E,
    "封存的状态不在历史中",
    """写入封存的那些提交和它们的上一个提交里，没有一个的内容与封存的内容摘要相符。

    封存时的清单已经找不回来：历史被改写过，或者摘要被改过。请与持有旧克隆的人核对。
    """,
)
CONTENT_DIFFERS = _audited(
    2,
    _E,
    "封存的提交里内容改过",
    """封存的状态在上一个提交里找得到，写入封存的提交自己却改了事项或词表。

    封存的提交只应写入报告和封存；别的改动没有经过这个环节。列出改过的文件。
    """,
)
FILE_CHANGED = _audited(
    3,
    _E,
    "已关闭环节的文件改动过",
    """环节封存之后，它的文件又被修改、增加或删除。

    意见和答复是程序的凭据，封存后一个字节也不能改。要更正的，在下一个环节里写明。
    """,
)
DIGEST_DIFFERS = _audited(
    4,
    _E,
    "封存摘要不符",
    """按封存的内容、文件、总数、版本、日期和之前的环节重新计算，得不到 leg.toml 里的封存摘要。

    这些之中有一样被改过。
    """,
)
CHAIN_BROKEN = _audited(
    5,
    _E,
    "封存的链断了",
    """封存所接的之前的环节不存在、没有封存，或者链绕成了圈。

    后面的封存覆盖前面的封存；断了，前面的就没有了保证。
    """,
)
BASE_LOST = _audited(
    6,
    _E,
    "基准不在历史中",
    """环节开始时写下的基准摘要，在历史中找不到相符的状态。

    没有基准，这个环节改了什么就说不清。
    """,
)
TAG_MOVED = _audited(
    7,
    _E,
    "标签被移动",
    """环节的标签所指的提交里，没有这个环节现在的封存，或者内容与封存不符。

    照标签找到的不是封存的那一稿。
    """,
)
TAG_MISSING = _audited(
    8,
    _W,
    "标签缺失",
    """已关闭的环节没有标签。

    标签没有推送或没有取来时常见；运行 git fetch --tags，或请持有标签的人推送。
    """,
)
SIGNATURE_BAD = _audited(
    9,
    _E,
    "签名不对",
    """标签有签名，但核实不通过。

    标签不是签名的人写的，或者写好之后被改过。
    """,
)
SIGNATURE_ABSENT = _audited(
    10,
    _A,
    "没有签名",
    """环节的标签没有签名。

    没有签名，只能证明内容没有变，不能证明由谁封存。campaign.toml 写了 signed = true 的，算错误。
    """,
)
SIGNATURE_UNKNOWN = _audited(
    11,
    _W,
    "签名无法核实",
    """标签有签名，但这台电脑不认识签名的钥匙，或者没有装核实的程序。

    请导入公钥（gpg），或设置 gpg.ssh.allowedSignersFile（ssh）。
    """,
)
REPORT_DIFFERS = _audited(
    12,
    _E,
    "报告与封存的摘要不符",
    """封存时写下的报告，现在缺少，或者字节不同。

    看报告的人看到的不是封存的结果。
    """,
)
REPORT_NOT_REMADE = _audited(
    13,
    _E,
    "报告不能重现",
    """用封存时的同一版本工具，由封存的内容和意见重新生成，得到的报告与封存的不同。

    报告不是由这些内容生成的。
    """,
)
DUTY_VANISHED = _audited(
    14,
    _E,
    "编号在两次封存之间消失",
    """前一次封存时有的事项，后一次封存时没有文件，台账里也没有合并、拆分或废止的记录。

    事项不能不声不响地消失。
    """,
)
HEAD_UNKNOWN = _audited(
    15,
    _E,
    "链上没有所持的摘要",
    """--head 给出的摘要，不是任何一个环节的封存摘要。

    整条链可能被重新计算过；请与别的持有人核对。
    """,
)
AUDITED = (
    STATE_LOST,
    CONTENT_DIFFERS,
    FILE_CHANGED,
    DIGEST_DIFFERS,
    CHAIN_BROKEN,
    BASE_LOST,
    TAG_MOVED,
    TAG_MISSING,
    SIGNATURE_BAD,
    SIGNATURE_ABSENT,
    SIGNATURE_UNKNOWN,
    REPORT_DIFFERS,
    REPORT_NOT_REMADE,
    DUTY_VANISHED,
    HEAD_UNKNOWN,
)
