"""Making and upgrading the schema; the only user of Alembic, whose import is slow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from hrintegrity.archive import contents, passphrases, writer
from hrintegrity.archive.connecting import create_file
from hrintegrity.archive.engine import Archive, begin, make_engine
from hrintegrity.archive.explaining import explain
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.location import Location
from hrintegrity.archive.reader import only_begun
from hrintegrity.archive.server import check_encoding, order_by_code_points
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.exchange import Vault
from hrintegrity.errors import LookupFailedError
from hrintegrity.files import rename_new
from hrintegrity.notice.names import office


def newest_revision() -> str:
    """Return the newest revision in `migrations/`."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise AssertionError("migrations/ has no revision")
    return head


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision`, within the transaction that is under way."""
    with writes_allowed(connection):
        command.upgrade(_config(connection), revision)
        if connection.dialect.name != "sqlite":
            order_by_code_points(connection)


@contextmanager
def new_archive(location: Location, *, operator: str) -> Iterator[Archive]:
    """Make an archive and open it for its first records; it appears whole or not at all.

    Raises LookupFailedError `archive-exists` where there is one, UnusableError
    `archive-unusable`.
    """
    if location.path is None:
        with _with_schema(location, operator) as archive:
            yield archive
        return
    _refuse_existing(location)
    location.make_folder()
    unfinished = location.path.with_name(f".{location.path.name}.{new_id()}")
    create_file(unfinished, location.path)
    try:
        if location.encrypted:
            passphrases.remember(unfinished, passphrases.known(Path(str(location.path))))
        with _with_schema(Location(path=unfinished, encrypted=location.encrypted), operator) as new:
            if location.encrypted:
                writer.keep_unjournalled(new, Vault(identity=contents.new_identity()))
            yield new
        _name_it(unfinished, location)
    finally:
        unfinished.unlink(missing_ok=True)


def _name_it(unfinished: Path, location: Location) -> None:
    """Give a new archive its name, unless another process has made one there meanwhile."""
    try:
        rename_new(unfinished, Path(str(location.path)))
    except LookupFailedError:
        raise _exists(location) from None


def _refuse_existing(location: Location) -> None:
    if location.path is None or os.path.lexists(location.path):
        raise _exists(location)


def _exists(location: Location) -> LookupFailedError:
    return LookupFailedError(
        "archive-exists",
        f"档案库已存在，未改动：{location}",
        f"直接使用它，或换一个 --archive。{_anew(location)}",
    )


def _anew(location: Location) -> str:
    """Say how to make an archive anew in which nothing was recorded; nothing for any other."""
    begun = None if location.path is None else only_begun(location.path)
    if begun is None or location.path is None:
        return ""
    files = [file for file in (location.path, location.key_file, location.attachments) if file]
    names = "、".join(file.name for file in files if file.exists())
    return (
        f"它是{office(begun.district)}{begun.year}年的，还没有登记过机构；建错了的，"
        f"把 {names} 改名（在 {location.path.parent}），再运行 hri init。"
    )


@contextmanager
def _with_schema(location: Location, operator: str) -> Iterator[Archive]:
    engine = make_engine(location)
    try:
        with engine.connect() as connection:
            begin(connection, write=True)
            if location.path is None:
                check_encoding(connection)
                if inspect(connection).has_table("alembic_version"):
                    _refuse_existing(location)
            migrate(connection)
            with Session(connection, autoflush=False, expire_on_commit=False) as session:
                yield Archive(connection, location, session, operator)
            connection.commit()
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    scripts = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
