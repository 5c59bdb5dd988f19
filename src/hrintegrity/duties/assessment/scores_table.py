"""Score sheets as a table: one row a sheet, known by agency, year, source and rater."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sqlmodel import col, select

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.office import Campaign
from hrintegrity.duties import offices
from hrintegrity.duties.agency_rows import AgencyLike, AgencyRow
from hrintegrity.duties.assessment.sheets import reopening
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.duties.importing.of_agencies import AGENCY_COLUMNS, EITHER, RowsOfAgencies
from hrintegrity.duties.importing.target import Batch, Case, Fault, recorded
from hrintegrity.errors import RuleError
from hrintegrity.notice.indicators import Annex
from hrintegrity.notice.records import kind
from hrintegrity.notice.words import SOURCE, Vocabulary
from hrintegrity.rules.exact import as_json, exact_text
from hrintegrity.rules.scores import parse_score_text
from hrintegrity.sheets.columns import Column, Table, declared, year
from hrintegrity.text import fold

Key = tuple[str, int, str, str]

_MOST_TENTHS = 1000
_NUMBERED = re.compile(r"([0-9]{1,4})(?![0-9])(?:$|[.、．)）:：\s])")


_SHEET = kind("score_sheet")
_NO_RATER = (
    "没有评价人一列：{{count}} 张评分表记为经办人{rater}所评，"
    "是别人评的，请补上这一列，或用 --set 评价人=姓名 写明。"
)


def _rater(text: str) -> str:
    # A cell's text is clean when it comes here (`sheets.rows`).
    return " ".join(text.split())


# Few scores come again and again, and a city's file has a million cells.
_score = lru_cache(maxsize=4096)(partial(parse_score_text, most=_MOST_TENTHS))


def table(
    annex: Annex,
    *,
    ways: Mapping[str, str] | None = None,
    asked: frozenset[int] | None = None,
    rater_known: bool = False,
) -> Table:
    """Return the columns of a table of score sheets, by the year's annex.

    `ways` are the districts' own ways of evaluation with their words, `asked` the indicators that
    every source is asked about, by default all. Where source and rater are known otherwise, the
    file may leave them out. A file that has no column of raters is of one: who imports it. A source
    that is asked about some indicators only leaves the others empty.
    """
    sources = Vocabulary(
        SOURCE.name, *((word, SOURCE.chinese(word)) for word in SOURCE), *(ways or {}).items()
    )
    scores = tuple(
        Column(
            str(indicator.id),
            (indicator.heading, str(indicator.id), indicator.name),
            _score,
            required=asked is None or indicator.id in asked,
            width=14,
        )
        for indicator in annex.indicators
    )
    return Table(
        name="assess",
        title="诚信状况评估评分表",
        key=("code", "source", "rater"),
        either=EITHER,
        addends=tuple(column.field for column in scores),
        columns=(
            *AGENCY_COLUMNS,
            replace(
                declared(_SHEET["source"], required=not rater_known, width=12),
                parse=sources.parse,
                choices=tuple(sources.chinese(word) for word in sources),
            ),
            declared(_SHEET["rater"], _rater, width=12),
            declared(_SHEET["year"], year, width=8),
            *scores,
        ),
        refuse=_beyond(annex),
    )  # fmt: skip


def _beyond(annex: Annex) -> Callable[[str], str]:
    """Return what says why a header is refused: a number beyond the year's indicators."""

    def reason(header: str) -> str:
        match = _NUMBERED.match(fold(header).strip())
        if match is None or int(match[1]) <= len(annex.indicators):
            return ""
        return f"没有第 {match[1]} 项指标，应是 1 至 {len(annex.indicators)}"

    return reason


class Sheets(NamedTuple):
    """What the archive has of a row: the rater's sheet, and whether the assessment is concluded."""

    sheet: ScoreSheet | None
    concluded: bool


SheetCase = Case[AgencyRow, Key, Sheets]


class ScoreRows(RowsOfAgencies[Key, Sheets]):
    """Rows that become score sheets; a row's agency is known by code or by name.

    A row that names no year is of the campaign that was asked for.
    """

    model = ScoreSheet

    def __init__(
        self, archive: Archive, *, year: int | None, today: dt.date, rater_known: bool = False
    ) -> None:
        super().__init__(archive)
        self.year = offices.campaign(archive, year).year
        self.today = today.isoformat()
        self._years = {self.year} if year else set(archive.session.exec(select(Campaign.year)))
        self._years_that_fit: set[int] = set()
        self._standards = lru_cache(lambda year: Standards(archive, year))
        self._any_concluded = lru_cache(lambda year: _any_concluded(archive, year))
        self._own = self._standards(self.year)
        self.annex = self._own.annex
        self._fields = [str(indicator.id) for indicator in self.annex.indicators]
        self.table = table(
            self.annex,
            ways=self._own.ways(),
            asked=self._own.asked_by_all(),
            rater_known=rater_known,
        )

    def year_of(self, values: Mapping[str, Any]) -> int:
        """Return the campaign of a row. Raises Fault."""
        year: int = values.get("year") or self.year
        if year in self._years_that_fit:
            return year
        if year not in self._years:
            known = "、".join(map(str, sorted(self._years)))
            raise Fault("year", f"这份评分表是{year}年的，应是{known}年的")
        if not self._standards(year).annex.same_as(self.annex):
            raise Fault("year", f"{year}年的评估指标与{self.year}年不同，请用 --year 分开导入")
        self._years_that_fit.add(year)
        return year

    def key(self, values: Mapping[str, Any], found: AgencyRow) -> Key:
        """Return agency, year, source and rater. Raises Fault where no rater is named."""
        rater: str | None = values.get("rater", self.archive.operator)
        if not rater:
            raise Fault("rater", "没有填写")
        return found.id, self.year_of(values), values["source"], rater

    def records(self, cases: Sequence[SheetCase]) -> Mapping[Key, Sheets]:
        """Return the sheets of these keys, and whose assessments are concluded."""
        found: dict[Key, Sheets] = {}
        ways: dict[tuple[int, str], dict[Key, str]] = {}
        for case in cases:
            agency_id, year, source, _ = case.key
            ways.setdefault((year, source), {})[case.key] = agency_id
        for way, rated in ways.items():
            sheets = self._sheets(way, rated)
            concluded = self._concluded(way[0], set(rated.values()))
            for key, agency_id in rated.items():
                found[key] = Sheets(sheets.get(key), agency_id in concluded)
        return found

    def _sheets(self, way: tuple[int, str], rated: Mapping[Key, str]) -> dict[Key, ScoreSheet]:
        """Return the sheets of these keys, which are of one year and source."""
        mark = self.archive.mark
        # Most rows of a file have no sheet yet, though other raters gave their agencies some.
        sql = (
            "SELECT id, agency_id, rater FROM score_sheet"
            f" WHERE year = {mark} AND source = {mark} AND agency_id IN"
        )
        found = among(self.archive, sql, set(rated.values()), given=way)
        there = [one for one, agency_id, rater in found if (agency_id, *way, rater) in rated]
        if not there:
            return {}
        rows = self.archive.session.exec(select(ScoreSheet).where(col(ScoreSheet.id).in_(there)))
        return {(row.agency_id, row.year, row.source, row.rater): row for row in rows}

    def _concluded(self, year: int, agency_ids: Collection[str]) -> set[str]:
        """Return those of these agencies whose assessments of a year are concluded."""
        if not self._any_concluded(year):
            return set()
        mark = self.archive.mark
        sql = (
            "SELECT agency_id FROM conclusion"
            f" WHERE reopened IS NULL AND year = {mark} AND agency_id IN"
        )
        return {agency_id for (agency_id,) in among(self.archive, sql, agency_ids, given=[year])}

    def is_known(self, record: Sheets) -> bool:
        """Say whether the rater has a sheet already."""
        return record.sheet is not None

    def changes(self, case: SheetCase) -> dict[str, Any]:
        """Return the new scores, where they differ."""
        scores = as_json(self.scores_of(case.values))
        return {} if _sheet(case).scores == scores else {"scores": scores, "date": self.today}

    def difference(self, case: SheetCase, changes: Mapping[str, Any]) -> str:
        """Say in Chinese which scores differ."""
        pairs = zip(json.loads(_sheet(case).scores), json.loads(changes["scores"]), strict=True)
        numbers = [str(number) for number, (old, new) in enumerate(pairs, 1) if old != new]
        return f"第 {'、'.join(numbers)} 项"

    def check(self, case: SheetCase) -> None:
        """Refuse a sheet for a concluded assessment, and scores above the standard's points."""
        agency, year = case.found, case.key[1]
        if recorded(case).concluded:
            reason = f"{agency.name}{year}年的评估已评定，不再接受评分表"
            hint = reopening(agency, year)
            rule = RuleError("concluded", f"{reason}。", hint, clause="三(五)")
            raise Fault("code" if case.values.get("code") else "name", reason, rule)
        self.check_scores(agency, year, case.values)

    def check_scores(self, agency: AgencyLike, year: int, values: Mapping[str, Any]) -> None:
        """Refuse what the standard does not ask, and scores above its points. Raises Fault."""
        standard = self._standards(year).of(agency.district).standard
        source: str = values["source"]
        if source not in standard.weights:
            known = "、".join(map(standard.word, standard.sources))
            raise Fault("source", f"评估标准没有这种评价方式，有：{known}")
        scores = self.scores_of(values)
        if standard.fits(source, scores):
            return
        for number, (score, most) in enumerate(zip(scores, standard.points, strict=True), 1):
            if score is None:
                if standard.asks(source, number):
                    raise Fault(str(number), "没有填写")
            elif score > most:
                limit = exact_text(Fraction(most, 10))
                raise Fault(str(number), f"不能超过 {limit} 分")
            elif not standard.asks(source, number):
                raise Fault(str(number), f"{standard.word(source)}不评这一项，应为空")

    def scores_of(self, values: Mapping[str, Any]) -> list[int | None]:
        """Return the scores of a row, in tenths; None where it has none."""
        return list(map(values.get, self._fields))

    def add(self, case: SheetCase, batch: Batch) -> None:
        """Enter a new sheet."""
        self._remark_on_rater(case)
        agency_id, year, source, rater = case.key
        sheet = {
            "id": new_id(),
            "agency_id": agency_id,
            "year": year,
            "source": source,
            "rater": rater,
            "scores": as_json(self.scores_of(case.values)),
            "date": self.today,
        }
        batch.insert(ScoreSheet, sheet)

    def change(self, case: SheetCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Replace the scores of a sheet."""
        self._remark_on_rater(case)
        batch.update(_sheet(case), changes)

    def _remark_on_rater(self, case: SheetCase) -> None:
        if "rater" not in case.values:
            self.remarks.add(_NO_RATER.format(rater=case.key[-1]))


def _any_concluded(archive: Archive, year: int) -> bool:
    """Say whether any agency's assessment of a year is concluded."""
    query = select(Conclusion.id).where(Conclusion.year == year, col(Conclusion.reopened).is_(None))
    return archive.session.exec(query.limit(1)).first() is not None


def _sheet(case: SheetCase) -> ScoreSheet:
    sheet = recorded(case).sheet
    assert sheet is not None
    return sheet
