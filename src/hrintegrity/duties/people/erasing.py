"""Erasing who a practitioner was, where nothing is on record that has to stay (三(六)2 依法)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.campaign import CreationTitle
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.exchange import Conflict
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties.people.register import CLAUSE, current_job, person_of
from hrintegrity.errors import RuleError, UsageError


@dataclass(frozen=True)
class Erased:
    """A practitioner whose name and certificate are gone; `again` where they were gone before."""

    id: str
    erased: dt.date
    again: bool


def erase(
    archive: Archive, identity: str, *, reason: str, today: dt.date
) -> tuple[Erased, tuple[str, ...]]:
    """Remove name, certificate and the salts of their hashes; return what has to be said.

    The bytes leave the file after the transaction (`Archive.remains`). Raises
    RuleError `still-employed`, `measure-on-record` or `conflict-open`, UsageError `reason-names`
    where the reason, which stays in the journal, says who it is.
    """
    person = person_of(archive, identity)
    archive.remains = True
    if person.erased is not None:
        return Erased(person.id, person.erased, True), ()
    _refuse(archive, person)
    secret = [text for text in (person.name, person.certificate) if text]
    if any(text in reason for text in secret):
        raise UsageError(
            "reason-names",
            "理由里写了要删除的姓名或资格证号；理由写入日志，抹不掉。",
            "请换一种写法，如“本人要求删除”。",
        )
    query = select(Employment).where(Employment.practitioner_id == person.id)
    jobs = archive.session.exec(query).all()
    warnings = (*_in_clear(archive, person, jobs), *_in_texts(archive, person, jobs))
    empty(archive, person, jobs, reason=reason, today=today)
    return Erased(person.id, today, False), warnings


def empty(
    archive: Archive,
    person: Practitioner,
    jobs: Sequence[Employment],
    *,
    reason: str,
    today: dt.date,
) -> None:
    """Remove name, certificate and the salts of their hashes, whatever speaks against it."""
    nothing: dict[str, Any] = {"certificate": None, "salt": None}
    writer.update(archive, person, {**nothing, "name": "", "erased": today}, reason=reason)
    for job in jobs:
        writer.update(archive, job, {**nothing, "name_key": ""}, reason=reason)


def _refuse(archive: Archive, person: Practitioner) -> None:
    job = current_job(archive, person)
    if job is not None:
        raise RuleError(
            "still-employed",
            "这位从业人员还在岗，姓名和资格证号不能删除。",
            f"已离开的，先用 hri agency staff leave {person.id} 登记。",
            clause=CLAUSE,
        )
    measures = select(Sanction.id).where(Sanction.practitioner_id == person.id)
    titles = select(CreationTitle.id).where(CreationTitle.practitioner_id == person.id)
    if archive.session.exec(measures).first() or archive.session.exec(titles).first():
        raise RuleError(
            "measure-on-record",
            "这位从业人员有惩戒措施或者称号在册，姓名和资格证号不能删除。",
            "奖励惩戒情况是诚信档案的内容，应当留存。",
            clause="三(六)1",
        )
    jobs = select(Employment.id).where(Employment.practitioner_id == person.id)
    held = select(Conflict.id).where(
        or_(col(Conflict.record) == person.id, col(Conflict.record).in_(jobs))
    )
    if archive.session.exec(held).first():
        raise RuleError(
            "conflict-open",
            "这位从业人员的记录还有没有处理的冲突，里面也有姓名。",
            "先用 hri archive settle 处理：见 hri archive conflicts。",
            clause=CLAUSE,
        )


def _in_clear(archive: Archive, person: Practitioner, jobs: Any) -> tuple[str, ...]:
    """Say where the journal has the name in clear: it was written before names were hashed."""
    if all(row.salt is not None for row in (person, *jobs)):
        return ()
    records = [person.id, *(job.id for job in jobs)]
    query = (
        select(JournalEntry.id)
        .where(col(JournalEntry.record).in_(records))
        .where(or_(col(JournalEntry.after).contains(person.name, autoescape=True),
                   col(JournalEntry.before).contains(person.name, autoescape=True)))
        .order_by(col(JournalEntry.id))
    )  # fmt: skip
    entries = [str(number) for number in archive.session.exec(query)]
    if not entries:
        return ()
    return (
        f"日志第 {'、'.join(entries)} 条是旧版程序写的，姓名是明文，改了就断了日志的链，没有动。",
    )


def _in_texts(archive: Archive, person: Practitioner, jobs: Any) -> tuple[str, ...]:
    """Say in which texts about their agencies the name stands, which are not theirs to erase."""
    if len(person.name) < 2:
        return ()
    where = [job.agency_id for job in jobs]
    found = []
    for model, columns, what, command in (
        (Complaint, (Complaint.subject, Complaint.answer), "投诉举报", "hri complaint show"),
        (Sanction, (Sanction.grounds,), "惩戒", "hri sanction show"),
    ):
        holds = [col(column).contains(person.name, autoescape=True) for column in columns]
        query = select(model.id).where(col(model.agency_id).in_(where), or_(*holds))
        found += [f"{what} {one[-8:]}（{command}）" for one in archive.session.exec(query)]
    if not found:
        return ()
    return (f"所在机构的记录里还写有这个姓名，请核对：{'、'.join(found)}。",)
