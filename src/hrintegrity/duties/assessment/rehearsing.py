"""What this year's scores would come to under a draft standard; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.chunking import chunks
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import annexes, cases, roster, sheets
from hrintegrity.rules.assessment import assess
from hrintegrity.rules.standard_reading import read_standard

NAMED = 5


@dataclass(frozen=True)
class Rehearsed:
    """An agency's total and band as they are, and as they would be.

    `missing_sources` are those of the draft standard that have no sheet.
    """

    code: str
    name: str
    total: Decimal | None
    band: str | None
    then_total: Decimal | None
    then_band: str | None
    missing_sources: list[str]
    id: str


@dataclass(frozen=True)
class Rehearsal:
    """What a draft standard would make of a year's sheets, moved bands first."""

    standard: str
    rows: Sequence[Rehearsed]
    warnings: tuple[str, ...]


def rehearse(
    archive: Archive, path: Path, *, district: str | None, year: int | None, today: dt.date
) -> Rehearsal:
    """Return the agencies that have sheets with both totals, as of today.

    A concluded assessment stands as it was concluded. Raises InputError `standard-refused`,
    LookupFailedError `file-missing`.
    """
    year = offices.campaign(archive, year).year
    annex = annexes.in_use(archive, year)
    draft = read_standard(path, annex)
    rows: list[Rehearsed] = []
    unfit: list[str] = []
    whose = offices.scope(archive, district)
    listed = roster.items(archive, whose, year, today)
    rated = [each for each in listed if any(each.item.sheets.values())]
    for chunk in chunks(rated):
        by_agency = sheets.of_agencies(archive, year, [each.item.id for each in chunk])
        for member, item, _ in chunk:
            mine = by_agency.get(item.id, [])
            then = assess(cases.case_of(member, draft, annex, today, mine))
            if then.problems:
                unfit.append(item.name)
            rows.append(
                Rehearsed(
                    code=item.code,
                    name=item.name,
                    total=item.total,
                    band=item.band,
                    then_total=then.shown_total,
                    then_band=then.band,
                    missing_sources=list(then.missing_sources),
                    id=item.id,
                )
            )
    rows.sort(key=lambda row: row.band == row.then_band)
    more = "等" if len(unfit) > NAMED else ""
    first = "、".join(unfit[:NAMED])
    warning = f"{len(unfit)} 家的评分表与这份标准不合，试算不出总分：{first}{more}"
    return Rehearsal(draft.name, rows, (warning,) if unfit else ())
