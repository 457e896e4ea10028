"""TX005, TX006, TX008 and TX010: words and marks that are doubled, cut off, wrong or vague."""

import pytest

from dutylist.check.wording import cut_off, doubled, vague, wrong_word
from texts import fixed, hits

DOUBLED = {
    "制定方案，，组织检查": "制定方案，组织检查",
    "制定方案。。": "制定方案。",
    "制定方案， ，组织检查": "制定方案，组织检查",
    "辖区内的的企业": "辖区内的企业",
    "完成了了任务": "完成了任务",
    "镇与与村": "镇与村",
    "镇或或村": "镇或村",
    "开展开展统计工作": "开展统计工作",
    "以及以及其他": "以及其他",
}
MIXED = ["制定方案、，组织检查", "制定方案；。", "制定方案;，", "是否上报？?"]
SINGLE = [
    "以查清底数为目的的统计",
    "的的确确做好统计",
    "为了了解情况",
    "镇政府参与与否",
    "由项目负责负责人联系",
    "做好统计……按时上报——",
    "组织组织部门开展",
    "统计（普查）。",
    "会议、“三会一课”、《条例》，",
]


@pytest.mark.parametrize(("string", "once"), DOUBLED.items())
def test_doubled(string: str, once: str) -> None:
    (hit,) = hits(doubled, string)
    assert fixed(string, hit) == once
    assert hit.fix
    assert not hit.fix.safe


@pytest.mark.parametrize("string", MIXED)
def test_two_different_marks_are_left_to_the_editor(string: str) -> None:
    (hit,) = hits(doubled, string)
    assert hit.fix is None


@pytest.mark.parametrize("string", SINGLE)
def test_not_doubled(string: str) -> None:
    assert hits(doubled, string) == []


CUT = [
    "做好统计、",
    "做好统计，",
    "做好统计, ",
    "做好统计和",
    "做好统计及。",
    "做好统计以及",
    "统计与；",
    "统计或",
    "做好统计（",
    "统计、\n做好统计",
    "统计和\n做好统计",
]
COMPLETE = [
    "做好知识普及",
    "由镇政府参与。",
    "矛盾得到缓和。",
    "由公安机关授与。",
    "补贴惠及",
    "计算总和",
    "做好统计。",
    "做好统计",
    "统计、普查和\t上报",
]


@pytest.mark.parametrize("string", CUT)
def test_cut_off(string: str) -> None:
    (hit,) = hits(cut_off, string, "text")
    assert hit.fix is None


@pytest.mark.parametrize("string", COMPLETE)
def test_complete(string: str) -> None:
    assert hits(cut_off, string) == []


def test_cut_off_shows_the_end() -> None:
    (hit,) = hits(cut_off, "牵头制定辖区内统计工作方案、", "name")
    assert hit.message == "“…区内统计工作方案、”后面没有写完；请对照原文补全，或删去末尾。"
    assert (hit.spot.start, hit.spot.end) == (13, 14)


WRONG = {
    "布署统计工作": "部署统计工作",
    "开展其它工作": "开展其他工作",
    "截止目前": "截至目前",
    "建立台帐，记帐、做好帐目管理": "建立台账，记账、做好账目管理",
    "做为责任单位": "作为责任单位",
    "企业己经完工": "企业已经完工",
    "建立建全机制": "建立健全机制",
    "签定合同": "签订合同",
    "撤消登记、注消账户": "撤销登记、注销账户",
    "做到全复盖": "做到全覆盖",
    "发放津帖、补帖": "发放津贴、补贴",
    "末成年人保护": "未成年人保护",
    "末经批准": "未经批准",
    "布 署台帐": "部署台账",
    "登记座标": "登记坐标",
}
RIGHT = [
    "报名截止日期",
    "发放一台帐篷，登记帐篷数量",
    "建设一座标准化厂房",
    "公布署名文章",
    "做为民服务的实事",
    "支持农民自己经营",
    "关注消防安全",
    "批复盖章",
    "完成份额分配",
    "年末经费结算",
    "连贯切实的措施",
    "其他各类资金",
]


@pytest.mark.parametrize(("string", "right"), WRONG.items())
def test_wrong_word(string: str, right: str) -> None:
    found = hits(wrong_word, string)
    assert found
    for hit in reversed(found):
        string = fixed(string, hit)
    assert string == right
    assert hits(wrong_word, right) == []
    assert not any(hit.fix and hit.fix.safe for hit in found)


@pytest.mark.parametrize("string", RIGHT)
def test_right_word(string: str) -> None:
    assert hits(wrong_word, string) == []


VAGUE = {
    "完成上级交办的其他工作": "交办的其他",
    "做好其他临时性工作": "其他临时性",
    "配合完成赛事宣传、安全等 相关工作": "等相关工作",
    "处理有关事宜": "有关事宜",
}
CLEAR = [
    "做好交办的人大议案建议、政协委员提案的办理工作",
    "负责老年人助餐、适老化改造等基本养老服务工作",
    "做好生活保障和必要的临时性救助",
    "落实“一网统管”数字化治理体系相关工作要求",
    "做好党员发展、教育、管理、监督、服务等工作",
]


@pytest.mark.parametrize(("string", "phrase"), VAGUE.items())
def test_vague(string: str, phrase: str) -> None:
    assert [hit.message for hit in hits(vague, string)] == [f"“{phrase}”没有说清做什么；请写明具体事项。"]


@pytest.mark.parametrize("string", CLEAR)
def test_clear(string: str) -> None:
    assert hits(vague, string) == []
