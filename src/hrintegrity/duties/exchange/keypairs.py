"""A key as it is used: signing and encrypting, and its public line.

Ed25519 for signing, X25519 (age) for what is meant for one office alone. The public parts are one
line, `hri1 <ed25519, hex> <age1…>`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import IO

from hrintegrity.archive import contents
from hrintegrity.errors import InputError

_LINE = re.compile(r"hri1 ([0-9a-f]{64}) (age1[0-9a-z]{58})")


def fingerprint(line: str) -> str:
    """Return the fingerprint of a public key's line: eight groups of five digits."""
    number = int.from_bytes(hashlib.sha256(line.encode()).digest())
    digits = f"{number % 10**40:040d}"
    return " ".join(digits[at : at + 5] for at in range(0, 40, 5))


@dataclass(frozen=True)
class PublicKey:
    """What others know of an office's key."""

    signing: str
    recipient: str

    @property
    def line(self) -> str:
        """The public key as one line."""
        return f"hri1 {self.signing} {self.recipient}"

    @property
    def fingerprint(self) -> str:
        """Eight groups of five digits, to be compared by telephone."""
        return fingerprint(self.line)

    def verifies(self, signature: str, content: bytes) -> bool:
        """Whether `signature` (128 digits, hex) over `content` was made with this key."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 — loads OpenSSL.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        if not re.fullmatch(r"[0-9a-f]{128}", signature):
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.signing))
            key.verify(bytes.fromhex(signature), content)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class PrivateKey:
    """An office's key whole; `retired` are earlier keys that still open what was under way."""

    seed: str
    identity: str
    retired: tuple[str, ...] = ()

    @classmethod
    def new(cls, retired: tuple[str, ...] = ()) -> PrivateKey:
        """Return a key that nobody has had before."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 — OpenSSL.
            Ed25519PrivateKey,
        )
        from pyrage import x25519  # noqa: PLC0415 — only exchange needs it.

        seed = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        return cls(seed, str(x25519.Identity.generate()), retired)

    @property
    def content(self) -> bytes:
        """What its file holds."""
        content = {
            "hri": "private key, keep it secret",
            "signing": self.seed,
            "encryption": self.identity,
            "retired": list(self.retired),
        }
        return (json.dumps(content, indent=1) + "\n").encode("ascii")

    @property
    def public(self) -> PublicKey:
        """What others may know of it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 — OpenSSL.
            Ed25519PrivateKey,
        )
        from pyrage import x25519  # noqa: PLC0415 — only exchange needs it.

        signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).public_key()
        recipient = x25519.Identity.from_str(self.identity).to_public()
        return PublicKey(signing.public_bytes_raw().hex(), str(recipient))

    def sign(self, content: bytes) -> str:
        """Return the signature over `content` as 128 hexadecimal digits."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 — OpenSSL.
            Ed25519PrivateKey,
        )

        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.seed)).sign(content).hex()

    def opens(self, encrypted: IO[bytes], opened: IO[bytes]) -> bool:
        """Decrypt one file into another; say whether it was meant for this key."""
        from pyrage import DecryptError, decrypt_io, x25519  # noqa: PLC0415 — only exchange.

        identities = [x25519.Identity.from_str(text) for text in (self.identity, *self.retired)]
        try:
            decrypt_io(encrypted, opened, identities)
        except DecryptError:
            return False
        except OSError as error:
            if error.errno is not None:
                raise
            # What is damaged further on shows itself as an error of reading without a number.
            return False
        return True


def encrypt(content: IO[bytes], encrypted: IO[bytes], receivers: list[PublicKey]) -> None:
    """Encrypt one file into another, to be opened by any of the receivers."""
    contents.encrypt(content, encrypted, [receiver.recipient for receiver in receivers])


def read_line(text: str) -> PublicKey:
    """Read a public key's line. Raises InputError `bad-key`."""
    match = _LINE.fullmatch(" ".join(text.split()))
    if match is not None:
        from pyrage import RecipientError, x25519  # noqa: PLC0415 — only exchange needs it.

        try:
            x25519.Recipient.from_str(match[2])
        except RecipientError:
            match = None
    if match is None:
        raise InputError(
            "bad-key",
            f"这不是一行公钥：{text[:40]}{'…' if len(text) > 40 else ''}",
            "公钥是 hri archive key show 打印的那一行，以 hri1 开头，请整行复制。",
        )
    return PublicKey(match[1], match[2])
