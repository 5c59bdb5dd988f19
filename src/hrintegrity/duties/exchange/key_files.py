"""The files of an office's key: the present one, and for a while the one before and the next."""

from __future__ import annotations

import json
from pathlib import Path

from hrintegrity import files
from hrintegrity.archive import passphrases
from hrintegrity.archive.connecting import is_encrypted
from hrintegrity.archive.location import KEY_ENDS, KEY_VARIABLE, Location
from hrintegrity.duties.exchange import key_locks
from hrintegrity.duties.exchange.keypairs import PrivateKey
from hrintegrity.errors import UnusableError
from hrintegrity.files import whole_file


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


def replaced(location: Location) -> Path:
    """Return where the key before the present one is kept."""
    path = place(location)
    return path.with_name(f"{path.name}.replaced")


def following(path: Path) -> Path:
    """Return where the key lies that takes the place of another with its archive's passphrase."""
    return path.with_name(f"{path.name}.next")


def left_over(location: Location) -> list[Path]:
    """Return what a kill left of files of the key that were being written."""
    path = location.key_file
    names = [] if path is None else [path.with_name(f"{path.name}{end}") for end in KEY_ENDS]
    return [one for name in names for one in files.left_over(name)]


def remove_left_over(location: Location) -> None:
    """Remove that; whoever is writing one at this moment fails and has changed nothing."""
    for path in left_over(location):
        path.unlink(missing_ok=True)


def is_locked(path: Path) -> bool:
    """Whether a key's file is under a passphrase. Raises OSError."""
    return key_locks.is_locked(path.read_bytes())


def read(path: Path, location: Location) -> PrivateKey:
    """Read a key. Raises OSError, UnusableError `key-damaged` or `passphrase`."""
    from pyrage import IdentityError  # noqa: PLC0415 — only exchange needs it.

    text = _unlocked(path, location)
    try:
        content = json.loads(text)
        key = PrivateKey(
            str(content["signing"]), str(content["encryption"]), tuple(content["retired"])
        )
        key.public  # noqa: B018 — a key that can't be read shows itself here.
    except (ValueError, LookupError, TypeError, RecursionError, IdentityError):
        raise UnusableError(
            "key-damaged",
            f"这不是 hri 的密钥文件，或已损坏：{path}",
            "请用 hri archive key restore --force 放回 key backup 写的那一份；"
            "没有备份的，用 hri archive key replace 换一把。",
        ) from None
    return key


def passphrase_of(location: Location) -> str | None:
    """Return the passphrase of an archive, which its key is under too; None in the clear."""
    if location.path is None or not _is_encrypted(location, location.path):
        return None
    return passphrases.known(location.path)


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
            "请核对口令；密钥是换口令以前另存的，请用当时的口令（HRI_PASSPHRASE），"
            "或用 hri archive rekey 把档案库换成密钥的口令。",
        )
    return plain


def write(
    key: PrivateKey, path: Path, passphrase: str | None, *, own: bool, force: bool = True
) -> None:
    """Write a key into a file under a passphrase, or in the clear; raises as `whole_file`."""
    with whole_file(path, force=force, own=own) as temporary:
        temporary.write_bytes(
            key.content if passphrase is None else key_locks.locked(key.content, passphrase)
        )
