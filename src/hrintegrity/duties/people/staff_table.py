"""Practitioners as a table: rows that become people, their pledge and their work at an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id, new_salt
from hrintegrity.archive.tables.people import Employment, Practitioner, StaffEducation
from hrintegrity.duties import agency_texts
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.importing.of_agencies import AGENCY_COLUMNS, EITHER, RowsOfAgencies
from hrintegrity.duties.importing.seen import Seen
from hrintegrity.duties.importing.target import Batch, Case, Fault, recorded
from hrintegrity.duties.people import matching
from hrintegrity.duties.people.matching import Job, Match, Person, Wanted
from hrintegrity.notice.records import kind
from hrintegrity.sheets.columns import Table, declared
from hrintegrity.text import joined, squeeze

MOVED = "{first}从别的机构调来（共 {count} 人），承诺随人走。"
RETURNED = "{first}再次到岗（共 {count} 人），没有写离开之后的到岗日期，按导入当天登记，请核对。"


def _name(text: str) -> str:
    # A cell's text is clean when it comes here (`sheets.rows`).
    name = " ".join(joined(text).split())
    if not any(map(str.isalpha, name)):
        raise ValueError("不像姓名：没有一个字")
    return name


_PERSON, _WORK = kind("practitioner"), kind("employment")
TABLE = Table(
    name="staff",
    title="从业人员登记表",
    key=("person", "certificate"),
    either=EITHER,
    ended="这些人按在岗登记；已离开的请用 hri agency staff leave 编号 --date 日期 登记",
    columns=(
        *AGENCY_COLUMNS,
        declared(_PERSON["name"], _name, name="person", required=True),
        declared(_PERSON["certificate"], squeeze),
        declared(_PERSON["pledged"]),
        declared(_WORK["since"], or_today=True),
        declared(kind("staff_education")["date"], name="educated", width=14),
    ),
)


class Found(NamedTuple):
    """Whom a row means: `same` says that the row is about someone as they are on record.

    `shared` is set where the file gives the row's certificate to somebody else too, `meant_before`
    where another of its rows means the same person, `educated` where the education that the row
    tells of is on record.
    """

    match: Match
    same: bool
    shared: bool
    meant_before: bool
    educated: bool


StaffCase = Case[AgencyRow, Wanted, Found]


class StaffRows(RowsOfAgencies[Wanted, Found]):
    """Rows that become practitioners, known by agency, name and certificate."""

    model = Employment
    table = TABLE

    def __init__(self, archive: Archive, *, today: dt.date) -> None:
        super().__init__(archive)
        self.today = today.isoformat()
        # Whoever this import enters bears a later identity than its start.
        self._first = new_id()
        self._meant = Seen()

    def key(self, values: Mapping[str, Any], found: AgencyRow) -> Wanted:
        """Return agency, name and certificate."""
        certificate = values.get("certificate") or None
        return Wanted(found.id, agency_texts.name_key(values["person"]), certificate)

    def records(self, cases: Sequence[StaffCase]) -> Mapping[Wanted, Found]:
        """Return whom each row means, nobody too.

        Someone who moves here is new here, unless the row gives another day for their pledge.
        """
        matches = matching.find(
            self.archive, [case.key for case in cases], fresh=lambda p: p.id > self._first
        )
        people = [match.person.id for match in matches.values() if match.person is not None]
        educated = matching.educated(self.archive, people)
        first: dict[str, Wanted] = {}
        found = {}
        for case in cases:
            match, key, values = matches[case.key], case.key, case.values
            held, person = key.certificate, match.person
            shared = held is not None and first.setdefault(held, key) != key
            same = person is not None and (
                match.here or match.returns or _pledge_differs(person, values)
            )
            was = person is not None and (person.id, values.get("educated")) in educated
            before = person is not None and self._meant_before(person, key)
            found[key] = Found(match, same, shared, before, was)
        return found

    def _meant_before(self, person: Person, key: Wanted) -> bool:
        """Say whether another row, with a certificate or without one, meant a person on record."""
        fingerprint = hash(key) % 2**32
        return self._meant.first(person.id, fingerprint) not in (None, fingerprint)

    def is_known(self, record: Found) -> bool:
        """Say whether the row is about someone as they are on record."""
        return record.same

    def changes(self, case: StaffCase) -> dict[str, Any]:
        """Return what a row says otherwise; `agency` is for someone who comes to work here."""
        person, wanted, values = _person(case), case.key, case.values
        self._refuse_meant_before(case)
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
        if values.get("educated") and not recorded(case).educated:
            found["educated"] = values["educated"]
        return found

    def _refuse_meant_before(self, case: StaffCase) -> None:
        if recorded(case).meant_before:
            person = _person(case)
            held = f"资格证号 {person.certificate}" if person.certificate else "没有资格证号"
            raise Fault(
                "certificate",
                f"文件里另有一行也认作本机构已登记的{person.name}（{held}），分不清是哪一位；"
                "请给每位都写明资格证号，登记里缺的先用 hri agency staff edit "
                f"{person.id} --certificate 证号 补上",
            )

    def difference(self, case: StaffCase, changes: Mapping[str, Any]) -> str:
        """Say in Chinese in what a row and the person on record differ."""
        person = _person(case)
        parts = []
        if "agency" in changes and recorded(case).match.returns:
            last = person.last_at(case.key.agency_id)
            parts.append(f"已于 {last.left if last else None} 离开本机构")
        if "certificate" in changes:
            parts.append(f"本机构的{person.name}没有资格证号，可能是同一人")
        if "pledged" in changes:
            parts.append(f"承诺日期为 {person.pledged or '空'}")
        if "since" in changes:
            parts.append("到岗日期不同")
        if "educated" in changes:
            parts.append("没有这次教育的登记")
        return "，".join(parts)

    def check(self, case: StaffCase) -> None:
        """Refuse whom the archive has elsewhere, and a certificate given to two people."""
        found = recorded(case)
        refusal, code = found.match.refusal, found.match.code
        if refusal is not None:
            raise Fault("person" if code == "staff-ambiguous" else "certificate", refusal)
        if found.shared:
            raise Fault("certificate", "同一资格证号在文件里还写给了另一人或另一机构")

    def add(self, case: StaffCase, batch: Batch) -> None:
        """Enter a new person, or someone who moves here, and the work at the agency."""
        values, certificate = case.values, case.key.certificate
        person = recorded(case).match.person
        if person is None:
            identity = new_id()
            row = {
                "id": identity,
                "name": values["person"],
                "certificate": certificate,
                "pledged": values.get("pledged"),
                "salt": new_salt(),
                "erased": None,
            }
            batch.insert(Practitioner, row)
        else:
            identity = person.id
            self.remarks.add(MOVED, f"{person.name}（{person.certificate}）")
            _close_jobs(person, batch)
            if values.get("pledged") and person.pledged is None:
                batch.update(person.row(), {"pledged": values["pledged"]})
        self._add_job(case, identity, certificate, batch)
        _add_education(identity, case.key, values.get("educated"), batch)

    def change(self, case: StaffCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change a person, and their work at the agency."""
        person, wanted = _person(case), case.key
        of_person = {k: changes[k] for k in ("certificate", "pledged") if k in changes}
        batch.update(person.row(), of_person)
        if "certificate" in changes:
            self._certify(person.id, changes["certificate"], batch)
        if "agency" in changes:
            _close_jobs(person, batch)
            held = changes.get("certificate", person.certificate)
            self._add_job(case, person.id, held, batch)
        elif "since" in changes:
            job = person.open_at(wanted.agency_id)
            if job is not None:
                batch.update(_job_row(person, job), {"since": changes["since"]})
        _add_education(person.id, wanted, changes.get("educated"), batch)

    def _add_job(
        self, case: StaffCase, person_id: str, certificate: str | None, batch: Batch
    ) -> None:
        job = {
            "id": new_id(),
            "practitioner_id": person_id,
            "agency_id": case.key.agency_id,
            "name_key": case.key.name_key,
            "certificate": certificate,
            "since": self._entry_day(case),
            "left": None,
            "salt": new_salt(),
        }
        batch.insert(Employment, job)

    def _entry_day(self, case: StaffCase) -> str:
        """Return when someone begins to work; whoever returns does so after they left."""
        start: str | None = case.values.get("since")
        person = recorded(case).match.person
        last = person.last_at(case.key.agency_id) if person else None
        if last and last.left and (start is None or start < last.left.isoformat()):
            start = None
            self.remarks.add(RETURNED, case.values["person"])
        return start or self.today

    def _certify(self, person_id: str, certificate: str, batch: Batch) -> None:
        """Give the certificate of a person to all their work, as it is kept there too."""
        query = select(Employment).where(Employment.practitioner_id == person_id)
        for job in self.archive.session.exec(query):
            batch.update(job, {"certificate": certificate})


def _add_education(person_id: str, wanted: Wanted, day: str | None, batch: Batch) -> None:
    """Enter integrity education of a practitioner (三(三)二), where a row has one."""
    if day is not None:
        row = {
            "id": new_id(),
            "practitioner_id": person_id,
            "agency_id": wanted.agency_id,
            "date": day,
            "title": None,
        }
        batch.insert(StaffEducation, row)


def _person(case: StaffCase) -> Person:
    person = recorded(case).match.person
    assert person is not None
    return person


def _pledge_differs(person: Person, values: Mapping[str, Any]) -> bool:
    given, pledged = values.get("pledged"), person.pledged
    return bool(given and pledged and pledged.isoformat() != given)


def _close_jobs(person: Person, batch: Batch) -> None:
    """End the work at agencies that closed without saying so of their people."""
    for job in person.jobs:
        if job.is_open and job.closed is not None:
            batch.update(_job_row(person, job), {"left": job.closed.isoformat()})


def _job_row(person: Person, job: Job) -> Employment:
    return Employment(
        id=job.id,
        practitioner_id=person.id,
        agency_id=job.agency_id,
        name_key=job.name_key,
        certificate=person.certificate,
        since=job.since,
        left=job.left,
        salt=job.salt,
    )
