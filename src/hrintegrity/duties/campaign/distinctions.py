"""Who was outstanding in the month (三(七)), and the titles of the creation (三(四) 三)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import CreationTitle, Outstanding
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import agencies, agency_lookup, offices
from hrintegrity.duties.agency_rows import AgencyLike
from hrintegrity.duties.identities import matches, meant, where_to_find
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.words import TITLE

PERSONAL = "worker"


@dataclass(frozen=True)
class OutstandingView:
    """An outstanding agency as scripts see it."""

    id: str
    code: str
    name: str
    district: str
    date: dt.date
    reason: str
    year: int


@dataclass(frozen=True)
class TitleView:
    """A title of the creation as scripts see it; `staff` is the practitioner who bears it."""

    id: str
    code: str
    name: str
    district: str
    title: str
    staff: str | None
    date: dt.date
    year: int


def outstanding(
    archive: Archive, text: str, *, year: int | None, date: dt.date, reason: str
) -> OutstandingView:
    """Record that an agency was outstanding, which gives it priority (三(七)).

    Raises LookupFailedError `outstanding-exists`, RuleError `agency-closed`.
    """
    agency = agencies.find(archive, text)
    refuse_closed(agency)
    year = offices.campaign(archive, year).year
    query = select(Outstanding).where(Outstanding.agency_id == agency.id, Outstanding.year == year)
    known = archive.session.exec(query).first()
    if known is not None:
        raise LookupFailedError(
            "outstanding-exists",
            f"{agency.name}{year}年表现突出已经登记，未改动。",
            f"要改动它，请先用 hri campaign remove {known.id} --reason 理由 撤去。",
        )
    row = Outstanding(agency_id=agency.id, year=year, date=date, reason=reason.strip())
    return _outstanding(writer.insert(archive, row), agency)


def title(
    archive: Archive,
    text: str,
    *,
    title: str,
    staff: str | None,
    year: int | None,
    date: dt.date,
) -> TitleView:
    """Give 诚信服务窗口 to an agency, or 诚信服务标兵 to it or to one of its practitioners.

    Raises UsageError `title-of-agency`, LookupFailedError `staff-missing` or `title-exists`,
    RuleError `agency-closed`.
    """
    agency = agencies.find(archive, text)
    refuse_closed(agency)
    if staff is not None and title != PERSONAL:
        raise UsageError(
            "title-of-agency",
            f"{TITLE.chinese(title)}是机构的称号，不授予个人。",
            f"授予个人的是{TITLE.chinese(PERSONAL)}；否则去掉 --staff。",
        )
    person = None if staff is None else _practitioner(archive, agency, staff)
    year = offices.campaign(archive, year).year
    person_id = None if person is None else person.id
    query = select(CreationTitle).where(
        CreationTitle.agency_id == agency.id,
        CreationTitle.practitioner_id == person_id,
        CreationTitle.year == year,
        CreationTitle.title == title,
    )
    known = archive.session.exec(query).first()
    if known is not None:
        who = person.name if person else agency.name
        raise LookupFailedError(
            "title-exists",
            f"{who}{year}年的{TITLE.chinese(title)}已经登记，未改动。",
            f"要改动它，请先用 hri campaign remove {known.id} --reason 理由 撤去。",
        )
    row = CreationTitle(
        agency_id=agency.id, practitioner_id=person_id, year=year, title=title, date=date
    )
    return _title(writer.insert(archive, row), agency, person)


def outstanding_list(
    archive: Archive, *, district: str | None, year: int | None
) -> list[OutstandingView]:
    """Return the outstanding agencies of a campaign, by code."""
    query = select(Outstanding, Agency).join(Agency).order_by(Agency.code)
    query = query.where(Outstanding.year == offices.campaign(archive, year).year)
    district = offices.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    return [_outstanding(row, agency) for row, agency in archive.session.exec(query)]


def title_list(archive: Archive, *, district: str | None, year: int | None) -> list[TitleView]:
    """Return the titles of a campaign, by agency."""
    query = (
        select(CreationTitle, Agency, Practitioner)
        .join(Agency, col(Agency.id) == CreationTitle.agency_id)
        .join(Practitioner, col(Practitioner.id) == CreationTitle.practitioner_id, isouter=True)
        .where(CreationTitle.year == offices.campaign(archive, year).year)
        .order_by(Agency.code, CreationTitle.id)
    )
    district = offices.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    return [_title(*found) for found in archive.session.exec(query)]


def remove(archive: Archive, text: str, *, reason: str) -> OutstandingView | TitleView:
    """Take back a distinction that was entered by mistake; the journal keeps what it was.

    Raises LookupFailedError `record-missing`, RuleError `not-ours`.
    """
    row = meant(archive, Outstanding, text) or meant(archive, CreationTitle, text)
    agency = archive.session.get(Agency, row.agency_id) if row else None
    if row is None or agency is None:
        raise LookupFailedError(
            "record-missing",
            f"活动月里没有这条记录：{text}",
            where_to_find(text, "hri campaign list"),
        )
    agency_lookup.refuse_foreign(offices.owner(archive), agency)
    writer.delete(archive, row, reason=reason)
    if isinstance(row, Outstanding):
        return _outstanding(row, agency)
    person = archive.session.get(Practitioner, row.practitioner_id) if row.practitioner_id else None
    return _title(row, agency, person)


def refuse_closed(agency: AgencyLike) -> None:
    """Raise RuleError `agency-closed`."""
    if agency.status == "closed":
        raise RuleError(
            "agency-closed",
            f"{agency.name}已终止（{agency.closed}）。",
            "误登终止的，先用 hri agency edit 改回正常。",
        )


def _practitioner(archive: Archive, agency: Agency, text: str) -> Practitioner:
    """Return who works at the agency now under this id, the practitioner's or the employment's."""
    found = archive.session.exec(
        select(Practitioner)
        .join(Employment)
        .where(Employment.agency_id == agency.id, col(Employment.left).is_(None))
        .where(or_(matches(Practitioner.id, text), matches(Employment.id, text)))
    ).first()
    if found is None:
        raise LookupFailedError(
            "staff-missing",
            f"{agency.name}没有编号为 {text.strip()} 的在岗从业人员。",
            where_to_find(text, f"hri agency staff list {agency.code}"),
        )
    return found


def _outstanding(row: Outstanding, agency: Agency) -> OutstandingView:
    return OutstandingView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        district=agency.district,
        date=row.date,
        reason=row.reason,
        year=row.year,
    )


def _title(row: CreationTitle, agency: Agency, person: Practitioner | None) -> TitleView:
    return TitleView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        district=agency.district,
        title=row.title,
        staff=person.name if person else None,
        date=row.date,
        year=row.year,
    )
