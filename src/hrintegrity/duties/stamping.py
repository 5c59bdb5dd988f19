"""The record that a numbered paper carries, signed, and checking a paper that someone holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from sqlmodel import col, select

from hrintegrity import signing
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.exchange import KeyTrust
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.documents import Paper
from hrintegrity.documents import stamps as carried
from hrintegrity.documents.stamps import Stamp
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import keys, trust
from hrintegrity.errors import HriError, LookupFailedError
from hrintegrity.files import read_input

_NO_DATE = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Checked:
    """What a paper says of itself and whether it is as it was written.

    `number` and `agency` are None for a paper that has none, `served`, `replaced_by` and
    `withdrawn` where no archive knows of it. `papers` are those of a file that holds several.
    """

    number: str | None
    kind: str
    title: str
    agency: str | None
    date: str
    unchanged: bool
    served: dt.date | None
    replaced_by: str | None
    withdrawn: dt.date | None
    signer: str
    papers: tuple[Checked, ...] = ()


def signer(
    location: Location, district: str, last_key: str | None
) -> Callable[[Paper], Stamp | None]:
    """Return what signs the papers of an office that bring no record of their own.

    It needs no archive, which may be closed by then: `last_key` is the fingerprint of the key that
    was used there last.
    """

    def stamp(paper: Paper) -> Stamp | None:
        key = _key(location)
        if key is None:
            if last_key and signing.unsigned_because() is None:
                signing.note_unsigned(keys.lost(location, last_key))
            return None
        record = {
            "number": paper.number,
            "kind": paper.name.removesuffix(".xhtml"),
            "title": paper.title,
            "agency": paper.agency,
            "date": paper.date.isoformat() if paper.date > _NO_DATE else "",
            "sha256": paper.sha256,
            "district": district,
            "key": key.public.line,
        }
        return Stamp(record, key.sign)

    return stamp


def stamped(archive: Archive, row: IssuedPaper, body: str | None = None) -> Paper:
    """Return a numbered paper as `stamped_each`, or with another `body` in place of its own."""
    (paper,) = stamped_each(archive, [row], body=body)
    return paper


def stamped_each(
    archive: Archive, rows: Sequence[IssuedPaper], *, body: str | None = None
) -> Iterator[Paper]:
    """Yield numbered papers with their stamps; without one where the office's key is not here."""
    key = _key_of(archive)
    line = None if key is None else key.public.line
    names = _names(archive, {row.agency_id for row in rows})
    for row in rows:
        borne = names.get(row.agency_id)
        if key is None or borne is None:
            yield Paper(body or row.body)
            continue
        record: dict[str, Any] = {
            "number": row.reference,
            "kind": row.series,
            "title": row.title,
            "agency": _name_in(row.body, borne),
            "date": row.date.isoformat(),
            "sha256": row.sha256,
            "district": row.district,
            "key": line,
        }
        yield Paper(body or row.body, stamp=Stamp(record, key.sign))


def _names(archive: Archive, agency_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the names of these agencies: the present one, then those that they had before."""
    present = select(Agency.id, Agency.name).where(col(Agency.id).in_(agency_ids))
    found = {identity: [name] for identity, name in archive.session.exec(present)}
    former = select(FormerName.agency_id, FormerName.name)
    for identity, name in archive.session.exec(
        former.where(col(FormerName.agency_id).in_(agency_ids))
    ):
        found[identity].append(name)
    return found


def _name_in(body: str, names: Sequence[str]) -> str:
    """Return the name that a paper calls an agency by, which may be a former one."""
    return max((name for name in names if escape(name) in body), key=len, default=names[0])


@contextmanager
def _unsigned_where_that_fails() -> Iterator[None]:
    """Let a paper be printed though the key can't be had, and note why it goes unsigned."""
    try:
        yield
    except HriError as error:
        signing.note_unsigned(error)


def _key(location: Location) -> keys.PrivateKey | None:
    """Return the office's key; None where it has none here, or the key does not open."""
    if location.key_file is None or signing.unsigned_because() is not None:
        return None
    with _unsigned_where_that_fails():
        return keys.find(location)
    return None


def _key_of(archive: Archive) -> keys.PrivateKey | None:
    """Return the office's key as `_key`, and note where one was used that is gone."""
    found = _key(archive.location)
    if found is None:
        with _unsigned_where_that_fails():
            trust.refuse_loss(archive)
    return found


def make_first_key(archive: Archive) -> None:
    """Make the office's key where it never had one, so that its papers can be checked."""
    if archive.location.key_file is None or signing.unsigned_because() is not None:
        return
    with _unsigned_where_that_fails():
        if keys.find(archive.location) is None:
            trust.first_key(archive)


def check(path: Path, line: str) -> Checked:
    """Check a paper against one office's public key.

    Raises LookupFailedError `file-missing` or `paper-unknown`, InputError `bad-key`.
    """
    wanted = keys.read_line(trust.given_line(line))
    return _checked(path, lambda key: key.signing == wanted.signing)


def check_here(archive: Archive, path: Path) -> Checked:
    """Check a paper against the keys that this archive knows, and look it up in it.

    Raises as `check`.
    """
    known = {keys.read_line(line).signing for line in archive.session.exec(select(KeyTrust.line))}
    used = set(ownership.keys_used(archive))
    with suppress(HriError):  # A paper of one's own is known though the key does not open.
        own = keys.find(archive.location)
        used |= {own.public.fingerprint} if own else set()
    found = _checked(path, lambda key: key.signing in known or key.fingerprint in used)
    return _looked_up(archive, found)


def _looked_up(archive: Archive, found: Checked) -> Checked:
    """Return what the archive knows of a paper besides, or of each that is bound in a file."""
    found = replace(found, papers=tuple(_looked_up(archive, one) for one in found.papers))
    query = select(IssuedPaper).where(IssuedPaper.reference == found.number)
    row = archive.session.exec(query.order_by(IssuedPaper.id)).first() if found.number else None
    if row is None:
        return found
    served = archive.session.exec(select(Service).where(Service.paper_id == row.id)).first()
    later = archive.session.exec(
        select(IssuedPaper.reference).where(col(IssuedPaper.replaces_id) == row.id)
    ).first()
    sanction = archive.session.get(Sanction, row.subject_id)
    return replace(
        found,
        served=None if served is None else served.date,
        replaced_by=later,
        withdrawn=None if sanction is None else sanction.withdrawn,
    )


def _checked(path: Path, known: Callable[[keys.PublicKey], bool]) -> Checked:
    found = carried.find(read_input(path, carried.LARGEST))
    try:
        key = None if found is None else keys.read_line(found.record["key"])
    except HriError:
        key = None
    if found is None or key is None or not known(key):
        raise LookupFailedError(
            "paper-unknown",
            f"不认识这份文书：{path}"
            + ("" if key is None else f"（签名的公钥 {key.fingerprint}）"),
            "它不是 hri 签名的 .pdf、.docx 或 .html，或由不认识的单位签名；"
            "有对方公钥的，用 --key 给出。",
        )
    unchanged = key.verifies(found.signature, found.signed)

    def said(record: Mapping[str, Any], papers: tuple[Checked, ...] = ()) -> Checked:
        return Checked(
            number=record["number"] or None,
            kind=record["kind"],
            title=str(record.get("title", "")),
            agency=record["agency"] or None,
            date=record["date"],
            unchanged=unchanged,
            served=None,
            replaced_by=None,
            withdrawn=None,
            signer=key.fingerprint,
            papers=papers,
        )

    return said(found.record, tuple(map(said, found.record.get("papers", ()))))
