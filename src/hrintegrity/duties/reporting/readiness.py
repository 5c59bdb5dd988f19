"""What is missing for 5 November: forms, self-summaries, results (三(七)), summary (四(四))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.notice.districts import BY_CODE

FORM, SELF_SUMMARY, ASSESSMENT, SUMMARY = "form", "self-summary", "assessment", "summary"
WORDS = {
    FORM: "推荐表（推荐理由、区县局意见）",
    SELF_SUMMARY: "机构自评总结",
    ASSESSMENT: "评估结果",
    SUMMARY: "活动情况总结",
}

_RECOMMENDED = """
    SELECT a.code, a.name, r.reason, r.opinion, r.self_summary IS NULL,
        EXISTS (
            SELECT 1 FROM conclusion c
            WHERE c.agency_id = a.id AND c.year = r.year AND c.reopened IS NULL
        )
    FROM recommendation r JOIN agency a ON a.id = r.agency_id
    WHERE r.district = :district AND r.year = :year ORDER BY a.code
"""
_SUBMITTED = """
    SELECT district, date FROM submission
    WHERE year = :year AND recalled IS NULL ORDER BY number DESC
"""
_SUMMARY = "SELECT id FROM summary WHERE district = :district AND year = :year"


@dataclass(frozen=True)
class Lacking:
    """Something that is missing: what, and of which agency; None is the district's own.

    A form without an agency says that nobody has been recommended yet.
    """

    what: str
    code: str | None
    name: str | None


@dataclass(frozen=True)
class Readiness:
    """How ready a district is; nothing is asked of `municipal`, which the city selects itself.

    `submitted` is the day on which its recommendations were first submitted (三(七)), recalled
    packages left out.
    """

    district: str
    days_left: int
    missing: list[Lacking]
    district_name: str
    deadline: dt.date
    submitted: dt.date | None


def readiness(
    archive: Reader, *, district: str | None, year: int | None, today: dt.date
) -> list[Readiness]:
    """Return what a district, or each, still lacks; a negative number of days is overdue.

    A form is complete with reason and opinion. The summary counts once it was made as a paper.
    Raises RuleError `not-ours`.
    """
    month = offices.campaign(archive, year)
    district = offices.scope(archive, district)
    codes = list(BY_CODE) if district is None else [district]
    days = (month.deadline - today).days
    submitted = _submitted(archive, month.year)
    return [
        Readiness(
            district=code,
            days_left=days,
            missing=[] if code == offices.CITY else list(_missing(archive, code, month.year)),
            district_name=BY_CODE[code].name,
            deadline=month.deadline,
            submitted=submitted.get(code),
        )
        for code in codes
    ]


def _submitted(archive: Reader, year: int) -> dict[str, dt.date]:
    """Return when each district submitted its first package."""
    found = archive.query(_SUBMITTED, {"year": year})
    return {district: as_day(date) for district, date in found}


def _missing(archive: Reader, district: str, year: int) -> Iterator[Lacking]:
    values = {"district": district, "year": year}
    rows = archive.query(_RECOMMENDED, values).all()
    if not rows:
        yield Lacking(FORM, None, None)
    for code, name, reason, opinion, no_summary, assessed in rows:
        if not (reason or "").strip() or not (opinion or "").strip():
            yield Lacking(FORM, code, name)
        if no_summary:
            yield Lacking(SELF_SUMMARY, code, name)
        if not assessed:
            yield Lacking(ASSESSMENT, code, name)
    if archive.query(_SUMMARY, values).first() is None:
        yield Lacking(SUMMARY, None, None)
