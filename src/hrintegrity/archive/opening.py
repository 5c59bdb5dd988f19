"""What opening an archive asks in any case: whose turn it is, and whether the schema is ours."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from hrintegrity.archive.connecting import is_encrypted, is_locked
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.errors import UnusableError

SCHEMA = "0014"
"""The newest revision in `migrations/`; a test compares the two."""

PATIENCE_SECONDS = 3
"""How long a command waits for others before it says so."""

_NO_SUCH_TABLE = "42P01"
"""What PostgreSQL calls it, in whatever language it says so."""

_REVISION = re.compile(r"\d{4}")

REVISION = "SELECT version_num FROM alembic_version"


class Closing(Protocol):
    """What can be closed: a connection of SQLAlchemy's, or a driver's own."""

    def close(self) -> None:
        """End the transaction and let go of the file."""


C = TypeVar("C", bound=Closing)


def take_turn(
    location: Location, connect: Callable[[], C], *, waiting: Callable[[], None] | None
) -> C:
    """Return a connection whose transaction has begun, however long others hold the archive.

    `connect` waits for a moment only, and raises what the database says. Where another file took
    the archive's name meanwhile (`archive.replacing`), that one is opened.
    """
    began = time.monotonic()
    before = location.file_now()
    while True:
        try:
            connection = connect()
        except BaseException as error:
            waited = time.monotonic() - began
            if not is_locked(error) or waited >= BUSY_SECONDS:
                raise
            if waiting is not None and waited >= PATIENCE_SECONDS:
                waiting()
                waiting = None
        else:
            now = location.file_now()
            if now == before:
                return connection
            connection.close()
            before = now


def is_encrypted_archive(location: Location, path: Path) -> bool:
    """Whether the file of an archive is encrypted.

    Raises UnusableError `archive-missing` where there is none, `archive-damaged` for a folder.
    """
    if not path.exists():
        raise UnusableError(
            "archive-missing",
            f"没有这个档案库：{path}",
            "请先用 hri init 建立，或用 --archive 指明位置。",
        )
    if path.is_dir():
        raise UnusableError(
            "archive-damaged", f"这是一个目录，不是档案库：{path}", "请给出文件名。"
        )
    return is_encrypted(path) if location.encrypted is None else location.encrypted


def check_schema(connection: Any, *, in_file: bool) -> None:
    """Refuse an archive of another schema; one statement, since Alembic costs start-up time.

    Raises UnusableError `archive-missing`, `archive-damaged`, `archive-newer` or `archive-older`,
    and what the database says.
    """
    try:
        found = connection.exec_driver_sql(REVISION).scalar()
    except Exception as error:
        said = getattr(error, "orig", error)
        if getattr(said, "sqlstate", None) == _NO_SUCH_TABLE:
            raise UnusableError(
                "archive-missing",
                "服务器上的这个库里还没有档案库。",
                "请先用 hri init 建立，或核对 --archive 里的库名。",
            ) from error
        if "no such table" not in str(said):
            raise
        found = None
    if found is None or not _REVISION.fullmatch(str(found)):
        raise UnusableError("archive-damaged", "这不是 hri 的档案库。", "请检查 --archive 的路径。")
    if found > SCHEMA:
        raise UnusableError(
            "archive-newer",
            f"档案库由更新版本的 hri 建立（结构 {found}，本程序为 {SCHEMA}）。",
            "请升级 hri 后再打开。",
        )
    if found < SCHEMA:
        backup = "会先自动备份" if in_file else "由库的所有者运行；请先用 pg_dump 备份"
        raise UnusableError(
            "archive-older",
            f"档案库是旧版本的结构（{found}，本程序为 {SCHEMA}）。",
            f"请运行 hri archive upgrade（{backup}）。",
        )


def refuse_newer(revision: str) -> None:
    """Raise UnusableError `archive-newer` for a schema that this program does not know."""
    if revision > SCHEMA:
        raise UnusableError(
            "archive-newer",
            f"档案库由更新版本的 hri 建立（结构 {revision}，本程序为 {SCHEMA}）。",
            "请升级 hri 后再试。",
        )
