"""Where a decision can be taken to, and within what term, by its day (`data/remedies.yaml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.timeline import Timeline, read_timeline

_DEFAULT = "default"
_RENAMED = dt.date(2015, 11, 13)
"""Since when 密云 and 延庆 are districts: the day of the State Council's approval."""


@dataclass(frozen=True)
class Remedies:
    """Administrative review and suit against a decision of one body on one day.

    `review_bodies` are one, or two of which the applicant chooses; `clause` cites the law.
    """

    review_days: int
    review_bodies: tuple[str, ...]
    suit_months: int
    court: str
    clause: str


@dataclass(frozen=True)
class _Entry:
    review_days: int
    chosen: tuple[str, ...]
    suit_months: int
    bodies: Mapping[str, Mapping[str, str]]


def remedies(body: str, day: dt.date) -> Remedies:
    """Return the remedies against what `body`, the code of a district or of the city, decided.

    Raises UnusableError `data-broken`.
    """
    entry = _timeline().entry_on(day)
    found = entry.content
    names = found.bodies.get(body, found.bodies[_DEFAULT])
    district = BY_CODE[body]
    later = district.later_name if day >= _RENAMED else None
    place = later or district.name
    return Remedies(
        found.review_days,
        tuple(names[role].replace("{name}", place) for role in found.chosen),
        found.suit_months,
        names["court"].replace("{name}", place),
        entry.clause,
    )


@cache
def _timeline() -> Timeline[_Entry]:
    return read_timeline(
        "remedies.yaml", _entry, required=("review", "suit", "bodies"), clause=Value.text
    )


def _entry(part: Mapping[str, Value], _: str) -> _Entry:
    review = part["review"].keys(("days", "bodies"))
    chosen = tuple(role.text() for role in review["bodies"].items())
    if not set(chosen) <= {"government", "superior"}:
        review["bodies"].fail("只能是 government、superior")
    bodies = {}
    for code, value in part["bodies"].entries().items():
        if code != _DEFAULT and code not in BY_CODE:
            value.fail("没有这个区县代码")
        names = value.keys(("government", "superior", "court"))
        bodies[code] = {role: name.text() for role, name in names.items()}
    if _DEFAULT not in bodies:
        part["bodies"].fail(f"缺少 {_DEFAULT}")
    return _Entry(
        review["days"].whole(1), chosen, part["suit"].keys(("months",))["months"].whole(1), bodies
    )
