"""Restoring a backup, without reviving who was erased since it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from hrintegrity.archive import backup, writer
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.erasure import erased_in, overwrite_deleted
from hrintegrity.archive.location import Location
from hrintegrity.archive.reader import open_reader
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.office import Office
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import verifying
from hrintegrity.duties.complaints import complainants
from hrintegrity.duties.people import erasing
from hrintegrity.errors import UnusableError

RESTORED = "restore"
"""The action under which the journal has a restored backup and what it replaced."""

ERASED_AGAIN = "备份恢复后，把此后已删除的重新删除"


@dataclass(frozen=True)
class Erased:
    """Who was erased again: the complaint with its day and agency, or the practitioner.

    A practitioner has neither day nor subject, only the identity.
    """

    id: str
    received: dt.date | None
    subject: str
    agency: str | None


@dataclass(frozen=True)
class Restored:
    """A restored archive, where the one before it is kept, and what was erased again in it.

    `erased_unknown` says that the one before could not be read, so that nothing was. `lost` counts
    the journal's entries that the one before had and the backup has not; None where unknown.
    """

    id: str
    archive: str
    file: str
    kept: str | None
    whole: bool
    problems: list[verifying.Problem]
    erased: list[Erased]
    erased_unknown: bool
    lost: int | None


def restore(
    location: Location,
    file: Path,
    *,
    operator: str,
    today: dt.date,
    force: bool = False,
    rehearsal: bool = False,
) -> Restored:
    """Restore a backup; what was erased since it was made is erased again in it.

    The journal of the restored archive says what it replaced. A rehearsal restores into a scratch
    file. Raises as `archive.backup.restore`.
    """
    gone, entries, replaced = _erased_in(location)
    again: list[Erased] = []
    restored = 0

    def amend(copy: Location) -> None:
        nonlocal restored
        with open_archive(copy, operator=operator, write=True) as archive:
            restored = archive.connection.exec_driver_sql(
                "SELECT count(*) FROM journal"
            ).scalar_one()
            if replaced:
                _note(archive, file, replaced)
            again.extend(_erase_again(archive, gone or set(), today))
        if again:
            overwrite_deleted(copy)

    with ExitStack() as stack:
        target = location
        if rehearsal:
            backup.refuse_to_replace(location, force=force)
            location.make_folder()
            target = stack.enter_context(backup.scratch_beside(location, backup.file_of(location)))
        damaged: list[Path] = []
        kept = backup.restore(target, file, force=force, amend=amend, report=damaged.append)
        with open_reader(target) as archive:
            problems = verifying.verify(archive, not_copied=damaged).problems
    return Restored(
        id=str(location),
        archive=str(location),
        file=str(file),
        kept=None if kept is None else str(kept),
        whole=not problems,
        problems=problems,
        erased=again,
        erased_unknown=gone is None,
        lost=None if entries is None else max(entries - restored, 0),
    )


def _erased_in(location: Location) -> tuple[set[str] | None, int | None, str]:
    """Return the complainants that were erased, the number of entries, and the chain in words.

    None where the archive can't be read.

    Raises UnusableError `passphrase`.
    """
    if location.path is None or not location.path.exists():
        return set(), 0, ""
    try:
        gone, entries, head = erased_in(location.path)
    except UnusableError as error:
        # A damaged archive is what backups are for.
        if error.code != "archive-damaged":
            raise
        return None, None, "原来的档案库读不出来"
    return gone, entries, f"日志 {entries} 条，末条哈希 {head}"


def _note(archive: Archive, file: Path, replaced: str) -> None:
    office = archive.session.exec(select(Office).where(Office.owner)).one()
    writer.note(archive, RESTORED, office, reason=f"用备份 {file.name} 恢复；替换了：{replaced}")


def _erase_again(archive: Archive, gone: set[str], today: dt.date) -> Iterator[Erased]:
    """Erase in a restored archive who had been erased; yield the complaints."""
    rows = archive.session.exec(
        select(Complaint, Agency.name)
        .join(Complainant, col(Complainant.complaint_id) == col(Complaint.id))
        .join(Agency, col(Agency.id) == col(Complaint.agency_id), isouter=True)
        .where(col(Complainant.id).in_(gone))
        .order_by(col(Complaint.received), col(Complaint.id))
    ).all()
    for complaint, agency in rows:
        complainants.erase(archive, complaint, reason=ERASED_AGAIN, today=today)
        yield Erased(complaint.id, complaint.received, complaint.subject, agency)
    people = select(Practitioner).where(
        col(Practitioner.id).in_(gone), col(Practitioner.erased).is_(None)
    )
    for person in archive.session.exec(people).all():
        jobs = archive.session.exec(
            select(Employment).where(Employment.practitioner_id == person.id)
        ).all()
        erasing.empty(archive, person, jobs, reason=ERASED_AGAIN, today=today)
        yield Erased(person.id, None, "从业人员", None)
