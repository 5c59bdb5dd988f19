"""The three rates that aim at 100% (四(一)), district by district, and who is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from hrintegrity.archive.asking import named
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.duties.reporting import counting
from hrintegrity.duties.reporting.figure import Counted
from hrintegrity.duties.reporting.querying import Period, RowQuery, sql_of
from hrintegrity.duties.reporting.registry import BUILT
from hrintegrity.duties.reporting.rows_month import AGENCIES, STAFF
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records import kind
from hrintegrity.packing import Packed
from hrintegrity.rules.rates import rate

CLAUSE = "四(一)"
PARTS = {
    **{
        name: kind("agency")[name].heading
        for name in ("license", "since", "representative", "address", "phone")
    },
    "pledge": "自律承诺书",
    "inspection": "本年度检查",
    "assessment": "本年度评定",
}
"""What a dossier needs to count as built (our reading of 建档), by the words of JSON."""

_COLUMNS = {"pledge": "pledged", "inspection": "inspected_this_year", "assessment": "assessed"}


@dataclass(frozen=True)
class Unsigned:
    """An agency without its pledge, or a practitioner without theirs."""

    district: str
    code: str
    name: str
    staff: str | None
    id: str


@dataclass(frozen=True)
class Unbuilt:
    """An agency whose dossier is not built, and what it lacks, by the words of PARTS."""

    district: str
    code: str
    name: str
    lacks: tuple[str, ...]
    id: str


@dataclass
class Missing:
    """Who is missing in a district."""

    pledge: Packed[Unsigned] = field(default_factory=Packed)
    staff: Packed[Unsigned] = field(default_factory=Packed)
    dossier: Packed[Unbuilt] = field(default_factory=Packed)


@dataclass(frozen=True)
class DistrictRates:
    """The rates of a district over active agencies and practitioners who have not left.

    A rate over nothing is None.
    """

    district: str
    agencies: int
    pledged: int
    pledge_rate: Fraction | None
    staff: int
    staff_pledged: int
    staff_pledge_rate: Fraction | None
    dossiers: int
    dossier_rate: Fraction | None
    district_name: str
    missing: Missing | None = None

    @property
    def three(self) -> tuple[Fraction | None, ...]:
        """The three rates of the clause."""
        return self.pledge_rate, self.staff_pledge_rate, self.dossier_rate


def rates(
    archive: Reader, *, district: str | None, year: int | None, today: dt.date, missing: bool
) -> list[DistrictRates]:
    """Return the rates of a district or of all eighteen units, with `missing` who is missing."""
    month = offices.campaign(archive, year)
    period = Period.of(month, today, offices.scope(archive, district))
    counted = counting.count_rates(archive, period)
    who = _missing(archive, period) if missing else {}
    return [
        _rates(code, one, who.get(code, Missing()) if missing else None)
        for code, one in counted.items()
    ]


def _rates(district: str, counted: Counted, missing: Missing | None) -> DistrictRates:
    agencies, staff = counted["agencies"], counted["staff"]
    return DistrictRates(
        district=district,
        agencies=agencies,
        pledged=counted["pledged"],
        pledge_rate=rate(counted["pledged"], agencies),
        staff=staff,
        staff_pledged=counted["staff_pledged"],
        staff_pledge_rate=rate(counted["staff_pledged"], staff),
        dossiers=counted["dossiers"],
        dossier_rate=rate(counted["dossiers"], agencies),
        district_name=BY_CODE[district].name,
        missing=missing,
    )


def _missing(archive: Reader, period: Period) -> Mapping[str, Missing]:
    found: dict[str, Missing] = {}
    for row in _rows(archive, period, AGENCIES, f"NOT ({BUILT})", "code"):
        agency = row["district"], row["code"], row["name"]
        of = found.setdefault(row["district"], Missing())
        if not row["pledged"]:
            of.pledge.append(Unsigned(*agency, None, row["agency_id"]))
        lacks = tuple(part for part in PARTS if not row[_COLUMNS.get(part, part)])
        of.dossier.append(Unbuilt(*agency, lacks, row["agency_id"]))
    for row in _rows(archive, period, STAFF, "pledged IS NULL", "code, person, practitioner_id"):
        agency = row["district"], row["code"], row["name"]
        of = found.setdefault(row["district"], Missing())
        of.staff.append(Unsigned(*agency, row["person"], row["practitioner_id"]))
    return found


def _rows(
    archive: Reader, period: Period, rows: RowQuery, where: str, order: str
) -> Iterator[dict[str, Any]]:
    sql = f"SELECT * FROM ({sql_of(rows, archive, period)}) AS s WHERE {where} ORDER BY {order}"
    return named(archive.query(sql, period.values()))
