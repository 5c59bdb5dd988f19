"""When the title of a demonstration unit is lost (三(八)2: 立即撤销示范单位称号，收回标牌)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hrintegrity.notice.terms import own_terms
from hrintegrity.notice.words import MEASURE

CLAUSE = "三(八)2"

TitleState = Literal["current", "reported", "revoked", "recovered"]


@dataclass(frozen=True)
class Cause:
    """Proven dishonesty that a title is lost for: a standing sanction or a complaint.

    `id` is the identity of that record, `date` the sanction's or that of the complaint's closing.
    """

    id: str
    date: dt.date
    reason: str


def title_loss(awarded: dt.date, causes: Iterable[Cause]) -> Cause | None:
    """Return for which cause a title is lost: the earliest since its award, or none.

    Of two on the same day it is the one recorded first; identities are made in that order.
    """
    since = [cause for cause in causes if cause.date >= awarded]
    return min(since, key=lambda cause: (cause.date, cause.id), default=None)


def recover_by(lost: dt.date) -> dt.date:
    """Return the day by which the plaque of a title lost, or told to be lost, is to be back."""
    return lost + dt.timedelta(days=own_terms(lost).plaque_days)


def recovered_on(lost: dt.date | None, recovered: dt.date | None) -> dt.date | None:
    """Return when the plaque came back; before the loss that holds, it does not count."""
    return recovered if lost is not None and recovered and recovered >= lost else None


def title_state(
    lost: dt.date | None, recovered: dt.date | None, *, by_city: bool = True
) -> TitleState:
    """Return the state of a title.

    City and association, who conferred it, revoke it; until they have (`by_city`) a district has
    only reported that it is lost.
    """
    if lost is None:
        return "current"
    if recovered_on(lost, recovered) is not None:
        return "recovered"
    return "revoked" if by_city else "reported"


def sanction_reason(kind: str, grounds: str) -> str:
    """Return in Chinese why a title is lost through a sanction."""
    return f"{MEASURE.chinese(kind)}：{grounds}"


def complaint_reason(subject: str) -> str:
    """Return in Chinese why a title is lost through a complaint closed as dishonest."""
    return f"投诉举报查实不诚信行为：{subject}"


PLAQUE_TERM = "（期限由本系统拟定，《通知》没有规定）"
"""What is said of that term on the screen; in a paper it stands as the office's own term."""

LOST = {
    "reported": "称号停用，请报请市局和协会撤销",
    "revoked": "称号已撤销",
    "recovered": "称号已撤销",
}
"""What is said of a lost title by its state."""
