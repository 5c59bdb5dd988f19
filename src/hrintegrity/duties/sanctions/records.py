"""Sanctions as scripts see them: one, and lists of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.duties import agencies, ownership
from hrintegrity.duties.identities import meant
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.rules.sanctions import Earlier, State, is_overdue, state_of

CLAUSE = "三(八)2"


@dataclass(frozen=True)
class SanctionView:
    """A sanction; the keys of docs/contract.md first.

    `agency` is the name, `staff` the identity of the practitioner, `number` that of the written
    decision, once there is one. `overdue` is judged by the day of the call. `decided_by` is the
    district whose office decided, or `municipal`.
    """

    id: str
    agency: str
    code: str
    staff: str | None
    kind: str
    grounds: str
    basis: str | None
    date: dt.date
    deadline: dt.date | None
    state: State
    number: str | None
    staff_name: str | None
    overdue: bool
    serious: bool
    attributed: bool
    review_year: int | None
    mended: dt.date | None
    failed: dt.date | None
    fail_note: str | None
    withdrawn: dt.date | None
    withdraw_reason: str | None
    district: str
    decided_by: str


def find(archive: Archive, identity: str) -> tuple[Sanction, Agency]:
    """Return a sanction by its identity or by the number of its decision, and its agency.

    Raises LookupFailedError `sanction-missing`, RuleError `not-ours`.
    """
    wanted = identity.strip()
    numbered = select(IssuedPaper.subject_id).where(
        IssuedPaper.series == "sanction", IssuedPaper.reference == wanted
    )
    row = meant(archive, Sanction, wanted)
    if row is None and (subject := archive.session.exec(numbered).first()):
        row = archive.session.get(Sanction, subject)
    agency = None if row is None else archive.session.get(Agency, row.agency_id)
    if row is None or agency is None:
        raise LookupFailedError(
            "sanction-missing", f"没有这条惩戒：{wanted}", "编号或文号见 hri sanction list。"
        )
    agencies.refuse_foreign(ownership.owner(archive), agency)
    return row, agency


def find_own(archive: Archive, identity: str) -> tuple[Sanction, Agency]:
    """Return a sanction that this office may change.

    Raises as `find`, and RuleError `citys-own`.
    """
    row, agency = find(archive, identity)
    if row.decided_by == ownership.CITY and not ownership.is_city(archive):
        raise RuleError(
            "citys-own",
            f"{agency.name} {row.date} 的惩戒是市级作出的，区县不能改动。",
            "请报市局办理，办好后由市局发来。",
            clause=CLAUSE,
        )
    return row, agency


def decided_by(archive: Archive, agency: Agency) -> str | None:
    """Return the city where it decides on a district's agency, else nothing."""
    other = agency.district != ownership.CITY and ownership.is_city(archive)
    return ownership.CITY if other else None


def show(archive: Archive, identity: str, *, today: dt.date) -> SanctionView:
    """Return one sanction. Raises as `find`."""
    row, _ = find(archive, identity)
    return view(archive, row, today)


def view(archive: Archive, row: Sanction, today: dt.date) -> SanctionView:
    """Return a sanction as scripts see it."""
    *found, _ = archive.session.execute(_joined().where(col(Sanction.id) == row.id)).one()
    return _view(*found, today=today)


def listing(
    archive: Archive,
    *,
    today: dt.date,
    open_only: bool = False,
    overdue_only: bool = False,
    district: str | None = None,
) -> list[SanctionView]:
    """Return sanctions by date: all, the orders to rectify that are open, or those overdue."""
    district = ownership.scope(archive, district)
    query = _joined()
    if open_only or overdue_only:
        # Few orders are open anywhere: they are found by their own index, and sorted here.
        query = query.where(*is_open())
    elif district is not None:
        query = query.where(col(Agency.district) == district)
    if overdue_only:
        query = query.where(col(Sanction.deadline) < today)
    rows = sorted(archive.session.execute(query), key=lambda row: (row[0].date, row[0].id))
    return [
        _view(*found, today=today)
        for *found, of_district in rows
        if district in (None, of_district)
    ]


def is_open() -> tuple[Any, ...]:
    """Return the conditions of an order that is open, as the index `ix_sanction_open` has them."""
    return (
        col(Sanction.deadline).is_not(None),
        col(Sanction.mended).is_(None),
        col(Sanction.failed).is_(None),
        col(Sanction.withdrawn).is_(None),
    )


def earlier(archive: Archive, agency_id: str) -> tuple[Earlier, ...]:
    """Return an agency's measures as the ladder looks at them."""
    query = select(Sanction).where(Sanction.agency_id == agency_id)
    query = query.order_by(col(Sanction.date), col(Sanction.id))
    return tuple(
        Earlier(
            row.kind,
            row.date,
            row.deadline,
            row.mended,
            row.failed,
            row.withdrawn is not None,
            row.review_year,
            row.practitioner_id is not None,
        )
        for row in archive.session.exec(query)
    )


def state(row: Sanction) -> State:
    """Return how a sanction stands."""
    return state_of(
        row.kind, mended=row.mended, failed=row.failed, withdrawn=row.withdrawn is not None
    )


def _joined() -> Select[Sanction, str, str, str, str, str]:
    return (
        select_columns(
            Sanction,
            col(Agency.name),
            col(Agency.code),
            col(Practitioner.name),
            col(IssuedPaper.reference),
            col(Agency.district),
        )
        .join(Agency, col(Agency.id) == Sanction.agency_id)
        .join(Practitioner, col(Practitioner.id) == Sanction.practitioner_id, isouter=True)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Sanction.id, isouter=True)
    )


def _view(
    row: Sanction,
    name: str,
    code: str,
    staff_name: str | None,
    number: str | None,
    *,
    today: dt.date,
) -> SanctionView:
    stands = state(row)
    return SanctionView(
        row.id,
        name,
        code,
        row.practitioner_id,
        row.kind,
        row.grounds,
        row.basis,
        row.date,
        row.deadline,
        stands,
        number,
        staff_name,
        is_overdue(stands, row.deadline, today),
        row.serious,
        row.attributed,
        row.review_year,
        row.mended,
        row.failed,
        row.fail_note,
        row.withdrawn,
        row.withdraw_reason,
        row.district,
        row.decided_by or row.district,
    )
