"""Titles of demonstration units (三(七)): their loss through proven dishonesty, and the plaque.

    units.lose_title(archive, agency, date=…, cause=sanction.id, reason=…)  # at once: 三(八)2
    units.restore_title(archive, agency, cause=sanction.id)  # where the cause was annulled
    units.settle(archive, agency)  # after an award, which may be typed in late

Causes are standing sanctions on the agency and complaints closed as dishonest; of several the
earliest one holds, and the next takes its place where it is annulled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies, ownership
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.rules.titles import (
    CLAUSE,
    Cause,
    TitleState,
    complaint_reason,
    recover_by,
    recovered_on,
    sanction_reason,
    title_loss,
    title_state,
)


@dataclass(frozen=True)
class UnitView:
    """A title as scripts see it; `reason` is why it was lost, `recover_by` when it is due back."""

    code: str
    name: str
    district: str
    plaque: str
    awarded: dt.date
    state: TitleState
    revoked: dt.date | None
    recovered: dt.date | None
    reason: str | None
    recover_by: dt.date | None
    year: int
    id: str
    confirmed: dt.date | None = None


def view(archive: Archive, unit: Unit, agency: Agency) -> UnitView:
    """Return a title as scripts see it."""
    by_city = ownership.is_city(archive) or unit.confirmed is not None
    return UnitView(
        code=agency.code,
        name=agency.name,
        district=agency.district,
        plaque=unit.plaque,
        awarded=unit.awarded,
        state=title_state(unit.revoked, unit.recovered, by_city=by_city),
        revoked=unit.revoked,
        recovered=recovered_on(unit.revoked, unit.recovered),
        reason=unit.reason,
        recover_by=unit.recover_by,
        year=unit.year,
        id=unit.id,
        confirmed=unit.confirmed,
    )


def confirm(archive: Archive, today: dt.date) -> int:
    """Revoke, in the city's archive, the titles that districts reported lost; return how many.

    A title that is held again is not confirmed any more.
    """
    if not ownership.is_city(archive):
        return 0
    reported = archive.session.exec(
        select(Unit).where(col(Unit.revoked).is_not(None), col(Unit.confirmed).is_(None))
    ).all()
    for unit in reported:
        writer.update(archive, unit, confirmed=today)
    return len(reported)


def of_agency(archive: Archive, agency_id: str) -> list[Unit]:
    """Return the titles of an agency, the earliest first."""
    query = select(Unit).where(Unit.agency_id == agency_id).order_by(col(Unit.awarded), Unit.id)
    return list(archive.session.exec(query))


def title_since(archive: Archive, agency_id: str, day: dt.date) -> dt.date | None:
    """Return when the title was awarded that an agency held on a day.

    Where it held none, the award of one that came later and stands; None without any.
    """
    held = [
        unit.awarded
        for unit in of_agency(archive, agency_id)
        if unit.revoked is None or unit.revoked > day
    ]
    by_then = [awarded for awarded in held if awarded <= day]
    return max(by_then) if by_then else min(held, default=None)


def lose_title(
    archive: Archive, agency: Agency, *, date: dt.date, cause: str, reason: str
) -> list[UnitView]:
    """Take the titles that an agency holds, and open the recovery of the plaques.

    `cause` is the identity of the sanction or complaint, `date` its day. A title awarded later is
    not touched; one that was already lost keeps its day unless this cause is earlier. Returns the
    titles that were taken by this cause.
    """
    taken = []
    for unit in of_agency(archive, agency.id):
        found = title_loss(unit.awarded, [Cause(cause, date, reason), *_present(unit)])
        if found is not None and found.id == cause and unit.revoked_by != cause:
            _set(archive, unit, found)
            taken.append(view(archive, unit, agency))
    return taken


def restore_title(archive: Archive, agency: Agency, *, cause: str) -> list[UnitView]:
    """Give back what was lost for a cause that was annulled, unless another cause stands.

    Call it after the cause's own record says that it no longer stands. Returns the titles that the
    agency holds again.
    """
    mine = {unit.id for unit in of_agency(archive, agency.id) if unit.revoked_by == cause}
    changed = settle(archive, agency, annulled=cause)
    return [unit for unit in changed if unit.id in mine and unit.state == "current"]


def settle(archive: Archive, agency: Agency, *, annulled: str | None = None) -> list[UnitView]:
    """Bring an agency's titles in line with what is on record; return those that changed.

    A loss whose cause is not on record here, as one that the city sent, stays; but not one for the
    cause that was `annulled`.
    """
    found = causes(archive, agency.id)
    known = {annulled, *(cause.id for cause in found)}
    changed = []
    for unit in of_agency(archive, agency.id):
        present = [cause for cause in _present(unit) if cause.id not in known]
        if _set(archive, unit, title_loss(unit.awarded, [*found, *present])):
            changed.append(view(archive, unit, agency))
    return changed


def causes(archive: Archive, agency_id: str) -> list[Cause]:
    """Return what a title of the agency is lost for, by what is on record now."""
    sanctions = archive.session.exec(
        select(Sanction)
        .where(Sanction.agency_id == agency_id, col(Sanction.withdrawn).is_(None))
        .where(or_(col(Sanction.practitioner_id).is_(None), col(Sanction.attributed)))
    )
    complaints = archive.session.exec(
        select(Complaint)
        .where(Complaint.agency_id == agency_id, col(Complaint.dishonest))
        .where(col(Complaint.closed).is_not(None))
    )
    found = [Cause(row.id, row.date, sanction_reason(row.kind, row.grounds)) for row in sanctions]
    return found + [
        Cause(row.id, row.closed, complaint_reason(row.subject))
        for row in complaints
        if row.closed is not None
    ]


def allow_time(archive: Archive, subject: str, served: dt.date) -> None:
    """Let the term for a plaque run from the day of service, if that is later.

    `subject` is what the paper that was served is about: the cause of the loss, or the title.
    """
    about = or_(col(Unit.revoked_by) == subject, col(Unit.id) == subject)
    lost = select(Unit).where(about, col(Unit.revoked).is_not(None))
    for unit in archive.session.exec(lost).all():
        if unit.recover_by is None or unit.recover_by < recover_by(served):
            writer.update(archive, unit, recover_by=recover_by(served))


def recover_plaque(
    archive: Archive, text: str, *, recovered: dt.date
) -> tuple[UnitView, tuple[str, ...]]:
    """Record that the plaque of a lost title came back; return also what looks odd about it.

    Of several lost titles it is the one that was lost by that day, else the one that was awarded
    by then. A plaque that came back before the title was lost counts from the day of the loss. A
    day recorded wrongly is corrected by recording the right one. Raises RuleError `no-plaque-due`,
    LookupFailedError `already-recovered`.
    """
    agency = agencies.find(archive, text)
    lost = [unit for unit in of_agency(archive, agency.id) if unit.revoked is not None]
    if not lost:
        raise RuleError(
            "no-plaque-due",
            f"{agency.name}没有已撤销的示范单位称号，没有标牌要收回。",
            "请核对机构；撤销称号由惩戒或查实的不诚信投诉引起。",
            clause=CLAUSE,
        )
    due = [unit for unit in lost if recovered_on(unit.revoked, unit.recovered) is None]
    unit = _whose_plaque(due or lost, recovered)
    warnings: tuple[str, ...] = ()
    if unit.revoked is not None and recovered < unit.revoked:
        warnings = (
            f"收回日期 {recovered} 早于撤销称号的 {unit.revoked}，请核对；"
            f"提前交回的，从 {unit.revoked} 起算作收回。",
        )
        recovered = unit.revoked
    if not writer.update(archive, unit, recovered=recovered):
        raise LookupFailedError(
            "already-recovered", f"标牌 {unit.plaque} 已登记于 {recovered} 收回。", "无需再次登记。"
        )
    return view(archive, unit, agency), warnings


def recall_recovery(archive: Archive, text: str, *, reason: str) -> UnitView:
    """Take back that a plaque came back, entered by mistake.

    Raises RuleError `nothing-to-undo`, UsageError `reason-missing`.
    """
    agency = agencies.find(archive, text)
    why = reason.strip()
    if not why:
        raise UsageError("reason-missing", "没有写明理由", "请用 --reason 写明。")
    back = [unit for unit in of_agency(archive, agency.id) if unit.recovered is not None]
    if not back:
        raise RuleError(
            "nothing-to-undo",
            f"{agency.name}没有登记过标牌收回。",
            "标牌情况见 hri recommend units。",
            clause=CLAUSE,
        )
    writer.update(archive, back[-1], {"recovered": None}, reason=why)
    return view(archive, back[-1], agency)


def _whose_plaque(lost: list[Unit], day: dt.date) -> Unit:
    """Return the lost title whose plaque came back on a day; `lost` are in the order of awards."""
    by_then = [unit for unit in lost if unit.revoked is not None and unit.revoked <= day]
    awarded = [unit for unit in lost if unit.awarded <= day]
    return (by_then or awarded or lost)[-1]


def _present(unit: Unit) -> list[Cause]:
    if unit.revoked is None:
        return []
    return [Cause(unit.revoked_by or "", unit.revoked, unit.reason or "")]


def _set(archive: Archive, unit: Unit, cause: Cause | None) -> bool:
    """Write for what cause a title is lost, or that it stands; say if that is new.

    The term for the plaque that was set for this loss stays.
    """
    same = cause is not None and (unit.revoked, unit.revoked_by) == (cause.date, cause.id)
    changes = {
        "revoked": None if cause is None else cause.date,
        "revoked_by": None if cause is None else cause.id,
        "reason": None if cause is None else cause.reason,
        "recover_by": None if cause is None else recover_by(cause.date),
    }
    if cause is None:
        changes["confirmed"] = None
    elif unit.confirmed is None and ownership.is_city(archive):
        changes["confirmed"] = cause.date
    if same and unit.recover_by is not None:
        del changes["recover_by"]
    return writer.update(archive, unit, changes)
