"""The written answer to whoever complained or suggested something (四(三) 及时反馈处理情况)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import offices
from hrintegrity.duties.complaints import cases, complainants
from hrintegrity.errors import RuleError
from hrintegrity.notice.words import CHANNEL, COMPLAINANT, COMPLAINT_KIND, OUTCOME
from hrintegrity.text import chinese_date

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


def reply(
    archive: Archive, identity: str, *, today: dt.date, templates: Path | None = None
) -> Reply:
    """Return the answer to a complaint; that its complainant was looked at is journalled.

    Raises RuleError `not-closed` where there is no answer yet.
    """
    row, agency = cases.find(archive, identity)
    if row.closed is None or not row.answer:
        raise RuleError(
            "not-closed",
            f"这件{COMPLAINT_KIND.chinese(row.kind)}还没有办结，没有可以答复的内容。",
            "先用 hri complaint close 办结并写明答复内容。",
            clause=CLAUSE,
        )
    person = complainants.of(archive, row.id)
    name = person.name if person else None
    if name:
        writer.note(archive, "show-contacts", row)
    office = offices.office_of(archive, row.district)
    context = {
        "office": {"name": office.name, "department": office.department},
        "number": "",
        "kind": COMPLAINT_KIND.chinese(row.kind),
        "addressee": name or _whoever(row.made_by),
        "of_office": row.made_by in OFFICES,
        "received": chinese_date(row.received),
        "channel": {"market": "向市场管理部门", "labour": "向劳动监察部门"}.get(
            row.channel, "" if row.channel == "other" else f"通过{CHANNEL.chinese(row.channel)}"
        ),
        "about": agency.name if agency else None,
        "subject": row.subject,
        "outcome": OUTCOME.chinese(str(row.outcome)),
        "answer": row.answer,
        "closed": chinese_date(row.closed),
        "date": chinese_date(today),
    }
    return Reply(row.id, bool(name), compose(TEMPLATE, context, office_templates=templates))


def _whoever(made_by: str | None) -> str:
    return COMPLAINANT.chinese(made_by) if made_by and made_by != "other" else "来件人"
