"""A measure about to be imposed: what it lacks by itself, and what of it looks doubtful.

What is on record, the ladder and the procedure are looked at elsewhere: `rules.sanctions`,
`rules.procedure`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hrintegrity.notice.measures import SanctionKind, sanctions
from hrintegrity.notice.reviews import annual_review

_LAW = re.compile(r"《|第\S{1,8}条|条例|[^依\W]\w*法(?![律规])")
"""How a law is named: in its brackets, with an article, or by a name that ends in 法 or 条例."""
_ARTICLE = re.compile(r"第\S{1,8}条")
_ENDS = re.compile("行政许可法|注销|吊销|撤销|撤回")
"""What a basis speaks of that ends a licence."""


@dataclass(frozen=True)
class Proposal:
    """A measure about to be imposed; `attributed` makes a practitioner's conduct the agency's.

    `appointed` says that a time or a place is given, `scoped` where it is made known.
    """

    kind: str
    date: dt.date
    grounds: str
    basis: str = ""
    deadline: dt.date | None = None
    review_year: int | None = None
    serious: bool = False
    staff: bool = False
    attributed: bool = False
    appointed: bool = False
    scoped: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why a measure or a step is refused; `usage` where the command line alone shows it.

    `recorded` where it was recorded before.
    """

    code: str
    message: str
    hint: str
    clause: str
    usage: bool = False
    recorded: bool = False


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
    unused = _not_for_kind(proposal, known)
    if unused is not None:
        return unused
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


def _not_for_kind(proposal: Proposal, known: Mapping[str, SanctionKind]) -> Refusal | None:
    """Return why a time, a place or a scope can't be given for a kind that has none."""
    measure = known[proposal.kind]
    if proposal.appointed and not measure.appointment:
        option, words = "--place、--at", [one.word for one in known.values() if one.appointment]
    elif proposal.scoped and not measure.has_scope:
        option, words = "--scope", [one.word for one in known.values() if one.has_scope]
    else:
        return None
    return _usage_refusal(
        measure,
        "not-for-kind",
        f"{measure.word}不用 {option}",
        f"{option} 只用于{'、'.join(words)}。",
    )


def review_warnings(year: int, date: dt.date) -> Iterable[str]:
    """Say where an annual review is dated before its year, or after there were any."""
    if date.year < year:
        yield f"日期 {date} 早于年审的年度 {year}，请核对。"
    yield from _no_review(date)


def doubts(proposal: Proposal) -> Iterable[str]:
    """Say what of a measure's review and basis a review of the decision would ask about."""
    measure = sanctions(proposal.date)[proposal.kind]
    if measure.at_review:
        if proposal.review_year is not None:
            yield from review_warnings(proposal.review_year, proposal.date)
        yield from _doubts_about(proposal.basis.strip(), measure)
    elif "年审" in proposal.basis:
        yield from _no_review(proposal.date)


def _no_review(date: dt.date) -> Iterable[str]:
    """Say that a day knows no annual review, with the law and when it was compared."""
    found = annual_review(date)
    if not found.content.held:
        yield (
            f"{found.start} 起没有年审，改为{found.content.instead}"
            f"（{found.clause}，{found.checked} 核对；本程序的理解），"
            f"{date} 仍以年审为据的，请核对。"
        )


def _doubts_about(basis: str, measure: SanctionKind) -> Iterable[str]:
    """Say what a basis lacks that a review of the decision would ask for."""
    if "《" not in basis:
        yield f"依据里没有用《》写明法律法规的名称：{basis}，请核对。"
    if not _ARTICLE.search(basis):
        yield f"依据里没有写明条款：{basis}，请核对。"
    if measure.closes and not _ENDS.search(basis):
        example = f"（例如{measure.example}）" if measure.example else ""
        yield f"注销与吊销是不同的行为：依据里没有说是哪一条规定终止许可{example}，请核对。"


def _usage_refusal(measure: SanctionKind, code: str, message: str, hint: str) -> Refusal:
    return Refusal(code, message, hint, measure.clause, usage=True)
