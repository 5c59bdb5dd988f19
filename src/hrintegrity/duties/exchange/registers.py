"""Which archive gives the numbers of a district's papers: one only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.office import Office
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange.versions import reported


@dataclass(frozen=True)
class Register:
    """Whether this archive numbers a district's papers, and how many it has numbered.

    `received` counts those that were numbered elsewhere.
    """

    id: str
    district: str
    district_name: str
    keeps_register: bool
    papers: int
    changed: bool
    received: int


def release(archive: Archive, district: str) -> Register:
    """Let another archive number a district's papers. Raises RuleError `not-ours`."""
    return _keep(archive, district, keeps=False)


def take(archive: Archive, district: str) -> Register:
    """Number a district's papers in this archive. Raises RuleError `not-ours`."""
    return _keep(archive, district, keeps=True)


def _keep(archive: Archive, district: str, *, keeps: bool) -> Register:
    ownership.scope(archive, district)
    office = archive.session.exec(select(Office).where(Office.district == district)).first()
    if office is None:
        office = writer.insert(archive, Office(district=district, keeps_register=True))
    changed = writer.update(archive, office, keeps_register=keeps)
    papers = archive.session.exec(
        select(IssuedPaper.id).where(IssuedPaper.district == district)
    ).all()
    received = reported(archive, papers, besides="")
    return Register(
        id=office.id,
        district=district,
        district_name=ownership.district_name(district),
        keeps_register=keeps,
        papers=len(papers) - len(received),
        changed=changed,
        received=len(received),
    )
