"""A district's list: recommending an agency, correcting that, taking it off again (三(七))."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import func, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.recommendation import Recommendation, Submission
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import doubts
from hrintegrity.duties.recommendation import candidates, entries, quotas, recalling, summaries
from hrintegrity.errors import HriError, LookupFailedError, RuleError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.recommendation import (
    UNITS,
)


@dataclass(frozen=True)
class Changed:
    """A recommendation that was written, and what has to be said about it."""

    recommendation: entries.RecommendedView
    warnings: tuple[str, ...]


def add(
    archive: Archive,
    text: str,
    *,
    year: int | None,
    today: dt.date,
    reason: str,
    opinion: str | None = None,
    self_summary: Path | None = None,
    despite: str | None = None,
) -> Changed:
    """Recommend an agency in its district; over the quota it only warns.

    Raises RuleError `not-eligible` unless `despite` says why all the same, LookupFailedError
    `already-recommended` or `file-missing`, InputError `self-summary-refused`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    if entries.row_of(archive, agency.id, year) is not None:
        raise LookupFailedError(
            "already-recommended",
            f"{agency.name}已在{year}年的推荐名单里。",
            f"要改动它，请用 hri recommend edit {agency.code}。",
        )
    summary = summaries.read(self_summary)
    excuse, warnings = _excuse(archive, agency, year, despite)
    row = writer.insert(
        archive,
        Recommendation(
            agency_id=agency.id,
            year=year,
            district=agency.district,
            date=today,
            reason=reason,
            opinion=opinion,
            **summary,
            **excuse,
        ),
    )
    warnings += doubts.reservations(archive, agency, year=year, day=today)
    return Changed(entries.view_of(archive, row), (*warnings, *_over_quota(archive, row)))


def edit(
    archive: Archive,
    text: str,
    *,
    year: int | None,
    reason: str | None = None,
    opinion: str | None = None,
    self_summary: Path | None = None,
    despite: str | None = None,
) -> Changed:
    """Correct or complete a recommendation that was not submitted yet.

    With `despite`, all that stands against the agency now is excused. Raises as `add`, and
    RuleError `submitted` or `nothing-changed`, LookupFailedError `not-recommended`.
    """
    row, agency = entries.find(archive, text, year)
    _refuse_submitted(archive, row, agency)
    changes = summaries.read(self_summary)
    warnings: tuple[str, ...] = ()
    if despite is not None:
        excuse, warnings = _excuse(archive, agency, row.year, despite)
        changes |= excuse
    given = {"reason": reason, "opinion": opinion}
    changes |= {key: text for key, text in given.items() if text is not None}
    if not writer.update(archive, row, changes):
        raise RuleError("nothing-changed", f"{agency.name}的推荐没有要改的内容。", "请给出新的值。")
    return Changed(entries.view_of(archive, row), warnings)


def remove(
    archive: Archive, text: str, *, year: int | None, reason: str | None = None
) -> entries.RecommendedView:
    """Take an agency off the list. Raises RuleError `submitted`, LookupFailedError."""
    row, agency = entries.find(archive, text, year)
    _refuse_submitted(archive, row, agency)
    view = entries.view_of(archive, row)
    writer.delete(archive, row, reason=reason)
    return view


def listing(
    archive: Archive, *, district: str | None, year: int | None
) -> list[entries.RecommendedView]:
    """Return the recommended agencies, by district in the annex's order, then as they rank."""
    year = offices.campaign(archive, year).year
    found = entries.entries(archive, year, offices.scope(archive, district))
    return entries.views(archive, found)


def _refuse_submitted(archive: Archive, row: Recommendation, agency: Agency) -> None:
    """Refuse to change what was submitted; say how it is taken back while the city lacks it."""
    if row.submission_id is None:
        return
    submission = archive.session.get_one(Submission, row.submission_id)
    if recalling.is_received(archive, submission, [agency.id]):
        hint = "市局已经收到；情况有变的，请另行报告市局。"
    else:
        district = BY_CODE[submission.district].name
        hint = (
            f"市局还没有收到的，可先撤回这次报送：hri recommend recall {district} "
            f"--year {submission.year} --reason 理由；改好后再报送。已送到的，请另行报告市局。"
        )
    raise RuleError("submitted", f"{agency.name}已报送市局，不能再改动或撤下。", hint, clause=UNITS)


def _excuse(
    archive: Archive, agency: Agency, year: int, despite: str | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what is kept of a recommendation that needs, or does not need, an excuse."""
    known = candidates.facts(archive, year, [agency])[agency.id]
    by_standard = candidates.Judge(archive, year)
    against = by_standard.reasons(known)
    if not against:
        unneeded = (f"{agency.name}符合推荐条件，不需要 --despite，没有记录。",) if despite else ()
        return {}, unneeded
    if despite is None:
        standard = by_standard.standard(agency.district)
        whose = (
            "本程序的默认条件，通知没有规定"
            if by_standard.is_default(agency.district)
            else "区县自定"
        )
        raise RuleError(
            "not-eligible",
            f"{agency.name}不符合推荐条件：{'；'.join(reason.message for reason in against)}。",
            f"推荐条件出自“{standard.name}”（{whose}）；仍要推荐的，用 --despite 写明理由。",
            clause=against[0].clause,
            details=[{"code": r.code, "message": r.message, "clause": r.clause} for r in against],
        )
    keys = json.dumps([reason.key for reason in against])
    return {"despite": despite, "excused": keys}, ()


def _over_quota(archive: Archive, row: Recommendation) -> tuple[str, ...]:
    try:
        quota = quotas.in_use(archive, row.year).quotas[row.district]
    except HriError as error:
        return (f"{error.message}{error.hint}",)
    count = archive.session.exec(
        select(func.count()).where(
            Recommendation.year == row.year, Recommendation.district == row.district
        )
    ).one()
    if count <= quota:
        return ()
    return (f"{BY_CODE[row.district].name}已推荐 {count} 家，超过名额 {quota} 家；报送前须减少。",)
