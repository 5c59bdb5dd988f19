"""What tests of exchange share: offices that trust each other, bundles between them, heads."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Sequence
from itertools import count, permutations
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assessing import opened
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.duties.exchange import bundle, chains, keys, store
from hrintegrity.duties.exchange.graph import TRAVELS, kinds
from hrintegrity.duties.exchange.versions import current
from running import JSON, Hri, Ran, code_of, journal, rows
from server import database_of

_NUMBERS = count()
_SEALS: list[dict[str, Any]] = []


def district_of(hri: Hri) -> str:
    with opened(hri) as archive:
        found: str = archive.connection.exec_driver_sql(
            "SELECT district FROM office WHERE owner"
        ).scalar_one()
        return found


def key_of(hri: Hri) -> str:
    """The public key of an archive, as one line."""
    return hri("archive", "key", "show").ok().out.strip()


def acquaint(*offices: Hri) -> None:
    """Let every archive accept the key of every other."""
    for one, other in permutations(offices, 2):
        one("archive", "key", "trust", key_of(other), "--district", district_of(other)).ok()


def bundle_of(hri: Hri, *more: str, to: str | None = None) -> Path:
    """Write a bundle beside an archive and return where."""
    path = hri.archive.with_name(f"{next(_NUMBERS)}.hri")
    hri("archive", "send", "-o", path, *(("--to", to) if to else ("--plain",)), *more).ok()
    return path


def receive(hri: Hri, path: Path, *more: str) -> Ran:
    return hri("archive", "receive", path, *more, *JSON)


def carry(one: Hri, other: Hri, *more: str) -> dict[str, Any]:
    """Take what one archive has to another."""
    return receive(other, bundle_of(one, *more)).ok().json


def exchange(offices: Sequence[Hri], rounds: int = 8) -> int:
    """Let all tell all until nobody hears anything new; return the rounds that it took."""
    for number in range(rounds):
        before = [heads(office) for office in offices]
        bundles = [(office, bundle_of(office)) for office in offices]
        refused = [
            tell(office, path)
            for office in offices
            for sender, path in bundles
            if sender is not office
        ]
        if not any(refused) and [heads(office) for office in offices] == before:
            return number
    raise AssertionError(f"still something new after {rounds} rounds")


def tell(hri: Hri, path: Path) -> bool:
    """Receive a bundle; say whether it came too early, before what it builds on."""
    ran = receive(hri, path)
    if ran.status == 3 and ran.error["code"] == "predecessor-missing":
        return True
    ran.ok()
    return False


def heads(hri: Hri) -> dict[str, frozenset[str]]:
    """The versions of each record that no other overtakes, whether they stand or are held.

    The campaign that every archive makes for itself is left out: a district does not send it.
    """
    tables = [table for table in TRAVELS if table != "campaign"]
    with opened(hri) as archive:
        query = select(JournalEntry.record).where(JournalEntry.table.in_(tables)).distinct()  # type: ignore[attr-defined]
        records = set(archive.connection.execute(query).scalars())
        known = [*current(archive, records).values(), *(h.version for h in store.held(archive))]
    found: dict[str, frozenset[str]] = {}
    for record in {version.record for version in known}:
        mine = [version for version in known if version.record == record]
        found[record] = frozenset(
            version.version
            for version in mine
            if not any(version.version in other.ancestors for other in mine)
        )
    return found


def contents(hri: Hri) -> dict[str, list[dict[str, Any]]]:
    """All records that travel, by table."""
    with opened(hri) as archive:
        return {
            table: store.matching(archive, kinds()[table], kinds()[table].table.c.id.is_not(None))
            for table in TRAVELS
        }


def conflicts_of(hri: Hri) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hri("archive", "conflicts", *JSON).ok().json
    return found


def settle_all(hri: Hri, choose: Callable[[dict[str, Any]], str] = lambda _: "ours") -> None:
    """Settle what can be settled, one conflict after another."""
    for _ in range(50):
        for conflict in conflicts_of(hri):
            side = choose(conflict)
            if hri("archive", "settle", conflict["id"], "--keep", side, *JSON).status == 0:
                break
            other = "theirs" if side == "ours" else "ours"
            if hri("archive", "settle", conflict["id"], "--keep", other, *JSON).status == 0:
                break
        else:
            return
    raise AssertionError("settling does not come to an end")


def digest(hri: Hri) -> str:
    """The bytes of an archive's file; on a server, all that it holds."""
    if database_of(hri.archive) is None:
        return hashlib.sha256(hri.archive.read_bytes()).hexdigest()
    held = rows(hri.archive, "SELECT id, kind, version FROM conflict ORDER BY id")
    told = (contents(hri), held, journal(hri.archive, ("id", "hash")))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def signed(hri: Hri, pack: Callable[[zipfile.ZipFile], None], **other: str) -> bytes:
    """A bundle whose signature is right and whose members are whatever `pack` writes."""
    path = hri.archive.with_name("signed.hri")
    told = {"sender": district_of(hri), "to": None, "created": "2013", "schema": "0001"} | other
    key = keys.own(Location(path=hri.archive))
    # Whoever has sent before goes on from the same chain.
    with opened(hri) as archive:
        _SEALS[:] = chains.packed(archive, key, None)["seals"]
    bundle.write(path, pack, key=key, receivers=[], force=True, **told)
    _SEALS.clear()
    return path.read_bytes()


def members(
    records: bytes,
    *,
    count: int | None = None,
    change: Callable[[dict[str, Any]], object] = lambda _: None,
    **other: bytes,
) -> Callable[[zipfile.ZipFile], None]:
    """Write a package of these records with a manifest that fits, and other members.

    `change` changes the manifest.
    """

    def pack(packed: zipfile.ZipFile) -> None:
        told = {
            "records": {
                "count": records.count(b"\n") if count is None else count,
                "size": len(records),
                "sha256": hashlib.sha256(records).hexdigest(),
            },
            "attachments": {},
            "missing": [],
            "seals": list(_SEALS),
        }
        change(told)
        packed.writestr("records.jsonl", records)
        packed.writestr("manifest.json", json.dumps(told))
        for name, content in other.items():
            packed.writestr(name, content)

    return pack


IDENTITY = "01a20cf3-0dac-77c9-9c87-7160c669a597"


def line(table: str, row: dict[str, Any], **other: object) -> bytes:
    """A record as a bundle has it, whatever it says."""
    told = {"table": table, "record": IDENTITY, "version": "0" * 32, "ancestors": [], "row": row}
    return json.dumps(told | other).encode() + b"\n"


def agency(**other: object) -> dict[str, Any]:
    row = {"id": IDENTITY, "code": code_of(9), "name": "甲", "name_key": "甲",
           "district": "haidian", "kind": "public", "status": "active"}  # fmt: skip
    return row | other
