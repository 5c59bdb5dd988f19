"""The grounds of exposures as they may be published: without the people on record."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.rules.discretion import NUMBER, masked

PRACTITIONER, PERSON, HEAD = "某从业人员", "某人", "某负责人"


class Grounds:
    """Knows who is on record at each exposed agency, present and former, and who complained."""

    def __init__(self, archive: Archive) -> None:
        self._own: dict[str, set[str]] = {}
        self._people: dict[str, dict[str, str]] = {}
        exposed = select(col(Sanction.agency_id)).where(
            col(Sanction.kind) == "exposure",
            col(Sanction.practitioner_id).is_(None),
            col(Sanction.withdrawn).is_(None),
        )
        # Who is two things at once is named by the last, which is the narrowest.
        complained = (
            select(col(Complaint.agency_id), col(Complainant.name), col(Complainant.contact))
            .join(Complaint, col(Complaint.id) == col(Complainant.complaint_id))
            .where(col(Complaint.agency_id).in_(exposed))
        )
        for agency, name, contact in archive.connection.execute(complained):
            self._put(agency, (name,), PERSON)
            self._put(agency, (contact,), NUMBER)
        registered = select(
            col(Agency.id), col(Agency.name), col(Agency.code), col(Agency.representative)
        ).where(col(Agency.id).in_(exposed))
        for agency, name, code, head in archive.connection.execute(registered):
            self._own.setdefault(agency, set()).update((name, code))
            self._put(agency, (head,), HEAD)
        former = select(col(FormerName.agency_id), col(FormerName.name)).where(
            col(FormerName.agency_id).in_(exposed)
        )
        for agency, name in archive.connection.execute(former):
            self._own[agency].add(name)
        worked = (
            select(col(Employment.agency_id), col(Practitioner.name), col(Practitioner.certificate))
            .join(Practitioner, col(Practitioner.id) == col(Employment.practitioner_id))
            .where(col(Employment.agency_id).in_(exposed))
        )
        for agency, name, certificate in archive.connection.execute(worked):
            self._put(agency, (name,), PRACTITIONER)
            self._put(agency, (certificate,), NUMBER)

    def published(self, agency: str, grounds: str) -> str:
        """Return the grounds of an exposure of the agency (its identity) for the public."""
        own, people = self._own.get(agency, set()), self._people.get(agency, {})
        return masked(grounds, own=own, people=people)

    def _put(self, agency: str | None, texts: Iterable[str | None], word: str) -> None:
        if agency is not None:
            self._people.setdefault(agency, {}).update({text: word for text in texts if text})
