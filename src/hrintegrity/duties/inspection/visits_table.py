"""Inspections as a table: one row a visit, and a gap for each system that failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.duties import offices
from hrintegrity.duties.agency_column import AGENCY_COLUMNS, AgencyFinder
from hrintegrity.duties.importing import Fault, Remarks, iso
from hrintegrity.duties.inspection.visits import default_inspector
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import DEPARTMENT, INSPECTOR, SYSTEM, VERDICT, Vocabulary
from hrintegrity.rules import inspection as rules
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row
from hrintegrity.text import parse_date

Key = tuple[str, str, str]


def _day(text: str) -> str:
    return parse_date(text).isoformat()


def _verdict(field: str, *, required: bool = True) -> Column:
    word = SYSTEM.chinese(field)
    headers = (word, f"{word}情况", f"{word}制度", f"服务{word}制度")
    return Column(field, headers, VERDICT.parse, required=required, width=10,
                  choices=_words(VERDICT), example="合格")  # fmt: skip


def _words(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(vocabulary.chinese(word) for word in vocabulary)


TABLE = Table(
    name="inspect",
    title="诚信服务检查登记表",
    key=("date", "by"),
    columns=(
        *AGENCY_COLUMNS,
        Column("date", ("检查日期",), _day, required=True, is_date=True, width=14,
               example="2013-10-08"),
        _verdict("publicity"),
        _verdict("pledge"),
        _verdict("ledger"),
        _verdict("feedback"),
        _verdict("convention", required=False),
        Column("by", ("检查方",), INSPECTOR.parse, width=12, choices=_words(INSPECTOR),
               note="不填的，为负责这家机构的人力社保部门"),
        Column("department", ("部门",), DEPARTMENT.parse, width=12, choices=_words(DEPARTMENT)),
        Column("note", ("备注",), clean, width=30),
        Column("deadline", ("整改期限",), _day, is_date=True, width=14,
               note="不填的，为主题活动的最后一天"),
    ),
)  # fmt: skip

_FIELDS = ("publicity", "pledge", "ledger", "feedback", "convention", "department", "note")


class Target:
    """Rows that become inspections, known by agency, day and who inspected."""

    model = Inspection
    table = TABLE

    def __init__(self, archive: Archive, *, year: int | None) -> None:
        self.archive = archive
        self.month_end = offices.campaign(archive, year).end
        self.remarks = Remarks()
        self._agencies = AgencyFinder(archive)
        self._known: dict[Key, Inspection] = {}
        self._gaps: dict[str, list[Gap]] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk."""
        self._agencies.look_up(rows)

    def key(self, values: Mapping[str, Any]) -> Key:
        """Return agency, day and who inspected."""
        agency = self._agencies.of(values)
        return agency.id, values["date"], values.get("by") or default_inspector(agency)

    def existing(self, keys: Sequence[Key]) -> Mapping[Key, Inspection]:
        """Return the inspections of these keys, and keep their gaps at hand."""
        days = {dt.date.fromisoformat(date) for _, date, _ in keys}
        query = select(Inspection).where(
            col(Inspection.agency_id).in_({key[0] for key in keys}),
            col(Inspection.date).in_(days),
        )
        known = {
            (row.agency_id, row.date.isoformat(), row.inspector): row
            for row in self.archive.session.exec(query)
        }
        self._known = found = {key: known[key] for key in keys if key in known}
        self._gaps = {}
        gaps = select(Gap).where(col(Gap.inspection_id).in_([row.id for row in found.values()]))
        for gap in self.archive.session.exec(gaps):
            self._gaps.setdefault(gap.inspection_id, []).append(gap)
        return found

    def changes(self, record: Inspection, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise; a deadline is its gaps'."""
        found = {
            name: values[name]
            for name in _FIELDS
            if values.get(name) is not None and getattr(record, name) != values[name]
        }
        given = values.get("deadline")
        gaps = self._gaps.get(record.id, ())
        if given and (found or any(iso(gap.deadline) != given for gap in gaps)):
            found["deadline"] = given
        return found

    def different(self, record: Inspection, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""
        return "、".join(self.table.by_field[name].header for name in changes)

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a gap without a day by which to mend it."""
        record = self._known.get(self.key(values))
        has = self._systems(record) if record else set()
        if set(rules.failed_systems(values)) - has:
            try:
                rules.term(_date(values["date"]), _given(values), self.month_end)
            except UsageError as error:
                raise Fault("deadline", error.message.rstrip("。")) from None

    def _systems(self, record: Inspection) -> set[str]:
        """Return the systems in which an inspection found a gap."""
        return {gap.system for gap in self._gaps.get(record.id, ())}

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a new inspection and its gaps."""
        agency_id, date, inspector = self.key(values)
        inspection = {
            "id": new_id(),
            "agency_id": agency_id,
            "date": date,
            "inspector": inspector,
            **{name: values.get(name) for name in _FIELDS},
        }
        failed = rules.failed_systems(inspection)
        return {"inspection": inspection, "gaps": self._new_gaps(inspection, failed, values)}

    def _new_gaps(
        self, inspection: Mapping[str, Any], failed: Sequence[str], values: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        if not failed:
            return []
        term = rules.term(_date(inspection["date"]), _given(values), self.month_end)
        return [
            {
                "id": new_id(),
                "inspection_id": inspection["id"],
                "agency_id": inspection["agency_id"],
                "system": system,
                "found": inspection["date"],
                "deadline": term.deadline.isoformat(),
                "mended": None,
            }
            for system in failed
        ]

    def write(
        self, new: Sequence[dict[str, Any]], changed: Sequence[tuple[Inspection, dict[str, Any]]]
    ) -> int:
        """Write inspections and gaps; a verdict that changed makes a gap or takes it away."""
        gained = writer.insert_many(self.archive, Inspection, [one["inspection"] for one in new])
        gaps = [gap for one in new for gap in one["gaps"]]
        for record, changes in changed:
            gaps += self._change(record, changes)
        writer.insert_many(self.archive, Gap, gaps)
        self._tell_of_odd(gaps)
        return gained

    def _tell_of_odd(self, gaps: Sequence[Mapping[str, Any]]) -> None:
        for gap in gaps:
            if _date(gap["found"]).year < self.month_end.year:
                self.remarks.add(
                    f"{{count}} 个不合格项查出的日期不在{self.month_end.year}年；"
                    "是另一年的检查，请用 --year 指明。"
                )
            elif rules.term(_date(gap["found"]), _date(gap["deadline"]), self.month_end).warnings:
                self.remarks.add(
                    "{count} 个不合格项的整改期限早于检查日期，或晚于主题活动结束的"
                    f" {self.month_end}；通知要求在主题活动期间补建。"
                )

    def _change(self, record: Inspection, changes: dict[str, Any]) -> list[dict[str, Any]]:
        """Write what changed of one inspection; return the gaps that are new."""
        whole = {name: changes.get(name, getattr(record, name)) for name in _FIELDS}
        whole |= {"id": record.id, "agency_id": record.agency_id, "date": iso(record.date)}
        failed = rules.failed_systems(whole)
        deadline = changes.get("deadline")
        has = self._systems(record)
        fresh = self._new_gaps(whole, [one for one in failed if one not in has], changes)
        writer.update(self.archive, record, {k: v for k, v in changes.items() if k != "deadline"})
        for gap in self._gaps.get(record.id, ()):
            if gap.system not in failed:
                writer.delete(self.archive, gap, reason="检查结论已更正")
                if gap.mended is not None:
                    self.remarks.add(
                        "{count} 个已登记整改的不合格项，因检查结论改为合格而去掉；原样留在日志里。"
                    )
            elif deadline:
                writer.update(self.archive, gap, deadline=_date(deadline))
        return fresh


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _given(values: Mapping[str, Any]) -> dt.date | None:
    given = values.get("deadline")
    return None if given is None else _date(given)
