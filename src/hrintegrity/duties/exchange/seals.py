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
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.asking import among, as_day, named
from hrintegrity.archive.journal import canonical, last_entry
from hrintegrity.archive.reader import Reader
from hrintegrity.days import moment
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange.keys import find, fingerprint, read_line
from hrintegrity.errors import HriError, InputError
from hrintegrity.files import read_input
from hrintegrity.notice import names
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.text import IDENTITY

if TYPE_CHECKING:
    from hrintegrity.archive.tables.exchange import Seal

MAGIC = b"HRI-SEAL 1\n"
_LONGEST_FILE = 1 << 16
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class SealContent:
    """What a seal says, with its signature; as in `archive.tables.exchange`."""

    district: str
    archive: str
    entries: int
    head: str
    at: str
    line: str
    signature: str


_FIELDS = tuple(field.name for field in fields(SealContent))


@dataclass(frozen=True)
class KeptSeal(SealContent):
    """A seal that is kept in the archive."""

    id: str
    cosigner: str | None
    received: dt.date | None
    superseded: dt.date | None
    reason: str | None


_DAYS = ("received", "superseded")


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


class Ours:
    """Picks out the seals of an archive's own chain: of its identity, under a key that it used.

    The identity alone is not enough, since a copied file has it too.
    """

    def __init__(self, archive: Reader) -> None:
        self._id = ownership.archive_id(archive)
        self._keys = set(ownership.keys_used(archive))
        if (key := _present_key(archive)) is not None:
            self._keys.add(key)

    def __call__(self, seal: SealContent) -> bool:
        """Whether a seal is over this archive's own chain."""
        return seal.archive == self._id and fingerprint(seal.line) in self._keys


def _present_key(archive: Reader) -> str | None:
    """Return the fingerprint of the key that is here, if one can be read."""
    try:
        key = find(archive.location)
    except HriError:
        return None
    return None if key is None else key.public.fingerprint


def read_file(path: Path) -> SealContent:
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


def parse(content: object, what: str) -> SealContent:
    """Return a seal whose signature is right. Raises InputError `not-a-seal`."""
    if not isinstance(content, dict) or set(content) != set(_FIELDS):
        raise not_a_seal(what)
    entries = content["entries"]
    texts = [content[name] for name in _FIELDS if name != "entries"]
    if (
        type(entries) is not int
        or not 0 <= entries < 1 << 31
        or not all(isinstance(text, str) for text in texts)
        or not _HASH.fullmatch(content["head"])
        or not IDENTITY.fullmatch(content["archive"])
        or content["district"] not in BY_CODE
        or not _is_moment(content["at"])
    ):
        raise not_a_seal(what)
    seal = SealContent(**content)
    if not verifies(seal.line, seal.signature, signed(seal)):
        raise not_a_seal(what)
    return seal


def kept(archive: Reader, order: str = "") -> list[KeptSeal]:
    """Return the seals that are kept; `order` is what their columns are sorted by, if at all."""
    columns = ", ".join(field.name for field in fields(KeptSeal))
    sql = f"SELECT {columns} FROM seal" + (f" ORDER BY {order}" if order else "")
    return [
        KeptSeal(**row | {name: row[name] and as_day(row[name]) for name in _DAYS})
        for row in named(archive.connection.exec_driver_sql(sql))
    ]


def listing(archive: Reader) -> list[SealView]:
    """Return every seal that was given or received, in the order of the chains."""
    ours = Ours(archive)
    rows = kept(archive, "district, archive, entries, id")
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


def faults(
    archive: Reader, given: Sequence[tuple[str, SealContent]] = ()
) -> Iterator[tuple[str, str]]:
    """Yield where the chain does not hold a seal, kept here or `given` by name; and why."""
    ours = Ours(archive)
    together = [*((f"封印 {seal.id}", seal) for seal in kept(archive)), *given]
    hashes = hashes_of(archive, [seal.entries for _, seal in together if ours(seal)])
    for where, seal in together:
        if not verifies(seal.line, seal.signature, signed(seal)):
            yield where, "签名不对，封印被改动过"
        elif not ours(seal):
            if not isinstance(seal, KeptSeal):
                yield (
                    where,
                    f"不是本档案库的封印，或不是用本库的密钥签的（{names.office(seal.district)}）",
                )
        elif hashes.get(seal.entries) != seal.head and not (
            isinstance(seal, KeptSeal) and seal.superseded
        ):
            yield where, _broken(archive, seal, hashes)


def _broken(archive: Reader, seal: SealContent, hashes: Mapping[int, str]) -> str:
    when = moment(seal.at)
    if seal.entries not in hashes and seal.entries:
        length, _ = last_entry(archive.connection)
        return (
            f"{when} 封存时日志有 {seal.entries} 条，现在只有 {length} 条："
            "日志被截短，或换成了旧的文件"
        )
    return f"日志第 {seal.entries} 条的哈希与 {when} 封存时不同：此前的日志被改写过"


def hashes_of(archive: Reader, numbers: Iterable[int]) -> dict[int, str]:
    """Return the hashes of these entries of the own chain."""
    sql = "SELECT id, hash FROM journal WHERE id IN"
    return dict(among(archive, sql, sorted(set(numbers))))


def as_mapping(seal: SealContent | Seal) -> dict[str, Any]:
    """Return a seal as files and manifests have it."""
    return {name: getattr(seal, name) for name in _FIELDS}


def signed(seal: SealContent | Seal) -> bytes:
    """Return what the signature of a seal is over."""
    content = as_mapping(seal)
    del content["signature"]
    return MAGIC + canonical(content).encode()


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
