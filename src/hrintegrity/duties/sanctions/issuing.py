"""The papers of a sanction: numbered once, in the series of the body that decided, kept as served.

Notices beforehand have a series of their own; decisions and their annulments share one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.documents import Paper, check_template, compose, write_paper
from hrintegrity.duties import papers, units
from hrintegrity.duties.sanctions import cases, records, wording
from hrintegrity.duties.stamping import stamped

BEFOREHAND, DECISION, ANNULMENT = "sanction/beforehand", "sanction/decision", "sanction/annulment"

_MARK = '<p class="redhead">（已撤销）</p>'

Issued = tuple[papers.Numbered, tuple[str, ...]]


def notice_beforehand(
    archive: Archive,
    row: SanctionNotice,
    agency: Agency,
    *,
    templates: Path | None = None,
) -> papers.Numbered:
    """Number a notice beforehand. Raises RuleError `not-register`, InputError `template-broken`."""

    def context_of(number: str) -> dict[str, Any]:
        return wording.beforehand(archive, row, agency, number=number)

    paper = _number(
        archive=archive,
        series=papers.SANCTION_NOTICE,
        row=row,
        subject=row.id,
        date=row.date,
        made=(BEFOREHAND, context_of, templates),
    )
    return _numbered(paper, agency, again=False)


def issue(
    archive: Archive,
    identity: str,
    *,
    today: dt.date,
    original: bool = False,
    templates: Path | None = None,
) -> Issued:
    """Number the decision on a sanction, once withdrawn its annulment, unless it was before.

    With `original`, the decision of a withdrawn one, which is printed with a mark. What was
    numbered elsewhere is printed here too. Raises RuleError as the table of steps says, or
    `not-register`; InputError `template-broken`.
    """
    row, agency = records.find_any(archive, identity)
    if isinstance(row, SanctionNotice):
        paper = cases.paper_of(archive, row.id)
        if paper is None:
            found = notice_beforehand(archive, row, agency, templates=templates)
            return found, ()
        return _numbered(paper.row, agency, again=True), ()
    first = cases.paper_of(archive, row.id)
    annulling = row.withdrawn is not None and not original
    subject = cases.annulment_of(row.id) if annulling else row.id
    known = cases.paper_of(archive, subject) if annulling else first
    case = cases.case_of(archive, notice=cases.notice_of(archive, row), sanction=row)
    if known is not None:
        return _numbered(known.row, agency, again=True), ()
    step = "original" if original else "notice"
    cases.check(archive, case, step, today, agency, what=f" {row.date} 的惩戒")
    if annulling and first is not None:
        withdrawn = row.withdrawn or today
        reference = first.row.reference

        def context_of(number: str) -> dict[str, Any]:
            return wording.annulment(archive, row, agency, number=number, original=reference)

        made = (ANNULMENT, context_of, templates)
        paper_row = _number(
            archive=archive,
            series=papers.SANCTION,
            row=row,
            subject=subject,
            date=withdrawn,
            made=made,
        )
        return _numbered(paper_row, agency, again=False), ()

    def decided(number: str) -> dict[str, Any]:
        return wording.decision(archive, row, agency, number=number)

    units.allow_time(archive, row.id, today)
    made = (DECISION, decided, templates)
    paper_row = _number(
        archive=archive, series=papers.SANCTION, row=row, subject=row.id, date=row.date, made=made
    )
    return _numbered(paper_row, agency, again=False), tuple(_lacking(row))


def check_printable(archive: Archive, issued: papers.Numbered, path: Path) -> None:
    """Refuse a numbered paper that can't be printed. Raises as `papers.check_printable`."""
    row = archive.session.get_one(IssuedPaper, issued.id)
    papers.check_printable(Paper(row.body), path)


def write(archive: Archive, issued: papers.Numbered, path: Path, *, force: bool) -> papers.Numbered:
    """Write a numbered paper as it was served; return it with the file's name.

    A decision that was withdrawn since bears a mark.
    """
    row = archive.session.get_one(IssuedPaper, issued.id)
    sanction = archive.session.get(Sanction, row.subject_id)
    if sanction is not None and sanction.withdrawn is not None:
        write_paper(_marked(archive, row), path, force=force)
    else:
        papers.print_paper(archive, row, path, force=force)
    return replace(issued, written=str(path))


def _marked(archive: Archive, row: IssuedPaper) -> Paper:
    """Return a paper with 已撤销 across its head; the words below are those that were served."""
    body = row.body
    start = body.index(">", body.index("<article")) + 1
    return stamped(archive, row, body[:start] + _MARK + body[start:])


def _number(
    archive: Archive,
    series: str,
    row: Sanction | SanctionNotice,
    subject: str,
    date: dt.date,
    made: tuple[str, Callable[[str], dict[str, Any]], Path | None],
) -> IssuedPaper:
    """Number and keep a paper in the series of the body that decided, by its own date."""
    template, context_of, templates = made
    check_template(template, templates)
    body = cases.body_of(row)
    number = papers.next_number(archive, series, body, date.year)
    reference = papers.reference(archive, series, body, date.year, number)
    paper = compose(template, context_of(reference), office_templates=templates)
    return papers.issue(
        archive,
        paper,
        IssuedPaper(
            series=series,
            district=body,
            year=date.year,
            number=number,
            reference=reference,
            agency_id=row.agency_id,
            subject_id=subject,
            date=date,
            title="",
            body="",
            sha256="",
        ),
    )


def _numbered(row: IssuedPaper, agency: Agency, *, again: bool) -> papers.Numbered:
    return papers.Numbered(
        id=row.id,
        code=agency.code,
        name=agency.name,
        number=row.reference,
        date=row.date,
        sha256=row.sha256,
        replaces=None,
        again=again,
    )


def _lacking(row: Sanction) -> list[str]:
    """Say what a decision does not state and a review of it would ask for."""
    parts = {"证据": row.evidence, "违反的规定": row.violated, "依据": row.basis}
    lacking = [what for what, given in parts.items() if not given]
    if not lacking:
        return []
    return [f"决定书里没有写明{'、'.join(lacking)}；复议、诉讼中会被问到。"]
