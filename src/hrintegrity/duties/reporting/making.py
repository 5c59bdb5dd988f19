"""That the summary was made as a paper, with its words and figures, so that it counts as made."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.campaign import Summary as SummaryRow
from hrintegrity.compact_json import encode
from hrintegrity.documents import Paper, compose, write_paper
from hrintegrity.duties.reporting import wording
from hrintegrity.duties.reporting.summary import WHOLE_CITY, Summary


@dataclass(frozen=True)
class Made:
    """A summary that was made, as scripts see it; `again` says that these very words were before.

    `late` says that the day it bears is after the deadline; the 5th itself is in time.
    """

    id: str
    district: str | None
    year: int
    date: dt.date
    title: str
    sha256: str
    late: bool
    again: bool
    file: str


def write(summary: Summary, path: Path, *, force: bool, templates: Path | None = None) -> Paper:
    """Write the summary as a paper; return what it says.

    Raises InputError `template-broken`, and what `documents.write_paper` raises.
    """
    paper = compose(wording.TEMPLATE, wording.context(summary), office_templates=templates)
    write_paper(paper, path, force=force)
    return paper


def record(archive: Archive, summary: Summary, paper: Paper, file: str) -> Made:
    """Enter the summary that was written; the same words are entered once."""
    district = summary.district or WHOLE_CITY
    row = archive.session.exec(
        select(SummaryRow)
        .where(SummaryRow.district == district, SummaryRow.year == summary.year)
        .order_by(col(SummaryRow.id).desc())
    ).first()
    again = row is not None and row.sha256 == paper.sha256
    if row is None or not again:
        figures = {name: _plain(one.value) for name, one in summary.figures.items()}
        row = writer.insert(
            archive,
            SummaryRow(
                district=district,
                year=summary.year,
                date=summary.date,
                title=paper.title,
                body=paper.body,
                sha256=paper.sha256,
                figures=encode(figures),
                made_of=_made_of(summary),
            ),
        )
    late = summary.district is not None and summary.date > summary.period.deadline
    return Made(
        id=row.id,
        district=summary.district,
        year=row.year,
        date=row.date,
        title=row.title,
        sha256=row.sha256,
        late=late,
        again=again,
        file=file,
    )


def _made_of(summary: Summary) -> str:
    """Return the annex and the standards that the figures came about by, as JSON text."""
    content = {
        "annex": summary.annex.as_mapping(),
        "standards": [json.loads(one.content) for one in summary.standards],
    }
    return encode(content)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
