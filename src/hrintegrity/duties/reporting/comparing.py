"""One campaign beside another."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.reporting.figure import Value
from hrintegrity.duties.reporting.summary import WHOLE_CITY, Shown, Summary, summarise
from hrintegrity.errors import UsageError


@dataclass(frozen=True)
class Beside:
    """A figure in two years; `change` is this year's less the other's, None where one has none."""

    name: str
    label: str
    unit: str
    clause: str
    value: Value
    other: Value
    change: Value


@dataclass(frozen=True)
class Comparison:
    """Two campaigns; `reported` says that the other's present was taken from its own summary."""

    year: int
    other: int
    district: str | None
    district_name: str
    reported: bool
    figures: list[Beside]

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        return {
            "year": self.year,
            "with": self.other,
            "district": self.district,
            "figures": {
                one.name: {
                    "value": one.value,
                    "with": one.other,
                    "change": one.change,
                    "unit": one.unit,
                    "clause": one.clause,
                    "label": one.label,
                }
                for one in self.figures
            },
            "district_name": self.district_name,
            "reported": self.reported,
        }


def compare(
    archive: Reader, *, district: str | None, year: int | None, other: int, today: dt.date
) -> Comparison:
    """Set the figures of this campaign beside those of another.

    What happened in the other year is counted from the records. What describes the present, such as
    the pledges, is not to be counted afterwards: it is taken from the summary that was made then,
    and has no value without one. Where the two annexes differ, what is about categories and
    indicators is not compared. Raises UsageError `same-year`, LookupFailedError
    `campaign-missing`.
    """
    mine = summarise(archive, district=district, year=year, today=today)
    if mine.year == other:
        raise UsageError("same-year", f"{other}年就是本次活动的年份。", "--with 请给出另一年。")
    theirs = summarise(archive, district=district, year=other, today=today)
    reported = _reported(archive, theirs)
    same = mine.annex.same_as(theirs.annex)
    names = list(mine.figures)
    names += [n for n in theirs.figures if n not in mine.figures and (same or not _by_annex(n))]
    return Comparison(
        year=mine.year,
        other=other,
        district=mine.district,
        district_name=mine.district_name,
        reported=reported is not None,
        figures=[
            _beside(name, mine, theirs, reported or {}, comparable=same or not _by_annex(name))
            for name in names
        ],
    )


def _by_annex(name: str) -> bool:
    """Say whether a figure is about a category or an indicator of the annex."""
    return name.startswith(("category_", "indicator_"))


def _beside(
    name: str, mine: Summary, theirs: Summary, reported: dict[str, Any], *, comparable: bool
) -> Beside:
    known: Shown = mine.figures.get(name) or theirs.figures[name]
    figure = known.figure
    # A band that one of the two standards has not got occurs in that year not once.
    value, other = (
        own.figures[name].value if name in own.figures else 0 if own.figures["assessed"].value
        else None
        for own in (mine, theirs)
    )  # fmt: skip
    if not figure.yearly:
        other = reported.get(name)
    if not comparable:
        other = None
    change = None if value is None or other is None else value - other
    return Beside(
        name=name,
        label=figure.label,
        unit=figure.unit,
        clause=figure.clause,
        value=value,
        other=other,
        change=change,
    )


def _reported(archive: Reader, theirs: Summary) -> dict[str, Any] | None:
    """Return the figures of the last summary that was made of that year."""
    sql = "SELECT figures FROM summary WHERE district = :district AND year = :year ORDER BY id DESC"
    values = {"district": theirs.district or WHOLE_CITY, "year": theirs.year}
    figures = archive.query(sql, values).scalar()
    return None if figures is None else json.loads(figures, parse_float=Decimal)
