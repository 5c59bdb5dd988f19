"""One look into an archive without SQLModel, for commands that do not open it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from hrintegrity.archive.connecting import connect, database_errors, is_encrypted, is_locked
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.errors import UnusableError

_NEWEST_HOTLINES = "SELECT content FROM hotline_list ORDER BY date DESC, id DESC LIMIT 1"


_BEGUN = """
    SELECT (SELECT district FROM office WHERE owner), (SELECT max(year) FROM campaign)
    WHERE NOT EXISTS (
        SELECT 1 FROM journal
        WHERE "table" NOT IN ('office', 'campaign', 'key_trust', 'seal', 'vault')
    )
"""


class Begun(NamedTuple):
    """An archive in which nothing was recorded since it was made: whose it is, of which year."""

    district: str
    year: int


def only_begun(path: Path) -> Begun | None:
    """Return whose archive it is where nothing was recorded in it yet.

    None where something was, and where it can't be looked at as it lies there.
    """
    try:
        if not path.is_file() or is_encrypted(path):
            return None
        with closing(connect(path, "ro", timeout=0)) as connection:
            found = connection.execute(_BEGUN).fetchone()
    except UnusableError:
        return None
    except database_errors():
        return None
    return None if found is None or None in found else Begun(*found)


def newest_hotlines(location: Location) -> str | None:
    """Return the newest list of hotlines as JSON; None without an archive or a list.

    Raises UnusableError `archive-damaged` where the file is no archive, `archive-locked`.
    """
    if location.path is None:
        from hrintegrity.archive.engine import open_archive  # noqa: PLC0415 — servers only.

        with open_archive(location, operator="", write=False) as archive:
            found: Any = archive.connection.exec_driver_sql(_NEWEST_HOTLINES).scalar()
            return None if found is None else str(found)
    if not location.path.is_file():
        return None
    # Not `mode=ro`: what a crash left half written has to be taken back before anything is read.
    try:
        with closing(connect(location.path, "rw", timeout=BUSY_SECONDS)) as connection:
            row = connection.execute(_NEWEST_HOTLINES).fetchone()
    except database_errors() as error:
        if is_locked(error):
            raise UnusableError(
                "archive-locked",
                f"档案库正被占用：{location}",
                "请关闭其他正在写入的程序后再试。",
            ) from error
        raise UnusableError(
            "archive-damaged",
            f"档案库已损坏，或不是档案库文件：{location}",
            "请检查 --archive 的路径，或用备份恢复。",
        ) from error
    return None if row is None else str(row[0])
