"""Bringing an archive to the present schema."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hrintegrity.archive.engine import begin, make_engine
from hrintegrity.archive.explaining import explain
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.location import Location
from hrintegrity.archive.opening import REVISION, SCHEMA, check_schema, refuse_newer
from hrintegrity.errors import UnusableError


def upgrade_server(location: Location) -> tuple[str, str]:
    """Bring an archive on a server to the present schema; return old and new revision."""
    from hrintegrity.archive.rights import renew  # noqa: PLC0415 — loads all tables.
    from hrintegrity.archive.schema import migrate  # noqa: PLC0415 — loads Alembic.

    engine = make_engine(location)
    try:
        with engine.connect() as connection:
            begin(connection, write=True)
            before: str = connection.exec_driver_sql(REVISION).scalar_one()
            refuse_newer(before)
            if before != SCHEMA:
                migrate(connection)
                renew(connection)
            connection.commit()
            return before, SCHEMA
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        engine.dispose()


def migrate_file(path: Path) -> None:
    """Migrate a file in place, foreign keys off: rebuilding a table would empty its children."""
    from hrintegrity.archive.schema import migrate  # noqa: PLC0415 — loads Alembic.

    location = Location(path=path)
    engine = make_engine(location)
    try:
        with engine.connect() as connection:
            with writes_allowed(connection):
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            begin(connection, write=True)
            migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise UnusableError(
                    "archive-damaged",
                    f"升级后 {broken[0]} 表的关联不完整，已撤销。",
                    "请联系维护人员。",
                )
            connection.commit()
            check_schema(connection, in_file=True)
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        engine.dispose()
