"""Proofs of service as a table: one row a notice, known by its number (三(五))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import papers
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.importing.of_agencies import AGENCY_COLUMNS, RowsOfAnyAgency
from hrintegrity.duties.importing.target import Batch, Case, Fault, differing, recorded
from hrintegrity.notice.records import kind
from hrintegrity.rules.numbering import canonical_number
from hrintegrity.sheets.columns import Table, declared
from hrintegrity.sheets.content import clean_line

_SERVICE = kind("service")
_COMPARED = ("date", "method", "receiver")


def _number(text: str) -> str:
    return canonical_number(clean_line(text))


TABLE = Table(
    name="served",
    title="送达登记表",
    key=("number",),
    columns=(
        declared(
            kind("paper")["reference"],
            _number,
            name="number",
            required=True,
            width=26,
            example="海人社诚评〔2013〕1号",
        ),
        *AGENCY_COLUMNS,
        declared(_SERVICE["date"], required=True, width=14, example="2013-10-08"),
        declared(_SERVICE["method"], required=True, width=12),
        declared(_SERVICE["receiver"], required=True, width=12),
    ),
)


class Notice(NamedTuple):
    """A notice that was numbered, and the proof of its service, if there is one."""

    paper: IssuedPaper
    service: Service | None


ServiceCase = Case[AgencyRow | None, str, Notice]


class ServiceRows(RowsOfAnyAgency[str, Notice]):
    """Rows that become proofs of service of assessment notices."""

    model = Service
    table = TABLE

    def __init__(self, archive: Archive, *, today: dt.date) -> None:
        super().__init__(archive)
        self.today = today

    def key(self, values: Mapping[str, Any], found: AgencyRow | None) -> str:
        """Return the number of the notice."""
        number: str = values["number"]
        return number

    def records(self, cases: Sequence[ServiceCase]) -> Mapping[str, Notice]:
        """Return the notices of these numbers, with their proofs."""
        wanted = {case.key for case in cases}
        query = select(IssuedPaper.id, IssuedPaper.reference).where(
            IssuedPaper.series == papers.ASSESSMENT
        )
        ids = {
            identity: canonical_number(reference)
            for identity, reference in self.archive.session.exec(query)
            if canonical_number(reference) in wanted
        }
        found = self.archive.session.exec(select(IssuedPaper).where(col(IssuedPaper.id).in_(ids)))
        services = select(Service).where(col(Service.paper_id).in_(ids))
        of_paper = {service.paper_id: service for service in self.archive.session.exec(services)}
        return {ids[paper.id]: Notice(paper, of_paper.get(paper.id)) for paper in found}

    def is_known(self, record: Notice) -> bool:
        """Say whether the service of the notice is on record."""
        return record.service is not None

    def changes(self, case: ServiceCase) -> dict[str, Any]:
        """Return what a row says otherwise than the record."""
        of_service: Case[AgencyRow | None, str, Service] = Case(
            case.row, case.values, case.found, case.key, recorded(case).service
        )
        return differing(of_service, _COMPARED)

    def check(self, case: ServiceCase) -> None:
        """Refuse a number that no notice has, and one that another agency's has."""
        if case.record is None:
            raise Fault("number", "没有这个文号的告知书")
        paper = case.record.paper
        if case.found is not None and case.found.id != paper.agency_id:
            raise Fault("number", f"这个文号的告知书不是{case.found.name}的")
        if case.values["date"] < paper.date.isoformat():
            self.remarks.add(
                "{count} 份告知书的送达日期早于告知书日期，请核对：{first}。", paper.reference
            )

    def add(self, case: ServiceCase, batch: Batch) -> None:
        """Enter the service of a notice."""
        values = {name: case.values[name] for name in _COMPARED}
        paper = recorded(case).paper
        batch.insert(Service, {"id": new_id(), "paper_id": paper.id, **values})

    def change(self, case: ServiceCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Correct the service of a notice."""
        service = recorded(case).service
        assert service is not None
        batch.update(service, changes)
