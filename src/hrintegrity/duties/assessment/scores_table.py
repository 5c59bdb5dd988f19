"""Score sheets as a table: one row a sheet, known by agency, year, source and rater."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.base import new_id
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import standards
from hrintegrity.duties.importing import Fault
from hrintegrity.errors import HriError, InputError, RuleError
from hrintegrity.notice.indicators import indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.codes import check_code
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.scores import parse_score_text
from hrintegrity.rules.standard import Standard
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row

_MOST_TENTHS = 1000


def _code(text: str) -> str:
    return check_code(text).code


def table(*, rater_known: bool = False) -> Table:
    """Return the columns of a table of score sheets.

    Where source and rater are known otherwise, the file may leave them out.
    """
    scores = tuple(
        Column(
            str(indicator.id),
            (indicator.heading, str(indicator.id)),
            partial(parse_score_text, most=_MOST_TENTHS),
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
            Column("rater", ("评价人",), lambda text: " ".join(text.split()),
                   required=not rater_known, width=12),
            *scores,
        ),
    )  # fmt: skip


class Target:
    """Rows that become score sheets; a row's agency is known by code or by name."""

    model = ScoreSheet

    def __init__(
        self, archive: Archive, *, year: int | None, today: dt.date, rater_known: bool = False
    ) -> None:
        self.archive = archive
        self.table = table(rater_known=rater_known)
        self.year = offices.campaign(archive, year).year
        self.today = today.isoformat()
        self.own = offices.owner(archive)
        self._agencies: dict[tuple[str | None, str | None], Agency | HriError] = {}
        self._standards: dict[str, Standard] = {}
        self._concluded: set[str] = set()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk, and which of them are concluded."""
        self._agencies.clear()
        # One query a chunk brings the agencies into the session; those known by name are few.
        codes = {row.values["code"] for row in rows if row.values.get("code")}
        by_code = agencies.by_code(self.archive, sorted(codes))
        for row in rows:
            named = (row.values.get("code"), row.values.get("name"))
            if named not in self._agencies:
                self._agencies[named] = self._find(by_code, *named)
        found = [a.id for a in self._agencies.values() if isinstance(a, Agency)]
        query = select(Conclusion.agency_id).where(
            Conclusion.year == self.year,
            col(Conclusion.reopened).is_(None),
            col(Conclusion.agency_id).in_(found),
        )
        self._concluded = set(self.archive.session.exec(query))

    def _find(
        self, by_code: Mapping[str, Agency], code: str | None, name: str | None
    ) -> Agency | HriError:
        try:
            found = by_code.get(code or "") or agencies.find(self.archive, code or name or "")
            agencies.refuse_foreign(self.own, found)
        except HriError as error:
            return error
        if code and name and agencies.name_key(name) != found.name_key:
            former = agencies.view(self.archive, found).former_names
            if agencies.name_key(name) not in map(agencies.name_key, former):
                return RuleError("name-differs", f"代码 {code} 登记的名称是{found.name}")
        return found

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

    def key(self, values: Mapping[str, Any]) -> tuple[str, str, str]:
        """Return agency, source and rater; the year is the campaign's."""
        return self.agency(values).id, values["source"], values["rater"]

    def existing(self, keys: Sequence[tuple[str, str, str]]) -> Mapping[Any, ScoreSheet]:
        """Return the sheets of these keys."""
        query = select(ScoreSheet).where(
            ScoreSheet.year == self.year, col(ScoreSheet.agency_id).in_({key[0] for key in keys})
        )
        found = {
            (row.agency_id, row.source, row.rater): row for row in self.archive.session.exec(query)
        }
        return {key: found[key] for key in keys if key in found}

    def changes(self, record: ScoreSheet, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the new scores, where they differ."""
        scores = json.dumps(scores_of(values))
        return {} if record.scores == scores else {"scores": scores, "date": self.today}

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a sheet for a concluded assessment, and scores above the standard's points."""
        agency = self.agency(values)
        if agency.id in self._concluded:
            reason = f"{agency.name}{self.year}年的评估已评定，不再接受评分表"
            hint = "确需更改的，先用 hri assess reopen 重新开启。"
            rule = RuleError("concluded", f"{reason}。", hint, clause="三(五)")
            raise Fault("code" if values.get("code") else "name", reason, rule)
        standard = self._standard(agency.district)
        for number, (score, most) in enumerate(
            zip(scores_of(values), standard.points, strict=True), 1
        ):
            if score > most:
                limit = exact_text(Fraction(most, 10))
                raise Fault(str(number), f"不能超过 {limit} 分")

    def check_row(self, values: Mapping[str, Any], number: int) -> None:
        """Do as `check`, with the error that an import of this one row would raise."""
        try:
            self.check(values)
        except Fault as fault:
            column = self.table.by_field[fault.field].header
            detail = {"row": number, "column": column, "value": None, "reason": fault.reason}
            raise fault.rule or InputError(
                "rows-refused", f"评分表有误：{column} {fault.reason}", "请改正。", details=[detail]
            ) from None

    def _standard(self, district: str) -> Standard:
        if district not in self._standards:
            used = standards.in_use(self.archive, district, self.year)
            self._standards[district] = used.standard
        return self._standards[district]

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns of a new sheet."""
        return {
            "id": new_id(),
            "agency_id": self.agency(values).id,
            "year": self.year,
            "source": values["source"],
            "rater": values["rater"],
            "scores": json.dumps(scores_of(values)),
            "date": self.today,
        }


def scores_of(values: Mapping[str, Any]) -> list[int]:
    """Return the 22 scores of a row, in tenths."""
    return [values[str(indicator.id)] for indicator in indicators()]
