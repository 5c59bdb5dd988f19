"""The case file (案卷) that a review board would ask for: papers in order, and what is missing."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionNotice
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose, pdf_obstacle, to_docx, to_pdf
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.papers import file_name
from hrintegrity.duties.sanctions import case_papers, records
from hrintegrity.duties.sanctions.case_papers import Sheet
from hrintegrity.errors import LookupFailedError
from hrintegrity.files import check_suffix, refuse_existing, whole_file

CONTENTS = "sanction/contents"
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class CaseFile:
    """What was written: the papers in their order, and what the file lacks, each in words."""

    id: str
    file: str
    papers: list[str]
    missing: list[str]


def check_target(path: Path, *, force: bool) -> None:
    """Refuse what could not be written: see `files`."""
    check_suffix(path, ".zip")
    refuse_existing(path, force=force)


def write(
    archive: Archive,
    text: str,
    path: Path,
    *,
    today: dt.date,
    force: bool = False,
    templates: Path | None = None,
) -> CaseFile:
    """Write the file of a sanction (its identity or number), or of all about an agency.

    Papers are PDF where one can be made, else Word. Raises LookupFailedError `sanction-missing` or
    `agency-missing`.
    """
    row, agency = _meant(archive, text)
    found = [row] if row is not None else case_papers.all_of(archive, agency)
    sheets = [sheet for one in found for sheet in case_papers.of(archive, one, templates)]
    missing = [what for one in found for what in _missing(archive, one, today, named=row is None)]
    titles = None if row is None else row.id
    sheets += case_papers.of_titles(archive, agency, titles, templates)
    missing += case_papers.missing_of_titles(archive, agency, titles, today)
    party = agency.name
    contents = Sheet(
        "案卷目录",
        chinese_date(today),
        _contents(
            archive=archive,
            sheets=sheets,
            party=party,
            missing=missing,
            today=today,
            templates=templates,
        ),
    )
    written = [contents, *sheets]
    names = _write(path, written, force=force)
    return CaseFile(row.id if row is not None else agency.id, str(path), names, missing)


def _meant(archive: Archive, text: str) -> tuple[Sanction | SanctionNotice | None, Agency]:
    try:
        return records.find_any(archive, text)
    except LookupFailedError as error:
        if error.code != "sanction-missing":
            raise
    return None, agencies.find(archive, text)


def _missing(
    archive: Archive, row: Sanction | SanctionNotice, today: dt.date, *, named: bool
) -> Iterator[str]:
    about = f"{row.date} {case_papers.word_of(row)}：" if named else ""
    for what in case_papers.missing_of(archive, row, today):
        yield about + what


def _contents(
    archive: Archive,
    sheets: Sequence[Sheet],
    party: str,
    missing: Sequence[str],
    today: dt.date,
    templates: Path | None,
) -> Paper:
    office = offices.office_of(archive, offices.owner(archive).code)
    said = {
        "office": {"name": office.name},
        "papers": [{"name": sheet.name, "about": sheet.about} for sheet in sheets],
        "party": party,
        "missing": list(missing),
        "date": chinese_date(today),
    }
    return compose(CONTENTS, said, office_templates=templates)


def _write(path: Path, sheets: Sequence[Sheet], *, force: bool) -> list[str]:
    """Write the papers, numbered in their order; return their names in the file."""
    suffix, made = (".pdf", to_pdf) if pdf_obstacle() is None else (".docx", to_docx)
    names = []
    with whole_file(path, force=force) as temporary, zipfile.ZipFile(temporary, "w") as package:
        for place, sheet in enumerate(sheets):
            name = file_name(f"{place:02d}", f"{sheet.name} {sheet.about}".strip(), suffix)
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, made(sheet.paper))
            names.append(name)
    return names
