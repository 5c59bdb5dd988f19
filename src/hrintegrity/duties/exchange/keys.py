"""An office's own key: Ed25519 for signing, X25519 (age) for what is meant for it alone.

The private parts stand in a file beside the archive, never in it; a copy of the archive gives
nobody the office's signature. The public parts are one line, `hri1 <ed25519, hex> <age1…>`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from hrintegrity.archive import passphrases
from hrintegrity.archive.connecting import is_encrypted
from hrintegrity.archive.location import KEY_VARIABLE, Location
from hrintegrity.duties.exchange import key_locks
from hrintegrity.duties.exchange.keypairs import (
    KEY_USED,
    PrivateKey,
    PublicKey,
    encrypt,
    fingerprint,
    read_line,
)
from hrintegrity.errors import HriError, LookupFailedError, UnusableError
from hrintegrity.files import flush_folder, input_file, os_reason, whole_file

__all__ = [
    "KEY_USED",
    "PrivateKey",
    "PublicKey",
    "back_up",
    "changing",
    "encrypt",
    "find",
    "fingerprint",
    "forget_replaced",
    "in_the_clear",
    "keep",
    "lost",
    "make",
    "opens_with",
    "own",
    "place",
    "read_line",
    "replace",
    "replaced",
    "restore",
    "undo_replace",
]


def place(location: Location) -> Path:
    """Return where an archive's key lies: `archive.db.key`, or as HRI_KEY says.

    Raises UnusableError `key-place-missing` where a server's archive has none named.
    """
    path = location.key_file
    if path is None:
        raise UnusableError(
            "key-place-missing",
            "档案库在服务器上，没有指明密钥放在哪里。",
            f"请用环境变量 {KEY_VARIABLE} 给出只有本单位能读的密钥文件。",
        )
    return path


def find(location: Location) -> PrivateKey | None:
    """Return an archive's key; None where none was made. Raises UnusableError `key-damaged`."""
    path = place(location)
    try:
        found = path.stat()
        return _found(path, location, found.st_mtime_ns, found.st_ino)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableError(
            "key-unreadable", f"密钥读不出来：{path}（{os_reason(error)}）", "请检查权限。"
        ) from error


@lru_cache(maxsize=4)
def _found(path: Path, location: Location, _changed: int, _inode: int) -> PrivateKey:
    """Read a key once a process: each paper of many is signed with it, a passphrase takes long."""
    # What changed the archive's passphrase may have ended before the key had it too. A file in the
    # clear comes first, so that no passphrase is asked for where none is needed.
    there = sorted(filter(Path.is_file, (path, _next(path))), key=_is_locked)
    for other in there[:-1]:
        with suppress(HriError):
            return _read(other, location)
    return _read(there[-1], location)


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
    told = "" if fingerprint is None else f"（指纹 {fingerprint}）"
    return UnusableError(
        "key-lost",
        f"本单位的密钥{told}不在 {place(location)}；换一把新的，对方不会认。",
        "请用 hri archive key restore 放回 key backup 写的那一份；"
        "没有了的，用 hri archive key replace 换新，并请对方登记新的公钥。",
    )


def restore(location: Location, backup: Path, *, force: bool) -> PrivateKey:
    """Put a copy of the key in its place, and return it.

    Raises LookupFailedError `file-missing` or `file-exists`, UnusableError `key-damaged`.
    """
    key = _read(input_file(backup), location)
    target = place(location)
    if not force and target.exists():
        raise LookupFailedError(
            "file-exists", f"密钥已存在，未改动：{target}", "确要换成这一份的，加 --force。"
        )
    return keep(location, key)


def replace(location: Location) -> tuple[PublicKey | None, PublicKey]:
    """Make a new key in the place of the present one; return the old and the new public key.

    The old one stays beside it, as `….replaced`, until `forget_replaced`, so that it is not lost
    where the power fails before the journal has the new one.
    """
    old = find(location)
    if old is not None:
        _keep(old, replaced(location), location, own=True)
    retired = () if old is None else (old.identity, *old.retired)
    new = keep(location, PrivateKey.new(retired))
    return None if old is None else old.public, new.public


def replaced(location: Location) -> Path:
    """Return where the key before the present one is kept."""
    path = place(location)
    return path.with_name(f"{path.name}.replaced")


@contextmanager
def changing(location: Location, key: PrivateKey | None, passphrase: str | None) -> Iterator[None]:
    """Put a key under another passphrase, or none, with what the block does to its archive.

    The key's next file lies beside the present one while the block runs: wherever that is
    interrupted, one of the two opens. Raises UnusableError `output-unusable`.
    """
    if key is None:
        yield
        return
    path, before = place(location), replaced(location)
    following = _next(path)
    old = _read(before, location) if before.is_file() else None
    _lock(key, following, passphrase)
    archive = _inode(location)
    try:
        yield
    except BaseException:
        # An archive that has its new file already is opened as the next key is.
        if _inode(location) == archive:
            with suppress(OSError):
                following.unlink(missing_ok=True)
        raise
    try:
        following.replace(path)
        flush_folder(path.parent)
        if old is not None:
            _lock(old, before, passphrase)
    except OSError as error:
        raise UnusableError(
            "output-unusable",
            f"档案库的口令已设好，密钥文件却没有换成：{path}（{os_reason(error)}）",
            f"请检查磁盘和目录权限，再把 {following.name} 改名为 {path.name}。",
        ) from error


def _inode(location: Location) -> int | None:
    """Return which file is the archive's; None where there is none."""
    path = location.path
    return path.stat().st_ino if path is not None and path.exists() else None


def _lock(key: PrivateKey, path: Path, passphrase: str | None) -> None:
    """Write a key under a passphrase, or in the clear."""
    with whole_file(path, force=True, own=True) as temporary:
        temporary.write_bytes(
            key.content if passphrase is None else key_locks.locked(key.content, passphrase)
        )


def _next(path: Path) -> Path:
    return path.with_name(f"{path.name}.next")


def opens_with(location: Location, passphrase: str) -> bool:
    """Whether a key is there and under this passphrase. Raises OSError."""
    path = place(location)
    if not path.is_file() or not _is_locked(path):
        return False
    return key_locks.unlocked(path.read_bytes(), passphrase) is not None


def in_the_clear(location: Location) -> bool:
    """Whether a key is there and lies open for whoever reads the file."""
    path = place(location)
    files = (path, _next(path), replaced(location))
    return any(not _is_locked(each) for each in files if each.is_file())


def _is_locked(path: Path) -> bool:
    return key_locks.is_locked(path.read_bytes())


def forget_replaced(location: Location) -> None:
    """Remove the key before the present one, which the journal has; what it decrypts stays."""
    replaced(location).unlink(missing_ok=True)


def undo_replace(location: Location) -> None:
    """Put the key back that `replace` took away."""
    if replaced(location).is_file():
        replaced(location).replace(place(location))


def back_up(location: Location, target: Path, *, force: bool) -> PublicKey:
    """Write the key to another place, readable by its owner only."""
    return _keep(own(location), target, location, own=False, force=force).public


def _locked(content: bytes, location: Location) -> bytes:
    """Encrypt a key's file under the passphrase of its archive, if that has one."""
    if location.path is None or not _is_encrypted(location, location.path):
        return content
    return key_locks.locked(content, passphrases.known(location.path))


def _is_encrypted(location: Location, path: Path) -> bool:
    """Whether the archive is encrypted; one that is open has said so already."""
    if location.encrypted is not None:
        return location.encrypted
    return path.exists() and is_encrypted(path)


def _unlocked(path: Path, location: Location) -> bytes:
    """Return the content of a key's file. Raises OSError, UnusableError `passphrase`."""
    content = path.read_bytes()
    if not key_locks.is_locked(content) or location.path is None:
        return content
    plain = key_locks.unlocked(content, passphrases.known(location.path))
    if plain is None:
        raise UnusableError(
            "passphrase",
            f"密钥文件用这个口令打不开：{path}",
            "请核对口令；密钥是换口令以前另存的，请用当时的口令（HRI_PASSPHRASE）。",
        )
    return plain


def keep(location: Location, key: PrivateKey) -> PrivateKey:
    """Put a key in its place, encrypted as the archive is."""
    return _keep(key, place(location), location, own=True)


def _keep(
    key: PrivateKey, path: Path, location: Location, *, own: bool, force: bool = True
) -> PrivateKey:
    with whole_file(path, force=force, own=own) as temporary:
        temporary.write_bytes(_locked(key.content, location))
    return key


def _read(path: Path, location: Location) -> PrivateKey:
    from pyrage import IdentityError  # noqa: PLC0415 — only exchange needs it.

    text = _unlocked(path, location)
    try:
        told = json.loads(text)
        key = PrivateKey(str(told["signing"]), str(told["encryption"]), tuple(told["retired"]))
        key.public  # noqa: B018 — a key that can't be read shows itself here.
    except (ValueError, LookupError, TypeError, RecursionError, IdentityError):
        raise UnusableError(
            "key-damaged",
            f"这不是 hri 的密钥文件，或已损坏：{path}",
            "请用 hri archive key restore 放回 key backup 写的那一份；"
            "没有备份的，用 hri archive key replace 换一把。",
        ) from None
    return key
