"""Score sheets: what one rater gave one agency for one source."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.asking import listed
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Draft, ScoreSheet
from hrintegrity.chunking import chunks
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.errors import InputError, RuleError
from hrintegrity.rules.exact import as_json


class Rated(NamedTuple):
    """A score sheet as results need it: `scores` is JSON, in tenths of points."""

    id: str
    agency_id: str
    source: str
    rater: str
    scores: str
    date: dt.date


@dataclass(frozen=True)
class SheetView:
    """A score sheet as scripts see it; scores in points by indicator, of those that were asked."""

    id: str
    code: str
    name: str
    year: int
    source: str
    rater: str
    date: dt.date
    scores: dict[str, float]
    replaced: bool


@dataclass(frozen=True)
class Saved:
    """A sheet that was kept, its exact scores and their sum in points.

    `others` are whose sheets of the same source there were, where the rater was new to the agency.
    """

    view: SheetView
    scores: Mapping[int, Fraction]
    others: tuple[str, ...] = ()

    @property
    def total(self) -> Fraction:
        """The sum of the scores."""
        return sum(self.scores.values(), Fraction())


def record(
    archive: Archive,
    agency: Agency,
    *,
    year: int,
    source: str,
    rater: str,
    scores: tuple[int | None, ...],
    date: dt.date,
) -> Saved:
    """Keep a sheet, scores in tenths; a rater's later sheet replaces the earlier one.

    Raises RuleError `concluded`, InputError `rater-missing`. A draft of the sheet is dropped.
    """
    refuse_concluded(archive, agency, year)
    rater = rater_name(rater)
    text = as_json(scores)
    row = of_rater(archive, agency.id, year, source, rater)
    others = others_of(archive, agency.id, year, source, rater)
    replaced = row is not None
    if row is None:
        row = writer.insert(
            archive,
            ScoreSheet(
                agency_id=agency.id, year=year, source=source, rater=rater, scores=text, date=date
            ),
        )
    else:
        writer.update(archive, row, scores=text, date=date)
    draft = draft_of(archive, agency.id, year, source, rater)
    if draft is not None:
        writer.drop_unjournalled(archive, draft)
    given = {number: tenths for number, tenths in enumerate(scores, 1) if tenths is not None}
    view = SheetView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        year=year,
        source=source,
        rater=rater,
        date=row.date,
        # The only place where a score becomes a float: the number that JSON shows.
        scores={str(number): tenths / 10 for number, tenths in given.items()},
        replaced=replaced,
    )
    return Saved(view, {number: Fraction(tenths, 10) for number, tenths in given.items()}, others)


def others_of(
    archive: Archive, agency_id: str, year: int, source: str, rater: str
) -> tuple[str, ...]:
    """Return who else has a sheet of a source, where this rater has none yet; else nobody."""
    query = select(ScoreSheet.rater).where(
        ScoreSheet.agency_id == agency_id,
        ScoreSheet.year == year,
        ScoreSheet.source == source,
    )
    found = sorted(archive.session.exec(query))
    return () if rater in found else tuple(found)


def rater_name(text: str) -> str:
    """Return a rater's name without blanks around it. Raises InputError `rater-missing`."""
    name = " ".join(text.split())
    if not name:
        raise InputError("rater-missing", "没有评价人。", "请用 --rater 给出评价人。")
    return name


def of_agencies(
    archive: Archive, year: int, agency_ids: Iterable[str]
) -> Mapping[str, list[Rated]]:
    """Return the sheets of `year` by agency, each agency's in the order they were made."""
    found: dict[str, list[Rated]] = {}
    for wanted in chunks(agency_ids):
        query = (
            columns(*(getattr(ScoreSheet, field) for field in Rated._fields))
            .where(col(ScoreSheet.year) == year)
            .where(col(ScoreSheet.agency_id).in_(listed(archive, wanted)))
            .order_by(col(ScoreSheet.id))
        )
        for row in map(Rated._make, archive.connection.execute(query).all()):
            found.setdefault(row.agency_id, []).append(row)
    return found


def refuse_concluded(archive: Archive, agency: Agency, year: int) -> None:
    """Raise RuleError `concluded` where the assessment of `year` is concluded."""
    if current_conclusion(archive, agency.id, year) is not None:
        raise RuleError(
            "concluded",
            f"{agency.name}{year}年的评估已评定，不再接受评分表。",
            reopening(agency, year),
            clause="三(五)",
        )


def reopening(agency: Agency | AgencyRow, year: int) -> str:
    """Say how an assessment that is concluded is opened again."""
    command = f"hri assess reopen {agency.code} --year {year} --reason 理由"
    return f"确需更改的，先用 {command} 重新开启。"


def current_conclusion(archive: Archive, agency_id: str, year: int) -> Conclusion | None:
    """Return the conclusion that stands, if there is one."""
    return archive.session.exec(
        select(Conclusion).where(
            Conclusion.agency_id == agency_id,
            Conclusion.year == year,
            col(Conclusion.reopened).is_(None),
        )
    ).first()


def draft_of(archive: Archive, agency_id: str, year: int, source: str, rater: str) -> Draft | None:
    """Return the draft that an interrupted session left."""
    return archive.session.exec(
        select(Draft).where(
            Draft.agency_id == agency_id,
            Draft.year == year,
            Draft.source == source,
            Draft.rater == rater,
        )
    ).first()


def keep_draft(
    archive: Archive,
    agency_id: str,
    *,
    year: int,
    source: str,
    rater: str,
    scores: Mapping[int, int],
    position: int,
) -> None:
    """Keep what was entered so far, scores in tenths by indicator; not journalled."""
    draft = draft_of(archive, agency_id, year, source, rater)
    row = Draft(
        agency_id=agency_id,
        year=year,
        source=source,
        rater=rater,
        scores=json.dumps(dict(scores)),
        position=position,
    )
    if draft is not None:
        row.id = draft.id
    writer.keep_unjournalled(archive, row)


def of_rater(
    archive: Archive, agency_id: str, year: int, source: str, rater: str
) -> ScoreSheet | None:
    """Return a rater's sheet for one source, if there is one."""
    return archive.session.exec(
        select(ScoreSheet).where(
            ScoreSheet.agency_id == agency_id,
            ScoreSheet.year == year,
            ScoreSheet.source == source,
            ScoreSheet.rater == rater,
        )
    ).first()
