"""How a complaint, a report or a suggestion may end (三(六)1, 四(三))."""

from __future__ import annotations

import datetime as dt
import re

from hrintegrity.errors import HriError, RuleError, UsageError
from hrintegrity.notice.words import COMPLAINT_KIND, OUTCOME
from hrintegrity.text import fold, squeeze

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


_GAP_IN_NUMBER = re.compile(r"(?<=[0-9])[-—– ]+(?=[0-9])")
_NUMBER = re.compile(r"[0-9]{7,}")
_NO_NAME = ("匿名", "不详", "未知")


def contact_warnings(
    subject: str,
    answer: str | None = None,
    *,
    name: str | None,
    contact: str | None,
    case: str = "编号",
) -> tuple[str, ...]:
    """Point out what identifies who complained, in texts that are never erased, as contacts can be.

    In the subject, that is whatever looks like a telephone or identity number; in both, the
    complainant's `name` and `contact` as they are recorded; `case` is what hints name it by.
    """
    found = []
    of_subject = _named(subject, name, contact)
    if of_subject or _CONTACT.search(subject):
        found.append(
            f"事由里{'写有' + of_subject if of_subject else '像有电话或身份证号码'}。事由写入日志，"
            "抹不掉；姓名和联系方式请另写（--from、--contact，表格里的“投诉人”“联系方式”列）。"
        )
    of_answer = _named(answer or "", name, contact)
    if of_answer:
        found.append(
            f"答复里写有{of_answer}。答复印进机构的诚信档案，写入日志，抹不掉；"
            f"请用 hri complaint reopen {case} --reason 改写答复 重新打开，改写以后再办结。"
        )
    return tuple(found)


def _named(text: str, name: str | None, contact: str | None) -> str:
    """Return what a text says of whoever complained, in Chinese; nothing is an empty text."""
    written = _GAP_IN_NUMBER.sub("", fold(text))
    squeezed = squeeze(written)
    known = _GAP_IN_NUMBER.sub("", fold(contact or ""))
    numbers = _NUMBER.findall(known) or ([known] if len(known) > 1 else [])
    named = {
        "姓名": name and len(squeeze(name)) > 1 and name not in _NO_NAME
        and squeeze(name) in squeezed,
        "联系方式": any(squeeze(number) in squeezed for number in numbers),
    }  # fmt: skip
    said = "、".join(what for what, is_there in named.items() if is_there)
    return said and f"投诉人的{said}"


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
