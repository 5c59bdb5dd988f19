"""Making sure that what was deleted is not in the archive's file any more."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from hrintegrity.archive.connecting import connect, database_errors
from hrintegrity.archive.explaining import explain_copy, reason_of
from hrintegrity.archive.journal import GENESIS
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.archive.serialisation import table_name
from hrintegrity.archive.server import WAIT_SECONDS, server_engine
from hrintegrity.archive.tables.complaints import Complainant
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.errors import UnusableError

ERASABLE = (Complainant, Practitioner, Employment)
"""The tables of whoever can be erased."""


def overwrite_deleted(location: Location) -> None:
    """Write the archive's file anew from what it holds, so that no deleted byte is left in it.

    SQLite leaves deleted content in free space, also of pages that were split earlier. On a server
    only the tables of whoever can be erased are written anew. Raises UnusableError `remains-left`.
    """
    try:
        if location.path is None:
            _on_server(location)
        else:
            _in_file(location.path)
    except database_errors() as error:
        raise UnusableError(
            "remains-left",
            f"记录已经删除，但档案库文件里可能还有残留，没能重写：{reason_of(error)}",
            "请关闭其他正在使用档案库的程序，检查磁盘空间，再运行一次同样的命令。",
        ) from error


_ERASED = "SELECT id FROM practitioner WHERE erased IS NOT NULL"


def erased_in(path: Path) -> tuple[set[str], int, str]:
    """Return the people who were erased in an archive's file, and its chain's end.

    The file may be of an older schema. Raises UnusableError as `explain_copy` says.
    """
    gone = "SELECT record FROM journal WHERE \"table\" = 'complainant' AND action = 'delete'"
    last = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
    try:
        with closing(connect(path, "rw", timeout=BUSY_SECONDS)) as connection:
            records = {record for (record,) in connection.execute(gone)}
            columns = connection.execute("SELECT name FROM pragma_table_info('practitioner')")
            if ("erased",) in columns.fetchall():
                people = connection.execute(_ERASED)
                records |= {record for (record,) in people}
            entries, head = connection.execute(last).fetchone() or (0, GENESIS)
    except database_errors() as error:
        raise explain_copy(error, path, None) from error
    return records, entries, head


def _in_file(path: Path) -> None:
    with closing(connect(path, "rw", timeout=BUSY_SECONDS, autocommit=True)) as connection:
        connection.execute("VACUUM")


def _on_server(location: Location) -> None:
    engine = server_engine(location, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{WAIT_SECONDS}s'")
            for model in ERASABLE:
                _rewrite(connection, table_name(model))
    finally:
        engine.dispose()


def _rewrite(connection: Connection, table: str) -> None:
    which_file = f"SELECT pg_relation_filenode('{table}')"
    before = connection.exec_driver_sql(which_file).scalar()
    connection.exec_driver_sql(f"VACUUM FULL {table}")
    # Without the right to it the server only warns and does nothing.
    if connection.exec_driver_sql(which_file).scalar() == before:
        raise UnusableError(
            "remains-left",
            "记录已经删除，但服务器的文件里可能还有残留：数据库用户没有重写这个表的权限。",
            f"请管理员运行一次：VACUUM FULL {table};",
        )
