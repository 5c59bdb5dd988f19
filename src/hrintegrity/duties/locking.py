"""Encrypting the archive, its attachments and the office's key under one passphrase."""

from __future__ import annotations

from dataclasses import dataclass

from hrintegrity.archive import encryption, passphrases
from hrintegrity.archive.connecting import cipher_driver
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
    passphrase = passphrases.new()
    key = keys.find(location)
    count = encryption.encrypt(location, passphrase)
    if key is not None:
        keys.keep(location, key)
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
    count = encryption.decrypt(location)
    if key is not None:
        keys.keep(location, key)
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
    key = keys.find(location)
    passphrase = passphrases.another()
    encryption.rekey(location, passphrase)
    if key is not None:
        keys.keep(location, key)
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
