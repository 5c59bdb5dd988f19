"""Taking a bundle in, all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import contents
from hrintegrity.archive.engine import SCHEMA, Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.chunking import chunks
from hrintegrity.duties import ownership, units
from hrintegrity.duties.campaign import attachments
from hrintegrity.duties.exchange import bundle, conflicts, faulty, keys, office, store, trust
from hrintegrity.duties.exchange.admitting import admit, settle_held
from hrintegrity.duties.exchange.adopting import Change
from hrintegrity.duties.exchange.belonging import CARRIED, FOLLOWING
from hrintegrity.duties.exchange.bundle import Header
from hrintegrity.duties.exchange.chains import Chain
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.lines import FaultyRecordError, from_line
from hrintegrity.duties.exchange.outcomes import ChangeView, Received
from hrintegrity.duties.exchange.package import Package, damaged
from hrintegrity.duties.exchange.placing import Placing
from hrintegrity.duties.exchange.rights import Rights
from hrintegrity.duties.exchange.subjects import subject_of
from hrintegrity.duties.exchange.versions import Version, current
from hrintegrity.errors import InputError, UnusableError
from hrintegrity.files import os_reason
from hrintegrity.notice import names

CLAUSE = "二(三)"

MOST_CHANGES = 200
"""So many changed records a result lists, unless it is to show all that would change."""


def receive(
    archive: Archive, path: Path, *, today: dt.date, accept_chain: str | None = None
) -> Received:
    """Take a bundle in; `accept_chain` is why a chain that was changed is taken all the same.

    The result has, field by field, which records that were here became others: a district may
    change what it has sent before. Where the archive keeps nothing, it has the new ones as well,
    and conflicts have no id. Also writes the attachments, where it keeps them.
    Raises LookupFailedError `file-missing`; InputError `not-a-bundle`, `bundle-damaged`,
    `bundle-refused`, `bundle-newer`, `signer-unknown`, `signer-revoked`, `wrong-receiver`,
    `not-allowed`, `chain-changed` or `predecessor-missing`.
    """
    own = ownership.owner(archive).code
    before = {item.id for item in store.held(archive)}
    with bundle.read(
        path,
        accept=lambda header: _accept(archive, own, header),
        key=lambda: keys.find(archive.location),
    ) as (header, package):
        package.check_attachments()
        placing = Placing(archive, today, changes=[], lists_added=archive.discards)
        reading = _Reading(archive, own, header, package)
        chain = Chain.of(archive, header.sender, header.key.line, package.manifest)
        accepted = chain.check(accept=accept_chain, today=today)
        rights = Rights(archive, header.sender)
        for table, versions in groupby(reading.versions(), key=lambda version: version.table):
            for chunk in chunks(versions, store.CHUNK):
                admit(placing, table, reading.here_only(table, chunk), rights.check)
        rights.finish()
        office.take(placing, header.sender, header.key, package.manifest.get("office"))
        settle_held(placing)
        _refuse_missing(archive)
        lacking = reading.lacking()
        if not archive.discards:
            chain.keep(today)
            _keep_files(archive, package)
    archive.session.expunge_all()
    _judge(archive, placing.judged)
    units.confirm(archive, today)
    listed = conflicts.listing(archive)
    most = None if archive.discards else MOST_CHANGES
    return Received(
        added=placing.counts["added"],
        updated=placing.counts["updated"],
        unchanged=placing.counts["unchanged"],
        conflicts=[
            replace(view, id=None) if archive.discards else view
            for view in listed
            if view.id not in before
        ],
        id=header.sha256,
        sender=header.sender,
        sender_name=names.office(header.sender),
        fingerprint=header.key.fingerprint,
        created=header.created,
        waiting=len(store.held(archive)) - len(listed),
        elsewhere=reading.elsewhere,
        attachments=len(package.attachments()),
        missing=lacking,
        open=len(listed),
        changes=[_change(archive, change) for change in (placing.changes or [])[:most]],
        chain_accepted=len(accepted),
    )


def _accept(archive: Archive, own: str, header: Header) -> None:
    """Refuse a signer that is not known here, and a bundle that is for another."""
    district = trust.signer(archive, header.key)
    if header.sender != district:
        raise InputError(
            "signer-unknown",
            f"文件自称来自{names.office(header.sender)}，"
            f"签名的公钥却登记为{names.office(district)}的。",
            "请与对方核对，没有导入。",
            clause=CLAUSE,
        )
    if header.to not in (None, own):
        raise InputError(
            "wrong-receiver",
            f"这份文件是给{names.office(header.to)}的，不是给{names.office(own)}的。",
            "请对方用 --to 重新发送；没有导入。",
            clause=CLAUSE,
        )
    if header.schema > SCHEMA:
        raise InputError(
            "bundle-newer",
            f"文件由更新版本的 hri 写成（结构 {header.schema[:20]}，本程序为 {SCHEMA}）。",
            "请升级 hri 后再导入。",
        )


class _Reading:
    """The records of a bundle, read one by one."""

    def __init__(self, archive: Archive, own: str, header: Header, package: Package) -> None:
        self._archive, self._own, self._header, self._package = archive, own, header, package
        self._files: set[str] = set()
        self.elsewhere = 0

    def versions(self) -> Iterator[Version]:
        """Yield the records. Raises InputError `bundle-refused` or `bundle-damaged`."""
        sender, key = self._header.sender, self._header.key.fingerprint
        for number, line in enumerate(self._package.records(), start=1):
            try:
                version = from_line(line, number, sender=sender, key=key)
            except FaultyRecordError as error:
                raise faulty.refused(self._archive, error, self._within) from None
            if version.table == "attachment" and version.alive:
                self._files.add(version.row["sha256"])
            yield version

    def _within(self, table: str, record: str) -> Mapping[str, Any] | None:
        """Return a row of the bundle by table and identity, or None."""
        for line in self._package.records():
            if (line.get("table"), line.get("record")) == (table, record):
                row = line.get("row")
                return row if isinstance(row, dict) else None
        return None

    def here_only(self, table: str, versions: list[Version]) -> list[Version]:
        """Leave out what the city decided on agencies that this district does not have.

        The city sends all of it to everybody at once, where it does not encrypt.
        """
        city = self._header.sender == ownership.CITY and self._own != ownership.CITY
        if table not in CARRIED or not city or self._header.to is not None:
            return versions
        references = kinds()[table].references
        known: set[str | None] = {None}
        for column, target in references.items():
            wanted = {str(version.row[column]) for version in versions if version.row.get(column)}
            known |= store.rows(self._archive, target, wanted).keys()
            known |= current(self._archive, wanted).keys()
            known |= {item.version.record for item in store.held(self._archive, wanted)}
        mine = [v for v in versions if all(v.row.get(c) in known for c in references)]
        if table not in FOLLOWING:
            self.elsewhere += len(versions) - len(mine)
        return mine

    def lacking(self) -> list[str]:
        """Return the files that are neither here nor in the bundle, as the sender said.

        Raises InputError `bundle-damaged` where it did not say so.
        """
        named = self._package.manifest.get("missing")
        lacking = {
            sha256
            for sha256 in self._files - set(self._package.attachments())
            if not attachments.place(self._archive.location, sha256).is_file()
        }
        if not isinstance(named, list) or not lacking <= {str(sha256) for sha256 in named}:
            raise damaged("附件不齐")
        return sorted(lacking)


def _refuse_missing(archive: Archive) -> None:
    """Refuse records that point at what is neither here nor in the bundle."""
    waiting = [item for item in store.held(archive) if item.kind == "waiting" and item.blocker]
    blockers = {str(item.blocker) for item in waiting}
    known = set(current(archive, blockers))
    known |= {item.version.record for item in store.held(archive, blockers)}
    lacking = [item for item in waiting if item.blocker not in known]
    if lacking:
        raise faulty.missing([(item.version, _column(item), str(item.blocker)) for item in lacking])


def _column(item: store.Held) -> str:
    """Return which column of a held record points at what it waits for."""
    references = kinds()[item.version.table].references
    return next((c for c in references if item.version.row.get(c) == item.blocker), "into")


def _keep_files(archive: Archive, package: Package) -> None:
    """Put the attachments in their places; one that is there is whole and named by its content."""
    identity = contents.identity_of(archive)
    for sha256 in package.attachments():
        place = attachments.place(archive.location, sha256)
        try:
            contents.write(place, package.attachment(sha256), identity)
        except OSError as error:
            raise UnusableError(
                "output-unusable",
                f"附件存不进 {place.parent}：{os_reason(error)}",
                "请检查磁盘空间和目录权限。",
            ) from error


def _judge(archive: Archive, agencies: set[str]) -> None:
    """Let a title be lost, or be given back, as the records say that came in (三(八)2)."""
    for chunk in chunks(sorted(agencies), store.CHUNK):
        query = select(Agency).join(Unit).where(col(Agency.id).in_(chunk)).distinct()
        for agency in archive.session.exec(query).all():
            units.settle(archive, agency)


def _change(archive: Archive, change: Change) -> ChangeView:
    row: Mapping[str, Any] = store.rows(archive, change.table, [change.record]).get(
        change.record, {key: before for key, (before, _) in change.fields.items()}
    )
    subject = subject_of(archive, change.table, row)
    return ChangeView(
        table=change.table,
        record=change.record,
        action=change.action,
        subject=subject.name,
        agency=subject.agency.get("name"),
        code=subject.agency.get("code"),
        fields=change.fields,
    )
