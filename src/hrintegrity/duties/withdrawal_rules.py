"""What keeps a record from being withdrawn: what follows from it, and what is numbered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from sqlmodel import select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_name
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.errors import RuleError
from hrintegrity.notice.records import kind
from hrintegrity.notice.records.ways import WAYS


def own_way(what: str) -> str:
    """Say how a record is taken back that has a way of its own."""
    way = WAYS[what]
    command = f"请用 hri {way.taken_back}" if way.taken_back else "不能收回"
    return f"{command}：{way.follows}。" if way.follows else f"{command}。"


def whole(archive: Archive, row: Any) -> Any:
    """Return the record that goes: a person's only work takes the person with it."""
    if table_name(type(row)) != "employment":
        return row
    jobs: Any = type(row)
    others = select(jobs.id).where(jobs.practitioner_id == row.practitioner_id, jobs.id != row.id)
    if archive.session.exec(others).first() is not None:
        return row
    return archive.session.get(kinds()["practitioner"].model, row.practitioner_id) or row


def refuse_numbered(archive: Archive, row: Any) -> None:
    """Refuse what a numbered paper has said to someone outside."""
    papers: Any = kinds()["paper"].model
    paper = archive.session.exec(select(papers).where(papers.subject_id == row.id)).first()
    if paper is not None:
        raise depended_on(
            f"这条记录已有编号文书{paper.reference}，不能撤去。", f"{WAYS['paper'].follows}。"
        )


def _refuse_review(archive: Archive, row: Any) -> None:
    if row.sanction_id is not None:
        raise depended_on(
            "这次年审结果由惩戒写入。",
            f"请用 hri sanction withdraw {row.sanction_id} --date 日期 --reason 理由。",
        )


def _refuse_complaint(archive: Archive, row: Any) -> None:
    units: Any = kinds()["unit"].model
    if archive.session.exec(select(units.id).where(units.revoked_by == row.id)).first():
        raise depended_on(
            "示范单位称号因这件投诉举报撤销。",
            f"请先用 hri complaint reopen {row.id} --reason 理由 重新打开，称号随之恢复。",
        )


def _refuse_employment(archive: Archive, row: Any) -> None:
    """Refuse work during which something befell the person at this agency."""
    for what in ("sanction", "creation_title", "staff_education"):
        model: Any = kinds()[what].model
        query = select(model.id).where(
            model.practitioner_id == row.practitioner_id, model.agency_id == row.agency_id
        )
        if whole(archive, row) is row and archive.session.exec(query).first() is not None:
            raise _of_person(kind(what).title)


def _refuse_unit(archive: Archive, row: Any) -> None:
    if row.conferral_id is not None:
        raise depended_on("授牌决定已经编号。", f"{WAYS['conferral'].follows}。")
    if row.revoked is not None:
        raise depended_on("这个称号已经撤销。", f"{WAYS['unit'].follows}。")


def _of_person(title: str) -> RuleError:
    return depended_on(
        f"这位从业人员有{title}记录，不能撤去。", "姓名等有误的，用 hri agency staff edit 更正。"
    )


def depended_on(message: str, hint: str) -> RuleError:
    """Return the error for a record from which something else follows."""
    return RuleError("depended-on", message, hint)


def _refuse_objection(archive: Archive, row: Any) -> None:
    if row.answered is not None:
        raise depended_on("这件异议已经答复。", f"{WAYS['objection'].follows}。")


def _refuse_former_name(archive: Archive, row: Any) -> None:
    """Refuse a name that a numbered paper bears, or that an entry which was merged brought."""
    papers: Any = kinds()["paper"].model
    bearing = select(papers.reference).where(
        papers.agency_id == row.agency_id, papers.body.contains(escape(row.name), autoescape=True)
    )
    reference = archive.session.exec(bearing).first()
    if reference is not None:
        raise depended_on(
            f"编号文书{reference}写的是这个名称，不能撤去。", f"{WAYS['paper'].follows}。"
        )
    changes: Any = kinds()["agency_change"].model
    renamed = select(changes.id).where(
        changes.agency_id == row.agency_id, changes.field == "name", changes.before == row.name
    )
    if archive.session.exec(renamed).first() is None:
        raise depended_on("这个名称不是改名留下的，随并入的登记而来。", "按它仍能找到机构。")


_REFUSE: dict[str, Callable[[Archive, Any], None]] = {
    "former_name": _refuse_former_name,
    "objection": _refuse_objection,
    "review": _refuse_review,
    "complaint": _refuse_complaint,
    "employment": _refuse_employment,
    "unit": _refuse_unit,
}


def refuse(what: str, archive: Archive, row: Any) -> None:
    """Refuse what something else that stands follows from. Raises RuleError `depended-on`."""
    if what in _REFUSE:
        _REFUSE[what](archive, row)
    refuse_numbered(archive, row)
