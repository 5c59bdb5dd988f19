"""Reading the rows of an archive as they are, past SQLModel, whose import takes half a second.

A file is opened by its driver; a server is reached through SQLAlchemy. What asks for plain rows
takes a `Reader`; an `engine.Archive`, with models of tables and a journal, is one too.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from hrintegrity.archive.connecting import connect, database_errors, is_encrypted
from hrintegrity.archive.explaining import explain
from hrintegrity.archive.location import AT_ONCE_SECONDS, BUSY_SECONDS, Location
from hrintegrity.archive.opening import check_schema, is_encrypted_archive, take_turn
from hrintegrity.errors import UnusableError
from hrintegrity.protection import guard

FETCHED = 100
"""So many rows are fetched at a time: each fetch costs more than a row, and `verification` reads
all tables beside each other."""


class Answer(Protocol):
    """The rows that a statement found, as SQLAlchemy's results give them."""

    def __iter__(self) -> Iterator[Any]: ...

    def keys(self) -> Iterable[str]:
        """Return the names of the columns."""

    def all(self) -> Sequence[Any]:
        """Return all rows."""

    def first(self) -> Any:
        """Return the first row, or None."""

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""


class Connection(Protocol):
    """What plain questions need of a connection: SQLAlchemy's own has it."""

    def exec_driver_sql(self, statement: str, parameters: Any = None) -> Answer:
        """Return what a statement finds, written for the driver."""


@dataclass
class Reader:
    """An open archive, for plain rows."""

    connection: Connection
    location: Location

    @property
    def is_sqlite(self) -> bool:
        """Whether the archive is a file."""
        return self.location.path is not None

    @property
    def mark(self) -> str:
        """What stands for a value in a statement of the driver's own."""
        return "?" if self.is_sqlite else "%s"

    def marks(self, count: int) -> str:
        """What stands for a list of values."""
        return ", ".join([self.mark] * count)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query, of which there may be as many as the archive has.

        Its values stand in it as `mark`, by their places; for values by name there is `query`.
        """
        return iter(self.connection.exec_driver_sql(sql, tuple(values)))

    def query(self, sql: str, values: Mapping[str, Any], *, many: bool = False) -> Answer:
        """Return what a query finds whose values stand in it as `:name`; it may name only some.

        `many` rows are not all held at once while they are read one by one.
        """
        stored = {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in values.items()
        }
        return self.connection.exec_driver_sql(sql, stored)


@contextmanager
def open_reader(
    location: Location, *, waiting: Callable[[], None] | None = None
) -> Iterator[Reader]:
    """Open an archive's file for a command that reads plain rows, all as of one moment.

    `waiting` is as for `engine.open_archive`. Raises as that does.
    """
    path = location.path
    if path is None:
        raise ValueError("an archive on a server is opened by engine.open_archive")
    guard(location.own_files, unreadable=(path,))
    try:
        driver = take_turn(location, lambda: _begun(location, path), waiting=waiting)
        with closing(driver):
            connection = _FileConnection(driver)
            check_schema(connection, in_file=True)
            encrypted = not isinstance(driver, sqlite3.Connection)
            yield Reader(connection, replace(location, encrypted=encrypted))
    except database_errors() as error:
        raise explain(error, location) from error


def _begun(location: Location, path: Path) -> Any:
    """Return a driver's connection to a file, which reads only and has begun its transaction."""
    encrypted = is_encrypted_archive(location, path)
    # A pragma of `connect` reads the file and so waits for who writes; BEGIN takes no lock yet.
    driver = connect(path, "rw", timeout=AT_ONCE_SECONDS, autocommit=True, encrypted=encrypted)
    try:
        driver.execute("PRAGMA query_only = ON")
        driver.execute("BEGIN")
        driver.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    except BaseException:
        driver.close()
        raise
    return driver


class _FileConnection:
    """A driver's connection to a file, asked as SQLAlchemy's."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def exec_driver_sql(self, statement: str, parameters: Any = None) -> Answer:
        """Return what a statement finds."""
        return _FileAnswer(self._driver.execute(statement, parameters or ()))


class _FileAnswer:
    """A driver's cursor, read as SQLAlchemy's results."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def keys(self) -> Iterable[str]:
        """Return the names of the columns."""
        return [column[0] for column in self._cursor.description]

    def all(self) -> Sequence[Any]:
        """Return all rows."""
        found: list[Any] = self._cursor.fetchall()
        return found

    def first(self) -> Any:
        """Return the first row, or None."""
        return self._cursor.fetchone()

    def scalar(self) -> Any:
        """Return the first value of the first row, or None."""
        row = self.first()
        return None if row is None else row[0]


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
