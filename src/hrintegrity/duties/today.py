"""What is due: `hri today`, from gaps to mend to the papers for 5 November."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from hrintegrity.archive.engine import Archive
from hrintegrity.duties import offices, papers
from hrintegrity.duties.complaints import cases, terms
from hrintegrity.duties.reporting import readiness
from hrintegrity.duties.sanctions import due
from hrintegrity.notice.terms import own_terms
from hrintegrity.text import ID_SHOWN

WORDS = {
    "gap": "缺项待补建",
    "order": "责令整改待完成",
    "complaint": "投诉举报待答复",
    "objection": "异议待答复",
    "notice": "告知书待送达",
    "decision": "惩戒文书待送达",
    "revocation": "撤销称号决定书待送达",
    "report": "惩戒待报送公示",
    "plaque": "标牌待收回",
    "licence": "许可证到期",
    "draft": "评分没有评完",
    **readiness.WORDS,
}
"""What is due, in the words that people read."""

DEFAULT_SOURCE = "expert"
"""Whose scores `assess run` takes where nobody says."""


@dataclass(frozen=True)
class Due:
    """Something to be done: of which agency, by when, and the command to type next.

    A negative number of days is overdue. `agency` is the name; what a district as a whole has to
    do has no agency, and what is no record no id.
    """

    what: str
    agency: str | None
    code: str | None
    due: dt.date
    days_left: int
    id: str | None
    command: str


@dataclass(frozen=True)
class _Kind:
    """A kind of work: the statement that finds it, and what to type next.

    The statement gives name and code of the agency, a day, the record's id and what else the
    command needs. The day is the one on which it is due, or with `to_serve` a paper's.
    """

    what: str
    sql: str
    command: Callable[[dict[str, Any], dt.date], str]
    to_serve: bool = False


def _kind(
    what: str, columns: str, rest: str, command: Callable[[dict[str, Any], dt.date], str]
) -> _Kind:
    return _Kind(what, f"SELECT a.name, a.code, x.id, a.district, {columns} FROM {rest}", command)


def _paper(
    what: str, joined: str, series: str, command: Callable[[dict[str, Any], dt.date], str]
) -> _Kind:
    """Return the kind of papers not served yet; whoever issued one serves it.

    A decision that was withdrawn, a notice that was taken back or accepted in full, and the
    revocation of a title that is held again are not served any more.
    """
    sql = f"""
        SELECT a.name, a.code, x.id, x.district, x.date AS day, x.reference AS reference
        FROM paper x {joined}
        WHERE NOT EXISTS (SELECT 1 FROM service s WHERE s.paper_id = x.id)
        AND NOT EXISTS (SELECT 1 FROM paper y WHERE y.replaces_id = x.id)
        AND NOT EXISTS (SELECT 1 FROM sanction y
            WHERE y.id = x.subject_id AND y.withdrawn IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM sanction_notice y WHERE y.id = x.subject_id
            AND (y.withdrawn IS NOT NULL OR y.statement_kind = 'accepted'))
        AND NOT EXISTS (SELECT 1 FROM unit y WHERE y.id = x.subject_id AND y.revoked IS NULL)
        AND x.series IN ({series})
    """
    return _Kind(what, sql, command, to_serve=True)


_AGENCY = "JOIN agency a ON a.id = x.agency_id"
_ACTIVE = f"{_AGENCY} AND a.status = 'active'"

KINDS = (
    _kind(
        "gap",
        "x.deadline AS day",
        f"gap x {_ACTIVE} WHERE x.mended IS NULL",
        lambda row, today: f"hri inspect mend {_end(row)} --date {today}",
    ),
    _kind(
        "order",
        "x.deadline AS day",
        f"sanction x {_ACTIVE} WHERE x.deadline IS NOT NULL AND x.mended IS NULL"
        " AND x.failed IS NULL AND x.withdrawn IS NULL",
        lambda row, today: f"hri sanction mend {_end(row)} --date {today}",
    ),
    _paper(
        "notice",
        _ACTIVE,
        f"'{papers.ASSESSMENT}'",
        lambda row, _: f"hri assess result {row['code']}",
    ),
    _paper(
        "decision",
        _AGENCY,
        f"'{papers.SANCTION}', '{papers.SANCTION_NOTICE}'",
        lambda row, _: f"hri sanction show {row['reference']}",
    ),
    # Printed again, it says its number, by which its service is recorded.
    _paper(
        "revocation",
        _AGENCY,
        f"'{papers.REVOCATION}'",
        lambda row, _: f"hri recommend revocation {row['code']} -o 撤销称号-{_end(row)}.html",
    ),
    _kind(
        "plaque",
        "x.recover_by AS day",
        f"unit x {_AGENCY} WHERE x.recover_by IS NOT NULL AND x.recovered IS NULL",
        lambda row, today: f"hri sanction plaque {row['code']} --recovered {today}",
    ),
    _kind(
        "licence",
        "x.license_until AS day",
        "agency x JOIN agency a ON a.id = x.id AND a.status = 'active'"
        " WHERE x.license_until IS NOT NULL",
        lambda row, _: f"hri agency show {row['code']}",
    ),
)
_OBJECTIONS = f"""
    SELECT a.name, a.code, a.district, o.id, o.date FROM objection o
    JOIN conclusion x ON x.id = o.conclusion_id {_AGENCY} WHERE o.answered IS NULL
"""
_DRAFTS = f"""
    SELECT a.name, a.code, a.district, x.id, x.year, x.source, x.rater FROM draft x {_ACTIVE}
"""


def listing(archive: Archive, *, today: dt.date, days: int) -> list[Due]:
    """Return what is due by `days` from today, what is overdue first."""
    found = [
        *_records(archive, today),
        *_complaints(archive, today),
        *_objections(archive, today),
        *_unreported(archive, today),
        *_drafts(archive, today),
        *_campaign(archive, today),
    ]
    last = today + dt.timedelta(days=days)
    return sorted(
        (one for one in found if one.due <= last),
        key=lambda one: (one.due, list(WORDS).index(one.what), one.code or "", one.id or ""),
    )


def _records(archive: Archive, today: dt.date) -> Iterator[Due]:
    own = offices.scope(archive, None)
    for kind in KINDS:
        for row in archive.session.connection().execute(text(kind.sql)).mappings():
            if own is not None and row["district"] not in (own, None):
                continue
            last = _day(row["day"])
            if kind.to_serve:
                last += dt.timedelta(days=own_terms(last).service_days)
            yield Due(
                what=kind.what,
                agency=row["name"],
                code=row["code"],
                due=last,
                days_left=(last - today).days,
                id=row["id"],
                command=kind.command(dict(row), today),
            )


def _complaints(archive: Archive, today: dt.date) -> Iterator[Due]:
    for case in cases.listing(archive, today=today, is_open=True):
        yield Due(
            what="complaint",
            agency=case.agency,
            code=case.code,
            due=case.due,
            days_left=(case.due - today).days,
            id=case.id,
            command=f"hri complaint show {case.id[-ID_SHOWN:]}",
        )


def _objections(archive: Archive, today: dt.date) -> Iterator[Due]:
    """Yield the objections without an answer; they have as many days as a complaint."""
    own, term = offices.scope(archive, None), terms.Terms(archive)
    for row in archive.session.connection().execute(text(_OBJECTIONS)).mappings():
        if own in (None, row["district"]):
            last = term.due(_day(row["date"]), row["district"])
            yield Due(
                what="objection",
                agency=row["name"],
                code=row["code"],
                due=last,
                days_left=(last - today).days,
                id=row["id"],
                command=f"hri assess result {row['code']}",
            )


def _unreported(archive: Archive, today: dt.date) -> Iterator[Due]:
    """Yield the decisions that a system has not heard of, by the working days that there are."""
    for one in due.unreported(archive):
        left = (one.due - today).days
        # The first export tells of them all; a file of its own lets each line run as it stands.
        file = f"{one.system}-{one.id[-ID_SHOWN:]}.xlsx"
        command = f"hri sanction export {file} --system {one.system}"
        yield Due(
            what="report",
            agency=one.agency,
            code=one.code,
            due=one.due,
            days_left=left,
            id=one.id,
            command=command,
        )


def _drafts(archive: Archive, today: dt.date) -> Iterator[Due]:
    own, latest = offices.scope(archive, None), offices.campaign(archive, None).year
    for row in archive.session.connection().execute(text(_DRAFTS)).mappings():
        if own in (None, row["district"]):
            words = ["hri", "assess", "run", row["code"], "--rater", row["rater"]]
            words += [] if row["source"] == DEFAULT_SOURCE else ["--source", row["source"]]
            words += [] if row["year"] == latest else ["--year", str(row["year"])]
            command = shlex.join(words)
            yield Due(
                what="draft",
                agency=row["name"],
                code=row["code"],
                due=today,
                days_left=0,
                id=row["id"],
                command=command,
            )


def _campaign(archive: Archive, today: dt.date) -> Iterator[Due]:
    """Yield the papers for 5 November; a district without active agencies is asked for nothing."""
    active = text("SELECT DISTINCT district FROM agency WHERE status = 'active'")
    own = offices.scope(archive, None)
    asked = set(archive.session.connection().execute(active).scalars())
    for one in readiness.readiness(archive, district=None, year=None, today=today):
        for lacking in one.missing if one.district in asked else ():
            district = "" if own == one.district else f" --district {one.district}"
            command = _COMMANDS[lacking.what].format(district=district, code=lacking.code)
            agency = lacking.name or (None if lacking.code else one.district_name)
            yield Due(
                what=lacking.what,
                agency=agency,
                code=lacking.code,
                due=one.deadline,
                days_left=one.days_left,
                id=None,
                command=command,
            )


_COMMANDS = {
    readiness.FORM: "hri recommend candidates{district}",
    readiness.SELF_SUMMARY: "hri recommend list{district}",
    readiness.ASSESSMENT: "hri assess result {code}",
    readiness.SUMMARY: "hri report month{district} -o 活动情况总结.docx",
}


def _day(found: Any) -> dt.date:
    """Return a day as a driver gives it: SQLite has text."""
    return found if isinstance(found, dt.date) else dt.date.fromisoformat(str(found)[:10])


def _end(row: dict[str, Any]) -> str:
    return str(row["id"])[-ID_SHOWN:]
