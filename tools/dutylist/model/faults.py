"""The faults that reading itself finds, as a table: between bytes and values there is no rule to run."""

from dataclasses import dataclass

from dutylist.model.finding import Finding, Fix, Severity, Spot, fingerprint


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of reading fault; `doc` has the form of a rule's docstring.

    What cannot be printed stands in examples as `⟨BOM⟩`, `⟨CR⟩`, `⟨U+202E⟩`, `⟨字节 B4⟩`, `⟨链接 …⟩`, `⟨重复 30 次 [⟩`.
    """

    code: str
    severity: Severity
    title: str
    doc: str

    def at(self, spot: Spot, message: str, *values: str, fix: Fix | None = None) -> Finding:
        """A finding of this kind."""
        duty = duty_of(spot.path)
        mark = fingerprint(self.code, duty or spot.path, values)
        return Finding(self.code, self.severity, spot, message, mark, duty, fix)


def duty_of(path: str) -> str | None:
    """The id that a duty's path names, if it is the path of a duty."""
    parts = path.split("/")
    is_duty = len(parts) == 4 and parts[0] == "duties" and parts[3].endswith(".toml")
    return parts[3].removesuffix(".toml") if is_duty else None


ENCODING = Fault(
    "RD001",
    Severity.ERROR,
    "不是 UTF-8 编码",
    """文件不是 UTF-8 编码，读不出文字。

    旧版记事本和一些编辑器会存成 GBK，别人打开就是乱码，git 也比较不出改了什么。

    Bad:
        ```toml
        name = "⟨字节 B4⟩⟨字节 E5⟩"
        ```
    Good:
        ```toml
        name = "村"
        ```
    """,
)
MARK = Fault(
    "RD002",
    Severity.WARNING,
    "带有字节顺序标记",
    """文件开头有看不见的字节顺序标记（BOM）。

    别的工具会把它当成第一个字段名的一部分；比较时同样的内容会显示为不同。

    Bad:
        ```toml
        ⟨BOM⟩id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
LINE_ENDS = Fault(
    "RD003",
    Severity.WARNING,
    "换行不是 LF",
    """文件用了 Windows 换行（CRLF）。

    一行字都没有改，比较时却会显示整个文件都变了。

    Bad:
        ```toml
        id = "ex-0001"⟨CR⟩
        kind = "basic"⟨CR⟩
        position = 10⟨CR⟩
        name = "做好统计工作"⟨CR⟩
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
SYNTAX = Fault(
    "RD004",
    Severity.ERROR,
    "TOML 语法错误",
    """文件不是正确的 TOML，读不出任何字段。

    最常见的是引号、逗号或括号不成对；在修好之前，这一项既不能检查，也不能比较。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
CONFLICT = Fault(
    "RD005",
    Severity.ERROR,
    "留有冲突标记",
    """文件里还留着 git 合并时的冲突标记。

    两个人改了同一处，合并时没有选定用哪一方；带着标记提交，两方的内容都会丢。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        <<<<<<< HEAD
        name = "做好统计工作"
        =======
        name = "做好普查工作"
        >>>>>>> 分支
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好普查工作"
        ```
    """,
)
UNKNOWN_KEY = Fault(
    "RD006",
    Severity.ERROR,
    "没有这个字段",
    """写了数据格式中没有的字段。

    多半是字段名拼错了；不报告的话，写在里面的内容不会打印，也没有人知道。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        nmae = "做好统计工作"
        name = "做好统计工作"
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
MISSING = Fault(
    "RD007",
    Severity.ERROR,
    "缺少必填字段",
    """缺少必须填写的字段。

    缺了编号、名称、部门或职责，公开的清单就少一格。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
VALUE = Fault(
    "RD008",
    Severity.ERROR,
    "字段的值不合要求",
    """字段的值类型不对，或者不在允许的范围内。

    数字加了引号、列表写成了文字，都会使后面的核对失去依据。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = "10"
        name = "做好统计工作"
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
STRAY = Fault(
    "RD009",
    Severity.ERROR,
    "文件放错了地方",
    """清单库里有不属于这里的文件，或者事项文件放错了层级。

    放错地方的事项不会进入清单，也不会计入总数；事项文件放在 duties/乡镇/类别/编号.toml。

    Bad:
        ```toml duties/示例镇/ex-0002.toml
        id = "ex-0002"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
COMMENT = Fault(
    "RD010",
    Severity.ERROR,
    "注释会丢失",
    """数据文件里写了注释。

    整理格式时注释无法保留；给同事看的话写在 note 字段里，它不会打印，也不会丢。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作" # 待核实
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        note = "待核实"
        ```
    """,
)
LARGE = Fault(
    "RD011",
    Severity.ERROR,
    "文件过大",
    """文件大得不像一项事项。

    一项事项几千字节；上兆的文件多半是放错了附件，读它只会拖慢每一次检查。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "⟨重复 400000 次 长⟩"
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
LINK = Fault(
    "RD012",
    Severity.ERROR,
    "符号链接",
    """清单库里有符号链接。

    链接可以指向库外的任何文件：在别人的电脑上读到的会是别的内容，或者泄露不该公开的内容。

    Bad:
        ```toml
        ⟨链接 ../../../other.toml⟩
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
HIDDEN = Fault(
    "RD013",
    Severity.ERROR,
    "看不见的控制字符",
    """文字里有看不见的控制字符或改变书写方向的字符。

    它们能让屏幕上看到的和文件里写的不是一回事，审核的人看不出来；也搜索不到。

    Bad:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好⟨U+202E⟩统计工作"
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
NESTING = Fault(
    "RD014",
    Severity.ERROR,
    "嵌套过深",
    """括号一层套一层，深得不像清单。

    清单的数据最多三层；成百上千层的括号只会出现在损坏或恶意的文件里，能使读取程序崩溃。

    Bad:
        ```toml
        id = ⟨重复 3000 次 [⟩
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
ABSENT = Fault(
    "RD015",
    Severity.ERROR,
    "缺少必要的文件",
    """缺少乡镇信息、编号台账或词表。

    没有台账，编号可能重复给出；没有所报总数和词表，就没有可以核对的依据。

    Bad:
        ```toml duties/另一镇/党的建设/ot-0001.toml
        id = "ot-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    Good:
        ```toml duties/示例镇/党的建设/ex-0001.toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)
EMPTY = Fault(
    "RD016",
    Severity.ERROR,
    "清单库是空的",
    """清单库里一个乡镇也没有。

    多半是误删了 duties 文件夹的内容；空的清单不能当作没有问题的清单通过。

    Bad:
        ```toml
        ⟨没有文件⟩
        ```
    Good:
        ```toml
        id = "ex-0001"
        kind = "basic"
        position = 10
        name = "做好统计工作"
        ```
    """,
)

FAULTS = (
    ENCODING,
    MARK,
    LINE_ENDS,
    SYNTAX,
    CONFLICT,
    UNKNOWN_KEY,
    MISSING,
    VALUE,
    STRAY,
    COMMENT,
    LARGE,
    LINK,
    HIDDEN,
    NESTING,
    ABSENT,
    EMPTY,
)
