"""Comparing the chain of whoever sent a bundle with the seals of it that were kept here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from hrintegrity.archive import verification, writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.reader import Reader
from hrintegrity.archive.tables.exchange import Seal
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.days import moment
from hrintegrity.duties.exchange.keys import PrivateKey
from hrintegrity.duties.exchange.seals import (
    KeptSeal,
    Ours,
    SealContent,
    as_mapping,
    faults,
    hashes_of,
    kept,
    not_a_seal,
    parse,
    signed,
    verifies,
)
from hrintegrity.errors import InputError, UnusableError
from hrintegrity.notice import names

CLAUSE = "二(三)"
COSIGNED = b"HRI-SEAL-KEPT 1\n"
MOST = 100_000
"""No bundle carries more seals; an archive that sends every day has 365 a year."""


def refuse_damaged(archive: Reader) -> None:
    """Refuse to sign what the journal does not say. Raises UnusableError `archive-damaged`."""
    _, damages = verification.verify(archive)
    if damages:
        first = damages[0]
        raise UnusableError(
            "archive-damaged",
            f"档案库与日志不符，共 {len(damages)} 处，没有发送：{first.where}{first.reason}",
            "请运行 hri archive verify 查明，再用完好的备份恢复。",
            details=[
                {"row": None, "column": where, "value": None, "reason": reason}
                for where, reason, *_ in damages
            ],
        )


def packed(archive: Archive, key: PrivateKey, to: str | None) -> dict[str, Any]:
    """Return what a bundle's manifest says of seals: those given here, and those kept of `to`.

    Raises UnusableError `archive-damaged` where the chain does not hold one of the former.
    """
    ours = Ours(archive)
    for where, reason in faults(archive):
        raise UnusableError(
            "archive-damaged",
            f"{where}：{reason}。没有发送。",
            "请运行 hri archive verify 查明；确实用备份恢复过的，请先告诉收件单位。",
        )
    rows = kept(archive, "entries, id")
    given = {seal.signature: as_mapping(seal) for seal in rows if ours(seal)}
    return {
        "seals": list(given.values()),
        "kept": [
            {**as_mapping(seal), "cosignature": key.sign(COSIGNED + signed(seal))}
            for seal in rows
            if not ours(seal) and seal.superseded is None and to in (None, seal.district)
        ],
    }


@dataclass
class Chain:
    """What a bundle says of its sender's chain, compared with the seals that were kept here.

    `cosigned` are the seals that the sender kept, with its signature of each.
    """

    archive: Archive
    sender: str
    line: str
    seals: Sequence[SealContent]
    cosigned: Sequence[tuple[SealContent, str]]

    @classmethod
    def of(cls, archive: Archive, sender: str, line: str, manifest: Mapping[str, Any]) -> Chain:
        """Read a manifest. Raises InputError `bundle-damaged`."""
        seals = [parse(one, "封印") for one in _list(manifest, "seals")]
        if any(seal.district != sender for seal in seals):
            raise not_a_seal("封印")
        cosigned = []
        for one in _list(manifest, "kept"):
            if not isinstance(one, dict):
                raise not_a_seal("封印")
            signature = one.get("cosignature")
            seal = parse({k: v for k, v in one.items() if k != "cosignature"}, "封印")
            if not isinstance(signature, str) or not verifies(
                line, signature, COSIGNED + signed(seal)
            ):
                raise not_a_seal("封印")
            cosigned.append((seal, signature))
        return cls(archive, sender, line, seals, cosigned)

    def broken(self) -> list[KeptSeal]:
        """Return the kept seals that the sender's chain does not hold."""
        # An office may have several archives, each with a key; a key that was replaced seals on.
        lines = {self.line, *(seal.line for seal in self.seals)}
        rows = [
            row
            for row in kept(self.archive)
            if row.district == self.sender and row.superseded is None and row.line in lines
        ]
        known = {(row.archive, row.entries, row.head) for row in rows}
        sent = {(seal.archive, seal.entries, seal.head) for seal in self.seals}
        newest = max((seal.entries for seal in self.seals), default=-1)
        if any(s.entries == newest and (s.archive, s.entries, s.head) in known for s in self.seals):
            # An older bundle, or the same one again, does not know what came after it.
            rows = [row for row in rows if row.entries <= newest]
        return [row for row in rows if (row.archive, row.entries, row.head) not in sent]

    def check(self, *, accept: str | None, today: dt.date) -> list[KeptSeal]:
        """Refuse a chain that was changed, or supersede the seals that it broke.

        Raises InputError `chain-changed`.
        """
        broken = self.broken()
        if broken and accept is None:
            raise _chain_changed(self.sender, broken)
        for seal in broken:
            row = self.archive.session.get_one(Seal, seal.id)
            writer.update(self.archive, row, {"superseded": today, "reason": accept})
        return broken

    def keep(self, today: dt.date) -> None:
        """Keep the sender's seals, and the own ones that it signed too, each once."""
        ours = Ours(self.archive)
        restored = _was_restored(self.archive)
        hashes = hashes_of(self.archive, [seal.entries for seal, _ in self.cosigned])
        new = [Seal(**as_mapping(seal)) for seal in self.seals if not ours(seal)]
        for seal, signature in self.cosigned:
            if ours(seal) and (hashes.get(seal.entries) == seal.head or not restored):
                own = as_mapping(seal) | {"cosigner": self.sender, "cosigner_line": self.line}
                new.append(Seal(**own, cosignature=signature))
        known = {(seal.signature, seal.cosigner) for seal in kept(self.archive)}
        for row in new:
            if (row.signature, row.cosigner) not in known:
                known.add((row.signature, row.cosigner))
                row.received = today
                writer.insert(self.archive, row)


def _was_restored(archive: Archive) -> bool:
    query = select(JournalEntry.id).where(JournalEntry.action == "restore")
    return archive.session.exec(query).first() is not None


def _chain_changed(sender: str, broken: Sequence[KeptSeal]) -> InputError:
    name = names.office(sender)
    last = max(broken, key=lambda seal: seal.entries)
    return InputError(
        "chain-changed",
        f"{name}的日志与本库留存的封印不符：{moment(last.at)} 的日志（{last.entries} 条）"
        "被改写、截短，或换成了旧的文件。没有导入。",
        f"请打电话问{name}是否用备份恢复过档案库；确实恢复过的，"
        "用 --accept-chain 写明理由再导入；没有恢复过的，请对方运行 hri archive verify。",
        clause=CLAUSE,
        details=[
            {"row": None, "column": "seal", "value": seal.head, "reason": f"第 {seal.entries} 条"}
            for seal in broken
        ],
    )


def _list(manifest: Mapping[str, Any], name: str) -> list[Any]:
    found = manifest.get(name, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise not_a_seal("封印")
    return found
