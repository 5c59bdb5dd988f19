"""Inspections as a table: one row a visit, and a gap for each system that failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.asking import among, as_day
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.days import iso
from hrintegrity.duties import offices
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.importing.of_agencies import AGENCY_COLUMNS, EITHER, RowsOfAgencies
from hrintegrity.duties.importing.target import Batch, Case, Fault, recorded
from hrintegrity.duties.inspection.visits import default_inspector
from hrintegrity.errors import UsageError
from hrintegrity.notice.records import kind
from hrintegrity.notice.words import SYSTEM
from hrintegrity.rules import inspection as rules
from hrintegrity.sheets.columns import Column, Table, declared

Key = tuple[str, str, str]


_VISIT = kind("inspection")


def _verdict(name: str) -> Column:
    return declared(_VISIT[name], required=name != "convention", marks=("pass", "fail"))


TABLE = Table(
    name="inspect",
    title="诚信服务检查登记表",
    key=("date", "by"),
    either=EITHER,
    columns=(
        *AGENCY_COLUMNS,
        declared(_VISIT["date"], required=True),
        *map(_verdict, SYSTEM),
        declared(_VISIT["inspector"], name="by"),
        declared(_VISIT["inspectors"]),
        declared(_VISIT["department"]),
        declared(_VISIT["partners"]),
        declared(_VISIT["note"], lines=True),
        declared(kind("gap")["deadline"], ends=True),
    ),
)

_FIELDS = (
    *("publicity", "pledge", "ledger", "feedback", "convention", "department", "note"),
    *("lacks", "inspectors", "partners"),
)


@dataclass(frozen=True)
class Visit:
    """An inspection on record, and the gaps that it found."""

    inspection: Inspection
    gaps: Sequence[Gap]

    @property
    def systems(self) -> set[str]:
        """The systems in which it found a gap."""
        return {gap.system for gap in self.gaps}


VisitCase = Case[AgencyRow, Key, Visit]


class VisitRows(RowsOfAgencies[Key, Visit]):
    """Rows that become inspections, known by agency, day and who inspected."""

    model = Inspection
    table = TABLE

    def __init__(self, archive: Archive, *, year: int | None) -> None:
        super().__init__(archive)
        self.month_end = offices.campaign(archive, year).end

    def key(self, values: Mapping[str, Any], found: AgencyRow) -> Key:
        """Return agency, day and who inspected."""
        return found.id, values["date"], values.get("by") or default_inspector(found)

    def records(self, cases: Sequence[VisitCase]) -> Mapping[Key, Visit]:
        """Return the inspections of these keys with their gaps."""
        wanted = {case.key for case in cases}
        sql = "SELECT id, agency_id, date, inspector FROM inspection WHERE agency_id IN"
        ids = {agency_id for agency_id, _, _ in wanted}
        there = [
            identity
            for identity, agency_id, day, inspector in among(self.archive, sql, ids)
            if (agency_id, iso(as_day(day)), inspector) in wanted
        ]
        if not there:
            return {}
        query = select(Inspection).where(col(Inspection.id).in_(there))
        rows = self.archive.session.exec(query).all()
        gaps: dict[str, list[Gap]] = {}
        of_these = select(Gap).where(col(Gap.inspection_id).in_([row.id for row in rows]))
        for gap in self.archive.session.exec(of_these):
            gaps.setdefault(gap.inspection_id, []).append(gap)
        return {
            (row.agency_id, row.date.isoformat(), row.inspector): Visit(row, gaps.get(row.id, ()))
            for row in rows
        }

    def changes(self, case: VisitCase) -> dict[str, Any]:
        """Return what a row says otherwise; a deadline is its gaps'."""
        visit = recorded(case)
        values = case.values
        found = {
            name: values[name]
            for name in _FIELDS
            if values.get(name) is not None and getattr(visit.inspection, name) != values[name]
        }
        given = values.get("deadline")
        if given and (found or any(iso(gap.deadline) != given for gap in visit.gaps)):
            found["deadline"] = given
        return found

    def check(self, case: VisitCase) -> None:
        """Refuse a gap without a day by which to mend it."""
        has = case.record.systems if case.record else set()
        if set(rules.failed_systems(case.values)) - has:
            try:
                rules.term(_date(case.key[1]), _given(case.values), self.month_end)
            except UsageError as error:
                raise Fault("deadline", error.message.rstrip("。")) from None

    def add(self, case: VisitCase, batch: Batch) -> None:
        """Enter a new inspection and its gaps."""
        agency_id, date, inspector = case.key
        inspection = {
            "id": new_id(),
            "agency_id": agency_id,
            "date": date,
            "inspector": inspector,
            **{name: case.values.get(name) for name in _FIELDS},
        }
        batch.insert(Inspection, inspection)
        self._add_gaps(inspection, rules.failed_systems(inspection), case.values, batch)

    def change(self, case: VisitCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change an inspection; a verdict that changed makes a gap or takes it away."""
        visit = recorded(case)
        row = visit.inspection
        whole = {name: changes.get(name, getattr(row, name)) for name in _FIELDS}
        whole |= {"id": row.id, "agency_id": row.agency_id, "date": iso(row.date)}
        failed = rules.failed_systems(whole)
        batch.update(row, {name: value for name, value in changes.items() if name != "deadline"})
        for gap in visit.gaps:
            if gap.system not in failed:
                batch.delete(gap, "检查结论已更正")
                if gap.mended is not None:
                    self.remarks.add(
                        "{count} 个已登记补建的缺项，因检查结论改为合格而去掉；原样留在日志里。"
                    )
            elif changes.get("deadline"):
                batch.update(gap, {"deadline": changes["deadline"]})
        new = [system for system in failed if system not in visit.systems]
        self._add_gaps(whole, new, changes, batch)

    def _add_gaps(
        self,
        inspection: Mapping[str, Any],
        systems: Sequence[str],
        values: Mapping[str, Any],
        batch: Batch,
    ) -> None:
        found = _date(inspection["date"])
        for system in systems:
            term = rules.term(found, _given(values), self.month_end)
            gap = {
                "id": new_id(),
                "inspection_id": inspection["id"],
                "agency_id": inspection["agency_id"],
                "system": system,
                "found": inspection["date"],
                "deadline": term.deadline.isoformat(),
                "mended": None,
            }
            batch.insert(Gap, gap)
            if found.year < self.month_end.year:
                self.remarks.add(
                    f"{{count}} 个缺项查出的日期不在{self.month_end.year}年；"
                    "是另一年的检查，请用 --year 指明。"
                )
            elif rules.term(found, term.deadline, self.month_end).warnings:
                self.remarks.add(
                    "{count} 个缺项的补建期限早于检查日期，或晚于主题活动结束的"
                    f" {self.month_end}；通知要求在主题活动期间补建。"
                )


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _given(values: Mapping[str, Any]) -> dt.date | None:
    given = values.get("deadline")
    return None if given is None else _date(given)
