"""Proof that a numbered paper was served (送达), and its correction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.errors import LookupFailedError, UsageError


@dataclass(frozen=True)
class Proof:
    """When, how and to whom a paper was handed over."""

    date: dt.date
    method: str
    receiver: str


def record(
    archive: Archive,
    paper: IssuedPaper,
    proof: Proof,
    *,
    correct: bool = False,
    reason: str | None = None,
) -> tuple[Service, tuple[str, ...]]:
    """Record the proof of service of a paper, and what looks odd about it.

    With `correct` and a reason, the proof that is there is corrected; the journal keeps both.
    Raises LookupFailedError `already-served` or `not-served`, UsageError `reason-missing`.
    """
    there = archive.session.exec(select(Service).where(Service.paper_id == paper.id)).first()
    if there is not None and not correct:
        raise LookupFailedError(
            "already-served",
            f"{paper.reference} 的送达已登记（{there.date}）。",
            "登记有误的，加 --correct 和 --reason 更正。",
        )
    if correct:
        there = _correct(archive, paper, there, proof, reason)
    else:
        row = Service(
            paper_id=paper.id, date=proof.date, method=proof.method, receiver=proof.receiver
        )
        there = writer.insert(archive, row)
    early = proof.date < paper.date
    warning = f"送达日期 {proof.date} 早于文书日期 {paper.date}，请核对。"
    return there, (warning,) if early else ()


def _correct(
    archive: Archive,
    paper: IssuedPaper,
    there: Service | None,
    proof: Proof,
    reason: str | None,
) -> Service:
    if there is None:
        raise LookupFailedError(
            "not-served", f"{paper.reference} 还没有登记过送达，没有可更正的。", "去掉 --correct。"
        )
    if not (reason or "").strip():
        raise UsageError("reason-missing", "没有写明更正的理由", "请用 --reason 写明。")
    writer.update(
        archive,
        there,
        {"date": proof.date, "method": proof.method, "receiver": proof.receiver},
        reason=(reason or "").strip(),
    )
    return there
