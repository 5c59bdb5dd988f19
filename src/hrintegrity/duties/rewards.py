"""Support and honours given to agencies of good standing (三(八)1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.chunking import AT_ONCE
from hrintegrity.duties import agencies, ownership
from hrintegrity.duties.assessment import doubts
from hrintegrity.duties.entering import odd_day, words
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.words import INCENTIVE, MEASURE
from hrintegrity.packing import Packed


@dataclass(frozen=True)
class RewardView:
    """A reward as scripts see it; `agency` is the name."""

    id: str
    agency: str
    code: str
    kind: str
    date: dt.date
    note: str
    district: str


def grant(
    archive: Archive, text: str, *, kind: str, date: dt.date, note: str
) -> tuple[RewardView, tuple[str, ...]]:
    """Record a reward. Raises LookupFailedError `reward-exists`, InputError `text-refused`."""
    agency = agencies.find(archive, text)
    note = words(note, "说明")
    known = archive.session.exec(
        select(Reward).where(
            Reward.agency_id == agency.id,
            Reward.kind == kind,
            Reward.date == date,
            Reward.note == note,
        )
    ).first()
    if known is not None:
        raise LookupFailedError(
            "reward-exists",
            f"{agency.name} {date} 的{INCENTIVE.chinese(kind)}（{note}）已登记。",
            "无需再次登记。",
        )
    row = writer.insert(archive, Reward(agency_id=agency.id, kind=kind, date=date, note=note))
    odd = odd_day(agency, date, what="奖励日期")
    return _view(row, agency), (*odd, *_doubts(archive, agency, date))


def _doubts(archive: Archive, agency: Agency, date: dt.date) -> tuple[str, ...]:
    """Say what speaks against support: sanctions, penalties, gaps (三(八)1: 诚信状况良好)."""
    found = []
    last = archive.session.exec(
        select(Review)
        .where(Review.agency_id == agency.id, Review.date <= date)
        .order_by(col(Review.year).desc(), col(Review.date).desc(), col(Review.id).desc())
    ).first()
    if last is not None and last.result == "deferred":
        found.append(
            f"{agency.name}{last.year}年度年审暂缓通过（{last.date}），激励只给诚信状况良好的机构，"
            "请核对。"
        )
    orders = archive.session.exec(
        select(Sanction)
        .where(Sanction.agency_id == agency.id, Sanction.date <= date)
        .where(col(Sanction.deadline).is_not(None), col(Sanction.withdrawn).is_(None))
        .order_by(col(Sanction.date), col(Sanction.id))
    )
    for order in orders:
        if order.mended is None or order.mended > date:
            found.append(
                f"{agency.name} {order.date} 的{MEASURE.chinese(order.kind)}"
                f"到 {date} 还没有整改完毕，请核对。"
            )
    return (*found, *doubts.reservations(archive, agency, year=date.year, day=date))


def listing(
    archive: Archive, *, text: str | None = None, district: str | None = None
) -> Packed[RewardView]:
    """Return the rewards by day, of one agency or of a district's."""
    query = select(Reward, Agency).join(Agency, col(Agency.id) == Reward.agency_id)
    if text is not None:
        query = query.where(Reward.agency_id == agencies.find(archive, text).id)
    district = ownership.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    query = query.order_by(col(Reward.date), Agency.code, Reward.id)
    found = archive.session.exec(query.execution_options(yield_per=AT_ONCE))
    return Packed(_view(row, agency) for row, agency in found)


def _view(row: Reward, agency: Agency) -> RewardView:
    return RewardView(
        id=row.id,
        agency=agency.name,
        code=agency.code,
        kind=row.kind,
        date=row.date,
        note=row.note,
        district=agency.district,
    )
