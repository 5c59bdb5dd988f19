"""What may be done next in a sanction's case, and why not: one table of states and steps.

A case is an advance notice, a decision, or both. Its stage follows from what was recorded; the
table of `data/steps.yaml` says which steps a stage allows, and this module adds what depends on
days and kinds. What a measure lacks by itself stands in `rules.proposals`, what is on record
against it in `rules.sanctions`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from hrintegrity.notice.procedure import Procedure
from hrintegrity.notice.steps import steps
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules import workdays
from hrintegrity.rules.proposals import Refusal

Statement = Literal["none", "made", "accepted", "waived"]
OrderState = Literal["open", "mended", "failed"]
CITY = "municipal"
"""The city as the body that decides, or whose archive it is."""


@dataclass(frozen=True)
class AdvanceNotice:
    """An advance notice (事先告知): its day, when it was served, and what the party did then.

    `stated` is the day of the statement, or of the waiver; `id` is what hints name it by.
    """

    date: dt.date
    served: dt.date | None = None
    statement: Statement = "none"
    stated: dt.date | None = None
    hearing_requested: dt.date | None = None
    hearing_held: dt.date | None = None
    dropped: bool = False
    id: str = "编号"


@dataclass(frozen=True)
class Decision:
    """A decision; `order` is how an order to rectify stands, None for other kinds.

    `deadline` is by when an order is to be complied with, `annulment` how the paper of a
    withdrawal stands; `id` is what hints name it by.
    """

    date: dt.date
    deadline: dt.date | None = None
    numbered: bool = False
    served: bool = False
    order: OrderState | None = None
    withdrawn: bool = False
    annulment: Literal["none", "numbered", "served"] = "none"
    id: str = "编号"


@dataclass(frozen=True)
class Case:
    """A case: the kind, who decides (`body`) and in whose archive (`office`) a step is taken."""

    kind: str
    body: str
    office: str
    notice: AdvanceNotice | None = None
    decision: Decision | None = None


def stage_of(case: Case, step: str | None = None) -> str:
    """Return at which stage a case is, one of those of `data/steps.yaml`.

    For a step that is about the notice it is the notice's own, once the decision was withdrawn:
    the notice still stands, and another decision may follow it.
    """
    decision = case.decision
    if decision is not None and not (decision.withdrawn and step in steps().of_notice):
        return _stage_decided(decision)
    notice = case.notice
    if notice is None:
        return "none"
    if notice.dropped:
        return "dropped"
    if notice.statement == "accepted":
        return "accepted"
    requested = notice.hearing_requested is not None and notice.hearing_held is None
    return "hearing" if requested else "intended"


def refusal(case: Case, step: str, day: dt.date, procedure: Procedure) -> Refusal | None:
    """Return why a step may not be taken on a day, or None where it may."""
    obstacle = steps().table[step][stage_of(case, step)]
    if obstacle is not None:
        return Refusal(
            obstacle.code,
            obstacle.message,
            _as_typed(obstacle.hint, case, day),
            obstacle.clause,
            recorded=obstacle.recorded,
        )
    if step != "original" and (found := citys_own(case)) is not None:
        return found
    if step == "impose":
        return (
            _before_its_steps(case, day, procedure)
            or _too_early(case, day, procedure)
            or _unannounced(case, procedure)
        )
    if step == "notice":
        return _impossible_term(case, day)
    if step == "request-hearing" and not procedure.of(case.kind).hearing:
        return Refusal(
            "no-hearing",
            f"{MEASURE.chinese(case.kind)}没有听证的程序",
            _as_typed(
                "当事人的意见请用 hri sanction statement {notice} --date {day} --text 意见 登记。",
                case,
                day,
            ),
            procedure.clause,
        )
    if step in ("mend", "reopen"):
        return _not_settled(case, step, day)
    return None


def _as_typed(hint: str, case: Case, day: dt.date) -> str:
    """Fill in what the commands in a hint are about, so that they can be typed as they stand."""
    notice = case.notice.id if case.notice else "编号"
    decision = case.decision.id if case.decision else "编号"
    return hint.format(notice=notice, decision=decision, day=day)


def citys_own(case: Case) -> Refusal | None:
    """Return why a district can't go on with what the city decided, or None where it did not."""
    if case.body != CITY or case.office == CITY:
        return None
    return Refusal(
        "citys-own", "这是市级作出的，区县不能办理", "请报市局办理，办好后由市局发来。", "二(三)"
    )


def term_ends(kind: str, notice: AdvanceNotice, procedure: Procedure) -> dt.date:
    """Return the last day for a statement, or for asking for a hearing where a kind has one.

    It runs from service, or where that is unknown from the notice's own date.
    """
    start = notice.served or notice.date
    terms = [procedure.statement]
    if procedure.of(kind).hearing:
        terms.append(procedure.hearing)
    return max(workdays.after(start, term.days, working=term.working) for term in terms)


def unannounced_warning(kind: str, procedure: Procedure) -> str | None:
    """Say where a kind is imposed without the notice that should have come before it."""
    if procedure.of(kind).need == "none":
        return None
    return (
        f"{MEASURE.chinese(kind)}没有事先告知当事人事实、理由、依据和陈述申辩的权利，"
        "复议、诉讼中可能因程序被撤销；请先用 hri sanction notify。"
    )


def _stage_decided(decision: Decision) -> str:
    if decision.withdrawn:
        if not decision.numbered:
            return "void"
        return {"none": "withdrawn", "numbered": "annulled", "served": "closed"}[decision.annulment]
    if not decision.numbered:
        return "decided"
    return "served" if decision.served else "numbered"


def _before_its_steps(case: Case, day: dt.date, procedure: Procedure) -> Refusal | None:
    """Return why a decision can't be dated before what has to come before it (事先)."""
    notice = case.notice
    if notice is None:
        return None
    said = "书面放弃陈述申辩" if notice.statement == "waived" else "作了陈述申辩"
    back = "hri sanction withdraw {notice} --date {day} --reason 日期登错"
    steps_taken = (
        ("告知书的日期是", notice.date, f"告知书有误的，用 {back} 撤回后另行告知"),
        (f"当事人{said}在", notice.stated, "登错的，用 hri sanction statement {notice} 再登记一次"),
        ("听证举行在", notice.hearing_held, "决定应在听证以后作出"),
    )
    for what, taken, remedy in steps_taken:
        if taken is not None and day < taken:
            return Refusal(
                "too-early",
                f"{what} {taken}，决定不能在此之前的 {day} 作出",
                _as_typed(f"请核对 --date；{remedy}。", case, day),
                procedure.clause,
            )
    return None


def _impossible_term(case: Case, day: dt.date) -> Refusal | None:
    """Return why an order can't be issued: nobody can comply with it before it is made."""
    decision = case.decision
    if decision is None or decision.numbered or decision.deadline is None:
        return None
    if decision.deadline >= decision.date:
        return None
    return Refusal(
        "deadline-before-order",
        f"整改期限 {decision.deadline} 早于责令之日 {decision.date}，决定书不能这样发出",
        _as_typed(
            "登错的，用 hri sanction withdraw {decision} --date {day} --reason 期限登错 撤销"
            "（没有发出的不编号），再重新作出。",
            case,
            day,
        ),
        "三(八)2",
    )


def _too_early(case: Case, day: dt.date, procedure: Procedure) -> Refusal | None:
    notice = case.notice
    if notice is None or _waived(notice):
        return None
    last = term_ends(case.kind, notice, procedure)
    if day > last:
        return None
    since = "送达" if notice.served else "告知书"
    return Refusal(
        "too-early",
        f"陈述申辩的期限到 {last}（自{since}之日 {notice.served or notice.date} 起算），"
        f"{day} 还不能作出决定",
        _as_typed(
            "期限届满后作出；当事人书面放弃的，"
            "用 hri sanction statement {notice} --date {day} --waived 登记。",
            case,
            day,
        ),
        procedure.clause,
    )


def _waived(notice: AdvanceNotice) -> bool:
    """Whether the party waived its statement: what it wrote before the notice waives nothing."""
    known = notice.stated is None or notice.stated >= notice.date
    return notice.statement == "waived" and known


def _unannounced(case: Case, procedure: Procedure) -> Refusal | None:
    if case.notice is not None or procedure.of(case.kind).need != "required":
        return None
    return Refusal(
        "not-notified",
        f"本单位规定{MEASURE.chinese(case.kind)}须事先告知",
        "请先用 hri sanction notify 制作事先告知书。",
        procedure.clause,
    )


def _not_settled(case: Case, step: str, day: dt.date) -> Refusal | None:
    order = None if case.decision is None else case.decision.order
    if order is None:
        return Refusal(
            "not-an-order",
            f"{MEASURE.chinese(case.kind)}不是责令整改",
            "只有责令整改才登记整改结果。",
            "三(八)2",
        )
    if step == "reopen" and order == "open":
        return Refusal(
            "nothing-to-reopen",
            "没有登记过整改结果",
            _as_typed(
                "要撤销这项惩戒，用 hri sanction withdraw {decision} --date {day} --reason 理由。",
                case,
                day,
            ),
            "三(八)2",
        )
    return None
