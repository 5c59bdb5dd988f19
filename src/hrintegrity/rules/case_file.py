"""What the file of a sanction lacks that a review of it would ask for (案卷)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hrintegrity.notice.procedure import Procedure
from hrintegrity.notice.words import REPORT_SYSTEM
from hrintegrity.rules.procedure import Case, stage_of


@dataclass(frozen=True)
class Held:
    """What a file holds beside the case itself.

    `lacking` are the parts of the decision that were not written (证据, 违反的规定, 依据); `paper`
    what the decision is called; `reported` the systems that heard of the last event, `appointed`
    whether an interview has time and place (None where the kind has none); `deadline` an order's,
    `checked` whether a failure says what the check found.
    """

    paper: str
    lacking: tuple[str, ...] = ()
    reported: frozenset[str] = frozenset()
    appointed: bool | None = None
    deadline: dt.date | None = None
    checked: bool = True


@dataclass(frozen=True)
class TitleFile:
    """The papers of a title: its conferral, its revocation where it was lost, the plaque.

    `served`: the revocation was served.
    """

    conferred: bool
    lost: bool
    revoked: bool
    served: bool = False
    plaque_due: dt.date | None = None
    plaque_back: bool = False


def missing(case: Case, held: Held, procedure: Procedure, today: dt.date) -> Iterator[str]:
    """Yield what a sanction's file lacks, in the order of the steps."""
    yield from _before(case, procedure)
    decided = case.decision
    if decided is None:
        return
    yield from held.lacking
    if held.appointed is False:
        yield "约谈的时间和地点"
    stage = stage_of(case)
    if not decided.numbered and stage != "void":
        yield held.paper
    if decided.numbered and not decided.served:
        yield f"{held.paper}的送达回证"
    if decided.order == "open" and held.deadline is not None and held.deadline < today:
        yield "整改结果的记录"
    if not held.checked:
        yield "整改不到位的核查情况"
    if stage == "withdrawn":
        yield "撤销决定书"
    if stage == "annulled":
        yield "撤销决定书的送达回证"
    # What was withdrawn before anyone was told of it is never reported.
    if decided.withdrawn and not decided.served and not held.reported:
        return
    for system in REPORT_SYSTEM:
        if system not in held.reported:
            yield f"记入{REPORT_SYSTEM.chinese(system)}的记录"


def missing_of_title(title: TitleFile, today: dt.date) -> Iterator[str]:
    """Yield what the file of a title lacks."""
    if not title.conferred:
        yield "授牌决定"
    if title.lost and not title.revoked:
        yield "撤销称号决定书"
    if title.lost and title.revoked and not title.served:
        yield "撤销称号决定书的送达回证"
    due = title.plaque_due
    if title.lost and not title.plaque_back and due is not None and due < today:
        yield "标牌收回的记录"


def _before(case: Case, procedure: Procedure) -> Iterator[str]:
    given = case.notice
    if given is None:
        if procedure.of(case.kind).need != "none":
            yield "事先告知书"
        return
    if given.served is None:
        yield "事先告知书的送达回证"
    if given.statement == "none":
        yield "陈述申辩的记录，或放弃的声明"
    if given.hearing_requested is not None and given.hearing_held is None:
        yield "听证的记录"
