"""Opening an archive: one session, one transaction, and no write but through `archive.writer`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from hrintegrity.archive.connecting import cipher_driver, connect
from hrintegrity.archive.explaining import explain
from hrintegrity.archive.guarding import (
    UnjournalledWriteError,
    allow_changes,
    driver_of,
    guard_statements,
    keep_intent,
)
from hrintegrity.archive.location import AT_ONCE_SECONDS, BUSY_SECONDS, Location, system_user
from hrintegrity.archive.opening import SCHEMA as SCHEMA
from hrintegrity.archive.opening import check_schema, is_encrypted_archive, take_turn
from hrintegrity.archive.reader import FETCHED, Answer, Reader
from hrintegrity.archive.server import begin_on_server, server_engine
from hrintegrity.chunking import AT_ONCE
from hrintegrity.files import flush_folder
from hrintegrity.protection import guard

_FEW = {"yield_per": AT_ONCE}


@dataclass
class Archive(Reader):
    """An open archive: the session for reading objects, and who acts, for the journal.

    `entered` says that the journal has an entry of this transaction, `remains` that bytes of
    someone who was erased are to leave the file after it.
    """

    connection: Connection
    session: Session
    operator: str
    discards: bool = False
    entered: bool = False
    remains: bool = False

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query as a reader does; a server sends them some at a time."""
        found = self.connection.exec_driver_sql(sql, tuple(values), execution_options=_FEW)
        return chain.from_iterable(found.partitions(FETCHED))

    def query(self, sql: str, values: Mapping[str, Any], *, many: bool = False) -> Answer:
        """Return what a query finds; a server sends `many` rows a few hundred at a time."""
        options = _FEW if many else {}
        return self.connection.execute(text(sql), dict(values), execution_options=options)

    def keep_nothing(self) -> None:
        """Let the transaction end without a trace: not a byte of the archive changes."""
        self.discards = True

    @cached_property
    def login(self) -> str:
        """Who is logged in: the system's user for a file, the database's for a server."""
        if self.is_sqlite:
            return system_user()
        return str(self.connection.exec_driver_sql("SELECT session_user").scalar_one())


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
    try:
        connection = take_turn(location, lambda: _begun(location, write=write), waiting=waiting)
        with connection:
            check_schema(connection, in_file=location.path is not None)
            # The connection's transaction is the only one: a session that made a savepoint of its
            # own would lose it to the savepoint of an import.
            with Session(
                connection,
                autoflush=False,
                expire_on_commit=False,
                join_transaction_mode="rollback_only",
            ) as session:
                archive = Archive(connection, _known(location, connection), session, operator)
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


def _begun(location: Location, *, write: bool) -> Connection:
    """Return a connection whose transaction has begun; where that fails, none stays open."""
    connection = make_engine(location, AT_ONCE_SECONDS).connect()
    try:
        begin(connection, write=write)
    except BaseException:
        connection.close()
        raise
    return connection


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


def _sqlite_engine(location: Location, path: Path, busy_seconds: float) -> Engine:
    encrypted = is_encrypted_archive(location, path)

    def open_file() -> Any:
        # Autocommit mode of the driver: the transaction is begun by us, immediate for a writer.
        return connect(path, "rw", timeout=busy_seconds, autocommit=True, encrypted=encrypted)

    module = cipher_driver() if encrypted else sqlite3
    return create_engine("sqlite://", module=module, creator=open_file, poolclass=NullPool)
