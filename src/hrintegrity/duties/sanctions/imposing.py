"""Imposing a sanction and withdrawing it: each with all it brings, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import agencies, agency_history, units
from hrintegrity.duties.identities import matches
from hrintegrity.duties.sanctions import records
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.measures import sanctions
from hrintegrity.rules.sanctions import (
    RECTIFY,
    Effects,
    Proposal,
    Refusal,
    Standing,
    judge,
    ladder,
)
from hrintegrity.rules.titles import sanction_reason


@dataclass(frozen=True)
class Imposed:
    """A sanction and what it brought: titles lost, and in Chinese what has to be said."""

    sanction: records.SanctionView
    titles: tuple[units.UnitView, ...]
    warnings: tuple[str, ...]


def impose(
    archive: Archive,
    text: str,
    *,
    kind: str,
    grounds: str,
    date: dt.date,
    today: dt.date,
    basis: str | None = None,
    deadline: dt.date | None = None,
    review_year: int | None = None,
    serious: bool = False,
    staff: str | None = None,
    attributed: bool = False,
) -> Imposed:
    """Impose a sanction on an agency, or on one of its practitioners, as the ladder allows.

    What it brings is written with it: the result of the review, the agency's closing, the loss of
    its title. Raises UsageError and RuleError with the clause, by `rules.sanctions.judge`, and
    LookupFailedError `staff-missing`, or `sanction-exists` for the same one once more.
    """
    agency = agencies.find(archive, text)
    _refuse_same(archive, agency, kind, date, grounds.strip(), staff)
    proposal = Proposal(
        kind,
        date,
        grounds,
        basis or "",
        deadline,
        review_year,
        serious,
        staff is not None,
        attributed,
    )
    effects = _judged(archive, agency, proposal)
    person, warnings = (None, []) if staff is None else _practitioner(archive, agency, staff, date)
    if agency.since is not None and date < agency.since:
        warnings.append(f"惩戒日期 {date} 早于{agency.name}的从业起始日期 {agency.since}，请核对。")
    measure = sanctions(date)[kind]
    row = writer.insert(
        archive,
        Sanction(
            agency_id=agency.id,
            practitioner_id=None if person is None else person.id,
            district=agency.district,
            kind=kind,
            grounds=grounds.strip(),
            basis=(basis or "").strip() or None,
            date=date,
            deadline=deadline if measure.needs_deadline else None,
            serious=serious and measure.at_review,
            attributed=attributed and person is not None,
            review_year=review_year if measure.at_review else None,
            closed_agency=effects.closes_agency and agency.status == "active",
            decided_by=records.decided_by(archive, agency),
        ),
    )
    if effects.review_result is not None and review_year is not None:
        _write_review(archive, row, review_year, effects.review_result)
    if row.closed_agency:
        reason = f"{measure.word}：{row.grounds}"
        agency_history.change(
            archive, agency, date=date, reason=reason, status="closed", closed=date,
            close_reason=reason,
        )  # fmt: skip
    titles = []
    if effects.takes_title:
        why = sanction_reason(kind, row.grounds)
        titles = units.lose_title(archive, agency, date=date, cause=row.id, reason=why)
    return Imposed(records.view(archive, row, today), tuple(titles), (*effects.warnings, *warnings))


def withdraw(
    archive: Archive, identity: str, *, date: dt.date, reason: str, today: dt.date
) -> Imposed:
    """Annul a sanction, and give back what it took: review, licence and title.

    The record stays, with the day and the reason. Raises LookupFailedError `already-withdrawn`.
    """
    row, agency = records.find_own(archive, identity)
    if row.withdrawn is not None:
        raise LookupFailedError(
            "already-withdrawn", f"这条惩戒已于 {row.withdrawn} 撤销。", "无需再次撤销。"
        )
    if not reason.strip():
        raise UsageError("reason-missing", "没有写明撤销的理由", "请用 --reason 写明。")
    warnings = []
    if date < row.date:
        warnings.append(f"撤销日期 {date} 早于惩戒日期 {row.date}，请核对。")
    writer.update(
        archive, row, withdrawn=date, withdraw_reason=reason.strip(), reason=reason.strip()
    )
    for review in archive.session.exec(select(Review).where(Review.sanction_id == row.id)).all():
        writer.delete(archive, review, reason=reason.strip())
    if row.closed_agency and agency.closed == row.date:
        agency_history.change(
            archive, agency, date=date, reason=reason.strip(), status="active", closed=None,
            close_reason=None,
        )  # fmt: skip
    titles = units.restore_title(archive, agency, cause=row.id)
    if row.kind == RECTIFY:
        warnings += [
            f"{later.date} 的{sanctions(later.date)[later.kind].word}可能以它为依据，请一并复核。"
            for later in _built_on(archive, row)
        ]
    return Imposed(records.view(archive, row, today), tuple(titles), tuple(warnings))


def _refuse_same(
    archive: Archive, agency: Agency, kind: str, date: dt.date, grounds: str, staff: str | None
) -> None:
    """Refuse what stands already, word for word; it would be numbered and reported twice."""
    query = select(Sanction).where(
        Sanction.agency_id == agency.id,
        Sanction.kind == kind,
        Sanction.date == date,
        Sanction.grounds == grounds,
        Sanction.practitioner_id == (None if staff is None else staff.strip().lower()),
        col(Sanction.withdrawn).is_(None),
    )
    same = archive.session.exec(query).first()
    if same is not None:
        raise LookupFailedError(
            "sanction-exists",
            f"{agency.name} {date} 的{sanctions(date)[kind].word}（事由相同）已登记：{same.id}",
            "无需再次登记；另一项惩戒，请在事由里写明不同之处。",
        )


def _judged(archive: Archive, agency: Agency, proposal: Proposal) -> Effects:
    """Return what a measure brings with it. Raises UsageError or RuleError with the clause."""
    standing = Standing(
        agency.closed if agency.status == "closed" else None,
        units.title_since(archive, agency.id, proposal.date),
        records.earlier(archive, agency.id),
    )
    answer = judge(proposal, standing)
    if isinstance(answer, Effects):
        return answer
    raise _error(answer, agency, proposal, standing)


def _error(
    refusal: Refusal, agency: Agency, proposal: Proposal, standing: Standing
) -> UsageError | RuleError:
    if refusal.usage:
        return UsageError(refusal.code, f"{refusal.message}。", refusal.hint, clause=refusal.clause)
    answers = ladder(standing, proposal.date, staff=proposal.staff)
    known = sanctions(proposal.date)
    free = [known[kind].word for kind, why_not in answers.items() if why_not is None]
    now = f"现在可以采取：{'、'.join(free)}。" if free else ""
    return RuleError(
        refusal.code,
        f"{agency.name}：{refusal.message}。",
        now + refusal.hint,
        clause=refusal.clause,
    )


def _practitioner(
    archive: Archive, agency: Agency, identity: str, date: dt.date
) -> tuple[Practitioner, list[str]]:
    """Return one of an agency's practitioners, and what looks odd about it."""
    query = (
        select(Practitioner, Employment)
        .join(Employment, col(Employment.practitioner_id) == Practitioner.id)
        .where(Employment.agency_id == agency.id, matches(Practitioner.id, identity))
        .order_by(col(Employment.since).desc(), col(Employment.id).desc())
    )
    found = archive.session.exec(query).first()
    if found is None:
        raise LookupFailedError(
            "staff-missing",
            f"{agency.name}没有这名从业人员：{identity}",
            "编号见 hri agency staff list。",
        )
    person, employment = found
    warnings = []
    if employment.left is not None and employment.left <= date:
        warnings.append(f"{person.name}已于 {employment.left} 离开{agency.name}，请核对。")
    return person, warnings


def _write_review(archive: Archive, row: Sanction, year: int, result: str) -> None:
    review = Review(
        agency_id=row.agency_id, year=year, result=result, date=row.date, sanction_id=row.id
    )
    writer.insert(archive, review)


def _built_on(archive: Archive, order: Sanction) -> list[Sanction]:
    """Return the standing measures at a review that an order to rectify may have led to."""
    query = (
        select(Sanction)
        .where(Sanction.agency_id == order.agency_id, Sanction.date >= order.date)
        .where(col(Sanction.withdrawn).is_(None), ~col(Sanction.serious))
        .where(col(Sanction.review_year).is_not(None))
        .order_by(col(Sanction.date), col(Sanction.id))
    )
    return list(archive.session.exec(query))
