"""Burden rules about figures: how often, how much, how soon."""

from dutylist.compare.burden_case import BurdenCase, Rule, rule
from dutylist.compare.figures import DEADLINE, figures

_SIGNS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万半每按逐年季月旬周星日天"


@rule("BU005", "次数或数量提高", signs=_SIGNS + "次场%％不少低小达至")
def more(case: BurdenCase) -> bool:
    """多久一次、不少于多少提高了；反过来是减轻。

    次数和数量是要完成、要考核的指标。一条里有几个数的，按先后一一对照；个数或单位对不上的、有升有降的，不作判断。
    “第3次”“15个村”“2025年”这样的数不是指标，不算；“不超过”是上限，也不算；换一种写法的同一个数，不算改动。

    - 加重：每年组织防汛演练不少于2次 → 每年组织防汛演练不少于4次
    - 加重：每季度召开一次会议 → 每月召开一次会议
    - 加重：每半年排查隐患 → 每季度排查隐患
    - 加重：每年检查两次 → 每季度检查一次
    - 加重：组建不少于20人的应急队伍 → 组建不少于三十人的应急队伍
    - 加重：覆盖率不低于80% → 覆盖率达到百分之九十
    - 加重：每年演练至少1次，每月检查1次，15日内报送 → 每年演练至少2次，每月检查1次，15日内报送
    - 不算：每年演练2次 → 每年演练两次
    - 不算：每年演练2次 → 每半年演练1次
    - 不算：每年演练2次、检查4次 → 每年演练4次、检查2次
    - 不算：每年演练2次，15日内报送 → 每年演练4次，30日内报送
    - 不算：每年演练2次 → 每年演练
    - 不算：巡查15个行政村 → 巡查18个行政村
    - 不算：做好第三次国土调查 → 做好第四次国土调查
    - 不算：每年3月15日前报送 → 每年3月10日前报送
    - 不算：走访不超过2次 → 走访不超过4次
    - 不算：服务人数不少于30人的村 → 服务人数不少于50人的村
    - 不算：部门职责“每年检查2次” → 部门职责“每年检查4次”
    """
    return False in _tightened(case)


@rule("BU006", "期限缩短", signs=_SIGNS + "工作自然小钟期个内限")
def sooner(case: BurdenCase) -> bool:
    """几日内、限期几日缩短了；反过来是减轻。

    期限短了，要的人手就多，误期的责任也大。“6月5日”“每月15日前”是日子，不是期限；“近3个月内”“到期前30日内”也不是。
    工作日按一至二日、一个月按二十八至三十一日计，怎么算都更短才作判断。

    - 加重：15日内核查 → 7日内核查
    - 加重：在十五个工作日内报送 → 在五个工作日内报送
    - 加重：30天内上报 → 24小时内上报
    - 加重：限期15日整改 → 限期十日整改
    - 加重：办理时限为15个工作日 → 办理时限为15日
    - 加重：一个月内办结 → 15日内办结
    - 不算：15日内核查 → 十五日以内核查
    - 不算：7日内核查 → ７日内核查
    - 不算：10日内报送 → 7个工作日内报送
    - 不算：6月5日开展宣传 → 6月1日开展宣传
    - 不算：每月15日前报送 → 每月10日前报送
    - 不算：2025年7月1日起施行 → 2025年6月1日起施行
    - 不算：15日内核查，7日内反馈 → 7日内核查，15日内反馈
    - 不算：统计近3个月内离世人员 → 统计近2个月内离世人员
    - 不算：在选举日十五日前公布 → 在选举日七日前公布
    """
    return True in _tightened(case)


def _tightened(case: BurdenCase) -> set[bool]:
    """Of the figures that got stricter, whether they are deadlines; none where one got laxer, or they do not pair."""
    if case.texts is None:
        return set()
    before, after = map(figures, case.texts)
    if before == after or [figure.kind for figure in before] != [figure.kind for figure in after]:
        return set()
    pairs = list(zip(before, after, strict=True))
    if any(was.is_stricter_than(now) for was, now in pairs):
        return set()
    return {now.kind == DEADLINE for was, now in pairs if now.is_stricter_than(was)}


RULES: tuple[Rule, ...] = (more, sooner)
