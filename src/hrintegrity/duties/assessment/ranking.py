"""The ranking of a campaign's agencies by their totals, concluded or not yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hrintegrity.archive.engine import Archive
from hrintegrity.duties import offices
from hrintegrity.duties.assessment.roster import WorkItem, items
from hrintegrity.packing import Packed, packed_in_order
from hrintegrity.rules.ordering import ranks
from hrintegrity.rules.standard_reading import kept_standard


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking; ties share a place."""

    rank: int | None
    code: str
    name: str
    district: str
    total: Decimal | None
    band: str | None
    status: str
    missing_sources: list[str]
    standard: str
    id: str


@dataclass(frozen=True)
class Ranking:
    """The ranking, and under which standards its totals came about."""

    rows: Packed[Ranked]
    standards: list[str]


class _Placed(NamedTuple):
    """An agency with a total, and the number of its standard among those of the ranking."""

    item: WorkItem
    total: Decimal
    standard: int


def ranking(
    archive: Archive, *, today: dt.date, district: str | None = None, year: int | None = None
) -> Ranking:
    """Return the agencies that have a total, the highest first; provisional totals among them.

    Standards are told apart by what they say, since two may bear one name.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    # A standard is a long text, so it is kept once and agencies have its number.
    numbers: dict[str, int] = {}
    placed = packed_in_order(
        (
            _Placed(item, item.total, numbers.setdefault(standard, len(numbers)))
            for _, item, standard in items(archive, district, year, today)
            if item.total is not None and standard is not None
        ),
        key=lambda one: -one.total,
    )
    contents = list(numbers)
    names = _names(contents[number] for number in dict.fromkeys(one.standard for one in placed))
    rows = (
        Ranked(
            rank=rank,
            code=item.code,
            name=item.name,
            district=item.district,
            total=total,
            band=item.band,
            status=item.status,
            missing_sources=item.missing_sources,
            standard=names[contents[number]],
            id=item.id,
        )
        for (item, total, number), rank in zip(
            placed, ranks(one.total for one in placed), strict=True
        )
    )
    return Ranking(Packed(rows), list(names.values()))


def _names(contents: Iterable[str]) -> dict[str, str]:
    """Return a name for each standard; a name that several bear is numbered."""
    names = {content: kept_standard(content).name for content in dict.fromkeys(contents)}
    several = {name for name, count in Counter(names.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    for content, name in names.items():
        if name in several:
            seen[name] += 1
            names[content] = f"{name}（内容不同之{seen[name]}）"
    return names
