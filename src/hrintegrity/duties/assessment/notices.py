"""The written notice of a result (三(五)): numbered once, kept with its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.chunking import chunks
from hrintegrity.documents import (
    check_template,
    compose,
    pdf_obstacle,
    to_pdf,
)
from hrintegrity.duties import offices, papers
from hrintegrity.duties.assessment import conclusions, roster
from hrintegrity.duties.assessment.register import NumberedNotice, Numbers, numbered_notices
from hrintegrity.duties.assessment.roster import Member
from hrintegrity.duties.assessment.wording import Wording
from hrintegrity.duties.stamping import make_first_key
from hrintegrity.errors import InputError, RuleError

TEMPLATE = "assess/notice"


@dataclass
class Issued:
    """The notices that were numbered or are to be printed again, and whom none is made for.

    Those are listed by their codes, `names` has their names. `not_register`: the district's papers
    are numbered in another archive. `unprintable`: no font has a character of the name. Of those
    that were made, `without_hotline` have no hotline, `early` bear a day before the conclusion's.
    """

    notices: list[papers.Numbered] = field(default_factory=list)
    not_concluded: list[str] = field(default_factory=list)
    not_register: list[str] = field(default_factory=list)
    unprintable: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    without_hotline: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)

    def pass_over(self, codes: list[str], member: Member) -> None:
        """Keep whom no notice is made for, in one of the lists."""
        codes.append(member.code)
        self.names[member.code] = member.name


def issue(
    archive: Archive,
    texts: Sequence[str],
    *,
    year: int | None,
    today: dt.date,
    templates: Path | None = None,
    suffix: str = ".html",
) -> Issued:
    """Number the notices of these agencies, all or none.

    Raises RuleError `not-concluded` or `not-register`, InputError `template-broken`; for a PDF
    InputError `glyph-missing` and what `pdf_obstacle` finds.
    """
    year = offices.campaign(archive, year).year
    found = [conclusions.standing(archive, text, year)[0] for text in texts]
    chosen = [roster.member_of(agency) for agency in {a.id: a for a in found}.values()]
    maker = _NoticeMaker(archive, year, today, templates, suffix)
    maker.issue(chosen)
    return maker.issued


def issue_all(
    archive: Archive,
    *,
    district: str | None,
    year: int | None,
    today: dt.date,
    templates: Path | None = None,
    suffix: str = ".html",
    progress: papers.Progress[Member] = iter,
) -> Issued:
    """Number the notice of every concluded agency, in the order of codes; name the others.

    In the city's archive districts that number elsewhere are passed over, unless nothing else is
    left; so are agencies whose name no font has, for a PDF. Raises RuleError `not-register`,
    InputError `template-broken`, and what `pdf_obstacle` finds.
    """
    year = offices.campaign(archive, year).year
    whose = offices.scope(archive, district)
    maker = _NoticeMaker(archive, year, today, templates, suffix, every=True, city=whose is None)
    concluded = roster.concluded(archive, year)
    chosen = []
    for member in roster.members(archive, whose):
        if member.id in concluded:
            chosen.append(member)
        elif member.status == "active":
            maker.issued.pass_over(maker.issued.not_concluded, member)
    for chunk in chunks(progress(chosen)):
        maker.issue(chunk)
    if maker.refusal is not None and not maker.issued.notices:
        raise maker.refusal
    return maker.issued


class _NoticeMaker:
    """Makes the notices of concluded agencies, chunk by chunk; the words are kept at once."""

    def __init__(
        self,
        archive: Archive,
        year: int,
        today: dt.date,
        templates: Path | None,
        suffix: str,
        *,
        every: bool = False,
        city: bool = False,
    ) -> None:
        check_template(TEMPLATE, templates)
        if suffix == ".pdf" and (obstacle := pdf_obstacle()):
            raise obstacle
        self._archive = archive
        self._year = year
        self._today = today
        self._templates = templates
        self._pdf = suffix == ".pdf"
        self._every = every
        self._city = city
        self._numbers = Numbers(archive, year)
        self._wording = Wording(archive, today)
        self.issued = Issued()
        self.refusal: RuleError | None = None

    def issue(self, members: Sequence[Member]) -> None:
        """Number those notices that have no number yet, and note the others as reprints."""
        standing = self._standing(members)
        numbered = numbered_notices(self._archive, self._year, [member.id for member in members])
        rows = []
        for member in members:
            conclusion = standing[member.id]
            earlier = None
            current = None
            for one in numbered.get(member.id, ()):
                if one.conclusion_id == conclusion.id:
                    current = one
                elif one.sequence < conclusion.sequence:
                    earlier = one
            if current is not None:
                self._note(member, current, earlier, again=True)
                continue
            try:
                number, reference = self._numbers.next(member.district)
            except RuleError as refusal:
                if not self._city:
                    raise
                self.refusal = refusal
                self.issued.pass_over(self.issued.not_register, member)
                continue
            try:
                rows.append(self._row(member, conclusion, earlier, number, reference))
            except InputError as error:
                if error.code != "glyph-missing" or not self._every:
                    raise
                self._numbers.give_back(member.district)
                self.issued.pass_over(self.issued.unprintable, member)
        make_first_key(self._archive)
        writer.insert_many(self._archive, IssuedPaper, rows)

    def _row(
        self,
        member: Member,
        conclusion: Conclusion,
        earlier: NumberedNotice | None,
        number: int,
        reference: str,
    ) -> dict[str, Any]:
        """Return all columns of a new paper with the words to be served."""
        context = self._wording.notice(
            member,
            conclusion,
            number=reference,
            replaces=earlier.reference if earlier else None,
            reopen_reason=earlier.reopen_reason if earlier else None,
        )
        paper = compose(TEMPLATE, context, office_templates=self._templates)
        if self._pdf and not _in_every_font(paper.body):
            # No number is used for a paper that can't be printed.
            to_pdf(paper)
        if context["hotlines"] is None:
            self.issued.without_hotline.append(member.code)
        if conclusion.date > self._today:
            self.issued.early.append(member.code)
        paper_id = new_id()
        new = NumberedNotice(
            id=paper_id,
            reference=reference,
            date=self._today,
            sha256=paper.sha256,
            conclusion_id=conclusion.id,
            sequence=conclusion.sequence,
            reopen_reason=None,
        )
        self._note(member, new, earlier, again=False)
        return {
            "id": paper_id,
            "series": papers.ASSESSMENT,
            "district": member.district,
            "year": self._year,
            "number": number,
            "reference": reference,
            "agency_id": member.id,
            "subject_id": conclusion.id,
            "date": self._today.isoformat(),
            "title": paper.title,
            "body": paper.body,
            "sha256": paper.sha256,
            "replaces_id": earlier.id if earlier else None,
        }

    def _note(
        self,
        member: Member,
        notice: NumberedNotice,
        earlier: NumberedNotice | None,
        *,
        again: bool,
    ) -> None:
        replaces = earlier.reference if earlier else None
        self.issued.notices.append(
            papers.Numbered(
                id=notice.id,
                code=member.code,
                name=member.name,
                number=notice.reference,
                date=notice.date,
                sha256=notice.sha256,
                replaces=replaces,
                again=again,
            )
        )

    def _standing(self, members: Sequence[Member]) -> dict[str, Conclusion]:
        query = select(Conclusion).where(
            Conclusion.year == self._year,
            col(Conclusion.reopened).is_(None),
            col(Conclusion.agency_id).in_([member.id for member in members]),
        )
        return {row.agency_id: row for row in self._archive.session.exec(query)}


def _in_every_font(text: str) -> bool:
    """Say whether fonts for Chinese have all characters: those of GBK they have."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
