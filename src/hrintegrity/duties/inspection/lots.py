"""Whom to inspect, drawn by lot so that anyone can repeat it; see docs/draw.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agencies, ownership
from hrintegrity.errors import UsageError
from hrintegrity.rules import draw as rules


@dataclass(frozen=True)
class Draw:
    """A draw as scripts see it: seed, how many there were, who was left out, who was drawn."""

    seed: str
    population: int
    population_sha256: str
    excluded: tuple[str, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """One agency that was drawn, and in which place."""

    place: int
    code: str
    name: str
    district: str
    id: str


def draw(
    archive: Archive,
    *,
    count: int | Fraction,
    seed: str,
    district: str | None = None,
    exclude: Sequence[str] = (),
) -> tuple[Draw, list[Drawn], tuple[str, ...]]:
    """Draw among the active agencies of a district; return also what looks odd.

    Raises UsageError `count-too-large` or `seed-refused`.
    """
    try:
        rules.check_seed(seed)
    except ValueError as error:
        raise UsageError("seed-refused", f"{error}。", "请换一个 --seed。") from None
    district = ownership.scope(archive, district)
    query = select(Agency.code).where(Agency.status == "active")
    if district is not None:
        query = query.where(Agency.district == district)
    codes = set(archive.session.exec(query))
    named = {agency.code: agency for agency in (agencies.find(archive, one) for one in exclude)}
    warnings = tuple(
        f"{agency.name}（{code}）本来就不在抽查范围里。"
        for code, agency in named.items()
        if code not in codes
    )
    excluded = sorted(codes & set(named))
    codes -= set(named)
    try:
        size = rules.sample_size(count, len(codes))
    except ValueError as error:
        raise UsageError(
            "count-too-large", f"{error}。", "请减少 --count，或改用百分比。"
        ) from None
    drawn = rules.draw(codes, seed, size)
    result = Draw(seed, len(codes), rules.population_sha256(codes), tuple(excluded), tuple(drawn))
    return result, _named(archive, drawn), warnings


def _named(archive: Archive, codes: Sequence[str]) -> list[Drawn]:
    found: dict[str, Agency] = {}
    for start in range(0, len(codes), 1000):
        query = select(Agency).where(col(Agency.code).in_(codes[start : start + 1000]))
        found |= {agency.code: agency for agency in archive.session.exec(query)}
    return [
        Drawn(place, code, found[code].name, found[code].district, found[code].id)
        for place, code in enumerate(codes, 1)
    ]
