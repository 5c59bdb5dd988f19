"""What a clerk's database user may do on a server: everything the program does, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlmodel import SQLModel

from hrintegrity.archive import tables
from hrintegrity.archive.engine import Archive, writes_allowed
from hrintegrity.archive.server import no_right
from hrintegrity.errors import LookupFailedError, RuleError, UnusableError

_MAINTAINS = 170000
"""Since version 17 a server lets others than the owner rewrite a table, if they may."""

_IS_OWNER = """
    SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'journal'::regclass
"""
_HOLDERS = """
    SELECT DISTINCT r.rolname FROM pg_class AS c, aclexplode(c.relacl) AS a
    JOIN pg_roles AS r ON r.oid = a.grantee
    WHERE c.oid = 'journal'::regclass AND a.privilege_type = 'INSERT' AND r.oid <> c.relowner
    ORDER BY r.rolname
"""
_ABOVE = """
    SELECT r.rolsuper OR pg_has_role(r.oid, c.relowner, 'MEMBER')
    FROM pg_roles AS r, pg_class AS c WHERE r.rolname = %s AND c.oid = 'journal'::regclass
"""


def grant(archive: Archive, role: str) -> None:
    """Let a user of the database work as a clerk, who can add to the journal but not change it.

    Whatever rights he had on the tables are replaced. Raises UnusableError `archive-in-file`,
    LookupFailedError `user-missing`, RuleError `user-too-mighty`, UnusableError `archive-rights`
    for whoever isn't the owner.
    """
    connection = archive.connection
    if archive.is_sqlite:
        raise UnusableError(
            "archive-in-file",
            "档案库是一个文件，没有数据库用户。",
            "几个人一起用的，请放到服务器上。",
        )
    # A server only warns where somebody grants what isn't his to give.
    if not connection.exec_driver_sql(_IS_OWNER).scalar():
        raise no_right(archive.location)
    above = connection.exec_driver_sql(_ABOVE, (role,)).scalar()
    if above is None:
        raise LookupFailedError(
            "user-missing",
            f"服务器上没有数据库用户 {role}。",
            "请先建：CREATE ROLE 用户名 LOGIN PASSWORD '…'。",
        )
    if above:
        raise RuleError(
            "user-too-mighty",
            f"{role} 是库的所有者或超级用户，能关掉日志的保护，不能当经办人。",
            "请为经办人另建数据库用户。",
        )
    _give(connection, role)


def renew(connection: Connection) -> None:
    """Give those who have a clerk's rights the same on tables that came with a new schema."""
    for role in connection.exec_driver_sql(_HOLDERS).scalars().all():
        _give(connection, role)


def _give(connection: Connection, role: str) -> None:
    user = connection.dialect.identifier_preparer.quote_identifier(role)
    with writes_allowed(connection):
        for statement in _statements(connection):
            connection.exec_driver_sql(statement.format(user))


def _statements(connection: Connection) -> Iterator[str]:
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    yield f"GRANT USAGE ON SCHEMA {schema} TO {{}}"
    tables.load_all()
    for name in ("alembic_version", *SQLModel.metadata.tables):
        given = {"alembic_version": "SELECT", "journal": "SELECT, INSERT"}.get(
            name, "SELECT, INSERT, UPDATE, DELETE"
        )
        yield f'REVOKE ALL ON "{name}" FROM {{}}'
        yield f'GRANT {given} ON "{name}" TO {{}}'
    if _version(connection) >= _MAINTAINS:
        # Who erases a complainant also has the table written anew.
        yield 'GRANT MAINTAIN ON "complainant" TO {}'


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
