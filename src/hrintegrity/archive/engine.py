"""Opening an archive: one session, one transaction, and no write but through `archive.writer`."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from hrintegrity.archive.connecting import cipher_driver, connect, is_encrypted, is_locked
from hrintegrity.archive.explaining import explain
from hrintegrity.archive.guarding import (
    UnjournalledWriteError,
    allow_changes,
    driver_of,
    guard_statements,
    keep_intent,
)
from hrintegrity.archive.location import AT_ONCE_SECONDS, BUSY_SECONDS, Location, system_user
from hrintegrity.archive.server import begin_on_server, is_missing_table, server_engine
from hrintegrity.errors import UnusableError
from hrintegrity.files import flush_folder
from hrintegrity.protection import guard

SCHEMA = "0014"
"""The newest revision in `migrations/`; a test compares the two."""

TELL_SECONDS = 3
"""After how long it is told that a command waits for others."""

_REVISION = re.compile(r"\d{4}")


@dataclass
class Archive:
    """An open archive: the session for reading, and who acts, for the journal.

    `entered` says that the journal has an entry of this transaction, `remains` that bytes of
    someone who was erased are to leave the file after it.
    """

    session: Session
    connection: Connection
    location: Location
    operator: str
    discards: bool = False
    entered: bool = False
    remains: bool = False

    def keep_nothing(self) -> None:
        """Let the transaction end without a trace: not a byte of the archive changes."""
        self.discards = True

    @cached_property
    def login(self) -> str:
        """Who is logged in: the system's user for a file, the database's for a server."""
        if self.is_sqlite:
            return system_user()
        return str(self.connection.exec_driver_sql("SELECT session_user").scalar_one())

    @property
    def is_sqlite(self) -> bool:
        """Whether the archive is a file."""
        return self.connection.dialect.name == "sqlite"

    @property
    def mark(self) -> str:
        """What stands for a value in a statement of the driver's own."""
        return "?" if self.is_sqlite else "%s"

    def marks(self, count: int) -> str:
        """What stands for a list of values."""
        return ", ".join([self.mark] * count)


@contextmanager
def open_archive(
    location: Location,
    *,
    operator: str,
    write: bool,
    waiting: Callable[[], None] | None = None,
) -> Iterator[Archive]:
    """Open an archive for one command: commit on success, roll back on any error.

    A writer holds the archive's only write lock from its first statement, so that two never
    build on the same journal entry. `waiting` is called once where another program holds the
    archive's file for longer. Raises UnusableError `archive-missing`, `archive-locked`,
    `archive-damaged`, `archive-newer`, `archive-older` or `archive-unusable`.
    """
    engine = None
    try:
        engine, connection = _take_turn(location, write=write, waiting=waiting)
        with connection:
            check_schema(connection)
            # The connection's transaction is the only one: a session that made a savepoint of its
            # own would lose it to the savepoint of an import.
            with Session(
                connection,
                autoflush=False,
                expire_on_commit=False,
                join_transaction_mode="rollback_only",
            ) as session:
                archive = Archive(session, connection, _known(location, connection), operator)
                yield archive
                if session.dirty or session.new or session.deleted:
                    raise UnjournalledWriteError("objects were changed outside of archive.writer")
                if write and not archive.discards:
                    session.commit()
            if archive.discards:
                connection.rollback()
            elif write:
                connection.commit()
                if location.path is not None:
                    # A commit is the removal of a file, which a power cut could take back.
                    flush_folder(location.path.parent)
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        if engine is not None:
            engine.dispose()


def _take_turn(
    location: Location, *, write: bool, waiting: Callable[[], None] | None
) -> tuple[Engine, Connection]:
    """Return an engine and a connection whose transaction has begun, however long others hold it.

    Where another file took the archive's name meanwhile (`archive.replacing`), that one is opened.
    """
    began = time.monotonic()
    before, engine = location.file_now(), make_engine(location, AT_ONCE_SECONDS)
    while True:
        connection = None
        try:
            connection = engine.connect()
            begin(connection, write=write)
            if (now := location.file_now()) == before:
                return engine, connection
            connection.close()
            before, engine = now, make_engine(location, AT_ONCE_SECONDS)
            continue
        except BaseException as error:
            if connection is not None:
                connection.close()
            waited = time.monotonic() - began
            if not is_locked(error) or waited >= BUSY_SECONDS:
                raise
        if waiting is not None and waited >= TELL_SECONDS:
            waiting()
            waiting = None


def _known(location: Location, connection: Connection) -> Location:
    """Return the location with what is known of its file now.

    Whoever read the file's head once more would let go of the lock on it: POSIX drops all locks of
    a process with the first of its descriptors that is closed.
    """
    if location.path is None:
        return location
    return replace(location, encrypted=not isinstance(driver_of(connection), sqlite3.Connection))


def make_engine(location: Location, busy_seconds: float | None = None) -> Engine:
    """Return an engine for an archive that exists, guarded against writes outside `archive.writer`.

    Until its transaction has begun, a connection to a file waits `busy_seconds` for others.
    """
    guard(location.own_files, unreadable=() if location.path is None else (location.path,))
    path = location.path
    seconds = BUSY_SECONDS if busy_seconds is None else busy_seconds
    engine = server_engine(location) if path is None else _sqlite_engine(location, path, seconds)
    guard_statements(engine)
    return engine


def begin(connection: Connection, *, write: bool) -> None:
    """Begin the transaction; a writer waits here for its turn."""
    if connection.dialect.name == "sqlite":
        connection.begin()
        allow_changes(connection, write)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
        driver_of(connection).execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        allow_changes(connection, False)
    else:
        begin_on_server(connection, write=write)
    keep_intent(connection, write)


def check_schema(connection: Connection) -> None:
    """Refuse an archive of another schema; one statement, since Alembic costs start-up time."""
    try:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except DBAPIError as error:
        if is_missing_table(error):
            raise UnusableError(
                "archive-missing",
                "服务器上的这个库里还没有档案库。",
                "请先用 hri init 建立，或核对 --archive 里的库名。",
            ) from error
        if "no such table" not in str(error.orig):
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
        in_file = connection.dialect.name == "sqlite"
        backup = "会先自动备份" if in_file else "由库的所有者运行；请先用 pg_dump 备份"
        raise UnusableError(
            "archive-older",
            f"档案库是旧版本的结构（{found}，本程序为 {SCHEMA}）。",
            f"请运行 hri archive upgrade（{backup}）。",
        )


def _sqlite_engine(location: Location, path: Path, busy_seconds: float) -> Engine:
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
    encrypted = is_encrypted(path) if location.encrypted is None else location.encrypted

    def open_file() -> Any:
        # Autocommit mode of the driver: the transaction is begun by us, immediate for a writer.
        return connect(path, "rw", timeout=busy_seconds, autocommit=True, encrypted=encrypted)

    module = cipher_driver() if encrypted else sqlite3
    return create_engine("sqlite://", module=module, creator=open_file, poolclass=NullPool)
