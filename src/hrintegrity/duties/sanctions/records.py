"""Sanctions as scripts see them, with those that are only intended: one, and lists of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.duties import agency_lookup, ownership, papers
from hrintegrity.duties.identities import meant, where_to_find
from hrintegrity.duties.sanctions import cases
from hrintegrity.errors import LookupFailedError
from hrintegrity.rules.numbering import read_number
from hrintegrity.rules.sanctions import Earlier, State, is_overdue, state_of

CLAUSE = "三(八)2"

Shown = State | Literal["intended", "dropped"]


@dataclass(frozen=True)
class SanctionView:
    """A sanction, or with the state `intended` one of which notice was given.

    `agency` is the name, `staff` the identity of the practitioner, `number` that of the written
    decision (of an intended one, of the notice), `notified` the identity of the notice beforehand,
    `served` the day on which the paper was served. `overdue` is judged by the day of the call.
    `decided_by` is the district whose office decided, or `municipal`.
    """

    id: str
    agency: str
    code: str
    staff: str | None
    kind: str
    grounds: str
    evidence: str | None
    violated: str | None
    basis: str | None
    date: dt.date
    deadline: dt.date | None
    state: Shown
    number: str | None
    decided_by: str
    notified: str | None
    served: dt.date | None
    staff_name: str | None = None
    overdue: bool = False
    serious: bool = False
    attributed: bool = False
    review_year: int | None = None
    place: str | None = None
    appointed: str | None = None
    mended: dt.date | None = None
    failed: dt.date | None = None
    fail_note: str | None = None
    withdrawn: dt.date | None = None
    withdraw_reason: str | None = None
    statement_kind: str | None = None
    statement: str | None = None
    stated: dt.date | None = None
    hearing_requested: dt.date | None = None
    hearing_held: dt.date | None = None
    answer: str | None = None
    hearing_record: str | None = None
    scope: str | None = None
    district: str = ""


def find(archive: Archive, identity: str) -> tuple[Sanction, Agency]:
    """Return a sanction by its identity or by the number of its decision, and its agency.

    Raises LookupFailedError `sanction-missing`, RuleError `not-ours`.
    """
    row, agency = find_any(archive, identity)
    if not isinstance(row, Sanction):
        raise LookupFailedError(
            "sanction-missing",
            f"这是事先告知书的编号，还没有作出决定：{identity.strip()}",
            f"请用 hri sanction impose {agency.code} --notified {row.id} --date 日期 作出。",
        )
    return row, agency


def find_notice(archive: Archive, identity: str) -> tuple[SanctionNotice, Agency]:
    """Return a notice beforehand by its identity or number, and its agency.

    Raises LookupFailedError `notice-missing`, RuleError `not-ours`.
    """
    row, agency = find_any(archive, identity)
    if not isinstance(row, SanctionNotice):
        raise LookupFailedError(
            "notice-missing",
            f"这是惩戒的编号，不是事先告知书的：{identity.strip()}",
            "告知书的编号见 hri sanction notify 的结果，或 hri sanction list。",
        )
    return row, agency


def find_any(archive: Archive, identity: str) -> tuple[Sanction | SanctionNotice, Agency]:
    """Return a sanction or a notice beforehand. Raises as `find`."""
    wanted = identity.strip()
    row = meant(archive, Sanction, wanted) or meant(archive, SanctionNotice, wanted)
    row = row or _numbered(archive, wanted)
    agency = None if row is None else archive.session.get(Agency, row.agency_id)
    if row is None or agency is None:
        known = read_number(wanted) is not None
        hint = "文号见 hri sanction list。" if known else where_to_find(wanted, "hri sanction list")
        raise LookupFailedError("sanction-missing", f"没有这条惩戒：{wanted}", hint)
    agency_lookup.refuse_foreign(ownership.owner(archive), agency)
    return row, agency


def _numbered(archive: Archive, number: str) -> Sanction | SanctionNotice | None:
    """Return what a paper with this number is about; an annulment is about its sanction."""
    paper = papers.numbered(archive, number)
    if paper is None:
        return None
    get = archive.session.get
    row = get(Sanction, paper.subject_id) or get(SanctionNotice, paper.subject_id)
    if row is not None:
        return row
    of_agency = archive.session.exec(select(Sanction).where(Sanction.agency_id == paper.agency_id))
    return next((row for row in of_agency if cases.annulment_of(row.id) == paper.subject_id), None)


def show(archive: Archive, identity: str, *, today: dt.date) -> SanctionView:
    """Return one sanction, or an intended one. Raises as `find`."""
    return view(archive, find_any(archive, identity)[0], today)


def view(archive: Archive, row: Sanction | SanctionNotice, today: dt.date) -> SanctionView:
    """Return a sanction, or an intended one, as scripts see it."""
    query = _joined(type(row)).where(col(type(row).id) == row.id)
    return _view(*archive.session.execute(query).one()[:-1], today=today)


def listing(
    archive: Archive,
    *,
    today: dt.date,
    open_only: bool = False,
    overdue_only: bool = False,
    district: str | None = None,
) -> list[SanctionView]:
    """Return sanctions by date, with those intended: all, or the orders open, or those overdue."""
    district = ownership.scope(archive, district)
    query = _joined(Sanction)
    if open_only or overdue_only:
        # Few orders are open anywhere: they are found by their own index.
        query = query.where(*is_open())
    elif district is not None:
        query = query.where(col(Agency.district) == district)
    if overdue_only:
        query = query.where(col(Sanction.deadline) < today)
    rows = list(archive.session.execute(query))
    if not (open_only or overdue_only):
        rows += archive.session.execute(_undecided())
    return [
        _view(*found, today=today)
        for *found, of_district in sorted(rows, key=lambda row: (row[0].date, row[0].id))
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
            id=row.id,
            kind=row.kind,
            date=row.date,
            deadline=row.deadline,
            mended=row.mended,
            failed=row.failed,
            withdrawn=row.withdrawn is not None,
            review_year=row.review_year,
            staff=row.practitioner_id is not None,
        )
        for row in archive.session.exec(query)
    )


def state(row: Sanction) -> State:
    """Return the state of a sanction."""
    return state_of(
        row.kind, mended=row.mended, failed=row.failed, withdrawn=row.withdrawn is not None
    )


def _joined(model: type[Sanction | SanctionNotice]) -> Any:
    """Select sanctions or notices beforehand, each with its notice: a notice's is itself."""
    notice = aliased(SanctionNotice)
    notified = Sanction.notice_id if model is Sanction else SanctionNotice.id
    return (
        select_columns(
            model,
            notice,
            col(Agency.name),
            col(Agency.code),
            col(Practitioner.name),
            col(IssuedPaper.reference),
            col(Service.date),
            col(Agency.district),
        )
        .join(Agency, col(Agency.id) == model.agency_id)
        .join(Practitioner, col(Practitioner.id) == model.practitioner_id, isouter=True)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == model.id, isouter=True)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .join(notice, col(notice.id) == notified, isouter=True)
    )


def _undecided() -> Any:
    """Return the notices that no decision followed yet."""
    notice, withdrawn = col(Sanction.notice_id), col(Sanction.withdrawn)
    decided = select_columns(notice).where(notice.is_not(None), withdrawn.is_(None))
    return _joined(SanctionNotice).where(col(SanctionNotice.id).not_in(decided))


_HEARD = ("statement_kind", "statement", "stated", "hearing_requested", "hearing_held", "answer",
          "hearing_record")  # fmt: skip


def _view(
    row: Sanction | SanctionNotice,
    notice: SanctionNotice | None,
    name: str,
    code: str,
    staff_name: str | None,
    number: str | None,
    served: dt.date | None,
    *,
    today: dt.date,
) -> SanctionView:
    found = SanctionView(
        id=row.id,
        agency=name,
        code=code,
        staff=row.practitioner_id,
        kind=row.kind,
        grounds=row.grounds,
        evidence=row.evidence,
        violated=row.violated,
        basis=row.basis,
        date=row.date,
        deadline=row.deadline,
        state="intended",
        number=number,
        decided_by=row.decided_by or row.district,
        notified=row.id,
        served=served,
        staff_name=staff_name,
        review_year=row.review_year,
        withdrawn=row.withdrawn,
        withdraw_reason=row.withdraw_reason,
        district=row.district,
    )
    if notice is not None:
        found = replace(found, **{name: getattr(notice, name) for name in _HEARD})
    if isinstance(row, SanctionNotice):
        ended = row.withdrawn is not None or row.statement_kind == "accepted"
        return replace(found, state="dropped" if ended else "intended")
    stands = state(row)
    return replace(
        found,
        state=stands,
        notified=row.notice_id,
        overdue=is_overdue(stands, row.deadline, today),
        serious=row.serious,
        attributed=row.attributed,
        place=row.place,
        appointed=row.appointed,
        scope=row.scope,
        mended=row.mended,
        failed=row.failed,
        fail_note=row.fail_note,
    )
