"""The notice beforehand (事先告知), and what the party says to it: statement, waiver, hearing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import SanctionNotice
from hrintegrity.duties import agencies, papers
from hrintegrity.duties.entering import words
from hrintegrity.duties.sanctions import cases, issuing, party, records
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.errors import UsageError
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.procedure import Procedure
from hrintegrity.rules.procedure import term_ends
from hrintegrity.rules.proposals import Proposal, doubts, incomplete

Answered = tuple[records.SanctionView, tuple[str, ...]]


@dataclass(frozen=True)
class Intent:
    """What is intended, and why: facts, their proof, the rules broken and those applied."""

    kind: str
    facts: str
    evidence: str
    violated: str
    basis: str
    date: dt.date
    deadline: dt.date | None = None
    review_year: int | None = None
    staff: str | None = None


@dataclass(frozen=True)
class Notified:
    """A notice that was given, its numbered paper, and what looks odd about it.

    `until` is the last day for a statement, counted from the notice's own date.
    """

    sanction: records.SanctionView
    paper: papers.Numbered
    until: dt.date
    warnings: tuple[str, ...]


def notify(
    archive: Archive, text: str, intent: Intent, *, today: dt.date, templates: Path | None = None
) -> Notified:
    """Give notice of a sanction that is intended, and number its paper.

    Raises UsageError for what the kind lacks, by `rules.proposals.incomplete`; LookupFailedError
    `staff-missing`; RuleError `not-register`; InputError `template-broken`.
    """
    agency = agencies.find(archive, text)
    proposal = Proposal(
        kind=intent.kind,
        date=intent.date,
        grounds=intent.facts,
        basis=intent.basis,
        deadline=intent.deadline,
        review_year=intent.review_year,
        staff=intent.staff is not None,
    )
    if (refusal := incomplete(proposal)) is not None:
        raise UsageError(refusal.code, f"{refusal.message}。", refusal.hint, clause=refusal.clause)
    measure = sanctions(intent.date)[intent.kind]
    person, warnings = party.practitioner(archive, agency, intent.staff, intent.date)
    warnings += doubts(proposal)
    if measure.needs_deadline and intent.deadline is not None and intent.deadline < intent.date:
        warnings += (f"整改期限 {intent.deadline} 早于告知之日 {intent.date}，请核对。",)
    row = writer.insert(
        archive,
        SanctionNotice(
            agency_id=agency.id,
            practitioner_id=None if person is None else person.id,
            district=agency.district,
            kind=intent.kind,
            grounds=words(intent.facts, "事实"),
            evidence=words(intent.evidence, "证据"),
            violated=words(intent.violated, "违反的规定"),
            basis=words(intent.basis, "依据"),
            date=intent.date,
            deadline=intent.deadline if measure.needs_deadline else None,
            review_year=intent.review_year if measure.at_review else None,
            decided_by=cases.decided_by(archive, agency),
        ),
    )
    paper = issuing.notice_beforehand(archive, row, agency, templates=templates)
    case = cases.case_of(archive, notice=row)
    rules = rules_of(archive, case.body, row.date)
    until = term_ends(row.kind, case.notice, rules) if case.notice else row.date
    return Notified(records.view(archive, row, today), paper, until, tuple(warnings))


def record_statement(
    archive: Archive,
    identity: str,
    *,
    date: dt.date,
    today: dt.date,
    text: str | None = None,
    answer: str | None = None,
    accepted: bool = False,
    waived: bool = False,
) -> Answered:
    """Record what the party said, or that it waived that; `accepted` in full ends the case.

    `answer` is what the office found when it looked at the statement. Raises UsageError
    `text-missing` or `wrong-usage`, RuleError as the table of steps says.
    """
    row, agency = records.find_notice(archive, identity)
    if waived and (accepted or text or answer):
        raise UsageError(
            "wrong-usage", "--waived 不能与 --text、--answer、--accepted 同用。", "请分开登记。"
        )
    if not waived and not (text or "").strip():
        raise UsageError(
            "text-missing", "没有写明陈述申辩的内容", "请用 --text 写明，或 --waived。"
        )
    decision = cases.decision_on(archive, row)
    case = cases.case_of(archive, notice=row, sanction=decision)
    cases.check(archive, case, "statement", date, agency)
    kind = "waived" if waived else "accepted" if accepted else "made"
    said = None if waived else words(text, "陈述申辩")
    writer.update(
        archive, row, statement_kind=kind, statement=said, stated=date, answer=answer or None
    )
    warnings = []
    if kind == "made" and not answer:
        warnings.append("没有登记复核意见（--answer）：决定书里应写明为什么没有采纳。")
    if date < row.date:
        waiver = "告知以前的放弃不算，期限仍按告知书起算；" if waived else ""
        warnings.append(
            f"{date} 早于告知书的日期 {row.date}，请核对；{waiver}"
            "登错的，再用 hri sanction statement 登记一次更正。"
        )
    return records.view(archive, row, today), tuple(warnings)


def hearing(
    archive: Archive,
    identity: str,
    *,
    today: dt.date,
    requested: dt.date | None = None,
    held: dt.date | None = None,
    record: str | None = None,
) -> Answered:
    """Record that a hearing was asked for, or held, with what its `record` says.

    Raises UsageError `wrong-usage` without either or with both, RuleError as the table says.
    """
    row, agency = records.find_notice(archive, identity)
    date = requested or held
    if date is None or (requested and (held or record)):
        raise UsageError(
            "wrong-usage", "请写明何时要求（--requested）或何时举行（--held）。", "分两次登记。"
        )
    decision = cases.decision_on(archive, row)
    case = cases.case_of(archive, notice=row, sanction=decision)
    step = "request-hearing" if requested else "hold-hearing"
    cases.check(archive, case, step, date, agency)
    warnings = []
    if date < row.date:
        warnings.append(f"{date} 早于告知书的日期 {row.date}，请核对。")
    rules = rules_of(archive, case.body, row.date)
    if requested:
        writer.update(archive, row, hearing_requested=requested)
        if case.notice is not None and requested > (
            last := term_ends(row.kind, case.notice, rules)
        ):
            warnings.append(f"要求听证的期限到 {last}，{requested} 已过，请核对是否仍予举行。")
    else:
        writer.update(archive, row, hearing_held=held, hearing_record=record or None)
        warnings += _odd_hearing(row, rules)
    return records.view(archive, row, today), tuple(warnings)


def _odd_hearing(row: SanctionNotice, rules: Procedure) -> list[str]:
    """Say what looks odd about a hearing that was held."""
    asked, held = row.hearing_requested, row.hearing_held
    warnings = []
    if asked is not None and held is not None and held < asked:
        warnings.append(f"举行日期 {held} 早于要求听证的 {asked}，请核对。")
    elif asked is not None and held is not None and (held - asked).days < rules.hearing_before:
        warnings.append(
            f"听证应在举行的{rules.hearing_before}日前通知时间、地点，"
            f"而 {asked} 要求、{held} 即举行，请核对。"
        )
    if not row.hearing_record:
        warnings.append("没有登记听证笔录的要点和结论（--record），决定应根据听证笔录作出。")
    return warnings


def drop(
    archive: Archive, row: SanctionNotice, *, date: dt.date, reason: str, today: dt.date
) -> records.SanctionView:
    """Take a notice back: nothing is decided on it. Raises as the table of steps says."""
    agency = party.agency_of(archive, row.agency_id)
    decision = cases.decision_on(archive, row)
    case = cases.case_of(archive, notice=row, sanction=decision)
    cases.check(archive, case, "withdraw-notice", date, agency)
    writer.update(archive, row, withdrawn=date, withdraw_reason=reason, reason=reason)
    return records.view(archive, row, today)
