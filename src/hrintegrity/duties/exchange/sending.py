"""Writing a bundle: all that belongs to the archive's own district, as it is now."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import select as select_rows

from hrintegrity.archive import contents
from hrintegrity.archive.engine import SCHEMA, Archive
from hrintegrity.archive.journal import canonical, clock
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.chunking import chunks
from hrintegrity.duties import ownership
from hrintegrity.duties.campaign import attachments
from hrintegrity.duties.exchange import bundle, chains, keys, office, store, trust
from hrintegrity.duties.exchange.belonging import CARRIED, FOLLOWING, belongs, parent_of
from hrintegrity.duties.exchange.checking import Fault, fault_of
from hrintegrity.duties.exchange.faulty import unsendable
from hrintegrity.duties.exchange.graph import PLACE, TRAVELS, kinds
from hrintegrity.duties.exchange.keys import PrivateKey
from hrintegrity.duties.exchange.lines import filled, to_line
from hrintegrity.duties.exchange.outcomes import Sent
from hrintegrity.duties.exchange.package import ATTACHMENTS, CHUNK, LONGEST_LINE, MANIFEST, RECORDS
from hrintegrity.duties.exchange.rights import Rights
from hrintegrity.duties.exchange.versions import Version, current, deleted, reported, unjournalled
from hrintegrity.errors import UnusableError

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Members bear no time of their own; the header says when the bundle was made."""


@dataclass
class _Packing:
    archive: Archive
    own: str
    to: str | None
    changed: set[str] | None
    rights: Rights
    key: PrivateKey
    identity: str | None
    counts: Counter[str] = field(default_factory=Counter)
    files: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    withheld: int = 0
    faults: list[tuple[Version, Fault]] = field(default_factory=list)

    def pack(self, package: zipfile.ZipFile) -> None:
        """Write the members of the package. Raises RuleError `not-receivable`."""
        digest, size = hashlib.sha256(), 0
        with package.open(_member(RECORDS), "w", force_zip64=True) as member:
            for version in self._versions():
                row, kind = filled(version.row), kinds()[version.table]
                # Totals and papers were verified before.
                fault = fault_of(kind, version.record, row, alive=version.alive, verified=True)
                self.faults += [(version, fault)] if fault else []
                line = to_line(version, row)
                if len(line) > LONGEST_LINE:
                    raise UnusableError(
                        "record-too-long",
                        f"{version.table} {version.record} 太大，装不进文件。",
                        "请换一份小些的附件后再发送。",
                    )
                digest.update(line)
                size += len(line)
                member.write(line)
        if self.faults:
            raise unsendable(self.archive, self.faults)
        for sha256 in sorted(self.files):
            self._pack_file(package, sha256)
        manifest: dict[str, Any] = {
            "records": {
                "count": self.counts.total(),
                "size": size,
                "sha256": digest.hexdigest(),
                "tables": dict(self.counts),
            },
            "attachments": self.files,
            "missing": sorted(self.missing),
            **chains.packed(self.archive, self.key, self.to),
        }
        if (described := office.description(self.archive, self.own)) is not None:
            manifest["office"] = described
            self.counts["office"] = 1
        package.writestr(_member(MANIFEST), canonical(manifest))

    def _pack_file(self, package: zipfile.ZipFile, sha256: str) -> None:
        digest = hashlib.sha256()
        place = attachments.place(self.archive.location, sha256)
        member = _member(ATTACHMENTS + sha256, zipfile.ZIP_STORED)
        with (
            package.open(member, "w", force_zip64=True) as packed,
            contents.opened(place, self.identity) as file,
        ):
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                packed.write(chunk)
        if digest.hexdigest() != sha256:
            raise UnusableError(
                "archive-damaged",
                f"附件的内容与登记的不符：{place}",
                "请运行 hri archive verify，用备份里的附件补上。",
            )

    def _versions(self) -> Iterator[Version]:
        """Yield what is sent: what is applied, what is held, and last what was deleted."""
        for table in TRAVELS:
            yield from self._applied(table)
        for version in (*self._held(), *self._gone()):
            if self.own != ownership.CITY and version.table == "unit" and not version.alive:
                continue
            if version.table != "unit" and self._elsewhere(version):
                continue
            if self.rights.covers(version.table, version.row):
                self.counts[version.table] += 1
                yield version

    def _applied(self, table: str) -> Iterator[Version]:
        kind = kinds()[table]
        query = select(kind.table.c.id).where(belongs(table, self.own)).order_by(kind.table.c.id)
        records = self.archive.connection.execute(query).scalars().all()
        for chunk in chunks(filter(self._wanted, records), store.CHUNK):
            here, rows = current(self.archive, chunk), store.rows(self.archive, table, chunk)
            if past := rows.keys() - here.keys():
                raise unjournalled(min(past))
            others = self._others(table, rows, here)
            for record, row in rows.items():
                if record in others:
                    continue
                if table == "attachment":
                    self._take_file(row)
                self.counts[table] += 1
                yield self._as_written(here[record], row)

    def _as_written(self, head: Version, row: store.Row) -> Version:
        """Return a record with what it pointed at when it was written, as far as others know that.

        What it points at is the same in every bundle, or its version would be taken for a forgery.
        """
        references = kinds()[head.table].references
        moved = {c: head.row.get(c) for c in references if head.row.get(c) != row[c]}
        for column, record in moved.items():
            known = self.rights.known_as(references[column], str(record))
            row = {**row, column: known or row[column]}
        return dataclasses.replace(head, row=row)

    def _held(self) -> list[Version]:
        """Return what is held; what came from another district is that one's to send."""
        versions = [item.version for item in store.held(self.archive)]
        mine = [version for version in versions if version.sender in (None, self.own)]
        return sorted(mine, key=lambda version: PLACE[version.table])

    def _gone(self) -> list[Version]:
        """Return what was deleted, what pointed at others first."""
        found = [
            version
            for chunk in chunks(filter(self._wanted, deleted(self.archive)), store.CHUNK)
            for version in current(self.archive, chunk).values()
            if not version.alive and version.table in PLACE
        ]
        return sorted(found, key=lambda version: (-PLACE[version.table], version.record))

    def _others(
        self, table: str, rows: Mapping[str, store.Row], here: Mapping[str, Version]
    ) -> set[str]:
        """Return the records that are not for this receiver, or not this archive's to send."""
        if self.own != ownership.CITY:
            citys = table == "unit"
            return {r for r in rows if citys and here[r].sender == ownership.CITY}
        if table not in CARRIED or self.to in (None, ownership.CITY):
            return set()
        if table in FOLLOWING:
            column, parent = parent_of(table)
            above = store.rows(self.archive, parent, {row[column] for row in rows.values()})
            others, unknown = self._foreign(above)
            return {r for r, row in rows.items() if row[column] in others | unknown}
        others, unknown = self._foreign(rows)
        self.withheld += len(unknown)
        return others | unknown

    def _foreign(self, rows: Mapping[str, store.Row]) -> tuple[set[str], set[str]]:
        """Return what the city decided elsewhere, and what the receiver can't know about its own.

        The latter is about an agency or practitioner that it did not report.
        """
        agencies = store.rows(self.archive, "agency", {row["agency_id"] for row in rows.values()})
        people = {row["practitioner_id"] for row in rows.values() if row.get("practitioner_id")}
        known = reported(self.archive, agencies.keys() | people, besides=self.own)
        others, unknown = set(), set()
        for record, row in rows.items():
            if row["agency_id"] not in agencies:
                raise unjournalled(row["agency_id"])
            district = agencies[row["agency_id"]]["district"]
            about = {row["agency_id"], row.get("practitioner_id") or row["agency_id"]}
            if district not in (self.to, ownership.CITY):
                others.add(record)
            elif district == self.to and not about <= known:
                unknown.add(record)
        return others, unknown

    def _elsewhere(self, version: Version) -> bool:
        """Whether what the city decided, and what is not applied here, is for another district."""
        if version.table not in CARRIED or self.to in (None, self.own):
            return False
        if version.table in FOLLOWING:
            return True
        record = version.row["agency_id"]
        agency = store.rows(self.archive, "agency", [record]).get(record)
        return agency is None or agency["district"] != self.to

    def _take_file(self, row: dict[str, Any]) -> None:
        place = attachments.place(self.archive.location, row["sha256"])
        # The size of an encrypted one says nothing; its hash is compared when it is packed.
        if place.is_file() and (self.identity or place.stat().st_size == row["size"]):
            self.files[row["sha256"]] = row["size"]
        elif row["sha256"] not in self.missing:
            self.missing.append(row["sha256"])

    def _wanted(self, record: str) -> bool:
        return self.changed is None or record in self.changed


def send(
    archive: Archive,
    path: Path,
    *,
    to: str | None,
    since: dt.date | None = None,
    force: bool = False,
) -> Sent:
    """Write what belongs to the archive's own district into a bundle, signed always.

    `to` is the district whose accepted keys can open it; without one it is not encrypted. `since`
    leaves out what has no entry of the journal since that day. Raises LookupFailedError
    `key-missing`, RuleError `not-receivable` for a record that no receiver would take, and what
    `files.whole_file` raises.
    """
    own = ownership.owner(archive).code
    receivers = [] if to is None else trust.receivers(archive, to)
    changed = None if since is None else _changed_since(archive, since)
    key, identity = keys.own(archive.location), contents.identity_of(archive)
    packing = _Packing(
        archive=archive,
        own=own,
        to=to,
        changed=changed,
        rights=Rights(archive, own),
        key=key,
        identity=identity,
    )
    size, sha256 = bundle.write(
        path,
        packing.pack,
        key=key,
        sender=own,
        to=to,
        receivers=receivers,
        created=clock(),
        schema=SCHEMA,
        force=force,
    )
    return Sent(
        id=sha256,
        file=str(path),
        to=to,
        encrypted=bool(receivers),
        records=packing.counts.total(),
        tables={
            table: packing.counts[table] for table in (*TRAVELS, "office") if packing.counts[table]
        },
        attachments=len(packing.files),
        missing=sorted(packing.missing),
        withheld=packing.withheld,
        size=size,
    )


def _changed_since(archive: Archive, since: dt.date) -> set[str]:
    """Return the records with an entry since a day began here."""
    began = dt.datetime.combine(since, dt.time()).astimezone().astimezone(dt.UTC)
    moment = began.isoformat(timespec="microseconds")
    query = select_rows(JournalEntry.record).where(JournalEntry.at >= moment).distinct()
    return set(archive.session.exec(query))


def _member(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type = compression
    return member
