"""An archive on a PostgreSQL server: connecting, taking turns, and what can go wrong there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DataError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from hrintegrity.errors import HriError, InputError, UnusableError

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location

WRITER_LOCK = 2013_220
"""The advisory lock that a writer holds; it counts within one database."""

WAIT_SECONDS = 60
"""How long a writer waits for its turn, and anybody for a row or a table."""

_STATEMENT_SECONDS = 600
_IDLE_SECONDS = 600

_CONNECTING = {
    "application_name": "hri",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    # A cable that was pulled is noticed within about a minute.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
_LIMITS = "SELECT " + ", ".join(
    f"set_config('{name}', '{seconds}s', true)"
    for name, seconds in (
        ("lock_timeout", WAIT_SECONDS),
        ("statement_timeout", _STATEMENT_SECONDS),
        ("idle_in_transaction_session_timeout", _IDLE_SECONDS),
    )
)
"""Nothing hangs. Set for the transaction, since a pooler takes no options when connecting."""

_REFUSED = (
    ("password authentication failed", "用户名或密码不对"),
    ("no password supplied", "没有给出密码"),
    ("role ", "没有这个用户"),
    ("no pg_hba.conf entry", "服务器不许这个用户从这里登录"),
    ("onnection refused", "服务器没有开着，或端口不对"),
    ("No such file or directory", "服务器没有开着，或端口不对"),
    ("resolve host", "没有这台主机"),
    ("translate host name", "没有这台主机"),
    ("timeout", "服务器没有应答"),
    ("timed out", "服务器没有应答"),
    ("unreachable", "网络不通"),
    ("too many", "连接的人太多"),
    ("connection slots", "连接的人太多"),
    ("starting up", "服务器正在启动"),
    ("shutting down", "服务器正在关闭"),
    ("SSL", "加密连接没有建立"),
)
_STATES = {
    "25006": "服务器只能读，不能写",
    "53100": "服务器磁盘已满",
    "53200": "服务器内存不足",
    "57014": "操作太久，已中止",
}


def server_engine(location: Location, isolation_level: str = "READ COMMITTED") -> Engine:
    """Return an engine for a database on a server. Raises UnusableError `driver-missing`."""
    url = make_url(str(location.url))
    given = {name: value for name, value in _CONNECTING.items() if name not in url.query}
    try:
        return create_engine(
            url, poolclass=NullPool, isolation_level=isolation_level, connect_args=given
        )
    except (ImportError, NoSuchModuleError):
        raise UnusableError(
            "driver-missing",
            "这里没有装 PostgreSQL 的驱动。",
            "请安装：pip install 'hrintegrity[postgres]'。",
        ) from None


def begin_on_server(connection: Connection, *, write: bool) -> None:
    """Begin a transaction.

    A writer waits for its turn first and then sees what the one before it wrote; a reader sees one
    moment throughout and can't write.
    """
    if write:
        connection.execution_options(isolation_level="READ COMMITTED")
    else:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.begin()
    connection.exec_driver_sql(_LIMITS)
    if write:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def check_encoding(connection: Connection) -> None:
    """Refuse a database that can't hold every character. Raises UnusableError."""
    found: Any = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if found != "UTF8":
        raise UnusableError(
            "archive-unusable",
            f"这个数据库的编码是 {found}，装不下所有汉字。",
            "请另建一个：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0。",
        )


def order_by_code_points(connection: Connection) -> None:
    """Make all text columns compare as on SQLite, whatever language the server sorts by."""
    found = connection.exec_driver_sql(
        "SELECT c.relname, a.attname FROM pg_attribute AS a"
        " JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_collation AS o ON o.oid = a.attcollation"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
        " AND a.attnum > 0 AND a.atttypid = 'varchar'::regtype AND o.collname <> 'C'"
        " ORDER BY c.relname, a.attnum"
    )
    columns: dict[str, list[str]] = {}
    for table, column in found:
        columns.setdefault(table, []).append(f'ALTER "{column}" TYPE varchar COLLATE "C"')
    for table, changes in columns.items():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {", ".join(changes)}')


def explain_on_server(error: Any, location: Location) -> HriError:
    """Say in the words of an office what the server said, in whatever language it said it.

    `error` is SQLAlchemy's.
    """
    state, text = _state(error), str(error.orig).strip()
    if isinstance(error, DataError):
        return InputError(
            "not-storable", "内容里有档案库存不下的字符或数，未写入。", "请改正内容后再试。"
        )
    if state in ("55P03", "40P01"):
        return UnusableError(
            "archive-locked",
            f"等了 {WAIT_SECONDS} 秒，档案库仍被别人占用：{location}",
            "请稍后再试；长时间这样的，请管理员查看谁在占用。",
        )
    if state == "42501":
        return no_right(location)
    if state is None and not error.connection_invalidated:
        return _not_connected(text, location)
    if error.connection_invalidated or state is None or state[:2] == "08" or state[:4] == "57P0":
        return UnusableError(
            "archive-cut-off",
            f"与服务器的连接断了：{location}",
            "请检查网络；用 hri archive log 看最后一步写进去没有，再重试。",
        )
    reason = _STATES.get(state, text.splitlines()[0] if text else state)
    return UnusableError(
        "archive-unusable", f"档案库不能使用（{reason}）：{location}", "请联系管理员。"
    )


def no_right(location: Location) -> UnusableError:
    """Return the error for what a user of the database may not do."""
    return UnusableError(
        "archive-rights",
        f"数据库用户没有这个权限，未写入：{location}",
        "建库、升级、授权由库的所有者做；办理业务的，请他运行 hri archive grant 用户名。",
    )


def _not_connected(text: str, location: Location) -> HriError:
    if re.search(r'database "[^"]*" does not exist', text):
        return UnusableError(
            "archive-missing",
            f"服务器上没有这个库：{location}",
            "请核对库名，或请管理员先建库：CREATE DATABASE 库名。",
        )
    reason = next((chinese for part, chinese in _REFUSED if part in text), None)
    if reason is None:
        reason = text.splitlines()[0] if text else "原因不明"
    password = make_url(str(location.url)).password
    if password:
        reason = reason.replace(str(password), "***")
    return UnusableError(
        "archive-unreachable",
        f"连不上服务器上的档案库（{reason}）：{location}",
        "请核对主机、端口、用户和密码（密码可放在 PGPASSWORD 或 ~/.pgpass 里），看服务器是否开着。",
    )


def _state(error: Any) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    return None if state is None else str(state)
