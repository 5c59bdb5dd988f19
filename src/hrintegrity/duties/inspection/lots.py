"""Whom to inspect, drawn by lot so that anyone can repeat it; see docs/draw.md."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.compliance import Draw as Row
from hrintegrity.chunking import chunks
from hrintegrity.duties import agencies, offices, ownership
from hrintegrity.duties.entering import of_id
from hrintegrity.errors import RuleError, UsageError
from hrintegrity.rules import draw as rules

WHERE = "hri inspect draws"


@dataclass(frozen=True)
class Draw:
    """A draw as scripts see it: seed, how many there were, who was left out, who was drawn.

    `weights` are by band, empty where all weigh the same; `id` is None where it was not kept.
    """

    seed: str
    population: int
    population_sha256: str
    excluded: tuple[str, ...]
    drawn: tuple[str, ...]
    weights: dict[str, int]
    id: str | None

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it: weights only where there are any, the id where it is kept."""
        found: dict[str, Any] = {
            "seed": self.seed,
            "population": self.population,
            "population_sha256": self.population_sha256,
            "excluded": self.excluded,
            "drawn": self.drawn,
        }
        if self.weights:
            found["weights"] = self.weights
        if self.id:
            found |= {"id": self.id, "seed_sha256": rules.seed_sha256(self.seed)}
        return found


@dataclass(frozen=True)
class Sealed:
    """A seed that was made and committed to by its SHA-256, and is not shown yet."""

    id: str
    seed_sha256: str
    committed: dt.date
    district: str


@dataclass(frozen=True)
class Drawn:
    """One agency that was drawn, and in which place."""

    place: int
    code: str
    name: str
    district: str
    id: str


@dataclass(frozen=True)
class Kept:
    """A draw on record; what is not drawn yet has no date, and its seed is not shown."""

    id: str
    district: str
    committed: dt.date | None
    seed_sha256: str
    date: dt.date | None
    count: str | None
    seed: str | None
    population: int | None
    population_sha256: str | None
    weights: dict[str, int]
    excluded: tuple[str, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What is to be drawn: how many of which district's, without whom, by which weights."""

    count: int | Fraction
    district: str | None = None
    exclude: Sequence[str] = ()
    weights: Mapping[str, int] | None = None
    year: int | None = None


def draw(archive: Archive, wanted: Wanted, seed: str) -> tuple[Draw, list[Drawn], tuple[str, ...]]:
    """Draw among the active agencies of a district; return also what looks odd.

    Raises UsageError `count-too-large` or `seed-refused`.
    """
    try:
        rules.check_seed(seed)
    except ValueError as error:
        raise UsageError("seed-refused", f"{error}。", "请换一个 --seed。") from None
    district = ownership.scope(archive, wanted.district)
    query = select(Agency.code).where(Agency.status == "active")
    if district is not None:
        query = query.where(Agency.district == district)
    codes = set(archive.session.exec(query))
    named = {agency.code: agency for agency in (agencies.find(archive, t) for t in wanted.exclude)}
    warnings = tuple(
        f"{agency.name}（{code}）本来就不在抽查范围里。"
        for code, agency in named.items()
        if code not in codes
    )
    excluded = sorted(codes & set(named))
    codes -= set(named)
    try:
        size = rules.sample_size(wanted.count, len(codes))
    except ValueError as error:
        raise UsageError(
            "count-too-large", f"{error}。", "请减少 --count，或改用百分比。"
        ) from None
    weights = dict(wanted.weights or {})
    bands = _bands(archive, wanted.year) if weights else {}
    by_code = {code: weights[band] for code, band in bands.items() if band in weights}
    warnings += tuple(
        f"没有机构评为“{band}”，它的权重没有用上。"
        for band in weights
        if band not in bands.values()
    )
    drawn = rules.draw(codes, seed, size, by_code)
    result = Draw(
        seed=seed,
        population=len(codes),
        population_sha256=rules.population_sha256(codes),
        excluded=tuple(excluded),
        drawn=tuple(drawn),
        weights=weights,
        id=None,
    )
    return result, _named(archive, drawn), warnings


def seal(archive: Archive, *, seed: str, district: str | None, today: dt.date) -> Sealed:
    """Keep a fresh seed and enter its SHA-256 in the journal, before it is drawn with."""
    place = ownership.scope(archive, district) or ownership.CITY
    row = writer.insert(archive, Row(district=place, committed=today, seed=seed))
    return Sealed(row.id, rules.seed_sha256(seed), today, place)


def draw_sealed(
    archive: Archive, identity: str, wanted: Wanted, *, today: dt.date
) -> tuple[Draw, list[Drawn], tuple[str, ...]]:
    """Draw with a sealed seed, once. Raises RuleError `already-drawn`, and as `draw`."""
    row = of_id(archive, Row, identity, "抽签", WHERE)
    ownership.scope(archive, None if row.district == ownership.CITY else row.district)
    if row.date is not None:
        raise RuleError(
            "already-drawn",
            f"这个封存的种子已于 {row.date} 用过，不能再抽。",
            "结果见 hri inspect draws；要另抽，请另行封存：hri inspect draw --seal。",
        )
    result, drawn, warnings = draw(archive, wanted, row.seed)
    writer.update(archive, row, _entry(result, wanted, today))
    return _with_id(result, row.id), drawn, warnings


def save(archive: Archive, result: Draw, wanted: Wanted, *, today: dt.date) -> Draw:
    """Keep a draw, so that it is found in the list and in the journal; return it with its id."""
    place = ownership.scope(archive, wanted.district) or ownership.CITY
    row = Row(district=place, seed=result.seed, **_entry(result, wanted, today))
    return _with_id(result, writer.insert(archive, row).id)


def listing(archive: Archive, *, district: str | None = None) -> list[Kept]:
    """Return the draws on record, the oldest first."""
    query = select(Row).order_by(col(Row.id))
    district = ownership.scope(archive, district)
    if district is not None:
        query = query.where(Row.district == district)
    return [
        Kept(
            id=row.id,
            district=row.district,
            committed=row.committed,
            seed_sha256=rules.seed_sha256(row.seed),
            date=row.date,
            count=row.count,
            seed=None if row.date is None else row.seed,
            population=row.population,
            population_sha256=row.population_sha256,
            weights=json.loads(row.weights or "{}"),
            excluded=tuple(json.loads(row.excluded or "[]")),
            drawn=tuple(json.loads(row.drawn or "[]")),
        )
        for row in archive.session.exec(query)
    ]


def _entry(result: Draw, wanted: Wanted, today: dt.date) -> dict[str, Any]:
    count = wanted.count
    return {
        "date": today,
        "count": f"{float(count * 100):g}%" if isinstance(count, Fraction) else str(count),
        "population": result.population,
        "population_sha256": result.population_sha256,
        "weights": json.dumps(result.weights, ensure_ascii=False) if result.weights else None,
        "excluded": json.dumps(result.excluded),
        "drawn": json.dumps(result.drawn),
    }


def _with_id(result: Draw, identity: str) -> Draw:
    return Draw(**{**vars(result), "id": identity})


def _bands(archive: Archive, year: int | None) -> dict[str, str]:
    """Return by code the band of each agency that was assessed, of the last year up to this."""
    query = (
        select(Agency.code, Conclusion.band)
        .join(Conclusion, col(Conclusion.agency_id) == Agency.id)
        .where(Conclusion.year <= offices.campaign(archive, year).year)
        .where(col(Conclusion.reopened).is_(None))
        .order_by(col(Conclusion.year))
    )
    return dict(archive.session.exec(query).all())


def _named(archive: Archive, codes: Sequence[str]) -> list[Drawn]:
    found: dict[str, Agency] = {}
    for chunk in chunks(codes):
        query = select(Agency).where(col(Agency.code).in_(chunk))
        found |= {agency.code: agency for agency in archive.session.exec(query)}
    return [
        Drawn(place, code, found[code].name, found[code].district, found[code].id)
        for place, code in enumerate(codes, 1)
    ]
