"""The dossier in Chinese: the same parts and tables on the screen and on paper.

Headings and words are those of the declarations; what stands here is which fields make a table, how
wide its columns are, and the cells that say more than one field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from hrintegrity.duties.dossier.blocks import NUMERALS, Block, Part
from hrintegrity.duties.dossier.parts import Dossier, Entries, Entry
from hrintegrity.notice.records import Field, kind
from hrintegrity.notice.words import (
    AGENCY_STATUS,
    DEPARTMENT,
    DOSSIER_PART,
    INSPECTOR,
    MEASURE,
    OBJECTION_RESULT,
    OUTCOME,
    PUBLICITY_ITEM,
    SANCTION_STATE,
    SYSTEM,
    UNIT_STATE,
)

FIRST = (
    *("name", "former_names", "code", "license", "district_name", "kind", "since"),
    *("representative", "phone", "grade", "address"),
)
"""The basic information that is always there, in its order; other fields follow, the state last."""


def worded(found: Dossier) -> tuple[Part, ...]:
    """Return the six parts in the notice's order."""
    contents: dict[str, dict[str, Any]] = {
        "basic": {"fields": _basic(found.basic)},
        "compliance": {"blocks": _compliance(found.compliance)},
        "complaints": {"blocks": (_complaints(found.complaints),)},
        "rewards_and_sanctions": {"blocks": _rewards_and_sanctions(found.rewards_and_sanctions)},
        "promises": {"blocks": _promises(found.promises)},
        "assessments": {"blocks": (_assessments(found.assessments),)},
    }
    return tuple(
        Part(name, f"{numeral}、{DOSSIER_PART.chinese(name)}", **contents[name])
        for numeral, name in zip(NUMERALS, DOSSIER_PART, strict=True)
    )


def _basic(basic: Entry) -> tuple[tuple[str, str], ...]:
    agency = kind("agency")
    status = AGENCY_STATUS.chinese(basic["status"])
    if basic["closed"]:
        status += f"（{basic['closed']}，{basic['close_reason'] or '原因没有登记'}）"
    grade = basic["grade"]
    if grade and basic["graded"]:
        grade += f"（{basic['graded']}登记）"
    shown = basic | {"former_names": "、".join(basic["former_names"]), "grade": grade}
    sparse = [field.name for field in agency.which("sparse") if shown[field.name]]
    if basic["license_state"] in ("expired", "cancelled"):
        sparse.insert(0, "license_state")
    fields = [
        (agency[name].heading, _word(agency[name], shown[name])) for name in (*FIRST, *sparse)
    ]
    return (*fields, (agency["status"].heading, status))


def _compliance(part: Any) -> tuple[Block, ...]:
    gaps = tuple(gap for inspection in part["inspections"] for gap in inspection["gaps"])
    return (
        _block(
            "年审",
            "review",
            part["reviews"],
            {"year": 15, "result": 25, "date": 20, "说明": 40},
            {"说明": lambda row: "惩戒措施，见第四部分" if row["sanction"] else ""},
        ),
        _block(
            "行政处罚", "penalty", part["penalties"], {"date": 20, "authority": 30, "basis": 50}
        ),
        _block(
            "诚信服务制度检查",
            "inspection",
            part["inspections"],
            {"date": 16, "inspector": 20, **dict.fromkeys(SYSTEM, 9), "inspectors": 19, "说明": 40},
            {"inspector": _inspector, "说明": _seen},
            below=("说明",),
        ),
        _block(
            "制度缺项及补建",
            "gap",
            gaps,
            {"system": 25, "found": 25, "deadline": 25, "mended": 25},
            {"mended": lambda row: row["mended"] or "未补建"},
        ),
        _block("准入诚信教育", "education", part["education"], {"date": 99}),
    )


def _inspector(row: Entry) -> str:
    by = INSPECTOR.chinese(row["inspector"])
    return f"{by}（{DEPARTMENT.chinese(row['department'])}）" if row["department"] else by


def _seen(row: Entry) -> str:
    """Say who else took part, what of 公示 was lacking, and what was noted."""
    lacks = "、".join(map(PUBLICITY_ITEM.chinese, row["lacks"].split(","))) if row["lacks"] else ""
    parts = (("会同", row["partners"]), ("缺少", lacks), ("", row["note"]))
    return "；".join(f"{what}{said}" for what, said in parts if said)


def _complaints(rows: Entries) -> Block:
    return _block(
        "投诉、举报和意见建议",
        "complaint",
        rows,
        {"received": 18, "kind": 14, "channel": 20, "subject": 24, "closed": 18, "outcome": 30,
         "answer": 14},
        {"closed": lambda row: row["closed"] or "未办结", "outcome": _outcome},
        below=("subject", "answer"),
    )  # fmt: skip


def _outcome(row: Entry) -> str:
    outcome = OUTCOME.chinese(row["outcome"]) if row["outcome"] else ""
    return outcome + ("，不诚信行为" if row["dishonest"] else "")


def _rewards_and_sanctions(part: Any) -> tuple[Block, ...]:
    return (
        _block("激励和表彰", "reward", part["rewards"], {"date": 18, "kind": 32, "note": 50}),
        _block(
            "“诚信服务月”表现突出",
            "outstanding",
            part["outstanding"],
            {"year": 18, "date": 22, "reason": 60},
        ),
        _block(
            "诚信创建称号",
            "creation_title",
            part["creation_titles"],
            {"year": 18, "date": 22, "title": 35, "获得者": 25},
            {"获得者": _whose},
        ),
        _block(
            "示范单位称号",
            "unit",
            part["titles"],
            {"year": 9, "plaque": 18, "awarded": 16, "状态": 18, "revoked": 16, "reason": 20,
             "标牌收回": 23},
            {"状态": lambda row: UNIT_STATE.chinese(row["state"]), "标牌收回": _recovered},
            below=("reason",),
        ),
        _block(
            "失信惩戒",
            "sanction",
            part["sanctions"],
            {"date": 16, "kind": 23, "对象": 11, "文号": 34, "送达": 16, "grounds": 23,
             "deadline": 15, "现状": 20},
            {"kind": _measure, "对象": _whose, "grounds": _grounds, "现状": _state,
             "文号": lambda row: row["number"] or "", "送达": lambda row: row["served"] or ""},
            below=("grounds", "deadline", "现状"),
        ),
    )  # fmt: skip


def _recovered(row: Entry) -> str:
    due = f"应于{row['recover_by']}前（系统所定）" if row["recover_by"] else ""
    return row["recovered"] or due


def _grounds(row: Entry) -> str:
    """Return the facts; those of a measure that was annulled are held against nobody."""
    if row["state"] == "withdrawn":
        return ""
    return f"{row['grounds']}（依据：{row['basis']}）" if row["basis"] else str(row["grounds"])


def _measure(row: Entry) -> str:
    measure = MEASURE.chinese(row["kind"])
    if row["review_year"] is not None:
        measure += f"（{row['review_year']}年度年审）"
    if row["decided_by"] == "municipal":
        measure += "（市级作出）"
    return measure


def _state(row: Entry) -> str:
    state = row["state"]
    day = row[state] if state in ("mended", "failed", "withdrawn") else None
    why = {"failed": row["fail_note"], "withdrawn": row["annulment"]}.get(state)
    if state == "withdrawn" and not row["number"]:
        # Nobody was told of it; what it was about, and why it went, the dossier keeps to itself.
        why = "没有发出决定书"
    said = "，".join(text for text in (day, why) if text)
    return SANCTION_STATE.chinese(state) + (f"（{said}）" if said else "")


def _promises(part: Any) -> tuple[Block, ...]:
    displayed = {None: "没有登记", True: "是", False: "否"}
    return (
        _block(
            "诚信自律承诺书",
            "pledge",
            part["pledges"],
            {"签署日期": 40, "在服务场所公开": 60},
            {"签署日期": lambda row: row["date"],
             "在服务场所公开": lambda row: displayed[row["displayed"]]},
        ),
        _block(
            "从业人员诚信服务承诺书",
            "practitioner",
            part["practitioners"],
            {"name": 20, "certificate": 26, "到岗日期": 18, "离开日期": 18, "pledged": 18},
            {"到岗日期": lambda row: row["since"], "离开日期": lambda row: row["left"] or "在岗",
             "pledged": lambda row: row["pledged"] or "未签署"},
            summary=f"在岗{part['staff']}人，已签署{part['staff_pledged']}人",
        ),
    )  # fmt: skip


def _assessments(rows: Entries) -> Block:
    return _block(
        "年度评估",
        "conclusion",
        rows,
        {"year": 9, "date": 16, "total": 11, "band": 11, "告知书": 37, "送达": 16, "说明": 22},
        {
            "total": lambda row: f"{row['total']:.2f}",
            "告知书": lambda row: row["number"] or "没有告知",
            "送达": lambda row: row["served"] or "",
            "说明": _remarks,
        },
        below=("说明",),
    )


def _remarks(row: Entry) -> str:
    missing = "、".join(row["missing_words"] or ())
    said = [f"没有{missing}"] if missing else []
    said += [_objection(one) for one in row["objections"]]
    if row["reopened"]:
        said.append(f"{row['reopened']}重新开启：{row['reopen_reason'] or ''}")
    return "；".join(said)


def _objection(row: Entry) -> str:
    said = f"{row['date']}提出异议：{row['text']}"
    if row["answered"]:
        said += f"（{row['answered']}复核：{OBJECTION_RESULT.chinese(row['outcome'])}）"
    return said


def _block(
    title: str,
    table: str,
    rows: Entries,
    widths: Mapping[str, int],
    cells: Mapping[str, Callable[[Entry], str]] | None = None,
    *,
    summary: str = "",
    below: tuple[str, ...] = (),
) -> Block:
    """Return a table: `widths` by field, or by heading where `cells` has what it says.

    The fields or headings of `below` stand under their rows on paper.
    """
    fields = kind(table).by_name
    cell_of = {name: (cells or {}).get(name) or partial(_field, fields[name]) for name in widths}
    headings = {name: fields[name].short if name in fields else name for name in widths}
    return Block(
        title=title,
        headings=tuple(headings.values()),
        widths=tuple(widths.values()),
        rows=tuple(tuple(cell(row) for cell in cell_of.values()) for row in rows),
        keys=tuple(row["id"] for row in rows),
        summary=summary,
        below=tuple(headings[name] for name in below),
    )


def _field(field: Field, row: Entry) -> str:
    return _word(field, row[field.name])


def _word(field: Field, value: Any) -> str:
    return "" if value is None else field.chinese(str(value))


def _whose(row: Entry) -> str:
    return row["staff_name"] or "机构"
