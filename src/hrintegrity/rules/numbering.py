"""Numbers of papers, as offices write them."""

from __future__ import annotations

import re
import uuid
from typing import NamedTuple

from hrintegrity.text import squeeze

ASSESSMENT = "assessment"
SANCTION = "sanction"
SANCTION_NOTICE = "sanction-notice"
REVOCATION = "revocation"
"""The series of numbered papers, by what they are about."""

_WRITTEN = re.compile(
    r"(?P<prefix>.+?)[〔﹝\[(【〖｛{](?P<year>[0-9]{4})[〕﹞\])】〗｝}]第?0*(?P<number>[1-9][0-9]*)号?"
)


class Written(NamedTuple):
    """A number as it was typed: equal however its brackets, blanks and zeros are."""

    prefix: str
    year: int
    number: int


def document_number(prefix: str, year: int, number: int) -> str:
    """Return `海人社诚评〔2013〕1号`. Raises ValueError for a number below 1 or no prefix."""
    if number < 1 or not prefix:
        raise ValueError("文号须有前缀，序号从 1 起")
    return f"{prefix}〔{year}〕{number}号"


def read_number(text: str) -> Written | None:
    """Return the parts of `海人社诚评（2013）0001号`, however it is typed; None of other text."""
    found = _WRITTEN.fullmatch(squeeze(text))
    if found is None:
        return None
    return Written(found["prefix"], int(found["year"]), int(found["number"]))


def canonical_number(text: str) -> str:
    """Return a number as papers bear it, however it is typed; other text without its blanks."""
    found = read_number(text)
    return document_number(*found) if found else squeeze(text)


def annulment_of(sanction_id: str) -> str:
    """Return the identity of a withdrawal as the subject of its paper, the same in any archive."""
    return str(uuid.uuid5(uuid.UUID(sanction_id), "annulment"))
