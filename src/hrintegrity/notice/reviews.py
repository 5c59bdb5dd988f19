"""The annual review (年审): whether a day knows it, or what replaced it (`data/reviews.yaml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.timeline import Entry, Timeline, read_timeline


@dataclass(frozen=True)
class AnnualReview:
    """Whether agencies are reviewed each year; `instead` is what they do where they are not."""

    held: bool
    instead: str | None


def annual_review(day: dt.date) -> Entry[AnnualReview]:
    """Return what holds on a day, with its law and the day on which that was compared.

    Raises UnusableError `data-broken`.
    """
    return _timeline().entry_on(day)


@cache
def _timeline() -> Timeline[AnnualReview]:
    return read_timeline(
        "reviews.yaml", _review, required=("held",), optional=("instead",), clause=Value.text
    )


def _review(part: Mapping[str, Value], _: str) -> AnnualReview:
    held = part["held"].flag()
    if held == ("instead" in part):
        part["held"].fail("不再年审的，用 instead 写明代替它的制度；还有年审的不写")
    return AnnualReview(held, part["instead"].text() if "instead" in part else None)
