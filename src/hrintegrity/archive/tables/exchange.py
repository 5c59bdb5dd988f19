"""Exchange with other archives (二(三)): whose keys are trusted, and what can't be applied yet."""

import datetime as dt

from sqlmodel import Field

from hrintegrity.archive.tables.base import Record


class KeyTrust(Record, table=True):
    """A public key, as one line, that writes for a district here; no longer once `revoked`."""

    __tablename__ = "key_trust"

    line: str = Field(unique=True)
    fingerprint: str = Field(unique=True)
    district: str = Field(index=True)
    trusted: dt.date
    revoked: dt.date | None = None


class Conflict(Record, table=True):
    """A version of a record that another archive has and that is not applied here, kept whole.

    `kind` says why: `changed` on both sides; `twin`, another record here bears the same code or
    key, named in `blocker`; `waiting` for the record in `blocker`, which is not here either;
    `in-use`, deleted there, while records that point at it are here. `row` is JSON; of a version
    that is a deletion (not `alive`) what the record was before it, and `into` the record that it
    was merged into. `ancestors` is a JSON list of versions; `sender` and `fingerprint` say in whose
    bundle it came, both empty for what was displaced here.
    """

    kind: str
    table: str
    record: str = Field(index=True)
    version: str
    ancestors: str
    row: str
    alive: bool
    into: str | None = None
    blocker: str | None = Field(default=None, index=True)
    sender: str | None = None
    fingerprint: str | None = None
    received: dt.date


class Seal(Record, table=True):
    """The length and the head of a journal's chain at one moment, signed.

    `archive` is the identity of the office row that owns the archive, `at` the moment by the real
    clock, `line` the public key of whoever sealed its own chain. A `cosigner` has kept the seal
    and signed it too. `received` is the day it came in a bundle, empty for one given here.
    `superseded`: since that day another chain is accepted in its place, for `reason`.
    """

    district: str
    archive: str = Field(index=True)
    entries: int
    head: str
    at: str
    line: str
    signature: str
    cosigner: str | None = None
    cosigner_line: str | None = None
    cosignature: str | None = None
    received: dt.date | None = None
    superseded: dt.date | None = None
    reason: str | None = None


class Vault(Record, table=True):
    """The key, in the format of age, that opens the attachments of an encrypted archive."""

    identity: str
