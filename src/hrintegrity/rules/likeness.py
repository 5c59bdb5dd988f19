"""How alike two short texts are."""

from __future__ import annotations

from hrintegrity.text import fold


def likeness(one: str, other: str) -> float:
    """Return the share of pairs of neighbouring characters that two texts have in common, 0 to 1.

    Blanks and width make no difference; a text without a pair is like none.
    """
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    return len(first & second) / len(first | second)


def _pairs(text: str) -> set[str]:
    plain = "".join(fold(text).split())
    return {plain[place : place + 2] for place in range(len(plain) - 1)}
