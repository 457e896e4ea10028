"""The fields of records as people call them."""

import re

from dutylist.model.text import one_line

FIELDS = {
    "id": "编号",
    "kind": "清单",
    "position": "位次",
    "name": "名称",
    "note": "备注",
    "basis": "法律依据",
    "superior_departments": "对应上级部门",
    "superior_responsibilities": "上级部门职责",
    "township_responsibilities": "乡镇（街道）配合职责",
    "receiving_departments": "承接部门",
    "takeover": "承接部门及工作方式",
    "department": "部门",
    "topic": "小标题",
    "text": "正文",
    "clauses": "条款",
    "title": "标题",
    "article": "条款",
    "waivers": "豁免",
    "code": "代码",
    "reason": "理由",
    "owner": "责任人",
    "until": "期限",
    "fingerprint": "指纹",
    "prefix": "编号前缀",
    "county": "所属县",
    "prefecture": "所属地",
    "province": "所属省",
    "published": "发布年月",
    "preface": "说明",
    "heading": "标题",
    "paragraphs": "段落",
    "declared": "所报总数",
    "duties": "事项数",
    "basic": "基本",
    "supporting": "配合",
    "reclaimed": "收回",
    "events": "记录",
    "from": "原编号",
    "into": "现编号",
    "leg": "环节",
    "next": "下一个编号",
    "last": "最近一项",
    "categories": "类别",
    "departments": "部门",
    "short": "简称",
    "units": "内设机构",
    "wrong": "错误写法",
}
_UNITS = {"clauses": "条", "basis": "条", "waivers": "条", "events": "条", "preface": "节", "paragraphs": "段"}
_UNITS |= dict.fromkeys(("superior_responsibilities", "township_responsibilities", "takeover"), "段")
# These are called by their number alone.
_BARE = ("clauses", "paragraphs")
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d{1,9})\])?")


def field_words(name: str | None) -> str:
    """A field as people call it: 乡镇（街道）配合职责第 1 段第 2 条."""
    steps = [_step(step, index) for step, index in _STEP.findall(name or "")]
    return "".join(step if step.startswith("第") else f" {step}" for step in steps).strip()


def _step(name: str, index: str) -> str:
    label = "" if index and name in _BARE else FIELDS.get(name, one_line(name))
    return f"{label}第 {int(index) + 1} {_UNITS.get(name, '个')}" if index else label
