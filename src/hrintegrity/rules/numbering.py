"""Numbers of papers, as offices write them."""

from __future__ import annotations

import uuid


def document_number(prefix: str, year: int, number: int) -> str:
    """Return `海人社诚评〔2013〕1号`. Raises ValueError for a number below 1 or no prefix."""
    if number < 1 or not prefix:
        raise ValueError("文号须有前缀，序号从 1 起")
    return f"{prefix}〔{year}〕{number}号"


def annulment_of(sanction_id: str) -> str:
    """Return the identity of a withdrawal as the subject of its paper, the same in any archive."""
    return str(uuid.uuid5(uuid.UUID(sanction_id), "annulment"))
