"""How a complaint, a report or a suggestion may end (三(六)1, 四(三))."""

from __future__ import annotations

import datetime as dt
import re

from hrintegrity.errors import HriError, RuleError, UsageError
from hrintegrity.notice.words import COMPLAINT_KIND, OUTCOME

_OF_FACTS = ("substantiated", "unfounded", "withdrawn")
OUTCOMES = {
    "complaint": _OF_FACTS,
    "report": _OF_FACTS,
    "suggestion": ("adopted", "declined", "withdrawn"),
}
"""Facts are substantiated or not, suggestions are adopted or not; both can be taken back."""


_CONTACT = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}|[0-9]{17}[0-9Xx])"
    r"(?![0-9A-Za-z])"
)


def contact_warnings(subject: str) -> tuple[str, ...]:
    """Point out what looks like a telephone or identity number in the subject of a complaint.

    A subject stands in the journal for good, while a contact can be erased.
    """
    if _CONTACT.search(subject) is None:
        return ()
    return (
        "事由里像有电话或身份证号码。事由写入日志，抹不掉；联系方式请另写（--contact，"
        "表格里的“联系方式”列）。",
    )


def due_day(received: dt.date, days: int) -> dt.date:
    """Return the last day for the answer to what was received on a day."""
    return received + dt.timedelta(days=days)


def is_overdue(due: dt.date, closed: dt.date | None, today: dt.date) -> bool:
    """Whether an answer is still missing after its last day; the day itself is in time."""
    return closed is None and today > due


def refusal(kind: str, outcome: str, *, dishonest: bool) -> HriError | None:
    """Return why something of this kind can't be closed like that, or None.

    Dishonesty is what was found and proven (一经发现并查实, 三(八)2), so the complaint must be
    substantiated.
    """
    if outcome not in OUTCOMES[kind]:
        allowed = "、".join(OUTCOME.chinese(word) for word in OUTCOMES[kind])
        return RuleError(
            "outcome-mismatch",
            f"{COMPLAINT_KIND.chinese(kind)}的办理结果不能是“{OUTCOME.chinese(outcome)}”。",
            f"可以是：{allowed}。",
            clause="四(三)" if kind == "suggestion" else "三(六)1",
        )
    if dishonest and outcome != "substantiated":
        return UsageError(
            "not-substantiated",
            "没有查实的，不能记为不诚信。",
            "--dishonest 要与 --outcome substantiated（查实）一起用。",
            clause="三(八)2",
        )
    return None
