"""What a change does to the township: the mirror law, texts that rules must read right, and what they must not read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutylist.compare.burden import RULES, BurdenCase, judge
from dutylist.compare.burden_case import SUPERIOR, TEXT_KINDS, TOWNSHIP, rule
from dutylist.compare.text import pieces
from dutylist.model.change import Burden, ChangeKind
from dutylist.model.duty import Kind

HEAVIER, NEUTRAL = Burden.HEAVIER, Burden.NEUTRAL

WORDS = (
    *("协助", "配合", "参与", "支持", "负责", "人", "牵头", "单位", "落实", "情况", "承担", "组织实施", "开展巡查"),
    *("可以", "可", "鼓励", "应当", "须", "应急", "由", "县水利局", "乡镇", "部门", "企业", "督促", "不再", "的"),
    *("每", "每年", "每季度", "半", "按月", "不少于", "至少", "达到", "不超过", "第", "15", "２", "0", "十五", "两"),
    *("百分之八十", "次", "个", "村", "日", "个工作日", "小时", "个月", "内", "以内", "限期", "近", "前", "%", "年"),
    *(",", ".", "，", "、", "。", "；", "：", "\n", "（街道）"),
)
texts = st.lists(st.sampled_from(WORDS), max_size=14).map("".join) | st.text()
fields = st.sampled_from([TOWNSHIP, SUPERIOR, "takeover", "name", None])
diffs = st.lists(st.tuples(st.sampled_from("=-+"), texts), max_size=3).map(tuple)
cases = st.builds(
    BurdenCase,
    st.sampled_from(ChangeKind),
    *[st.none() | st.sampled_from(Kind)] * 2,
    *[fields] * 2,
    *[st.none() | texts] * 2,
    diffs,
    st.booleans(),
) | st.builds(
    BurdenCase, st.sampled_from(TEXT_KINDS), st.none(), st.none(), st.just(TOWNSHIP), st.just(TOWNSHIP), texts, texts
)


def revised(before: str, after: str) -> BurdenCase:
    """A clause of the township, revised."""
    return BurdenCase(ChangeKind.CLAUSE_REVISED, Kind.SUPPORTING, Kind.SUPPORTING, TOWNSHIP, TOWNSHIP, before, after)


@given(cases)
def test_read_backwards_a_change_does_the_opposite(case: BurdenCase) -> None:
    burden, code = judge(case)
    assert judge(case.mirror) == (burden.mirror, code)
    assert (code is None) == (burden is NEUTRAL)


@given(cases)
def test_the_mirror_of_the_mirror_is_the_case(case: BurdenCase) -> None:
    assert case.mirror.mirror == case


def test_the_mirror_has_all_on_the_other_side() -> None:
    case = BurdenCase(ChangeKind.ADDED, None, Kind.BASIC, None, "name", None, "巡查", (("=", "巡"), ("+", "查")), True)
    mirror = BurdenCase(
        ChangeKind.RETIRED, Kind.BASIC, None, "name", None, "巡查", None, (("=", "巡"), ("-", "查")), True
    )
    assert case.mirror == mirror


def test_a_rule_that_says_both_says_nothing() -> None:
    @rule("BU999", "总说加重")
    def always(case: BurdenCase) -> bool:
        return case.kind is ChangeKind.CLAUSE_REVISED

    assert always.judge(revised("巡查", "检查")) is NEUTRAL


@given(texts)
def test_what_did_not_change_is_no_burden(text: str) -> None:
    assert judge(revised(text, text)) == (NEUTRAL, None)


def test_the_table_is_by_code_and_knows_each_mirror() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    for one in RULES:
        assert {kind.facts.mirror for kind in one.kinds} == set(one.kinds), one.code


BEARS, MORE, SOONER, MUST = "BU004", "BU005", "BU006", "BU007"
TABLE = [
    # What the township does, wherever in the clause it stands.
    ("积极配合做好征收工作", "负责做好征收工作", BEARS),
    ("协助市农业农村局对交易市场监管", "负责对交易市场监管", BEARS),
    ("对有需要的群众协助办理认定", "对有需要的群众办理认定", BEARS),
    ("实地核实以及协助执法；", "实地核实以及负责执法；", BEARS),
    ("在市水利局指导下协助巡查河道", "在市水利局指导下负责巡查河道", BEARS),
    ("村委会配合，镇政府参与处置", "村委会配合，镇政府负责处置", BEARS),
    ("负责配合提供办公场地", "负责提供办公场地", BEARS),
    ("按要求配合落实三公开工作", "按要求落实三公开工作", BEARS),
    ("协助干部教育培训", "负责干部教育培训", BEARS),
    ("配合落实校园安全治理", "落实校园安全治理", BEARS),
    ("协助人员转移", "负责人员转移", BEARS),
    ("参与人居环境整治", "负责人居环境整治", BEARS),
    ("参与制定预案", "负责制定预案", BEARS),
    ("配合部门开展执法", "负责开展执法", BEARS),
    ("由县水利局牵头、乡镇配合", "由乡镇（街道）牵头、县水利局配合", None),
    ("在辖区协助巡查", "在辖区负责巡查", BEARS),
    ("由县水利局负责巡查，由乡镇协助登记", "由乡镇负责巡查，由县水利局协助登记", BEARS),
    # Others do it, or it is a noun, or no longer, or it is gone.
    ("由县水利局牵头", "由县水利局负责", None),
    ("县水利局协助开展巡查", "县水利局负责开展巡查", None),
    ("由市水利局负责，协助开展巡查", "由市水利局负责，负责开展巡查", None),
    ("协助部门牵头开展巡查", "由市水利局牵头开展巡查", None),
    ("村卫生室协助接种", "村卫生室负责接种", None),
    ("督促企业协助整改", "督促企业负责整改", None),
    ("组织人大代表参与视察", "组织人大代表负责视察", None),
    ("明确协助部门", "明确负责部门", None),
    ("明确配合单位和负责同志", "明确牵头部门和负责干部", None),
    ("督促司机协助整改", "督促司机负责整改", None),
    ("组织志愿力量参与巡查", "组织志愿力量负责巡查", None),
    ("明确配合单位", "负责巡查", None),
    ("协助巡查", "明确负责同志", None),
    ("协助巡查", "对巡查负责任", None),
    ("协助巡查", "责任落实到人", None),
    ("提高参与度", "负责巡查", None),
    ("加大支持力度", "负责巡查", None),
    ("提高参与度", "提高落实率", None),
    ("协助开展巡查，负责登记", "开展巡查", None),
    ("开展巡查，协助开展巡查", "开展巡查", None),
    ("提供必要的支持和协助。", "提供必要的保障，报送措施落实情况。", None),
    ("协助开展巡查", "不再负责开展巡查", None),
    ("协助开展巡查", "明确巡查责任人", None),
    ("协助开展巡查", "由县水利局开展巡查", None),
    ("疏散群众，协助开展调查", "疏散群众", None),
    ("协助燃气企业排查", "燃气企业排查", None),
    # Frequencies and quantities.
    ("单位每月至少1次，住户每半年至少1次；", "单位每月至少1次，住户每季度至少1次；", MORE),
    ("每两个月一次", "每月一次", MORE),
    ("按季度报送", "按月报送", MORE),
    ("每年开展2次检查、1次演练", "每年开展2次检查、2次演练", MORE),
    ("每年会议不少于２次", "每年会议不少于 4 次", MORE),
    ("每年培训1,000人次以上，至少50人", "每年培训1,000人次以上，至少60人", MORE),
    ("覆盖不少于15个行政村", "覆盖不少于18个行政村", MORE),
    ("每年不少于2次", "每年不少于4次", MORE),
    ("覆盖率不低于80％", "覆盖率不低于90%", MORE),
    ("每年召开第2次会议", "每年召开第3次会议", None),
    ("每年检查不超过2次", "每年检查不超过4次", None),
    ("每年发放一次性补贴", "每年发放两次性补贴", None),
    ("按年龄分组", "按月龄分组", None),
    ("每年演练", "每年演练1次", None),
    ("每年演练2次", "每年演练2次，每月检查1次", None),
    ("统计15个行政村、30人", "统计18个行政村、40人", None),
    ("办理12345热线", "办理12346热线", None),
    ("每0年一次", "每年一次", None),
    # Deadlines.
    ("认证结束后15天内进行核查", "认证结束后七天内进行核查", SOONER),
    ("２小时内报告", "30分钟内报告", SOONER),
    ("两周内办结", "１０日内办结", SOONER),
    ("15个工作日以内", "15日以内", SOONER),
    ("15日内", "5个工作日内", SOONER),
    ("10个工作日内", "14日内", None),
    ("时限：15日", "时限：7日", SOONER),
    ("每月15日内报送", "每月10日内报送", None),
    ("第15日内报送", "第10日内报送", None),
    ("6月5日内报送", "6月1日内报送", None),
    ("核实离世后3个月内的津贴", "核实离世后2个月内的津贴", None),
    ("15日内核查，每年2次", "30日内核查，每年4次", None),
    # Compulsion.
    ("可建立志愿服务队", "应建立志愿服务队", MUST),
    ("可以由县水利局开展", "由县水利局开展", None),
    ("办理许可申请", "必须办理申请", None),
    ("可建立台账", "无须建立台账", None),
    ("开展可行性研究", "开展必须的研究", None),
    ("申请人可在就近的市场登记", "申请人应在就近的市场登记", None),
    ("做好应急响应", "可以做好响应", None),
]


@pytest.mark.parametrize(("before", "after", "code"), TABLE)
def test_texts(before: str, after: str, code: str | None) -> None:
    case = revised(before, after)
    assert judge(case) == ((HEAVIER, code) if code else (NEUTRAL, None))
    assert judge(replace(case, diff=pieces(before, after))) == judge(case)


HELPED = revised("协助巡查", "负责巡查")


@pytest.mark.parametrize(
    "case",
    [
        replace(HELPED, field_before=SUPERIOR, field_after=SUPERIOR),
        replace(HELPED, field_before=SUPERIOR),
        replace(HELPED, kind=ChangeKind.PREFACE_REVISED),
        replace(HELPED, kind=ChangeKind.RENAMED),
        replace(HELPED, kind=ChangeKind.RENAMED, list_before=Kind.BASIC),
        replace(HELPED, before=None),
        replace(HELPED, diff=(("=", "协助"), ("-", "巡查"), ("+", "检查"))),
    ],
)
def test_only_what_changed_in_what_the_township_does_is_read(case: BurdenCase) -> None:
    assert judge(HELPED) == (HEAVIER, BEARS)
    assert judge(case) == (NEUTRAL, None)


def test_a_text_that_moved_is_read_like_one_that_stayed() -> None:
    case = replace(HELPED, kind=ChangeKind.CLAUSE_MOVED)
    assert judge(case) == (HEAVIER, BEARS)
    basic = replace(case, kind=ChangeKind.RENAMED, list_before=Kind.BASIC, list_after=Kind.BASIC)
    assert judge(basic) == (HEAVIER, BEARS)


@pytest.mark.parametrize("kind", [ChangeKind.ADDED, ChangeKind.CLAUSE_ADDED, ChangeKind.SECTION_ADDED])
def test_what_was_only_carried_is_not_new(kind: ChangeKind) -> None:
    case = BurdenCase(kind, None, Kind.SUPPORTING, None, TOWNSHIP, None, "协助巡查")
    assert judge(case)[0] is HEAVIER
    assert judge(replace(case, carried=True)) == (NEUTRAL, None)


def test_a_clause_that_crossed_over_is_heavier_though_its_text_is_carried() -> None:
    case = BurdenCase(ChangeKind.CLAUSE_MOVED, None, None, SUPERIOR, TOWNSHIP, "巡查", "巡查", carried=True)
    assert judge(case) == (HEAVIER, "BU003")
    assert judge(replace(case, field_before="takeover")) == (NEUTRAL, None)
