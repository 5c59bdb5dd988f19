"""What the papers of a sanction say, from records and law alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice, SanctionReport
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.days import chinese_date
from hrintegrity.duties import hotlines, offices, ownership
from hrintegrity.duties.sanctions import cases, party
from hrintegrity.duties.sanctions.preceding import preceding
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.notice.clauses import CLAUSES, NOTICE_TITLE, in_papers
from hrintegrity.notice.disclosure import default_list, public_until
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.remedies import remedies
from hrintegrity.notice.terms import own_terms
from hrintegrity.notice.words import REPORT_SYSTEM
from hrintegrity.text import fold

SANCTION_CLAUSES = ("三(八)", "三(八)2")
"""The clauses by which every sanction is decided; the papers cite them by themselves."""


def beforehand(
    archive: Archive, row: SanctionNotice, agency: Agency, *, number: str
) -> dict[str, Any]:
    """Return what the notice beforehand says (事先告知书, with 听证告知 where a kind has it)."""
    said = _common(archive, row, agency, number=number, date=row.date)
    rules = rules_of(archive, cases.body_of(row), row.date)
    hearing = rules.of(row.kind).hearing
    return said | {
        "public": row.practitioner_id is None and row.kind in default_list(row.date),
        "statement": _term(rules.statement.days, rules.statement.working),
        "statement_law": rules.cites_statement,
        "hearing": _term(rules.hearing.days, rules.hearing.working) if hearing else None,
        "hearing_law": rules.cites_hearing if hearing else None,
    }


def decision(archive: Archive, row: Sanction, agency: Agency, *, number: str) -> dict[str, Any]:
    """Return what the decision says; it bears its own date, whenever it is printed."""
    said = _common(archive, row, agency, number=number, date=row.date)
    kind = sanctions(row.date)[row.kind]
    published = row.practitioner_id is None and row.kind in default_list(row.date)
    until = public_until(row.kind, row.date, serious=row.serious) if published else None
    return said | {
        "called": kind.called,
        "asks": [_filled(text, said["words"] | _appointment(row)) for text in kind.asks],
        "before": _before(archive, row),
        "preceding": preceding(archive, row),
        "attributed": row.attributed,
        "title": _title(archive, row),
        "public_until": None if until is None else chinese_date(until),
        "remedies": remedies_said(cases.body_of(row), row.date),
    }


def annulment(
    archive: Archive, row: Sanction, agency: Agency, *, number: str, original: str
) -> dict[str, Any]:
    """Return what the annulment of a decision says (撤销决定书)."""
    withdrawn = row.withdrawn or row.date
    published = row.practitioner_id is None and row.kind in default_list(row.date)
    said = _common(archive, row, agency, number=number, date=withdrawn)
    kind = sanctions(row.date)[row.kind]
    restored = []
    if kind.review is not None:
        restored.append(f"你机构{row.review_year}年度年审依法重新办理")
    if row.closed_agency:
        restored.append(f"恢复{said['words']['licence']}的效力")
    return said | {
        "paper": kind.paper,
        "called": kind.called,
        "original": original,
        "original_date": chinese_date(row.date),
        "reason": row.withdraw_reason,
        "restored": restored,
        "reported": [
            {"system": REPORT_SYSTEM.chinese(system), "date": chinese_date(day)}
            for system, day in _reported(archive, row)
        ],
        "published": published or row.scope is not None,
        "remedies": remedies_said(cases.body_of(row), withdrawn),
    }


def remedies_said(body: str, day: dt.date) -> dict[str, Any]:
    """Return the remedies against a decision as papers name them."""
    found = remedies(body, day)
    return {
        "review_days": found.review_days,
        "review_bodies": "或者".join(found.review_bodies),
        "suit_months": found.suit_months,
        "court": found.court,
    }


def _common(
    archive: Archive, row: Sanction | SanctionNotice, agency: Agency, *, number: str, date: dt.date
) -> dict[str, Any]:
    office = offices.office_of(archive, cases.body_of(row))
    person = party.person_of(archive, row.practitioner_id)
    kind = sanctions(row.date)[row.kind]
    words = _words(row, agency, person)
    scope = row.scope if isinstance(row, Sanction) else None
    words["scope"] = f"（范围和方式：{scope}）" if scope else ""
    return {
        "office": {"name": office.name, "department": office.department},
        "contact": hotlines.contact(archive, cases.body_of(row), date),
        "number": number,
        "addressee": agency.name if person is None else person.name,
        "agency": {"name": agency.name, "code": agency.code},
        "staff": None
        if person is None
        else {"name": person.name, "certificate": person.certificate},
        "kind": row.kind,
        "word": kind.word,
        "title_of_paper": kind.paper,
        "facts": row.grounds,
        "evidence": row.evidence,
        "violated": row.violated,
        "basis": _basis_beside(row.basis),
        "words": words,
        "decides": _filled(kind.decides, words),
        "date": chinese_date(date),
    }


def _basis_beside(basis: str | None) -> str | None:
    """Return the basis that a paper names beside the notice's own clause on sanctions.

    That clause itself, in the short form of this program, is no second basis; another clause of
    the notice is cited in full.
    """
    clause = next((one for one in CLAUSES if _bare(one) == _bare(basis or "")), None)
    if clause is None:
        return basis
    return None if clause in SANCTION_CLAUSES else f"《{NOTICE_TITLE}》{in_papers(clause)}"


def _bare(clause: str) -> str:
    return "".join(fold(clause).split()).removeprefix("通知")


def _words(
    row: Sanction | SanctionNotice, agency: Agency, person: Practitioner | None
) -> dict[str, str]:
    number = f"（编号：{agency.license}）" if agency.license else ""
    return {
        "you": "你机构" if person is None else "你",
        "head": "你机构法定代表人或者负责人" if person is None else "你",
        "when": "于　　　　年　　月　　日　　时到　　　　　　　　",
        "deadline": "" if row.deadline is None else chinese_date(row.deadline),
        "year": str(row.review_year or ""),
        "licence": f"《人力资源服务许可证》{number}",
    }


def _reported(archive: Archive, row: Sanction) -> list[tuple[str, dt.date]]:
    """Return to which systems a measure was reported, and when."""
    query = (
        select(SanctionReport)
        .where(SanctionReport.sanction_id == row.id, SanctionReport.event == "imposed")
        .order_by(col(SanctionReport.reported))
    )
    found = {one.system: one.reported for one in archive.session.exec(query) if one.reported}
    return [(system, found[system]) for system in REPORT_SYSTEM if system in found]


def _filled(text: str, words: dict[str, str]) -> str:
    """Return a text of the data with its places filled; an unknown place is a broken file."""
    return text.format_map(words)


def _appointment(row: Sanction) -> dict[str, str]:
    """Return when and where an interview is held, as far as it was entered."""
    if row.appointed is None and row.place is None:
        return {}
    when = ""
    if row.appointed is not None:
        moment = dt.datetime.fromisoformat(row.appointed)
        when = f"于{chinese_date(moment.date())}{moment.hour}时"
        when += f"{moment.minute}分" if moment.minute else ""
    return {"when": when + (f"到{row.place}" if row.place else "到我局")}


def _term(days: int, working: bool) -> str:
    return f"{days}个工作日" if working else f"{days}日"


def _before(archive: Archive, row: Sanction) -> dict[str, Any] | None:
    """Return the notice that came before a decision, and how the statement was taken."""
    notice = cases.notice_of(archive, row)
    if notice is None:
        return None
    paper = cases.paper_of(archive, notice.id)
    served = None if paper is None else paper.served
    return {
        "number": None if paper is None else paper.row.reference,
        "paper": "书面告知" if paper is None else f"《{paper.row.title}》",
        "date": chinese_date(notice.date),
        "served": None if served is None else chinese_date(served),
        "statement": notice.statement_kind or "none",
        "stated": None if notice.stated is None else chinese_date(notice.stated),
        "text": notice.statement,
        "answer": notice.answer,
        "hearing": None if notice.hearing_held is None else chinese_date(notice.hearing_held),
        "record": notice.hearing_record,
    }


def _title(archive: Archive, row: Sanction) -> dict[str, Any] | None:
    """Return the title that a sanction takes: who conferred it revokes it, by another decision."""
    unit = archive.session.exec(select(Unit).where(Unit.revoked_by == row.id)).first()
    if unit is None:
        return None
    return {
        "plaque": unit.plaque,
        "days": own_terms(row.date).plaque_days,
        "by_city": cases.body_of(row) == ownership.CITY,
    }
