"""Encrypting the archive, its attachments and the office's key under one passphrase."""

from __future__ import annotations

from dataclasses import dataclass

from hrintegrity.archive import encryption, passphrases
from hrintegrity.archive.backup import file_of
from hrintegrity.archive.connecting import cipher_driver, is_encrypted
from hrintegrity.archive.location import Location
from hrintegrity.duties.exchange import keys


@dataclass(frozen=True)
class Locked:
    """What became of an archive: whether it is encrypted, and what else with it."""

    id: str
    archive: str
    encrypted: bool
    attachments: int
    key: bool
    remembered: bool


def encrypt(location: Location, *, remember: bool = False) -> Locked:
    """Encrypt an archive, its attachments and its key. Raises as `archive.encryption.encrypt`."""
    cipher_driver()
    encryption.check(location, encrypted=False)
    path = file_of(location)
    passphrase = passphrases.known(path) if is_encrypted(path) else passphrases.new()
    key = keys.find(location)
    with keys.changing(location, key, passphrase):
        count = encryption.encrypt(location, passphrase, again=keys.in_the_clear(location))
    kept = remember and _remember(location, passphrase)
    return Locked(
        id=str(location),
        archive=str(location),
        encrypted=True,
        attachments=count,
        key=key is not None,
        remembered=kept,
    )


def decrypt(location: Location) -> Locked:
    """Take that back. Raises as `archive.encryption.decrypt`."""
    encryption.check(location, encrypted=True)
    key = keys.find(location)
    with keys.changing(location, key, None):
        count = encryption.decrypt(location)
    return Locked(
        id=str(location),
        archive=str(location),
        encrypted=False,
        attachments=count,
        key=key is not None,
        remembered=False,
    )


def rekey(location: Location, *, remember: bool = False) -> Locked:
    """Give an archive and its key another passphrase. Raises as `archive.encryption.rekey`."""
    encryption.check(location, encrypted=True)
    passphrase = passphrases.another()
    # An archive that was restored from before its last `rekey` has the key it gets here already.
    key = None if keys.opens_with(location, passphrase) else keys.find(location)
    with keys.changing(location, key, passphrase):
        encryption.rekey(location, passphrase)
    kept = remember and _remember(location, passphrase)
    return Locked(
        id=str(location),
        archive=str(location),
        encrypted=True,
        attachments=0,
        key=key is not None,
        remembered=kept,
    )


def _remember(location: Location, passphrase: str) -> bool:
    return location.path is not None and passphrases.keep(location.path, passphrase)
