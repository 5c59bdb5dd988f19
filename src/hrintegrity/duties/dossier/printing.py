"""The dossiers of all active agencies, each in a file of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.chunking import chunks
from hrintegrity.documents import Paper
from hrintegrity.duties import agency_views
from hrintegrity.duties.dossier import dossiers
from hrintegrity.duties.dossier.paper import office_of, printed
from hrintegrity.duties.papers import Progress, file_name
from hrintegrity.duties.printing import Place
from hrintegrity.packing import Packed

_AT_ONCE = 100
"""Of so many agencies the rows are in memory."""


@dataclass(frozen=True)
class Written:
    """An agency whose dossier was written, and the file; None where a font lacks a character."""

    id: str
    code: str
    name: str
    written: str | None


def write_all(
    archive: Archive,
    where: Place,
    *,
    district: str | None,
    today: dt.date,
    templates: Path | None,
    force: bool,
    progress: Progress[agency_views.AgencyView],
) -> list[Written]:
    """Write the dossier of every active agency of a district or of all into a folder.

    A dossier that holds a character no font has is left out of PDF files. Raises as
    `documents.write_paper`, before anything is written LookupFailedError `file-exists`.
    """
    from hrintegrity.documents import many  # noqa: PLC0415 — processes take long to import.

    active = agency_views.listing(archive, today=today, district=district, status="active")
    agencies = Packed(active)
    targets = where.targets([file_name(one.code, one.name, where.suffix) for one in agencies])
    where.check(targets, force=force)
    office = office_of(archive)

    def papers() -> Iterator[Paper]:
        for chunk in chunks(progress(agencies), _AT_ONCE):
            for found in dossiers(archive, [one.id for one in chunk], today=today):
                yield printed(
                    found,
                    office=office,
                    today=today,
                    as_of=None,
                    known_at=None,
                    templates=templates,
                )

    made = many.write_papers(zip(papers(), targets, strict=True), len(agencies), force=force)
    written = []
    for agency, target, obstacle in zip(agencies, targets, made, strict=True):
        if obstacle is not None and obstacle.code != "glyph-missing":
            raise obstacle
        file = str(target) if obstacle is None else None
        written.append(Written(agency.id, agency.code, agency.name, file))
    return written
