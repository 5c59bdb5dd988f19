"""Taking back a submission of which no receipt came from the city."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlmodel import col, func, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.exchange import Seal
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.office import Office
from hrintegrity.archive.tables.recommendation import Recommendation, Submission, Unit
from hrintegrity.duties import offices
from hrintegrity.duties.recommendation.submitted import one_district, packages_of
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.recommendation import UNITS


@dataclass(frozen=True)
class Recalled:
    """A submission that was taken back; `agencies` are the codes of those that may be changed."""

    id: str
    district: str
    district_name: str
    year: int
    number: int
    recalled: dt.date
    reason: str
    agencies: tuple[str, ...]


def recall(
    archive: Archive, district: str | None, *, year: int | None, reason: str, today: dt.date
) -> Recalled:
    """Take back a district's last submission; its number stays used.

    Raises UsageError `reason-missing`, LookupFailedError `package-missing`, RuleError `received`
    where the city has it.
    """
    why = reason.strip()
    if not why:
        raise UsageError("reason-missing", "没有写明撤回的理由", "请用 --reason 写明。")
    whose = one_district(archive, district)
    year = offices.campaign(archive, year).year
    name = BY_CODE[whose].name
    standing = [row for row in packages_of(archive, whose, year) if row.recalled is None]
    if not standing:
        raise LookupFailedError(
            "package-missing", f"{name}{year}年没有可撤回的报送。", "请核对区县和年份。"
        )
    row = standing[-1]
    listed = archive.session.exec(
        select(Recommendation).where(Recommendation.submission_id == row.id)
    ).all()
    if is_received(archive, row, [one.agency_id for one in listed]):
        raise RuleError(
            "received",
            f"{name}{year}年第{row.number}次报送市局已经收到，不能撤回。",
            "情况有变的，请另行报告市局。",
            clause=UNITS,
        )
    writer.update(archive, row, {"recalled": today, "recall_reason": why}, reason=why)
    for one in listed:
        writer.update(archive, one, {"submission_id": None}, reason=why)
    codes = tuple(agency["code"] for agency in json.loads(row.manifest)["agencies"])
    return Recalled(
        id=row.id,
        district=whose,
        district_name=name,
        year=year,
        number=row.number,
        recalled=today,
        reason=why,
        agencies=codes,
    )


def is_received(archive: Archive, row: Submission, agency_ids: list[str]) -> bool:
    """Whether the city has a submission.

    Its archive holds a district's, it awarded a title, or it signed a seal over this archive's
    journal that covers the submission.
    """
    if row.district != offices.CITY and offices.is_city(archive):
        return True
    awarded = select(Unit.id).where(col(Unit.agency_id).in_(agency_ids), Unit.year == row.year)
    if archive.session.exec(awarded).first() is not None:
        return True
    entered = archive.session.exec(
        select(func.min(JournalEntry.id)).where(JournalEntry.record == row.id)
    ).one()
    own = select(Office.id).where(col(Office.owner))
    signed = select(Seal.id).where(
        Seal.cosigner == offices.CITY, col(Seal.archive).in_(own), Seal.entries >= entered
    )
    return archive.session.exec(signed).first() is not None
