"""Score forms to be filled in by hand and imported again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.documents import compose
from hrintegrity.duties import agencies, offices, papers
from hrintegrity.duties.assessment import cases, roster, sheets
from hrintegrity.duties.assessment.roster import Member
from hrintegrity.duties.assessment.standards import Standards, source_named
from hrintegrity.duties.printing import Place, write_each
from hrintegrity.rules.case import Case
from hrintegrity.sheets.form_labels import FormIndicator
from hrintegrity.sheets.scoresheet import write_score_form

SHEET = "assess/sheet"


@dataclass(frozen=True)
class FormView:
    """A form that was written."""

    id: str
    code: str
    name: str
    year: int
    source: str
    written: str


@dataclass(frozen=True)
class Forms:
    """The forms that were written, and how many agencies were passed over: concluded ones."""

    forms: list[FormView]
    concluded: int


def write_forms(
    archive: Archive,
    texts: Sequence[str],
    where: Place,
    *,
    every: bool,
    source: str,
    rater: str,
    district: str | None,
    year: int | None,
    today: dt.date,
    force: bool,
    progress: papers.Progress[Member],
    templates: Path | None = None,
) -> Forms:
    """Write a form for each of these agencies, or for every active one that isn't concluded.

    The suffix of `where` says whether it is a workbook or a paper with the same lines, to be filled
    in by hand. Raises RuleError `concluded`, LookupFailedError `file-exists` before anything is
    written.
    """
    year = offices.campaign(archive, year).year
    concluded = roster.concluded(archive, year)
    if every:
        active = [
            member
            for member in roster.members(archive, offices.scope(archive, district))
            if member.status == "active"
        ]
        chosen = [member for member in active if member.id not in concluded]
        passed_over = len(active) - len(chosen)
    else:
        found = {agency.id: agency for agency in (agencies.find(archive, t) for t in texts)}
        for agency in found.values():
            sheets.refuse_concluded(archive, agency, year)
        chosen, passed_over = list(map(roster.member_of, found.values())), 0
    standards = Standards(archive, year)
    used = {one.district: standards.of(one.district).standard for one in chosen}
    known = {district: source_named(standard, source) for district, standard in used.items()}
    words = {code: standard.word(known[code]) for code, standard in used.items()}
    names = [_file_name(one, words[one.district], where.suffix) for one in chosen]
    targets = where.targets(names)
    where.check(targets, force=force)
    written, printed = [], []
    for member, target in zip(progress(chosen), targets, strict=True):
        asked = known[member.district]
        lines = _lines(cases.by_district(member, standards, today), asked)
        if where.suffix == ".xlsx":
            write_score_form(
                target,
                agency_name=member.name,
                agency_code=member.code,
                year=year,
                source=words[member.district],
                indicators=lines,
                rater=rater,
                force=force,
            )
        else:
            context = {
                "office": {"name": offices.office_of(archive, member.district).name},
                "agency": {"name": member.name, "code": member.code},
                "year": year,
                "public": asked == "public",
                "source": words[member.district],
                "rater": rater,
                "indicators": [
                    {
                        "id": one.number,
                        "name": one.name,
                        "text": one.text,
                        "max": str(one.points),
                    }
                    for one in lines
                ],
            }
            printed.append((compose(SHEET, context, office_templates=templates), target))
        written.append(
            FormView(
                id=member.id,
                code=member.code,
                name=member.name,
                year=year,
                source=asked,
                written=str(target),
            )
        )
    write_each(printed, where, force=force)
    return Forms(written, passed_over)


def _file_name(member: Member, word: str, suffix: str) -> str:
    """Return a name that begins with what tells forms apart, since a long one is cut."""
    return papers.file_name(f"{member.code} {word}", member.name, suffix)


def _lines(case: Case, source: str) -> list[FormIndicator]:
    """Return the lines of what a source is asked about in a case."""
    return [
        FormIndicator(
            indicator.id,
            indicator.name,
            indicator.text,
            indicator.category.heading,
            Decimal(tenths).scaleb(-1) if tenths % 10 else tenths // 10,
        )
        for indicator, tenths in zip(case.annex.indicators, case.standard.points, strict=True)
        if case.asks(source, indicator.id)
    ]
