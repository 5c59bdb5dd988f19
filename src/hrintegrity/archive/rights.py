"""What a database user may do on a server, by role: what the program does for it, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection
from sqlmodel import SQLModel

from hrintegrity.archive import tables
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.server import no_right
from hrintegrity.errors import LookupFailedError, RuleError, UnusableError

_MAINTAINS = 170000
_ERASABLE = ("complainant", "practitioner", "employment")
"""Since version 17 a server lets others than the owner rewrite a table, if they may."""

_IS_OWNER = """
    SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'journal'::regclass
"""
_HOLDERS = """
    SELECT DISTINCT r.rolname FROM pg_class AS c, aclexplode(c.relacl) AS a
    JOIN pg_roles AS r ON r.oid = a.grantee
    WHERE c.oid = 'journal'::regclass AND a.privilege_type = 'SELECT' AND r.oid <> c.relowner
    ORDER BY r.rolname
"""
_ABOVE = """
    SELECT r.rolsuper OR pg_has_role(r.oid, c.relowner, 'MEMBER')
    FROM pg_roles AS r, pg_class AS c WHERE r.rolname = %s AND c.oid = 'journal'::regclass
"""


DEFAULT = "clerk"
ROLES: Mapping[str, tuple[str, frozenset[str]]] = {
    "viewer": ("只能查看", frozenset()),
    "inspector": (
        "能登记检查、整改、投诉举报和活动",
        frozenset(
            {"inspection", "gap", "complaint", "complainant", "education", "activity", "attachment"}
        ),
    ),
    "clerk": ("能办理业务，但不能认可别的单位的公钥", frozenset({"*"})),
    "head": ("能办理全部业务，也能认可别的单位的公钥", frozenset({"*", "key_trust"})),
}
"""The roles: in Chinese what each may do, and the tables that it writes (`*`: but `key_trust`)."""


def grant(archive: Archive, user: str, role: str = DEFAULT) -> None:
    """Let a user of the database work in a role; nobody can change what the journal has.

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
    above = connection.exec_driver_sql(_ABOVE, (user,)).scalar()
    if above is None:
        raise LookupFailedError(
            "user-missing",
            f"服务器上没有数据库用户 {user}。",
            "请先建：CREATE ROLE 用户名 LOGIN PASSWORD '…'。",
        )
    if above:
        raise RuleError(
            "user-too-mighty",
            f"{user} 是库的所有者或超级用户，能关掉日志的保护，不能当经办人。",
            "请为经办人另建数据库用户。",
        )
    _give(connection, user, role)


def renew(connection: Connection) -> None:
    """Give each user its role's rights on tables that came with a new schema."""
    for user in connection.exec_driver_sql(_HOLDERS).scalars().all():
        _give(connection, user, _role_of(connection, user))


def _role_of(connection: Connection, user: str) -> str:
    """Return a user's role by what it may write now."""
    asked = "SELECT has_table_privilege(%s, %s, 'UPDATE')"
    for role, table in (("head", "key_trust"), ("clerk", "agency"), ("inspector", "inspection")):
        if connection.exec_driver_sql(asked, (user, table)).scalar():
            return role
    return "viewer"


def _give(connection: Connection, user: str, role: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote_identifier(user)
    with writes_allowed(connection):
        for statement in _statements(connection, role):
            connection.exec_driver_sql(statement.format(quoted))


def _statements(connection: Connection, role: str) -> Iterator[str]:
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    yield f"GRANT USAGE ON SCHEMA {schema} TO {{}}"
    tables.load_all()
    for name in ("alembic_version", *SQLModel.metadata.tables):
        given = _rights(name, role)
        yield f'REVOKE ALL ON "{name}" FROM {{}}'
        yield f'GRANT {given} ON "{name}" TO {{}}'
    if ROLES[role][1] and _version(connection) >= _MAINTAINS:
        # Who erases someone also has the tables of whoever can be erased written anew.
        for name in _ERASABLE:
            yield f'GRANT MAINTAIN ON "{name}" TO {{}}'


def _rights(table: str, role: str) -> str:
    """Return what a role may do with a table."""
    written = ROLES[role][1]
    if table == "alembic_version" or not written:
        return "SELECT"
    if table == "journal":
        return "SELECT, INSERT"
    writes = table in written or ("*" in written and table != "key_trust")
    return "SELECT, INSERT, UPDATE, DELETE" if writes else "SELECT"


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
