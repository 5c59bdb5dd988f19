"""Keeping the archive: backups that were restored and verified, restoring without reviving."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from hrintegrity.archive import backup, writer
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.erasure import erased_in, overwrite_deleted
from hrintegrity.archive.location import Location, attachments_of
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.office import Office
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import upkeep
from hrintegrity.duties.complaints import complainants
from hrintegrity.duties.people import erasing
from hrintegrity.errors import UnusableError
from hrintegrity.files import scratch_folder

RESTORED = "restore"
"""The action under which the journal has a restored backup and what it replaced."""

ERASED_AGAIN = "备份恢复后，把此后已删除的重新删除"


@dataclass(frozen=True)
class BackedUp:
    """A backup: its bytes, what `verify` found in it, and which older ones were removed.

    `problems` are those of the archive itself, since the copy is the same but for attachments that
    are damaged: they are not copied.
    """

    id: str
    archive: str
    file: str
    size: int
    whole: bool
    problems: list[upkeep.Problem]
    removed: list[str]


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
    problems: list[upkeep.Problem]
    erased: list[Erased]
    erased_unknown: bool
    lost: int | None


def back_up(
    location: Location, target: Path, *, operator: str, force: bool = False, keep: int | None = None
) -> BackedUp:
    """Back an archive up, restore the copy into a scratch file and verify that.

    With `keep` a backup that is there is renamed after its own time, and of these and the new one
    only so many stay. Raises as `archive.backup.back_up`.
    """
    found: list[upkeep.Problem] = []

    def check(copy: Location) -> None:
        beside = backup.file_of(copy).with_name(target.name)
        with _scratch(copy, beside) as scratch:
            backup.restore(scratch, backup.file_of(copy), file_checked=True)
            with open_archive(scratch, operator=operator, write=False) as archive:
                found.extend(upkeep.verify(archive, file_checked=True).problems)

    previous = _dated(target) if keep is not None and target.is_file() else None
    damaged: list[Path] = []
    size = backup.back_up(
        location, target, force=force, check=check, previous=previous, report=damaged.append
    )
    found += map(upkeep.damaged_attachment, damaged)
    removed = [] if keep is None else list(_thin_out(target, keep))
    return BackedUp(
        id=str(target),
        archive=str(location),
        file=str(target),
        size=size,
        whole=not found,
        problems=found,
        removed=list(map(str, removed)),
    )


@contextmanager
def _scratch(location: Location, beside: Path) -> Iterator[Location]:
    """Yield where an archive with the attachments of another may be made for a moment."""
    with scratch_folder(beside) as folder:
        yield Location(path=folder / "archive.db", files=location.attachments)


def _dated(target: Path) -> Path:
    made = dt.datetime.fromtimestamp(target.stat().st_mtime, dt.UTC)
    return target.with_name(f"{target.name}.{made:%Y%m%dT%H%M%S%f}")


def _thin_out(target: Path, keep: int) -> Iterator[Path]:
    """Remove the oldest of a backup's dated predecessors; yield which."""
    form = "[0-9]" * 8 + "T" + "[0-9]" * 12
    older = sorted(target.parent.glob(f"{_literal(target.name)}.{form}"), reverse=True)
    for path in older[max(keep - 1, 0) :]:
        path.unlink()
        shutil.rmtree(attachments_of(path), ignore_errors=True)
        yield path


def _literal(name: str) -> str:
    """Return a name as a pattern that fits it alone."""
    return "".join(f"[{c}]" if c in "[]*?" else c for c in name)


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
            target = stack.enter_context(_scratch(location, backup.file_of(location)))
        damaged: list[Path] = []
        kept = backup.restore(target, file, force=force, amend=amend, report=damaged.append)
        with open_archive(target, operator=operator, write=False) as archive:
            problems = upkeep.verify(archive).problems
        problems += map(upkeep.damaged_attachment, damaged)
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
