"""A complaint from its receipt to its answer (三(三) 四, 四(三)), and what it may cost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.duties import agencies, ownership, units
from hrintegrity.duties.complaints import complainants, terms
from hrintegrity.duties.complaints.views import CaseView, CaseWithContacts, view
from hrintegrity.duties.entering import odd_day, of_id, own_agency, words
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.words import COMPLAINT_KIND, OUTCOME
from hrintegrity.rules import complaints as rules
from hrintegrity.rules.titles import complaint_reason

CLAUSE = "四(三)"


@dataclass(frozen=True)
class Closed:
    """A closed complaint, the titles it cost, and what has to be said."""

    case: CaseView
    lost: tuple[units.UnitView, ...]
    warnings: tuple[str, ...]


def add(
    archive: Archive,
    text: str | None,
    *,
    received: dt.date,
    channel: str,
    subject: str,
    today: dt.date,
    kind: str = "complaint",
    by: str | None = None,
    due: dt.date | None = None,
    name: str | None = None,
    contact: str | None = None,
    district: str | None = None,
) -> tuple[CaseView, tuple[str, ...]]:
    """Enter a complaint; only a suggestion may be about no agency.

    Raises UsageError `agency-missing`, LookupFailedError `complaint-exists`.
    """
    agency = None if text is None else agencies.find(archive, text)
    if agency is None and kind != "suggestion":
        raise UsageError(
            "agency-missing",
            f"{COMPLAINT_KIND.chinese(kind)}要写明是哪家机构。",
            "请给出机构；只有意见建议（--kind suggestion）可以不针对机构。",
            clause=CLAUSE,
        )
    subject = words(subject, "事由")
    place = agency.district if agency else ownership.scope(archive, district) or ownership.CITY
    agency_id = agency.id if agency else None
    known = archive.session.exec(
        select(Complaint).where(
            Complaint.agency_id == agency_id,
            Complaint.district == place,
            Complaint.received == received,
            Complaint.subject == subject,
        )
    ).first()
    if known is not None:
        raise LookupFailedError(
            "complaint-exists",
            f"{received} 的这件{COMPLAINT_KIND.chinese(known.kind)}已登记，编号 {known.id}。",
            "确是另一件的，请在事由里写出区别；"
            f"要更正，用 hri complaint edit {known.id} --reason 理由。",
        )
    row = writer.insert(
        archive,
        Complaint(
            agency_id=agency_id,
            district=place,
            received=received,
            channel=channel,
            kind=kind,
            subject=subject,
            made_by=by,
            due=due or terms.due(archive, received, place),
        ),
    )
    complainants.keep(archive, row, name=name, contact=contact)
    warnings = odd_day(agency, received, what="受理日期") if agency else ()
    if due is not None and due < received:
        warnings += (f"办理期限 {due} 早于受理日期 {received}，请核对。",)
    warnings += rules.contact_warnings(subject, name=name, contact=contact)
    return view(archive, row.id, today), warnings


def close(
    archive: Archive,
    identity: str,
    *,
    date: dt.date,
    outcome: str,
    answer: str,
    today: dt.date,
    dishonest: bool = False,
) -> Closed:
    """Close a complaint with its answer; proven dishonesty takes a unit's title at once (三(八)2).

    Raises RuleError `already-closed` or `outcome-mismatch`, UsageError `not-substantiated`.
    """
    row, agency = find(archive, identity)
    if row.closed is not None:
        raise RuleError(
            "already-closed",
            f"这件{COMPLAINT_KIND.chinese(row.kind)}已于 {row.closed} 办结"
            f"（{OUTCOME.chinese(str(row.outcome))}）。",
            f"要更正，先用 hri complaint reopen {row.id} --reason 理由 重新打开。",
            clause=CLAUSE,
        )
    refused = rules.refusal(row.kind, outcome, dishonest=dishonest)
    if refused is not None:
        raise refused
    answer = words(answer, "答复")
    writer.update(archive, row, closed=date, outcome=outcome, answer=answer, dishonest=dishonest)
    warnings: tuple[str, ...] = ()
    due = terms.of(archive, row)
    if date < row.received:
        warnings = (f"办结日期 {date} 早于受理日期 {row.received}，请核对。",)
    elif date > due:
        warnings = (f"办结日期 {date} 晚于办理期限 {due}。",)
    warnings += complainants.warnings_of(archive, row)
    lost: list[units.UnitView] = []
    if dishonest and agency is not None:
        reason = complaint_reason(row.subject)
        lost = units.lose_title(archive, agency, date=date, cause=row.id, reason=reason)
    return Closed(view(archive, row.id, today), tuple(lost), warnings)


def reopen(archive: Archive, identity: str, *, reason: str, today: dt.date) -> Closed:
    """Take back that a complaint was closed; a title that it cost is given back.

    Raises RuleError `not-closed`.
    """
    row, agency = find(archive, identity)
    if row.closed is None:
        raise RuleError(
            "not-closed",
            f"这件{COMPLAINT_KIND.chinese(row.kind)}还没有办结。",
            "无需重新打开。",
            clause=CLAUSE,
        )
    was_dishonest = row.dishonest
    writer.update(
        archive, row, closed=None, outcome=None, answer=None, dishonest=False, reason=reason
    )
    restored: list[units.UnitView] = []
    if was_dishonest and agency is not None:
        restored = units.restore_title(archive, agency, cause=row.id)
    return Closed(view(archive, row.id, today), tuple(restored), ())


def edit(
    archive: Archive,
    identity: str,
    *,
    reason: str,
    today: dt.date,
    agency: str | None = None,
    received: dt.date | None = None,
    channel: str | None = None,
    subject: str | None = None,
    kind: str | None = None,
    by: str | None = None,
    due: dt.date | None = None,
    name: str | None = None,
    contact: str | None = None,
) -> tuple[CaseView, tuple[str, ...]]:
    """Correct what was entered of a complaint that is open; say what has to be warned of.

    Raises RuleError `already-closed`, `nothing-changed` or `agency-missing`.
    """
    row, about = find(archive, identity)
    if row.closed is not None:
        raise RuleError(
            "already-closed",
            "已办结的不能更正。",
            f"先用 hri complaint reopen {row.id} --reason 理由 重新打开。",
        )
    new: dict[str, Any] = {
        "received": received, "channel": channel, "kind": kind, "made_by": by, "due": due
    }  # fmt: skip
    new = {key: value for key, value in new.items() if value is not None}
    if subject is not None:
        new["subject"] = words(subject, "事由")
    if agency is not None:
        about = agencies.find(archive, agency)
        new |= {"agency_id": about.id, "district": about.district}
    if about is None and new.get("kind", row.kind) != "suggestion":
        raise RuleError(
            "agency-missing", "投诉、举报要写明是哪家机构。", "请用 --agency 给出。", clause=CLAUSE
        )
    changed = writer.update(archive, row, reason=reason, **new)
    changed = complainants.keep(archive, row, name=name, contact=contact, reason=reason) or changed
    if not changed:
        raise RuleError("nothing-changed", "没有要改的内容。", "请给出新的值。")
    return view(archive, row.id, today), complainants.warnings_of(archive, row)


def show(archive: Archive, identity: str, *, today: dt.date) -> CaseView:
    """Return a complaint without who made it."""
    row, _ = find(archive, identity)
    return view(archive, row.id, today)


def show_with_contacts(archive: Archive, identity: str, *, today: dt.date) -> CaseWithContacts:
    """Return a complaint with who made it; that they were looked at is journalled."""
    row, _ = find(archive, identity)
    person = complainants.of(archive, row.id)
    writer.note(archive, "show-contacts", row)
    base = view(archive, row.id, today)
    return CaseWithContacts(
        **vars(base),
        complainant=person.name if person else None,
        contact=person.contact if person else None,
    )


def find(archive: Archive, identity: str) -> tuple[Complaint, Agency | None]:
    """Return a complaint and its agency.

    Raises LookupFailedError `record-missing`, RuleError `not-ours`.
    """
    row = of_id(archive, Complaint, identity, "投诉举报", "hri complaint list")
    if row.agency_id is not None:
        return row, own_agency(archive, row.agency_id)
    ownership.scope(archive, row.district)
    return row, None
