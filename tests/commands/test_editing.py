"""The editing verbs as they are typed: outputs, refusals, and libraries that stay whole when the disk says no."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

import dutylist
from build import CATEGORIES, DUTY_PATH, LEDGER_PATH, TOWNSHIP_PATH, duty_text, township_text
from command import Done, lay_out, run, tree
from dutylist.store.snapshot import Link

HOME = "duties/示例镇/党的建设"
SUPPORTING = duty_text(
    id="ex-0002",
    kind="supporting",
    name="农村供水",
    township_responsibilities=[{"topic": "巡查", "clauses": ["开展巡查；", "上报情况。"]}, {"text": "做好宣传。"}],
)
RECLAIMED = duty_text(id="ex-0003", kind="reclaimed", name="河道执法", note="待核实")
THREE = {f"{HOME}/ex-0002.toml": SUPPORTING, "duties/示例镇/经济发展/ex-0003.toml": RECLAIMED}
PREFACE = [{"heading": "说明", "paragraphs": ["共有履职事项3项，其中基本履职事项1项。"]}]
NEXT = "下一步：运行 dutylist check 核对。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library of one duty in each list."""
    return lay_out(tmp_path / "library", THREE)


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, str | None]:
    """The files that differ, None for those that are gone."""
    paths = [path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)]
    return {path: after[path].decode() if path in after else None for path in paths}


def test_new(tmp_path: Path) -> None:
    declared = {"duties": 3, "basic": {"duties": 1}, "supporting": {"duties": 1}, "reclaimed": {"duties": 1}}
    root = lay_out(tmp_path, {**THREE, TOWNSHIP_PATH: township_text(preface=PREFACE, declared=declared)})
    before = tree(root)
    done = run(root, "new", "--kind", "basic", "--category", "经济发展", "--name", "　做好统计工作 ", "--note", "新增")
    assert done == Done(
        0,
        "新增 ex-0004：做好统计工作\n"
        "新增  duties/示例镇/经济发展/ex-0004.toml  基本履职事项，位次 10：做好统计工作\n"
        "修改  duties/示例镇/ledger.toml            下一个编号 4→5，最近一项 ex-0004 做好统计工作\n"
        "修改  duties/示例镇/township.toml          所报总数 3→4；基本事项 1→2；说明中的数随之改动（1 段）\n",
        NEXT,
    )
    after = changed(before, tree(root))
    assert after["duties/示例镇/经济发展/ex-0004.toml"] == (
        'id = "ex-0004"\nkind = "basic"\nposition = 10\nname = "做好统计工作"\nnote = "新增"\n'
    )
    assert after[LEDGER_PATH] == 'next = 5\nlast = "ex-0004 做好统计工作"\n'
    assert "共有履职事项4项，其中基本履职事项2项。" in (after[TOWNSHIP_PATH] or "")
    assert len(after) == 3


def test_new_says_what_is_to_be_filled_in(root: Path) -> None:
    done = run(
        root, "new", "--kind", "supporting", "--category", "党的建设", "--name", "防汛", "--before", "ex-0002",
        "--department", "市水利局", "--superior", "制定方案；", "--superior", "组织演练。",
    )  # fmt: skip
    assert done.err == (f"请填写 {HOME}/ex-0004.toml 中的乡镇（街道）配合职责，现在写的是“（待填写）”。\n" + NEXT)
    assert tree(root)[f"{HOME}/ex-0004.toml"].decode() == (
        'id = "ex-0004"\nkind = "supporting"\nposition = 5\nname = "防汛"\n'
        'superior_departments = [\n  "示例市水利局",\n]\n\n'
        '[[superior_responsibilities]]\nclauses = [\n  "制定方案；",\n  "组织演练。",\n]\n\n'
        '[[township_responsibilities]]\ntext = "（待填写）"\n'
    )


def test_new_says_when_positions_are_dealt_out_anew(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {f"{HOME}/ex-0002.toml": duty_text(id="ex-0002", position=11)})
    done = run(root, "new", "--kind", "basic", "--category", "党的建设", "--name", "防汛", "--after", "ex-0001")
    assert done == Done(
        0,
        "新增 ex-0003：防汛\n"
        f"新增  {HOME}/ex-0003.toml  基本履职事项，位次 20：防汛\n"
        f"修改  {HOME}/ex-0002.toml  位次 11→30\n"
        "修改  duties/示例镇/ledger.toml            下一个编号 3→4，最近一项 ex-0003 防汛\n"
        "修改  duties/示例镇/township.toml          所报总数 2→3；基本事项 2→3\n",
        "位次之间已没有空位，所在清单和类别的位次按 10 重排（另有 1 项随之改动）。\n" + NEXT,
    )


def test_move_shows_all_text_that_it_drops(root: Path) -> None:
    before = tree(root)
    done = run(root, "move", "ex-0002", "--kind", "reclaimed", "--category", "经济发展", "--first")
    assert done == Done(
        0,
        "移动 ex-0002 到 上级部门收回事项·经济发展：农村供水\n"
        "新增  duties/示例镇/经济发展/ex-0002.toml  由 党的建设 移来；清单 配合→收回；位次 10→5\n"
        "删除  duties/示例镇/党的建设/ex-0002.toml  移到 经济发展\n"
        "修改  duties/示例镇/township.toml          配合事项 1→0；收回事项 1→2\n"
        "不再保留 ex-0002 的乡镇（街道）配合职责：\n"
        "  巡查：\n"
        "  1. 开展巡查；\n"
        "  2. 上报情况。\n"
        "  做好宣传。\n",
        NEXT,
    )
    assert changed(before, tree(root))["duties/示例镇/经济发展/ex-0002.toml"] == (
        'id = "ex-0002"\nkind = "reclaimed"\nposition = 5\nname = "农村供水"\n'
        'receiving_departments = [\n  "示例市水利局",\n]\n\n[[takeover]]\ntext = "负责制定工作方案。"\n'
    )


def test_move_to_where_it_is_says_so(root: Path) -> None:
    before = tree(root)
    for option in (["--category", "党的建设"], ["--kind", "basic"], ["--first"], ["--last"]):
        assert run(root, "move", "ex-0001", *option) == Done(0, "ex-0001 已经在那里，没有改动任何文件。\n", "")
    assert tree(root) == before


def test_an_emptied_category_folder_goes(root: Path) -> None:
    run(root, "move", "ex-0003", "--category", "党的建设")
    assert not (root / "duties/示例镇/经济发展").exists()


def test_merge(tmp_path: Path) -> None:
    other = duty_text(id="ex-0002", position=20, name="做好普查工作", note="乙")
    root = lay_out(tmp_path, {f"{HOME}/ex-0002.toml": other})
    done = run(
        root, "merge", "ex-0002", "ex-0001", "--into", "ex-0001", "--reason", "同属一个流程", "--leg", "2025/2-down"
    )
    assert done == Done(
        0,
        "合并 ex-0002、ex-0001 为 ex-0001\n"
        f"修改  {HOME}/ex-0001.toml  备注改为 乙\n"
        f"删除  {HOME}/ex-0002.toml  基本履职事项：做好普查工作\n"
        "修改  duties/示例镇/ledger.toml            记录合并 ex-0002、ex-0001 → ex-0001\n"
        "修改  duties/示例镇/township.toml          所报总数 2→1；基本事项 2→1\n"
        "不再保留 ex-0002 的事项名称：做好普查工作\n",
        f"请通读 {HOME}/ex-0001.toml，理顺合并后的文字。\n" + NEXT,
    )
    assert (root / LEDGER_PATH).read_text("utf-8") == (
        'next = 3\n\n[[events]]\nkind = "merge"\nfrom = ["ex-0002", "ex-0001"]\ninto = ["ex-0001"]\n'
        'reason = "同属一个流程"\nleg = "2025/2-down"\n'
    )


def test_split(root: Path) -> None:
    done = run(root, "split", "ex-0001", "--into", "做好统计工作", "--into", "做好普查工作", "--reason", "分工不同")
    assert done == Done(
        0,
        "拆分 ex-0001 为 ex-0004、ex-0005\n"
        f"新增  {HOME}/ex-0004.toml  基本履职事项，位次 20：做好统计工作\n"
        f"新增  {HOME}/ex-0005.toml  基本履职事项，位次 30：做好普查工作\n"
        f"删除  {HOME}/ex-0001.toml  基本履职事项：做好统计工作\n"
        "修改  duties/示例镇/ledger.toml            下一个编号 4→6，最近一项 ex-0005 做好普查工作；"
        "记录拆分 ex-0001 → ex-0004、ex-0005\n"
        "修改  duties/示例镇/township.toml          所报总数 3→4；基本事项 1→2\n"
        "不再保留 ex-0001 的事项名称：做好统计工作\n",
        "各项的部门和职责现在与原事项相同，请各自删减，只留属于自己的。\n" + NEXT,
    )


def test_retire(root: Path) -> None:
    done = run(root, "retire", "ex-0003", "ex-0001", "--reason", "法律已经修订", "-q")
    assert done == Done(
        0,
        "废止 ex-0003、ex-0001\n"
        f"删除  {HOME}/ex-0001.toml  基本履职事项：做好统计工作\n"
        "删除  duties/示例镇/经济发展/ex-0003.toml  上级部门收回事项：河道执法\n"
        "修改  duties/示例镇/ledger.toml            记录废止 ex-0003、ex-0001\n"
        "修改  duties/示例镇/township.toml          所报总数 3→1；基本事项 1→0；收回事项 1→0\n",
        "",
    )
    assert run(root, "retire", "ex-0003", "--reason", "又一次") == Done(
        2,
        "",
        "错误：没有编号为 ex-0003 的事项。\n提示：编号台账记着它的去向：已经废止（法律已经修订）。\n",
    )


VERBS = {
    "new": ["new", "--kind", "basic", "--category", "党的建设", "--name", "防汛"],
    "move": ["move", "ex-0002", "--category", "经济发展"],
    "merge": ["merge", "ex-0001", "ex-0004", "--into", "ex-0004", "--reason", "同一流程"],
    "split": ["split", "ex-0003", "--into", "甲", "--keep", "--reason", "分工"],
    "retire": ["retire", "ex-0003", "--reason", "不再需要"],
}


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """A library in which every one of VERBS has something to do."""
    return lay_out(tmp_path / "library", {**THREE, f"{HOME}/ex-0004.toml": duty_text(id="ex-0004", position=20)})


@pytest.mark.parametrize("verb", VERBS)
def test_dry_run_says_the_same_and_writes_nothing(four: Path, verb: str) -> None:
    before = tree(four)
    dry = run(four, *VERBS[verb], "--dry-run")
    assert tree(four) == before
    assert dry.err.endswith("没有写任何文件（--dry-run）。\n")
    real = run(four, *VERBS[verb])
    assert (dry.code, dry.out) == (real.code, real.out)
    assert tree(four) != before


@pytest.mark.parametrize("verb", VERBS)
def test_check_finds_nothing_new(four: Path, verb: str) -> None:
    run(four, *VERBS[verb])
    found = run(four, "check", "--format", "json").out
    assert not any(f'"{family}' in found for family in ("RD0", "ID0", "TO0"))


REFUSED: dict[str, tuple[list[str], str, str]] = {
    "unknown id": (
        ["move", "ex-0020", "--last"],
        "没有编号为 ex-0020 的事项。",
        "是不是 ex-0003、ex-0002、ex-0001？",
    ),
    "unknown category": (
        ["new", "--kind", "basic", "--category", "党建", "--name", "防汛"],
        "没有类别 党建。",
        "是不是 党的建设？",
    ),
    "unknown department": (
        ["new", "--kind", "reclaimed", "--category", "党的建设", "--name", "防汛", "--department", "市水利"],
        "词表中没有部门 市水利。",
        "是不是 示例市水利局？",
    ),
    "no department": (
        ["new", "--kind", "reclaimed", "--category", "党的建设", "--name", "防汛"],
        "上级部门收回事项要写明部门。",
        "请用 --department 指定，可以写多次。",
    ),
    "option of another list": (
        ["new", "--kind", "basic", "--category", "党的建设", "--name", "防汛", "--department", "市水利局"],
        "基本履职事项不用 --department。",
        "--department 用于配合履职事项、上级部门收回事项。",
    ),
    "empty name": (
        ["new", "--kind", "basic", "--category", "党的建设", "--name", "　 "],
        "名称不能是空的。",
        "请写明内容。",
    ),
    "two lines": (
        ["new", "--kind", "basic", "--category", "党的建设", "--name", "防汛\n抗旱"],
        "名称只能写一行：防汛⏎抗旱",
        "请删去换行。",
    ),
    "hidden character": (
        ["retire", "ex-0001", "--reason", "不再\u202e需要"],
        "理由含有看不见的字符 U+202E。",
        "请删去后重试。",
    ),
    "two places": (
        ["move", "ex-0001", "--first", "--after", "ex-0002"],
        "--after、--first 只能用一个。",
        "请只说一个位置。",
    ),
    "no place": (
        ["move", "ex-0001"],
        "没有说移到哪里。",
        "请用 --category、--kind、--after、--before、--first 或 --last。",
    ),
    "neighbour in another list": (
        ["move", "ex-0001", "--after", "ex-0002"],
        "ex-0002 不在基本履职事项的类别 党的建设中，不能以它定先后。",
        "先后只在同一清单、同一类别之内；请另选一项。",
    ),
    "beside itself": (["move", "ex-0001", "--after", "ex-0001"], "ex-0001 不能以自己定先后。", "请另选一项。"),
    "text without another list": (
        ["move", "ex-0002", "--last", "--support", "做好宣传。"],
        "--support 只在改列另一张清单时使用。",
        f"修改内容请直接编辑 {HOME}/ex-0002.toml。",
    ),
    "merge of one": (
        ["merge", "ex-0001", "ex-0001", "--into", "ex-0001", "--reason", "同一流程"],
        "合并至少要两项。",
        "请写出全部要合并的编号，并入的那一项也在内。",
    ),
    "merge into another": (
        ["merge", "ex-0001", "ex-0002", "--into", "ex-0003", "--reason", "同一流程"],
        "--into ex-0003 不在要合并的各项之中。",
        "请选其中一项，例如 --into ex-0001。",
    ),
    "split into one": (
        ["split", "ex-0001", "--into", "甲", "--reason", "分工"],
        "拆分至少要两个 --into。",
        "原事项要保留时请加 --keep。",
    ),
    "split into the same twice": (
        ["split", "ex-0001", "--into", "甲", "--into", " 甲", "--reason", "分工"],
        "名称重复：甲",
        "每一项请用不同的名称。",
    ),
    "unknown township": (
        ["retire", "ex-0001", "--reason", "不再需要", "--township", "别的镇"],
        "清单库里没有乡镇 别的镇。",
        "可选：示例镇",
    ),
}


@pytest.mark.parametrize(("arguments", "message", "hint"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(root: Path, arguments: list[str], message: str, hint: str) -> None:
    before = tree(root)
    assert run(root, *arguments) == Done(2, "", f"错误：{message}\n提示：{hint}\n")
    assert tree(root) == before


OTHER = f"{HOME}/ex-0005.toml"
UNFIT: dict[str, tuple[Mapping[str, str | Link | None], str, str]] = {
    "a file that cannot be read": (
        {OTHER: 'name = "'},
        f"示例镇有 1 个事项文件读不出来：{OTHER}。",
        "编号和总数无法保证正确；请先运行 dutylist check，按提示改正。",
    ),
    "a link": (
        {OTHER: Link("ex-0002.toml")},
        f"示例镇有 1 个事项文件读不出来：{OTHER}。",
        "编号和总数无法保证正确；请先运行 dutylist check，按提示改正。",
    ),
    "no ledger": (
        {LEDGER_PATH: None},
        f"缺少 {LEDGER_PATH}，或者读不出来。",
        "请先运行 dutylist check，按提示改正。",
    ),
    "no township": (
        {TOWNSHIP_PATH: 'name = "示例镇"\n'},
        f"缺少 {TOWNSHIP_PATH}，或者读不出来。",
        "请先运行 dutylist check，按提示改正。",
    ),
    "a comment": (
        {LEDGER_PATH: "next = 5 # 编号\n"},
        f"{LEDGER_PATH} 里有注释，改写时会丢失；没有改动任何文件。",
        "请先把注释移到 note 字段，或删去。",
    ),
}


@pytest.mark.parametrize("verb", ["split", "retire"])
@pytest.mark.parametrize(("case", "message", "hint"), UNFIT.values(), ids=UNFIT)
def test_a_library_that_is_not_fit_is_refused(
    tmp_path: Path, verb: str, case: Mapping[str, str | Link | None], message: str, hint: str
) -> None:
    root = lay_out(tmp_path, {**THREE, **case})
    before = tree(root)
    assert run(root, *VERBS[verb]) == Done(3, "", f"错误：{message}\n提示：{hint}\n")
    assert tree(root) == before


def test_an_id_that_two_files_claim_is_refused(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"duties/示例镇/经济发展/ex-0001.toml": duty_text()})
    done = run(root, "retire", "ex-0001", "--reason", "不再需要")
    assert done == Done(
        3,
        "",
        f"错误：编号 ex-0001 有 2 个文件：{DUTY_PATH}、duties/示例镇/经济发展/ex-0001.toml。\n"
        "提示：请先改正重复的编号（dutylist check）。\n",
    )


def test_a_file_that_is_not_part_of_the_library_is_not_overwritten(root: Path) -> None:
    (root / HOME / "ex-0004.toml").mkdir()
    before = tree(root)
    done = run(root, *VERBS["new"])
    assert (done.code, done.err) == (
        3,
        f"错误：{HOME}/ex-0004.toml 已经存在；没有改动任何文件。\n提示：请先移走这个文件。\n",
    )
    assert tree(root) == before


@pytest.mark.parametrize("category", ["../../外面", "外面/里面", ".隐藏"])
def test_a_category_cannot_lead_elsewhere(tmp_path: Path, category: str) -> None:
    vocabulary = {"schema/vocabulary/categories.toml": CATEGORIES.replace("经济发展", category)}
    root = lay_out(tmp_path / "library", vocabulary)
    before = tree(tmp_path)
    done = run(root, "move", "ex-0001", "--category", category)
    assert (done.code, done.err.splitlines()[0]) == (2, f"错误：类别 {category} 不能用作文件夹的名称。")
    assert tree(tmp_path) == before


def test_one_of_several_townships_is_meant(tmp_path: Path) -> None:
    other = "duties/另一镇"
    root = lay_out(
        tmp_path,
        {
            f"{other}/党的建设/ot-0001.toml": duty_text(id="ot-0001"),
            f"{other}/township.toml": township_text(name="另一镇", prefix="ot"),
            f"{other}/ledger.toml": "next = 2\n",
        },
    )
    before = tree(root)
    assert run(root, *VERBS["new"]).err.startswith("错误：清单库有 2 个乡镇，请用 --township 指定一个。")
    assert run(root, "merge", "ex-0001", "ot-0001", "--into", "ex-0001", "--reason", "同一流程").err == (
        "错误：这几项分属不同的乡镇：示例镇、另一镇。\n提示：一次只能编辑一个乡镇的事项。\n"
    )
    assert tree(root) == before
    assert run(root, *VERBS["new"], "--after", "ot-0001").code == 0
    assert run(root, "retire", "ot-0001", "--reason", "不再需要").code == 0
    assert run(root, *VERBS["new"], "--township", "另一镇").out.startswith("新增 ot-0003")
    assert set(tree(root).keys() - before.keys()) == {
        f"{other}/党的建设/ot-0002.toml",
        f"{other}/党的建设/ot-0003.toml",
    }


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


def in_process(root: Path, *arguments: str) -> Done:
    """`python -m dutylist …` as someone whom the system does not let override permissions."""
    humble = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    package = Path(dutylist.__file__).parents[1]
    done = subprocess.run(
        [*humble, sys.executable, "-m", "dutylist", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


DENIED = {
    "the folder of a new file": ("党的建设", VERBS["new"], f"{HOME}/ex-0005.toml"),
    "the folder that a file leaves": ("党的建设", VERBS["move"], f"{HOME}/ex-0002.toml"),
    "the folder that a file comes to": ("经济发展", VERBS["move"], "duties/示例镇/经济发展/ex-0002.toml"),
    "the township's folder": ("", VERBS["retire"], LEDGER_PATH),
    "the folder of the other files": ("经济发展", VERBS["retire"], "duties/示例镇/经济发展/ex-0003.toml"),
}


@pytest.mark.parametrize(("folder", "arguments", "path"), DENIED.values(), ids=DENIED)
def test_where_the_system_says_no_nothing_is_changed(four: Path, folder: str, arguments: list[str], path: str) -> None:
    before = tree(four)
    with read_only(four / "duties/示例镇" / folder):
        done = in_process(four, *arguments)
    assert done == Done(
        3,
        "",
        f"错误：无法写入 {path}：没有权限；没有改动任何文件。\n提示：请检查文件夹权限和磁盘空间后重试。\n",
    )
    assert tree(four) == before
    assert in_process(four, *arguments).code == 0, "it was the folder that stood in the way"


def test_a_new_category_folder_is_not_left_behind(tmp_path: Path) -> None:
    categories = {"schema/vocabulary/categories.toml": CATEGORIES.replace("]", '  "民生服务",\n]')}
    root = lay_out(tmp_path, {**THREE, **categories})
    before = tree(root)
    # The new folder can be made, the old one not be left: what was begun is taken back.
    with read_only(root / HOME):
        done = in_process(root, "move", "ex-0002", "--category", "民生服务")
    assert done.code == 3
    assert tree(root) == before
    assert not (root / "duties/示例镇/民生服务").exists()
