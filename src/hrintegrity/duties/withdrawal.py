"""Taking back what was entered by mistake: the record goes, its trace in the journal stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.tables.campaign import Activity, CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.archive.tables.people import Education, Employment, Pledge, Practitioner
from hrintegrity.archive.tables.recommendation import Recommendation, Unit
from hrintegrity.duties import agencies, ownership
from hrintegrity.duties.entering import own_agency, words
from hrintegrity.duties.identities import meant
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.words import (
    COMPLAINT_KIND,
    INCENTIVE,
    INSPECTOR,
    REVIEW_RESULT,
)


@dataclass(frozen=True)
class Withdrawn:
    """What was taken back: the kind of record, and how many rows with it.

    `contacts` says that name and contact of a complainant were among them.
    """

    id: str
    what: str
    agency: str | None
    code: str | None
    records: int
    contacts: bool


@dataclass(frozen=True)
class EntryView:
    """A record of an agency that can be taken back; `text` says in Chinese what it is."""

    id: str
    what: str
    date: dt.date
    text: str


WHAT: dict[str, tuple[type[Record], str]] = {
    "education": (Education, "诚信教育"),
    "pledge": (Pledge, "承诺书"),
    "practitioner": (Practitioner, "从业人员"),
    "employment": (Employment, "任职"),
    "inspection": (Inspection, "检查"),
    "complaint": (Complaint, "投诉举报"),
    "review": (Review, "年审"),
    "penalty": (Penalty, "行政处罚"),
    "reward": (Reward, "激励"),
}
"""The records that can be taken back, and their Chinese names."""

_ELSEWHERE: tuple[tuple[type[Record], str], ...] = (
    (Gap, "制度缺项随检查登记：撤去检查用它的编号，补建登错的用 hri inspect reopen"),
    (Sanction, "惩戒用 hri sanction withdraw 撤销"),
    (Activity, "活动用 hri campaign remove 撤去"),
    (Outstanding, "表现突出用 hri campaign remove 撤去"),
    (CreationTitle, "创建称号用 hri campaign remove 撤去"),
    (Recommendation, "推荐用 hri recommend remove 撤去"),
)


def withdraw(archive: Archive, identity: str, *, reason: str) -> Withdrawn:
    """Remove a record that was entered by mistake, with what belongs to it alone.

    Raises LookupFailedError `record-missing`, RuleError `depended-on` where something that stands
    follows from it, or `not-ours`.
    """
    reason = words(reason, "理由")
    what, row = _find(archive, identity.strip().lower())
    agency_id = _agency_id(archive, row)
    agency = None if agency_id is None else own_agency(archive, agency_id)
    if agency is None and isinstance(row, Complaint):
        ownership.scope(archive, row.district)
    rows = _PARTS.get(what, _alone)(archive, row)
    for one in rows:
        writer.delete(archive, one, reason=reason)
    return Withdrawn(
        row.id,
        what,
        agency.name if agency else None,
        agency.code if agency else None,
        len(rows),
        any(isinstance(one, Complainant) for one in rows),
    )


def of_agency(archive: Archive, text: str) -> list[EntryView]:
    """Return the records of an agency that can be taken back, by day."""
    agency = agencies.find(archive, text)
    found: list[EntryView] = []
    for what, (model, _) in WHAT.items():
        if model is Practitioner:
            continue
        column: Any = model.agency_id  # type: ignore[attr-defined]  # all of these have it.
        for row in archive.session.exec(select(model).where(column == agency.id)):
            day, text_of = _TOLD[what](archive, row)
            found.append(EntryView(row.id, what, day, text_of))
    return sorted(found, key=lambda entry: (entry.date, entry.id))


def _find(archive: Archive, identity: str) -> tuple[str, Record]:
    for what, (model, _) in WHAT.items():
        row = meant(archive, model, identity)
        if row is not None:
            return what, row
    for model, hint in _ELSEWHERE:
        if meant(archive, model, identity) is not None:
            raise LookupFailedError("record-elsewhere", "这种记录不在这里撤去。", f"{hint}。")
    raise LookupFailedError(
        "record-missing",
        f"没有这条记录：{identity}",
        "编号见 hri agency records 机构，或各命令的清单。",
    )


def _agency_id(archive: Archive, row: Record) -> str | None:
    if isinstance(row, Practitioner):
        query = select(Employment.agency_id).where(Employment.practitioner_id == row.id)
        return archive.session.exec(query.order_by(col(Employment.since).desc())).first()
    found: str | None = row.agency_id  # type: ignore[attr-defined]  # all others have it.
    return found


def _alone(archive: Archive, row: Record) -> list[Record]:
    return [row]


def _review(archive: Archive, row: Any) -> list[Record]:
    if row.sanction_id is not None:
        raise _depended_on(
            "这次年审结果由惩戒写入。", f"请用 hri sanction withdraw {row.sanction_id}。"
        )
    return [row]


def _inspection(archive: Archive, row: Any) -> list[Record]:
    gaps: Sequence[Record] = archive.session.exec(
        select(Gap).where(Gap.inspection_id == row.id)
    ).all()
    return [*gaps, row]


def _complaint(archive: Archive, row: Any) -> list[Record]:
    if archive.session.exec(select(Unit).where(Unit.revoked_by == row.id)).first() is not None:
        raise _depended_on(
            "示范单位称号因这件投诉举报撤销。",
            "请先用 hri complaint reopen 重新打开，称号随之恢复。",
        )
    people: Sequence[Record] = archive.session.exec(
        select(Complainant).where(Complainant.complaint_id == row.id)
    ).all()
    return [*people, row]


def _practitioner(archive: Archive, row: Any) -> list[Record]:
    _refuse_depended_on(archive, row.id, None)
    jobs: Sequence[Record] = archive.session.exec(
        select(Employment).where(Employment.practitioner_id == row.id)
    ).all()
    return [*jobs, row]


def _employment(archive: Archive, row: Any) -> list[Record]:
    """A person's only work takes the person with it."""
    others = archive.session.exec(
        select(Employment).where(
            Employment.practitioner_id == row.practitioner_id, Employment.id != row.id
        )
    ).first()
    person = archive.session.get(Practitioner, row.practitioner_id)
    if others is None and person is not None:
        return _practitioner(archive, person)
    _refuse_depended_on(archive, row.practitioner_id, row.agency_id)
    return [row]


def _refuse_depended_on(archive: Archive, person_id: str, agency_id: str | None) -> None:
    sanction = select(Sanction.id).where(Sanction.practitioner_id == person_id)
    title = select(CreationTitle.id).where(CreationTitle.practitioner_id == person_id)
    if agency_id is not None:
        sanction = sanction.where(Sanction.agency_id == agency_id)
        title = title.where(CreationTitle.agency_id == agency_id)
    for query, what in ((sanction, "惩戒"), (title, "创建称号")):
        if archive.session.exec(query).first() is not None:
            raise _depended_on(
                f"这位从业人员有{what}记录，不能撤去。",
                "姓名等有误的，用 hri agency staff edit 更正。",
            )


def _depended_on(message: str, hint: str) -> RuleError:
    return RuleError("depended-on", message, hint)


_PARTS: dict[str, Callable[[Archive, Any], list[Record]]] = {
    "review": _review,
    "inspection": _inspection,
    "complaint": _complaint,
    "practitioner": _practitioner,
    "employment": _employment,
}


def _employment_told(archive: Archive, row: Any) -> tuple[dt.date, str]:
    person = archive.session.get(Practitioner, row.practitioner_id)
    left = f"，{row.left} 离开" if row.left else ""
    return row.since, f"{person.name if person else ''}到岗{left}"


_TOLD: dict[str, Callable[[Archive, Any], tuple[dt.date, str]]] = {
    "education": lambda _, row: (row.date, "诚信教育"),
    "pledge": lambda _, row: (row.date, "签署诚信自律承诺书"),
    "employment": _employment_told,
    "inspection": lambda _, row: (row.date, f"{INSPECTOR.chinese(row.inspector)}检查"),
    "complaint": lambda _, row: (
        row.received,
        f"{COMPLAINT_KIND.chinese(row.kind)}：{row.subject}",
    ),
    "review": lambda _, row: (
        row.date,
        f"{row.year}年度年审：{REVIEW_RESULT.chinese(row.result)}",
    ),
    "penalty": lambda _, row: (row.date, f"{row.authority}：{row.basis}"),
    "reward": lambda _, row: (row.date, f"{INCENTIVE.chinese(row.kind)}：{row.note}"),
}
