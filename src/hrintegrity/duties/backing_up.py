"""Backing the archive up: a copy that was restored into a scratch file and verified."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import backup
from hrintegrity.archive.connecting import is_database
from hrintegrity.archive.location import Location, attachments_of
from hrintegrity.archive.reader import open_reader
from hrintegrity.duties import verifying


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
    problems: list[verifying.Problem]
    removed: list[str]


def back_up(
    location: Location, target: Path, *, force: bool = False, keep: int | None = None
) -> BackedUp:
    """Back an archive up, restore the copy into a scratch file and verify that.

    With `keep` a backup that is there is renamed after its own time, and of these and the new one
    only so many stay; what is there and is no database is none of ours to rename. Raises as
    `archive.backup.back_up`.
    """
    found: list[verifying.Problem] = []
    damaged: list[Path] = []

    def check(copy: Location) -> None:
        beside = backup.file_of(copy).with_name(target.name)
        with backup.scratch_beside(copy, beside) as scratch:
            backup.restore(scratch, backup.file_of(copy), file_checked=True)
            with open_reader(scratch) as archive:
                # Attachments were copied before; what was not is named here, and once.
                verified = verifying.verify(archive, file_checked=True, not_copied=damaged)
                found.extend(verified.problems)

    rotated = keep is not None and target.is_file() and is_database(target)
    previous = _dated(target) if rotated else None
    size = backup.back_up(
        location, target, force=force, check=check, previous=previous, report=damaged.append
    )
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
