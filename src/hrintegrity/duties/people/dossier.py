"""A practitioner's own dossier (三(六)2 建立服务机构、从业人员数据库和电子诚信档案)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import CreationTitle
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Employment, Practitioner, StaffEducation
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import offices, ownership
from hrintegrity.duties.dossier.blocks import NUMERALS, Block, Part
from hrintegrity.duties.people.register import person_of
from hrintegrity.notice.words import MEASURE, SANCTION_STATE, TITLE
from hrintegrity.rules.numbering import annulment_of

TEMPLATE = "staff/dossier"
ERASED = "（已删除）"


@dataclass(frozen=True)
class Basic:
    """Who it is, and where they work or worked last; the name is None once it was erased."""

    id: str
    name: str | None
    certificate: str | None
    code: str
    agency: str
    district: str
    working: bool
    erased: dt.date | None


@dataclass(frozen=True)
class Job:
    """Work at an agency; `left` is None while it lasts."""

    id: str
    code: str
    agency: str
    since: dt.date
    left: dt.date | None


@dataclass(frozen=True)
class Promises:
    """The day of the practitioner's own 诚信服务承诺书."""

    pledged: dt.date | None


@dataclass(frozen=True)
class Education:
    """Integrity education, and where they worked then."""

    id: str
    date: dt.date
    title: str | None
    code: str
    agency: str


@dataclass(frozen=True)
class Title:
    """诚信服务标兵 of a year."""

    id: str
    title: str
    year: int
    date: dt.date
    agency: str


@dataclass(frozen=True)
class Measure:
    """A measure against the practitioner; `state` as in the list of sanctions.

    `number` and `served` are those of the decision, `annulment` that of the paper that annuls it.
    """

    id: str
    kind: str
    grounds: str
    date: dt.date
    state: str
    number: str | None
    agency: str
    served: dt.date | None = None
    withdrawn: dt.date | None = None
    annulment: str | None = None


@dataclass(frozen=True)
class RewardsAndSanctions:
    """What was given to the practitioner, and what was imposed."""

    titles: tuple[Title, ...]
    sanctions: tuple[Measure, ...]


@dataclass(frozen=True)
class StaffDossier:
    """The five parts, in their order."""

    basic: Basic
    employments: tuple[Job, ...]
    promises: Promises
    education: tuple[Education, ...]
    rewards_and_sanctions: RewardsAndSanctions


def dossier(archive: Archive, identity: str) -> StaffDossier:
    """Return the dossier of a practitioner.

    Raises LookupFailedError `record-missing`, RuleError `not-ours`.
    """
    person = person_of(archive, identity)
    jobs = archive.session.exec(
        select(Employment, Agency)
        .join(Agency, col(Agency.id) == Employment.agency_id)
        .where(Employment.practitioner_id == person.id)
        .order_by(col(Employment.since), Employment.id)
    ).all()
    last, agency = max(jobs, key=lambda job: (job[0].left is None, job[0].left or job[0].since))
    return StaffDossier(
        Basic(
            id=person.id,
            name=person.name or None,
            certificate=person.certificate,
            code=agency.code,
            agency=agency.name,
            district=agency.district,
            working=last.left is None,
            erased=person.erased,
        ),
        tuple(Job(job.id, at.code, at.name, job.since, job.left) for job, at in jobs),
        Promises(person.pledged),
        _education(archive, person),
        RewardsAndSanctions(_titles(archive, person), _sanctions(archive, person)),
    )


def worded(found: StaffDossier) -> tuple[Part, ...]:
    """Return the parts in Chinese, for the screen and for paper."""
    rewards = found.rewards_and_sanctions
    contents: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("basic", "基本信息", {"fields": _basic(found.basic)}),
        ("employments", "任职情况", {"blocks": (_block(
            "任职", (("机构名称", 46), ("机构代码", 22), ("到岗日期", 16), ("离开日期", 16)),
            found.employments, lambda row: (row.agency, row.code, row.since, row.left or "在岗"),
        ),)}),
        ("promises", "诚信守诺情况", {"fields": (
            ("诚信服务承诺书", _text(found.promises.pledged or "未签署")),
        )}),
        ("education", "诚信教育情况", {"blocks": (_block(
            "从业人员资格培训中的诚信教育", (("日期", 16), ("培训名称", 42), ("所在机构", 42)),
            found.education, lambda row: (row.date, row.title or "", row.agency),
        ),)}),
        ("rewards_and_sanctions", "奖励惩戒情况", {"blocks": (
            _block("诚信创建称号", (("年度", 12), ("日期", 16), ("称号", 26), ("所在机构", 46)),
                   rewards.titles,
                   lambda row: (row.year, row.date, TITLE.chinese(row.title), row.agency)),
            _block("失信惩戒", (("日期", 18), ("措施", 22), ("文号", 40), ("送达", 20),
                   ("事实", 35), ("现状", 24)), rewards.sanctions,
                   lambda row: (row.date, MEASURE.chinese(row.kind), row.number or "",
                                row.served or "", _facts(row), _state(row)),
                   below=("事实", "现状")),
        )}),
    )  # fmt: skip
    return tuple(
        Part(name, f"{numeral}、{heading}", **content)
        for numeral, (name, heading, content) in zip(NUMERALS, contents, strict=False)
    )


def printed(
    archive: Archive, found: StaffDossier, *, today: dt.date, templates: Path | None = None
) -> Paper:
    """Return the dossier as a paper. Raises as `documents.compose`."""
    office = offices.office_of(archive, ownership.owner(archive).code)
    parts = worded(found)
    context = {
        "office": {"name": office.name, "department": office.department},
        "name": found.basic.name or ERASED,
        "numeral": NUMERALS[len(parts) - 1],
        "parts": [part.as_context() for part in parts],
        "date": chinese_date(today),
    }
    return compose(TEMPLATE, context, office_templates=templates)


def _education(archive: Archive, person: Practitioner) -> tuple[Education, ...]:
    rows = archive.session.exec(
        select(StaffEducation, Agency)
        .join(Agency, col(Agency.id) == StaffEducation.agency_id)
        .where(StaffEducation.practitioner_id == person.id)
        .order_by(col(StaffEducation.date), StaffEducation.id)
    )
    return tuple(Education(row.id, row.date, row.title, at.code, at.name) for row, at in rows)


def _titles(archive: Archive, person: Practitioner) -> tuple[Title, ...]:
    rows = archive.session.exec(
        select(CreationTitle, Agency)
        .join(Agency, col(Agency.id) == CreationTitle.agency_id)
        .where(CreationTitle.practitioner_id == person.id)
        .order_by(col(CreationTitle.date), CreationTitle.id)
    )
    return tuple(Title(row.id, row.title, row.year, row.date, at.name) for row, at in rows)


def _sanctions(archive: Archive, person: Practitioner) -> tuple[Measure, ...]:
    rows = archive.session.exec(
        select(Sanction, Agency, IssuedPaper, Service)
        .join(Agency, col(Agency.id) == Sanction.agency_id)
        .outerjoin(IssuedPaper, col(IssuedPaper.subject_id) == Sanction.id)
        .outerjoin(Service, col(Service.paper_id) == IssuedPaper.id)
        .where(Sanction.practitioner_id == person.id)
        .order_by(col(Sanction.date), Sanction.id)
    ).all()
    subjects = [annulment_of(row.id) for row, *_ in rows if row.withdrawn is not None]
    papers = select(IssuedPaper).where(col(IssuedPaper.subject_id).in_(subjects))
    annulments = {row.subject_id: row.reference for row in archive.session.exec(papers)}
    return tuple(
        Measure(
            id=row.id,
            kind=row.kind,
            grounds=row.grounds,
            date=row.date,
            state="in-force" if row.withdrawn is None else "withdrawn",
            number=paper.reference if paper else None,
            agency=at.name,
            served=service.date if service else None,
            withdrawn=row.withdrawn,
            annulment=annulments.get(annulment_of(row.id)),
        )
        for row, at, paper, service in rows
    )


def _facts(row: Measure) -> str:
    """Return the facts; those of a measure that was annulled are held against nobody."""
    return "" if row.state == "withdrawn" else row.grounds


def _state(row: Measure) -> str:
    said = "，".join(str(one) for one in (row.withdrawn, row.annulment) if one)
    return SANCTION_STATE.chinese(row.state) + (f"（{said}）" if said else "")


def _basic(basic: Basic) -> tuple[tuple[str, str], ...]:
    return (
        ("姓名", basic.name or ERASED),
        ("资格证号", basic.certificate or (ERASED if basic.erased else "")),
        ("所在机构" if basic.working else "最后任职机构", basic.agency),
        ("状态", "在岗" if basic.working else "已离开"),
    )


def _block(
    title: str,
    columns: tuple[tuple[str, int], ...],
    rows: Iterable[Any],
    cells: Callable[[Any], tuple[Any, ...]],
    *,
    below: tuple[str, ...] = (),
) -> Block:
    listed = list(rows)
    return Block(
        title,
        tuple(heading for heading, _ in columns),
        tuple(width for _, width in columns),
        tuple(tuple(_text(cell) for cell in cells(row)) for row in listed),
        tuple(row.id for row in listed),
        below=below,
    )


def _text(cell: Any) -> str:
    return str(cell)
