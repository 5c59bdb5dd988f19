"""How a complaint, a report or a suggestion may end (三(六)1, 四(三))."""

from __future__ import annotations

from hrintegrity.errors import HriError, RuleError, UsageError
from hrintegrity.notice.words import COMPLAINT_KIND, OUTCOME

_OF_FACTS = ("substantiated", "unfounded", "withdrawn")
OUTCOMES = {
    "complaint": _OF_FACTS,
    "report": _OF_FACTS,
    "suggestion": ("adopted", "declined", "withdrawn"),
}
"""Facts are substantiated or not, suggestions are adopted or not; both can be taken back."""


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
