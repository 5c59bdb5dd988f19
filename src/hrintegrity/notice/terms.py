"""The office's own terms where the notice sets none (`data/terms.yaml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.timeline import Timeline, read_timeline


@dataclass(frozen=True)
class OwnTerms:
    """Days until the plaque of a lost title is to be back, and until a paper is to be served."""

    plaque_days: int
    service_days: int


def own_terms(day: dt.date) -> OwnTerms:
    """Return the terms of a day. Raises UnusableError `data-broken`."""
    return _timeline().on(day)


@cache
def _timeline() -> Timeline[OwnTerms]:
    return read_timeline("terms.yaml", _terms, required=("plaque", "service"))


def _terms(part: Mapping[str, Value], _: str) -> OwnTerms:
    return OwnTerms(_days(part["plaque"]), _days(part["service"]))


def _days(value: Value) -> int:
    term = value.keys(("days", "clause"))
    read_clause(term["clause"])
    return term["days"].whole(1)
