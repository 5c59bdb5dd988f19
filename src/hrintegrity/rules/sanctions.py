"""The ladder of sanctions (三(八)2): what may be imposed, why not, and what follows from it.

The first five kinds have no order among them (视情). The last two belong to an annual review: by
law, and after a rectification that failed or is overdue, or where the breach is serious. A measure
is judged by its own date, over what is dated up to it, since old papers are typed in late; a
measure that was withdrawn never counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hrintegrity.notice.measures import SanctionKind, is_order, sanctions

_LAW = re.compile(r"《|第\S{1,8}条|条例|[^依\W]\w*法(?![律规])")
"""How a law is named: in its brackets, with an article, or by a name that ends in 法 or 条例."""
_ARTICLE = re.compile(r"第\S{1,8}条")
_ENDS = re.compile("行政许可法|注销|吊销|撤销|撤回")
"""What a basis speaks of that ends a licence."""

State = Literal["in-force", "open", "mended", "failed", "withdrawn"]


@dataclass(frozen=True)
class Earlier:
    """A measure imposed before, on the agency or, with `staff`, on one of its practitioners."""

    kind: str
    date: dt.date
    deadline: dt.date | None = None
    mended: dt.date | None = None
    failed: dt.date | None = None
    withdrawn: bool = False
    review_year: int | None = None
    staff: bool = False


@dataclass(frozen=True)
class Standing:
    """Where an agency stands: when it closed, when it got the title it holds, earlier measures."""

    closed: dt.date | None = None
    title_since: dt.date | None = None
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A measure about to be imposed; `attributed` makes a practitioner's conduct the agency's."""

    kind: str
    date: dt.date
    grounds: str
    basis: str = ""
    deadline: dt.date | None = None
    review_year: int | None = None
    serious: bool = False
    staff: bool = False
    attributed: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why a measure may not be imposed; `usage` where the command line alone shows it."""

    code: str
    message: str
    hint: str
    clause: str
    usage: bool = False


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
    """Return how a measure stands; of mending and failing the later one holds."""
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


def incomplete(proposal: Proposal) -> Refusal | None:
    """Return what a measure lacks by itself, or what of it can't go together."""
    known = sanctions(proposal.date)
    measure = known[proposal.kind]
    if not proposal.grounds.strip():
        return _usage_refusal(
            measure, "grounds-missing", "没有写明事实", "请用 --grounds 写明查实的不诚信行为。"
        )
    if proposal.staff and "staff" not in measure.subjects:
        words = "、".join(m.word for m in known.values() if "staff" in m.subjects)
        return _usage_refusal(
            measure,
            "not-for-staff",
            f"{measure.word}只能对机构作出，不能对从业人员作出",
            f"对从业人员可以：{words}；对机构的，去掉 --staff。",
        )
    if measure.needs_deadline and proposal.deadline is None:
        return _usage_refusal(
            measure, "deadline-missing", f"{measure.word}要有整改期限", "请用 --deadline 给出期限。"
        )
    if measure.at_review and proposal.review_year is None:
        return _usage_refusal(
            measure,
            "review-year-missing",
            f"{measure.word}只能在机构年审工作中作出",
            "请用 --review-year 给出是哪一年的年审。",
        )
    if measure.at_review and not _LAW.search(proposal.basis):
        given = f"，“{proposal.basis.strip()}”没有说是哪一部法律" if proposal.basis.strip() else ""
        return _usage_refusal(
            measure,
            "basis-missing",
            f"{measure.word}要依法作出{given}",
            "请用 --basis 写明所依据的法律、法规及条款。",
        )
    return None


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
                    "请先用 hri sanction mend 或 fail 登记整改结果，再作新的责令。",
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
                "登记有误的，先用 hri sanction withdraw 撤销。",
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


def review_warnings(year: int, date: dt.date) -> Iterable[str]:
    """Say where an annual review is dated before the year that it is of."""
    if date.year < year:
        yield f"日期 {date} 早于年审的年度 {year}，请核对。"


def _warnings(proposal: Proposal, standing: Standing) -> Iterable[str]:
    measure = sanctions(proposal.date)[proposal.kind]
    if proposal.deadline is not None:
        if not measure.needs_deadline:
            yield f"{measure.word}没有整改期限，--deadline 没有记入。"
        elif proposal.deadline < proposal.date:
            yield f"整改期限 {proposal.deadline} 早于责令之日 {proposal.date}，请核对。"
    if proposal.review_year is not None and measure.at_review:
        yield from review_warnings(proposal.review_year, proposal.date)
    if proposal.review_year is not None and not measure.at_review:
        yield f"{measure.word}不属于年审，--review-year 没有记入。"
    if proposal.attributed and not proposal.staff:
        yield "惩戒对象就是机构，--attributed 没有记入。"
    if measure.at_review:
        yield from _doubts_about(proposal.basis.strip(), measure)
    title = standing.title_since
    if title is not None and title > proposal.date and not proposal.staff:
        yield f"示范单位称号是此后（{title}）授予的，没有因此撤销，请核对。"


def _doubts_about(basis: str, measure: SanctionKind) -> Iterable[str]:
    """Say what a basis lacks that a review of the decision would ask for."""
    if "《" not in basis:
        yield f"依据里没有用《》写明法律法规的名称：{basis}，请核对。"
    if not _ARTICLE.search(basis):
        yield f"依据里没有写明条款：{basis}，请核对。"
    if measure.closes and not _ENDS.search(basis):
        yield (
            "注销与吊销是不同的行为：依据里没有说是哪一条规定终止许可"
            "（例如《中华人民共和国行政许可法》第七十条），请核对。"
        )


def _done_by(day: dt.date | None, last: dt.date) -> dt.date | None:
    return day if day is not None and day <= last else None


def _refusal(measure: SanctionKind, code: str, message: str, hint: str) -> Refusal:
    return Refusal(code, message, hint, measure.clause)


def _usage_refusal(measure: SanctionKind, code: str, message: str, hint: str) -> Refusal:
    return Refusal(code, message, hint, measure.clause, usage=True)
