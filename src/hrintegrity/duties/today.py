"""What is due: `hri today`, from gaps to mend to the papers for 5 November."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.asking import as_day, named
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.duties.complaints import terms, views
from hrintegrity.duties.reporting import readiness
from hrintegrity.duties.sanctions import due
from hrintegrity.notice.terms import own_terms
from hrintegrity.notice.words import COMPLAINT_KIND, SYSTEM
from hrintegrity.rules import numbering
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


_Whose = tuple[str | None, str | None, str | None]
"""Name and code of an agency, and the id of the record."""


@dataclass(frozen=True)
class Task:
    """What is due as scripts see it, and what people call it."""

    due: Due
    title: str


@dataclass(frozen=True)
class _Kind:
    """A kind of work: the statement that finds it, and what to type next.

    The statement gives name and code of the agency, a day, the record's id and what else the
    command needs. The day is the one on which it is due, or with `to_serve` a paper's. A command
    may be typed as it stands, so it never records what only whoever types it can know.
    """

    what: str
    sql: str
    command: Callable[[dict[str, Any]], str]
    to_serve: bool = False


def _kind(what: str, columns: str, rest: str, command: Callable[[dict[str, Any]], str]) -> _Kind:
    return _Kind(what, f"SELECT a.name, a.code, x.id, a.district, {columns} FROM {rest}", command)


def _paper(what: str, joined: str, series: str, command: Callable[[dict[str, Any]], str]) -> _Kind:
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
        "x.system, x.deadline AS day",
        f"gap x {_ACTIVE} WHERE x.mended IS NULL",
        lambda row: f"hri inspect list {row['code']} --open",
    ),
    _kind(
        "order",
        "x.deadline AS day",
        f"sanction x {_ACTIVE} WHERE x.deadline IS NOT NULL AND x.mended IS NULL"
        " AND x.failed IS NULL AND x.withdrawn IS NULL",
        lambda row: f"hri sanction show {_end(row)}",
    ),
    _paper(
        "notice",
        _ACTIVE,
        f"'{numbering.ASSESSMENT}'",
        lambda row: f"hri assess result {row['code']}",
    ),
    _paper(
        "decision",
        _AGENCY,
        f"'{numbering.SANCTION}', '{numbering.SANCTION_NOTICE}'",
        lambda row: f"hri sanction show {row['reference']}",
    ),
    # Printed again, it says its number, by which its service is recorded.
    _paper(
        "revocation",
        _AGENCY,
        f"'{numbering.REVOCATION}'",
        lambda row: f"hri recommend revocation {row['code']} -o 撤销称号-{_end(row)}.html",
    ),
    _kind(
        "plaque",
        "x.recover_by AS day",
        f"unit x {_AGENCY} WHERE x.recover_by IS NOT NULL AND x.recovered IS NULL",
        lambda row: f"hri recommend units --district {row['district']}",
    ),
    _kind(
        "licence",
        "x.license_until AS day",
        "agency x JOIN agency a ON a.id = x.id AND a.status = 'active'"
        " WHERE x.license_until IS NOT NULL",
        lambda row: f"hri agency show {row['code']}",
    ),
)
_OBJECTIONS = f"""
    SELECT a.name, a.code, a.district, o.id, o.date FROM objection o
    JOIN conclusion x ON x.id = o.conclusion_id {_AGENCY} WHERE o.answered IS NULL
"""
_DRAFTS = f"""
    SELECT a.name, a.code, a.district, x.id, x.year, x.source, x.rater FROM draft x {_ACTIVE}
"""


def listing(archive: Reader, *, today: dt.date, days: int) -> list[Task]:
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
    return sorted((one for one in found if one.due.due <= last), key=lambda one: _order(one.due))


def _order(one: Due) -> tuple[dt.date, int, str, str]:
    return one.due, list(WORDS).index(one.what), one.code or "", one.id or ""


def _task(
    what: str, whose: _Whose, *, due: dt.date, today: dt.date, command: str, title: str = ""
) -> Task:
    agency, code, identity = whose
    found = Due(
        what=what,
        agency=agency,
        code=code,
        due=due,
        days_left=(due - today).days,
        id=identity,
        command=command,
    )
    return Task(found, title or WORDS[what])


def _whose(row: dict[str, Any]) -> _Whose:
    return row["name"], row["code"], row["id"]


def _records(archive: Reader, today: dt.date) -> Iterator[Task]:
    own = offices.scope(archive, None)
    for kind in KINDS:
        for row in named(archive.query(kind.sql, {})):
            if own is not None and row["district"] not in (own, None):
                continue
            last = as_day(row["day"])
            if kind.to_serve:
                last += dt.timedelta(days=own_terms(last).service_days)
            of = SYSTEM.chinese(row["system"]) if kind.what == "gap" else ""
            title = f"{of}{WORDS[kind.what]}"
            yield _task(
                kind.what,
                _whose(row),
                due=last,
                today=today,
                command=kind.command(row),
                title=title,
            )


def _complaints(archive: Reader, today: dt.date) -> Iterator[Task]:
    for case in views.listing(archive, today=today, is_open=True):
        whose, title = (case.agency, case.code, case.id), COMPLAINT_KIND.chinese(case.kind)
        command = f"hri complaint show {case.id[-ID_SHOWN:]}"
        yield _task(
            "complaint", whose, due=case.due, today=today, command=command, title=f"{title}待答复"
        )


def _objections(archive: Reader, today: dt.date) -> Iterator[Task]:
    """Yield the objections without an answer; they have as many days as a complaint."""
    own, term = offices.scope(archive, None), terms.Terms(archive)
    for row in named(archive.query(_OBJECTIONS, {})):
        if own in (None, row["district"]):
            last = term.due(as_day(row["date"]), row["district"])
            command = f"hri assess result {row['code']}"
            yield _task("objection", _whose(row), due=last, today=today, command=command)


def _unreported(archive: Reader, today: dt.date) -> Iterator[Task]:
    """Yield the decisions that a system has not heard of, by the working days that there are."""
    for one in due.unreported(archive):
        # The first export tells of them all; a file of its own lets each line run as it stands.
        file = f"{one.system}-{one.id[-ID_SHOWN:]}.xlsx"
        command = f"hri sanction export {file} --system {one.system}"
        yield _task(
            "report", (one.agency, one.code, one.id), due=one.due, today=today, command=command
        )


def _drafts(archive: Reader, today: dt.date) -> Iterator[Task]:
    own, latest = offices.scope(archive, None), offices.campaign(archive, None).year
    for row in named(archive.query(_DRAFTS, {})):
        if own in (None, row["district"]):
            words = ["hri", "assess", "run", row["code"], "--rater", row["rater"]]
            words += [] if row["source"] == DEFAULT_SOURCE else ["--source", row["source"]]
            words += [] if row["year"] == latest else ["--year", str(row["year"])]
            yield _task("draft", _whose(row), due=today, today=today, command=shlex.join(words))


def _campaign(archive: Reader, today: dt.date) -> Iterator[Task]:
    """Yield the papers for 5 November; a district without active agencies is asked for nothing."""
    active = "SELECT DISTINCT district FROM agency WHERE status = 'active'"
    own = offices.scope(archive, None)
    asked = {district for (district,) in archive.query(active, {})}
    for one in readiness.readiness(archive, district=None, year=None, today=today):
        for lacking in one.missing if one.district in asked else ():
            district = "" if own == one.district else f" --district {one.district}"
            command = _COMMANDS[lacking.what].format(district=district, code=lacking.code)
            agency = lacking.name or (None if lacking.code else one.district_name)
            whose = (agency, lacking.code, None)
            yield _task(lacking.what, whose, due=one.deadline, today=today, command=command)


_COMMANDS = {
    readiness.FORM: "hri recommend candidates{district}",
    readiness.SELF_SUMMARY: "hri recommend list{district}",
    readiness.ASSESSMENT: "hri assess result {code}",
    readiness.SUMMARY: "hri report month{district} -o 活动情况总结.docx",
}


def _end(row: dict[str, Any]) -> str:
    return str(row["id"])[-ID_SHOWN:]
