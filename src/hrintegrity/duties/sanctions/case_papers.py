"""The papers of a case file, each from what was served or recorded, and what of them is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice, SanctionReport
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.recommendation import Conferral, Unit
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import offices, ownership
from hrintegrity.duties.sanctions import cases, party, serving
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.duties.serving import Proof
from hrintegrity.duties.stamping import stamped
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.words import CHANNEL, MEASURE, OUTCOME, REPORT_SYSTEM
from hrintegrity.rules import case_file

RECORD = "sanction/record"
_NOTE = "由本机关登记的记录制作；原件另附的，放在本页之后。"


class Sheet(NamedTuple):
    """One paper of the file: its name, its number or day, and its words."""

    name: str
    about: str
    paper: Paper


def all_of(archive: Archive, agency: Agency) -> list[Sanction | SanctionNotice]:
    """Return the sanctions on an agency and the notices that no decision followed, by day."""
    of_agency = select(Sanction).where(Sanction.agency_id == agency.id)
    sanctioned = archive.session.exec(of_agency).all()
    decided = {row.notice_id for row in sanctioned}
    given = archive.session.exec(
        select(SanctionNotice).where(SanctionNotice.agency_id == agency.id)
    )
    found: list[Sanction | SanctionNotice] = [*sanctioned]
    found += [row for row in given if row.id not in decided]
    return sorted(found, key=lambda row: (row.date, row.id))


def word_of(row: Sanction | SanctionNotice) -> str:
    """Return what kind of sanction a record is about."""
    return MEASURE.chinese(row.kind)


def of(archive: Archive, row: Sanction | SanctionNotice, templates: Path | None) -> Iterator[Sheet]:
    """Yield the papers of one sanction in the order of the steps."""
    notice = cases.notice_of(archive, row) if isinstance(row, Sanction) else row
    if notice is not None:
        yield from _served(archive, notice.id, "事先告知书", row)
        yield from _heard(archive, notice, templates)
    if not isinstance(row, Sanction):
        return
    yield from _served(archive, row.id, sanctions(row.date)[row.kind].paper, row)
    yield from _settled(archive, row, templates)
    yield from _served(archive, cases.annulment_of(row.id), "撤销决定书", row)
    for system, day in _reported(archive, row).items():
        rows = [("系统", REPORT_SYSTEM.chinese(system)), ("记入日期", chinese_date(day)),
                ("记入事项", _what_was_reported(archive, row))]  # fmt: skip
        yield _record(archive, "记入系统的记录", day, rows, templates)


def missing_of(archive: Archive, row: Sanction | SanctionNotice, today: dt.date) -> Iterator[str]:
    """Yield what the file of one sanction lacks."""
    sanction = row if isinstance(row, Sanction) else None
    notice = cases.notice_of(archive, row) if isinstance(row, Sanction) else row
    case = cases.case_of(archive, notice=notice, sanction=sanction)
    kind = sanctions(row.date)[row.kind]
    parts = {"证据": row.evidence, "违反的规定": row.violated, "依据": row.basis}
    held = case_file.Held(
        paper=kind.paper,
        lacking=tuple(what for what, given in parts.items() if not given),
        reported=frozenset(_reported(archive, sanction)) if sanction else frozenset(),
        appointed=bool(sanction.place and sanction.appointed)
        if sanction and kind.appointment
        else None,
        deadline=row.deadline,
        checked=sanction is None or sanction.failed is None or bool(sanction.fail_note),
    )
    rules = rules_of(archive, case.body, row.date)
    yield from case_file.missing(case, held, rules, today)


def of_titles(
    archive: Archive, agency: Agency, cause: str | None, templates: Path | None
) -> Iterator[Sheet]:
    """Yield the papers of the agency's titles, or of those lost through one sanction."""
    for unit in _titles(archive, agency, cause):
        if unit.conferral_id is not None:
            conferral = archive.session.get_one(Conferral, unit.conferral_id)
            yield Sheet(
                "授牌决定",
                conferral.reference,
                Paper(conferral.body, "recommend/conferral", number=conferral.reference),
            )
        complaint = archive.session.get(Complaint, unit.revoked_by or "")
        if complaint is not None and complaint.closed is not None:
            outcome = OUTCOME.chinese(complaint.outcome or "substantiated")
            dishonest = "，属不诚信行为" if complaint.dishonest else ""
            rows = [("被反映机构", agency.name), ("受理日期", chinese_date(complaint.received)),
                    ("受理渠道", CHANNEL.chinese(complaint.channel)), ("事由", complaint.subject),
                    ("办结日期", chinese_date(complaint.closed)),
                    ("办理结果", outcome + dishonest),
                    ("答复", complaint.answer or "")]  # fmt: skip
            yield _record(archive, "投诉举报办理记录", complaint.closed, rows, templates)
        yield from _served(archive, unit.id, "撤销称号决定书", None)
        if unit.recovered is not None:
            rows = [("标牌编号", unit.plaque), ("收回日期", chinese_date(unit.recovered))]
            yield _record(archive, "标牌收回记录", unit.recovered, rows, templates)


def missing_of_titles(
    archive: Archive, agency: Agency, cause: str | None, today: dt.date
) -> Iterator[str]:
    """Yield what the files of these titles lack."""
    for unit in _titles(archive, agency, cause):
        revocation = cases.paper_of(archive, unit.id)
        found = case_file.TitleFile(
            conferred=unit.conferral_id is not None,
            lost=unit.revoked is not None,
            revoked=revocation is not None,
            served=revocation is not None and revocation.served is not None,
            plaque_due=unit.recover_by,
            plaque_back=unit.recovered is not None,
        )
        yield from case_file.missing_of_title(found, today)


def _titles(archive: Archive, agency: Agency, cause: str | None) -> Sequence[Unit]:
    query = select(Unit).where(Unit.agency_id == agency.id).order_by(col(Unit.awarded), Unit.id)
    if cause is not None:
        query = query.where(Unit.revoked_by == cause)
    return archive.session.exec(query).all()


def _served(
    archive: Archive, subject: str, name: str, row: Sanction | SanctionNotice | None
) -> Iterator[Sheet]:
    """Yield a numbered paper as it was served, and the slip that proves it.

    It was served on the practitioner that `row` is about, else on the agency.
    """
    query = (
        select(IssuedPaper, Service)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .where(IssuedPaper.subject_id == subject)
    )
    found = archive.session.exec(query).first()
    if found is None:
        return
    paper, service = found
    yield Sheet(name, paper.reference, stamped(archive, paper))
    proof = cast("Service | None", service)
    if proof is not None:
        person = party.person_of(archive, None if row is None else row.practitioner_id)
        slip = serving.slip(
            archive,
            paper,
            Proof(proof.date, proof.method, proof.receiver),
            addressee=None if person is None else person.name,
        )
        yield Sheet("送达回证", f"{name} {proof.date}", slip)


def _heard(archive: Archive, notice: SanctionNotice, templates: Path | None) -> Iterator[Sheet]:
    if notice.stated is not None:
        words = {"accepted": "全部采纳", "made": "没有全部采纳"}
        rows = [("日期", chinese_date(notice.stated)),
                ("内容", notice.statement or "放弃陈述、申辩")]  # fmt: skip
        if notice.statement_kind != "waived":
            rows.append(("复核结果", words[notice.statement_kind or "made"]))
        if notice.answer:
            rows.append(("复核意见", notice.answer))
        yield _record(archive, "陈述申辩记录", notice.stated, rows, templates)
    if notice.hearing_held is not None:
        asked = notice.hearing_requested or notice.hearing_held
        rows = [("要求听证", chinese_date(asked)), ("举行听证", chinese_date(notice.hearing_held))]
        if notice.hearing_record:
            rows.append(("听证笔录要点", notice.hearing_record))
        yield _record(archive, "听证记录", notice.hearing_held, rows, templates)


def _settled(archive: Archive, row: Sanction, templates: Path | None) -> Iterator[Sheet]:
    for day, result in ((row.failed, "整改不到位"), (row.mended, "整改完毕")):
        if day is not None:
            rows = [("日期", chinese_date(day)), ("结果", result)]
            if result == "整改不到位" and row.fail_note:
                rows.append(("核查情况", row.fail_note))
            yield _record(archive, "整改结果记录", day, rows, templates)


def _record(
    archive: Archive,
    heading: str,
    day: dt.date,
    rows: Sequence[tuple[str, str]],
    templates: Path | None,
) -> Sheet:
    office = offices.office_of(archive, ownership.owner(archive).code)
    said = {
        "office": {"name": office.name},
        "heading": heading,
        "rows": [{"label": label, "text": text} for label, text in rows],
        "note": _NOTE,
    }
    return Sheet(heading, day.isoformat(), compose(RECORD, said, office_templates=templates))


def _what_was_reported(archive: Archive, row: Sanction) -> str:
    """Return in Chinese which event a system heard of, and of which paper."""
    event = "作出" if row.withdrawn is None else "撤销"
    paper = cases.paper_of(archive, row.id)
    number = f"（{paper.row.reference}）" if paper else ""
    return f"{event}{word_of(row)}{number}"


def _reported(archive: Archive, row: Sanction) -> dict[str, dt.date]:
    """Return when each system heard of the last event: the measure, or its withdrawal."""
    event = "imposed" if row.withdrawn is None else "withdrawn"
    query = (
        select(SanctionReport)
        .where(SanctionReport.sanction_id == row.id, SanctionReport.event == event)
        .order_by(col(SanctionReport.reported).desc())
    )
    return {
        one.system: one.reported for one in archive.session.exec(query) if one.reported is not None
    }
