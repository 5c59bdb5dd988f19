"""The archive itself: what it holds, whether it is whole, and its journal."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from hrintegrity.archive import journal
from hrintegrity.archive.engine import SCHEMA, Archive
from hrintegrity.archive.location import Location
from hrintegrity.duties import agencies, offices
from hrintegrity.errors import HriError, UnusableError
from hrintegrity.notice import names

if TYPE_CHECKING:
    from hrintegrity.archive.tables.exchange import Seal

_SQLITE = b"SQLite format 3\0"
_IDENTITY = re.compile(r'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')


_RESULTS = "评定结果：请用 hri assess reopen 重新打开后再评定，或用改动前的备份恢复。"
_SEALS = (
    "日志被换过：请找出封存那天的备份，用 hri archive restore 恢复；"
    "确实用备份恢复过的，请告诉收过本库文件的单位。"
)
_ATTACHMENTS = "附件：请用 hri campaign edit --attach 重新附上原件，或从备份旁的 .files 目录补回。"


@dataclass(frozen=True)
class Info:
    """What an archive holds; `id` is its owner's, `size` in bytes, None on a server."""

    id: str
    archive: str
    district: str
    district_name: str
    schema: str
    campaigns: list[int]
    agencies: int
    score_sheets: int
    conclusions: int
    papers: int
    entries: int
    head: str
    size: int | None


@dataclass(frozen=True)
class Problem:
    """Something damaged: where, and in Chinese what it means and what to do next."""

    where: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Verification:
    """The result of checking an archive."""

    ok: bool
    entries: int
    head: str
    problems: list[Problem]


@dataclass(frozen=True)
class LogEntry:
    """An entry of the journal; `changes` has per column the value before and after.

    `sender` is the district whose bundle it came in, None for what was done here. `login` is who
    was logged in, whoever `operator` says acted; None in entries from before that was kept.
    """

    id: int
    at: str
    operator: str
    action: str
    table: str
    record: str
    changes: dict[str, list[Any]]
    reason: str | None
    sender: str | None
    sender_name: str | None
    login: str | None


def info(archive: Archive) -> Info:
    """Return what the archive holds."""
    own = offices.owner(archive)
    entries, head = journal.last_entry(archive.connection)
    years = archive.connection.exec_driver_sql("SELECT year FROM campaign ORDER BY year").scalars()
    path = archive.location.path
    office = archive.connection.exec_driver_sql("SELECT id FROM office WHERE owner").scalar_one()
    return Info(
        id=office,
        archive=str(archive.location),
        district=own.code,
        district_name=names.office(own.code),
        schema=SCHEMA,
        campaigns=list(years),
        agencies=_count(archive, "agency"),
        score_sheets=_count(archive, "score_sheet"),
        conclusions=_count(archive, "conclusion"),
        papers=_count(archive, "paper"),
        entries=entries,
        head=head,
        size=None if path is None else path.stat().st_size,
    )


def verify(
    archive: Archive, given: Sequence[tuple[str, Seal]] = (), *, file_checked: bool = False
) -> Verification:
    """Check the file, its references, the journal's chain, its rows against it, and the papers.

    The files of activities, which lie beside the archive, are checked too; so are results against
    their sheets, and the chain against every seal, kept here or `given` by name. `file_checked` as
    in `verification.verify`.
    """
    from hrintegrity.archive import verification  # noqa: PLC0415 — loads the models of all tables.
    from hrintegrity.duties.assessment import recomputing  # noqa: PLC0415 — only `verify` needs it.
    from hrintegrity.duties.campaign import attachments  # noqa: PLC0415 — only `verify` needs it.
    from hrintegrity.duties.exchange import seals  # noqa: PLC0415 — loads all tables.

    chain, damages = verification.verify(archive, file_checked=file_checked)
    problems = [Problem(damage.where, damage.reason, damage.remedy) for damage in damages]
    further = (
        (_RESULTS, recomputing.faults(archive)),
        (_SEALS, seals.faults(archive, given)),
        (_ATTACHMENTS, attachments.faults(archive)),
    )
    for remedy, faults in further:
        # What is too damaged to be looked at was found above.
        with suppress(*((HriError, SQLAlchemyError, ValueError, TypeError) if problems else ())):
            problems += [Problem(where, reason, remedy) for where, reason in faults]
    return Verification(not problems, chain.entries, chain.head, problems)


def damaged_attachment(path: Path) -> Problem:
    """Return the problem of an attachment that was not copied."""
    return Problem(str(path), "附件内容已损坏，没有复制", _ATTACHMENTS)


def unreadable(location: Location, error: UnusableError) -> Verification:
    """Return the result for a file that is an archive's but too damaged to be read.

    Raises the error again where it says something else, or the file never was a database.
    """
    if error.code != "archive-damaged" or location.path is None:
        raise error
    with location.path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise error
    found = Problem(
        "文件",
        "读不出来，内容已损坏或被截断",
        "请用最近的备份恢复：hri archive restore 备份 --force。",
    )
    return Verification(False, 0, journal.GENESIS, [found])


def log(archive: Archive, agency: str | None, since: dt.date | None) -> Iterator[LogEntry]:
    """Return the entries of the journal, of all records or of one agency's, since a day.

    An agency's are its own and those of all records that point at it, or at one of these: sheets,
    conclusions, papers, their service.
    """
    family = None if agency is None else {agencies.find(archive, agency).id}
    from_moment = "" if since is None else _midnight(since)
    rows = archive.connection.exec_driver_sql(
        'SELECT id, at, operator, action, "table", record, before, after, reason, origin, login'
        " FROM journal ORDER BY id"
    )
    for row in rows:
        if family is not None and row.record not in family:
            if family.isdisjoint(_IDENTITY.findall(row.after or "")):
                continue
            family.add(row.record)
        if row.at >= from_moment:
            sender = json.loads(row.origin).get("from") if row.origin else None
            yield LogEntry(
                id=row.id,
                at=row.at,
                operator=row.operator,
                action=row.action,
                table=row.table,
                record=row.record,
                changes=_changes(row.before, row.after),
                reason=row.reason,
                sender=sender,
                sender_name=None if sender is None else names.office(sender),
                login=row.login,
            )


def _midnight(day: dt.date) -> str:
    """Return when a day began here, as the journal writes moments: in UTC."""
    began = dt.datetime.combine(day, dt.time()).astimezone()
    return began.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _changes(before: str | None, after: str | None) -> dict[str, list[Any]]:
    old = json.loads(before) if before else {}
    new = json.loads(after) if after else {}
    return {key: [old.get(key), new.get(key)] for key in sorted({*old, *new})}


def _count(archive: Archive, table: str) -> int:
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()
    return found
