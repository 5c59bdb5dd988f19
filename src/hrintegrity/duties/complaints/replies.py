"""The written answer to whoever complained or suggested something (四(三) 及时反馈处理情况)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import hotlines, offices
from hrintegrity.duties.complaints import cases, complainants
from hrintegrity.duties.letters import number_by_hand
from hrintegrity.errors import RuleError
from hrintegrity.notice.remedies import remedies
from hrintegrity.notice.words import CHANNEL, COMPLAINANT, COMPLAINT_KIND, OUTCOME

TEMPLATE = "complaint/reply"
CLAUSE = "四(三)"
OFFICES = ("employer", "agency")
"""Who is addressed as an office, not as a person."""


@dataclass(frozen=True)
class Reply:
    """The answer on paper; `addressed` says whether it names who complained."""

    id: str
    addressed: bool
    paper: Paper


def reply(archive: Archive, identity: str, *, templates: Path | None = None) -> Reply:
    """Return the answer to a complaint, dated by the day on which it was given.

    That its complainant was looked at is journalled.

    Raises RuleError `not-closed` where there is no answer yet.
    """
    row, agency = cases.find(archive, identity)
    if row.closed is None or not row.answer:
        raise RuleError(
            "not-closed",
            f"这件{COMPLAINT_KIND.chinese(row.kind)}还没有办结，没有可以答复的内容。",
            f"先用 hri complaint close {row.id} --date 日期 --outcome 结果 --answer 答复 "
            "办结并写明答复内容。",
            clause=CLAUSE,
        )
    person = complainants.of(archive, row.id)
    name = person.name if person else None
    if name:
        writer.note(archive, "show-contacts", row)
    office = offices.office_of(archive, row.district)
    context = {
        "office": {"name": office.name, "department": office.department},
        "number": number_by_hand(row.closed),
        "kind": COMPLAINT_KIND.chinese(row.kind),
        "addressee": name or _whoever(row.made_by),
        "of_office": row.made_by in OFFICES,
        "received": chinese_date(row.received),
        "channel": {"market": "向人力资源市场管理部门", "labour": "向劳动监察部门"}.get(
            row.channel, "" if row.channel == "other" else f"通过{CHANNEL.chinese(row.channel)}"
        ),
        "about": agency.name if agency else None,
        "subject": row.subject,
        "outcome": OUTCOME.chinese(str(row.outcome))
        + ("，认定为不诚信行为" if row.dishonest else ""),
        "answer": row.answer,
        "remedy": _remedy(row) if row.kind == "complaint" else None,
        "contact": hotlines.contact(archive, row.district, row.closed),
        "date": chinese_date(row.closed),
    }
    return Reply(row.id, bool(name), compose(TEMPLATE, context, office_templates=templates))


def _remedy(row: Complaint) -> dict[str, Any]:
    """Return where someone who complained of harm to themselves may go on, by the day."""
    found = remedies(row.district, row.closed or row.received)
    return {
        "days": found.review_days,
        "bodies": list(found.review_bodies),
        "months": found.suit_months,
        "court": found.court,
    }


def _whoever(made_by: str | None) -> str:
    """Return how to address someone who gave no name: what they are is no name."""
    if made_by and made_by != "other":
        return f"来件（来电、来访）的{COMPLAINANT.chinese(made_by)}"
    return "来件（来电、来访）人"
