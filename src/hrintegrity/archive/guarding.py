"""What keeps data from being changed behind the journal's back, in the program and in SQLite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, event

_WRITES_ALLOWED = "hri_writes_allowed"
_WRITER = "hri_writer"

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"\b(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|ATTACH|DETACH|VACUUM|REINDEX|COPY"
    r"|CALL|DO|GRANT|REVOKE|REPLACE\s+INTO"
    # A setting may be changed as `name = value` and as `name(value)`; these only look.
    r"|PRAGMA\s+(?!(?:\w+\.)?(?:table_x?info|table_list|index_x?info|index_list|foreign_key_list"
    r"|foreign_key_check|integrity_check)\b))\b",
    re.IGNORECASE,
)


class UnjournalledWriteError(AssertionError):
    """A statement that changes data did not come through `archive.writer`: a programming error."""


@lru_cache(maxsize=512)
def changes_data(statement: str) -> bool:
    """Whether a statement may change data or schema, judged by its words outside quotes."""
    return _WRITES.search(_QUOTED.sub(" ", statement)) is not None


@contextmanager
def writes_allowed(connection: Connection) -> Iterator[None]:
    """Let statements that change data through; for `archive.writer` and changes of the schema only.

    Raises UnjournalledWriteError where the archive was opened for reading.
    """
    if not connection.info.get(_WRITER, True):
        raise UnjournalledWriteError("the archive was opened for reading")
    allow_changes(connection, True)
    connection.info[_WRITES_ALLOWED] = True
    try:
        yield
    finally:
        connection.info[_WRITES_ALLOWED] = False
        allow_changes(connection, False)


def allow_changes(connection: Connection, allowed: bool) -> None:
    """Tell SQLite itself, so that a statement that the guard doesn't see is refused too."""
    if connection.dialect.name == "sqlite":
        driver_of(connection).execute(f"PRAGMA query_only = {'OFF' if allowed else 'ON'}")


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection, which no guard watches."""
    return connection.connection.dbapi_connection


def guard_statements(engine: Engine) -> None:
    """Refuse every statement of an engine that changes data and isn't let through."""
    event.listen(engine, "before_cursor_execute", _guard)


def keep_intent(connection: Connection, write: bool) -> None:
    """Keep whether the archive was opened for writing."""
    connection.info[_WRITER] = write


def _guard(
    connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
) -> None:
    """Refuse a statement that changes data and did not come through `archive.writer`."""
    if changes_data(statement) and not connection.info.get(_WRITES_ALLOWED):
        raise UnjournalledWriteError(statement)
