"""Connecting to an archive's file, in the clear or encrypted, whichever it is.

An encrypted file is SQLCipher's: no byte of it tells what it is, so it is known by having none of
a database's head and by its bytes being spread evenly.
"""

from __future__ import annotations

import importlib
import math
import os
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from hrintegrity.archive import passphrases
from hrintegrity.errors import UnusableError
from hrintegrity.files import os_reason

Mode = Literal["ro", "rw"]

_SQLITE = b"SQLite format 3\0"
_PAGE = 4096
_EVEN = 7.8
"""Bits a byte: a page of random bytes has 7.95, a page of a table less than 6."""

_ROUNDS = 256_000
"""How often SQLCipher 4 hashes a passphrase to make a key of it, as its documentation has it."""

_keys: passphrases.Made[tuple[str, bytes], str] = passphrases.Made()
"""Keys by passphrase and salt."""

_SETTINGS = ("foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL")


def is_database(path: Path) -> bool:
    """Whether a file begins as a database does, or may be an encrypted one; raises as that."""
    if is_encrypted(path):
        return True
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted archive. Raises UnusableError `archive-unusable`."""
    try:
        with path.open("rb") as file:
            page = file.read(_PAGE)
        size = path.stat().st_size
    except OSError as error:
        raise UnusableError(
            "archive-unusable", f"档案库打不开（{os_reason(error)}）：{path}", "请检查磁盘和权限。"
        ) from error
    if len(page) < _PAGE or size % _PAGE or page.startswith(_SQLITE):
        return False
    spread = -sum(n / _PAGE * math.log2(n / _PAGE) for n in Counter(page).values())
    return spread > _EVEN


def create_file(path: Path, called: Path) -> None:
    """Make an empty file that only its owner can read, for an archive that will be `called` so.

    Raises UnusableError `archive-unusable`.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise UnusableError(
            "archive-unusable", f"不能建立档案库 {called}：{os_reason(error)}", "请检查路径和权限。"
        ) from error


def driver(path: Path) -> ModuleType:
    """Return the module that opens this file. Raises UnusableError `encrypted-extra-missing`."""
    if not is_encrypted(path):
        return sqlite3
    return cipher_driver()


def cipher_driver() -> ModuleType:
    """Return SQLCipher's module. Raises UnusableError `encrypted-extra-missing`."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise UnusableError(
            "encrypted-extra-missing",
            "这里没有装加密档案库所用的部件。",
            "请安装：pip install 'hrintegrity[encrypted]'。",
        ) from None


def connect(
    path: Path,
    mode: Mode,
    *,
    timeout: float,
    autocommit: bool = False,
    encrypted: bool | None = None,
    cipher: bool = False,
) -> Any:
    """Connect to a file that exists; an empty one becomes a database.

    `encrypted` says what a new one is to be; `cipher` takes SQLCipher's module also for a file in
    the clear. Raises what the database says (see `database_errors`),
    UnusableError `passphrase` or `encrypted-extra-missing`, UsageError `passphrase-missing`.
    """
    keyed = is_encrypted(path) if encrypted is None else encrypted
    module: Any = cipher_driver() if keyed or cipher else sqlite3
    level = {"isolation_level": None} if autocommit else {}
    connection = module.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=timeout,
        check_same_thread=False,
        **level,
    )
    try:
        if keyed:
            _unlock(connection, path, passphrases.known(path))
        if cipher:
            connection.execute("PRAGMA cipher_log_level = NONE")
        for setting in _SETTINGS if mode != "ro" else ():
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _unlock(connection: Any, path: Path, passphrase: str) -> None:
    """Give the key that the passphrase makes and try it; a new file takes it as its own."""
    # SQLCipher would print in English what we are about to say ourselves.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = {key_of(passphrase, passphrases.salt_of(path))}")
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except database_errors() as error:
        if "not a database" not in str(error):
            raise
        raise UnusableError(
            "passphrase",
            f"口令不对，或文件已损坏：{path}",
            "请核对口令；忘了口令的，没有别的办法打开。",
        ) from error


def key_of(passphrase: str, salt: bytes) -> str:
    """Return as SQL the key that SQLCipher 4 makes of a passphrase and a file's salt.

    To make it takes an eighth of a second by intention. SQLCipher would do so for each connection;
    here it is made once a command.
    """
    made = _keys.once((passphrase, salt), lambda: _derived(passphrase, salt))
    return f"\"x'{made}{salt.hex()}'\""


def _derived(passphrase: str, salt: bytes) -> str:
    # Its own OpenSSL is a quarter faster than that of many a Python's hashlib.
    from cryptography.hazmat.primitives.hashes import SHA512  # noqa: PLC0415 — loads OpenSSL.
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC  # noqa: PLC0415

    return PBKDF2HMAC(SHA512(), 32, salt, _ROUNDS).derive(passphrase.encode()).hex()


def database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of either driver, and SQLAlchemy's of any, for an `except` clause.

    What was not imported raised none.
    """
    found: list[type[Exception]] = [sqlite3.Error]
    for name, error in (("sqlcipher3.dbapi2", "Error"), ("sqlalchemy.exc", "DBAPIError")):
        if module := sys.modules.get(name):
            found.append(getattr(module, error))
    return tuple(found)


def is_locked(error: BaseException) -> bool:
    """Whether a database refused because another program holds its file; SQLite only says so."""
    said = getattr(error, "orig", error)
    return type(said).__name__ == "OperationalError" and "locked" in str(said)
