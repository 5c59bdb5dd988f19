"""活动信息 (四(四) 及时上报): an activity as a paper to the city, kept with its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.campaign import Activity, Bulletin
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import hotlines, offices
from hrintegrity.duties.campaign import activities, attachments
from hrintegrity.duties.entering import of_id
from hrintegrity.duties.letters import number_by_hand
from hrintegrity.notice.clauses import in_papers
from hrintegrity.notice.measures import activities as kinds_of_activity
from hrintegrity.notice.words import CONVENTION_FORM

TEMPLATE = "campaign/bulletin"
ADDRESSEE = "市人力资源和社会保障局人力资源市场处"
CLAUSE = "四(四)"
FIGURES = (("people", "参加{}人"), ("agencies", "覆盖机构{}家"), ("media", "媒体报道{}篇"))


@dataclass(frozen=True)
class BulletinView:
    """A report of an activity; `delay` is how many days after the activity it was made."""

    id: str
    activity: str
    date: dt.date
    delay: int
    district: str
    title: str


def report(
    archive: Archive, text: str, *, date: dt.date, templates: Path | None = None
) -> tuple[BulletinView, Paper, tuple[str, ...]]:
    """Record that an activity was reported on a day; return the paper, and what looks odd.

    What was reported on that day already is printed again in the words it had then, and is not
    recorded twice. Raises LookupFailedError `activity-missing`, and as `documents.compose` does.
    """
    row = activities.find(archive, text)
    paper = compose(TEMPLATE, _context(archive, row, date), office_templates=templates)
    warnings: tuple[str, ...] = ()
    same_day = select(Bulletin).where(Bulletin.activity_id == row.id, Bulletin.date == date)
    kept = archive.session.exec(same_day.order_by(Bulletin.id)).first()
    if kept is None:
        kept = writer.insert(
            archive,
            Bulletin(
                activity_id=row.id,
                district=row.district,
                date=date,
                title=paper.title,
                body=paper.body,
                sha256=paper.sha256,
            ),
        )
    elif kept.sha256 != paper.sha256:
        warnings = (
            f"{date} 已上报过，印的是当时的文字，与现在的登记不同；"
            f"要按现在的写，请先运行 hri campaign remove {kept.id} --reason 原因。",
        )
    paper = replace(paper, body=kept.body)
    if date < row.date:
        warnings += (f"上报日期 {date} 早于活动日期 {row.date}，请核对。",)
    delay = (date - row.date).days
    view = BulletinView(
        id=kept.id, activity=row.id, date=date, delay=delay, district=row.district, title=row.title
    )
    return view, paper, warnings


def remove(archive: Archive, text: str, *, reason: str) -> BulletinView:
    """Take back that an activity was reported.

    Raises LookupFailedError `record-missing`, RuleError `not-ours`.
    """
    row = of_id(archive, Bulletin, text, "活动信息", "hri archive log")
    offices.scope(archive, None if row.district == offices.CITY else row.district)
    activity = archive.session.get_one(Activity, row.activity_id)
    writer.delete(archive, row, reason=reason)
    delay = (row.date - activity.date).days
    return BulletinView(
        id=row.id,
        activity=activity.id,
        date=row.date,
        delay=delay,
        district=row.district,
        title=activity.title,
    )


def _context(archive: Archive, row: Activity, date: dt.date) -> dict[str, Any]:
    office = offices.office_of(archive, row.district)
    known = kinds_of_activity(row.date)[row.kind]
    files = attachments.of_activities(archive, [row.id]).get(row.id, [])
    return {
        "office": {"name": office.name, "department": office.department},
        "number": number_by_hand(date),
        "addressee": None if row.district == offices.CITY else ADDRESSEE,
        "who": "市局" if row.district == offices.CITY else "我局",
        "held": chinese_date(row.date),
        "partners": row.partners,
        "word": known.word,
        "clause": in_papers(known.clause),
        "form": CONVENTION_FORM.chinese(row.form) if row.form else None,
        "title": row.title,
        "figures": [
            said.format(getattr(row, name))
            for name, said in FIGURES
            if getattr(row, name) is not None
        ],
        "note": row.note or "",
        "attachments": [Path(one.name).stem for one in files],
        "contact": hotlines.contact(archive, row.district, date),
        "date": chinese_date(date),
    }
