"""A file under a passphrase: what the office's key is kept in beside an encrypted archive.

Fernet under a key that scrypt makes of the passphrase, as the documentation of `cryptography` has
it. The cost is fixed: age measures the machine instead and may take 1 GiB and seconds, which each
paper that is signed would pay for.
"""

from __future__ import annotations

import base64
import os

from hrintegrity.archive.contents import AGE

_HEAD = b"hri-locked-1"
_SALT = 16
_COST = 1 << 15
"""32 MiB and 0.1 s; whoever guesses is not faster than at the archive's own file."""


def is_locked(content: bytes) -> bool:
    """Whether a file's content is under a passphrase, in this format or, as it once was, age's."""
    return content.startswith((_HEAD, AGE))


def locked(content: bytes, passphrase: str) -> bytes:
    """Return a content under a passphrase."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 — loads OpenSSL.

    salt = os.urandom(_SALT)
    token = Fernet(_derived(passphrase, salt)).encrypt(content)
    return b"\n".join((_HEAD, base64.b64encode(salt), token, b""))


def unlocked(content: bytes, passphrase: str) -> bytes | None:
    """Return what is under a passphrase; None where it is another one, or the file is damaged."""
    if content.startswith(AGE):
        return _unlocked_age(content, passphrase)
    from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415 — loads OpenSSL.

    try:
        _, salt, token = content.split()
        return Fernet(_derived(passphrase, base64.b64decode(salt, validate=True))).decrypt(token)
    except (ValueError, InvalidToken):
        return None


def _derived(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415 — OpenSSL.

    found = Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode())
    return base64.urlsafe_b64encode(found)


def _unlocked_age(content: bytes, passphrase: str) -> bytes | None:
    from pyrage import DecryptError  # noqa: PLC0415 — only an old file needs it.
    from pyrage import passphrase as age  # noqa: PLC0415

    try:
        plain: bytes = age.decrypt(content, passphrase)
    except DecryptError:
        return None
    return plain
