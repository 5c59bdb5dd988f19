"""Encrypting an archive's file and its attachments, and taking that back."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from hrintegrity.archive import contents, passphrases
from hrintegrity.archive.backup import file_of
from hrintegrity.archive.connecting import (
    cipher_driver,
    connect,
    database_errors,
    is_encrypted,
    key_of,
)
from hrintegrity.archive.database_file import identity_in, revision_of
from hrintegrity.archive.engine import SCHEMA
from hrintegrity.archive.explaining import explain_copy
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.archive.replacing import replacing
from hrintegrity.archive.tables.base import new_id
from hrintegrity.errors import LookupFailedError, UnusableError
from hrintegrity.files import left_over


def encrypt(location: Location, passphrase: str, *, again: bool = False) -> int:
    """Encrypt an archive and its attachments; return how many attachments.

    What an interruption left in the clear is encrypted by doing it again; `again` says that
    something else was. Raises LookupFailedError `already-encrypted`, UnusableError as
    `open_archive` does.
    """
    path = _current(location)
    if not is_encrypted(path):
        _rewrite(path, passphrase, vault=contents.new_identity())
        passphrases.remember(path, passphrase)
        return _convert(location, None, identity_in(path))
    count = _convert(location, None, identity_in(path))
    if not count and not again:
        raise LookupFailedError(
            "already-encrypted", f"档案库已经是加密的：{location}", "换口令用 hri archive rekey。"
        )
    return count


def decrypt(location: Location) -> int:
    """Take the encryption of an archive and its attachments back; return how many attachments.

    Raises LookupFailedError `not-encrypted`, UnusableError as `open_archive` does.
    """
    path = _current(location)
    _require_encrypted(path)
    # The key to the attachments goes with the archive's own, so they come first.
    count = _convert(location, identity_in(path), None)
    _rewrite(path, None)
    return count


def rekey(location: Location, passphrase: str) -> None:
    """Give an encrypted archive another passphrase. Raises as `decrypt`."""
    path = _current(location)
    _require_encrypted(path)
    _rewrite(path, passphrase)
    passphrases.remember(path, passphrase)


def _current(location: Location) -> Path:
    """Return the file of an archive of the present schema."""
    path = file_of(location)
    if revision_of(path) != SCHEMA:
        raise UnusableError(
            "archive-older", "档案库是旧版本的结构。", "请先运行 hri archive upgrade。"
        )
    return path


def check(location: Location, *, encrypted: bool) -> None:
    """Refuse an archive that can't be opened, or is not as it has to be.

    Raises LookupFailedError `not-encrypted`, UnusableError as `open_archive` does.
    """
    path = _current(location)
    if encrypted:
        _require_encrypted(path)


def _require_encrypted(path: Path) -> None:
    if not is_encrypted(path):
        raise LookupFailedError(
            "not-encrypted", f"档案库没有加密：{path}", "要加密的，用 hri archive encrypt。"
        )


def _convert(location: Location, before: str | None, after: str | None) -> int:
    folder = location.attachments
    return 0 if folder is None or not folder.is_dir() else contents.convert(folder, before, after)


def _rewrite(path: Path, passphrase: str | None, vault: str | None = None) -> None:
    """Write an archive's file anew under another passphrase, or without, and read it back."""
    cipher_driver()
    key = "''" if passphrase is None else key_of(passphrase, os.urandom(passphrases.SALT))
    # SQLCipher opens a file in the clear too, as long as it is given no passphrase.
    encrypted = is_encrypted(path)
    with replacing(path, cipher=True, encrypted=encrypted) as temporary:
        # What a kill left may hold the archive in the clear; nobody else writes under this lock.
        # A folder may be another command's, which rehearses without a lock.
        for old in left_over(path):
            if not old.name.startswith(temporary.name) and (old.is_symlink() or not old.is_dir()):
                old.unlink(missing_ok=True)
        try:
            opened = connect(
                path,
                "rw",
                timeout=BUSY_SECONDS,
                autocommit=True,
                cipher=True,
                encrypted=encrypted,
            )
            with closing(opened) as connection:
                connection.execute(
                    f"ATTACH DATABASE ? AS rewritten KEY {key}",
                    (str(temporary),),
                )
                connection.execute("SELECT sqlcipher_export('rewritten')").fetchall()
                if vault is not None:
                    connection.execute(
                        "INSERT INTO rewritten.vault (id, identity) VALUES (?, ?)",
                        (new_id(), vault),
                    )
                elif passphrase is None:
                    connection.execute("DELETE FROM rewritten.vault")
                counts = [
                    connection.execute(
                        f"SELECT COUNT(*), MAX(hash) FROM {schema}.journal"
                    ).fetchone()
                    for schema in ("main", "rewritten")
                ]
                connection.execute("DETACH DATABASE rewritten")
        except database_errors() as error:
            raise explain_copy(error, path, temporary) from error
        if counts[0] != counts[1] or is_encrypted(temporary) == (passphrase is None):
            raise UnusableError(
                "count-mismatch", "写出后读回的条数不符，没有改动。", "请检查磁盘空间。"
            )
