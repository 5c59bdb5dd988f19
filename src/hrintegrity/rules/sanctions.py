"""The ladder of sanctions (三(八)2): what may be imposed, why not, and what follows from it.

The first five kinds have no order among them (视情). The last two belong to an annual review: by
law, and after a rectification that failed or is overdue, or where the breach is serious. A measure
is judged by its own date, over what is dated up to it, since old papers are typed in late; a
measure that was withdrawn never counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hrintegrity.notice.measures import SanctionKind, is_order, sanctions
from hrintegrity.rules.proposals import Proposal, Refusal, doubts, incomplete

State = Literal["in-force", "open", "mended", "failed", "withdrawn"]


@dataclass(frozen=True)
class Earlier:
    """A measure imposed before, on the agency or, with `staff`, on one of its practitioners.

    `id` is what hints name it by.
    """

    kind: str
    date: dt.date
    deadline: dt.date | None = None
    mended: dt.date | None = None
    failed: dt.date | None = None
    withdrawn: bool = False
    review_year: int | None = None
    staff: bool = False
    id: str = "编号"


@dataclass(frozen=True)
class Standing:
    """Where an agency stands: when it closed, when it got the title it holds, earlier measures."""

    closed: dt.date | None = None
    title_since: dt.date | None = None
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Effects:
    """What a measure brings with it, and in Chinese what has to be said about it."""

    takes_title: bool
    review_result: str | None
    closes_agency: bool
    warnings: tuple[str, ...]


def state_of(
    kind: str,
    *,
    mended: dt.date | None = None,
    failed: dt.date | None = None,
    withdrawn: bool = False,
) -> State:
    """Return the state of a measure; of mending and failing the later one holds."""
    if withdrawn:
        return "withdrawn"
    if not is_order(kind):
        return "in-force"
    if failed is not None and (mended is None or failed >= mended):
        return "failed"
    return "open" if mended is None else "mended"


def state_on(measure: Earlier, day: dt.date) -> State:
    """Return how a measure stood on a day, by what is dated up to it."""
    return state_of(
        measure.kind,
        mended=_done_by(measure.mended, day),
        failed=_done_by(measure.failed, day),
        withdrawn=measure.withdrawn,
    )


def is_overdue(state: State, deadline: dt.date | None, day: dt.date) -> bool:
    """Whether an order to rectify is past its deadline and not settled; the last day is in time."""
    return state == "open" and deadline is not None and deadline < day


def effects_of(proposal: Proposal, standing: Standing) -> Refusal | Effects:
    """Return what a measure brings with it, or why it may not be imposed.

    Raises KeyError for a kind that the notice has not.
    """
    refusal = incomplete(proposal) or _forbidden(proposal, standing)
    if refusal is not None:
        return refusal
    measure = sanctions(proposal.date)[proposal.kind]
    title = standing.title_since
    return Effects(
        takes_title=title is not None
        and title <= proposal.date
        and (proposal.attributed or not proposal.staff),
        review_result=measure.review,
        closes_agency=measure.closes,
        warnings=tuple(_warnings(proposal, standing)),
    )


def ladder(standing: Standing, day: dt.date, *, staff: bool = False) -> dict[str, Refusal | None]:
    """Return per kind why it may not be imposed on a day, or None where it may.

    What a measure needs besides (a term, the law, the review) is taken as given; a breach is not
    taken as serious.
    """
    found: dict[str, Refusal | None] = {}
    for kind, measure in sanctions(day).items():
        complete = Proposal(
            kind,
            day,
            grounds="…",
            basis="《…》第…条" if measure.at_review else "",
            deadline=day if measure.needs_deadline else None,
            review_year=day.year if measure.at_review else None,
            staff=staff,
        )
        answer = effects_of(complete, standing)
        found[kind] = answer if isinstance(answer, Refusal) else None
    return found


def _forbidden(proposal: Proposal, standing: Standing) -> Refusal | None:
    """Return why what is on record rules the measure out."""
    measure = sanctions(proposal.date)[proposal.kind]
    # A licence is cancelled once; other measures may be typed in late, from before the closing.
    closed = standing.closed if measure.closes else _done_by(standing.closed, proposal.date)
    if closed is not None and not proposal.staff:
        return _refusal(
            measure,
            "agency-closed",
            f"机构已于 {closed} 终止，不能再作出{measure.word}",
            "对从业人员的惩戒请加 --staff。",
        )
    counted = [m for m in standing.earlier if m.date <= proposal.date and not m.staff]
    states = [(m, state_on(m, proposal.date)) for m in counted]
    if measure.needs_deadline:
        for earlier, state in states:
            if state == "open" and earlier.kind == proposal.kind:
                return _refusal(
                    measure,
                    "order-open",
                    f"{earlier.date} 的责令整改还没有了结（期限 {earlier.deadline}）",
                    f"请先登记整改结果，再作新的责令：已整改的，hri sanction mend {earlier.id} "
                    f"--date {proposal.date}；不到位的，把 mend 换成 fail。",
                )
    if not measure.at_review:
        return None
    for earlier, state in states:
        same = earlier.kind == proposal.kind and earlier.review_year == proposal.review_year
        if same and state != "withdrawn":
            return _refusal(
                measure,
                "already-imposed",
                f"{proposal.review_year}年年审已于 {earlier.date} 作出{measure.word}",
                f"登记有误的，先用 hri sanction withdraw {earlier.id} --date {proposal.date} "
                "--reason 理由 撤销。",
            )
    if proposal.serious or any(
        state == "failed" or is_overdue(state, earlier.deadline, proposal.date)
        for earlier, state in states
    ):
        return None
    return _refusal(
        measure,
        "ladder",
        f"到 {proposal.date} 没有整改不到位或逾期未整改的责令整改，不能{measure.word}",
        "问题严重、违反法律法规的，加 --serious。",
    )


def _warnings(proposal: Proposal, standing: Standing) -> Iterable[str]:
    measure = sanctions(proposal.date)[proposal.kind]
    if proposal.deadline is not None:
        if not measure.needs_deadline:
            yield f"{measure.word}没有整改期限，--deadline 没有记入。"
        elif proposal.deadline < proposal.date:
            yield (
                f"整改期限 {proposal.deadline} 早于责令之日 {proposal.date}，请核对：决定书不能这样"
                "发出，登错的用 hri sanction withdraw 撤销后重新作出。"
            )
    if proposal.review_year is not None and not measure.at_review:
        yield f"{measure.word}不属于年审，--review-year 没有记入。"
    if proposal.attributed and not proposal.staff:
        yield "惩戒对象就是机构，--attributed 没有记入。"
    yield from doubts(proposal)
    title = standing.title_since
    if title is not None and title > proposal.date and not proposal.staff:
        yield f"示范单位称号是此后（{title}）授予的，没有因此撤销，请核对。"


def _done_by(day: dt.date | None, last: dt.date) -> dt.date | None:
    return day if day is not None and day <= last else None


def _refusal(measure: SanctionKind, code: str, message: str, hint: str) -> Refusal:
    return Refusal(code, message, hint, measure.clause)
