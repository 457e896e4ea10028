"""What the code promises to others: JSON Schemas and rule pages, made from the code and never edited."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from dutylist.check.registry import FAMILIES, RULES
from dutylist.model.consultation import Campaign, Decision, Leg, Opinion
from dutylist.model.duty import DUTY_KINDS, AnyDuty, BasicDuty, ReclaimedDuty, SupportingDuty
from dutylist.model.township import Ledger, Township, TownshipWaiver
from dutylist.model.validation import descriptions, schema_adapter
from dutylist.model.vocabulary import Categories, Departments
from dutylist.report import changebook
from dutylist.report.audit import AuditReport
from dutylist.report.change_schema import ChangesReport
from dutylist.report.duties import DutyRow
from dutylist.report.duty import ShownDuty
from dutylist.report.extract import ExtractReport
from dutylist.report.history import BlameReport, LogReport
from dutylist.report.imported import ImportReport
from dutylist.report.json_ import FindingsReport
from dutylist.report.leg_json import LegReportEntry
from dutylist.report.leg_list import CampaignEntry
from dutylist.report.leg_status_parts import LegStatus
from dutylist.report.opinion_import import OpinionImport
from dutylist.report.opinions import OpinionEntry
from dutylist.report.review_json import ReviewEntry
from dutylist.report.rulebook import RuleEntry, page
from dutylist.report.ruledoc import BurdenDoc, Doc, RuleDoc

SCHEMAS: dict[str, Any] = {
    "duty.schema.json": AnyDuty,
    "basic-duty.schema.json": BasicDuty,
    "supporting-duty.schema.json": SupportingDuty,
    "reclaimed-duty.schema.json": ReclaimedDuty,
    "township.schema.json": Township,
    "ledger.schema.json": Ledger,
    "categories.schema.json": Categories,
    "departments.schema.json": Departments,
    "campaign.schema.json": Campaign,
    "leg.schema.json": Leg,
    "opinion.schema.json": Opinion,
    "decision.schema.json": Decision,
    "findings.schema.json": FindingsReport,
    "duties.schema.json": tuple[DutyRow, ...],
    "import.schema.json": ImportReport,
    "rules.schema.json": tuple[RuleEntry, ...],
    "shown-duty.schema.json": ShownDuty,
    "changes.schema.json": ChangesReport,
    "review.schema.json": ReviewEntry,
    "log.schema.json": LogReport,
    "blame.schema.json": BlameReport,
    "audit.schema.json": AuditReport,
    "extract.schema.json": ExtractReport,
    "opinion-import.schema.json": OpinionImport,
    "leg-report.schema.json": LegReportEntry,
    "leg-status.schema.json": LegStatus,
    "opinions.schema.json": tuple[OpinionEntry, ...],
    "campaigns.schema.json": tuple[CampaignEntry, ...],
}
VERSION = 'toml-version = "v1.0.0"\n'
EDITED = {
    "duty.schema.json": "duties/*/*/*.toml",
    "township.schema.json": "duties/*/township.toml",
    "ledger.schema.json": "duties/*/ledger.toml",
    "categories.schema.json": "schema/vocabulary/categories.toml",
    "departments.schema.json": "schema/vocabulary/departments.toml",
    "campaign.schema.json": "changelog/*/campaign.toml",
    "leg.schema.json": "changelog/*/*/leg.toml",
    "opinion.schema.json": "changelog/*/*/opinions/*.toml",
    "decision.schema.json": "changelog/*/*/decisions/*.toml",
}
OUTPUTS = (
    "findings.schema.json",
    "duties.schema.json",
    "import.schema.json",
    "rules.schema.json",
    "changes.schema.json",
    "review.schema.json",
    "log.schema.json",
    "blame.schema.json",
    "audit.schema.json",
    "extract.schema.json",
    "opinion-import.schema.json",
    "leg-report.schema.json",
    "leg-status.schema.json",
    "opinions.schema.json",
    "campaigns.schema.json",
)
TITLES = {
    "duty.schema.json": "履职事项：三种之一，由 kind 决定。",
    "duties.schema.json": "事项列表：dutylist list --format json 的输出。",
    "opinions.schema.json": "意见列表：dutylist opinion list --format json 的输出。",
    "campaigns.schema.json": "编制列表：dutylist campaign list --format json 的输出。",
}


def files() -> dict[str, str]:
    """The generated files by their path in the library."""
    made = {f"schema/{name}": schema_text(name) for name in SCHEMAS}
    pages = {"schema/rules.md": page(rule_docs()), "schema/changes.md": changebook.page(burden_docs())}
    return {**made, **pages, "tombi.toml": editor_settings()}


def lagging(present: Mapping[str, str]) -> list[str]:
    """The paths whose present text is not what the code makes today."""
    return [path for path, text in files().items() if present.get(path) != text]


def editor_settings() -> str:
    """The settings of tombi, the TOML editor: which schema completes and validates which files."""
    tables = [f'[[schemas]]\npath = "schema/{name}"\ninclude = ["{files}"]\n' for name, files in EDITED.items()]
    return "\n".join(["# 由 dutylist contract 生成：编辑器按这里的对应关系补全和核对数据文件。\n" + VERSION, *tables])


def rule_docs() -> list[RuleDoc]:
    """The documentation of every rule, by code."""
    return [
        RuleDoc(rule.code, rule.severity, rule.title, rule.doc, FAMILIES[rule.code[:2]], rule.in_draft)
        for rule in RULES
    ]


def burden_docs() -> list[BurdenDoc]:
    """The documentation of every burden rule, by code."""
    from dutylist.compare import burden

    return [BurdenDoc(rule.code, rule.title, rule.doc, burden.FAMILY) for rule in burden.RULES]


def rules_version() -> str:
    """A digest of all rules, those of burden too: what they say and how they judge."""
    every: list[Doc] = [*rule_docs(), *burden_docs()]
    docs = (f"{doc.code} {doc.severity or ''} {doc.title} {doc.doc}" for doc in every)
    return hashlib.sha256("\0".join(docs).encode()).hexdigest()


def schema_text(name: str) -> str:
    """One JSON Schema, its titles in Chinese."""
    schema = schema_adapter(SCHEMAS[name]).json_schema(mode="validation", by_alias=True)
    if name not in OUTPUTS:
        schema = _without_null(_described(schema))
    if name in TITLES:
        schema["description"] = TITLES[name]
    ordered = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_titled(schema)}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the descriptions of the fields that a record has from its base."""
    for record in (*DUTY_KINDS.values(), TownshipWaiver):
        node = schema if schema.get("title") == record.__name__ else schema.get("$defs", {}).get(record.__name__)
        for name, text in descriptions(record).items() if node else ():
            node["properties"][name].setdefault("description", text)
    return schema


def _without_null(node: Any) -> Any:
    """The schema without null, which TOML does not have: what is absent is not written."""
    if isinstance(node, list):
        return [_without_null(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if not (key == "default" and value is None)}
    choices = [choice for choice in kept.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept |= choices[0]
    return kept


def _titled(node: Any) -> Any:
    """The schema with the first word of each description as its title; pydantic's own titles are English names."""
    if isinstance(node, list):
        return [_titled(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _titled(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}
    description = kept.get("description")
    if isinstance(description, str):
        title, _, rest = description.partition("：")
        kept = {"title": title.rstrip("。"), **kept, "description": rest or description}
    return kept
