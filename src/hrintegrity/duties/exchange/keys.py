"""An office's own key: Ed25519 for signing, X25519 (age) for what is meant for it alone.

The private parts are in a file beside the archive, never in it; a copy of the archive gives
nobody the office's signature. The public parts are one line, `hri1 <ed25519, hex> <age1…>`.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hrintegrity.archive import passphrases
from hrintegrity.archive.location import Location
from hrintegrity.duties.exchange import key_files, key_locks
from hrintegrity.duties.exchange.key_files import place
from hrintegrity.duties.exchange.keypairs import (
    PrivateKey,
    PublicKey,
    encrypt,
    fingerprint,
    read_line,
)
from hrintegrity.errors import HriError, LookupFailedError, UnusableError
from hrintegrity.files import flush_folder, input_file, os_reason

__all__ = [
    "PrivateKey",
    "PublicKey",
    "back_up",
    "changing",
    "encrypt",
    "find",
    "fingerprint",
    "in_the_clear",
    "keep",
    "lost",
    "make",
    "opens_with",
    "own",
    "read_line",
    "replace",
    "restore",
    "undone_on_error",
]

_private: passphrases.Made[tuple[Path, Location, int, int], PrivateKey] = passphrases.Made()
"""The office's key by its path, its archive, the time of its file and the file's number."""


def find(location: Location) -> PrivateKey | None:
    """Return an archive's key; None where none was made.

    Raises UnusableError `key-damaged`, `key-unreadable` or `passphrase`.
    """
    path = place(location)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _unreadable(path, "不是普通文件")
        # Each paper of many is signed with it, and a passphrase takes long.
        file_now = (path, location, found.st_mtime_ns, found.st_ino)
        return _private.once(file_now, lambda: _found(path, location))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error


def _unreadable(path: Path, reason: str) -> UnusableError:
    return UnusableError(
        "key-unreadable",
        f"密钥读不出来：{path}（{reason}）",
        "请检查权限；读不了的，先移开，再用 hri archive key restore 放回 key backup 写的那一份。",
    )


def _found(path: Path, location: Location) -> PrivateKey:
    # What changed the archive's passphrase may have ended before the key had it too. A file in the
    # clear comes first, so that no passphrase is asked for where none is needed.
    there = sorted(filter(Path.is_file, (path, key_files.following(path))), key=key_files.is_locked)
    for other in there[:-1]:
        with suppress(HriError):
            return key_files.read(other, location)
    return key_files.read(there[-1], location)


def make(location: Location) -> PrivateKey:
    """Make an archive's first key."""
    return keep(location, PrivateKey.new())


def own(location: Location) -> PrivateKey:
    """Return an archive's key. Raises UnusableError `key-lost` where there is none."""
    found = find(location)
    if found is None:
        raise lost(location, None)
    return found


def lost(location: Location, fingerprint: str | None) -> UnusableError:
    """Return the error for a key that was used here and is not where it should be."""
    named = "" if fingerprint is None else f"（指纹 {fingerprint}）"
    return UnusableError(
        "key-lost",
        f"本单位的密钥{named}不在 {place(location)}；换一把新的，对方不会认。",
        "请用 hri archive key restore 放回 key backup 写的那一份；"
        "没有了的，用 hri archive key replace 换新，并请对方登记新的公钥。",
    )


def restore(location: Location, backup: Path, *, force: bool) -> PrivateKey:
    """Put a copy of the key in its place, and return it.

    Raises LookupFailedError `file-missing` or `file-exists`, UnusableError `key-damaged`.
    """
    key = key_files.read(input_file(backup), location)
    target = place(location)
    if not force and target.exists():
        raise LookupFailedError(
            "file-exists", f"密钥已存在，未改动：{target}", "确要换成这一份的，加 --force。"
        )
    return keep(location, key)


def replace(location: Location) -> tuple[PublicKey | None, PublicKey]:
    """Make a new key in the place of the present one; return the old and the new public key.

    One that is damaged goes too: whoever has no copy of it has no other way. What was there stays
    beside it, as `….replaced`, so that it is not lost where the power fails before the journal has
    the new one; see `undone_on_error`. Raises as `find`.
    """
    path, before = place(location), key_files.replaced(location)
    try:
        old = find(location)
    except UnusableError as error:
        if error.code != "key-damaged":
            raise
        old = _left_by_a_kill(before, location)
        if old is None:
            path.replace(before)
    else:
        if old is not None:
            key_files.write(old, before, key_files.passphrase_of(location), own=True)
    retired = () if old is None else (old.identity, *old.retired)
    new = keep(location, PrivateKey.new(retired))
    return None if old is None else old.public, new.public


def _left_by_a_kill(before: Path, location: Location) -> PrivateKey | None:
    """Return the key before the present one, if an interrupted `replace` left it and it opens."""
    with suppress(OSError, HriError):
        return key_files.read(before, location)
    return None


@contextmanager
def undone_on_error(location: Location) -> Iterator[None]:
    """Undo what `replace` does in the block unless that succeeds: the journal must know the key.

    Then the old one is removed, and what a kill left of files of the key.
    """
    path, before = place(location), key_files.replaced(location)
    there, left = _inode(path), before.is_file()
    try:
        yield
    except BaseException:
        if _inode(path) == there:
            if not left:
                before.unlink(missing_ok=True)
        elif before.is_file():
            before.replace(path)
        else:
            path.unlink(missing_ok=True)
        raise
    before.unlink(missing_ok=True)
    with suppress(OSError):
        key_files.remove_left_over(location)


@contextmanager
def changing(location: Location, key: PrivateKey | None, passphrase: str | None) -> Iterator[None]:
    """Put a key under another passphrase, or none, with what the block does to its archive.

    The key's next file lies beside the present one while the block runs: wherever that is
    interrupted, one of the two opens. What a kill left of files of the key, perhaps in the clear,
    is removed. Raises UnusableError `output-unusable`.
    """
    if key is None:
        yield
        return
    path, before = place(location), key_files.replaced(location)
    following = key_files.following(path)
    old = key_files.read(before, location) if before.is_file() else None
    key_files.write(key, following, passphrase, own=True)
    archive = _inode(location.path)

    def follow() -> None:
        following.replace(path)
        flush_folder(path.parent)
        if old is not None:
            key_files.write(old, before, passphrase, own=True)

    rename = f"请检查磁盘和目录权限，再把 {following.name} 改名为 {path.name}。"
    try:
        yield
    except BaseException as error:
        if _inode(location.path) == archive:
            with suppress(OSError):
                following.unlink(missing_ok=True)
            raise
        # An archive that has its new file already is opened as the next key is.
        try:
            follow()
        except (OSError, HriError):
            if isinstance(error, HriError) and following.exists():
                error.hint += rename
        raise
    try:
        follow()
    except OSError as error:
        raise UnusableError(
            "output-unusable",
            f"档案库的口令已设好，密钥文件却没有换成：{path}（{os_reason(error)}）",
            rename,
        ) from error
    # What can't be removed is named by `doctor`.
    with suppress(OSError):
        key_files.remove_left_over(location)


def _inode(path: Path | None) -> int | None:
    """Return which file is there; None where there is none."""
    return path.stat().st_ino if path is not None and path.exists() else None


def opens_with(location: Location, passphrase: str) -> bool:
    """Whether a key is there and under this passphrase. Raises OSError."""
    path = place(location)
    if not path.is_file() or not key_files.is_locked(path):
        return False
    return key_locks.unlocked(path.read_bytes(), passphrase) is not None


def in_the_clear(location: Location) -> bool:
    """Whether a key is there and lies open for whoever reads the file."""
    path = place(location)
    files = (path, key_files.following(path), key_files.replaced(location))
    return any(not key_files.is_locked(each) for each in files if each.is_file())


def back_up(location: Location, target: Path, *, force: bool) -> PublicKey:
    """Write the key to another place, readable by its owner only."""
    key = own(location)
    key_files.write(key, target, key_files.passphrase_of(location), own=False, force=force)
    return key.public


def keep(location: Location, key: PrivateKey) -> PrivateKey:
    """Put a key in its place, encrypted as the archive is."""
    key_files.write(key, place(location), key_files.passphrase_of(location), own=True)
    return key
