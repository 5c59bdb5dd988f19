"""The dossier on paper: what its template needs, from the dossier alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import offices, ownership
from hrintegrity.duties.dossier.parts import Dossier
from hrintegrity.duties.dossier.wording import worded

TEMPLATE = "dossier/dossier"


def office_of(archive: Archive) -> dict[str, str | None]:
    """Return what the paper says of the office that keeps the dossiers."""
    office = offices.office_of(archive, ownership.owner(archive).code)
    return {"name": office.name, "department": office.department}


def printed(
    found: Dossier,
    *,
    office: dict[str, str | None],
    today: dt.date,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
    templates: Path | None,
) -> Paper:
    """Return the dossier as a paper of whoever keeps it. Raises as `documents.compose`."""
    return compose(
        TEMPLATE,
        context(
            found,
            office=office,
            today=today,
            as_of=as_of,
            known_at=known_at,
        ),
        office_templates=templates,
    )


def context(
    found: Dossier,
    *,
    office: dict[str, str | None],
    today: dt.date,
    as_of: dt.date | None,
    known_at: dt.datetime | None,
) -> dict[str, Any]:
    """Return all that the paper says."""
    return {
        "office": office,
        "agency": {"name": found.basic["name"], "code": found.basic["code"]},
        "as_of": None if as_of is None else chinese_date(as_of),
        "known_at": None
        if known_at is None
        else f"{chinese_date(known_at.date())}{known_at:%H:%M:%S}",
        "date": chinese_date(today),
        "parts": [part.as_context() for part in worded(found)],
    }
