"""What a package says of itself, and what became different since an earlier one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.recommendation import Submission
from hrintegrity.duties import offices
from hrintegrity.duties.recommendation import package
from hrintegrity.duties.recommendation.check import DistrictCheck
from hrintegrity.duties.recommendation.entries import Entry
from hrintegrity.duties.ways import words
from hrintegrity.notice.clauses import NOTICE_NUMBER
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.words import KIND
from hrintegrity.rules.recommendation import priority_grounds

PACKAGE = "“北京市人力资源诚信服务示范单位”推荐材料"

SUBMITTED = {
    "code": "代码",
    "name": "名称",
    "district": "所属区县",
    "kind": "机构性质",
    "grade": "等级",
    "total": "总分",
    "band": "评估等次",
    "reasons": "不符合推荐条件之处",
}
"""What a package says of each agency; where it changed since, a supplement says so."""


def agency(entry: Entry, place: int, concluded: dt.date, ways: Mapping[str, str]) -> dict[str, Any]:
    """Return what a package says of one agency; `concluded` is when its assessment was.

    `ways` names the districts' own ways of evaluation.

    `id` is that of the recommendation, which stays when two records of one agency are merged.
    """
    row = entry.row
    return {
        "place": place,
        "id": row.id,
        **_as_listed(entry),
        "missing_sources": list(entry.candidate.missing_sources),
        "missing_words": words(entry.candidate.missing_sources, ways),
        "district_name": BY_CODE[row.district].name,
        "priority": list(priority_grounds(entry.candidate)),
        "concluded": concluded.isoformat(),
        "reason": row.reason,
        "opinion": row.opinion,
        "despite": row.despite,
        "self_summary": row.self_summary_name,
        "folder": package.folder_of(place, entry.agency.name),
    }


def manifest(
    archive: Archive,
    row: Submission,
    check: DistrictCheck,
    deadline: dt.date,
    agencies: list[dict[str, Any]],
    changed: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return what a package says of itself, but for its files."""
    return {
        "package": PACKAGE,
        "notice": NOTICE_NUMBER,
        "id": row.id,
        "district": row.district,
        "district_name": check.district_name,
        "office": offices.office_of(archive, row.district).name,
        "year": row.year,
        "number": row.number,
        "date": row.date.isoformat(),
        "deadline": deadline.isoformat(),
        "late": row.late,
        "quota": check.quota,
        "recommended": check.recommended,
        "commercial": check.commercial,
        "relaxations": [
            {"date": one.date.isoformat(), "reason": one.reason, "by": one.by}
            for one in check.relaxations
        ],
        "formats": ["docx", "pdf"],
        "agencies": agencies,
        "changes": changed,
    }


def changes(earlier: Sequence[Submission], found: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return what is different now of agencies that were submitted before, field by field."""
    submitted: dict[str, dict[str, Any]] = {}
    for row in earlier:
        content = json.loads(row.manifest)
        for one in content["agencies"]:
            submitted[one["id"]] = {field: one[field] for field in SUBMITTED}
        for change in content["changes"]:
            submitted[change["id"]][change["field"]] = change["after"]
    return [
        {
            "id": entry.row.id,
            "code": entry.agency.code,
            "name": entry.agency.name,
            "field": field,
            "before": submitted[entry.row.id][field],
            "after": now,
        }
        for entry in found
        if entry.row.id in submitted
        for field, now in _as_listed(entry).items()
        if now != submitted[entry.row.id][field]
    ]


def remarks(
    agencies: Sequence[Mapping[str, Any]],
    changed: Sequence[Mapping[str, Any]],
    *,
    late: bool,
    deadline: dt.date,
) -> list[str]:
    """Return what the covering statement has to explain."""
    found = []
    if late:
        found.append(f"本次报送晚于{deadline.month}月{deadline.day}日的期限。")
    for one in agencies:
        missing = "、".join(one["missing_words"])
        if missing:
            found.append(f"{one['name']}的评估没有取得{missing}。")
        if one["despite"]:
            against = f"（{'；'.join(one['reasons'])}）" if one["reasons"] else ""
            found.append(
                f"{one['name']}推荐时不符合本区县的推荐条件{against}，"
                f"仍予推荐，理由：{one['despite'].rstrip('。')}。"
            )
    for one in changed:
        before, after = _shown(one, "before"), _shown(one, "after")
        found.append(
            f"此前报送的{one['name']}，{SUBMITTED[one['field']]}由“{before}”变为“{after}”。"
        )
    return found


def _shown(change: Mapping[str, Any], which: str) -> str:
    value = change[which]
    if not value:
        return "无"
    if change["field"] == "kind":
        return KIND.chinese(value)
    if change["field"] == "district":
        return BY_CODE[value].name
    return "；".join(value) if isinstance(value, list) else str(value)


def _as_listed(entry: Entry) -> dict[str, Any]:
    candidate = entry.candidate
    return {
        "code": candidate.code,
        "name": candidate.name,
        "district": candidate.district,
        "kind": candidate.kind,
        "grade": candidate.grade,
        "total": None if candidate.total is None else f"{candidate.total:.2f}",
        "band": candidate.band,
        "reasons": [reason.message for reason in entry.reasons],
    }
