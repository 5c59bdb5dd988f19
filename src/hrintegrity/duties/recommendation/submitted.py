"""What was submitted: the packages on record, and writing them and their papers once more."""

from __future__ import annotations

import base64
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.recommendation import Recommendation, Submission
from hrintegrity.documents import Paper
from hrintegrity.duties import offices
from hrintegrity.duties.recommendation import entries, forms, package
from hrintegrity.errors import LookupFailedError, UsageError
from hrintegrity.notice.districts import BY_CODE


@dataclass(frozen=True)
class Submitted:
    """A package as scripts see it.

    `number` 1 is the first; later ones are supplements, or take the place of one that was recalled,
    whose number is `replaces`.

    `again` says that it was submitted before and only written once more. `formats` are those of
    the papers in it; `changes` what became different of agencies that were submitted earlier.
    """

    id: str
    district: str
    district_name: str
    year: int
    number: int
    date: dt.date
    deadline: dt.date
    late: bool
    supplement: bool
    replaces: int | None
    passed_over: str | None
    agencies: tuple[str, ...]
    changes: tuple[dict[str, Any], ...]
    formats: tuple[str, ...]
    files: int
    again: bool
    warnings: tuple[str, ...]


def packages_of(archive: Archive, district: str, year: int) -> list[Submission]:
    """Return the packages of a district and year in their order."""
    query = select(Submission).where(Submission.district == district, Submission.year == year)
    return list(archive.session.exec(query.order_by(col(Submission.number))))


def write_again(
    archive: Archive,
    district: str | None,
    *,
    year: int | None,
    number: int | None,
    target: Path,
    temporary: Path,
) -> Submitted:
    """Write a package once more from the records, by default the last one; nothing is submitted.

    Raises LookupFailedError `package-missing` or `other-package`, and what making a PDF raises
    where the package has PDF papers.
    """
    whose = one_district(archive, district)
    year = offices.campaign(archive, year).year
    rows = {row.number: row for row in packages_of(archive, whose, year)}
    row = rows.get(number or max(rows, default=0))
    if row is None:
        which = f"第{number}次" if number else ""
        raise LookupFailedError(
            "package-missing",
            f"{BY_CODE[whose].name}{year}年没有{which}报送。",
            "请先用 hri recommend submit 报送。",
        )
    content = json.loads(row.manifest)
    recorded = content.pop("files")
    package.refuse_another(target, content)
    files = package.write(temporary, content, json.loads(row.papers), Summaries(archive).of)
    warnings: tuple[str, ...] = ()
    if files != recorded:
        warnings = ("文字与当时报送的相同，但本版程序写出的文件与当时的不是每个字节都相同。",)
    return view(row, warnings, again=True)


def nothing_new(archive: Archive, district: str | None, year: int | None) -> bool:
    """Whether all of a list was submitted, so that only writing again is left."""
    whose = one_district(archive, district)
    year = offices.campaign(archive, year).year
    rows = archive.session.exec(
        select(Recommendation.submission_id).where(
            Recommendation.district == whose, Recommendation.year == year
        )
    ).all()
    return bool(rows) and None not in rows


def form(
    archive: Archive, text: str, *, year: int | None, templates: Path | None = None
) -> tuple[Paper, Recommendation]:
    """Return annex 3 of a recommended agency; once submitted, in the words of the submission.

    Raises LookupFailedError `not-recommended`, InputError `template-broken`.
    """
    row, agency = entries.find(archive, text, year)
    if row.submission_id is None:
        return forms.form(agency.name, row.reason, row.opinion, templates=templates), row
    found = archive.session.get_one(Submission, row.submission_id)
    named = {one["id"]: one["name"] for one in json.loads(found.manifest)["agencies"]}
    body = json.loads(found.papers)[row.id]["form"]
    return Paper(body, "recommend/form", agency=named[row.id]), row


def one_district(archive: Archive, given: str | None) -> str:
    """Return whose list is meant. Raises UsageError `district-missing`, RuleError `not-ours`."""
    district = offices.scope(archive, given)
    if district is None:
        raise UsageError(
            "district-missing",
            "没有说报送哪个区县的名单。",
            "请写明区县，或 municipal（市属机构）。",
        )
    return district


class Summaries:
    """The self-summaries, read one at a time, since they are files."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def of(self, recommendation_id: str) -> bytes:
        """Return the self-summary of a recommendation as it was given."""
        content = self._archive.session.exec(
            select(Recommendation.self_summary).where(Recommendation.id == recommendation_id)
        ).one()
        return base64.b64decode(content or "")


def view(row: Submission, warnings: tuple[str, ...], *, again: bool) -> Submitted:
    """Return a package as scripts see it."""
    content = json.loads(row.manifest)
    return Submitted(
        id=row.id,
        district=row.district,
        district_name=BY_CODE[row.district].name,
        year=row.year,
        number=row.number,
        date=row.date,
        deadline=dt.date.fromisoformat(content["deadline"]),
        late=row.late,
        supplement=content.get("supplement", row.number > 1),
        replaces=content.get("replaces"),
        passed_over=row.passed_over,
        agencies=tuple(agency["code"] for agency in content["agencies"]),
        changes=tuple(content["changes"]),
        formats=tuple(content["formats"]),
        files=len(content["files"]) + len(package.OWN),
        again=again,
        warnings=warnings,
    )
