"""A sanction's case as the rules take it: the notice beforehand, the decision, their papers."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.rules.numbering import annulment_of as annulment_of
from hrintegrity.rules.procedure import (
    AdvanceNotice,
    Case,
    Decision,
    OrderState,
    Statement,
    refusal,
)
from hrintegrity.rules.sanctions import state_of


class Paper(NamedTuple):
    """A numbered paper of a case, and when it was served."""

    row: IssuedPaper
    served: dt.date | None


def body_of(row: Sanction | SanctionNotice) -> str:
    """Return who decided, or intends to: the code of a district, or of the city."""
    return row.decided_by or row.district


def decided_by(archive: Archive, agency: Agency) -> str | None:
    """Return the city where it decides on a district's agency, else nothing."""
    other = agency.district != ownership.CITY and ownership.is_city(archive)
    return ownership.CITY if other else None


def paper_of(archive: Archive, subject: str) -> Paper | None:
    """Return the numbered paper about a record, if there is one."""
    query = (
        select(IssuedPaper, Service)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .where(IssuedPaper.subject_id == subject)
    )
    found = archive.session.exec(query).first()
    if found is None:
        return None
    row, service = found
    # An outer join may find no service, whatever its type says.
    served = cast("Service | None", service)
    return Paper(row, None if served is None else served.date)


def case_of(
    archive: Archive,
    *,
    notice: SanctionNotice | None = None,
    sanction: Sanction | None = None,
    kind: str | None = None,
    body: str | None = None,
) -> Case:
    """Return a case; `kind` and `body` where nothing of it is on record yet."""
    row = sanction or notice
    return Case(
        kind=(row.kind if row else kind) or "",
        body=(body_of(row) if row else body) or "",
        office=ownership.owner(archive).code,
        notice=None if notice is None else _advance_notice(archive, notice),
        decision=None if sanction is None else _decision(archive, sanction),
    )


def notice_of(archive: Archive, sanction: Sanction) -> SanctionNotice | None:
    """Return the notice that came before a decision."""
    found = sanction.notice_id
    return None if found is None else archive.session.get(SanctionNotice, found)


def decision_on(archive: Archive, notice: SanctionNotice) -> Sanction | None:
    """Return the decision that followed a notice: the one that stands, else the last withdrawn."""
    query = (
        select(Sanction)
        .where(Sanction.notice_id == notice.id)
        .order_by(col(Sanction.withdrawn).is_not(None), col(Sanction.id).desc())
    )
    return archive.session.exec(query).first()


def check(
    archive: Archive, case: Case, step: str, day: dt.date, agency: Agency, *, what: str = ""
) -> None:
    """Refuse a step that a case does not allow: see `rules.procedure.refusal`.

    Raises RuleError with its code, clause or law; LookupFailedError where it was already taken.
    """
    found = refusal(case, step, day, rules_of(archive, case.body, day))
    if found is None:
        return
    error = LookupFailedError if found.recorded else RuleError
    raise error(
        found.code, f"{agency.name}{what}：{found.message}。", found.hint, clause=found.clause
    )


def _advance_notice(archive: Archive, row: SanctionNotice) -> AdvanceNotice:
    paper = paper_of(archive, row.id)
    return AdvanceNotice(
        date=row.date,
        served=None if paper is None else paper.served,
        statement=cast("Statement", row.statement_kind or "none"),
        stated=row.stated,
        hearing_requested=row.hearing_requested,
        hearing_held=row.hearing_held,
        dropped=row.withdrawn is not None,
        id=row.id if paper is None else paper.row.reference,
    )


def _decision(archive: Archive, row: Sanction) -> Decision:
    paper = paper_of(archive, row.id)
    annulment = paper_of(archive, annulment_of(row.id))
    state = state_of(row.kind, mended=row.mended, failed=row.failed)
    return Decision(
        date=row.date,
        deadline=row.deadline,
        numbered=paper is not None,
        served=paper is not None and paper.served is not None,
        order=None if state == "in-force" else cast("OrderState", state),
        withdrawn=row.withdrawn is not None,
        annulment="none"
        if annulment is None
        else ("numbered" if annulment.served is None else "served"),
        id=row.id if paper is None else paper.row.reference,
    )
