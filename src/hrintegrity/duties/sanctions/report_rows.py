"""The columns of a report to the systems, those of published penalties, and its rows."""

from __future__ import annotations

import uuid
from typing import Any

from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.measures import Sanction, SanctionReport, TitleReport
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions import cases, records
from hrintegrity.notice.clauses import NOTICE_NUMBER, in_papers
from hrintegrity.notice.disclosure import public_until
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.procedure import procedure
from hrintegrity.notice.words import MEASURE, REPORT_SYSTEM, SANCTION_STATE, UNIT_STATE
from hrintegrity.rules.titles import CLAUSE, title_state
from hrintegrity.sheets.columns import Column, Table, clean

EVENTS: dict[str, str] = {
    "imposed": "作出惩戒",
    "withdrawn": "撤销惩戒",
    "title-lost": "撤销称号",
    "title-restored": "恢复称号",
}
CREDIT_CLASS = "警示信息"
"""The class of information in the credit system, by the city's rules of 2002 (市政府令第106号)."""


About = tuple[Practitioner | None, IssuedPaper | None, Service | None, Unit | None]
"""Who a sanction is about beside the agency, its decision, its service, the title it took."""


def record_id(subject: str, system: str, event: str) -> str:
    """Return the identity under which an event is reported to a system, whoever reports it."""
    return str(uuid.uuid5(uuid.UUID(subject), f"{system} {event}"))


def table(system: str) -> Table:
    """Return the columns of a report."""
    names = [
        ("record", "记录编号", 38), ("batch", "批次编号", 38), ("event", "事项", 12),
        ("agency", "机构名称", 36), ("code", "代码", 22), ("license", "许可证号", 22),
        ("district", "区县", 12), ("staff", "从业人员", 12), ("certificate", "资格证号", 20),
        ("kind", "惩戒措施", 16), ("procedure", "程序", 16), ("grounds", "事实", 40),
        ("evidence", "证据", 30), ("violated", "违反的规定", 30), ("basis", "依据", 30),
        ("date", "惩戒日期", 14), ("deadline", "整改期限", 14), ("state", "现状", 12),
        ("number", "文号", 24), ("body", "作出机关", 32), ("served", "送达日期", 14),
        ("until", "公布截止日期", 14), ("title", "示范单位称号", 24),
        ("withdrawn", "撤销日期", 14), ("reason", "撤销理由", 30), ("sanction", "惩戒编号", 38),
    ]  # fmt: skip
    if system == "credit":
        names.append(("information", "信息类别", 12))
    return Table(
        name="sanction-report",
        title=f"失信惩戒记入{REPORT_SYSTEM.chinese(system)}",
        columns=tuple(
            Column(field, (header,), clean, is_date=header.endswith(("日期", "期限")), width=width)
            for field, header, width in names
        ),
        key=("record",),
    )


def of_sanction(
    report: SanctionReport, sanction: Sanction, agency: Agency, about: About
) -> dict[str, Any]:
    """Return the row of a sanction, or of its withdrawal."""
    person, paper, service, unit = about
    annulled = report.event == "withdrawn"
    until = public_until(sanction.kind, sanction.date, serious=sanction.serious)
    return _shared(report.system, report.batch, report.event, agency) | {
        "record": record_id(sanction.id, report.system, report.event),
        "staff": None if person is None else person.name,
        "certificate": None if person is None else person.certificate,
        "kind": MEASURE.chinese(sanction.kind),
        "procedure": _procedure(sanction),
        "grounds": sanction.grounds,
        "evidence": sanction.evidence,
        "violated": sanction.violated,
        "basis": sanction.basis,
        "date": sanction.date,
        "deadline": sanction.deadline,
        "state": SANCTION_STATE.chinese(records.state(sanction)),
        "number": None if paper is None else paper.reference,
        "body": BY_CODE[cases.body_of(sanction)].office,
        "served": None if service is None else service.date,
        "until": until if person is None else None,
        "title": None if unit is None else f"标牌 {unit.plaque} 的称号因此失去",
        "withdrawn": sanction.withdrawn if annulled else None,
        "reason": sanction.withdraw_reason if annulled else None,
        "sanction": sanction.id,
    }


def of_title(
    report: TitleReport,
    unit: Unit,
    about: tuple[Agency, Complaint | None, IssuedPaper | None],
    owner: str,
) -> dict[str, Any]:
    """Return the row of a title that was lost through a complaint, or came back.

    `owner` is whose archive reports it: in the city's a lost title is revoked outright.
    """
    agency, complaint, paper = about
    lost = report.event == "title-lost"
    state = title_state(
        unit.revoked,
        unit.recovered,
        by_city=owner == ownership.CITY or unit.confirmed is not None,
    )
    return _shared(report.system, report.batch, report.event, agency) | {
        "record": record_id(unit.id, report.system, report.event),
        "kind": "撤销示范单位称号" if lost else "恢复示范单位称号",
        "procedure": None,
        "grounds": None if complaint is None else complaint.subject,
        "basis": f"{NOTICE_NUMBER}{in_papers(CLAUSE)}" if lost else None,
        "date": unit.revoked if lost else None,
        "state": UNIT_STATE.chinese(state),
        "number": None if paper is None else paper.reference,
        "body": BY_CODE[ownership.CITY].office,
        "until": public_until("title-lost", unit.revoked) if lost and unit.revoked else None,
        "title": f"标牌 {unit.plaque}",
        "sanction": unit.id,
    }


def _procedure(sanction: Sanction) -> str:
    if sanction.notice_id is not None:
        return "已事先告知"
    needed = procedure(sanction.date).of(sanction.kind).need != "none"
    return "未事先告知" if needed else "不需事先告知"


def _shared(system: str, batch: str, event: str, agency: Agency) -> dict[str, Any]:
    empty: dict[str, Any] = {column.field: None for column in table(system).columns}
    return empty | {
        "batch": batch,
        "event": EVENTS[event],
        "agency": agency.name,
        "code": agency.code,
        "license": agency.license,
        "district": ownership.district_name(agency.district),
        **({"information": CREDIT_CLASS} if system == "credit" else {}),
    }
