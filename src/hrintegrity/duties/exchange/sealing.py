"""Sealing the own chain: the seal is kept, and written into a file where one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import canonical, clock, last_entry
from hrintegrity.archive.tables.exchange import Seal
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange.keys import PrivateKey
from hrintegrity.duties.exchange.seals import MAGIC, as_mapping, signed
from hrintegrity.files import whole_file


@dataclass(frozen=True)
class Written:
    """A seal that was written into a file."""

    id: str
    file: str
    district: str
    archive: str
    entries: int
    head: str
    at: str


def give(archive: Archive, key: PrivateKey) -> Seal:
    """Seal the chain as it is, and keep the seal; an unchanged chain keeps the seal it has."""
    entries, head = last_entry(archive.connection)
    own = ownership.archive_id(archive)
    last = archive.session.exec(
        select(JournalEntry.record).where(
            JournalEntry.id == entries,
            JournalEntry.table == "seal",
            JournalEntry.action == "insert",
        )
    ).first()
    before = None if last is None else archive.session.get(Seal, last)
    if before is not None and before.archive == own and before.line == key.public.line:
        return before
    seal = Seal(
        district=ownership.owner(archive).code,
        archive=own,
        entries=entries,
        head=head,
        at=clock(),
        line=key.public.line,
        signature="",
    )
    seal.signature = key.sign(signed(seal))
    return writer.insert(archive, seal)


def write(archive: Archive, path: Path, key: PrivateKey, *, force: bool) -> Written:
    """Seal the chain and write the seal into a file. Raises as `files.whole_file`."""
    seal = give(archive, key)
    with whole_file(path, force=force, public=True) as temporary:
        temporary.write_bytes(MAGIC + canonical(as_mapping(seal)).encode() + b"\n")
    return Written(
        id=seal.id,
        file=str(path),
        district=seal.district,
        archive=seal.archive,
        entries=seal.entries,
        head=seal.head,
        at=seal.at,
    )
