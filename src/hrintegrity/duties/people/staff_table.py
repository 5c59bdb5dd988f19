"""Practitioners as a table: rows that become people, their pledge and their work at an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import agency_texts
from hrintegrity.duties.agency_column import AGENCY_COLUMNS, AgencyFinder
from hrintegrity.duties.importing import Fault, Remarks
from hrintegrity.duties.people import matching
from hrintegrity.duties.people.matching import Job, Match, Person, Wanted
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row
from hrintegrity.text import parse_date, squeeze

MOVED = "{first}从别的机构调来（共 {count} 人），承诺随人走。"


def _name(text: str) -> str:
    return " ".join(clean(text).split())


def _certificate(text: str) -> str:
    return squeeze(clean(text))


def _day(text: str) -> str:
    return parse_date(text).isoformat()


TABLE = Table(
    name="staff",
    title="从业人员登记表",
    key=("person", "certificate"),
    columns=(
        *AGENCY_COLUMNS,
        Column("person", ("姓名", "从业人员姓名", "人员姓名"), _name, required=True, width=12,
               example="王小明"),
        Column("certificate", ("资格证号", "资格证书编号", "资格证书号", "从业资格证号"),
               _certificate, is_code=True, width=20, example="RL2012000001"),
        Column("pledged", ("承诺日期", "签署日期", "承诺书签署日期"), _day, is_date=True,
               width=14, example="2013-10-08"),
        Column("since", ("到岗日期", "入职日期"), _day, is_date=True, width=14,
               note="不填的，从导入当天算起"),
    ),
)  # fmt: skip


class _Known(NamedTuple):
    """Someone on record, and whom the row means."""

    match: Match
    person: Person
    wanted: Wanted


class Target:
    """Rows that become practitioners, known by agency, name and certificate."""

    model = Employment
    table = TABLE

    def __init__(self, archive: Archive, *, today: dt.date) -> None:
        self.archive = archive
        self.today = today.isoformat()
        self.remarks = Remarks()
        self._agencies = AgencyFinder(archive)
        self._matches: dict[Wanted, Match] = {}
        self._pledges: dict[Wanted, str | None] = {}
        self._first_of: dict[str, Wanted] = {}
        # Whoever this import enters bears a later identity than its start.
        self._start = new_id()

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk."""
        self._agencies.look_up(rows)
        self._pledges.clear()
        self._first_of.clear()

    def key(self, values: Mapping[str, Any]) -> Wanted:
        """Return agency, name and certificate."""
        agency = self._agencies.of(values)
        wanted = Wanted(
            agency.id, agency_texts.name_key(values["person"]), values.get("certificate") or None
        )
        self._pledges[wanted] = values.get("pledged")
        if wanted.certificate:
            self._first_of.setdefault(wanted.certificate, wanted)
        return wanted

    def existing(self, keys: Sequence[Wanted]) -> Mapping[Wanted, _Known]:
        """Return who works there already, and who is on record otherwise than the row has it.

        Someone who moves here is new here, unless the row gives another day for their pledge.
        """
        self._matches = matching.find(self.archive, keys, fresh=self._is_fresh)
        found = {}
        for wanted, match in self._matches.items():
            if match.person is None:
                continue
            if match.here or match.returns or self._pledge_differs(match.person, wanted):
                found[wanted] = _Known(match, match.person, wanted)
        return found

    def _is_fresh(self, person: Person) -> bool:
        return person.id > self._start

    def _pledge_differs(self, person: Person, wanted: Wanted) -> bool:
        given = self._pledges[wanted]
        return bool(given and person.pledged and person.pledged.isoformat() != given)

    def changes(self, record: _Known, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise; `agency` stands for someone who comes to work here."""
        person, wanted = record.person, record.wanted
        found: dict[str, Any] = {}
        job = person.open_at(wanted.agency_id)
        if job is None:
            found["agency"] = wanted.agency_id
        elif values.get("since") not in (None, job.since.isoformat()):
            found["since"] = values["since"]
        if wanted.certificate and wanted.certificate != person.certificate:
            found["certificate"] = wanted.certificate
        pledged = None if person.pledged is None else person.pledged.isoformat()
        if values.get("pledged") not in (None, pledged):
            found["pledged"] = values["pledged"]
        return found

    def different(self, record: _Known, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""
        person = record.person
        parts = []
        if "agency" in changes and record.match.returns:
            last = person.last_at(record.wanted.agency_id)
            parts.append(f"已于 {last.left if last else None} 离开本机构")
        if "certificate" in changes:
            parts.append(f"本机构的{person.name}没有资格证号，可能是同一人")
        if "pledged" in changes:
            parts.append(f"承诺日期为 {person.pledged or '空'}")
        if "since" in changes:
            parts.append("到岗日期不同")
        return "，".join(parts)

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse whom the archive has elsewhere, and a certificate given to two people."""
        wanted = self.key(values)
        match = self._matches[wanted]
        if match.refusal is not None:
            field = "person" if match.code == "staff-ambiguous" else "certificate"
            raise Fault(field, match.refusal)
        if wanted.certificate and self._first_of[wanted.certificate] != wanted:
            raise Fault("certificate", "同一资格证号在文件里还写给了另一人或另一机构")

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a new person, or None for one who moves here, and the work at the agency."""
        wanted = self.key(values)
        person = self._matches[wanted].person
        added = None
        if person is None:
            added = {
                "id": new_id(),
                "name": values["person"],
                "certificate": wanted.certificate,
                "pledged": values.get("pledged"),
            }
        identity = person.id if person else str(added and added["id"])
        job = self._job(identity, wanted, wanted.certificate, values.get("since"))
        moved = None if person is None else (person, values.get("pledged"))
        return {"person": added, "job": job, "moved": moved}

    def _job(
        self, person_id: str, wanted: Wanted, certificate: str | None, since: str | None
    ) -> dict[str, Any]:
        return {
            "id": new_id(),
            "practitioner_id": person_id,
            "agency_id": wanted.agency_id,
            "name_key": wanted.name_key,
            "certificate": certificate,
            "since": since or self.today,
            "left": None,
        }

    def write(
        self, new: Sequence[dict[str, Any]], changed: Sequence[tuple[_Known, dict[str, Any]]]
    ) -> int:
        """Write people, their work and what changed of both."""
        people: list[tuple[Practitioner, dict[str, Any]]] = []
        jobs: list[tuple[Employment, dict[str, Any]]] = []
        added = [one["job"] for one in new]
        for one in new:
            if one["moved"] is not None:
                person, pledged = one["moved"]
                self.remarks.add(MOVED, f"{person.name}（{person.certificate}）")
                jobs += _closed_jobs(person)
                if pledged and person.pledged is None:
                    people.append((_person_row(person), {"pledged": pledged}))
        for known, changes in changed:
            of_person: dict[str, Any] = {
                k: changes[k] for k in ("certificate", "pledged") if k in changes
            }
            if of_person:
                people.append((_person_row(known.person), of_person))
            if "agency" in changes:
                jobs += _closed_jobs(known.person)
                held = changes.get("certificate", known.person.certificate)
                added.append(self._job(known.person.id, known.wanted, held, changes.get("since")))
            elif "since" in changes:
                job = known.person.open_at(known.wanted.agency_id)
                if job is not None:
                    jobs.append((_job_row(known.person, job), {"since": changes["since"]}))
        jobs += self._certified_jobs(changed)
        writer.insert_many(
            self.archive, Practitioner, [one["person"] for one in new if one["person"]]
        )
        writer.update_many(self.archive, Practitioner, people)
        writer.update_many(self.archive, Employment, jobs)
        return writer.insert_many(self.archive, Employment, added)

    def _certified_jobs(
        self, changed: Sequence[tuple[_Known, dict[str, Any]]]
    ) -> list[tuple[Employment, dict[str, Any]]]:
        """Give the certificate of a person to all their work, as it is kept there too."""
        held = {
            known.person.id: changes["certificate"]
            for known, changes in changed
            if "certificate" in changes
        }
        query = select(Employment).where(col(Employment.practitioner_id).in_(held))
        found = self.archive.session.exec(query) if held else ()
        return [(job, {"certificate": held[job.practitioner_id]}) for job in found]


def _closed_jobs(person: Person) -> list[tuple[Employment, dict[str, Any]]]:
    """End the work at agencies that closed without saying so of their people."""
    return [
        (_job_row(person, job), {"left": job.closed.isoformat()})
        for job in person.jobs
        if job.is_open and job.closed is not None
    ]


def _person_row(person: Person) -> Practitioner:
    return Practitioner(
        id=person.id, name=person.name, certificate=person.certificate, pledged=person.pledged
    )


def _job_row(person: Person, job: Job) -> Employment:
    return Employment(
        id=job.id,
        practitioner_id=person.id,
        agency_id=job.agency_id,
        name_key=job.name_key,
        certificate=person.certificate,
        since=job.since,
        left=job.left,
    )
