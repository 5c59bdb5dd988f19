"""One look into an archive without SQLModel, for commands that else only read the notice."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from hrintegrity.archive.connecting import connect, database_errors, is_locked
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.errors import UnusableError

_NEWEST_HOTLINES = "SELECT content FROM hotline_list ORDER BY date DESC, id DESC LIMIT 1"


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
