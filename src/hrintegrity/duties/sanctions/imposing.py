"""Imposing a sanction, with all it brings, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.duties import agencies, agency_history, units
from hrintegrity.duties.identities import matches
from hrintegrity.duties.sanctions import cases, party, records
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.measures import sanctions
from hrintegrity.rules.procedure import unannounced_warning
from hrintegrity.rules.proposals import Proposal, Refusal
from hrintegrity.rules.sanctions import Effects, Standing, effects_of, ladder
from hrintegrity.rules.titles import sanction_reason


@dataclass(frozen=True)
class SanctionRequest:
    """A sanction as it is asked for; what a notice beforehand says is filled in from there.

    `appointed` is day and time of an interview. `notified` is the identity or number of the notice.
    """

    date: dt.date
    kind: str | None = None
    grounds: str | None = None
    evidence: str | None = None
    violated: str | None = None
    basis: str | None = None
    deadline: dt.date | None = None
    review_year: int | None = None
    serious: bool = False
    staff: str | None = None
    attributed: bool = False
    place: str | None = None
    appointed: dt.datetime | None = None
    notified: str | None = None
    scope: str | None = None


@dataclass(frozen=True)
class Imposed:
    """A sanction and what it brought: titles lost, and in Chinese what has to be said."""

    sanction: records.SanctionView
    titles: tuple[units.UnitView, ...]
    warnings: tuple[str, ...]


def impose(archive: Archive, text: str, order: SanctionRequest, *, today: dt.date) -> Imposed:
    """Impose a sanction on an agency, or on one of its practitioners, as the ladder allows.

    What it brings is written with it: the result of the review, the agency's closing, the loss of
    its title. Raises UsageError `kind-missing` or `grounds-missing`; UsageError and RuleError with
    the clause, by `rules.sanctions.effects_of` and the table of steps; RuleError `beyond-notice`;
    LookupFailedError `staff-missing`, or `sanction-exists` for the same one once more.
    """
    agency = agencies.find(archive, text)
    notice = None
    if order.notified is not None:
        notice, _ = records.find_notice(archive, order.notified)
        order = _from_notice(archive, notice, agency, order)
    if order.kind is None or order.grounds is None:
        what, option = ("种类", "kind") if order.kind is None else ("事实", "grounds")
        raise UsageError(
            f"{option}-missing",
            f"没有写明惩戒的{what}",
            f"请用 --{option} 写明，或用 --notified 写明是哪一份事先告知书。",
        )
    order = replace(order, grounds=order.grounds.strip())
    if notice is None:
        _refuse_same(archive, agency, order)
    doubts = _check_case(archive, agency, order, notice)
    effects = _judged(archive, agency, _proposal(order))
    warnings = [*effects.warnings, *doubts]
    person, odd = party.practitioner(archive, agency, order.staff, order.date)
    warnings += odd
    if agency.since is not None and order.date < agency.since:
        since = agency.since
        warnings.append(f"惩戒日期 {order.date} 早于{agency.name}的从业起始日期 {since}，请核对。")
    if order.appointed is not None and order.appointed.date() < order.date:
        day = order.appointed.date()
        warnings.append(f"约谈的时间 {day} 早于决定约谈的日期 {order.date}，请核对。")
    row = _write(archive, agency, order, person, effects)
    titles: list[units.UnitView] = []
    if effects.takes_title:
        why = sanction_reason(row.kind, row.grounds)
        titles = units.lose_title(archive, agency, date=row.date, cause=row.id, reason=why)
    return Imposed(records.view(archive, row, today), tuple(titles), tuple(warnings))


def _from_notice(
    archive: Archive, notice: SanctionNotice, agency: Agency, order: SanctionRequest
) -> SanctionRequest:
    """Return the order with what its notice says. Raises RuleError `beyond-notice`."""
    person, _ = party.practitioner(archive, agency, order.staff, order.date)
    about = {
        "当事人": (
            None if agency.id == notice.agency_id else agency.name,
            None if person is None or person.id == notice.practitioner_id else person.name,
        ),
        "措施": (_other(order.kind, notice.kind),),
        "事实": (_other(order.grounds, notice.grounds),),
        "证据": (_other(order.evidence, notice.evidence),),
        "违反的规定": (_other(order.violated, notice.violated),),
        "依据": (_other(order.basis, notice.basis),),
    }
    beyond = [what for what, found in about.items() if any(found)]
    if beyond:
        raise RuleError(
            "beyond-notice",
            f"{'、'.join(beyond)}与事先告知书不符，超出了告知的范围。",
            "照告知书作出，不必再写这些；有新的事实或改用别的措施，请先另行告知。",
            clause=rules_of(archive, cases.body_of(notice), order.date).clause,
        )
    return replace(
        order,
        kind=notice.kind,
        grounds=notice.grounds,
        evidence=notice.evidence,
        violated=notice.violated,
        basis=notice.basis,
        deadline=order.deadline or notice.deadline,
        review_year=order.review_year or notice.review_year,
        staff=notice.practitioner_id,
        notified=notice.id,
    )


def _other(given: str | None, noticed: str) -> str | None:
    return given if given is not None and given.strip() != noticed else None


def _check_case(
    archive: Archive, agency: Agency, order: SanctionRequest, notice: SanctionNotice | None
) -> list[str]:
    """Refuse what the procedure does not allow yet; say what it lacks."""
    body = cases.decided_by(archive, agency) or agency.district
    if notice is None:
        case = cases.case_of(archive, kind=order.kind, body=body)
        cases.check(archive, case, "impose", order.date, agency)
        warning = unannounced_warning(case.kind, rules_of(archive, body, order.date))
        return [] if warning is None else [warning]
    earlier = cases.decision_on(archive, notice)
    case = cases.case_of(archive, notice=notice, sanction=earlier)
    about = "" if earlier is None else f"的这份事先告知书（{earlier.date} 的决定 {earlier.id}）"
    cases.check(archive, case, "impose", order.date, agency, what=about)
    if earlier is None:
        return []
    return [
        f"这份事先告知书的决定已于 {earlier.withdrawn} 撤销（{earlier.withdraw_reason}），"
        "以同一事实和理由重新作出的，请核对。"
    ]


def _proposal(order: SanctionRequest) -> Proposal:
    return Proposal(
        kind=order.kind or "",
        date=order.date,
        grounds=order.grounds or "",
        basis=order.basis or "",
        deadline=order.deadline,
        review_year=order.review_year,
        serious=order.serious,
        staff=order.staff is not None,
        attributed=order.attributed,
        appointed=order.place is not None or order.appointed is not None,
        scoped=order.scope is not None,
    )


def _write(
    archive: Archive,
    agency: Agency,
    order: SanctionRequest,
    person: Practitioner | None,
    effects: Effects,
) -> Sanction:
    """Write a sanction with its review and the agency's closing."""
    measure = sanctions(order.date)[order.kind or ""]
    row = writer.insert(
        archive,
        Sanction(
            agency_id=agency.id,
            practitioner_id=None if person is None else person.id,
            district=agency.district,
            kind=measure.kind,
            grounds=order.grounds or "",
            evidence=(order.evidence or "").strip() or None,
            violated=(order.violated or "").strip() or None,
            basis=(order.basis or "").strip() or None,
            date=order.date,
            deadline=order.deadline if measure.needs_deadline else None,
            serious=order.serious,
            attributed=order.attributed and person is not None,
            review_year=order.review_year if measure.at_review else None,
            closed_agency=effects.closes_agency and agency.status == "active",
            decided_by=cases.decided_by(archive, agency),
            place=order.place if measure.appointment else None,
            appointed=f"{order.appointed:%Y-%m-%d %H:%M}"
            if measure.appointment and order.appointed
            else None,
            notice_id=order.notified,
            scope=order.scope if measure.has_scope else None,
        ),
    )
    if effects.review_result is not None and row.review_year is not None:
        writer.insert(
            archive,
            Review(
                agency_id=row.agency_id,
                year=row.review_year,
                result=effects.review_result,
                date=row.date,
                sanction_id=row.id,
            ),
        )
    if row.closed_agency:
        reason = f"{measure.word}：{row.grounds}"
        agency_history.change(
            archive, agency, date=row.date, reason=reason, status="closed", closed=row.date,
            close_reason=reason,
        )  # fmt: skip
    return row


def _refuse_same(archive: Archive, agency: Agency, order: SanctionRequest) -> None:
    """Refuse what stands already, word for word; it would be numbered and reported twice."""
    query = select(Sanction).where(
        Sanction.agency_id == agency.id,
        Sanction.kind == order.kind,
        Sanction.date == order.date,
        Sanction.grounds == order.grounds,
        col(Sanction.practitioner_id).is_(None)
        if order.staff is None
        else matches(Sanction.practitioner_id, order.staff),
        col(Sanction.withdrawn).is_(None),
    )
    same = archive.session.exec(query).first()
    if same is not None:
        word = sanctions(same.date)[same.kind].word
        raise LookupFailedError(
            "sanction-exists",
            f"{agency.name} {same.date} 的{word}（事实相同）已登记：{same.id}",
            f"登错的，先用 hri sanction withdraw {same.id} --date {order.date} --reason 登错"
            " 撤销，再重新登记；"
            "另一项惩戒，请在事实里写明不同之处。",
        )


def _judged(archive: Archive, agency: Agency, proposal: Proposal) -> Effects:
    """Return what a measure brings with it. Raises UsageError or RuleError with the clause."""
    standing = Standing(
        agency.closed if agency.status == "closed" else None,
        units.title_since(archive, agency.id, proposal.date),
        records.earlier(archive, agency.id),
    )
    answer = effects_of(proposal, standing)
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
