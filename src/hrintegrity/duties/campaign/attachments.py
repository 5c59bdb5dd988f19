"""Photographs, clippings and other files of an activity, kept beside the archive by SHA-256."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.archive import contents
from hrintegrity.archive.asking import among
from hrintegrity.archive.location import FILES_VARIABLE, Location
from hrintegrity.archive.reader import Reader
from hrintegrity.errors import InputError, UnusableError
from hrintegrity.files import input_file, os_reason

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive

_CHUNK = 1 << 20


@dataclass(frozen=True)
class AttachmentView:
    """A file of an activity; `path` is where its content lies."""

    id: str
    name: str
    sha256: str
    size: int
    path: str


def folder(location: Location) -> Path:
    """Return where an archive's files lie: `archive.db.files`, or on a server HRI_FILES.

    Raises UnusableError `files-folder-missing` where a server's archive has no folder named.
    """
    found = location.attachments
    if found is None:
        raise UnusableError(
            "files-folder-missing",
            "档案库在服务器上，没有指明附件放在哪里。",
            f"请用环境变量 {FILES_VARIABLE} 给出一个大家都能用的目录。",
        )
    return found


def place(location: Location, sha256: str) -> Path:
    """Return where the content of this hash lies: `ab/abcdef…`."""
    return folder(location) / sha256[:2] / sha256


def refuse_missing(paths: Iterable[Path]) -> None:
    """Refuse, before anything is written, what can't be attached.

    Raises LookupFailedError `file-missing`, InputError `not-a-file`.
    """
    for path in paths:
        input_file(path)


def attach(archive: Archive, activity_id: str, paths: Iterable[Path]) -> int:
    """Keep the content of each file and enter it; return how many the activity did not have whole.

    A file is in its place, whole, before its record is written. Raises LookupFailedError
    `file-missing`, InputError `file-empty`, UnusableError `files-folder-missing` or
    `output-unusable`.
    """
    from hrintegrity.archive import writer  # noqa: PLC0415 — to read must not load it.
    from hrintegrity.archive.tables.campaign import Attachment  # noqa: PLC0415

    wanted = list(paths)
    refuse_missing(wanted)
    known = {one.sha256 for one in of_activities(archive, [activity_id]).get(activity_id, [])}
    added = 0
    for path in wanted:
        sha256, size, was_whole = _keep(archive, path)
        if sha256 in known:
            added += not was_whole
            continue
        known.add(sha256)
        row = Attachment(activity_id=activity_id, name=path.name, sha256=sha256, size=size)
        writer.insert(archive, row)
        added += 1
    return added


def of_activities(archive: Reader, activity_ids: Iterable[str]) -> dict[str, list[AttachmentView]]:
    """Return the attachments of activities, each activity's in the order they came."""
    found: dict[str, list[AttachmentView]] = {}
    sql = "SELECT activity_id, id, name, sha256, size FROM attachment WHERE activity_id IN"
    for activity_id, id_, name, sha256, size in among(archive, sql, activity_ids, "ORDER BY id"):
        view = AttachmentView(id_, name, sha256, size, str(place(archive.location, sha256)))
        found.setdefault(activity_id, []).append(view)
    return found


def faults(archive: Reader, besides: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield for each kept file that is missing or changed where it should be, and what is wrong.

    `besides` are the hashes of those of which that is known. Where a server's archive has files
    and no folder for them is named, that is one fault.
    """
    found = archive.connection.exec_driver_sql(
        "SELECT sha256, size, name FROM attachment ORDER BY sha256, id"
    )
    seen = set(besides)
    identity = contents.identity_of(archive)
    for sha256, size, name in found:
        if sha256 in seen:
            continue
        seen.add(sha256)
        try:
            path = place(archive.location, sha256)
        except UnusableError as error:
            yield "附件", f"{error.message}{error.hint}"
            return
        reason = _fault(path, sha256, size, identity)
        if reason:
            yield f"附件 {name}", f"{reason}：{path}"


def _fault(path: Path, sha256: str, size: int, identity: str | None) -> str:
    try:
        if identity is None and path.stat().st_size != size:
            return "大小与登记的不符"
        same = contents.hash_of(path, identity) == (sha256, size)
        return "" if same else "内容与登记的 SHA-256 不符"
    except UnusableError as error:
        return error.message
    except FileNotFoundError:
        return "文件不见了"
    except OSError as error:
        return f"文件读不出来（{os_reason(error)}）"


def _keep(archive: Archive, source: Path) -> tuple[str, int, bool]:
    """Copy a file into its place, reading it once; return its hash and size.

    Also whether that very content was there already, whole: what lies there may be damaged.
    """
    root = folder(archive.location)
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.TemporaryFile(dir=root) as copy, source.open("rb") as original:
            while chunk := original.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                copy.write(chunk)
            if not size:
                raise InputError("file-empty", f"文件是空的：{source}", "请核对附件。")
            copy.seek(0)
            sha256, identity = digest.hexdigest(), contents.identity_of(archive)
            target = place(archive.location, sha256)
            was_whole = not _fault(target, sha256, size, identity)
            contents.write(target, iter(lambda: copy.read(_CHUNK), b""), identity)
        return sha256, size, was_whole
    except OSError as error:
        raise UnusableError(
            "output-unusable",
            f"附件存不进 {root}：{os_reason(error)}",
            "请检查磁盘空间和目录权限。",
        ) from error
