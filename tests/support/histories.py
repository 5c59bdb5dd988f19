"""Random histories of one agency: events with days of their own, entered in any order of days.

An event is a function of an archive and of what earlier events made there. The same events, or
those of them dated up to a day, can so be entered into one archive and into another.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection
from hrintegrity.archive.tables.campaign import CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Education, Employment, Pledge, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies, units
from hrintegrity.duties.sanctions import imposing, orders, withdrawing
from hrintegrity.errors import HriError, LookupFailedError
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules.titles import complaint_reason

FIRST = dt.date(2013, 9, 1)
DAYS = 90


@dataclass
class Made:
    """What the events entered so far have made: the agency, and records by kind and event.

    `refused` are the names of events that a rule kept out.
    """

    agency: str
    rows: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def of(self, kind: str, number: int) -> Any:
        return self.rows.get((kind, number))


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; `act` says whether it could be entered."""

    number: int
    name: str
    date: dt.date
    act: Callable[[Archive, Made], bool]


def events(seed: int, count: int = 50) -> list[Event]:
    """A history in the order in which it is entered."""
    choose = random.Random(seed)
    made: dict[str, list[int]] = {}
    found = []
    for number in range(count):
        day = FIRST + dt.timedelta(days=choose.randrange(DAYS))
        name = choose.choice([*KINDS, *FOLLOWING])
        act = KINDS[name](choose, number, day, made)
        if act is not None:
            found.append(Event(number, name, day, act))
    return found


def enter(archive: Archive, made: Made, event: Event) -> bool:
    """Enter an event as one savepoint; say whether the rules let it in."""
    savepoint = archive.connection.begin_nested()
    try:
        entered = event.act(archive, made)
    except HriError:
        entered = False
        made.refused.add(event.name)
    (savepoint.commit if entered else savepoint.rollback)()
    archive.session.expire_all()
    return entered


def _add(what: str, model: Callable[..., Any], **values: Any) -> Any:
    """An event that makes one record."""

    def make(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
        made.setdefault(what, []).append(number)

        def act(archive: Archive, made: Made) -> bool:
            given = {key: value(day) if callable(value) else value for key, value in values.items()}
            row = writer.insert(archive, model(agency_id=made.agency, **given))
            made.rows[what, number] = row.id
            return True

        return act

    return make


def _later(kind: str, act_on: Callable[[Archive, Made, Any, dt.date, int], bool]) -> Any:
    """An event that befalls a record of a kind that an earlier event made."""

    def make(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
        if not made.get(kind):
            return None
        target = choose.choice(made[kind])

        def act(archive: Archive, made: Made) -> bool:
            record = made.of(kind, target)
            return record is not None and act_on(archive, made, record, day, number)

        return act

    return make


def _update(archive: Archive, model: Any, record: str, **changes: Any) -> bool:
    return writer.update(archive, archive.session.get_one(model, record), changes)


def _day(day: dt.date) -> dt.date:
    return day


def _edit(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    field_name, value = choose.choice(
        [
            ("phone", f"6256{number:04d}"),
            ("address", f"中关村大街{number}号"),
            ("grade", choose.choice(["A", "AAA", "AAAAA"])),
            ("representative", choose.choice("王李赵")),
            ("name", f"北京第{choose.randrange(3)}人力有限公司"),
            ("status", "active"),
        ]
    )

    def act(archive: Archive, made: Made) -> bool:
        code = archive.session.get_one(Agency, made.agency).code
        agencies.edit(archive, code, today=day, **{field_name: value})
        return True

    return act


def _close(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    if choose.random() < 0.6:
        return None

    def act(archive: Archive, made: Made) -> bool:
        code = archive.session.get_one(Agency, made.agency).code
        agencies.close(archive, code, date=day, reason="停业", today=day)
        return True

    return act


def _impose(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    kind = choose.choice([*MEASURE, "rectify", "rectify"])
    serious, attributed = choose.random() < 0.3, choose.random() < 0.5
    person = choose.choice(made["job"]) if made.get("job") and choose.random() < 0.4 else None
    year = choose.choice([2012, 2013])
    made.setdefault("sanction", []).append(number)
    if kind == "rectify":
        made.setdefault("order", []).append(number)

    def act(archive: Archive, made: Made) -> bool:
        staff = None
        if person is not None:
            job = made.of("job", person)
            if job is None:
                raise LookupFailedError("staff-missing", "还没有到岗。")
            staff = archive.session.get_one(Employment, job).practitioner_id
        asked = imposing.SanctionRequest(
            date=day,
            kind=kind,
            grounds=f"事由{number}",
            basis="《条例》第五条",
            deadline=day + dt.timedelta(days=7) if kind == "rectify" else None,
            review_year=year,
            serious=serious,
            staff=staff,
            attributed=attributed,
        )
        code = archive.session.get_one(Agency, made.agency).code
        found = imposing.impose(archive, code, asked, today=day)
        made.rows["sanction", number] = made.rows["order", number] = found.sanction.id
        return True

    return act


def _mend(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    return _once(made, "mend", record) and bool(orders.mend(archive, record, date=day, today=day))


def _fail(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    return _once(made, "fail", record) and bool(
        orders.fail(archive, record, date=day, note=f"核查{number}", today=day)
    )


def _once(made: Made, what: str, record: str) -> bool:
    """Say whether this befalls the record for the first time: a second day corrects the first."""
    if made.rows.get((what, 0, record)):
        return False
    made.rows[what, 0, record] = True
    return True


def _withdraw(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    withdrawing.withdraw(archive, record, date=day, reason=f"复核{number}", today=day)
    return True


def _hire(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    pledged = day if choose.random() < 0.5 else None
    made.setdefault("job", []).append(number)

    def act(archive: Archive, made: Made) -> bool:
        person = writer.insert(archive, Practitioner(name=f"员工{number}", pledged=pledged))
        job = Employment(
            practitioner_id=person.id, agency_id=made.agency, name_key=person.name, since=day
        )
        made.rows["job", number] = writer.insert(archive, job).id
        return True

    return act


def _leave(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    job = archive.session.get_one(Employment, record)
    return job.left is None and writer.update(archive, job, left=day)


def _sign(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    person = archive.session.get_one(
        Practitioner, archive.session.get_one(Employment, record).practitioner_id
    )
    return person.pledged is None and writer.update(archive, person, pledged=day)


def _inspect(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    failed = choose.random() < 0.6
    if failed:
        made.setdefault("gap", []).append(number)

    def act(archive: Archive, made: Made) -> bool:
        verdict = "fail" if failed else "pass"
        seen = Inspection(
            agency_id=made.agency, date=day, inspector="district", publicity="pass",
            pledge="pass", ledger=verdict, feedback="pass",
        )  # fmt: skip
        writer.insert(archive, seen)
        if failed:
            gap = Gap(
                inspection_id=seen.id, agency_id=made.agency, system="ledger", found=day,
                deadline=day + dt.timedelta(days=10),
            )  # fmt: skip
            made.rows["gap", number] = writer.insert(archive, gap).id
        return True

    return act


def _mend_gap(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    gap = archive.session.get_one(Gap, record)
    return gap.mended is None and writer.update(archive, gap, mended=day)


def _settle(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    row = archive.session.get_one(Complaint, record)
    if row.closed is not None:
        return False
    dishonest = number % 2 == 0
    writer.update(
        archive, row, closed=day, outcome="substantiated", answer="已处理", dishonest=dishonest
    )
    if dishonest:
        agency = archive.session.get_one(Agency, made.agency)
        why = complaint_reason(row.subject)
        units.lose_title(archive, agency, date=day, cause=row.id, reason=why)
    return True


def _award(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    year = choose.choice([2013, 2014])

    def act(archive: Archive, made: Made) -> bool:
        if any(unit.year == year for unit in units.of_agency(archive, made.agency)):
            return False
        writer.insert(
            archive,
            Unit(agency_id=made.agency, year=year, plaque=f"BJ{year}-{number}", awarded=day),
        )
        units.settle(archive, archive.session.get_one(Agency, made.agency))
        return True

    return act


def _plaque(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    def act(archive: Archive, made: Made) -> bool:
        if made.rows.get(("plaque", 0)):
            return False
        code = archive.session.get_one(Agency, made.agency).code
        units.recover_plaque(archive, code, recovered=day)
        made.rows["plaque", 0] = True
        return True

    return act


def _conclude(choose: random.Random, number: int, day: dt.date, made: dict[str, list[int]]) -> Any:
    made.setdefault("conclusion", []).append(number)

    def act(archive: Archive, made: Made) -> bool:
        row = Conclusion(
            agency_id=made.agency, year=2013, sequence=number, date=day, total=8000 + number,
            band="良好", standard="{}", sheets="[]", result="{}",
        )  # fmt: skip
        made.rows["conclusion", number] = writer.insert(archive, row).id
        return True

    return act


def _reopen(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    row = archive.session.get_one(Conclusion, record)
    return row.reopened is None and writer.update(
        archive, row, reopened=day, reopen_reason=f"理由{number}"
    )


def _object(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    writer.insert(archive, Objection(conclusion_id=record, date=day, text=f"异议{number}"))
    return True


def _notify(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    if not _once(made, "paper", record):
        return False
    paper = IssuedPaper(
        series="assessment", district="haidian", year=2013, number=number,
        reference=f"海人社诚评〔2013〕{number}号", agency_id=made.agency, subject_id=record,
        date=day, title="告知书", body="…", sha256="0",
    )  # fmt: skip
    made.rows["paper", number] = writer.insert(archive, paper).id
    made.rows["paper of", 0, record] = paper.id
    return True


def _serve(archive: Archive, made: Made, record: str, day: dt.date, number: int) -> bool:
    paper = made.rows.get(("paper of", 0, record))
    if paper is None or not _once(made, "served", paper):
        return False
    writer.insert(archive, Service(paper_id=paper, date=day, method="direct", receiver="前台"))
    return True


KINDS: dict[str, Any] = {
    "edit": _edit,
    "edit again": _edit,
    "close": _close,
    "review": _add("review", Review, year=2013, result="passed", date=_day),
    "penalty": _add("penalty", Penalty, authority="工商局", basis="《某法》", date=_day),
    "education": _add("education", Education, date=_day),
    "pledge": _add("pledge", Pledge, displayed=True, date=_day),
    "reward": _add("reward", Reward, kind="honour", note="先进", date=_day),
    "outstanding": _add("outstanding", Outstanding, year=2013, reason="突出", date=_day),
    "creation": _add("creation", CreationTitle, year=2013, title="window", date=_day),
    "complaint": _add(
        "complaint", Complaint, district="haidian", channel="market", kind="complaint",
        subject="乱收费", received=_day,
    ),
    "settle": _later("complaint", _settle),
    "inspect": _inspect,
    "mend gap": _later("gap", _mend_gap),
    "hire": _hire,
    "leave": _later("job", _leave),
    "sign": _later("job", _sign),
    "award": _award,
    "impose": _impose,
    "impose more": _impose,
    "impose again": _impose,
    "mend": _later("order", _mend),
    "fail": _later("order", _fail),
    "withdraw": _later("sanction", _withdraw),
    "plaque": _plaque,
    "conclude": _conclude,
    "reopen": _later("conclusion", _reopen),
    "object": _later("conclusion", _object),
    "notify": _later("conclusion", _notify),
    "serve": _later("conclusion", _serve),
}  # fmt: skip

FOLLOWING = ("settle", "mend gap", "leave", "sign", "award", "mend", "fail", "withdraw", "plaque")
"""Kinds that need an earlier event, and so are tried more often."""


def up_to(history: list[Event], day: dt.date) -> Iterator[Event]:
    """The events of a history that are dated up to a day, in their order of entry."""
    return (event for event in history if event.date <= day)
