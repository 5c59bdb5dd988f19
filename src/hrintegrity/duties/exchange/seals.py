"""Seals: the length and head of the journal's chain, signed, kept by those who might miss it.

A chain proves its own order, not that it is the one that there was yesterday. So each bundle
carries the seals that its archive ever gave; whoever receives it keeps them, signs them too, and
refuses a later bundle whose chain does not hold them (`chain-changed`). A seal in a file, or on
paper, does the same for `archive verify --seal`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import canonical, clock, last_entry
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.exchange import Seal
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.days import moment
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange.checking import IDENTITY
from hrintegrity.duties.exchange.keys import PrivateKey, find, fingerprint, read_line
from hrintegrity.duties.exchange.trust import used_here
from hrintegrity.errors import HriError, InputError
from hrintegrity.files import read_input, whole_file
from hrintegrity.notice import names
from hrintegrity.notice.districts import BY_CODE

MAGIC = b"HRI-SEAL 1\n"
_LONGEST_FILE = 1 << 16
_HEAD = re.compile(r"[0-9a-f]{64}")
_SEALED = ("district", "archive", "entries", "head", "at", "line")
_FIELDS = (*_SEALED, "signature")


@dataclass(frozen=True)
class SealView:
    """A seal as scripts see it.

    `given`: over this archive's own chain. `holds`: whether that chain holds it, None for
    another's. `cosigner` is who kept it and signed it too.
    """

    id: str
    district: str
    district_name: str
    archive: str
    entries: int
    head: str
    at: str
    given: bool
    holds: bool | None
    cosigner: str | None
    received: dt.date | None
    superseded: dt.date | None
    reason: str | None


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


def archive_id(archive: Archive) -> str:
    """Return the identity of an archive, which is that of its own office's row."""
    found = archive.connection.exec_driver_sql("SELECT id FROM office WHERE owner")
    return str(found.scalar_one())


class Ours:
    """Tells the seals of an archive's own chain: of its identity, under a key that it used.

    The identity alone is not enough, since a copied file has it too.
    """

    def __init__(self, archive: Archive) -> None:
        self._id = archive_id(archive)
        self._keys = set(used_here(archive))
        if (key := _present_key(archive)) is not None:
            self._keys.add(key)

    def __call__(self, seal: Seal) -> bool:
        """Whether a seal is over this archive's own chain."""
        return seal.archive == self._id and fingerprint(seal.line) in self._keys


def _present_key(archive: Archive) -> str | None:
    """Return the fingerprint of the key that is here, if one can be read."""
    try:
        key = find(archive.location)
    except HriError:
        return None
    return None if key is None else key.public.fingerprint


def give(archive: Archive, key: PrivateKey) -> Seal:
    """Seal the chain as it is, and keep the seal; an unchanged chain keeps the seal it has."""
    entries, head = last_entry(archive.connection)
    own = archive_id(archive)
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


def read_file(path: Path) -> Seal:
    """Return the seal of a file.

    Raises LookupFailedError `file-missing`, InputError `not-a-seal`.
    """
    content = read_input(path, _LONGEST_FILE)
    if not content.startswith(MAGIC):
        raise not_a_seal(str(path))
    try:
        found = json.loads(content.removeprefix(MAGIC))
    except (ValueError, RecursionError):
        raise not_a_seal(str(path)) from None
    return parse(found, str(path))


def parse(content: object, what: str) -> Seal:
    """Return a seal whose signature is right. Raises InputError `not-a-seal`."""
    if not isinstance(content, dict) or set(content) != set(_FIELDS):
        raise not_a_seal(what)
    entries = content["entries"]
    texts = [content[name] for name in _FIELDS if name != "entries"]
    if (
        type(entries) is not int
        or not 0 <= entries < 1 << 31
        or not all(isinstance(text, str) for text in texts)
        or not _HEAD.fullmatch(content["head"])
        or not IDENTITY.fullmatch(content["archive"])
        or content["district"] not in BY_CODE
        or not _is_moment(content["at"])
    ):
        raise not_a_seal(what)
    seal = Seal(**content)
    if not verifies(seal.line, seal.signature, signed(seal)):
        raise not_a_seal(what)
    return seal


def listing(archive: Archive) -> list[SealView]:
    """Return every seal that was given or received, in the order of the chains."""
    ours = Ours(archive)
    rows = archive.session.exec(
        select(Seal).order_by(Seal.district, Seal.archive, col(Seal.entries), Seal.id)
    ).all()
    hashes = hashes_of(archive, [row.entries for row in rows if ours(row)])
    return [
        SealView(
            id=row.id,
            district=row.district,
            district_name=names.office(row.district),
            archive=row.archive,
            entries=row.entries,
            head=row.head,
            at=row.at,
            given=ours(row),
            holds=hashes.get(row.entries) == row.head if ours(row) else None,
            cosigner=row.cosigner,
            received=row.received,
            superseded=row.superseded,
            reason=row.reason,
        )
        for row in rows
    ]


def faults(archive: Archive, given: Sequence[tuple[str, Seal]] = ()) -> Iterator[tuple[str, str]]:
    """Yield where the chain does not hold a seal, kept here or `given` by name; and why."""
    ours = Ours(archive)
    # Read without the models, of which all would have to be set up for it.
    rows: Iterable[Any] = archive.connection.execute(table_of(Seal).select())
    kept: list[tuple[str, Seal]] = [(f"封印 {row.id}", row) for row in rows]
    together = [*kept, *given]
    hashes = hashes_of(archive, [seal.entries for _, seal in together if ours(seal)])
    outside = {id(seal) for _, seal in given}
    for where, seal in together:
        if not verifies(seal.line, seal.signature, signed(seal)):
            yield where, "签名不对，封印被改动过"
        elif not ours(seal):
            if id(seal) in outside:
                yield (
                    where,
                    f"不是本档案库的封印，或不是用本库的密钥签的（{names.office(seal.district)}）",
                )
        elif hashes.get(seal.entries) != seal.head and seal.superseded is None:
            yield where, _broken(archive, seal, hashes)


def _broken(archive: Archive, seal: Seal, hashes: Mapping[int, str]) -> str:
    when = moment(seal.at)
    if seal.entries not in hashes and seal.entries:
        length, _ = last_entry(archive.connection)
        return (
            f"{when} 封存时日志有 {seal.entries} 条，现在只有 {length} 条："
            "日志被截短，或换成了旧的文件"
        )
    return f"日志第 {seal.entries} 条的哈希与 {when} 封存时不同：此前的日志被改写过"


def hashes_of(archive: Archive, numbers: Iterable[int]) -> dict[int, str]:
    """Return the hashes of these entries of the own chain."""
    sql = "SELECT id, hash FROM journal WHERE id IN"
    return dict(among(archive, sql, sorted(set(numbers))))


def as_mapping(seal: Seal) -> dict[str, Any]:
    """Return a seal as files and manifests have it."""
    return {name: getattr(seal, name) for name in _FIELDS}


def signed(seal: Seal) -> bytes:
    """Return what the signature of a seal is over."""
    return MAGIC + canonical({name: getattr(seal, name) for name in _SEALED}).encode()


def verifies(line: str, signature: str, content: bytes) -> bool:
    """Whether a signature was made with the key of a line."""
    try:
        return read_line(line).verifies(signature, content)
    except HriError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None and len(text) < 40
    except ValueError:
        return False


def not_a_seal(what: str) -> InputError:
    """Return the error for what is no seal, or none whose signature is right."""
    return InputError(
        "not-a-seal",
        f"这不是日志的封印，或被改动过：{what}",
        "封印是 hri archive seal -o 写的文件；数据包里的，请对方重新发送。",
    )
