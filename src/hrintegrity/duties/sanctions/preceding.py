"""What a decision at an annual review rests on besides the facts: orders before it, seriousness."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.days import chinese_date
from hrintegrity.duties.sanctions import cases
from hrintegrity.notice.measures import sanctions


def preceding(archive: Archive, row: Sanction) -> list[str]:
    """Return in sentences why the review may lead to this (三(八)2); nothing for other kinds."""
    if row.review_year is None:
        return []
    said = list(_orders(archive, row))
    if row.serious:
        said.append("你机构的上述行为问题严重，违反相关法律法规。")
    return said


def _orders(archive: Archive, row: Sanction) -> Iterator[str]:
    """Say of each order to rectify that failed or was overdue by then what came of it."""
    query = (
        select(Sanction)
        .where(Sanction.agency_id == row.agency_id, Sanction.date <= row.date)
        .where(col(Sanction.withdrawn).is_(None), col(Sanction.deadline).is_not(None))
        .order_by(col(Sanction.date), col(Sanction.id))
    )
    for order in archive.session.exec(query):
        came = _outcome(order, row)
        if came:
            yield f"我局于{chinese_date(order.date)}{_number(archive, order)}，{came}。"


def _outcome(order: Sanction, row: Sanction) -> str:
    if order.mended is not None and order.mended <= row.date:
        return ""
    if order.failed is not None and order.failed <= row.date:
        note = f"：{order.fail_note.rstrip('。')}" if order.fail_note else ""
        return f"{chinese_date(order.failed)}核查，整改不到位{note}"
    overdue = order.deadline is not None and order.deadline < row.date
    return "逾期没有整改完毕" if overdue else ""


def _number(archive: Archive, order: Sanction) -> str:
    """Return with which paper the order was given, when it was served, and its term."""
    paper = cases.paper_of(archive, order.id)
    kind = sanctions(order.date)[order.kind]
    by = f"以《{kind.paper}》（{paper.row.reference}）" if paper else ""
    served = f"（{chinese_date(paper.served)}送达）" if paper and paper.served else ""
    term = f"于{chinese_date(order.deadline)}前（含当日）" if order.deadline else ""
    return f"{by}责令你机构{term}整改{served}"
