"""Score sheets as a list, and taking away one that was entered by mistake (三(五))."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import ScoreSheet
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import sheets
from hrintegrity.duties.entering import of_id, own_agency, words
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.words import SOURCE


@dataclass(frozen=True)
class SheetLine:
    """A score sheet in a list; `agency` is the name, `total` the sum of its scores in points."""

    id: str
    agency: str
    code: str
    source: str
    rater: str
    date: dt.date
    total: float


def listing(
    archive: Archive,
    text: str | None = None,
    *,
    year: int | None = None,
    district: str | None = None,
) -> list[SheetLine]:
    """Return the sheets of a year, of one agency or of all: by district, code, way and rater."""
    own = offices.scope(archive, district)
    query = (
        select(ScoreSheet, Agency)
        .join(Agency, col(Agency.id) == ScoreSheet.agency_id)
        .where(ScoreSheet.year == offices.campaign(archive, year).year)
    )
    if text is not None:
        query = query.where(Agency.id == agencies.find(archive, text).id)
    elif own is not None:
        query = query.where(Agency.district == own)
    places, ways = list(BY_CODE), list(SOURCE)

    def place(found: tuple[ScoreSheet, Agency]) -> tuple[int, str, int, str, str]:
        sheet, agency = found
        way = ways.index(sheet.source) if sheet.source in ways else len(ways)
        return places.index(agency.district), agency.code, way, sheet.source, sheet.rater

    found = sorted(archive.session.exec(query).all(), key=place)
    return [_line(sheet, agency) for sheet, agency in found]


def discard(archive: Archive, identity: str, *, reason: str) -> SheetLine:
    """Take a sheet away that was entered by mistake; its trace in the journal stays.

    Raises LookupFailedError `record-missing`, RuleError `concluded` or `not-ours`.
    """
    reason = words(reason, "理由")
    sheet = of_id(archive, ScoreSheet, identity, "评分表", "hri assess sheets")
    agency = own_agency(archive, sheet.agency_id)
    sheets.refuse_concluded(archive, agency, sheet.year)
    line = _line(sheet, agency)
    writer.delete(archive, sheet, reason=reason)
    return line


def _line(sheet: ScoreSheet, agency: Agency) -> SheetLine:
    return SheetLine(
        id=sheet.id,
        agency=agency.name,
        code=agency.code,
        source=sheet.source,
        rater=sheet.rater,
        date=sheet.date,
        # What a way of evaluation is not asked about has no score.
        total=sum(one for one in json.loads(sheet.scores) if one is not None) / 10,
    )
