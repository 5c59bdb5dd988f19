"""Score sheets as a table: one row a sheet, known by agency, year, source and rater."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.office import Campaign
from hrintegrity.duties import offices
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.duties.importing import Fault
from hrintegrity.duties.naming import Named, find_named
from hrintegrity.errors import HriError, RuleError
from hrintegrity.notice.indicators import indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.codes import check_code
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.scores import parse_score_text
from hrintegrity.rules.standard import Standard
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row
from hrintegrity.text import fold

_MOST_TENTHS = 1000
_YEAR = re.compile(r"(\d{4})(?:年|年度)?")


def _code(text: str) -> str:
    return check_code(text).code


def _rater(text: str) -> str:
    return " ".join(clean(text).split())


def _year(text: str) -> int:
    match = _YEAR.fullmatch("".join(fold(text).split()))
    if match is None:
        raise ValueError("不是年份（应如 2013）")
    return int(match[1])


# Few scores come again and again, and a city's file has a million cells.
_score = lru_cache(maxsize=4096)(partial(parse_score_text, most=_MOST_TENTHS))


def table(*, rater_known: bool = False) -> Table:
    """Return the columns of a table of score sheets.

    Where source and rater are known otherwise, the file may leave them out. A file that has no
    column of raters is of one: who imports it.
    """
    scores = tuple(
        Column(
            str(indicator.id),
            (indicator.heading, str(indicator.id)),
            _score,
            required=True,
            width=14,
        )
        for indicator in indicators()
    )
    return Table(
        name="assess",
        title="诚信状况评估评分表",
        key=("code", "source", "rater"),
        columns=(
            Column("code", ("统一社会信用代码", "信用代码", "组织机构代码", "注册号"), _code,
                   is_code=True, width=22),
            Column("name", ("机构名称", "单位名称", "企业名称"), clean, width=36),
            Column("source", ("评价方式",), SOURCE.parse, required=not rater_known, width=12,
                   choices=tuple(SOURCE.chinese(word) for word in SOURCE)),
            Column("rater", ("评价人",), _rater, width=12),
            Column("year", ("年度", "年份"), _year, width=8),
            *scores,
        ),
    )  # fmt: skip


class Target:
    """Rows that become score sheets; a row's agency is known by code or by name.

    A row that names no year is of the campaign that was asked for.
    """

    model = ScoreSheet

    def __init__(
        self, archive: Archive, *, year: int | None, today: dt.date, rater_known: bool = False
    ) -> None:
        self.archive = archive
        self.table = table(rater_known=rater_known)
        self.year = offices.campaign(archive, year).year
        self.today = today.isoformat()
        self.own = offices.owner(archive)
        self._years = {self.year} if year else set(archive.session.exec(select(Campaign.year)))
        self._agencies: dict[Named, Agency | HriError] = {}
        self._standards: dict[int, Standards] = {}
        self._concluded: set[tuple[str, int]] = set()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk, and which of them are concluded."""
        named = {(row.values.get("code"), row.values.get("name")) for row in rows}
        self._agencies = find_named(self.archive, self.own, named)
        query = select(Conclusion.agency_id, Conclusion.year).where(
            col(Conclusion.reopened).is_(None),
            col(Conclusion.agency_id).in_(
                [a.id for a in self._agencies.values() if isinstance(a, Agency)]
            ),
        )
        self._concluded = {(agency, year) for agency, year in self.archive.session.exec(query)}

    def agency(self, values: Mapping[str, Any]) -> Agency:
        """Return the agency of a row. Raises Fault."""
        code, name = values.get("code"), values.get("name")
        if not code and not name:
            raise Fault("code", "机构的代码和名称都没有填写")
        found = self._agencies[code, name]
        if isinstance(found, HriError):
            rule = found if found.code == "not-ours" else None
            field = "name" if found.code == "name-differs" or not code else "code"
            raise Fault(field, found.message, rule)
        return found

    def year_of(self, values: Mapping[str, Any]) -> int:
        """Return the campaign of a row. Raises Fault."""
        year: int = values.get("year") or self.year
        if year not in self._years:
            known = "、".join(map(str, sorted(self._years)))
            raise Fault("year", f"这份评分表是{year}年的，应是{known}年的")
        return year

    def key(self, values: Mapping[str, Any]) -> tuple[str, int, str, str]:
        """Return agency, year, source and rater."""
        agency, year = self.agency(values).id, self.year_of(values)
        return agency, year, values["source"], self.rater_of(values)

    def rater_of(self, values: Mapping[str, Any]) -> str:
        """Return who rated. Raises Fault where the file has a column of raters and does not say."""
        rater: str | None = values.get("rater", self.archive.operator)
        if not rater:
            raise Fault("rater", "没有填写")
        return rater

    def existing(self, keys: Sequence[tuple[str, int, str, str]]) -> Mapping[Any, ScoreSheet]:
        """Return the sheets of these keys."""
        query = select(ScoreSheet).where(col(ScoreSheet.agency_id).in_({key[0] for key in keys}))
        found = {
            (row.agency_id, row.year, row.source, row.rater): row
            for row in self.archive.session.exec(query)
        }
        return {key: found[key] for key in keys if key in found}

    def changes(self, record: ScoreSheet, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the new scores, where they differ."""
        scores = json.dumps(scores_of(values))
        return {} if record.scores == scores else {"scores": scores, "date": self.today}

    def different(self, record: ScoreSheet, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""
        pairs = zip(json.loads(record.scores), json.loads(changes["scores"]), strict=True)
        numbers = [str(number) for number, (old, new) in enumerate(pairs, 1) if old != new]
        return f"第 {'、'.join(numbers)} 项"

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a sheet for a concluded assessment, and scores above the standard's points."""
        agency, year = self.agency(values), self.year_of(values)
        if (agency.id, year) in self._concluded:
            reason = f"{agency.name}{year}年的评估已评定，不再接受评分表"
            hint = "确需更改的，先用 hri assess reopen 重新开启。"
            rule = RuleError("concluded", f"{reason}。", hint, clause="三(五)")
            raise Fault("code" if values.get("code") else "name", reason, rule)
        standard = self._standard(agency.district, year)
        for number, (score, most) in enumerate(
            zip(scores_of(values), standard.points, strict=True), 1
        ):
            if score > most:
                limit = exact_text(Fraction(most, 10))
                raise Fault(str(number), f"不能超过 {limit} 分")

    def _standard(self, district: str, year: int) -> Standard:
        if year not in self._standards:
            self._standards[year] = Standards(self.archive, year)
        return self._standards[year].of(district).standard

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns of a new sheet."""
        return {
            "id": new_id(),
            "agency_id": self.agency(values).id,
            "year": self.year_of(values),
            "source": values["source"],
            "rater": self.rater_of(values),
            "scores": json.dumps(scores_of(values)),
            "date": self.today,
        }


def scores_of(values: Mapping[str, Any]) -> list[int]:
    """Return the 22 scores of a row, in tenths."""
    return [values[str(indicator.id)] for indicator in indicators()]
