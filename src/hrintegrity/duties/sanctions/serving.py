"""Service of a sanction's papers: the notice beforehand, the decision, its annulment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import offices, papers, serving, units
from hrintegrity.duties.sanctions import cases, party, records
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.errors import RuleError
from hrintegrity.notice.words import SERVICE_METHOD
from hrintegrity.rules.numbering import canonical_number
from hrintegrity.rules.procedure import citys_own, refusal

SLIP = "assess/served"


@dataclass(frozen=True)
class Served:
    """Proof of service as scripts see it; `sanction` is the identity of what it is about.

    That is a sanction or a notice beforehand, or the title that a paper takes back.
    """

    id: str
    sanction: str
    code: str
    name: str
    number: str
    date: dt.date
    method: str
    receiver: str


def served(
    archive: Archive,
    identity: str,
    proof: serving.Proof,
    *,
    correct: bool = False,
    reason: str | None = None,
) -> tuple[Served, tuple[str, ...]]:
    """Record that a paper was served: the one whose number is given, else the last one made.

    The revocation of a title (撤销称号决定书) is named by its number. The term for a plaque runs
    from the service of the decision or the revocation. Raises RuleError `not-numbered`,
    `citys-own`, or as the table of steps says; LookupFailedError `already-served`.
    """
    wanted = identity.strip()
    paper = papers.numbered(archive, wanted, series=papers.REVOCATION)
    if paper is None:
        row, agency = records.find_any(archive, wanted)
        paper, about = _meant(archive, row, agency, wanted, proof.date, correct=correct), row.id
    else:
        agency, about = party.agency_of(archive, paper.agency_id), paper.subject_id
        case = cases.case_of(archive, body=paper.district)
        refused = citys_own(case)
        if refused is not None:
            raise RuleError(refused.code, f"{wanted}：{refused.message}。", refused.hint,
                            clause=refused.clause)  # fmt: skip
    service, warnings = serving.record(archive, paper, proof, correct=correct, reason=reason)
    units.allow_time(archive, paper.subject_id, proof.date)
    view = Served(
        id=service.id,
        sanction=about,
        code=agency.code,
        name=agency.name,
        number=paper.reference,
        date=service.date,
        method=service.method,
        receiver=service.receiver,
    )
    return view, warnings


def _meant(
    archive: Archive,
    row: Sanction | SanctionNotice,
    agency: Agency,
    wanted: str,
    date: dt.date,
    *,
    correct: bool,
) -> IssuedPaper:
    """Return the paper that is meant, where its service may be recorded."""
    subjects = [row.id]
    if isinstance(row, Sanction):
        subjects.insert(0, cases.annulment_of(row.id))
        notice = cases.notice_of(archive, row)
        case = cases.case_of(archive, notice=notice, sanction=row)
        step = "serve"
    else:
        case = cases.case_of(archive, notice=row)
        step = "serve-notice"
    found = [paper for s in subjects if (paper := cases.paper_of(archive, s)) is not None]
    number = canonical_number(wanted)
    named = [paper for paper in found if canonical_number(paper.row.reference) == number]
    refused = refusal(case, step, date, rules_of(archive, case.body, date))
    # Which paper was meant is said by its number; one served already may be corrected.
    passed = {"annulment-missing", "already-served"} if named else set()
    if correct:
        passed.add("already-served")
    if refused is not None and refused.code not in passed:
        cases.check(archive, case, step, date, agency, what=f" {row.date} 的惩戒")
    return (named or found)[0].row


def slip(
    archive: Archive,
    paper: IssuedPaper,
    proof: serving.Proof | None,
    *,
    addressee: str | None = None,
) -> Paper:
    """Return the slip of service (送达回证) of a paper, filled in where it was served."""
    agency = party.agency_of(archive, paper.agency_id)
    said: dict[str, Any] = {
        "office": {"name": offices.office_of(archive, paper.district).name},
        "document_title": paper.title,
        "number": paper.reference,
        "addressee": addressee or agency.name,
        "address": None if proof else agency.address,
        "methods": [SERVICE_METHOD.chinese(word) for word in SERVICE_METHOD],
        "method": None if proof is None else SERVICE_METHOD.chinese(proof.method),
        "receiver": None if proof is None else proof.receiver,
        "date_served": None if proof is None else chinese_date(proof.date),
    }
    return compose(SLIP, said)
